"""Dates as lists print them, turned into ISO dates or intervals; what cannot be turned stays text.

Every function gives an ISO date (``1960``, ``1960-03``, ``1960-03-07``), an interval of two (``1955/1958``), or
nothing, never a guess. Which of day and month comes first is the caller's to say: no list leaves it open.
"""

import datetime as dt
import re
from typing import Final

import msgspec

# Until 2015 days carry a midnight (``2007-05-14T00:00:00``, ``1979-12-31 00:00:00.0``) or New York's zone.
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00:00(?:\.0+)?)?(?:Z|[+-]\d{2}:\d{2})?")
_YEAR: Final = re.compile(r"\d{4}")
_YEARS: Final = re.compile(r"(\d{4})\s?[-/–]\s?(\d{4})")

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_NUMBERS: Final = {
    month[:cut]: number for number, month in enumerate(_MONTHS, start=1) for cut in range(3, len(month) + 1)
}
"""the number of a month by its English name, whole or cut after three letters or more"""
_MONTH: Final = re.compile(r"([A-Za-z]+)\.?")
_IN_WORDS: Final = re.compile(r"(?:(\d{1,2})\s+)?([A-Za-z]+)\.?\s*(\d{4})")
_BETWEEN_MONTHS: Final = re.compile(r"between ([A-Za-z]+)\.? and ([A-Za-z]+)\.? (\d{4})", re.IGNORECASE)


def iso_day(text: str) -> str | None:
    """The calendar day as printed, without the zone or midnight glued to it."""
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    try:
        return dt.date.fromisoformat(match[1]).isoformat()
    except ValueError:
        return None


def iso_years(text: str) -> str | None:
    """A year (``1960``) or a span of years (``1955-1958`` as ``1955/1958``)."""
    if _YEAR.fullmatch(text):
        return text if text > "0000" else None
    match = _YEARS.fullmatch(text)
    return between(match[1], match[2]) if match else None


def between(first: str, last: str) -> str | None:
    """An interval of years; an end that is not given is ``..``."""
    if not all(_YEAR.fullmatch(year) for year in (first, last) if year):
        return None
    if first and last:
        return f"{first}/{last}" if first <= last else None
    return f"{first or '..'}/{last or '..'}" if first or last else None


def in_words(text: str) -> str | None:
    """A date written out: ``3 March 1979``, ``Nov. 1973``, ``Between Aug. and Sep. 1977``."""
    match = _IN_WORDS.fullmatch(text)
    if match:
        return written(match[1] or "", match[2], match[3])
    match = _BETWEEN_MONTHS.fullmatch(text)
    if match:
        first, last = written("", match[1], match[3]), written("", match[2], match[3])
        return f"{first}/{last}" if first and last and first <= last else None
    return None


def written(day: str, month: str, year: str) -> str | None:
    """The ISO date of a day (may be empty), the English name of a month and a year."""
    number = _month_number(month)
    if number is None or year == "0000":
        return None
    if not day:
        return f"{year}-{number:02d}"
    try:
        return dt.date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None


def month_of(text: str) -> int | None:
    """The number of the month that *text* names and nothing else."""
    match = _MONTH.fullmatch(text)
    return _month_number(match[1]) if match else None


def _month_number(name: str) -> int | None:
    """The number of a month by its English name, whole or cut after three letters or more."""
    return _MONTH_NUMBERS.get(name.casefold())


def years_in(date: str) -> str:
    """The year or years of an ISO date or interval: ``1973`` of ``1973-11``, ``1960/1965`` of itself."""
    first, slash, last = date.partition("/")
    if not slash:
        return first[:4]
    first, last = first[:4].removesuffix(".."), last[:4].removesuffix("..")
    return first if first == last else f"{first or '..'}/{last or '..'}"


_NUMERIC: Final = re.compile(r"(\d{1,4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,4})")
_AMERICAN: Final = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_ABOUT: Final = re.compile(r"(?:circa|c\.|ca\.?|approx(?:imately|\.)?|about|around|estimated)\s*", re.IGNORECASE)
_SPAN: Final = re.compile(r"(?:between\s+)?(.+?)\s*(?:\bto\b|\band\b|\s[-–]\s|/)\s*(.+)", re.IGNORECASE)


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """A date in words, read: an ISO date or interval, and whether it is said to be about right only."""

    date: str
    about: bool = False


