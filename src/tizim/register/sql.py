"""The register in SQLite or PostgreSQL."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tizim.domain.dates import instant_of, microseconds
from tizim.domain.documents import Layer
from tizim.domain.statements import NOT_AMENDING, Claim, EntryReading, Property, claim_key
from tizim.errors import Broken
from tizim.register import database, migrate, verify, withhold
from tizim.register import schema as t
from tizim.register.archive import Archive
from tizim.register.chain import GENESIS, mark_of, row_hash, seal, unseal
from tizim.register.entries import (
    CLAIMS_A_ROW,
    KIND_OF,
    KINDS,
    Body,
    ClaimsBody,
    DocumentBody,
    HeldBody,
    SightingsBody,
    WithheldBody,
    claim_id,
)
from tizim.register.projector import Met, Projector
from tizim.register.protocol import Appended, Clock, DocumentBatch, Head, Verification, Withholding
from tizim.register.spans import Sighted
from tizim.register.view import Shared, View

_encode = msgspec.json.Encoder().encode
_LAST = sa.select(sa.func.max(t.log.c.seq))


class SqlRegister:
    """A register in one database, with its archive of documents beside it."""

    def __init__(self, url: str, archive: Archive, *, wait_seconds: float = 10.0) -> None:
        self._url = url
        self._wait = wait_seconds
        self._engine = database.engine_for(url, wait_seconds)
        self.archive = archive
        self._projector: tuple[int, str, Projector] | None = None
        self._shared: Shared | None = None

    # -- opening ---------------------------------------------------------------------------------

    def exists(self) -> bool:
        """Whether there is a register at the address (nothing is created)."""
        path = database.home_of(self._url)
        if path is not None and not path.exists():
            return False
        with database.reading(self._engine) as connection:
            return sa.inspect(connection).has_table("log")

    def prepare(self) -> None:
        """Create the register, or bring it to the newest schema; harmless if it is there already."""
        path = database.home_of(self._url)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        with database.writing(self._engine, self._wait) as connection:
            migrate.upgrade(connection)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    # -- reading ---------------------------------------------------------------------------------

    @contextmanager
    def view(self) -> Iterator[View]:
        """A consistent reading of one moment's register."""
        with database.reading(self._engine) as connection:
            if self._shared is None:
                migrate.check(connection)
            head = connection.execute(_LAST).scalar() or 0
            if self._shared is None or self._shared.head != head:
                self._shared = Shared(head)
            yield View(connection, self._shared)

    def head(self) -> Head:
        """The head of the chain, unchecked."""
        with database.reading(self._engine) as connection:
            return _head(connection)

    def verify(self, expected: Head | None = None) -> Verification:
        """Recompute the chain and every leaf; see `tizim.register.verify`."""
        with database.reading(self._engine) as connection:
            return verify.verify(connection, self.archive, expected)

    # -- writing ---------------------------------------------------------------------------------

    def append(self, batch: DocumentBatch, clock: Clock) -> Appended:
        """Append one document; see the protocol."""
        with self._write(clock) as write:
            return write.append(batch)

    def withhold(self, statement: str, withholding: Withholding, clock: Clock) -> int:
        """Withhold the value of *statement* (and of equal claims, as the scope says)."""
        with self._write(clock) as write:
            count = withhold.withhold(write, self.archive, statement, withholding)
        withhold.compact(self._engine)
        return count

    def rebuild(self) -> None:
        """Make every projection anew from the log."""
        with database.writing(self._engine, self._wait) as connection:
            self._projector, self._shared = None, None
            for table in t.PROJECTIONS:
                connection.execute(table.delete())
            replay(connection, Projector(connection))

    @contextmanager
    def _write(self, clock: Clock) -> "Iterator[_Write]":
        """A transaction with the projector of the last one, if nobody else wrote in between."""
        remembered, self._projector = self._projector, None
        with database.writing(self._engine, self._wait) as connection:
            migrate.check(connection)
            head = _head(connection)
            projector = Projector(connection)
            if remembered is not None and remembered[:2] == (head.sequence, head.hash):
                projector = remembered[2]
                projector.use(connection)
            write = _Write(connection, projector, head, clock())
            yield write
            write.flush()
        self._projector = (write.seq, write.hash, projector)


