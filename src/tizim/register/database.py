"""The engine: SQLite (default) and PostgreSQL by one path, with one writer at a time."""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tizim.errors import BadInput, Broken, Busy, NotSupported

_WRITER_LOCK = 7_404_911_231_990_017
"""the advisory lock of tizim's writer on a PostgreSQL database (a number of our own)"""


def engine_for(url: str, wait_seconds: float) -> Engine:
    """An engine for *url*; a writer waits up to *wait_seconds* for another to finish."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise BadInput(f"TIZIM_REGISTER_URL is not a database address: {url!r}") from None
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _sqlite(parsed, wait_seconds)
    if backend == "postgresql":
        try:
            return sa.create_engine(parsed, isolation_level="REPEATABLE READ")
        except ModuleNotFoundError:
            raise NotSupported("PostgreSQL needs the extra: install tizim[postgres]") from None
    raise BadInput(f"a register lives in SQLite or PostgreSQL, not in '{backend}': see TIZIM_REGISTER_URL")


def _sqlite(url: sa.URL, wait_seconds: float) -> Engine:
    memory = url.database in {None, "", ":memory:"}
    engine = sa.create_engine(
        url,
        connect_args={"timeout": wait_seconds, "check_same_thread": not memory},
        poolclass=sa.pool.StaticPool if memory else sa.pool.QueuePool,
    )

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, see below
        cursor = connection.cursor()
        # Without recursive triggers INSERT OR REPLACE would slip past the triggers that refuse deletion.
        for pragma in (
            "recursive_triggers=ON", "foreign_keys=ON", "secure_delete=ON", "synchronous=FULL",
            "temp_store=MEMORY", "cache_size=-65536",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        if not memory:
            _wal(cursor)
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("tizim_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _wal(cursor: Any) -> None:
    """Switch to the write-ahead log unless the file is in it already (switching wants the file alone)."""
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        cursor.execute("PRAGMA journal_mode=WAL")


@contextmanager
def writing(engine: Engine, wait_seconds: float) -> Iterator[Connection]:
    """One transaction of the only writer. Raises `Busy` if another holds the register for too long."""
    try:
        with engine.connect() as connection:
            options: dict[str, Any] = {"tizim_writes": True}
            if engine.dialect.name == "postgresql":
                # A snapshot taken with the lock could be older than the last writer's commit.
                options["isolation_level"] = "READ COMMITTED"
            connection = connection.execution_options(**options)
            with connection.begin():
                if engine.dialect.name == "postgresql":
                    _take_lock(connection, wait_seconds)
                yield connection
    except sa.exc.DBAPIError as error:
        raise _translated(error, engine) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One read-only transaction with a consistent view."""
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    except sa.exc.DBAPIError as error:
        raise _translated(error, engine) from error


def _translated(error: sa.exc.DBAPIError, engine: Engine) -> Exception:
    text = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else repr(error.orig)
    where = engine.url.render_as_string(hide_password=True)
    if "locked" in text or "busy" in text:
        return Busy(f"the register {where} is being written by another process: try again when it has finished")
    if "not a database" in text or "malformed" in text:
        return Broken(f"{where} is damaged or not a register: {text}")
    if isinstance(error, sa.exc.OperationalError) and engine.dialect.name == "postgresql" and error.connection_invalidated:
        return Broken(f"the database {where} went away: {text}")
    if isinstance(error, sa.exc.OperationalError):
        return BadInput(f"the register {where} cannot be opened: {text}")
    return Broken(f"the register {where} refused a statement: {text}")


def _take_lock(connection: Connection, wait_seconds: float) -> None:
    """Take the writer's lock for this transaction, trying with short pauses until *wait_seconds* are over."""
    give_up = time.monotonic() + wait_seconds
    while True:
        if connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({_WRITER_LOCK})").scalar():
            return
        if time.monotonic() >= give_up:
            raise Busy("the register is being written by another process: try again when it has finished")
        time.sleep(random.uniform(0.02, 0.1))  # noqa: S311 - spreads the tries, protects nothing


def insert_rows(connection: Connection, table: sa.Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert *rows*, whose values stand in the order of the table's columns, as fast as the driver can."""
    if not rows:
        return
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    if connection.dialect.name == "postgresql":
        with connection.connection.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(table.columns))
    connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', list(rows))  # noqa: S608 - names are ours


def home_of(url: str) -> Path | None:
    """The file of an SQLite register, ``None`` for other databases and for memory."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in {None, "", ":memory:"}:
        return None
    return Path(str(parsed.database))
