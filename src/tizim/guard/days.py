"""Dates, each as it is told and, between calendars, as the day it means; weekdays and words such as "yesterday"."""

from collections.abc import Iterator
from typing import Final

from tizim.guard.findings import Finding
from tizim.guard.numbers import Number
from tizim.guard.sides import Part, Span
from tizim.news.dates import resolve
from tizim.news.dates.find import Told

_YEARS: Final = range(1398, 1408)  # Solar Hijri years by which a day without a year is compared
_BEHIND: Final = 1  # words between a date and its weekday
_MAY: Final = 5  # in many languages a word of three letters, which by itself is not read as a month
_UNITS: Final = ("day", "week", "month", "year")


def told_in(part: Part) -> list[Told]:
    """The dates of *part* that can be compared: those with a month, a weekday or a relative word."""
    return [
        told
        for told in _with_weekdays(part.dates)
        if (told.month is not None and (told.day or told.year or told.calendar == "gregorian"))
        or told.weekday is not None
        or told.relative.startswith(_UNITS)
    ]


def _with_weekdays(dates: list[Told]) -> list[Told]:
    """*dates* with a weekday that stands right behind its date as a part of it."""
    found: list[Told] = []
    for told in dates:
        if (
            told.weekday is not None
            and told.month is None
            and found
            and found[-1].day
            and not found[-1].weekday
            and (told.start - found[-1].end <= _BEHIND)
        ):
            found[-1] = found[-1]._replace(end=told.end, weekday=told.weekday)
        else:
            found.append(told)
    return found


def check(source: Part, target: Part, mine: list[Number], theirs: list[Number]) -> Iterator[Finding]:
    """Dates that differ or are on one side only; *mine* and *theirs* are the numbers that are parts of no date.

    A date that only one side's reading knows as one is taken from the other side's numbers, which are then no longer
    looked for.
    """
    lost, extra = _apart(told_in(source), told_in(target))
    yield from _years(source, target)
    lost = [told for told in lost if not _taken(told, theirs)]
    extra = [told for told in extra if not _taken(told, mine)]
    for told in list(lost):
        other = max(
            (one for one in extra if _kind(one) == _kind(told)), key=lambda one: _alike(told, one), default=None
        )
        if other is None:
            continue
        lost.remove(told)
        extra.remove(other)
        said = source.said(told.start, told.end)
        yield target.found(
            "date", "severe", (other.start, other.end),
            f"The source has the date “{said}” where this has “{target.said(other.start, other.end)}”.", said,
        )  # fmt: skip
    for told in (one for one in lost if _is_sure(one) or (one.month is not None and one.month != _MAY)):
        yield source.found(
            "date", "severe", (told.start, told.end),
            f"The date “{source.said(told.start, told.end)}” is not in the translation.",
        )  # fmt: skip
    for told in filter(_is_sure, extra):
        yield target.found(
            "date", "severe", (told.start, told.end),
            f"The source has no date “{target.said(told.start, told.end)}”.",
        )  # fmt: skip


def _kind(told: Told) -> str:
    return "date" if told.month is not None else "weekday" if told.weekday is not None else "relative"


def _is_sure(told: Told) -> bool:
    """Whether a date is one that must be on both sides; a weekday or a bare month may be told in other words."""
    return told.month is not None and (told.day is not None or told.year is not None)


def _apart(mine: list[Told], theirs: list[Told]) -> tuple[list[Told], list[Told]]:
    """What each side has and the other has not, the same date said twice counted once where the other says it once."""
    lost = [told for told in mine if not any(_same(told, other) for other in theirs)]
    extra = [told for told in theirs if not any(_same(other, told) for other in mine)]
    return lost, extra


def _same(one: Told, other: Told) -> bool:
    if one.month is None or other.month is None:
        return (one.month, one.weekday, one.relative) == (other.month, other.weekday, other.relative)
    if one.weekday and other.weekday and one.weekday != other.weekday:
        return False
    if one.calendar == other.calendar:
        years = one.year is None or other.year is None or one.year == other.year
        return years and one.month == other.month and one.day == other.day
    first, second = resolve(one, None), resolve(other, None)
    if first is not None and second is not None:
        return (
            first == second
            or (one.day is None and first[:7] in second.split("/"))
            or (other.day is None and second[:7] in first.split("/"))
        )
    if one.year is not None and other.year is not None:
        return False
    return any(_in_year(one, year) == _in_year(other, year) is not None for year in _YEARS)


def _in_year(told: Told, solar: int) -> str | None:
    """Month and day of *told* in a year in which the Solar Hijri one is *solar*."""
    year = solar if told.calendar == "solar" else solar + 621
    found = resolve(told._replace(year=year), None)
    return found[5:] if found else None


def _alike(one: Told, other: Told) -> int:
    return (one.month == other.month) + (one.day == other.day) + (one.year == other.year)


def _years(source: Part, target: Part) -> Iterator[Finding]:
    """Years that a translation leaves out of a date."""
    for told in told_in(source):
        if told.year is None or told.month is None:
            continue
        fits = [one for one in told_in(target) if one.month is not None and _same(told, one)]
        if fits and all(one.year is None for one in fits):
            yield target.found(
                "date", "minor", (fits[0].start, fits[0].end),
                f"The year of “{source.said(told.start, told.end)}” is missing.",
                source.said(told.start, told.end),
            )  # fmt: skip


def _taken(told: Told, numbers: list[Number]) -> bool:
    """Whether the numbers of a date are among *numbers*, from which they are then taken."""
    wanted = [number for number in (told.day, told.year) if number is not None]
    if told.month is None or told.day is None:
        return False
    places = []
    for value in wanted:
        place = next((n for n, one in enumerate(numbers) if value in one.values and n not in places), None)
        if place is None:
            return False
        places.append(place)
    for place in sorted(places, reverse=True):
        del numbers[place]
    return True


def spans(part: Part) -> list[Span]:
    """The characters of the dates in *part*."""
    tokens = part.side.tokens
    return [Span(*tokens.span(told.start, told.end)) for told in told_in(part)]
