"""From log rows to projections: the one path that both appending and rebuilding take."""

import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tizim.domain.documents import Layer
from tizim.domain.statements import Claim, Property, claim_key
from tizim.errors import Broken
from tizim.register import schema as t
from tizim.register.chain import unseal
from tizim.register.database import insert_rows
from tizim.register.entries import (
    ClaimsBody,
    DocumentBody,
    HeldBody,
    SightingsBody,
    WithheldBody,
    claim_id,
    row_and_index,
)
from tizim.register.schema import EARLIEST, LATEST
from tizim.register.spans import Edits, Sighted, place
from tizim.text import fold

_NAMES = frozenset({Property.NAME.value, Property.ALIAS.value, Property.ORIGINAL_NAME.value})
_FACTS = frozenset({
    Property.ACT.value, Property.JUDGEMENT.value, Property.RULE.value, Property.MEASURE.value, Property.CLAIM.value,
    Property.RELATION.value,
})
_HEADLINE = frozenset({
    Property.MEMBER.value, Property.NAME.value, Property.KIND.value, Property.LISTED_ON.value,
    Property.REVIEWED_ON.value,
})
_LAYERS = {prop.value: int(Claim(property=prop, value="").layer) for prop in Property}
_CHUNK = 500  # ids in one IN (…): SQLite's oldest limit on parameters is 999


class Met(msgspec.Struct, frozen=True, gc=False):
    """A claim as the log holds it; ``value`` is ``None`` where it is withheld."""

    claim_id: int
    entry_id: int
    claim_key: int
    property: str
    value: str | None
    facets: tuple[tuple[str, str], ...]
    place: str