def replay(connection: Connection, projector: Projector) -> None:
    """Apply every log row to empty projections."""
    rows = connection.execute(
        sa.select(t.log.c.seq, t.log.c.recorded_us, t.log.c.kind, t.log.c.body, t.payload.c.data)
        .outerjoin(t.payload, t.payload.c.seq == t.log.c.seq)
        .order_by(t.log.c.seq)
    )
    for seq, recorded_us, kind, text, data in rows.all():
        body = msgspec.json.decode(text, type=KINDS[kind])
        match body:
            case DocumentBody():
                projector.document(seq, recorded_us, body)
            case ClaimsBody():
                projector.claims(seq, body, unseal(data))
            case SightingsBody():
                projector.sightings(recorded_us, body)
            case HeldBody():
                projector.held(recorded_us, body)
            case WithheldBody():
                projector.withheld(seq, body)


def _head(connection: Connection) -> Head:
    row = connection.execute(
        sa.select(t.log.c.seq, t.log.c.hash, t.log.c.recorded_us).order_by(t.log.c.seq.desc()).limit(1)
    ).first()
    if row is None:
        return Head(sequence=0, hash=GENESIS, time=None)
    return Head(sequence=row.seq, hash=row.hash, time=instant_of(row.recorded_us))


class _Write:
    """The writer's side of one transaction: log rows first, then their projection."""

    def __init__(self, connection: Connection, projector: Projector, head: Head, now: dt.datetime) -> None:
        self.connection = connection
        self.projector = projector
        self.seq = head.sequence
        self.hash = head.hash
        # Time never goes backwards in the chain, whatever the machine's clock does.
        last = microseconds(head.time) if head.time else 0
        self.recorded_us = max(microseconds(now), last + 1)
        self._log: list[tuple[object, ...]] = []
        self._payload: list[tuple[object, ...]] = []

    def row(self, body: Body, values: Sequence[object] = ()) -> int:
        """Chain one row; returns its sequence number."""
        data, leaves = seal(values) if values else ("", "")
        self.seq += 1
        kind, text = KIND_OF[type(body)], _encode(body).decode("utf-8")
        self.hash = row_hash(self.hash, self.seq, self.recorded_us, kind, text, leaves)
        self._log.append((self.seq, self.recorded_us, kind, text, leaves, self.hash))
        if values:
            self._payload.append((self.seq, data))
        return self.seq

    def flush(self) -> None:
        """Write the chained rows."""
        database.insert_rows(self.connection, t.log, self._log)
        database.insert_rows(self.connection, t.payload, self._payload)
        self._log, self._payload = [], []

    # -- appending a document --------------------------------------------------------------------

    def append(self, batch: DocumentBatch) -> Appended:
        """Append one document: only what is new, and one entry of sightings for all the rest."""
        facts = batch.facts
        known = self.connection.execute(
            sa.select(t.document.c.id, t.document.c.held_us, t.document.c.moment).where(
                t.document.c.source == facts.source, t.document.c.sha256 == facts.sha256
            )
        ).first()
        if known is None:
            number = self._new_document(batch)
        elif known.held_us is not None or not batch.held:
            return Appended(outcome="unchanged", new=(), changed=(), absent=(), statements=0)
        else:
            number = int(known.id)
            body = HeldBody(document=number, size=facts.size)
            self.row(body)
            self.projector.held(self.recorded_us, body)
        moment = t.moment_of(microseconds(facts.instant), facts.sha256)
        entry_ids = self._entry_ids(facts.source, batch.entries)
        layers = [
            _Layer(self, facts.source, layer, moment, batch, entry_ids, complete=facts.complete) for layer in batch.layers
        ]
        statements = self._write_new(number, batch, entry_ids, layers)
        report = _Report(entry_ids)
        for layer in layers:
            self._write_sightings(number, layer)
            report.add(layer, facts.complete)
        return report.done(statements)

    def _new_document(self, batch: DocumentBatch) -> int:
        facts = batch.facts
        clash = self.connection.execute(
            sa.select(t.document.c.sha256).where(
                t.document.c.source == facts.source,
                t.document.c.moment == t.moment_of(microseconds(facts.instant), facts.sha256),
            )
        ).scalar()
        if clash is not None:
            raise Broken(
                f"documents {facts.sha256[:12]} and {clash[:12]} of {facts.source} claim the same second and the same place"
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
            held=batch.held,
            method=batch.method,
        )
        number = self.row(body)
        self.projector.document(number, self.recorded_us, body)
        return number

    def _entry_ids(self, source: str, entries: Sequence[EntryReading]) -> dict[str, int]:
        known = {
            key: number
            for number, key in self.connection.execute(sa.select(t.entry.c.id, t.entry.c.key).where(t.entry.c.source == source))
        }
        made = self.projector.make_entries(source, [(e.key, e.subject) for e in entries if e.key not in known])
        return {e.key: known.get(e.key) or made[e.key] for e in entries}

    def _write_new(
        self, number: int, batch: DocumentBatch, entry_ids: dict[str, int], layers: "Sequence[_Layer]"
    ) -> int:
        """One ``claims`` row for each entry of which the document says something never said before."""
        count = 0
        fresh = {key: claim for layer in layers for key, claim in layer.fresh.items()}
        for reading in batch.entries:
            own = [(key, fresh[key]) for key in _keys(batch.facts.source, reading) if key in fresh]
            own = list({key: claim for key, claim in own}.items())
            for start in range(0, len(own), CLAIMS_A_ROW):
                part = own[start : start + CLAIMS_A_ROW]
                body = ClaimsBody(
                    document=number,
                    entry=reading.key,
                    subject=reading.subject,
                    place=reading.place,
                    claims=tuple((claim.property.value, claim.place) for _, claim in part),
                )
                seq = self.row(body, [(claim.value, dict(claim.facets)) for _, claim in part])
                entry_id = entry_ids[reading.key]
                met = [
                    Met(claim_id(seq, i), entry_id, key, claim.property.value, claim.value, claim.facets, claim.place)
                    for i, (key, claim) in enumerate(part)
                ]
                self.projector.fresh(number, met)
                for layer in layers:
                    layer.take_new(met)
                count += len(part)
        return count

    def _write_sightings(self, number: int, layer: "_Layer") -> None:
        present = layer.present
        gone, back = layer.difference()
        if layer.covered_as(present):
            return
        body = SightingsBody(document=number, layer=int(layer.layer), base=layer.base_document, gone=gone, back=back)
        self.row(body)
        self.projector.sightings(self.recorded_us, body, present)


