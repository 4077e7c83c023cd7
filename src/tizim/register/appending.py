"""Appending one document: what it says against what is known, written as little as possible.

A claim is written once, with the first document that makes it. Of every other document only the
difference to a neighbour is written: which claims of the neighbour it does not make, and which earlier
ones it makes again.
"""

from collections.abc import Container, Iterable, Mapping, Sequence

import msgspec
import sqlalchemy as sa

from tizim.domain.dates import microseconds
from tizim.domain.documents import Layer
from tizim.domain.statements import (
    NOT_AMENDING,
    Claim,
    EntryReading,
    Property,
    Told,
    amending,
    claim_key,
    differ,
)
from tizim.errors import BadInput, Broken, NotSupported, Overtaken
from tizim.register import schema as t
from tizim.register.archive import Archive
from tizim.register.chain import Stated
from tizim.register.entries import (
    CLAIMS_A_ROW,
    ClaimsBody,
    DocumentBody,
    HeldBody,
    SightingsBody,
    WithheldBody,
    claim_id,
)
from tizim.register.projector import LAYER_OF, sighted
from tizim.register.protocol import Appended, DocumentBatch
from tizim.register.schema import READINGS, moment_of
from tizim.register.spans import Met, Point, Sighted
from tizim.register.values import place_of, read_claims
from tizim.register.withhold import Mark, Marks, digests, redact_bytes, texts_of
from tizim.register.writer import Writer

_UNCHANGED = Appended(outcome="unchanged", new=(), changed=(), absent=(), statements=0)
_CORE = int(Layer.CORE)
_AMENDING = {prop.value: prop for prop in Property if prop not in NOT_AMENDING}
_AMENDED_ON = Property.AMENDED_ON.value
_NO_FACETS: dict[str, str] = {}
_PLAIN = {prop: prop.value for prop in Property}
_STATED = {prop: LAYER_OF[prop.value] for prop in Property}


class _Said(msgspec.Struct, frozen=True, gc=False):
    """One claim that the document makes, and whose it is."""

    key: int
    reading: EntryReading
    entry_id: int | None
    claim: Claim


class _Layer(msgspec.Struct, kw_only=True):
    """What the document makes in one layer, and what it is compared with."""

    layer: int
    covered: Point | None
    """the document's own last reading in this layer, if there is one"""
    before: Point | None
    """the nearest earlier document"""
    base: Point | None
    base_claims: Mapping[int, Sighted]
    present: dict[int, Sighted]
    met: set[int]
    """claims in ``present`` that the log held before this document"""
    fresh: dict[int, _Said]
    """claims that the register has never met, by key"""

    @property
    def is_same(self) -> bool:
        """Whether the document's own last reading says just this."""
        return self.covered is not None and not self.fresh and self.present.keys() == self.base_claims.keys()


class _Known(msgspec.Struct, frozen=True):
    """The document as the register has it so far."""

    id: int
    is_held: bool
    points: dict[int, Point]
    """its last reading, by layer"""


def append(writer: Writer, archive: Archive, batch: DocumentBatch) -> Appended:
    """Append one document: only what is new, and one row of sightings for all the rest."""
    return _Appending(writer, archive, batch).run()


