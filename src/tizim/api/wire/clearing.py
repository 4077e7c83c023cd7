"""``/clearances``: what was looked at and found to be another, entered and ended by who has a key for it."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final, TypeVar

import msgspec

from tizim.api.wire.asking import Asked
from tizim.api.wire.replies import Fault, Invalid, Refused, Reply, of
from tizim.customers import Marks, Store
from tizim.customers.clearances import Clearance, clear, end, read_clearances
from tizim.customers.keys import Key
from tizim.errors import BadInput, Busy, NotFound, TizimError
from tizim.screen.matching import example_of
from tizim.screen.snapshot import Snapshot

_LONGEST: Final = 10_000
T = TypeVar("T")


class Query(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A customer, as queries tell it."""

    id: str
    schema: str
    properties: dict[str, str | list[Any]]


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That a customer is not an entity."""

    query: Query
    entity: str
    author: str
    reason: str
    until: dt.date | None = None


class Ended(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That a clearance holds no longer."""

    author: str
    reason: str


class Clearing(msgspec.Struct, frozen=True, kw_only=True):
    """Where clearances are kept."""

    store: Store
    marks: Marks
    now: Callable[[], dt.datetime]

    def enter(self, snapshot: Snapshot, body: bytes, key: Key) -> Reply:
        """Enter one. The key's name stands before the author's: that is who vouches for it."""
        told = _read(body, Wanted)
        query = told.query
        try:
            example = example_of(query.id, query.schema, query.properties)
            found = clear(
                self.store, self.marks, snapshot, example, told.entity, _author(key, told.author), told.reason,
                told.until, self.now(),
            )  # fmt: skip
        except TizimError as error:
            raise _refused(error) from None
        return of(_told(found), 201)

    def list(self, asked: Asked) -> Reply:
        """Those of a customer."""
        customer = asked.text("customer")
        if not customer:
            raise Refused(400, "Give the customer whose clearances are wanted.")
        try:
            found = read_clearances(self.store, self.marks.of_customer(customer))
        except TizimError as error:
            raise _refused(error) from None
        return of({"clearances": [_told(one) for one in found]})

    def end(self, identifier: str, body: bytes, key: Key) -> Reply:
        """Let one hold no longer."""
        told = _read(body, Ended)
        try:
            return of(_told(end(self.store, identifier, _author(key, told.author), told.reason, self.now())))
        except TizimError as error:
            raise _refused(error) from None


def _author(key: Key, author: str) -> str:
    return f"{author} ({key.name})" if author.strip() else ""


def _read(body: bytes, kind: type[T]) -> T:
    if len(body) > _LONGEST:
        raise Refused(413, f"This may have {_LONGEST} bytes")
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid([Fault("value_error", ("body",), str(error), None)]) from None


def _refused(error: TizimError) -> Refused:
    if isinstance(error, Busy):
        return Refused(503, "The store is being written: ask again.")
    if isinstance(error, NotFound):
        return Refused(404, str(error))
    if isinstance(error, BadInput):
        return Refused(400, str(error))
    raise error


def _told(one: Clearance) -> dict[str, Any]:
    return {
        "id": one.id, "entity": one.entity, "author": one.act.author, "reason": one.act.reason,
        "at": one.act.at.isoformat(timespec="seconds"), "until": one.until.isoformat() if one.until else None,
        "ended": one.ended is not None,
    }  # fmt: skip
