"""Ends of listings that lists print themselves: the expiration dates of denial orders, the terms of own tables."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from tizim.answer.listings import Held
from tizim.domain.dates import AsOf
from tizim.domain.documents import Layer
from tizim.domain.statements import Property, statement_id
from tizim.register.view import Doc, Headline, SightedClaim, View


class PrintedEnd(msgspec.Struct, frozen=True, kw_only=True):
    """The day on which an entry ends by itself, as the copy nearest to the day asked for prints it."""

    subject: str
    value: str | None
    """partial date as printed; ``None`` if it is withheld"""
    statement: str
    source: str
    copy: dt.date


def ends_printed(view: View, held: Held, as_of: AsOf) -> list[PrintedEnd]:
    """What the copies of a list print as ends: of each entry, by the newest copy up to the day that prints one,
    else by the first after it.
    """
    expiring = _expiring(view).get(held.list, ())
    found: list[PrintedEnd] = []
    for one in held.copies if expiring else ():
        docs = view.line(one.source, as_of, Layer.REST)
        own = {row.entry_id: row for row in expiring if row.source == one.source}
        subjects = sorted({row.subject for row in own.values()})
        told: dict[int, list[tuple[Doc, SightedClaim]]] = {}
        for claim in view.claims(subjects):
            if claim.property != Property.EXPIRES_ON.value or claim.entry_id not in own:
                continue
            first, end = docs.within(claim.first, claim.last)
            shown = docs.docs[first:end]
            before = [doc for doc in shown if doc.day <= as_of.valid_at]
            if shown:
                told.setdefault(claim.entry_id, []).append((before[-1] if before else shown[0], claim))
        for entry_id, pairs in told.items():
            upto = [doc for doc, _ in pairs if doc.day <= as_of.valid_at]
            nearest = max(upto, key=_place) if upto else min((doc for doc, _ in pairs), key=_place)
            found += [
                PrintedEnd(
                    subject=own[entry_id].subject, value=claim.value, source=one.source, copy=doc.day,
                    statement=statement_id(claim.claim_key, doc.sha256),
                )
                for doc, claim in pairs
                if doc.id == nearest.id
            ]  # fmt: skip
    return found


def _place(doc: Doc) -> int:
    return doc.moment


def _expiring(view: View) -> Mapping[str, Sequence[Headline]]:
    """By list, the rows of the subjects of which any document ever printed an end."""
    found = view.shared.memo.get("expiring")
    if not isinstance(found, dict):
        subjects = {subject for _, subject, _ in view.said_first(Property.EXPIRES_ON, "")}
        rows: dict[str, list[Headline]] = defaultdict(list)
        for row in view.headlines_of(subjects) if subjects else ():
            rows[row.list].append(row)
        found = view.shared.memo["expiring"] = dict(rows)
    return found
