"""Goes through what waits to be sent, once: each in its order, each told what came of it."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

import msgspec

from tizim import __version__
from tizim.customers import Store
from tizim.deliver import outbox
from tizim.deliver.hooks import Hook, checked, read_hooks
from tizim.deliver.mailing import Post, mail
from tizim.deliver.outbox import Delivery, Message
from tizim.deliver.posting import Limits, Outcome, post
from tizim.deliver.signing import HEADER, signature
from tizim.errors import BadInput

_MOST: Final = 10_000
_IN_A_LETTER: Final = 100
_decode: Final = msgspec.json.Decoder(Message).decode


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """What came of going through it."""

    arrived: int = 0
    failed: int = 0


def send(store: Store, now: dt.datetime, limits: Limits, mailbox: Post | None) -> Sent:
    """Send all that is due at a moment. Of a hook that cannot be reached nothing more is tried this time."""
    hooks = {one.id: one for one in read_hooks(store)}
    if not hooks:
        return Sent()
    arrived = failed = 0
    down: set[str] = set()
    waiting = outbox.due(store, now, _MOST)
    while waiting:
        hook = hooks[waiting[0].hook]
        size = _IN_A_LETTER if hook.is_mail else 1
        some = [one for one in waiting if one.hook == hook.id][:size]
        taken = {one.seq for one in some}
        waiting = [one for one in waiting if one.seq not in taken]
        if hook.id in down:
            continue
        own = outbox.claim(store, some, now)
        if not own:
            continue
        outcome = _one(hook, own, now, limits, mailbox)
        if outcome.arrived:
            outbox.done(store, own, outcome.told)
            arrived += len(own)
            continue
        outbox.failed(store, own, outcome.told, now, is_down=outcome.is_down)
        failed += len(own)
        if outcome.is_down:
            down.add(hook.id)
    outbox.clear(store, now)
    return Sent(arrived=arrived, failed=failed)


def _one(hook: Hook, some: Sequence[Delivery], now: dt.datetime, limits: Limits, mailbox: Post | None) -> Outcome:
    if hook.is_mail:
        if mailbox is None:
            return Outcome(arrived=False, told="no server is set for e-mail (TIZIM_SMTP_URL)", is_down=True)
        return mail(mailbox, hook.address.removeprefix("mailto:"), [_decode(one.body) for one in some])
    try:
        checked(hook.address, is_private_allowed=limits.is_private_allowed)
    except BadInput as error:
        return Outcome(arrived=False, told=str(error), is_down=True)
    body = some[0].body.encode()
    return post(hook.address, body, headers(hook, some[0], body, now), limits)


def headers(hook: Hook, one: Delivery, body: bytes, now: dt.datetime) -> dict[str, str]:
    """What stands above the body."""
    return {
        "content-type": "application/json",
        "user-agent": f"tizim/{__version__}",
        "idempotency-key": one.event,
        "tizim-event": one.kind,
        HEADER: signature(hook.secret, int(now.timestamp()), body),
    }
