"""The database: a file in SQLite (default) or PostgreSQL, opened by one path, made when it is first written to."""

import datetime as dt
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tizim.customers import schema
from tizim.errors import BadInput, Broken, Busy, NotSupported, TizimError

_SETTING: Final = "TIZIM_CUSTOMERS_URL"
_ONLY_OURS: Final = 0o600
_MAKING: Final = 7_404_911_231_990_018
"""the advisory lock under which tables are made in a PostgreSQL database (a number of our own)"""


class Store:
    """What users of the service keep: one database, opened by each process for itself.

    Raises `BadInput` for an address that is none, `NotSupported` for PostgreSQL without its driver.
    """

    def __init__(self, url: str, wait_seconds: float = 10.0) -> None:
        self._engine = _engine(url, wait_seconds)
        self._ready = False

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @property
    def where(self) -> str:
        """Where it lies, for messages (no password)."""
        path = self._path
        return str(path) if path else self._engine.url.render_as_string(hide_password=True)

    @property
    def _path(self) -> Path | None:
        url = self._engine.url
        known = url.get_backend_name() == "sqlite" and url.database not in {None, "", ":memory:"}
        return Path(str(url.database)) if known else None

    def exists(self) -> bool:
        """Whether anything was ever kept. Raises `TizimError` where the database cannot be asked."""
        if self._ready:
            return True
        path = self._path
        if path is not None and not path.exists():
            return False
        with self._told(), self._engine.connect() as connection:
            if not sa.inspect(connection).has_table("state"):
                return False
            self._ready = self._version(connection) == schema.VERSION
        return True

    def prepare(self) -> None:
        """Make the tables that are not there. Raises `TizimError` where that fails."""
        self.exists()
        if self._ready:
            return
        path = self._path
        if path is not None:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, _ONLY_OURS))  # it will hold names of customers
            except OSError as error:
                raise BadInput(f"no file can be made at {path}: {error.strerror or error}; see {_SETTING}") from None
        with self._told(), self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MAKING})")
            if not sa.inspect(connection).has_table("state"):
                schema.metadata.create_all(connection)
                _refuse_changes(connection)
                rows = [{"name": "schema", "number": schema.VERSION}, {"name": "changes", "number": 0}]
                connection.execute(sa.insert(schema.state), rows)
            elif self._version(connection) < schema.VERSION:
                schema.metadata.create_all(connection)  # those that are not there
                row = schema.state
                connection.execute(sa.update(row).where(row.c.name == "schema").values(number=schema.VERSION))
        self._ready = True

    def _version(self, connection: Connection) -> int:
        """The version of the tables. Raises `BadInput` for one that this tizim does not know."""
        found = connection.scalar(sa.select(schema.state.c.number).where(schema.state.c.name == "schema"))
        if found is None or not 1 <= found <= schema.VERSION:
            raise BadInput(
                f"{self.where} is a customers' store of version {found}, and this tizim knows {schema.VERSION}:"
                " use the tizim that made it, or a newer one"
            )
        return int(found)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent reading. Raises `BadInput` where there is nothing to read yet."""
        if not self.exists():
            raise BadInput(f"nothing has been kept at {self.where} yet")
        with self._told(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, *, noticed: bool = False) -> Iterator[Connection]:
        """One transaction; the store is made if need be. *noticed*: services are to read anew what they hold."""
        self.prepare()
        with self._told(), self._engine.connect() as opened:
            connection = opened.execution_options(tizim_writes=True)
            with connection.begin():
                yield connection
                if noticed:
                    row = schema.state
                    connection.execute(sa.update(row).where(row.c.name == "changes").values(number=row.c.number + 1))

    def changes(self) -> int:
        """How often what services hold in memory was changed; 0 where nothing was ever kept."""
        if not self.exists():
            return 0
        with self._told(), self._engine.connect() as connection:
            row = schema.state
            return int(connection.scalar(sa.select(row.c.number).where(row.c.name == "changes")) or 0)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """A database's errors in words of whose turn it is. What was to be written is in none of them."""
        try:
            yield
        except sa.exc.DBAPIError as error:
            raise _translated(error, self.where) from None
        except sqlite3.Error as error:
            raise _translated(error, self.where) from None


def moment(at: dt.datetime) -> int:
    """A moment as it is stored."""
    return int((at - _EPOCH) / dt.timedelta(microseconds=1))


def instant(microseconds: int) -> dt.datetime:
    """A stored moment."""
    return _EPOCH + dt.timedelta(microseconds=microseconds)


_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def _engine(url: str, wait_seconds: float) -> Engine:
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise BadInput(f"{_SETTING} is not a database address") from None
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        try:
            return sa.create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
        except ModuleNotFoundError:
            raise NotSupported("PostgreSQL needs the extra: install tizim[postgres]") from None
    if backend != "sqlite":
        raise BadInput(f"the customers' store lies in SQLite or PostgreSQL, not in '{backend}': see {_SETTING}")
    memory = parsed.database in {None, "", ":memory:"}
    engine = sa.create_engine(
        parsed, hide_parameters=True, connect_args={"timeout": wait_seconds, "check_same_thread": False},
        poolclass=sa.pool.StaticPool if memory else sa.pool.QueuePool,
    )  # fmt: skip

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, see below
        # What is deleted is overwritten: it is the data of persons.
        for pragma in ("recursive_triggers=ON", "secure_delete=ON", "synchronous=FULL", "journal_mode=WAL"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("tizim_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _refuse_changes(connection: Connection) -> None:
    """Let the database itself refuse to change what is only ever added to."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            "CREATE FUNCTION tizim_only_added() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'rows of this table are only added'; END $$"
        )
    for table in schema.APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            name = f'"{table}_no_{act.lower()}"'
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(
                    f'CREATE TRIGGER {name} BEFORE {act} ON "{table}" FOR EACH ROW EXECUTE FUNCTION tizim_only_added()'
                )
            else:
                connection.exec_driver_sql(
                    f'CREATE TRIGGER {name} BEFORE {act} ON "{table}"'
                    " BEGIN SELECT RAISE(ABORT, 'rows of this table are only added'); END"
                )


def _translated(error: Exception, where: str) -> TizimError:
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or type(cause).__name__
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy(f"the customers' store {where} is being written by another process: try again")
    if code.startswith(("SQLITE_FULL", "SQLITE_IOERR")) or code in {"53100", "53200"}:
        return BadInput(f"the customers' store {where} has no room left, or its disk fails ({code})")
    if code.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")) or code == "OperationalError":
        return BadInput(f"the customers' store {where} cannot be opened or written ({code}); see {_SETTING}")
    return Broken(f"the customers' store {where} refused a statement ({code})")
