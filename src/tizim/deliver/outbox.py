"""What waits to be sent: kept with what it tells of, tried again after growing pauses, put aside after three days.

A delivery is one event for one hook. It is *waiting*, then *done*, or *dead* where nobody took it in all that time; a
dead one is kept, can be seen, and is sent again where somebody asks for it. Of what is done no body is kept.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from tizim.customers import Store, schema
from tizim.customers.store import instant, moment
from tizim.deliver.hooks import hooks_in
from tizim.errors import BadInput, NotFound

_FIRST: Final = dt.timedelta(seconds=10)
_LONGEST_PAUSE: Final = dt.timedelta(hours=1)
GIVEN_UP_AFTER: Final = dt.timedelta(days=3)
"""after which nobody is taken to be there any longer"""
LEASE: Final = dt.timedelta(minutes=5)
"""how long whoever sends has for one thing before another may take it to be lost"""
_DONE_KEPT: Final = dt.timedelta(days=30)
_TOGETHER: Final = 500


class State(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """An event, as it is sent."""

    id: str
    """the same however often it is sent"""
    kind: str
    at: dt.datetime
    text: str
    """in a line, for persons"""
    event: Any
    """for programs"""


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """An event for one hook."""

    seq: int
    hook: str
    event: str
    kind: str
    body: str
    """JSON; empty once it is done"""
    made_at: dt.datetime
    due_at: dt.datetime
    tries: int
    state: State
    told: str
    """what the last try came to"""


def put(connection: sa.Connection, messages: Sequence[Message], now: dt.datetime) -> int:
    """Have *messages* sent to all who want their kind and did so when they came to be.

    What a hook was given already is not sent to it again, and may be given again for that reason.

    Returns how many deliveries there are of them.
    """
    hooks = hooks_in(connection)
    rows = [
        {
            "hook": hook.id, "event": one.id, "kind": one.kind, "body": msgspec.json.encode(one).decode(),
            "made_us": moment(now), "due_us": moment(now), "tries": 0, "state": State.WAITING.value, "told": "",
        }
        for one in messages
        for hook in hooks
        if one.kind in hook.kinds and one.at >= hook.made_at
    ]  # fmt: skip
    kinds = postgresql if connection.dialect.name == "postgresql" else sqlite
    for first in range(0, len(rows), _TOGETHER):
        connection.execute(kinds.insert(schema.delivery).on_conflict_do_nothing(), rows[first : first + _TOGETHER])
    return len(rows)


def forget(connection: sa.Connection, events: Iterable[str]) -> None:
    """Forget *events*, sent or not."""
    own, every = schema.delivery, list(events)
    for first in range(0, len(every), _TOGETHER):
        connection.execute(sa.delete(own).where(own.c.event.in_(every[first : first + _TOGETHER])))


def due(store: Store, now: dt.datetime, most: int) -> list[Delivery]:
    """Those that are to be sent now, at most so many, in the order in which they came."""
    own = schema.delivery
    query = sa.select(own).where(own.c.state == State.WAITING.value, own.c.due_us <= moment(now)).order_by(own.c.seq)
    return _read(store, query.limit(most))


def next_due(store: Store) -> dt.datetime | None:
    """When the next is to be sent; none where nothing waits."""
    own = schema.delivery
    with store.reading() as connection:
        found = connection.scalar(sa.select(sa.func.min(own.c.due_us)).where(own.c.state == State.WAITING.value))
    return None if found is None else instant(found)


def claim(store: Store, some: Sequence[Delivery], now: dt.datetime) -> list[Delivery]:
    """Those of *some* that no other process is sending, which are ours for as long as `LEASE`."""
    own, found = schema.delivery, []
    with store.writing() as connection:
        for one in some:
            mine = (own.c.seq == one.seq) & (own.c.due_us == moment(one.due_at))
            mine &= own.c.state == State.WAITING.value
            if connection.execute(sa.update(own).where(mine).values(due_us=moment(now + LEASE))).rowcount:
                found.append(one)
    return found


def done(store: Store, some: Sequence[Delivery], told: str) -> None:
    """Note that they arrived."""
    own = schema.delivery
    with store.writing() as connection:
        for one in some:
            connection.execute(
                sa.update(own)
                .where(own.c.seq == one.seq)
                .values(state=State.DONE.value, body="", told=told, tries=one.tries + 1)
            )


def failed(store: Store, some: Sequence[Delivery], told: str, now: dt.datetime, *, is_down: bool) -> None:
    """Note that they did not arrive, and when to try again; *is_down*: nothing else of the hook is tried before."""
    own = schema.delivery
    with store.writing() as connection:
        for one in some:
            over = now - one.made_at >= GIVEN_UP_AFTER
            again = now + pause(one.tries + 1)
            values = {"tries": one.tries + 1, "told": told, "due_us": moment(again)}
            connection.execute(
                sa.update(own).where(own.c.seq == one.seq).values(**values, **({"state": "dead"} if over else {}))
            )
            if is_down:
                others = (own.c.hook == one.hook) & (own.c.state == State.WAITING.value) & (own.c.due_us <= moment(now))
                connection.execute(sa.update(own).where(others).values(due_us=moment(again)))


def pause(tries: int) -> dt.timedelta:
    """How long to wait after so many tries: ten seconds, three times as long each time, at most an hour."""
    return min(_FIRST * int(3 ** min(tries - 1, 10)), _LONGEST_PAUSE)


def read_deliveries(store: Store, *, every: bool = False, most: int = 1_000) -> list[Delivery]:
    """Those that are waiting or dead, or every one, the newest first."""
    if not store.exists():
        return []
    store.prepare()
    own = schema.delivery
    query = sa.select(own).order_by(own.c.seq.desc()).limit(most)
    return _read(store, query if every else query.where(own.c.state != State.DONE.value))


def again(store: Store, seq: int, now: dt.datetime) -> None:
    """Send a delivery that is waiting or dead now, with three days anew.

    Raises `NotFound`, `BadInput` for one that arrived.
    """
    own = schema.delivery
    store.prepare()
    with store.writing() as connection:
        state = connection.scalar(sa.select(own.c.state).where(own.c.seq == seq))
        if state is None:
            raise NotFound("there is no delivery of that number: 'tizim hooks deliveries' names those that wait")
        if state == State.DONE.value:
            raise BadInput("it arrived: of what arrived nothing is kept that could be sent again")
        values = {"state": State.WAITING.value, "tries": 0, "made_us": moment(now), "due_us": moment(now)}
        connection.execute(sa.update(own).where(own.c.seq == seq).values(**values))


def clear(store: Store, now: dt.datetime) -> None:
    """Forget what arrived long ago."""
    own = schema.delivery
    old = (own.c.state == State.DONE.value) & (own.c.made_us < moment(now - _DONE_KEPT))
    with store.writing() as connection:
        connection.execute(sa.delete(own).where(old))


def _read(store: Store, query: sa.Select[Any]) -> list[Delivery]:
    with store.reading() as connection:
        return [
            Delivery(
                seq=row.seq, hook=row.hook, event=row.event, kind=row.kind, body=row.body,
                made_at=instant(row.made_us), due_at=instant(row.due_us), tries=row.tries, state=State(row.state),
                told=row.told,
            )
            for row in connection.execute(query)
        ]  # fmt: skip