def numeric(text: str, order: str) -> str | None:
    """A date in digits, such as ``07/03/1960``; *order* is ``dmy``, ``mdy`` or ``ymd``.

    A day or month of zeros is not known: ``00/03/1960`` is March, ``00/00/1960`` the year. A year has four
    digits: of two nobody can say the century.
    """
    match = _NUMERIC.fullmatch(text.strip())
    if match is None:
        return None
    parts = dict(zip(order, match.groups(), strict=True))
    return parted(parts["y"], parts["m"], parts["d"])


def parted(year: str, month: str, day: str) -> str | None:
    """A date from its parts in digits; an empty month or day, or one of zeros, is not known."""
    if not (_YEAR.fullmatch(year) and year > "0000"):
        return None
    try:
        numbers = int(month or 0), int(day or 0)
    except ValueError:
        return None
    if not numbers[0]:
        return None if numbers[1] else year
    if not numbers[1]:
        return f"{year}-{numbers[0]:02d}" if 1 <= numbers[0] <= 12 else None
    try:
        return dt.date(int(year), *numbers).isoformat()
    except ValueError:
        return None


def english(text: str) -> Read | None:
    """A date in English words, whole: ``08 Feb 1971``, ``Feb 1971``, ``Aug 16, 1965``, ``1971``, ``circa 1960``,
    ``1955 to 1958``, ``between 1955 and Mar 1958``, ``circa 1983-1984``.
    """
    said = " ".join(text.split()).rstrip(".").strip()
    match = _ABOUT.match(said)
    about = match is not None
    said = said[match.end() :] if match else said
    date = _english(said)
    if date is None and (span := _SPAN.fullmatch(said)):
        second = span[2]
        if other := _ABOUT.match(second):
            about, second = True, second[other.end() :]
        first, last = _english(span[1]), _english(second)
        if first and last and "/" not in first + last and first <= last:
            date = f"{first}/{last}"
    return Read(date=date, about=about) if date else None


def _english(text: str) -> str | None:
    said = text.strip()
    american = _AMERICAN.fullmatch(said)
    if american:
        return written(american[2], american[1], american[3])
    return iso_years(said) or in_words(said) or iso_day(said)


def from_hijri(year: int, month: int = 0, day: int = 0) -> str | None:
    """A date of the Islamic calendar as Gregorian days: where only the year or month is known, the span of it.

    By the tabular (civil) calendar, epoch 16 July 622 Julian; the sighted calendar may differ by a day or two,
    so a day becomes the span of the days beside it.
    """
    if not (1 <= year <= 1600 and 0 <= month <= 12 and 0 <= day <= 30) or (day and not month):
        return None
    if not month:
        return _days(_hijri(year, 1, 1), _hijri(year + 1, 1, 1) - 1)
    if not day:
        after = (year + 1, 1) if month == 12 else (year, month + 1)
        return _days(_hijri(year, month, 1), _hijri(*after, 1) - 1)
    middle = _hijri(year, month, day)
    return _days(middle - 1, middle + 1)


def _hijri(year: int, month: int, day: int) -> int:
    """The ordinal (`datetime.date.toordinal`) of a day of the tabular Islamic calendar."""
    epoch = 227_015  # 1 Muharram 1: 19 July 622 Gregorian (16 July Julian)
    return day + (59 * (month - 1) + 1) // 2 + 354 * (year - 1) + (3 + 11 * year) // 30 + epoch - 1


def from_solar_hijri(year: int, month: int = 0, day: int = 0) -> str | None:
    """A date of the Solar Hijri calendar (Iran, Afghanistan) as Gregorian days, or the span of a month or year.

    By the 33-year rule, which agrees with the official calendars from 1206 to 1497 (1827 to 2118).
    """
    if not (1206 <= year <= 1497 and 0 <= month <= 12 and 0 <= day <= 31) or (day and not month):
        return None
    if not month:
        return _days(_solar(year, 1, 1), _solar(year + 1, 1, 1) - 1)
    if not day:
        after = (year + 1, 1) if month == 12 else (year, month + 1)
        return _days(_solar(year, month, 1), _solar(*after, 1) - 1)
    return dt.date.fromordinal(_solar(year, month, day)).isoformat()


def _solar(year: int, month: int, day: int) -> int:
    """The ordinal of a day of the Solar Hijri calendar."""
    leaps = (8 * year + 21) // 33
    days = (month - 1) * 31 - (month // 7) * (month - 7)
    return 226_894 + 365 * (year - 1) + leaps + days + day


def _days(first: int, last: int) -> str:
    return f"{dt.date.fromordinal(first)}/{dt.date.fromordinal(last)}"
