"""How the sightings of a claim become spans of document time. Pure: rows in, edits out.

Documents of one source stand in a line by their own time. A span ``first … last`` of a claim says
that every document held between the two, both included, makes the claim. A span that reaches the
newest document has ``last = LATEST``, one that reaches the earliest ``first = EARLIEST``, so that
keeping the next file in order touches only what changed. Documents may be kept in any order: one
that arrives between two others extends, joins or splits the spans around it, and the result is the
same as if all had come in order.
"""

from collections.abc import Iterable, Mapping

import msgspec

from tizim.register.schema import EARLIEST, LATEST


class Sighted(msgspec.Struct, frozen=True, gc=False):
    """A claim and the span of it that covers some document."""

    claim_id: int
    entry_id: int
    claim_key: int
    property: str
    first: int
    last: int


class Met(msgspec.Struct, frozen=True, gc=False):
    """A claim as the log holds it; ``value`` is ``None`` where it is withheld."""

    claim_id: int
    entry_id: int
    claim_key: int
    property: str
    value: str | None
    facets: tuple[tuple[str, str], ...]
    place: str


class Point(msgspec.Struct, frozen=True, gc=False):
    """A document in the line of its source's documents that were read in a layer.

    A document that was read twice with different results stands there twice, one place after the other.
    """

    moment: int
    document: int
    reading: int
    complete: bool
    recorded_us: int


class Edits(msgspec.Struct, frozen=True, kw_only=True):
    """Rows to take out (by claim and first) and rows to put in."""

    remove: tuple[Sighted, ...]
    insert: tuple[Sighted, ...]


def place(
    moment: int,
    present: Mapping[int, Sighted],
    before: tuple[int, Mapping[int, Sighted]] | None,
    after: tuple[int, Mapping[int, Sighted]] | None,
) -> Edits:
    """The edits that put a document at *moment* between its neighbours.

    *present* maps claim ids to any `Sighted` of the claims that the document makes (their spans are
    ignored); *before* and *after* are the neighbours' moments with the claims that they make.
    """
    if before is None and after is None:
        return Edits(remove=(), insert=_new(present.values(), EARLIEST, LATEST))
    if after is None and before is not None:
        gone = [row for claim, row in before[1].items() if claim not in present]
        fresh = [row for claim, row in present.items() if claim not in before[1]]
        return Edits(
            remove=tuple(gone),
            insert=(*(_span(row, row.first, before[0]) for row in gone), *_new(fresh, moment, LATEST)),
        )
    if before is None and after is not None:
        gone = [row for claim, row in after[1].items() if claim not in present]
        fresh = [row for claim, row in present.items() if claim not in after[1]]
        return Edits(
            remove=tuple(gone),
            insert=(*(_span(row, after[0], row.last) for row in gone), *_new(fresh, EARLIEST, moment)),
        )
    assert before is not None  # noqa: S101 - narrows the types, the cases above are complete
    assert after is not None  # noqa: S101
    return _between(moment, present, before, after)


def _between(
    moment: int,
    present: Mapping[int, Sighted],
    before: tuple[int, Mapping[int, Sighted]],
    after: tuple[int, Mapping[int, Sighted]],
) -> Edits:
    remove: list[Sighted] = []
    insert: list[Sighted] = []
    for claim, row in present.items():
        left, right = before[1].get(claim), after[1].get(claim)
        if left is not None and right is not None:
            if left.first != right.first:
                remove += (left, right)
                insert.append(_span(left, left.first, right.last))
        elif left is not None:
            remove.append(left)
            insert.append(_span(left, left.first, moment))
        elif right is not None:
            remove.append(right)
            insert.append(_span(right, moment, right.last))
        else:
            insert.append(_span(row, moment, moment))
    for claim, left in before[1].items():
        right = after[1].get(claim)
        if claim not in present and right is not None and left.first == right.first:
            remove.append(left)
            insert += (_span(left, left.first, before[0]), _span(left, after[0], left.last))
    return Edits(remove=tuple(remove), insert=tuple(insert))


def _span(row: Sighted, first: int, last: int) -> Sighted:
    return Sighted(row.claim_id, row.entry_id, row.claim_key, row.property, first, last)


def _new(rows: Iterable[Sighted], first: int, last: int) -> tuple[Sighted, ...]:
    return tuple(_span(row, first, last) for row in rows)
