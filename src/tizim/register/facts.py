"""Facts: statements that stand by themselves (acts, judgements, rules, measures), and when they were known.

A fact stands as long as the newest document that speaks of its row makes it. A document of a source
that is not complete speaks only of the rows that it holds: all others stand as they did. Of a document
read twice, the later reading speaks. Each row of ``fact`` is one stretch of recorded time in which a
fact was known to stand, so that what was known at a moment never changes.
"""

import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tizim.domain.documents import Layer
from tizim.domain.statements import Property
from tizim.register import schema as t
from tizim.register.database import chunks, fetch, insert_rows
from tizim.register.spans import Met, Point
from tizim.register.values import read_claims, read_places

FACTS = frozenset({
    Property.ACT.value, Property.JUDGEMENT.value, Property.RULE.value, Property.MEASURE.value, Property.CLAIM.value,
    Property.ARTICLE.value, Property.QUOTE.value, Property.STANDING.value,
})  # fmt: skip
POINTING = frozenset({Property.RELATION.value, Property.CROSS_REFERENCE.value})
"""claims that point from an entry to another: to one of the same publisher's, or by another publisher's number"""
_encode = msgspec.json.Encoder().encode


class Spoken:
    """The documents of a source in the core, each in its last reading."""

    def __init__(self, points: Sequence[Point]) -> None:
        last = [a for a, b in zip(points, [*points[1:], None], strict=True) if b is None or a.document != b.document]
        self._points = last
        self._moments = [point.moment for point in last]
        self.newest_complete = max((point.moment for point in last if point.complete), default=0)
        self.is_mixed = any(point.complete for point in last) and not all(point.complete for point in last)

    def newest_in(self, first: int, last: int) -> int:
        """The moment of the newest document in a span, 0 if there is none."""
        index = bisect.bisect_right(self._moments, last) - 1
        return self._moments[index] if index >= 0 and self._moments[index] >= first else 0

    def earliest_in(self, first: int, last: int) -> Point | None:
        """The earliest document in a span."""
        index = bisect.bisect_left(self._moments, first)
        inside = index < len(self._moments) and self._moments[index] <= last
        return self._points[index] if inside else None


class _Span(msgspec.Struct, frozen=True, gc=False):
    claim_id: int
    entry_id: int
    claim_key: int
    property: str
    first: int
    last: int
    key: str
    subject: str


def update(
    connection: Connection,
    source: str,
    entry_ids: Iterable[int],
    spoken: Spoken,
    fresh: Mapping[int, Met],
    recorded_us: int,
) -> None:
    """Bring the facts of the entries in line with their spans, as known from *recorded_us* on."""
    for chunk in chunks(entry_ids):
        spans = _spans(connection, source, chunk)
        standing = _standing(spans, spoken)
        entries = {span.entry_id for span in spans}
        f = t.fact.c
        known = {
            number: document
            for some in chunks(entries)
            for number, document in fetch(
                connection,
                sa.select(f.claim_id, f.document_id).where(
                    f.entry_id.in_(some), f.superseded_us.is_(None), f.property.in_(FACTS)
                ),
            )
        }
        ended = [
            number
            for number, document in known.items()
            if number not in standing or standing[number][1].document != document
        ]
        for some in chunks(ended):
            connection.execute(
                t.fact.update().where(f.claim_id.in_(some), f.superseded_us.is_(None)).values(superseded_us=recorded_us)
            )
        begun = [pair for number, pair in standing.items() if number not in known or known[number] != pair[1].document]
        _insert(connection, begun, fresh, recorded_us)


def add_relations(connection: Connection, relations: Iterable[Met], subjects: Mapping[int, str], point: Point) -> None:
    """What a list prints that points to another entry, to be found from the other end.

    The other is named by its number: as the entry itself is numbered, or as the facet ``source`` says, or
    outright by the facet ``with``.

    They are claims of an entry like any other: their spans say which documents print them.
    """
    rows: list[tuple[object, ...]] = []
    for met in relations:
        pairs = dict(met.facets)
        subject = subjects[met.entry_id]
        other = pairs.get("with") or f"{pairs.get('source') or subject.partition(':')[0]}:{met.value}"
        rows.append((
            met.claim_id, point.recorded_us, None, met.entry_id, met.property, subject,
            pairs.get("list", ""), other, pairs.get("published", ""), point.recorded_us, point.document,
            met.place, met.claim_key, met.value, _encode(pairs).decode(),
        ))  # fmt: skip
    insert_rows(connection, t.fact, rows)


def _spans(connection: Connection, source: str, entry_ids: Sequence[int]) -> list[_Span]:
    """All core spans of the rows of *entry_ids*: a row may have changed its subject, and so its entry."""
    s, e = t.span.c, t.entry.c
    keys = sa.select(e.key).where(e.id.in_(entry_ids))
    query = (
        sa.select(s.claim_id, s.entry_id, s.claim_key, s.property, s.first, s.last, e.key, e.subject)
        .join(t.entry, e.id == s.entry_id)
        .where(e.source == source, e.key.in_(keys), s.layer == int(Layer.CORE))
        .order_by(s.claim_id, s.first)
    )
    return [_Span(*row) for row in fetch(connection, query)]


def _standing(spans: Iterable[_Span], spoken: Spoken) -> dict[int, tuple[_Span, Point]]:
    """The facts that stand, each with the earliest document that makes it."""
    newest: dict[str, int] = defaultdict(lambda: spoken.newest_complete)
    for span in spans:
        newest[span.key] = max(newest[span.key], spoken.newest_in(span.first, span.last))
    first: dict[int, Point] = {}
    standing: dict[int, tuple[_Span, Point]] = {}
    for span in spans:  # of one claim, the earlier come first
        if span.property not in FACTS:
            continue
        point = spoken.earliest_in(span.first, span.last)
        if point is None:
            continue
        first.setdefault(span.claim_id, point)
        if span.first <= newest[span.key] <= span.last:
            standing[span.claim_id] = (span, first[span.claim_id])
    return standing


def _insert(
    connection: Connection, begun: Sequence[tuple[_Span, Point]], fresh: Mapping[int, Met], recorded_us: int
) -> None:
    stated = {number: (met.value, dict(met.facets)) for number, met in fresh.items() if met.value is not None}
    places = {number: met.place for number, met in fresh.items()}
    old = [span.claim_id for span, _ in begun if span.claim_id not in fresh]
    stated |= read_claims(connection, old)
    places |= read_places(connection, old)
    rows: list[tuple[object, ...]] = []
    for span, point in begun:
        if span.claim_id not in stated:
            continue  # withheld: nothing to tell
        value, facets = stated[span.claim_id]
        rows.append((
            span.claim_id, recorded_us, None, span.entry_id, span.property, span.subject, facets.get("list", ""),
            facets.get("with", ""), facets.get("published", ""), point.recorded_us, point.document,
            places[span.claim_id], span.claim_key, value, _encode(facets).decode(),
        ))  # fmt: skip
    insert_rows(connection, t.fact, rows)
