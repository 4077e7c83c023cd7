"""What becomes other of what is found of a customer, as it is told to whoever wants to know."""

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from tizim.customers import Store, schema
from tizim.customers.store import moment
from tizim.deliver import Message
from tizim.errors import BadInput
from tizim.match.model import ALGORITHM
from tizim.watch.answering import Answer, OnList, Shown

KIND: Final = "match"
"""what these events are, among those of others"""
MOST: Final = 1_000


class What(StrEnum):
    """What became of a hit."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


class Because(StrEnum):
    """What a customer was screened for."""

    LISTS = "lists"
    """a list changed"""
    CUSTOMER = "customer"
    """the customer was entered, or told otherwise"""
    CLEARANCE = "clearance"
    """a clearance was entered or ended"""
    WAY = "way"
    """lists, scores, policy or algorithm are others than before"""


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """A hit as it was told last."""

    name: str
    score: float
    order: float
    lists: tuple[OnList, ...]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A hit that is new, another one or gone. Keys are relied on from outside: add, never rename."""

    id: str
    """whoever gets it twice knows it by this"""
    at: dt.datetime
    what: What
    because: Because
    customer: str
    entity: str
    name: str
    """the listed name that is most alike; of a hit that is gone the last one"""
    score: float
    order: float
    lists: tuple[OnList, ...]
    before: Before | None
    cleared: bool
    """whether it is gone because somebody cleared it"""
    algorithm: str
    policy: str
    data_version: str
    evidence: Any
    """the statements and acts behind the entity's listings; none of a hit that is gone, or without a register"""


def events_of(
    answer: Answer, was: Mapping[str, Shown], because: Because, policy: str, version: str, now: dt.datetime
) -> list[Event]:
    """What became other of what is found of a customer. Evidence is put in later."""

    def event(what: What, shown: Shown, before: Shown | None) -> Event:
        return Event(
            id=secrets.token_hex(12), at=now, what=what, because=because, customer=answer.customer,
            entity=shown.entity, name=shown.name, score=shown.score, order=shown.order, lists=shown.lists,
            before=None if before is None else Before(
                name=before.name, score=before.score, order=before.order, lists=before.lists
            ),
            cleared=what is What.GONE and shown.entity in answer.cleared, algorithm=ALGORITHM, policy=policy,
            data_version=version, evidence=None,
        )  # fmt: skip

    now_shown = {one.entity: one for one in answer.hits}
    found = []
    for entity, shown in now_shown.items():
        before = was.get(entity)
        if before is None:
            found.append(event(What.NEW, shown, None))
        elif before != shown:
            found.append(event(What.CHANGED, shown, before))
    found += [event(What.GONE, shown, shown) for entity, shown in was.items() if entity not in now_shown]
    return found


def message_of(event: Event) -> Message:
    """An event as it is sent: a line for persons, and itself for programs."""
    lists = ", ".join(f"{one.list} {one.reference}".strip() for one in event.lists)
    told = {
        What.NEW: "may be", What.CHANGED: "may be, otherwise than before,", What.GONE: "is no longer found to be",
    }[event.what]  # fmt: skip
    text = f"Customer {event.customer} {told} {event.name} ({event.entity}; {lists}), score {event.score:.3f}"
    return Message(id=event.id, kind=KIND, at=event.at, text=text, event=event)


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An event, and its place in the order in which they came."""

    seq: int
    event: Event


_decode: Final = msgspec.json.Decoder(Event).decode


def put(connection: sa.Connection, told: Iterable[tuple[str, Event]]) -> None:
    """Keep events, each with the mark of its customer."""
    rows = [
        {"id": one.id, "customer": mark, "at_us": moment(one.at), "body": msgspec.json.encode(one).decode()}
        for mark, one in told
    ]
    if rows:
        connection.execute(sa.insert(schema.watch_event), rows)


def since(store: Store, cursor: int, most: int) -> Sequence[Kept]:
    """The first *most* events after a cursor, in their order. Raises `BadInput` for a number that is none."""
    if cursor < 0 or not 1 <= most <= MOST:
        raise BadInput(f"a cursor is a number from 0 on, and at most {MOST} events are given at once")
    if not store.exists():
        return []
    store.prepare()
    own = schema.watch_event
    query = sa.select(own.c.seq, own.c.body).where(own.c.seq > cursor).order_by(own.c.seq).limit(most)
    with store.reading() as connection:
        return [Kept(seq=row.seq, event=_decode(row.body)) for row in connection.execute(query)]


def newest(store: Store, most: int) -> Sequence[Kept]:
    """The last *most* events, the newest first."""
    if not store.exists():
        return []
    store.prepare()
    own = schema.watch_event
    query = sa.select(own.c.seq, own.c.body).order_by(own.c.seq.desc()).limit(most)
    with store.reading() as connection:
        return [Kept(seq=row.seq, event=_decode(row.body)) for row in connection.execute(query)]


def delete_before(store: Store, before: dt.datetime) -> int:
    """Delete older events; returns how many there were."""
    own = schema.watch_event
    with store.writing() as connection:
        return int(connection.execute(sa.delete(own).where(own.c.at_us < moment(before))).rowcount)
