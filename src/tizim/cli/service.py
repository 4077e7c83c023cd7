"""What the settings say of a service: who comes in, and what is kept of what is asked."""

import time

import msgspec

from tizim.api.wire import Door
from tizim.api.wire.guarding import Guard
from tizim.api.wire.rates import Rates
from tizim.app import App, clock
from tizim.customers.desk import Desk
from tizim.customers.policies import PolicyVersion
from tizim.errors import BadInput
from tizim.settings import Settings

_MOST_A_MINUTE = 10_000_000


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What all workers of a service share. To be made before they are begun."""

    rates: Rates | None
    keys_required: bool
    policy: str
    """by which it is screened where a request names none"""


def shared(settings: Settings) -> Shared:
    """What the settings say, looked at before anything listens. Raises `BadInput` for what they cannot say."""
    if settings.api_keys not in {"off", "required"}:
        raise BadInput(f"TIZIM_API_KEYS is 'off' or 'required', not '{settings.api_keys}'")
    if not settings.rate_limit.isascii() or not settings.rate_limit.isdigit():
        raise BadInput(f"TIZIM_RATE_LIMIT wants a number of requests a minute, not '{settings.rate_limit}'")
    limit = int(settings.rate_limit[:12])
    if limit > _MOST_A_MINUTE:
        raise BadInput(f"TIZIM_RATE_LIMIT may be {_MOST_A_MINUTE} at most; 0 sets no limit")
    return Shared(
        rates=Rates(limit, time.monotonic) if limit else None,
        keys_required=settings.api_keys == "required",
        policy=settings.policy,
    )


def door(desk: Desk, own: Shared) -> Door:
    """Who comes into a worker."""
    guard = Guard(lambda: desk.held.keys, lambda: clock().date(), required=own.keys_required)

    def policy(name: str) -> PolicyVersion | None:
        wanted = name or own.policy
        return desk.held.policies.of(wanted) if wanted else None

    return Door(guard=guard, rates=own.rates, policy=policy)


def desk(wired: App) -> Desk:
    """What a worker holds of the customers' store.

    Raises `TizimError` where it cannot be read, or there is no approved policy of the name that is set.
    """
    held = Desk(wired.customers)
    if wired.settings.policy:
        held.held.policies.of(wired.settings.policy)
    return held
