"""What was asked and answered, kept where somebody decided so: whole, or as marks alone."""

import datetime as dt
import queue
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from enum import StrEnum
from typing import Final

import msgspec
import sqlalchemy as sa

from tizim.customers import schema
from tizim.customers.marks import Marks
from tizim.customers.prints import print_of_entity
from tizim.customers.store import Store, moment
from tizim.errors import BadInput, NotFound, TizimError
from tizim.match.model import ALGORITHM
from tizim.screen.matching import Example, Hit
from tizim.screen.snapshot import Snapshot

_MOST_AT_ONCE: Final = 500
_PRUNED_EVERY: Final = 3_600.0
_WAITING: Final = 20_000


class Keeping(StrEnum):
    """How much of a query is kept."""

    WHOLE = "whole"
    MARKS = "marks"


class LoggedHit(msgspec.Struct, frozen=True, kw_only=True):
    """An entity that was found."""

    id: str
    score: float
    name: str
    """the listed name that was most alike"""
    lists: tuple[str, ...]
    print: str
    """of what it was compared by"""


class Logged(msgspec.Struct, frozen=True, kw_only=True):
    """One query and its answer."""

    id: str
    at: dt.datetime
    who: str
    """id of the key; empty where none was asked for"""
    dataset: str
    parameters: dict[str, object]
    """what the request said besides, as it counted"""
    query: dict[str, object] | None
    """``id``, ``schema`` and ``properties``; none where marks alone are kept"""
    mark: str
    """of the query's schema and properties"""
    customer: str
    """the mark of the query's ``id``; empty where it had none"""
    policy: str
    algorithm: str
    data_version: str
    as_of: str
    known_at: str
    basis: str
    hits: tuple[LoggedHit, ...]
    cleared: tuple[str, ...]
    """entities that were not shown, because somebody had cleared them"""


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """One query as it was answered, to be logged."""

    id: str
    example: Example
    parameters: dict[str, object]
    policy: str
    hits: tuple[Hit, ...]
    cleared: tuple[str, ...]


def new_id() -> str:
    """The id of a query that is going to be logged."""
    return secrets.token_hex(12)


def logged(
    noted: Noted, snapshot: Snapshot, dataset: str, who: str, marks: Marks, keeping: Keeping, now: dt.datetime
) -> Logged:
    """What is kept of a query."""
    example = noted.example
    about = snapshot.about
    query: dict[str, object] = {"id": example.id, "schema": example.schema.name, "properties": dict(example.properties)}
    return Logged(
        id=noted.id, at=now, who=who, dataset=dataset, parameters=noted.parameters,
        query=query if keeping is Keeping.WHOLE else None,
        mark=marks.of_query(example.schema.name, example.properties), customer=marks.of_customer(example.id or ""),
        policy=noted.policy, algorithm=ALGORITHM, data_version=about.version, as_of=about.as_of,
        known_at=about.known_at, basis=about.basis, cleared=noted.cleared,
        hits=tuple(
            LoggedHit(
                id=snapshot.id(hit.at), score=hit.score, name=hit.listed,
                lists=tuple(snapshot.entity(hit.at).datasets), print=print_of_entity(snapshot, hit.at),
            )
            for hit in noted.hits
        ),
    )  # fmt: skip


class LogWriter:
    """Writes what was answered, many answers in one transaction: an answer goes out when it is on the disk.

    One thread of each process; what is older than *days* is deleted every hour, if any number is given.
    """

    def __init__(self, store: Store, clock: Callable[[], dt.datetime], days: int = 0) -> None:
        self._store = store
        self._clock = clock
        self._days = days
        self._waiting: queue.Queue[tuple[list[Logged], Future[None]] | None] = queue.Queue(_WAITING)
        self._thread = threading.Thread(target=self._write, name="screening log", daemon=True)
        self._thread.start()

    def add(self, entries: list[Logged]) -> "Future[None]":
        """Have *entries* written; the future ends when they are, or with the `TizimError` that kept them from it."""
        done: Future[None] = Future()
        try:
            self._waiting.put_nowait((entries, done))
        except queue.Full:
            done.set_exception(BadInput("the log of screenings cannot keep up"))
        return done

    def end(self) -> None:
        """Write what waits, and stop."""
        self._waiting.put(None)
        self._thread.join()

    def _write(self) -> None:
        pruned = -_PRUNED_EVERY
        while True:
            if self._days and time.monotonic() - pruned >= _PRUNED_EVERY:
                pruned = time.monotonic()
                self._prune()
            try:
                first = self._waiting.get(timeout=_PRUNED_EVERY / 60)
            except queue.Empty:
                continue
            batch = [first]
            while len(batch) < _MOST_AT_ONCE and not self._waiting.empty():
                batch.append(self._waiting.get())
            self._commit([one for one in batch if one is not None])
            if None in batch:
                return

    def _commit(self, batch: Sequence[tuple[list[Logged], "Future[None]"]]) -> None:
        try:
            write(self._store, (entry for entries, _ in batch for entry in entries))
        except Exception as error:  # noqa: BLE001 - whoever waits is told, whatever it was
            for _, done in batch:
                done.set_exception(error)
        else:
            for _, done in batch:
                done.set_result(None)

    def _prune(self) -> None:
        try:
            if self._store.exists():
                delete_before(self._store, self._clock() - dt.timedelta(days=self._days))
        except TizimError:
            return  # the next hour is as good


def write(store: Store, entries: Iterable[Logged]) -> None:
    """Keep *entries*."""
    rows = [
        {
            "id": one.id, "at_us": moment(one.at), "customer": one.customer,
            "body": msgspec.json.encode(one).decode(),
        }
        for one in entries
    ]  # fmt: skip
    if rows:
        with store.writing() as connection:
            connection.execute(sa.insert(schema.screening), rows)


def read_log(
    store: Store, *, since: dt.datetime | None = None, customer: str = "", identifier: str = "", limit: int = 0
) -> list[Logged]:
    """What was kept since a moment, of the customer of a mark, or of an id; newest first, at most *limit* if given."""
    if not store.exists():
        return []
    own = schema.screening
    query = sa.select(own.c.body).order_by(own.c.at_us.desc(), own.c.id)
    if since is not None:
        query = query.where(own.c.at_us >= moment(since))
    if customer:
        query = query.where(own.c.customer == customer)
    if identifier:
        query = query.where(own.c.id == identifier)
    if limit:
        query = query.limit(limit)
    with store.reading() as connection:
        return [msgspec.json.decode(body, type=Logged) for body in connection.scalars(query)]


def one_of_log(store: Store, identifier: str) -> Logged:
    """The query of an id. Raises `NotFound`."""
    found = read_log(store, identifier=identifier)
    if not found:
        raise NotFound("no screening of that id is kept: 'tizim screenings' lists what is")
    return found[0]


def delete_before(store: Store, before: dt.datetime) -> int:
    """Delete what is older; returns how much it was."""
    own = schema.screening
    with store.writing() as connection:
        return int(connection.execute(sa.delete(own).where(own.c.at_us < moment(before))).rowcount)


def delete_customer(store: Store, customer: str) -> tuple[int, int]:
    """Delete all that is kept of the customer of a mark; returns how many screenings and clearances it was."""
    with store.writing(noticed=True) as connection:
        of = sa.select(schema.clearance.c.id).where(schema.clearance.c.customer == customer)
        connection.execute(sa.delete(schema.clearance_end).where(schema.clearance_end.c.id.in_(of)))
        screened, cleared = (
            int(connection.execute(sa.delete(table).where(table.c.customer == customer)).rowcount)
            for table in (schema.screening, schema.clearance)
        )
    return screened, cleared
