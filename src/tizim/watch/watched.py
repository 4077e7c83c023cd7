"""The customers that are watched: entered, entered otherwise, and forgotten with all that was kept of them."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import msgspec
import sqlalchemy as sa

from tizim import deliver
from tizim.customers import Marks, Store, schema
from tizim.customers.store import moment
from tizim.errors import NotFound
from tizim.screen.matching import Example, example_of

_TOGETHER: Final = 500


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A customer, as it was told."""

    id: str
    """the operator's own"""
    schema: str
    properties: dict[str, list[str]]

    @property
    def example(self) -> Example:
        """What is asked. Raises `BadInput` for a schema that is not compared."""
        return example_of(self.id, self.schema, self.properties)


class Watched(msgspec.Struct, frozen=True, array_like=True):
    """A customer that is watched."""

    seq: int
    """counted up by the store; a customer told otherwise is another one"""
    mark: str
    given: Given


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """What became of customers that were given."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


_decode: Final = msgspec.json.Decoder(Given).decode


def enter(store: Store, marks: Marks, customers: Iterable[Given], now: dt.datetime) -> Entered:
    """Watch *customers*, each of them once; who is watched and told otherwise counts as told last."""
    own = schema.watched
    added = changed = unchanged = 0
    rest = iter(customers)
    while some := list(islice(rest, _TOGETHER)):
        told = {marks.of_customer(one.id): msgspec.json.encode(one).decode() for one in some}
        with store.writing() as connection:
            query = sa.select(own.c.customer, own.c.body).where(own.c.customer.in_(told))
            known = {row.customer: row.body for row in connection.execute(query)}
            others = {mark: body for mark, body in told.items() if known.get(mark) != body}
            stale = [mark for mark in others if mark in known]
            if stale:
                connection.execute(sa.delete(own).where(own.c.customer.in_(stale)))
            if others:
                rows = [{"customer": mark, "body": body, "at_us": moment(now)} for mark, body in others.items()]
                connection.execute(sa.insert(own), rows)
        changed += len(stale)
        added += len(others) - len(stale)
        unchanged += len(told) - len(others)
    return Entered(added=added, changed=changed, unchanged=unchanged)


def forget(store: Store, mark: str) -> None:
    """Watch the customer of a mark no longer, and delete all that was kept of it. Raises `NotFound`."""
    with store.writing() as connection:
        if not forget_in(connection, mark):
            raise NotFound("no customer of that id is watched")


def forget_in(connection: sa.Connection, mark: str) -> bool:
    """The same in a transaction; whether there was one."""
    hit, event = schema.watch_hit, schema.watch_event
    sent = list(connection.scalars(sa.select(event.c.id).where(event.c.customer == mark)))
    deliver.forget(connection, sent)
    connection.execute(sa.delete(event).where(event.c.customer == mark))
    connection.execute(sa.delete(hit).where(hit.c.customer == mark))
    own = schema.watched
    of = sa.select(own.c.seq).where(own.c.customer == mark)
    connection.execute(sa.delete(schema.watch_warm).where(schema.watch_warm.c.seq.in_(of)))
    return bool(connection.execute(sa.delete(own).where(own.c.customer == mark)).rowcount)


def called(store: Store, mark: str) -> Given:
    """The customer of a mark. Raises `NotFound`."""
    found = None
    if store.exists():
        store.prepare()
        own = schema.watched
        with store.reading() as connection:
            found = connection.scalar(sa.select(own.c.body).where(own.c.customer == mark))
    if found is None:
        raise NotFound("no customer of that id is watched")
    return _decode(found)


def count(store: Store) -> int:
    """How many are watched."""
    if not store.exists():
        return 0
    store.prepare()
    with store.reading() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(schema.watched)) or 0)


def after(store: Store, seq: int, most: int) -> list[Watched]:
    """The first *most* customers of a higher number, in their order."""
    own = schema.watched
    query = sa.select(own.c.seq, own.c.customer, own.c.body).where(own.c.seq > seq).order_by(own.c.seq).limit(most)
    with store.reading() as connection:
        return [Watched(*row[:2], _decode(row[2])) for row in connection.execute(query)]


def between(store: Store, first: int, end: int) -> list[Watched]:
    """Those with numbers from *first* on and below *end*."""
    own = schema.watched
    query = sa.select(own.c.seq, own.c.customer, own.c.body).where(own.c.seq >= first, own.c.seq < end)
    with store.reading() as connection:
        return [Watched(*row[:2], _decode(row[2])) for row in connection.execute(query.order_by(own.c.seq))]


def numbered(store: Store, numbers: Sequence[int]) -> Iterator[list[Watched]]:
    """Those of these numbers that there are, some at a time."""
    own = schema.watched
    for first in range(0, len(numbers), _TOGETHER):
        some = numbers[first : first + _TOGETHER]
        query = sa.select(own.c.seq, own.c.customer, own.c.body).where(own.c.seq.in_(some)).order_by(own.c.seq)
        with store.reading() as connection:
            found = [Watched(*row[:2], _decode(row[2])) for row in connection.execute(query)]
        yield found


def numbers_of(connection: sa.Connection, marks: Iterable[str]) -> list[int]:
    """The numbers of the customers of these marks."""
    own = schema.watched
    rest = iter(marks)
    found: list[int] = []
    while some := list(islice(rest, _TOGETHER)):
        found += connection.scalars(sa.select(own.c.seq).where(own.c.customer.in_(some)))
    return found
