"""Periods of the advanced XML: a start and an end, each between two days."""

from typing import Final

from tizim.sources.dates import parted
from tizim.sources.us_ofac_enhanced.dated import When, interval
from tizim.sources.us_ofac_enhanced.tree import Node

_YES_NO: Final = {"true": True, "false": False, "": False}
_FIXED: Final = ("@YearFixed", "@MonthFixed", "@DayFixed")


def when(period: Node | None) -> When | None:
    """The time in *period*, whose values are taken only if they are understood.

    A period of another calendar is not understood, and neither is one with a qualifier that is not known here.
    """
    if period is None:
        return None
    if not is_gregorian(period):
        return None
    if any(period.each(end, "@BoundaryQualifierTypeID") for end in ("Start", "End")):
        return None
    days = [_day(period, end, side) for end in ("Start", "End") for side in ("From", "To")]
    start_from, start_to, end_from, end_to = days
    if start_from is None:
        return None
    start_to = start_to or start_from
    end_from, end_to = end_from or end_to or start_from, end_to or end_from or start_to
    date = interval(
        start_from, start_to, end_from, end_to, ranging=(start_from, end_from) != (start_to, end_to)
    )  # fmt: skip
    circa = [_YES_NO.get(one.value) for end in ("Start", "End") for one in period.each(end, "@Approximate")]
    if date is None or None in circa:
        return None
    _take(period)
    return When(date=date, circa=True in circa)


def is_gregorian(dated: Node) -> bool:
    """Whether a date or period is of the Gregorian calendar, as it is where none is named."""
    word, code = dated.first("@CalendarType"), dated.first("@CalendarTypeID")
    return word.value == "Gregorian" if word else code is None


def _day(period: Node, end: str, side: str) -> str | None:
    for node in period.each(end, side):
        year, month, day = (one.value if (one := node.first(tag)) else "" for tag in ("Year", "Month", "Day"))
        return parted(year, month, day)
    return None


def _take(period: Node) -> None:
    """Take all of a period that has been read."""
    for tag in ("@CalendarType", *_FIXED):
        period.take(tag)
    for end in ("Start", "End"):
        for node in period.each(end):
            for tag in ("@Approximate", *_FIXED):
                node.take(tag)
            for side in ("From", "To"):
                for day in node.each(side):
                    for tag in ("Year", "Month", "Day"):
                        day.take(tag)
