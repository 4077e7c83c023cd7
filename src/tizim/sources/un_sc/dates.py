"""Dates as the list prints them, turned into ISO dates or intervals; what cannot be turned stays text."""

import datetime as dt
import re
from typing import Final

# Until 2015 days carry a midnight (``2007-05-14T00:00:00``, ``1979-12-31 00:00:00.0``) or New York's zone.
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00:00(?:\.0+)?)?(?:Z|[+-]\d{2}:\d{2})?")
_YEAR: Final = re.compile(r"\d{4}")
_YEARS: Final = re.compile(r"(\d{4})\s?[-/–]\s?(\d{4})")

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
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
    begin = name.casefold()
    if len(begin) < 3:
        return None
    return next((number for number, month in enumerate(_MONTHS, start=1) if month.startswith(begin)), None)


def years_in(date: str) -> str:
    """The year or years of an ISO date or interval: ``1973`` of ``1973-11``, ``1960/1965`` of itself."""
    first, slash, last = date.partition("/")
    if not slash:
        return first[:4]
    first, last = first[:4].removesuffix(".."), last[:4].removesuffix("..")
    return first if first == last else f"{first or '..'}/{last or '..'}"
