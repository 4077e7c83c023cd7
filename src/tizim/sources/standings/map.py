"""From a decision about a claim to statements: where the claim stands, and what a confirmed one says of a listing."""

from collections.abc import Iterator
from typing import Final

import msgspec

from tizim.domain.acts import Action
from tizim.domain.claims import Modality, Standing, action_of
from tizim.domain.dates import PartialDate
from tizim.domain.documents import Record
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.entries import Making, each_once
from tizim.sources.standings.read import Judged

_KINDS: Final = {
    "decision": "decision", "decided": "decision", "court_decision": "court_decision", "effective": "effective",
    "publication": "publication", "published": "publication", "announcement": "announcement",
    "announced": "announcement", "event": "decision", "since": "as_of",
}  # fmt: skip
"""kinds of date that readers tell, as the register calls them; of any other only the day of the word is known"""
_BY: Final = "before"


def map_record(record: Record) -> EntryReading:
    """The statements of a decision about a claim. Only a confirmed claim states an act, in its speaker's words."""
    fields = dict(record.fields)
    try:
        one = msgspec.json.decode(fields["claim"], type=Judged)
        standing, author, reason = Standing(fields["standing"]), fields["author"], fields["reason"]
    except (KeyError, ValueError, msgspec.DecodeError):
        raise SourceRefused(f"{record.place}: is no decision about a claim") from None
    making = Making(one.number, one.subject or f"claim:{one.number}", record.place)
    making.say(
        Property.STANDING, standing.value, "standing",
        claim=one.number, statement=one.statement, author=author, reason=reason, list=one.list_id,
    )  # fmt: skip
    action = action_of(one.claim.action, one.claim.modality)
    if standing is Standing.CONFIRMED and action is not None and one.subject and one.list_id:
        making.say(Property.ACT, action.value, "claim", **_act(one, action, author, reason))
    return making.made()


def _act(one: Judged, action: Action, author: str, reason: str) -> dict[str, str]:
    """What the register holds of a confirmed claim: the word of its speaker, as its outlet reports it."""
    claim = one.claim
    first, _, last = claim.date.partition("/")
    date, kind, until = first, _KINDS.get(claim.date_kind, "statement"), ""
    if last and first == "..":
        date, precision = last, _BY
    elif last:
        precision, until = "between", last
    else:
        precision = PartialDate.parse(date).precision.value if date else ""
    if not date and claim.modality in {Modality.DONE, Modality.DECIDED} and one.published:
        # Nobody could have reported it before it was so: it had happened by the day of the article.
        date, kind, precision = one.published, "report", _BY
    return {
        "list": one.list_id, "name": claim.subject_name, "date": date, "precision": precision,
        "date_kind": kind if date else "", "date_until": until, "legal_act": claim.act, "decided_by": claim.decider,
        "announced_by": claim.speaker, "note": claim.reason, "source_title": one.title or one.outlet or one.article,
        "source_address": one.url, "source_class": one.source_class, "published": one.published, "vk": "V",
        "conflict_group": one.conflict_group or f"claim:{one.list_id}:{one.subject}:{claim.action.value}",
        "claim": one.statement, "author": author, "confirmed_because": reason,
        "proposes": claim.action.value if action is Action.PROPOSED else "",
    }  # fmt: skip


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every decision, each claim once."""
    return each_once(map_record(record) for record in records)