def _keys(source: str, reading: EntryReading) -> Iterator[int]:
    for claim in reading.claims:
        yield claim_key(source, reading.key, claim)


class _Layer:
    """What one document makes in one layer, compared with its neighbours in document time."""

    def __init__(
        self,
        write: _Write,
        source: str,
        layer: Layer,
        moment: int,
        batch: DocumentBatch,
        entry_ids: dict[str, int],
        *,
        complete: bool,
    ) -> None:
        self.layer = layer
        self._write = write
        self._moment = moment
        self._entry_ids = set(entry_ids.values())
        self._complete = complete
        projector = write.projector
        self.before: int | None
        after: int | None
        if complete:
            self.before, after = projector.neighbours(source, layer, moment)
            self.earlier = {} if self.before is None else projector.presence(source, layer, self.before)
        else:
            # A partial document stands in the line of each entry it speaks of, and has no base.
            self.before, after = None, None
            self.earlier = projector.standing(self._entry_ids, layer, moment - 1)
        base = self.before if self.before is not None else after
        self.base_document = None if base is None else write.connection.execute(
            sa.select(t.document.c.id).where(t.document.c.source == source, t.document.c.moment == base)
        ).scalar_one()
        self._source = source
        self.base: dict[int, Sighted] = self.earlier if self.before is not None else (
            {} if after is None else projector.presence(source, layer, after)
        )
        claims: dict[int, tuple[int, Claim]] = {}
        for reading in batch.entries:
            entry_id = entry_ids[reading.key]
            for claim in reading.claims:
                if claim.layer is layer:
                    claims.setdefault(claim_key(source, reading.key, claim), (entry_id, claim))
        by_key = {row.claim_key: row for row in self.base.values()}
        self.present: dict[int, Sighted] = {}
        appeared: dict[int, tuple[int, Claim]] = {}
        for key, (entry_id, claim) in claims.items():
            row = by_key.get(key)
            if row is not None and row.entry_id == entry_id:
                self.present[row.claim_id] = row
            else:
                appeared[key] = (entry_id, claim)
        met = projector.met_claims({entry_id for entry_id, _ in appeared.values()}, layer) if appeared else {}
        withheld = write_withheld(write.connection, {entry_id for entry_id, _ in appeared.values()})
        self.fresh: dict[int, Claim] = {}
        for key, (entry_id, claim) in appeared.items():
            row = met.get(key) or _recognised(withheld, met, entry_id, claim)
            if row is None:
                self.fresh[key] = claim
            elif row.entry_id != entry_id:
                raise Broken(f"two claims share the number {key:016x}: entries {row.entry_id} and {entry_id}")
            else:
                self.present[row.claim_id] = row

    def take_new(self, met: Iterable[Met]) -> None:
        """Claims of this layer that were just given their ids."""
        for one in met:
            if Claim(property=Property(one.property), value="").layer is self.layer:
                self.present[one.claim_id] = Sighted(one.claim_id, one.entry_id, one.claim_key, one.property, 0, 0)

    def difference(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Claims of the base that this document does not make, and earlier ones that it makes again."""
        gone = tuple(sorted(number for number in self.base if number not in self.present))
        back = tuple(
            sorted(
                number
                for number, row in self.present.items()
                if number not in self.base and row.claim_key not in self.fresh
            )
        )
        return gone, back

    def covered_as(self, present: dict[int, Sighted]) -> bool:
        """Whether the document is known already to make just these claims in this layer."""
        covered = self._write.connection.execute(
            sa.select(t.coverage.c.document_id)
            .join(t.document, t.document.c.id == t.coverage.c.document_id)
            .where(
                t.document.c.source == self._source,
                t.document.c.moment == self._moment,
                t.coverage.c.layer == int(self.layer),
            )
        ).first()
        if covered is None:
            return False
        projector = self._write.projector
        if self._complete:
            return projector.presence(self._source, self.layer, self._moment).keys() == present.keys()
        return projector.standing(self._entry_ids, self.layer, self._moment).keys() == present.keys()


def write_withheld(connection: Connection, entry_ids: set[int]) -> list[sa.Row[tuple[int, int, str, str, str]]]:
    """Marks of the values withheld from *entry_ids*."""
    found: list[sa.Row[tuple[int, int, str, str, str]]] = []
    if connection.execute(sa.select(t.withheld.c.claim_id).limit(1)).first() is None:
        return found
    w = t.withheld.c
    for row in connection.execute(sa.select(w.claim_id, w.entry_id, w.property, w.salt, w.mark)):
        if row.entry_id in entry_ids:
            found.append(row)
    return found


def _recognised(
    withheld: list[sa.Row[tuple[int, int, str, str, str]]], met: dict[int, Sighted], entry_id: int, claim: Claim
) -> Sighted | None:
    """The withheld claim that *claim* repeats: a value once withheld does not come back with the next file."""
    for row in withheld:
        if row.entry_id == entry_id and row.property == claim.property.value:
            value = _encode((claim.value, dict(claim.facets)))
            if mark_of(value, bytes.fromhex(row.salt)) == row.mark:
                return met.get(-row.claim_id)
    return None


class _Report:
    """New, changed and absent entries against the nearest earlier document."""

    def __init__(self, entry_ids: dict[str, int]) -> None:
        self._keys = {number: key for key, number in entry_ids.items()}
        self.new: set[int] = set()
        self.changed: set[int] = set()
        self.absent: set[int] = set()
        self._write: _Write | None = None

    def add(self, layer: _Layer, complete: bool) -> None:
        """Count one layer's differences."""
        self._write = layer._write
        here = {row.entry_id for row in layer.present.values()}
        there = {row.entry_id for row in layer.earlier.values()}
        if layer.layer is Layer.CORE:
            self.new = here - there
            self.absent = there - here if complete else set()
        elif complete and layer.before is None:
            return  # the earlier document was never read in this layer: nothing to compare with
        amending = frozenset(NOT_AMENDING)
        for number in layer.earlier.keys() ^ layer.present.keys():
            row = layer.earlier.get(number) or layer.present[number]
            if Property(row.property) not in amending and row.entry_id in here and row.entry_id in there:
                self.changed.add(row.entry_id)

    def done(self, statements: int) -> Appended:
        """The counts, by key."""
        assert self._write is not None  # noqa: S101 - a batch has at least one layer
        missing = self.absent - self._keys.keys()
        keys = dict(self._keys)
        rows = self._write.connection.execute(sa.select(t.entry.c.id, t.entry.c.key).where(t.entry.c.id.in_(sorted(missing))))
        keys |= {row.id: row.key for row in rows}
        return Appended(
            outcome="kept",
            new=tuple(sorted(keys[n] for n in self.new if n in keys)),
            changed=tuple(sorted(keys[n] for n in self.changed - self.new if n in keys)),
            absent=tuple(sorted(keys[n] for n in self.absent)),
            statements=statements,
        )