class _Appending:
    def __init__(self, writer: Writer, archive: Archive, batch: DocumentBatch) -> None:
        self._writer = writer
        self._projector = writer.projector
        self._archive = archive
        self._batch = batch
        facts = batch.facts
        self._source = facts.source
        self._moment = moment_of(facts.date.isoformat(), microseconds(facts.instant), facts.sha256)
        self._retrieved_us = None if batch.retrieved_at is None else microseconds(batch.retrieved_at)
        self._marks = Marks(writer.connection)
        self._returned: list[tuple[Stated, Mark]] = []
        """withheld values that the document prints again, and by which act they are withheld"""
        self._blank: dict[int, Mark] = {}
        """keys of fresh claims whose value must not be stored"""
        self._withheld: dict[int, list[int]] = {}
        """claims written without their value, by the row of the act"""

    def run(self) -> Appended:
        """Write what is new."""
        batch = self._batch
        known = self._known()
        wanted = sorted(int(layer) for layer in batch.layers)
        covers = known is not None and (known.is_held or not batch.held) and known.points.keys() >= set(wanted)
        if covers and not batch.held:
            return _UNCHANGED  # the starter says nothing new of what it has said
        said = self._said(set(wanted))
        layers = [self._layer(layer, said[layer], known) for layer in wanted]
        if covers and all(layer.is_same for layer in layers):
            return _UNCHANGED
        self._refuse_overtaken()
        reading = max((point.reading for point in known.points.values()), default=0) if known else 0
        if any(layer.covered is not None and not layer.is_same for layer in layers):
            reading += 1
            layers += [self._restated(layer, known) for layer in (known.points if known else {}) if layer not in wanted]
        else:
            layers = [layer for layer in layers if not layer.is_same]
        if reading >= READINGS:
            raise NotSupported(f"document {batch.facts.sha256[:12]} was read {READINGS} times, each time otherwise")
        number = self._write_document(known)
        before = {layer.layer: self._earlier(layer) for layer in layers}
        statements = self._write_claims(number, layers)
        for layer in layers:
            self._write_sightings(number, reading, layer)
        self._write_withheld()
        return self._report(layers, before, statements)

    def _refuse_overtaken(self) -> None:
        """Raise `Overtaken` if the author had not seen an act that was recorded about the same subject and list."""
        seen = self._batch.seen
        if seen is None:
            return
        f = t.fact.c
        query = (
            sa.select(f.claim_id, f.value, f.facets)
            .where(
                f.property == Property.ACT.value, f.subject.in_(seen.subjects), f.list == seen.list,
                f.claim_id >= claim_id(seen.sequence + 1, 0),
            )
            .order_by(f.claim_id)
            .limit(1)
        )  # fmt: skip
        other = self._writer.connection.execute(query).first()
        if other is not None:
            facets = msgspec.json.decode(other.facets, type=dict[str, str])
            who, which = facets.get("author", "another"), facets.get("decision", "a statement")
            raise Overtaken(
                f"{who} came first: {which} ({other.value}) about this subject on {seen.list} was recorded after"
                f" row {seen.sequence}, up to which you had seen the register: look at it, then decide"
            )

    # -- comparing -------------------------------------------------------------------------------

    def _known(self) -> _Known | None:
        d = t.document.c
        row = self._writer.connection.execute(
            sa.select(d.id, d.held_us).where(d.source == self._source, d.sha256 == self._batch.facts.sha256)
        ).first()
        if row is None:
            return None
        points: dict[int, Point] = {}
        for layer in Layer:
            for point in self._projector.line(self._source, int(layer)):
                if point.document == row.id:
                    points[int(layer)] = point
        return _Known(row.id, row.held_us is not None, points)

    def _said(self, layers: set[int]) -> dict[int, dict[int, _Said]]:
        """The document's claims by layer and key."""
        source, known = self._source, self._projector.known_entries(self._source)
        said: dict[int, dict[int, _Said]] = {layer: {} for layer in layers}
        keys: set[str] = set()
        for reading in self._batch.entries:
            if reading.key in keys:
                raise Broken(f"document {self._batch.facts.sha256[:12]} was read with two entries '{reading.key}'")
            keys.add(reading.key)
            entry_id = known.get((reading.key, reading.subject))
            for claim, number in zip(reading.claims, self._numbers(source, reading), strict=True):
                own = said.get(_STATED[claim.property])
                if own is None:
                    continue
                other = own.get(number)
                if other is None:
                    own[number] = _Said(number, reading, entry_id, claim)
                elif other.claim.identity != claim.identity:
                    raise Broken(f"two claims share the number {number:016x}, both of {reading.place}")
        return said

    def _numbers(self, source: str, reading: EntryReading) -> tuple[int, ...]:
        """The keys of the claims. Of a reading that the source's last document gave too, they are remembered:
        most rows of a new version are those of the last, and hashing them is most of the work.
        """
        numbered = self._projector.numbered[source]
        found = numbered.get(reading.key)
        if found is None or found[0] is not reading:
            numbers = tuple(claim_key(source, reading.key, claim) for claim in reading.claims)
            found = numbered[reading.key] = (reading, numbers)
        return found[1]

    def _layer(self, layer: int, said: Mapping[int, _Said], known: _Known | None) -> _Layer:
        covered = known.points.get(layer) if known else None
        line = self._projector.line(self._source, layer)
        before = max((p for p in line if p.moment < self._moment), key=_moment, default=None)
        after = min((p for p in line if p.moment >= self._moment + READINGS), key=_moment, default=None)
        base = covered or before or after
        claims: Mapping[int, Sighted] = {}
        if base is not None:
            claims = self._projector.presence(self._source, layer, base.moment)
        made = _Layer(
            layer=layer, covered=covered, before=before, base=base, base_claims=claims, present={}, met=set(), fresh={}
        )  # fmt: skip
        by_key = {row.claim_key: row for row in claims.values()}
        appeared: list[_Said] = []
        for key, one in said.items():
            row = by_key.get(key)
            if row is not None and row.entry_id == one.entry_id:
                made.present[row.claim_id] = row
            else:
                appeared.append(one)
        self._resolve(made, appeared)
        return made

    def _resolve(self, made: _Layer, appeared: Sequence[_Said]) -> None:
        """Find the claims that the base does not make among those met earlier; the rest are fresh."""
        entry_ids = {one.entry_id for one in appeared if one.entry_id is not None}
        met = self._projector.met_claims(entry_ids, made.layer) if entry_ids else {}
        by_id = {row.claim_id: row for row in met.values()}
        back: dict[int, Claim] = {}
        if not met and not self._marks:
            made.fresh = {one.key: one for one in appeared}
            appeared = ()
        for one in appeared:
            row = met.get(one.key)
            if row is not None and row.entry_id == one.entry_id:
                back[row.claim_id] = one.claim
            else:
                number, mark = self._marks.recognise(one.reading.subject, one.entry_id, one.claim)
                row = by_id.get(number) if number is not None else None
                if mark is not None:
                    self._returned.append(((one.claim.value, dict(one.claim.facets)), mark))
                    if row is None:
                        self._blank[one.key] = mark
            if row is None or row.entry_id != one.entry_id:
                made.fresh[one.key] = one
            else:
                made.present[row.claim_id] = row
        made.met = set(made.present)
        self._refuse_strangers(back)

    def _refuse_strangers(self, back: Mapping[int, Claim]) -> None:
        """Two claims that share a number must not be taken for one."""
        for number, stated in read_claims(self._writer.connection, back).items():
            if stated != (back[number].value, dict(back[number].facets)):
                raise Broken(f"a claim of {self._source} shares its number with claim {number}: {back[number].place}")

    def _restated(self, layer: int, known: _Known | None) -> _Layer:
        """A layer that the batch does not speak of stays as it was read, beside a new reading of others."""
        assert known is not None  # noqa: S101 - only a known document is read again
        point = known.points[layer]
        claims = self._projector.presence(self._source, layer, point.moment)
        return _Layer(
            layer=layer, covered=point, before=None, base=point, base_claims=claims, present=dict(claims),
            met=set(claims), fresh={},
        )  # fmt: skip

    # -- writing ---------------------------------------------------------------------------------

    def _write_document(self, known: _Known | None) -> int:
        facts, writer = self._batch.facts, self._writer
        if known is None:
            return self._write_new_document()
        if self._batch.held and not known.is_held:
            body = HeldBody(document=known.id, size=facts.size, retrieved_us=self._retrieved_us)
            writer.row(body)
            self._projector.held(writer.recorded_us, body)
        return known.id

    def _write_new_document(self) -> int:
        facts, writer = self._batch.facts, self._writer
        d = t.document.c
        query = sa.select(d.sha256).where(d.source == facts.source, d.moment == self._moment)
        clash = writer.connection.execute(query).scalar()
        if clash is not None:
            raise Broken(
                f"documents {facts.sha256[:12]} and {clash[:12]} of {facts.source} claim the same second"
                " and the same place among the documents of that second"
            )
        body = DocumentBody(
            source=facts.source,
            sha256=facts.sha256,
            size=facts.size,
            date=facts.date.isoformat(),
            instant_us=microseconds(facts.instant),
            url=facts.url,
            media_type=facts.media_type,
            title=facts.title,
            entries=facts.entries,
            complete=facts.complete,
            held=self._batch.held,
            method=self._batch.method,
            retrieved_us=self._retrieved_us,
        )
        number = writer.row(body)
        self._projector.document(number, writer.recorded_us, body)
        return number

    def _write_claims(self, number: int, layers: Sequence[_Layer]) -> int:
        """``claims`` rows for each entry of which the document says something never said before."""
        by_reading: dict[str, list[_Said]] = {}
        for layer in layers:
            for one in layer.fresh.values():
                by_reading.setdefault(one.reading.key, []).append(one)
        presents = {layer.layer: layer.present for layer in layers}
        count = 0
        for reading in self._batch.entries:
            own = by_reading.get(reading.key, ())
            for start in range(0, len(own), CLAIMS_A_ROW):
                met = self._write_row(number, reading, own[start : start + CLAIMS_A_ROW])
                for claim in met:
                    presents[LAYER_OF[claim.property]][claim.claim_id] = sighted(claim)
                count += len(met)
        return count

    def _write_row(self, number: int, reading: EntryReading, own: Sequence[_Said]) -> list[Met]:
        pair = (reading.key, reading.subject)
        entry_id = self._projector.entry_ids(self._source, [pair])[pair]
        body = ClaimsBody(
            document=number,
            entry=reading.key,
            subject=reading.subject,
            place=reading.place,
            claims=tuple([(_PLAIN[one.claim.property], one.claim.place) for one in own]),
        )
        withheld = [i for i, one in enumerate(own) if one.key in self._blank] if self._blank else ()
        stated = [(one.claim.value, dict(one.claim.facets) if one.claim.facets else _NO_FACETS) for one in own]
        if "\0" in "".join([value for value, _ in stated]):
            raise BadInput(f"{reading.place} of document {self._batch.facts.sha256[:12]} holds a null character")
        seq = self._writer.row(body, stated, withheld=withheld)
        met = []
        for this, (one, (prop, field)) in enumerate(zip(own, body.claims, strict=True), claim_id(seq, 0)):
            claim, where = one.claim, place_of(reading.place, field)
            mark = self._blank.get(one.key) if withheld else None
            if mark is None:
                met.append(Met(this, entry_id, one.key, prop, claim.value, claim.facets, where))
            else:
                self._withheld.setdefault(mark.by_seq, []).append(this)
                met.append(Met(this, entry_id, -this, prop, None, (), where))
        self._projector.fresh(number, met)
        return met

    def _write_sightings(self, number: int, reading: int, layer: _Layer) -> None:
        base = layer.base
        gone = tuple(sorted(layer.base_claims.keys() - layer.present.keys()))
        back = tuple(sorted(layer.met.difference(layer.base_claims)))
        if len(gone) + len(back) > len(layer.met):  # the neighbour is too unlike: say it outright
            base, gone, back = None, (), tuple(sorted(layer.met))
        body = SightingsBody(
            document=number,
            layer=layer.layer,
            reading=reading,
            base=None if base is None else (base.document, base.reading),
            gone=gone,
            back=back,
        )
        self._writer.row(body)
        self._projector.sightings(self._writer.recorded_us, body, layer.present)

    def _write_withheld(self) -> None:
        """The acts by which values of this document are withheld, said once more of it."""
        sha256 = self._batch.facts.sha256
        redacted: dict[str, bytes] = {}
        if self._returned and self._batch.held and self._archive.has(sha256):
            texts = texts_of(stated for stated, _ in self._returned)
            redacted = {sha256: redact_bytes(self._archive.get(sha256), texts)}
            self._archive.begin(redacted, store=False)
        for by_seq in sorted({mark.by_seq for _, mark in self._returned}):
            act = self._act(by_seq)
            numbers = tuple(sorted(self._withheld.get(by_seq, ())))
            mark = next(mark for _, mark in self._returned if mark.by_seq == by_seq)
            body = WithheldBody(
                claims=numbers, author=act.author, ground=act.ground, scope=act.scope, act=act.act,
                salt=act.salt, marks=tuple(mark.mark for _ in numbers), redacted=digests(redacted),
            )  # fmt: skip
            if numbers or redacted:
                seq = self._writer.row(body)
                self._writer.flush()  # headlines are made of values in the payload
                self._projector.withheld(seq, body)

    def _act(self, by_seq: int) -> WithheldBody:
        query = sa.select(t.log.c.body).where(t.log.c.seq == by_seq)
        return msgspec.json.decode(self._writer.connection.execute(query).scalar_one(), type=WithheldBody)

    # -- reporting -------------------------------------------------------------------------------

    def _earlier(self, layer: _Layer) -> Mapping[int, Sighted]:
        """What the nearest earlier document makes; for a partial document, what was last said of its entries."""
        if layer.before is None:
            return {}
        if self._batch.facts.complete:
            return self._projector.presence(self._source, layer.layer, layer.before.moment)
        entry_ids = {row.entry_id for row in layer.present.values()}
        return self._projector.last_said(self._source, layer.layer, entry_ids, self._moment)

    def _report(
        self, layers: Sequence[_Layer], earlier: Mapping[int, Mapping[int, Sighted]], statements: int
    ) -> Appended:
        new: set[int] = set()
        absent: set[int] = set()
        sides: dict[int, dict[Property, tuple[list[int], list[int]]]] = {}
        dated: set[int] = set()
        for layer in layers:
            there_claims, present = earlier[layer.layer], layer.present
            here = {row.entry_id for row in present.values()}
            there = {row.entry_id for row in there_claims.values()}
            if layer.layer == _CORE:
                new = here - there
                absent = there - here if self._batch.facts.complete else set()
                dated = _dated(there_claims) & _dated(present)
            both = here & there
            for number in there_claims.keys() ^ present.keys() if both else ():
                is_there = number in there_claims
                row = there_claims[number] if is_there else present[number]
                if row.property in _AMENDING and row.entry_id in both:
                    props = sides.setdefault(row.entry_id, {})
                    props.setdefault(_AMENDING[row.property], ([], []))[not is_there].append(row.claim_id)
        changed = self._amended(sides, dated)
        keys = self._projector.keys_of(self._source, new | changed | absent)
        return Appended(
            outcome="kept",
            new=tuple(sorted(keys[n] for n in new)),
            changed=tuple(sorted(keys[n] for n in changed - new)),
            absent=tuple(sorted(keys[n] for n in absent)),
            statements=statements,
        )

    def _amended(
        self, sides: Mapping[int, Mapping[Property, tuple[list[int], list[int]]]], dated: Container[int]
    ) -> set[int]:
        """The entries of which something that amends says something else; *dated* ones print days of amendment."""
        wanted = [number for props in sides.values() for side in props.values() for one in side for number in one]
        self._writer.flush()  # the claims of this document are among them
        values = read_claims(self._writer.connection, wanted)

        def told(numbers: Iterable[int]) -> list[Told]:
            found = (values.get(number, (None, _NO_FACETS)) for number in numbers)
            return [(value, facets.get("quality", "")) for value, facets in found]

        return {
            entry_id
            for entry_id, props in sides.items()
            if amending(
                (prop for prop, (was, now) in props.items() if differ(prop, told(was), told(now))),
                dated=entry_id in dated,
            )
        }


def _dated(claims: Mapping[int, Sighted]) -> set[int]:
    """The entries that print a day of amendment."""
    return {row.entry_id for row in claims.values() if row.property == _AMENDED_ON}


def _moment(point: Point) -> int:
    return point.moment
