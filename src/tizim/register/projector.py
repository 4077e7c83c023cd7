"""From log rows to projections: the one path that both appending and rebuilding take."""

import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tizim.domain.documents import Layer
from tizim.domain.statements import CORE, Claim, EntryReading, Property, claim_key
from tizim.errors import Broken
from tizim.register import facts, headlines
from tizim.register import schema as t
from tizim.register.chain import Stated
from tizim.register.database import chunks, fetch, insert_rows
from tizim.register.entries import (
    ClaimsBody,
    DocumentBody,
    HeldBody,
    SightingsBody,
    WithheldBody,
    claim_id,
    row_and_index,
)
from tizim.register.headlines import Entry, Said
from tizim.register.schema import LATEST, moment_of
from tizim.register.spans import Edits, Met, Point, Sighted, place
from tizim.register.values import place_of, read_claims
from tizim.text import fold

_NAMES = frozenset({Property.NAME.value, Property.ALIAS.value, Property.ORIGINAL_NAME.value})
LAYER_OF = {prop.value: int(Layer.CORE if prop in CORE else Layer.REST) for prop in Property}
"""the layer of each property, by the property's plain name"""
_CORE = int(Layer.CORE)
_SPAN = [t.span.c[name] for name in Sighted.__struct_fields__]

Side = tuple[int, Mapping[int, Sighted]]
"""a neighbour's moment and the claims that it makes"""


class Document(msgspec.Struct, frozen=True, gc=False):
    """A document as the projections know it; ``moment`` is that of its first reading."""

    id: int
    source: str
    moment: int
    complete: bool


