"""Days as sources state them, and the two times of every question.

A source may give a day, a month, a year, two bounds, one bound or nothing; none of these is turned
into another. All days are proleptic Gregorian calendar days, as printed, without a zone.
"""

import calendar
import datetime as dt
import enum
import functools
import re
from typing import Self

import msgspec

from tizim.errors import BadInput

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Precision(enum.StrEnum):
    """How much of a date its source gives."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class PartialDate(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A calendar date of which only the year, or the year and month, may be known: ``2005-03``."""

    year: int
    month: int | None
    day: int | None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; anything else is `BadInput`."""
        year, month, day = _parts(text)
        return cls(year=year, month=month, day=day)

    @property
    def earliest(self) -> dt.date:
        """The first day the date can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> dt.date:
        """The last day the date can mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def precision(self) -> Precision:
        """Which parts are known."""
        if self.day is not None:
            return Precision.DAY
        return Precision.YEAR if self.month is None else Precision.MONTH

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        return text if self.day is None else f"{text}-{self.day:02d}"


@functools.lru_cache(maxsize=16_384)  # lists print the same few thousand dates over and over
def _parts(text: str) -> tuple[int, int | None, int | None]:
    match = _PARTIAL.fullmatch(text)
    if not match:
        raise BadInput(f"'{text}' is not a date: write YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in match.groups())
    made = PartialDate(year=year or 0, month=month, day=day)
    try:
        _ = made.earliest, made.latest
    except ValueError as error:
        raise BadInput(f"'{text}' is not a date of the calendar: {error}") from None
    return made.year, made.month, made.day


class When(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """When a thing happened: not before ``earliest``, not after ``latest`` (both days are in).

    ``None`` on either side is "no bound known"; ``text`` is the date as an ISO date or interval
    (``2005-03``, ``2015-11-02/2023-12-20``, ``../2023-12-20``), empty where nothing is known.
    """

    earliest: dt.date | None
    latest: dt.date | None
    text: str

    @classmethod
    def on(cls, date: PartialDate) -> Self:
        """On the day, or some day of the month or year, that *date* names."""
        return cls(earliest=date.earliest, latest=date.latest, text=str(date))

    @classmethod
    def between(cls, earliest: dt.date, latest: dt.date) -> Self:
        """On a day from *earliest* to *latest*."""
        return cls(earliest=earliest, latest=latest, text=f"{earliest}/{latest}")

    @classmethod
    def by(cls, latest: dt.date) -> Self:
        """On *latest* or any day before it."""
        return cls(earliest=None, latest=latest, text=f"../{latest}")

    @classmethod
    def unknown(cls) -> Self:
        """On a day that no source gives."""
        return cls(earliest=None, latest=None, text="")

    @property
    def is_day(self) -> bool:
        """Whether the very day is known."""
        return self.earliest is not None and self.earliest == self.latest


class OpenEnd(msgspec.Struct, frozen=True, tag="open"):
    """Nothing ends it in the documents held, and the newest one still shows it."""


class UnknownEnd(msgspec.Struct, frozen=True, kw_only=True, tag="unknown"):
    """It ended, on a day no source gives; ``between`` holds the bounds that are known."""

    between: When


class NotObservedSince(msgspec.Struct, frozen=True, kw_only=True, tag="not_observed_since"):
    """Nothing shows it, and nothing ends it, after ``day``: neither open nor ended."""

    day: dt.date


class EndedOn(msgspec.Struct, frozen=True, kw_only=True, tag="ended"):
    """A statement ends it, on ``when``."""

    when: When


End = OpenEnd | UnknownEnd | NotObservedSince | EndedOn


class Basis(enum.StrEnum):
    """Which reading of "known" a question takes."""

    RECORDED = "recorded"
    """what this register had taken in by then"""
    PUBLISHED = "published"
    """what the documents in it had said by then, by their own publication dates"""


class AsOf(msgspec.Struct, frozen=True, kw_only=True):
    """The two times of a question: the day in the world, and the moment of knowing.

    ``valid_at`` means the end of that day. ``known_at`` is an instant in UTC; on the basis
    *published* only its calendar day counts.
    """

    valid_at: dt.date
    known_at: dt.datetime
    basis: Basis

    @property
    def known_us(self) -> int:
        """``known_at`` as microseconds since 1970-01-01T00:00Z, the register's own unit."""
        return microseconds(self.known_at)


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def microseconds(instant: dt.datetime) -> int:
    """*instant* (with a zone) as whole microseconds since the epoch."""
    return (instant - _EPOCH) // dt.timedelta(microseconds=1)


def instant_of(us: int) -> dt.datetime:
    """The instant, in UTC, of *us* microseconds since the epoch."""
    return _EPOCH + dt.timedelta(microseconds=us)


_PERIOD = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


@functools.lru_cache(maxsize=16_384)
def add_period(day: dt.date, period: str) -> dt.date:
    """*day* plus an ISO 8601 period of years, months, weeks and days (``P3Y``, ``P6M``).

    A day that the target month lacks becomes that month's last (29 February plus a year: 28 February).
    """
    match = _PERIOD.fullmatch(period)
    if not match:
        raise BadInput(f"'{period}' is not an ISO period such as P3Y or P6M")
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    month0 = day.month - 1 + months
    year, month = day.year + years + month0 // 12, month0 % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, min(day.day, last)) + dt.timedelta(weeks=weeks, days=days)
