"""Ends of listings that lists print themselves: the expiration dates of denial orders, the terms of own tables."""

import bisect
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from tizim.answer.listings import Held
from tizim.domain.dates import AsOf
from tizim.domain.documents import Layer
from tizim.domain.statements import Property, statement_id
from tizim.register.view import Doc, Line, SightedClaim, View


class PrintedEnd(msgspec.Struct, frozen=True, kw_only=True):
    """The day on which an entry ends by itself, as the copy nearest to the day asked for prints it."""

    subject: str
    value: str | None
    """partial date as printed; ``None`` if it is withheld"""
    statement: str
    source: str
    copy: dt.date


def ends_printed(view: View, held: Held, as_of: AsOf) -> Sequence[PrintedEnd]:
    """What the copies of a list print as ends: of each entry, by the newest copy up to the day that prints one,
    else by the first after it.
    """
    entries, claims = view.shared.once("ends printed", lambda: _expiring(view))
    expiring = entries.get(held.list, {})
    if not expiring:
        return ()
    lines = tuple((one.source, view.line(one.source, as_of, Layer.REST)) for one in held.copies)
    # Between two copies it is the same on every day.
    places = tuple(bisect.bisect_right(line.days, as_of.valid_at) for _, line in lines)
    key = (held.list, view.knowledge(as_of), places)
    return view.shared.recent("ends printed", key, lambda: _printed(lines, places, expiring, claims), _REMEMBERED)


_REMEMBERED: Final = 64
"""lists between two copies of which is remembered what they print"""


def _printed(
    lines: Sequence[tuple[str, Line]],
    places: Sequence[int],
    expiring: Mapping[int, tuple[str, str]],
    claims: Mapping[int, Sequence[SightedClaim]],
) -> list[PrintedEnd]:
    found: list[PrintedEnd] = []
    for (line_id, line), after in zip(lines, places, strict=True):
        own = {entry_id: subject for entry_id, (subject, source) in expiring.items() if source == line_id}
        told: dict[int, list[tuple[Doc, SightedClaim]]] = {}
        for entry_id in own:
            for claim in claims.get(entry_id, ()):
                first, end = line.within(claim.first, claim.last)
                if first < end:
                    place = min(after, end) - 1
                    told.setdefault(entry_id, []).append((line.docs[max(place, first)], claim))
        for entry_id, pairs in told.items():
            upto = [doc for doc, _ in pairs if after and doc.moment <= line.docs[after - 1].moment]
            nearest = max(upto, key=_place) if upto else min((doc for doc, _ in pairs), key=_place)
            found += [
                PrintedEnd(
                    subject=own[entry_id], value=claim.value, source=line_id, copy=doc.day,
                    statement=statement_id(claim.claim_key, doc.sha256),
                )
                for doc, claim in pairs
                if doc.id == nearest.id
            ]  # fmt: skip
    return found


def _place(doc: Doc) -> int:
    return doc.moment


_Expiring = tuple[dict[str, dict[int, tuple[str, str]]], dict[int, list[SightedClaim]]]
"""by list the entries of which any document ever printed an end, with subject and line; and by entry the claims"""


def _expiring(view: View) -> _Expiring:
    subjects = {subject for _, subject, _ in view.said_first(Property.EXPIRES_ON, "")}
    claims: dict[int, list[SightedClaim]] = defaultdict(list)
    for claim in view.claims(subjects, {Property.EXPIRES_ON.value}) if subjects else ():
        claims[claim.entry_id].append(claim)
    entries: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
    for row in view.headlines_of(subjects) if subjects else ():
        entries[row.list][row.entry_id] = (row.subject, row.source)
    return dict(entries), dict(claims)
