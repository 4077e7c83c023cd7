"""Makers of small ledger files: state only the cells that the test is about."""

import csv
import io
from collections.abc import Callable

import pytest

# Invented rows in the shape of the real ones: "Red Kite" and its entries do not exist.
ROWS = {
    "designations.csv": {
        "row_id": "L0000000001",
        "org_id": "red-kite",
        "org_name_as_stated": "Red Kite",
        "jurisdiction": "KZ",
        "authority": "Courts of Kazakhstan",
        "list_id": "kz-list",
        "action": "listed",
        "date": "2005-03",
        "date_precision": "month",
        "date_kind": "decision",
        "date_until": "",
        "legal_act": "Law No. 1",
        "decided_by": "Supreme Court",
        "announced_by": "",
        "ref_no": "",
        "conflict_group": "",
        "note": "",
        "source_title": "Agency 2005-04-02: court bans a group",
        "source_address": "https://example.org/1",
        "source_class": "press",
        "vk": "V",
        "bundle": "yes",
    },
    "organisations.csv": {
        "org_id": "red-kite",
        "main_name": "Red Kite",
        "name": "Красный коршун",
        "lang": "ru",
        "script": "Cyrl",
        "name_kind": "alias",
        "un_ref": "",
        "wikidata_id": "",
        "source": "Agency 2005-04-02",
        "bundle": "yes",
    },
    "lists.csv": {
        "list_id": "eu-931",
        "jurisdiction": "EU",
        "list_name": "EU terrorist list",
        "decides": "Council",
        "legal_act": "CP 2001/931",
        "rule_kind": "review",
        "period": "P6M",
        "rule_from": "2001-12-27",
        "rule_to": "",
        "machine_rule": "review_due = last_act + 6 months",
        "effect": "asset freeze",
        "removal": "Council",
        "published": "Official Journal",
        "vk": "V",
        "source": "Journal 2023",
    },
    "measures.csv": {
        "list_id": "un-1988",
        "kind": "measure",
        "what": "asset freeze",
        "scope": "listed persons and entities",
        "valid_from": "2011-06-17",
        "valid_to": "",
        "legal_act": "UNSCR 1988 (2011)",
        "source_title": "Committee page",
        "source_address": "https://example.org/2",
        "vk": "V",
        "bundle": "yes",
    },
    "seed_claims.csv": {
        "claim_id": "F1",
        "seed": "seed-fr",
        "lang": "fr",
        "claim": "A country took Red Kite off its list",
        "subject": "red-kite",
        "list_or_authority": "kz-list",
        "action": "delisted",
        "date_as_stated": "vendredi",
        "date_resolved": "2023-12-29",
        "date_basis": "dated reports",
        "announcer": "a spokesman",
        "venue_chain": "agency > paper",
        "quote_original": "« retiré »",
        "corroborates": "-",
        "contradicts_or_qualifies": "",
        "register_reading": "a statement",
    },
}


@pytest.fixture
def ledger_file() -> Callable[..., bytes]:
    """Make a ledger file of the kind named, one row for each dict of changed (or further) cells."""

    def make(kind: str, *changes: dict[str, str]) -> bytes:
        rows = [{**ROWS[kind], **change} for change in changes or ({},)]
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue().encode()

    return make
