"""The register in SQLite or PostgreSQL."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tizim.domain.dates import instant_of
from tizim.domain.statements import StatementId
from tizim.errors import Busy, NoRegister, TizimError
from tizim.register import appending, database, migrate, verify, withhold
from tizim.register import schema as t
from tizim.register.account import Account, Accounted
from tizim.register.archive import Archive
from tizim.register.chain import GENESIS, unseal
from tizim.register.entries import KINDS, ClaimsBody, DocumentBody, HeldBody, SightingsBody, WithheldBody
from tizim.register.projector import Projector
from tizim.register.protocol import Appended, Clock, DocumentBatch, Head, Verification, Withholding
from tizim.register.view import Shared, View
from tizim.register.writer import Writer

_LAST = sa.select(sa.func.max(t.log.c.seq))
_PAGE = 2_000


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
        try:
            with database.reading(self._engine) as connection:
                return sa.inspect(connection).has_table("log")
        except NoRegister:
            return False

    def prepare(self) -> None:
        """Create the register, or bring it to the newest schema; harmless if it is there already."""
        path = database.home_of(self._url)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        database.use_wal(self._engine, self._wait)
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
                before, self._shared = self._shared, Shared(head)
                if before is not None:
                    before.let_go()
            yield View(connection, self._shared)

    @contextmanager
    def accounted(self) -> Iterator[Accounted]:
        """A reading, remembering nothing of others, that keeps account of what answers rest on."""
        with database.reading(self._engine) as connection:
            migrate.check(connection)
            yield Accounted(connection, connection.execute(_LAST).scalar() or 0, Account())

    def head(self) -> Head:
        """The head of the chain, unchecked."""
        with database.reading(self._engine) as connection:
            migrate.check(connection)
            return _head(connection)

    def verify(self, expected: Head | None = None) -> Verification:
        """Recompute the chain and every leaf; see `tizim.register.verify`."""
        with database.reading(self._engine) as connection:
            migrate.check(connection)
            return verify.verify(connection, self.archive, expected)

    def misprojected(self) -> tuple[str, ...]:
        """Make every projection anew, compare, and undo it: the names of those that were not what the log says."""
        with database.writing(self._engine, self._wait) as connection:
            migrate.check(connection)
            before = [_digest(connection, table) for table in t.PROJECTIONS]
            with connection.begin_nested() as trial:
                for table in t.PROJECTIONS:
                    connection.execute(table.delete())
                replay(connection, Projector(connection))
                after = [_digest(connection, table) for table in t.PROJECTIONS]
                trial.rollback()
        return tuple(table.name for table, a, b in zip(t.PROJECTIONS, before, after, strict=True) if a != b)

    # -- writing ---------------------------------------------------------------------------------

    def append(self, batch: DocumentBatch, clock: Clock) -> Appended:
        """Append one document; see the protocol."""
        with self._write(clock) as write:
            appended = appending.append(write, self.archive, batch)
        with suppress(TizimError):  # it is appended, whatever comes of tidying up: the next writer does it
            self._settle_copies()
            database.keep_statistics(self._engine, t.span, t.PROJECTIONS)
        return appended

    def withhold(self, statement: StatementId, withholding: Withholding, clock: Clock) -> int:
        """Withhold the value of *statement* (and of equal claims, as the scope says)."""
        with self._write(clock) as write:
            count = withhold.withhold(write, self.archive, statement, withholding)
        self._settle_copies()
        self._settle_store()
        return count

    def rebuild(self) -> None:
        """Make every projection anew from the log, under the newest schema."""
        if not self.exists():
            raise NoRegister(database.NO_REGISTER)
        with database.writing(self._engine, self._wait) as connection:
            migrate.upgrade(connection)
            self._projector = self._shared = None
            for table in t.PROJECTIONS:
                connection.execute(table.delete())
            replay(connection, Projector(connection))

    @contextmanager
    def _write(self, clock: Clock) -> Iterator[Writer]:
        """A transaction with the projector of the last one, if nobody else wrote in between."""
        with suppress(Busy):  # a reader holds on to old pages: the next writer tries again
            self._settle_copies()
            self._settle_store()
        remembered, self._projector = self._projector, None
        with database.writing(self._engine, self._wait) as connection:
            migrate.check(connection)
            head = _head(connection)
            projector = Projector(connection)
            if remembered is not None and remembered[:2] == (head.sequence, head.hash):
                projector = remembered[2]
                projector.use(connection)
            writer = Writer(connection, projector, head, clock())
            yield writer
            writer.flush()
        self._projector = (writer.seq, writer.hash, projector)

    def _settle_copies(self) -> None:
        """Put redacted copies in place, or drop them, as the log says: here or in a process that was stopped."""
        if self.archive.copies_begun:
            with database.writing(self._engine, self._wait) as connection:
                self.archive.settle(withhold.ordered(connection))

    def _settle_store(self) -> None:
        """Remove what the store still holds of values withheld."""
        if self.archive.store_begun:
            withhold.compact(self._engine, self._wait)
            self.archive.store_done()


def replay(connection: Connection, projector: Projector) -> None:
    """Apply every log row to empty projections."""
    log, payload = t.log.c, t.payload.c
    query = (
        sa.select(log.seq, log.recorded_us, log.kind, log.body, payload.data)
        .outerjoin(t.payload, payload.seq == log.seq)
        .where(log.seq > sa.bindparam("after"))
        .order_by(log.seq)
        .limit(_PAGE)
    )
    last = 0
    while rows := database.fetch(connection, query, {"after": last}):
        for seq, recorded_us, kind, text, data in rows:
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
            last = seq
    projector.flush_entries()


def _digest(connection: Connection, table: sa.Table) -> tuple[int, int]:
    """How many rows a table has, and what they add up to, in whatever order they lie."""
    count = total = 0
    for row in connection.execute(sa.select(table), execution_options={"yield_per": _PAGE}):
        count += 1
        total += int.from_bytes(hashlib.blake2b(repr(tuple(row)).encode(), digest_size=16).digest(), "big")
    return count, total


def _head(connection: Connection) -> Head:
    log = t.log.c
    row = connection.execute(sa.select(log.seq, log.hash, log.recorded_us).order_by(log.seq.desc()).limit(1)).first()
    if row is None:
        return Head(sequence=0, hash=GENESIS, time=None)
    return Head(sequence=row.seq, hash=row.hash, time=instant_of(row.recorded_us))
