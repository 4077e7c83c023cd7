"""The engine: SQLite (default) and PostgreSQL by one path, with one writer at a time."""

import random
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tizim.errors import BadInput, Broken, Busy, NoRegister, NotSupported, TizimError

_WRITER_LOCK = 7_404_911_231_990_017
"""the advisory lock of tizim's writer on a PostgreSQL database (a number of our own)"""
_Item = TypeVar("_Item", int, str)
_CHUNK = 500  # values in one IN (…): SQLite's oldest limit on parameters is 999
_WRITTEN = "the register {} is being written by another process: try again when it has finished"


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
            return sa.create_engine(parsed, isolation_level="REPEATABLE READ", pool_pre_ping=True)
        except ModuleNotFoundError:
            raise NotSupported("PostgreSQL needs the extra: install tizim[postgres]") from None
    raise BadInput(f"a register lives in SQLite or PostgreSQL, not in '{backend}': see TIZIM_REGISTER_URL")


def _sqlite(url: sa.URL, wait_seconds: float) -> Engine:
    memory = _is_memory(url)
    engine = sa.create_engine(
        url,
        connect_args={
            "timeout": wait_seconds,
            "check_same_thread": False,
        },  # the pool lends one to one thread
        poolclass=sa.pool.StaticPool if memory else sa.pool.QueuePool,
    )

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, see below
        try:
            # Without recursive triggers INSERT OR REPLACE would slip past the triggers that refuse deletion.
            for pragma in (
                "recursive_triggers=ON", "secure_delete=ON", "synchronous=FULL", "temp_store=MEMORY",
                "cache_size=-65536", "wal_autocheckpoint=4000",
            ):  # fmt: skip
                connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error:
            connection.close()  # the pool has not taken it over yet
            raise

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("tizim_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _is_memory(url: sa.URL) -> bool:
    return url.database in {None, "", ":memory:"}


def use_wal(engine: Engine, wait_seconds: float) -> None:
    """Make an SQLite file ready for readers beside a writer; the file remembers it."""
    if engine.dialect.name != "sqlite":
        return
    give_up = time.monotonic() + wait_seconds
    while True:
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                driver = driver_of(connection)
                # Asked first, because switching wants the file alone and gives up at once where it is not.
                if driver.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                    driver.execute("PRAGMA journal_mode=WAL")
                return
        except (sqlite3.Error, sa.exc.DBAPIError) as error:
            found = translated(error, engine)
            if not isinstance(found, Busy) or time.monotonic() >= give_up:
                raise found from error
        pause()


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection to an SQLite file."""
    found = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)  # noqa: S101 - the callers have asked for the dialect
    return found


@contextmanager
def writing(engine: Engine, wait_seconds: float) -> Iterator[Connection]:
    """One transaction of the only writer. Raises `Busy` if another holds the register for too long."""
    postgres = engine.dialect.name == "postgresql"
    try:
        with engine.connect() as opened:
            # Under a snapshot taken before the lock the last writer's commit could be missing.
            options = {"tizim_writes": True, **({"isolation_level": "READ COMMITTED"} if postgres else {})}
            connection = opened.execution_options(**options)
            with connection.begin():
                if postgres:
                    _take_lock(connection, wait_seconds)
                    # Whatever the server's habit, what we acknowledge is on its disk.
                    connection.exec_driver_sql("SET LOCAL synchronous_commit = on")
                yield connection
    except (sa.exc.DBAPIError, engine.dialect.loaded_dbapi.Error) as error:  # the driver's own: of COPY
        raise translated(error, engine) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction with a consistent view. Raises `NoRegister` rather than create an SQLite file."""
    path = home_of(engine.url)
    if path is not None and not path.exists():
        raise NoRegister(NO_REGISTER)
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    except sa.exc.DBAPIError as error:
        raise translated(error, engine) from error


NO_REGISTER = "there is no register yet: run 'tizim up', or keep a document"


def translated(error: Exception, engine: Engine) -> TizimError:
    """A database's error in words of whose turn it is."""
    where = engine.url.render_as_string(hide_password=True)
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    text = next(iter(str(cause).strip().splitlines()), repr(cause))
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or code == _PG_LOCK_TIMEOUT:
        return Busy(_WRITTEN.format(where))
    if code.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return Broken(f"{where} is damaged or not a register: {text}")
    if code.startswith("SQLITE_FULL") or code in _PG_FULL:
        return BadInput(f"the register {where} has no room left: {text}")
    if isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated:
        return Broken(f"the database {where} went away: {text}")
    if isinstance(cause, engine.dialect.loaded_dbapi.OperationalError):
        return BadInput(f"the register {where} cannot be opened or written: {text}")
    return Broken(f"the register {where} refused a statement: {text}")


_PG_LOCK_TIMEOUT = "55P03"
_PG_FULL = frozenset({"53100", "53200"})


def _take_lock(connection: Connection, wait_seconds: float) -> None:
    """Take the writer's lock for this transaction, trying with short pauses until *wait_seconds* are over."""
    give_up = time.monotonic() + wait_seconds
    while not connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({_WRITER_LOCK})").scalar():
        if time.monotonic() >= give_up:
            raise Busy(_WRITTEN.format(connection.engine.url.render_as_string(hide_password=True)))
        pause()


def keep_statistics(engine: Engine, table: sa.Table, beside: Sequence[sa.Table]) -> None:
    """Let PostgreSQL look at *table* and those *beside* it anew when it has doubled since it last did.

    It does so by itself, but minutes later, and until then it would read whole tables for one row.
    """
    if engine.dialect.name != "postgresql":
        return
    grown = (
        "SELECT pg_relation_size(oid) / current_setting('block_size')::int > 2 * greatest(relpages, 0) + 20"  # noqa: S608 - the name is ours
        f" FROM pg_class WHERE oid = '\"{table.name}\"'::regclass"
    )
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if connection.exec_driver_sql(grown).scalar():
                connection.exec_driver_sql("ANALYZE " + ", ".join(f'"{one.name}"' for one in (table, *beside)))
    except sa.exc.DBAPIError as error:
        raise translated(error, engine) from error


def pause() -> None:
    """Wait a moment before the next try."""
    time.sleep(random.uniform(0.02, 0.1))  # noqa: S311 - spreads the tries, protects nothing


def insert_rows(connection: Connection, table: sa.Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert *rows*, whose values stand in the order of the table's columns, as fast as the driver can."""
    if not rows:
        return
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection  # psycopg is an extra: its types may be absent
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for start in range(0, len(rows), _COPIED_AT_ONCE):
                lines = [
                    "\t".join([str(one) if one.__class__ is int else _copied(one) for one in row]) + "\n"
                    for row in rows[start : start + _COPIED_AT_ONCE]
                ]
                copy.write("".join(lines))
        return
    marks = ", ".join("?" * len(table.columns))
    statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608 - names are ours
    connection.exec_driver_sql(statement, list(rows))


_COPIED_AT_ONCE = 2_000
_marked = re.compile(r"[\\\t\n\r]").search


def _copied(value: object) -> str:
    """A value as COPY reads it: a quarter of the time that the driver's own way takes."""
    if isinstance(value, str):
        if not _marked(value):
            return value
        escaped = value.replace("\\", "\\\\").replace("\t", "\\t")
        return escaped.replace("\n", "\\n").replace("\r", "\\r")
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value)


def fetch(connection: Connection, query: sa.Executable, values: Mapping[str, object] | None = None) -> list[Any]:
    """The rows of *query* as plain tuples: wrapping thousands of them costs more than reading them."""
    cursor = connection.execute(query, values).cursor
    assert cursor is not None  # noqa: S101 - a query has rows
    return list(cursor.fetchall())


def chunks(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    """*items* in order, in portions that fit one ``IN (…)``."""
    ordered = sorted(items)
    for start in range(0, len(ordered), _CHUNK):
        yield ordered[start : start + _CHUNK]


def home_of(url: str | sa.URL) -> Path | None:
    """The file of an SQLite register, ``None`` for other databases and for memory."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite" or _is_memory(parsed):
        return None
    return Path(str(parsed.database))