class Projector:
    """Applies log rows to the projections of one open transaction.

    It remembers, between documents of one run, which claims the newest document of each source makes,
    so that keeping files in order costs in proportion to the file and not to the register.
    """

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._fresh: dict[int, dict[int, list[Met]]] = defaultdict(lambda: defaultdict(list))
        """claims of documents whose sightings have not come yet, by document and layer"""
        self._presence: dict[tuple[str, int], tuple[int, dict[int, Sighted]]] = {}
        self._documents: dict[int, Document] = {}
        self._lines: dict[tuple[str, int], list[Point]] = {}
        self._entries: dict[str, dict[tuple[str, str], int]] = {}
        self._subjects: dict[int, Entry] = {}
        self._new_rows: list[tuple[object, ...]] = []
        self._new_entries: set[int] = set()
        """entries without a headline yet, because they came with this document"""
        self._last_entry: int | None = None
        self._tells_facts: dict[str, bool] = {}
        self.numbered: dict[str, dict[str, tuple[EntryReading, tuple[int, ...]]]] = defaultdict(dict)
        """the keys of the claims of each source's entries as last read, by source and entry"""

    def use(self, connection: Connection) -> None:
        """Go on in another transaction (the caller vouches that nobody wrote in between)."""
        self._db = connection

    # -- one method for each kind of log row ------------------------------------------------------

    def document(self, seq: int, recorded_us: int, body: DocumentBody) -> None:
        """A document became known."""
        moment = moment_of(body.date, body.instant_us, body.sha256)
        insert_rows(self._db, t.document, [(
            seq, body.source, body.sha256, moment, body.date, body.instant_us, recorded_us,
            recorded_us if body.held else None, body.entries, body.complete, body.size, body.url, body.title,
            body.media_type, body.method, body.retrieved_us,
        )])  # fmt: skip
        self._documents[seq] = Document(seq, body.source, moment, body.complete)

    def held(self, recorded_us: int, body: HeldBody) -> None:
        """A known document's bytes came into the archive."""
        self._db.execute(
            t.document.update()
            .where(t.document.c.id == body.document)
            .values(held_us=recorded_us, size=body.size, retrieved_us=body.retrieved_us)
        )

    def claims(self, seq: int, body: ClaimsBody, values: Sequence[Stated | None]) -> None:
        """Claims that no document made before; they show once the document's sightings follow."""
        source = self._document(body.document).source
        entry_id = self.entry_ids(source, [(body.entry, body.subject)])[body.entry, body.subject]
        met = []
        for index, ((prop, field), stated) in enumerate(zip(body.claims, values, strict=True)):
            number, where = claim_id(seq, index), place_of(body.place, field)
            if stated is None:
                met.append(Met(number, entry_id, -number, prop, None, (), where))
                continue
            pairs = tuple(stated[1].items())
            key = claim_key(source, body.entry, Claim(property=Property(prop), value=stated[0], facets=pairs))
            met.append(Met(number, entry_id, key, prop, stated[0], pairs, where))
        self.fresh(body.document, met)

    def fresh(self, document: int, met: Iterable[Met]) -> None:
        """Claims of *document* that were just written, so that they need not be read back."""
        by_layer = self._fresh[document]
        for one in met:
            by_layer[LAYER_OF[one.property]].append(one)

    def sightings(self, recorded_us: int, body: SightingsBody, present: Mapping[int, Sighted] | None = None) -> None:
        """A document's whole set of claims in a layer; *present* spares the look into the base, if known."""
        self.flush_entries()
        document, layer = self._document(body.document), body.layer
        source, moment = document.source, document.moment + body.reading
        fresh = self._fresh[body.document].pop(layer, [])
        if present is None:
            present = self._replay(source, body, fresh)
        before, after = self.neighbours(source, layer, moment)
        left = None if before is None else (before.moment, self.presence(source, layer, before.moment))
        right = None if after is None else (after.moment, self.presence(source, layer, after.moment))
        insert_rows(self._db, t.coverage, [(body.document, layer, body.reading, moment, recorded_us)])
        point = Point(moment, body.document, body.reading, document.complete, recorded_us)
        bisect.insort(self.line(source, layer), point, key=_moment)
        edits = place(moment, present, left, right)
        self._edit(edits, layer)
        relations = [met for met in fresh if met.property in facts.POINTING and met.value is not None]
        subjects = {met.entry_id: self._entry(source, met.entry_id).subject for met in relations}
        facts.add_relations(self._db, relations, subjects, point)
        if layer == _CORE:
            self._core(source, present, edits, fresh, point, left, right)
        if after is None:
            self._presence[source, layer] = (moment, _as_newest(edits, left))
        else:
            self._presence.pop((source, layer), None)

    def withheld(self, seq: int, body: WithheldBody) -> None:
        """Values were taken away: nothing of them stays in any projection."""
        s = t.span.c
        rows: list[tuple[object, ...]] = []
        entry_ids: dict[str, set[int]] = defaultdict(set)
        for number, mark in zip(body.claims, body.marks, strict=True):
            query = sa.select(s.entry_id, s.property, t.entry.c.source).join(t.entry, t.entry.c.id == s.entry_id)
            found = self._db.execute(query.where(s.claim_id == number).limit(1)).first()
            if found is None:
                raise Broken(f"log row {seq} withholds the claim {number}, which no document makes")
            row = row_and_index(number)[0]
            rows.append((number, row, found.entry_id, found.property, seq, body.scope, body.salt, mark))
            entry_ids[found.source].add(found.entry_id)
        insert_rows(self._db, t.withheld, rows)
        for chunk in chunks(body.claims):
            self._db.execute(t.span.update().where(s.claim_id.in_(chunk)).values(claim_key=-s.claim_id))
            self._db.execute(t.name.delete().where(t.name.c.claim_id.in_(chunk)))
            self._db.execute(t.fact.delete().where(t.fact.c.claim_id.in_(chunk)))
        self._presence.clear()
        for source, touched in entry_ids.items():
            self._headlines(source, touched, {}, withheld=frozenset(body.claims))

    # -- what appending asks ---------------------------------------------------------------------

    def line(self, source: str, layer: int) -> list[Point]:
        """The documents of *source* that were read in *layer*, in the order of their moments."""
        found = self._lines.get((source, layer))
        if found is None:
            c, d = t.coverage.c, t.document.c
            query = (
                sa.select(c.moment, c.document_id, c.reading, d.complete, c.recorded_us)
                .join(t.document, d.id == c.document_id)
                .where(d.source == source, c.layer == layer)
                .order_by(c.moment)
            )
            found = [
                Point(moment, document, reading, bool(complete), recorded_us)
                for moment, document, reading, complete, recorded_us in fetch(self._db, query)
            ]
            self._lines[source, layer] = found
        return found

    def neighbours(self, source: str, layer: int, moment: int) -> tuple[Point | None, Point | None]:
        """The documents of *source* with *layer* just before and just after *moment*."""
        line = self.line(source, layer)
        before = bisect.bisect_left(line, moment, key=_moment) - 1
        after = bisect.bisect_right(line, moment, key=_moment)
        return (line[before] if before >= 0 else None, line[after] if after < len(line) else None)

    def presence(self, source: str, layer: int, moment: int) -> dict[int, Sighted]:
        """The claims, by id, that the document of *source* at *moment* makes in *layer*."""
        cached = self._presence.get((source, layer))
        if cached is not None and cached[0] == moment:
            return cached[1]
        s, e = t.span.c, t.entry.c
        query = (
            sa.select(*_SPAN)
            .join(t.entry, e.id == s.entry_id)
            .where(e.source == source, s.layer == layer, s.first <= moment, s.last >= moment)
        )
        return {row[0]: Sighted(*row) for row in fetch(self._db, query)}

    def known_entries(self, source: str) -> dict[tuple[str, str], int]:
        """Ids of the source's entries, by key and subject."""
        found = self._entries.get(source)
        if found is None:
            e = t.entry.c
            rows = fetch(self._db, sa.select(e.id, e.key, e.subject).where(e.source == source))
            found = self._entries[source] = {(key, subject): number for number, key, subject in rows}
            self._subjects |= {number: Entry(number, key, subject) for number, key, subject in rows}
        return found

    def entry_ids(self, source: str, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """Ids of entries by key and subject; those not met before are made, in the order given."""
        known = self.known_entries(source)
        found = {}
        for pair in wanted:
            number = known.get(pair)
            if number is None:
                number = known[pair] = self._next_entry()
                self._subjects[number] = Entry(number, *pair)
                self._new_entries.add(number)
                self._new_rows.append((number, source, *pair))
            found[pair] = number
        return found

    def keys_of(self, source: str, entry_ids: Iterable[int]) -> dict[int, str]:
        """The keys of entries of *source*."""
        return {number: self._entry(source, number).key for number in entry_ids}

    def met_claims(self, entry_ids: Iterable[int], layer: int) -> dict[int, Sighted]:
        """Every claim ever met for the entries in *layer*, by claim key."""
        s = t.span.c
        found: dict[int, Sighted] = {}
        for chunk in chunks(entry_ids):
            rows = fetch(self._db, sa.select(*_SPAN).where(s.entry_id.in_(chunk), s.layer == layer))
            found |= {row[2]: Sighted(*row) for row in rows}
        return found

    def last_said(self, source: str, layer: int, entry_ids: Iterable[int], moment: int) -> dict[int, Sighted]:
        """What the newest document before *moment* that speaks of each entry says of it."""
        moments = [point.moment for point in self.line(source, layer)]
        limit = bisect.bisect_left(moments, moment) - 1
        if limit < 0:
            return {}
        s = t.span.c
        found: dict[int, Sighted] = {}
        for chunk in chunks(entry_ids):
            rows = [
                Sighted(*row)
                for row in fetch(
                    self._db,
                    sa.select(*_SPAN).where(s.entry_id.in_(chunk), s.layer == layer, s.first <= moments[limit]),
                )
            ]
            newest: dict[int, int] = {}
            for row in rows:
                at = moments[min(bisect.bisect_right(moments, row.last) - 1, limit)]
                newest[row.entry_id] = max(newest.get(row.entry_id, 0), at)
            found |= {row.claim_id: row for row in rows if row.first <= newest[row.entry_id] <= row.last}
        return found

    # -- inside ----------------------------------------------------------------------------------

    def _next_entry(self) -> int:
        if self._last_entry is None:
            self._last_entry = self._db.execute(sa.select(sa.func.max(t.entry.c.id))).scalar() or 0
        self._last_entry += 1
        return self._last_entry

    def flush_entries(self) -> None:
        """Write the entries that were made."""
        insert_rows(self._db, t.entry, self._new_rows)
        self._new_rows = []

    def _document(self, number: int) -> Document:
        found = self._documents.get(number)
        if found is None:
            d = t.document.c
            row = self._db.execute(sa.select(d.id, d.source, d.moment, d.complete).where(d.id == number)).first()
            if row is None:
                raise Broken(f"the log speaks of document {number} before it came")
            found = self._documents[number] = Document(row.id, row.source, row.moment, bool(row.complete))
        return found

    def _replay(self, source: str, body: SightingsBody, fresh: Iterable[Met]) -> dict[int, Sighted]:
        present: dict[int, Sighted] = {}
        if body.base is not None:
            number, reading = body.base
            present = dict(self.presence(source, body.layer, self._document(number).moment + reading))
        for number in body.gone:
            present.pop(number, None)
        for chunk in chunks(body.back):
            rows = fetch(self._db, sa.select(*_SPAN).where(t.span.c.claim_id.in_(chunk)))
            present |= {row[0]: Sighted(*row) for row in rows}
        present |= {met.claim_id: sighted(met) for met in fresh}
        return present

    def _edit(self, edits: Edits, layer: int) -> None:
        """Change the rows of ``span``; where only the end moves the row stays."""
        span = t.span
        come: Iterable[Sighted] = edits.insert
        if edits.remove:
            before = {(row.claim_id, row.first): row for row in edits.remove}
            after = {(row.claim_id, row.first): row for row in edits.insert}
            gone = [{"c": key[0], "f": key[1]} for key in before if key not in after]
            moved = [
                {"c": row.claim_id, "f": row.first, "l": row.last}
                for key, row in after.items()
                if key in before and before[key].last != row.last
            ]
            come = [row for key, row in after.items() if key not in before]
            where = sa.and_(span.c.claim_id == sa.bindparam("c"), span.c.first == sa.bindparam("f"))
            if gone:
                self._db.execute(span.delete().where(where), gone)
            if moved:
                self._db.execute(span.update().where(where).values(last=sa.bindparam("l")), moved)
        insert_rows(
            self._db,
            span,
            [(r.claim_id, r.first, r.last, r.entry_id, r.claim_key, r.property, layer) for r in come],
        )

    def _core(
        self,
        source: str,
        present: Mapping[int, Sighted],
        edits: Edits,
        fresh: Sequence[Met],
        point: Point,
        left: Side | None,
        right: Side | None,
    ) -> None:
        """What follows from edits in the core: names, facts, headlines."""
        insert_rows(
            self._db,
            t.name,
            [
                (
                    met.claim_id, met.entry_id, self._entry(source, met.entry_id).subject, fold(met.value),
                    met.value, met.property, point.recorded_us,
                )
                for met in fresh
                if met.property in _NAMES and met.value is not None
            ],
        )  # fmt: skip
        new = {met.claim_id: met for met in fresh}
        edited = (*edits.remove, *edits.insert)
        # The first document of all is the first to say what it says, also where no span changes for it.
        said_first = present.values() if left is None else ()
        self._facts(source, (*edited, *said_first), new, point, left)
        made = self._new_entries
        touched = {row.entry_id for row in edited if row.property in headlines.SHOWN and row.entry_id not in made}
        if left is not None and right is not None:
            # Where the neighbours differ, a document between them that has neither claim cuts a stretch too.
            for number in left[1].keys() ^ right[1].keys():
                row = left[1].get(number) or right[1][number]
                if row.property in headlines.SHOWN:
                    touched.add(row.entry_id)
        values = {
            met.claim_id: Said.of(met.value, met.facets)
            for met in fresh
            if met.property in headlines.SHOWN and met.value is not None
        }
        if made:
            spans: dict[int, list[Sighted]] = defaultdict(list)
            for row in edits.insert:
                if row.property in headlines.SHOWN and row.entry_id in made:
                    spans[row.entry_id].append(row)
            entries = [self._entry(source, number) for number in sorted(spans)]
            headlines.insert(self._db, entries, spans, values, self._moments(source))
            made.clear()
        if touched:
            self._headlines(source, touched, values)

    def _facts(
        self,
        source: str,
        rows: Sequence[Sighted],
        new: Mapping[int, Met],
        point: Point,
        left: Side | None,
    ) -> None:
        told = self._tells_facts_of(source) or bool(point.reading)
        if not told and not any(row.property in facts.FACTS for row in rows):
            return  # most sources are lists and tell none
        self._tells_facts[source] = True
        touched = {row.entry_id for row in rows}
        spoken = facts.Spoken(self.line(source, _CORE))
        if point.reading and left is not None:
            touched = touched | {row.entry_id for row in left[1].values()}  # the earlier reading counts no more
        if point.complete and spoken.is_mixed:
            # It speaks of every row, also of those that only partial documents spoke of.
            touched = touched | set(self.known_entries(source).values())
        facts.update(self._db, source, touched, spoken, new, point.recorded_us)

    def _tells_facts_of(self, source: str) -> bool:
        told = self._tells_facts.get(source)
        if told is None:
            e, f = t.entry.c, t.fact.c
            query = sa.select(f.claim_id).join(t.entry, e.id == f.entry_id)
            some = query.where(e.source == source, f.property.in_(facts.FACTS)).limit(1)
            told = self._db.execute(some).first() is not None
            self._tells_facts[source] = told
        return told

    def _headlines(
        self,
        source: str,
        entry_ids: set[int],
        fresh: Mapping[int, Said],
        *,
        withheld: frozenset[int] = frozenset(),
    ) -> None:
        """Make the headline and membership rows of *entry_ids* anew from their spans.

        Values of claims in *withheld* may still lie in the payload, for as long as this transaction lasts.
        """
        headlines.remove(self._db, entry_ids)
        spans = headlines.spans_of(self._db, entry_ids)
        old = {row.claim_id for rows in spans.values() for row in rows} - fresh.keys() - withheld
        values = {
            number: Said.of(value, pairs.items()) for number, (value, pairs) in read_claims(self._db, old).items()
        }
        values |= fresh
        entries = [self._entry(source, number) for number in sorted(entry_ids)]
        headlines.insert(self._db, entries, spans, values, self._moments(source))

    def _moments(self, source: str) -> list[int]:
        return [point.moment for point in self.line(source, _CORE)]

    def _entry(self, source: str, number: int) -> Entry:
        self.known_entries(source)
        return self._subjects[number]


def sighted(met: Met) -> Sighted:
    """A claim that stands in no span yet."""
    return Sighted(met.claim_id, met.entry_id, met.claim_key, met.property, 0, 0)


def _moment(point: Point) -> int:
    return point.moment


def _as_newest(edits: Edits, left: Side | None) -> dict[int, Sighted]:
    """The claims of a document that is now the newest, each with the span that reaches it."""
    newest = dict(left[1]) if left else {}
    for row in edits.remove:
        del newest[row.claim_id]
    return newest | {row.claim_id: row for row in edits.insert if row.last == LATEST}
