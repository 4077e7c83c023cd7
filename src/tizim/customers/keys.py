"""Keys of the service's interface: made once, shown once, kept as a hash, revoked for ever."""

import datetime as dt
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

import msgspec
import sqlalchemy as sa

from tizim.customers import schema
from tizim.customers.store import Store, instant, moment
from tizim.errors import BadInput, NotFound

_PREFIX: Final = "tizim"
_FORM: Final = re.compile(r"tizim_([0-9a-f]{8})_([A-Za-z0-9_-]{43})")
_LONGEST_NAME: Final = 100


class KeyScope(StrEnum):
    """What a key is good for."""

    READ = "read"
    """lists, entities and searches"""
    SCREEN = "screen"
    """who may these be"""
    DECIDE = "decide"
    """what changes later answers: clearances and decisions"""


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """A key, without its secret."""

    id: str
    name: str
    """whose it is"""
    scopes: frozenset[KeyScope]
    hash: str
    made_at: dt.datetime
    until: dt.date | None
    """the first day on which it is good for nothing; none: until it is revoked"""
    revoked_at: dt.datetime | None

    def is_good(self, day: dt.date) -> bool:
        """Whether it opens anything on a day."""
        return self.revoked_at is None and (self.until is None or day < self.until)


class Keys:
    """The keys of a store, as they were read at one moment: asked for each request, by no database."""

    def __init__(self, keys: Iterable[Key] = ()) -> None:
        self._keys: Mapping[str, Key] = {one.id: one for one in keys}

    def of(self, text: str, day: dt.date) -> Key | None:
        """The key that *text* is, if it is one that is good on the day."""
        form = _FORM.fullmatch(text)
        key = self._keys.get(form[1]) if form else None
        given = _hash(form[2]) if form else ""
        if key is None or not hmac.compare_digest(given, key.hash) or not key.is_good(day):
            return None
        return key


def _hash(secret: str) -> str:
    """The secret is 256 bits of chance: nobody finds it by trying, so one round is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_key(
    store: Store, name: str, scopes: Iterable[KeyScope], until: dt.date | None, now: dt.datetime
) -> tuple[Key, str]:
    """Make a key; returns it with its text, which is kept nowhere. Raises `BadInput` for a name or day that is none."""
    told = " ".join(name.split())
    if not told or len(told) > _LONGEST_NAME or not told.isprintable():
        raise BadInput(f"a key needs a name of at most {_LONGEST_NAME} characters: whose it is")
    own = frozenset(scopes)
    if not own:
        raise BadInput("a key without a scope opens nothing: give --scope read, screen or decide")
    if until is not None and until <= now.date():
        raise BadInput(f"a key that ends on {until.isoformat()} is good for nothing: give a later day")
    identifier, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    key = Key(
        id=identifier, name=told, scopes=own, hash=_hash(secret), made_at=now, until=until, revoked_at=None
    )  # fmt: skip
    with store.writing(noticed=True) as connection:
        connection.execute(
            sa.insert(schema.api_key).values(
                id=key.id, name=key.name, scopes=" ".join(sorted(own)), hash=key.hash, made_us=moment(now),
                until=until.isoformat() if until else "",
            )
        )  # fmt: skip
    return key, f"{_PREFIX}_{identifier}_{secret}"


def read_keys(store: Store) -> list[Key]:
    """Every key ever made, in the order in which they were."""
    if not store.exists():
        return []
    own, ended = schema.api_key, schema.api_key_revoked
    query = sa.select(own, ended.c.at_us).outerjoin(ended, own.c.id == ended.c.id).order_by(own.c.made_us, own.c.id)
    with store.reading() as connection:
        return [
            Key(
                id=row.id, name=row.name, scopes=frozenset(map(KeyScope, row.scopes.split())), hash=row.hash,
                made_at=instant(row.made_us), until=dt.date.fromisoformat(row.until) if row.until else None,
                revoked_at=None if row.at_us is None else instant(row.at_us),
            )
            for row in connection.execute(query)
        ]  # fmt: skip


def revoke(store: Store, identifier: str, now: dt.datetime) -> Key:
    """Let a key be good for nothing from now on. Raises `NotFound` for one that there is not."""
    found = next((one for one in read_keys(store) if one.id == identifier), None)
    if found is None:
        raise NotFound("there is no key of that id: 'tizim key list' names them")
    if found.revoked_at is not None:
        return found
    with store.writing(noticed=True) as connection:
        connection.execute(sa.insert(schema.api_key_revoked).values(id=identifier, at_us=moment(now)))
    return msgspec.structs.replace(found, revoked_at=now)
