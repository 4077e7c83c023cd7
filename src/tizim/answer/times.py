"""The two times of a question, from what the caller typed."""

import datetime as dt

import msgspec

from tizim.domain.dates import AsOf, Basis
from tizim.errors import BadInput
from tizim.register.view import View


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The dates as the caller gave them; ``None`` where nothing was given."""

    as_of: str | None = None
    known_at: str | None = None
    basis: str | None = None


def as_of(asked: Asked, view: View, now: dt.datetime) -> AsOf:
    """The `AsOf` of a question.

    Without a valid date it is today; without a time of knowing it is now. The basis, unless given,
    is *recorded*, except where the time of knowing lies before the register's first row: then the
    register had recorded nothing and only *published* can answer.
    """
    valid_at = _day(asked.as_of, "--as-of") if asked.as_of else now.date()
    known_at = instant(asked.known_at, "--known-at") if asked.known_at else now
    if asked.basis:
        try:
            basis = Basis(asked.basis)
        except ValueError:
            raise BadInput(f"--basis is 'recorded' or 'published', not '{asked.basis}'") from None
    else:
        first = view.first_recorded()
        basis = Basis.PUBLISHED if asked.known_at and (first is None or known_at < first) else Basis.RECORDED
    if basis is Basis.RECORDED:
        known_at = min(known_at, now)  # what will be recorded later today is not known: the answer must not change
    return AsOf(valid_at=valid_at, known_at=known_at, basis=basis)


def _day(text: str, option: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{option} wants a day such as 2024-06-03, not '{text}'") from None


def instant(text: str, option: str) -> dt.datetime:
    """A day (its end, UTC) or an ISO instant (UTC unless it names a zone). Raises `BadInput` naming the *option*."""
    if len(text) == len("2024-06-03"):
        return dt.datetime.combine(_day(text, option), dt.time.max, tzinfo=dt.UTC)
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{option} wants a day or an instant such as 2024-06-03T12:00Z, not '{text}'") from None
    return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
