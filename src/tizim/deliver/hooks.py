"""Who wants to be told of which kinds of events."""

import datetime as dt
import re
import secrets
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

import msgspec
import sqlalchemy as sa

from tizim.customers import Store, schema
from tizim.customers.store import instant, moment
from tizim.errors import BadInput, NotFound

_LONGEST: Final = 2_000
_MAIL: Final = re.compile(r"mailto:[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


class Hook(msgspec.Struct, frozen=True, kw_only=True):
    """Whom events are sent to."""

    id: str
    address: str
    """``https://…``, or ``mailto:…``"""
    kinds: tuple[str, ...]
    made_at: dt.datetime
    secret: str
    """signs what is sent; given to the receiver once"""

    def __repr__(self) -> str:
        """No secret: a value may end in a log."""
        return f"Hook(id={self.id!r})"

    @property
    def is_mail(self) -> bool:
        """Whether it is told by e-mail."""
        return self.address.startswith("mailto:")


def add(store: Store, address: str, kinds: Iterable[str], now: dt.datetime, *, is_private_allowed: bool) -> Hook:
    """Send events of *kinds* to an address from now on. Raises `BadInput` for an address that nothing is sent to."""
    checked(address, is_private_allowed=is_private_allowed)
    found = Hook(
        id=secrets.token_hex(8), address=address, kinds=tuple(dict.fromkeys(kinds)), made_at=instant(moment(now)),
        secret=secrets.token_urlsafe(32),
    )  # fmt: skip
    row = {
        "id": found.id, "address": address, "secret": found.secret, "kinds": " ".join(found.kinds),
        "made_us": moment(now),
    }  # fmt: skip
    with store.writing() as connection:
        connection.execute(sa.insert(schema.hook).values(**row))
    return found


def checked(address: str, *, is_private_allowed: bool) -> None:
    """Raise `BadInput` for an address that is none of ours to send to; whereto its name leads is looked at later."""
    if len(address) > _LONGEST or not address.isascii() or not address.isprintable() or " " in address:
        raise BadInput("an address is of letters and signs of ASCII, without spaces")
    if _MAIL.fullmatch(address):
        return
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise BadInput("an address is https://… or mailto:…") from None
    if parts.scheme not in {"https", "http"} or not parts.hostname or port == 0:
        raise BadInput("an address is https://… or mailto:…")
    if parts.username is not None or parts.password is not None:
        raise BadInput("an address has no name or password in it: receivers know what comes from here by its signature")
    if parts.scheme == "http" and not is_private_allowed:
        raise BadInput("events are about persons and go over https alone, but for TIZIM_WEBHOOK_PRIVATE=allowed")


def remove(store: Store, identifier: str) -> None:
    """Send nothing to it any longer, and forget what waits for it. Raises `NotFound`."""
    with store.writing() as connection:
        connection.execute(sa.delete(schema.delivery).where(schema.delivery.c.hook == identifier))
        if not connection.execute(sa.delete(schema.hook).where(schema.hook.c.id == identifier)).rowcount:
            raise NotFound("there is no hook of that id: 'tizim hooks list' names them")


def read_hooks(store: Store) -> list[Hook]:
    """All of them, in the order in which they were added."""
    if not store.exists():
        return []
    store.prepare()
    with store.reading() as connection:
        return hooks_in(connection)


def hooks_in(connection: sa.Connection) -> list[Hook]:
    """The same in a transaction."""
    own = schema.hook
    return [
        Hook(
            id=row.id, address=row.address, kinds=tuple(row.kinds.split()), made_at=instant(row.made_us),
            secret=row.secret,
        )
        for row in connection.execute(sa.select(own).order_by(own.c.made_us, own.c.id))
    ]  # fmt: skip