class Projector:
    """Applies log rows to the projections of one open transaction.

    It remembers, between documents of one run, which claims the newest document of each source makes,
    so that keeping files in order costs in proportion to the file and not to the register.
    """

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._fresh: dict[tuple[int, int], list[Met]] = defaultdict(list)
        """claims of documents whose sightings have not come yet, by document and layer"""
        self._presence: dict[tuple[str, int], tuple[int, dict[int, Sighted]]] = {}

    def use(self, connection: Connection) -> None:
        """Go on in another transaction (the caller vouches that nobody wrote in between)."""
        self._db = connection

    # -- one method for each kind of log row ------------------------------------------------------

    def document(self, seq: int, recorded_us: int, body: DocumentBody) -> None:
        """A document became known."""
        moment = t.moment_of(body.instant_us, body.sha256)
        insert_rows(self._db, t.document, [(
            seq, body.source, body.sha256, moment, body.date, body.instant_us, recorded_us,
            recorded_us if body.held else None, body.entries, body.complete, body.size, body.url, body.title,
            body.media_type, body.method,
        )])  # fmt: skip

    def held(self, recorded_us: int, body: HeldBody) -> None:
        """A known document's bytes came into the archive."""
        self._db.execute(
            t.document.update().where(t.document.c.id == body.document).values(held_us=recorded_us, size=body.size)
        )

    def claims(self, seq: int, body: ClaimsBody, values: Sequence[object | None]) -> list[Met]:
        """Claims that no document made before; they show once the document's sightings follow."""
        source = self._source_of(body.document)
        entry_id = self.entry_id(source, body.entry, body.subject, make=True)
        met = []
        for index, ((prop, where), value) in enumerate(zip(body.claims, values, strict=True)):
            number = claim_id(seq, index)
            if value is None:
                met.append(Met(number, entry_id, -number, prop, None, (), where))
                continue
            text, pairs = msgspec.convert(value, tuple[str, dict[str, str]])
            facets = tuple(pairs.items())
            claim = Claim(property=Property(prop), value=text, facets=facets)
            met.append(Met(number, entry_id, claim_key(source, body.entry, claim), prop, text, facets, where))
        self.fresh(body.document, met)
        return met

    def fresh(self, document: int, met: Iterable[Met]) -> None:
        """Claims of *document* that were just written, so that they need not be read back."""
        for one in met:
            self._fresh[document, _layer(one.property)].append(one)

    def sightings(self, recorded_us: int, body: SightingsBody, present: dict[int, Sighted] | None = None) -> None:
        """A document's whole set of claims in a layer; *present* spares the look into the base, if known."""
        row = self._document(body.document)
        source, moment, layer = row.source, row.moment, body.layer
        fresh = self._fresh.pop((body.document, layer), [])
        if present is None:
            present = self._replay(source, body, fresh)
        again = self._db.execute(
            sa.select(t.coverage.c.layer).where(t.coverage.c.document_id == body.document, t.coverage.c.layer == layer)
        ).first()
        if not row.complete:
            self._apply(source, layer, self._speak(row, layer, present), fresh, recorded_us, row)
            if again is None:
                insert_rows(self._db, t.coverage, [(body.document, layer, recorded_us)])
            return
        before, after = self.neighbours(source, layer, moment)
        left = None if before is None else (before, self.presence(source, layer, before))
        right = None if after is None else (after, self.presence(source, layer, after))
        if again is None:
            insert_rows(self._db, t.coverage, [(body.document, layer, recorded_us)])
            edits = place(moment, present, left, right)
        else:
            edits = self._read_again(source, layer, moment, present, left, right)
        self._apply(source, layer, edits, fresh, recorded_us, row)
        if after is None:
            self._presence[source, layer] = (moment, self._as_newest(present, edits, left))
        else:
            self._presence.pop((source, layer), None)

    def withheld(self, seq: int, body: WithheldBody) -> None:
        """Values were taken away: nothing of them stays in any projection."""
        rows = []
        for number, mark in zip(body.claims, body.marks, strict=True):
            found = self._db.execute(
                sa.select(t.span.c.entry_id, t.span.c.property).where(t.span.c.claim_id == number).limit(1)
            ).first()
            if found is None:
                raise Broken(f"log row {seq} withholds the claim {number}, which no document makes")
            rows.append((number, row_and_index(number)[0], found.entry_id, found.property, seq, body.salt, mark))
        insert_rows(self._db, t.withheld, rows)
        numbers = list(body.claims)
        self._db.execute(
            t.span.update().where(t.span.c.claim_id.in_(numbers)).values(claim_key=-t.span.c.claim_id)
        )
        self._db.execute(t.name.delete().where(t.name.c.claim_id.in_(numbers)))
        self._db.execute(t.fact.delete().where(t.fact.c.claim_id.in_(numbers)))
        self._presence.clear()
        self._headlines({row[2] for row in rows}, {})

    # -- what appending asks ---------------------------------------------------------------------

    def neighbours(self, source: str, layer: int, moment: int) -> tuple[int | None, int | None]:
        """Moments of the documents of *source* with *layer* just before and just after *moment*."""
        moments = (
            sa.select(t.document.c.moment)
            .join(t.coverage, t.coverage.c.document_id == t.document.c.id)
            .where(t.document.c.source == source, t.coverage.c.layer == layer)
        )
        before = self._db.execute(sa.select(sa.func.max(moments.where(t.document.c.moment < moment).subquery().c.moment)))
        after = self._db.execute(sa.select(sa.func.min(moments.where(t.document.c.moment > moment).subquery().c.moment)))
        return before.scalar(), after.scalar()

    def presence(self, source: str, layer: int, moment: int) -> dict[int, Sighted]:
        """The claims, by id, that the document of *source* at *moment* makes in *layer*."""
        cached = self._presence.get((source, layer))
        if cached is not None and cached[0] == moment:
            return cached[1]
        rows = self._db.execute(
            sa.select(
                t.span.c.claim_id, t.span.c.entry_id, t.span.c.claim_key, t.span.c.property, t.span.c.first, t.span.c.last
            )
            .join(t.entry, t.entry.c.id == t.span.c.entry_id)
            .where(t.entry.c.source == source, t.span.c.layer == layer, t.span.c.first <= moment, t.span.c.last >= moment)
        )
        return {row[0]: Sighted(*row) for row in rows}

    def entry_id(self, source: str, key: str, subject: str, *, make: bool) -> int:
        """The id of an entry; made (or given its subject) if *make*."""
        found = self._db.execute(
            sa.select(t.entry.c.id).where(t.entry.c.source == source, t.entry.c.key == key)
        ).scalar()
        if found is not None or not make:
            return -1 if found is None else int(found)
        return self.make_entries(source, [(key, subject)])[key]

    def make_entries(self, source: str, keys: Sequence[tuple[str, str]]) -> dict[str, int]:
        """New entries with ids in the order given."""
        next_id = 1 + int(self._db.execute(sa.select(sa.func.coalesce(sa.func.max(t.entry.c.id), 0))).scalar_one())
        made = {key: next_id + i for i, (key, _) in enumerate(keys)}
        insert_rows(self._db, t.entry, [(made[key], source, key, subject) for key, subject in keys])
        return made

    def met_claims(self, entry_ids: Iterable[int], layer: int) -> dict[int, Sighted]:
        """Every claim ever met for the entries in *layer*, by claim key."""
        found: dict[int, Sighted] = {}
        for chunk in _chunks(entry_ids):
            rows = self._db.execute(
                sa.select(
                    t.span.c.claim_id, t.span.c.entry_id, t.span.c.claim_key, t.span.c.property, t.span.c.first,
                    t.span.c.last,
                ).where(t.span.c.entry_id.in_(chunk), t.span.c.layer == layer)
            )  # fmt: skip
            for row in rows:
                found[row.claim_key] = Sighted(*row)
        return found

    # -- inside ----------------------------------------------------------------------------------

    def _document(self, number: int) -> Any:
        row = self._db.execute(sa.select(t.document).where(t.document.c.id == number)).first()
        if row is None:
            raise Broken(f"the log speaks of document {number} before it came")
        return row

    def _source_of(self, document: int) -> str:
        return str(self._document(document).source)

    def _replay(self, source: str, body: SightingsBody, fresh: Iterable[Met]) -> dict[int, Sighted]:
        present: dict[int, Sighted] = {}
        if body.base is not None:
            base = self._document(body.base)
            present = dict(self.presence(source, body.layer, base.moment))
        for number in body.gone:
            present.pop(number, None)
        for chunk in _chunks(body.back):
            rows = self._db.execute(
                sa.select(
                    t.span.c.claim_id, t.span.c.entry_id, t.span.c.claim_key, t.span.c.property, t.span.c.first,
                    t.span.c.last,
                ).where(t.span.c.claim_id.in_(chunk))
            )  # fmt: skip
            present |= {row.claim_id: Sighted(*row) for row in rows}
        for met in fresh:
            present[met.claim_id] = Sighted(met.claim_id, met.entry_id, met.claim_key, met.property, 0, 0)
        return present

    def _speak(self, document: Any, layer: int, present: Mapping[int, Sighted]) -> Edits:
        """The edits that a document makes which does not hold all entries of its source.

        It speaks of some entries and is silent about the others. What it says of an entry stands from
        its own time until the next document that speaks of the same entry, so each entry has a line of
        documents of its own, and again the order of keeping does not matter.
        """
        said: dict[int, dict[int, Sighted]] = defaultdict(dict)
        for row in present.values():
            said[row.entry_id][row.claim_id] = row
        speakers: dict[int, set[int]] = {entry_id: {document.moment} for entry_id in said}
        known: set[int] = set()
        spans: dict[int, list[Sighted]] = defaultdict(list)
        d = t.document.c
        for chunk in _chunks(said):
            rows = self._db.execute(
                sa.select(t.spoken.c.entry_id, d.id, d.moment)
                .join(t.document, d.id == t.spoken.c.document_id)
                .join(t.coverage, sa.and_(t.coverage.c.document_id == d.id, t.coverage.c.layer == layer))
                .where(t.spoken.c.entry_id.in_(chunk))
            )
            for entry_id, _, moment in rows:
                speakers[entry_id].add(moment)
            own = sa.select(t.spoken.c.entry_id).where(
                t.spoken.c.entry_id.in_(chunk), t.spoken.c.document_id == document.id
            )
            known |= set(self._db.execute(own).scalars())
            for sighted in self._sighted(t.span.c.entry_id.in_(chunk), t.span.c.layer == layer):
                spans[sighted.entry_id].append(sighted)
        insert_rows(self._db, t.spoken, [(entry_id, document.id) for entry_id in sorted(said.keys() - known)])
        insert: list[Sighted] = []
        for entry_id, own_claims in said.items():
            times = sorted(speakers[entry_id])
            sets = {
                moment: {row.claim_id: row for row in spans[entry_id] if row.first <= moment <= row.last}
                for moment in times
            }
            sets[document.moment] = own_claims
            insert += _runs(times, sets)
        return Edits(remove=tuple(row for rows in spans.values() for row in rows), insert=tuple(insert))

    def standing(self, entry_ids: Iterable[int], layer: int, moment: int) -> dict[int, Sighted]:
        """The claims of the entries whose spans hold *moment*."""
        found: dict[int, Sighted] = {}
        for chunk in _chunks(entry_ids):
            rows = self._sighted(
                t.span.c.entry_id.in_(chunk), t.span.c.layer == layer, t.span.c.first <= moment, t.span.c.last >= moment
            )
            found |= {row.claim_id: row for row in rows}
        return found

    def _sighted(self, *where: sa.ColumnElement[bool]) -> list[Sighted]:
        s = t.span.c
        query = sa.select(s.claim_id, s.entry_id, s.claim_key, s.property, s.first, s.last).where(*where)
        return [Sighted(*row) for row in self._db.execute(query)]

    def _read_again(
        self,
        source: str,
        layer: int,
        moment: int,
        present: Mapping[int, Sighted],
        left: tuple[int, Mapping[int, Sighted]] | None,
        right: tuple[int, Mapping[int, Sighted]] | None,
    ) -> Edits:
        """A second reading of a document in a layer it covers already: take it out of the line, then put it back."""
        now = self.presence(source, layer, moment)
        spans: dict[tuple[int, int], Sighted] = {}
        for row in now.values():
            spans[row.claim_id, row.first] = row
        remove, insert = list(spans.values()), []
        beside: tuple[dict[int, Sighted], dict[int, Sighted]] = (dict(left[1]) if left else {}, dict(right[1]) if right else {})
        for row in spans.values():
            in_left, in_right = row.claim_id in beside[0], row.claim_id in beside[1]
            if in_left and in_right:
                kept = row  # the neighbours both have it: without this document the span stays whole
            elif in_left and left:
                kept = Sighted(row.claim_id, row.entry_id, row.claim_key, row.property, row.first, left[0] if right else LATEST)
            elif in_right and right:
                kept = Sighted(row.claim_id, row.entry_id, row.claim_key, row.property, right[0] if left else EARLIEST, row.last)
            else:
                continue
            insert.append(kept)
            for side, has in ((beside[0], in_left), (beside[1], in_right)):
                if has:
                    side[row.claim_id] = kept
        again = place(
            moment, present, (left[0], beside[0]) if left else None, (right[0], beside[1]) if right else None
        )
        kept_rows = {(row.claim_id, row.first, row.last): row for row in insert}
        for row in again.remove:
            kept_rows.pop((row.claim_id, row.first, row.last), None)
            if (row.claim_id, row.first) not in spans:
                remove.append(row)
        return Edits(remove=tuple(remove), insert=(*kept_rows.values(), *again.insert))

    @staticmethod
    def _as_newest(
        present: Mapping[int, Sighted], edits: Edits, left: tuple[int, Mapping[int, Sighted]] | None
    ) -> dict[int, Sighted]:
        newest = {row.claim_id: row for row in edits.insert if row.last == LATEST}
        before = left[1] if left else {}
        return {number: newest.get(number) or before[number] for number in present}

    def _apply(
        self, source: str, layer: int, edits: Edits, fresh: Sequence[Met], recorded_us: int, document: Any
    ) -> None:
        before = {(row.claim_id, row.first): row for row in edits.remove}
        after = {(row.claim_id, row.first): row for row in edits.insert}
        gone = [key for key in before if key not in after]
        moved = [row for key, row in after.items() if key in before and before[key].last != row.last]
        come = [row for key, row in after.items() if key not in before]
        self._edit(gone, moved, come, layer)
        new = {met.claim_id: met for met in fresh}
        self._facts(source, edits, new, recorded_us, document)
        if layer != Layer.CORE:
            return
        named = [met for met in fresh if met.property in _NAMES and met.value is not None]
        subjects = self._subjects({met.entry_id for met in named})
        insert_rows(
            self._db,
            t.name,
            [
                (met.claim_id, met.entry_id, subjects[met.entry_id], fold(met.value), met.value, met.property)
                for met in named
                if met.value is not None
            ],
        )
        touched = {
            row.entry_id for row in (*edits.remove, *edits.insert) if row.property in _HEADLINE
        }
        if touched:
            self._headlines(touched, new)

    def _edit(
        self, gone: Sequence[tuple[int, int]], moved: Sequence[Sighted], come: Sequence[Sighted], layer: int
    ) -> None:
        span = t.span
        if gone:
            self._db.execute(
                span.delete().where(span.c.claim_id == sa.bindparam("c"), span.c.first == sa.bindparam("f")),
                [{"c": c, "f": f} for c, f in gone],
            )
        if moved:
            self._db.execute(
                span.update()
                .where(span.c.claim_id == sa.bindparam("c"), span.c.first == sa.bindparam("f"))
                .values(last=sa.bindparam("l")),
                [{"c": row.claim_id, "f": row.first, "l": row.last} for row in moved],
            )
        insert_rows(
            self._db,
            span,
            [(row.claim_id, row.first, row.last, row.entry_id, row.claim_key, row.property, layer) for row in come],
        )

    def _subjects(self, entry_ids: Iterable[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for chunk in _chunks(entry_ids):
            rows = self._db.execute(sa.select(t.entry.c.id, t.entry.c.subject).where(t.entry.c.id.in_(chunk)))
            found |= {row.id: row.subject for row in rows}
        return found

    def _facts(self, source: str, edits: Edits, new: Mapping[int, Met], recorded_us: int, document: Any) -> None:
        facts = [met for met in new.values() if met.property in _FACTS]
        subjects = self._subjects({met.entry_id for met in facts})
        rows = []
        for met in facts:
            if met.value is None:
                continue  # withheld: nothing to tell
            pairs = dict(met.facets)
            other = f"{source}:{met.value}" if met.property == Property.RELATION.value else pairs.get("with", "")
            rows.append((
                met.claim_id, met.entry_id, met.property, subjects[met.entry_id], pairs.get("list", ""),
                other, pairs.get("published", ""), recorded_us, None, document.id, met.place,
                met.claim_key, met.value, msgspec.json.encode(pairs).decode("utf-8"),
            ))  # fmt: skip
        insert_rows(self._db, t.fact, rows)
        # A fact that the newest document of its source no longer makes was followed by another reading of the row.
        touched = {row.claim_id for row in (*edits.remove, *edits.insert) if row.property in _FACTS}
        for chunk in _chunks(touched):
            standing = {
                number
                for (number,) in self._db.execute(
                    sa.select(t.span.c.claim_id).where(t.span.c.claim_id.in_(chunk), t.span.c.last == LATEST)
                )
            }
            ended = [number for number in chunk if number not in standing]
            fact = t.fact
            self._db.execute(
                fact.update().where(fact.c.claim_id.in_(ended), fact.c.superseded_us.is_(None)).values(superseded_us=recorded_us)
            )
            self._db.execute(fact.update().where(fact.c.claim_id.in_(list(standing))).values(superseded_us=None))

    def _headlines(self, entry_ids: Iterable[int], new: Mapping[int, Met]) -> None:
        """Make the headline and membership rows of *entry_ids* anew from their spans."""
        moments: dict[str, list[int]] = {}
        members, rows = [], []
        for chunk in _chunks(entry_ids):
            self._db.execute(t.headline.delete().where(t.headline.c.entry_id.in_(chunk)))
            self._db.execute(t.membership.delete().where(t.membership.c.entry_id.in_(chunk)))
            spans = self._db.execute(
                sa.select(
                    t.span.c.entry_id, t.span.c.claim_id, t.span.c.property, t.span.c.first, t.span.c.last,
                    t.entry.c.source, t.entry.c.subject, t.entry.c.key,
                )
                .join(t.entry, t.entry.c.id == t.span.c.entry_id)
                .where(t.span.c.entry_id.in_(chunk), t.span.c.property.in_(_HEADLINE))
            ).all()  # fmt: skip
            values = self._values({row.claim_id for row in spans}, new)
            by_entry: dict[int, list[Any]] = defaultdict(list)
            for row in spans:
                by_entry[row.entry_id].append(row)
            for entry_id, own in by_entry.items():
                source = own[0].source
                if source not in moments:
                    moments[source] = self._moments(source)
                lists, heads = _headline_rows(entry_id, own, values, moments[source])
                members += lists
                rows += heads
        insert_rows(self._db, t.membership, members)
        insert_rows(self._db, t.headline, rows)

    def _moments(self, source: str) -> list[int]:
        rows = self._db.execute(
            sa.select(t.document.c.moment)
            .join(t.coverage, t.coverage.c.document_id == t.document.c.id)
            .where(t.document.c.source == source, t.coverage.c.layer == int(Layer.CORE))
            .order_by(t.document.c.moment)
        )
        return [moment for (moment,) in rows]

    def _values(self, numbers: Iterable[int], new: Mapping[int, Met]) -> dict[int, str]:
        values = {n: met.value for n in numbers if (met := new.get(n)) is not None and met.value is not None}
        return values | read_values(self._db, [n for n in numbers if n not in new])


def _runs(times: Sequence[int], sets: Mapping[int, Mapping[int, Sighted]]) -> Iterator[Sighted]:
    """Spans of claims over an entry's own line of documents; each statement stands until the next speaker."""
    for claim in sorted({number for made in sets.values() for number in made}):
        start: int | None = None
        row: Sighted | None = None
        for moment in times:
            made = sets[moment].get(claim)
            if made is not None and start is None:
                start, row = moment, made
            elif made is None and start is not None and row is not None:
                yield Sighted(claim, row.entry_id, row.claim_key, row.property, start, moment - 1)
                start = None
        if start is not None and row is not None:
            yield Sighted(claim, row.entry_id, row.claim_key, row.property, start, LATEST)


def read_values(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The values of claims by id, out of the payload; withheld ones are missing."""
    return {number: value for number, (value, _) in read_claims(connection, numbers).items()}


def read_claims(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[str, dict[str, str]]]:
    """Values and facets of claims by id, out of the payload; withheld ones are missing."""
    wanted: dict[int, list[int]] = defaultdict(list)
    for number in numbers:
        seq, index = row_and_index(number)
        wanted[seq].append(index)
    found: dict[int, tuple[str, dict[str, str]]] = {}
    for chunk in _chunks(wanted):
        for seq, data in connection.execute(sa.select(t.payload.c.seq, t.payload.c.data).where(t.payload.c.seq.in_(chunk))):
            values = unseal(data)
            for index in wanted[seq]:
                if values[index] is not None:
                    found[claim_id(seq, index)] = msgspec.convert(values[index], tuple[str, dict[str, str]])
    return found


def _headline_rows(
    entry_id: int, spans: Sequence[Any], values: Mapping[int, str], moments: Sequence[int]
) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Membership and headline rows of one entry: a headline row for each stretch in which nothing changes."""
    last_index = len(moments) - 1

    def first_index(moment: int) -> int:
        return 0 if moment == EARLIEST else bisect.bisect_left(moments, moment)

    def end_index(moment: int) -> int:
        return last_index if moment == LATEST else bisect.bisect_right(moments, moment) - 1

    placed = [(first_index(row.first), end_index(row.last), row) for row in spans]
    members = [(values.get(row.claim_id, ""), a, b, row) for a, b, row in placed if row.property == Property.MEMBER.value]
    lists = [(list_id, entry_id, row.first, row.last) for list_id, _, _, row in members]
    cuts = {a for a, _, _ in placed} | {b + 1 for _, b, _ in placed}
    rows: list[tuple[object, ...]] = []
    for list_id, a, b, member in members:
        periods = sum(1 for other in members if other[0] == list_id)
        starts = sorted(cut for cut in cuts | {a} if a <= cut <= b)
        for start, following in zip(starts, [*starts[1:], b + 1], strict=True):
            end = following - 1
            inside = [row for x, y, row in placed if x <= start and end <= y]

            def pick(prop: Property, rows: Sequence[Any] = inside) -> list[str]:
                return sorted(values.get(row.claim_id, "") for row in rows if row.property == prop.value)

            rows.append((
                list_id, entry_id,
                member.first if start == a else moments[start],
                member.last if end == b else moments[end],
                member.subject,
                member.key,
                next(iter(pick(Property.NAME)), ""),
                next(iter(pick(Property.KIND)), ""),
                next(iter(pick(Property.LISTED_ON)), ""),
                next(iter(reversed(pick(Property.REVIEWED_ON))), ""),
                periods, member.first,
            ))  # fmt: skip
    return lists, rows


def _layer(prop: str) -> int:
    return _LAYERS[prop]


def _chunks(items: Iterable[int]) -> Iterable[list[int]]:
    ordered = sorted(items)
    for start in range(0, len(ordered), _CHUNK):
        yield ordered[start : start + _CHUNK]
