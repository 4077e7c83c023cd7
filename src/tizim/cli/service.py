"""What the settings say of a service: who comes in, and what is kept of what is asked."""

import os
import time
from collections.abc import Callable
from concurrent.futures import Future

import msgspec

from tizim.api.wire import Door
from tizim.api.wire.clearing import Clearing
from tizim.api.wire.deciding import Deciding
from tizim.api.wire.feeding import Feeding
from tizim.api.wire.guarding import Guard
from tizim.api.wire.journal import Journal
from tizim.api.wire.metrics import Metrics
from tizim.api.wire.rates import Rates
from tizim.app import App, clock
from tizim.customers import Marks
from tizim.customers.clearances import Cleared, cleared_for
from tizim.customers.desk import Desk
from tizim.customers.log import Keeping, LogWriter, Noted, logged
from tizim.customers.policies import PolicyVersion
from tizim.errors import BadInput
from tizim.screen.matching import Example
from tizim.screen.snapshot import Snapshot
from tizim.settings import Settings

_LONGEST_NUMBER = 9
_MOST_A_MINUTE = 10_000_000
_LONGEST_ANSWER = 60.0
"""seconds after which whoever enters something is told to ask again what came of it"""


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What all workers of a service share. To be made before they are begun."""

    rates: Rates | None
    metrics: Metrics
    journal: Journal | None
    keys_required: bool
    enters: bool
    """whether decisions and documents are entered over HTTP"""
    clears: bool
    """whether there is a secret under which customers are found again"""
    keeping: Keeping | None
    """how much is kept of queries; none: nothing"""
    days: int
    """after which what is kept of queries is deleted; 0: never"""
    policy: str
    """by which it is screened where a request names none"""


def shared(settings: Settings, workers: int, *, journal: bool) -> Shared:
    """What the settings say, looked at before anything listens. Raises `BadInput` for what they cannot say."""
    if settings.api_keys not in {"off", "required"}:
        raise BadInput(f"TIZIM_API_KEYS is 'off' or 'required', not '{settings.api_keys}'")
    if settings.enter_by_http not in {"off", "with-key"}:
        raise BadInput(f"TIZIM_ENTER_BY_HTTP is 'off' or 'with-key', not '{settings.enter_by_http}'")
    if settings.screening_log not in {"off", *Keeping}:
        raise BadInput(f"TIZIM_SCREENING_LOG is 'off', 'whole' or 'marks', not '{settings.screening_log}'")
    keeping = None if settings.screening_log == "off" else Keeping(settings.screening_log)
    if keeping is not None or settings.customers_key:
        Marks(settings.customers_key)
    limit = _number("TIZIM_RATE_LIMIT", settings.rate_limit)
    if limit > _MOST_A_MINUTE:
        raise BadInput(f"TIZIM_RATE_LIMIT may be {_MOST_A_MINUTE} at most; 0 sets no limit")
    return Shared(
        metrics=Metrics(workers),
        journal=Journal(_out, clock) if journal else None,
        rates=Rates(limit, time.monotonic) if limit else None,
        keys_required=settings.api_keys == "required",
        policy=settings.policy,
        enters=settings.enter_by_http == "with-key",
        clears=bool(settings.customers_key),
        keeping=keeping,
        days=_number("TIZIM_RETENTION_DAYS", settings.retention_days),
    )


def _number(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > _LONGEST_NUMBER:
        raise BadInput(f"{name} wants a number, not '{text[:80]}'")
    return int(text)


def _out(line: bytes) -> None:
    """One write for each line: lines of several workers do not mix."""
    os.write(2, line)


def door(
    wired: App, desk: Desk, own: Shared, writer: LogWriter | None, worker: int, *, of_register: bool
) -> Door:  # fmt: skip
    """Who comes into a worker, and what is kept of what they ask; *of_register*: whether a register is served."""
    guard = Guard(lambda: desk.held.keys, lambda: clock().date(), required=own.keys_required)

    def policy(name: str) -> PolicyVersion | None:
        wanted = name or own.policy
        return desk.held.policies.of(wanted) if wanted else None

    def log(noted: list[Noted], snapshot: Snapshot, dataset: str, who: str) -> "Future[None]":
        now = clock()
        kept = own.keeping or Keeping.MARKS
        entries = [logged(one, snapshot, dataset, who, wired.marks, kept, now) for one in noted]
        assert writer is not None  # noqa: S101 - no log without it
        return writer.add(entries)

    def cleared(snapshot: Snapshot) -> Callable[[Example], Cleared | None] | None:
        known = desk.held.clearances
        if not known:
            return None
        return lambda example: cleared_for(known, wired.marks, snapshot, example, clock().date())

    feeding = Feeding(store=wired.customers) if own.clears else None
    clearing = Clearing(store=wired.customers, marks=wired.marks, now=clock) if own.clears else None
    return Door(
        guard=guard, rates=own.rates, policy=policy, log=None if writer is None else log, feeding=feeding,
        clearing=clearing,
        cleared=cleared if own.clears else None, metrics=own.metrics, counter=own.metrics.of(worker),
        journal=own.journal, deciding=Deciding(wired, clock, _LONGEST_ANSWER) if own.enters and of_register else None,
    )  # fmt: skip


def log_writer(wired: App, own: Shared) -> LogWriter | None:
    """What writes down what a worker answers; none where nothing is kept."""
    return None if own.keeping is None else LogWriter(wired.customers, clock, own.days)


def desk(wired: App) -> Desk:
    """What a worker holds of the customers' store.

    Raises `TizimError` where it cannot be read, or there is no approved policy of the name that is set.
    """
    held = Desk(wired.customers)
    if wired.settings.policy:
        held.held.policies.of(wired.settings.policy)
    return held
