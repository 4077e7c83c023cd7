"""Dates as the enhanced XML writes them: the first and last day on which each end of a time may lie."""

import calendar
from functools import lru_cache
from typing import Final

import msgspec

from tizim.sources.dates import iso_day
from tizim.sources.us_ofac_enhanced.tree import Node

_ENDS: Final = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")
_YES_NO: Final = {"true": True, "false": False, "": False}


class When(msgspec.Struct, frozen=True, kw_only=True):
    """A time as an ISO date or interval, and whether it is said to be about right only."""

    date: str
    circa: bool


def when(node: Node | None) -> When | None:
    """The time in *node*, whose values are taken only if they are understood."""
    if node is None:
        return None
    found = [node.first(tag) for tag in (*_ENDS, "isApproximate", "isDateRange")]
    values = [one.value if one else "" for one in found]
    circa, ranging = (_YES_NO.get(value) for value in values[4:])
    date = interval(*values[:4], ranging=ranging) if ranging is not None else None
    if date is None or circa is None:
        return None
    for one in found:
        if one:
            one.own()
    return When(date=date, circa=circa)


@lru_cache(maxsize=16384)
def interval(from_begin: str, from_end: str, to_begin: str, to_end: str, *, ranging: bool) -> str | None:
    """The ISO date or interval of the four days.

    A whole year or month that begins and ends as such is that year or month. In a range each end may itself
    be a year, a month or a day.
    """
    days = [iso_day(text) for text in (from_begin, from_end, to_begin, to_end)]
    if not all(days):
        return None
    a, b, c, d = (day or "" for day in days)
    if not a <= b <= d or not a <= c <= d:
        return None
    if ranging and (a, b) != (c, d):
        first, last = _span(a, b), _span(c, d)
        return f"{first.partition('/')[0]}/{last.rpartition('/')[2]}"
    return _span(a, d)


def _span(first: str, last: str) -> str:
    """The day, month, year or interval from one day to another."""
    if first == last:
        return first
    if first[:4] == last[:4]:
        if first.endswith("-01-01") and last.endswith("-12-31"):
            return first[:4]
        if first[:7] == last[:7] and first.endswith("-01"):
            year, month, day = map(int, last.split("-"))
            if day == calendar.monthrange(year, month)[1]:
                return first[:7]
    elif first.endswith("-01-01") and last.endswith("-12-31"):
        return f"{first[:4]}/{last[:4]}"
    return f"{first}/{last}"
