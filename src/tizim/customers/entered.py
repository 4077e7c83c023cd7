"""What keys entered over HTTP: each under a token of the sender's, so that what is told twice is entered once."""

import datetime as dt

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from tizim.customers import schema
from tizim.customers.store import Store, instant, moment
from tizim.errors import BadInput, Busy


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it: the status and the answer that the sender was given, or would have been."""

    status: int
    answer: bytes


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is to be entered now."""

    key_id: str
    token: str
    at: dt.datetime
    """when it was asked for first"""
    again: bool
    """whether it was begun before and broke off: it may have been entered, or not"""


def begin(
    store: Store, key_id: str, token: str, what: str, digest: str, now: dt.datetime, longest: dt.timedelta
) -> Begun | Ended:  # fmt: skip
    """Begin to enter what a key asks for under a token; what came of it, where that is known already.

    *what* says in a word what it is, *digest* is of all that was sent; what was begun and did not end in *longest* is
    taken for broken off. Raises `BadInput` where the token was that of
    another request, `Busy` while it is being entered.
    """
    own = schema.entered
    row = {
        "key_id": key_id, "token": token, "what": what, "digest": digest, "asked_us": moment(now),
        "begun_us": moment(now), "status": 0, "answer": "",
    }  # fmt: skip
    mine = (own.c.key_id == key_id) & (own.c.token == token)
    with store.writing() as connection:
        kinds = postgresql if connection.dialect.name == "postgresql" else sqlite
        new = kinds.insert(own).values(row).on_conflict_do_nothing().returning(own.c.token)
        if connection.execute(new).first() is not None:
            return Begun(key_id=key_id, token=token, at=instant(moment(now)), again=False)
        found = connection.execute(sa.select(own).where(mine).with_for_update()).one()
        if found.digest != digest:
            raise BadInput("this Idempotency-Key was another request's: take a new one for each thing to be entered")
        if found.status:
            return Ended(status=found.status, answer=found.answer.encode())
        if now - instant(found.begun_us) < longest:
            raise Busy("it is being entered: ask again with the same Idempotency-Key")
        connection.execute(sa.update(own).where(mine).values(begun_us=moment(now)))
        return Begun(key_id=key_id, token=token, at=instant(found.asked_us), again=True)


def end(store: Store, begun: Begun, status: int, answer: bytes) -> None:
    """Note what came of it."""
    with store.writing() as connection:
        query = sa.update(schema.entered).where(_row(begun))
        connection.execute(query.values(status=status, answer=answer.decode()))


def give_up(store: Store, begun: Begun) -> None:
    """Forget what was begun, because nothing was entered: it may be tried again."""
    with store.writing() as connection:
        connection.execute(sa.delete(schema.entered).where(_row(begun) & (schema.entered.c.status == 0)))


def _row(begun: Begun) -> sa.ColumnElement[bool]:
    return (schema.entered.c.key_id == begun.key_id) & (schema.entered.c.token == begun.token)


class EnteredBy(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a key entered."""

    key: str
    name: str
    """whose key it is"""
    at: dt.datetime
    what: str
    token: str
    digest: str
    """SHA-256 of all that was sent"""
    status: int
    """of the answer; 0 while it is being entered, or where it broke off"""


def read_entered(store: Store) -> list[EnteredBy]:
    """All that was entered, the newest first."""
    if not store.exists():
        return []
    store.prepare()
    own, keys = schema.entered, schema.api_key
    query = sa.select(own, keys.c.name).join(keys, keys.c.id == own.c.key_id).order_by(own.c.asked_us.desc())
    with store.reading() as connection:
        return [
            EnteredBy(
                key=row.key_id, name=row.name, at=instant(row.asked_us), what=row.what, token=row.token,
                digest=row.digest, status=row.status,
            )
            for row in connection.execute(query)
        ]  # fmt: skip
