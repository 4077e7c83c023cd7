"""Headlines and memberships of entries, made from their spans.

A headline row says what a list shows of an entry at a glance, over a stretch of documents in which
nothing of it changes.
"""

import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tizim.domain.statements import Property
from tizim.register import schema as t
from tizim.register.database import chunks, fetch, insert_rows
from tizim.register.schema import EARLIEST, LATEST
from tizim.register.spans import Sighted

SHOWN = frozenset({
    Property.MEMBER.value, Property.NAME.value, Property.KIND.value, Property.LISTED_ON.value,
    Property.REVIEWED_ON.value,
})  # fmt: skip
"""properties of which headlines are made"""

_MEMBER = Property.MEMBER.value
Row = tuple[object, ...]


class Said(NamedTuple):
    """The value of a claim, and the one list that it is said of; empty if it holds for all."""

    value: str
    list: str

    @classmethod
    def of(cls, value: str, facets: Iterable[tuple[str, str]]) -> "Said":
        """From a claim's value and facets."""
        for name, text in facets:
            if name == "list":
                return cls(value, text)
        return cls(value, "")


_NOTHING = Said("", "")


class Entry(msgspec.Struct, frozen=True, gc=False):
    """An official entry as its source names it."""

    id: int
    key: str
    subject: str


def remove(connection: Connection, entry_ids: Iterable[int]) -> None:
    """Take out all headlines and memberships of the entries."""
    for chunk in chunks(entry_ids):
        connection.execute(t.headline.delete().where(t.headline.c.entry_id.in_(chunk)))
        connection.execute(t.membership.delete().where(t.membership.c.entry_id.in_(chunk)))


def spans_of(connection: Connection, entry_ids: Iterable[int]) -> dict[int, list[Sighted]]:
    """The spans of which the entries' headlines are made, by entry."""
    s = t.span.c
    found: dict[int, list[Sighted]] = defaultdict(list)
    for chunk in chunks(entry_ids):
        query = sa.select(s.claim_id, s.entry_id, s.claim_key, s.property, s.first, s.last).where(
            s.entry_id.in_(chunk), s.property.in_(SHOWN)
        )
        for row in fetch(connection, query):
            found[row[1]].append(Sighted(*row))
    return found


def insert(
    connection: Connection,
    entries: Iterable[Entry],
    spans: Mapping[int, Sequence[Sighted]],
    values: Mapping[int, Said],
    moments: Sequence[int],
) -> None:
    """Put in the headlines and memberships of *entries*, whose source's documents stand at *moments*."""
    members: list[Row] = []
    headlines: list[Row] = []
    for entry in entries:
        made = rows_of(entry, spans.get(entry.id, ()), values, moments)
        members += made[0]
        headlines += made[1]
    insert_rows(connection, t.membership, members)
    insert_rows(connection, t.headline, headlines)


def rows_of(
    entry: Entry, spans: Sequence[Sighted], values: Mapping[int, Said], moments: Sequence[int]
) -> tuple[list[Row], list[Row]]:
    """Membership and headline rows of one entry."""
    newest = len(moments) - 1
    placed = [
        (
            0 if row.first == EARLIEST else bisect.bisect_left(moments, row.first),
            newest if row.last == LATEST else bisect.bisect_right(moments, row.last) - 1,
            row,
            values.get(row.claim_id, _NOTHING),
        )
        for row in spans
    ]
    on = _united([(found.value, a, b, row) for a, b, row, found in placed if row.property == _MEMBER])
    if not on:
        return [], []
    cuts = {a for a, *_ in placed} | {b + 1 for _, b, *_ in placed}
    headlines: list[Row] = []
    for list_id, begin, end, first, last in on:
        periods = sum(1 for other in on if other[0] == list_id)
        starts = sorted(cut for cut in cuts | {begin} if begin <= cut <= end)
        for start, following in zip(starts, [*starts[1:], end + 1], strict=True):
            stop = following - 1
            said: dict[str, list[str]] = defaultdict(list)
            for a, b, row, found in placed:
                if a <= start and stop <= b and found.value and found.list in {"", list_id}:
                    said[row.property].append(found.value)
            headlines.append((
                list_id, entry.id,
                first if start == begin else moments[start],
                last if stop == end else moments[stop],
                entry.subject, entry.key,
                min(said["name"], default=""), min(said["kind"], default=""), min(said["listed_on"], default=""),
                max(said["reviewed_on"], default=""), periods, first,
            ))  # fmt: skip
    return [(list_id, entry.id, first, last) for list_id, _, _, first, last in on], headlines


def _united(members: list[tuple[str, int, int, Sighted]]) -> list[tuple[str, int, int, int, int]]:
    """Periods on each list: list, index of first and last document, and the ends as spans give them.

    Two claims may put an entry on one list at the same time, each with facets of its own.
    """
    found: list[tuple[str, int, int, int, int]] = []
    for list_id, begin, end, row in sorted(members, key=lambda member: member[:3]):
        if found and found[-1][0] == list_id and begin <= found[-1][2] + 1:
            _, start, stop, first, last = found[-1]
            found[-1] = (list_id, start, max(stop, end), first, row.last if end >= stop else last)
        else:
            found.append((list_id, begin, end, row.first, row.last))
    return found
