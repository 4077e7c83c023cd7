"""Dates, each as it is told and, between calendars, as the day it means; weekdays and words such as "yesterday"."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from babel.dates import format_skeleton

from tizim.guard import sentences
from tizim.guard.findings import Finding
from tizim.guard.numbers import Number
from tizim.guard.sides import Part, Span
from tizim.news.dates import resolve
from tizim.news.dates.find import Told
from tizim.news.lexicon import split

_YEARS: Final = range(1398, 1408)  # Solar Hijri years by which a day without a year is compared
_BEHIND: Final = 1  # words between a date and its weekday
_MAY: Final = 5  # in many languages a word of three letters, which by itself is not read as a month
_LEAP: Final = 2024  # a year that has every day
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
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
    # Where both sides have a date that the other has not, the two are each other's, whatever numbers there are.
    if not any(_is_sure(one) for one in extra):
        lost = [told for told in lost if not _taken(told, theirs)]
    elif not any(_is_sure(one) for one in lost):
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
            sentences.OTHER_DATE.said(source=said, target=target.said(other.start, other.end)),
            _written(told, target, other) or said,
        )  # fmt: skip
    for told in (one for one in lost if _is_sure(one) or _is_month(source, one)):
        yield source.found(
            "date", "severe", (told.start, told.end),
            sentences.NO_DATE.said(source=source.said(told.start, told.end)),
        )  # fmt: skip
    for told in filter(_is_sure, extra):
        yield target.found(
            "date", "severe", (told.start, told.end),
            sentences.NEW_DATE.said(target=target.said(told.start, told.end)),
        )  # fmt: skip


def _kind(told: Told) -> str:
    return "date" if told.month is not None else "weekday" if told.weekday is not None else "relative"


def _is_sure(told: Told) -> bool:
    """Whether a date is one that must be on both sides; a weekday or a bare month may be told in other words."""
    return told.month is not None and (told.day is not None or told.year is not None)


def _is_month(part: Part, told: Told) -> bool:
    """Whether a month without day and year is one, and neither "may" nor the given name of "Jan Kowalski"."""
    if told.month is None or told.month == _MAY:
        return False
    return told.end >= part.end or not part.said(told.end, told.end + 1)[:1].isupper()


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
    """Years that a translation leaves out of a date, or gives to another one of two."""
    years, there = (frozenset([None, *(told.year for told in told_in(part))]) for part in (source, target))
    for told in told_in(source):
        if told.year is None or told.month is None:
            continue
        fits = [one for one in told_in(target) if one.month is not None and _same(told, one)]
        if fits and all(one.year is None for one in fits):
            if told.year in there:  # "from March to June 2019" has the year at one of the two
                continue
            swapped = [one for one in told_in(target) if one.calendar == told.calendar and one.year not in years]
            if swapped:
                yield target.found(
                    "date", "severe", (swapped[0].start, swapped[0].end),
                    sentences.OTHER_DATE.said(
                        source=source.said(told.start, told.end),
                        target=target.said(swapped[0].start, swapped[0].end),
                    ),
                )  # fmt: skip
                continue
            yield target.found(
                "date", "minor", (fits[0].start, fits[0].end),
                sentences.NO_YEAR.said(source=source.said(told.start, told.end)),
                _written(told, target, fits[0]),
            )  # fmt: skip


def _written(told: Told, target: Part, there: Told) -> str | None:
    """The date *told* as the language of *target* writes it, in the calendar and digits of the date that is *there*.

    ``None`` for a weekday and for what is no day of any calendar.
    """
    if told.month is None:
        return None
    said = target.said(there.start, there.end)
    written = _in_solar(told, target, said) if there.calendar == "solar" else _in_gregorian(told, target)
    zero = next((ord(sign) - int(sign) for sign in said if sign.isdecimal()), ord("0"))
    return written and "".join(chr(zero + int(sign)) if sign.isdecimal() else sign for sign in written)


def _in_gregorian(told: Told, target: Part) -> str | None:
    locale = target.side.language.locale
    if told.calendar != "gregorian":
        date = _date(told)
        return None if date is None else format_skeleton("yMMMMd", date, locale=locale)
    try:
        date = dt.date(told.year or _LEAP, told.month or 1, told.day or 1)
    except ValueError:
        return None
    return format_skeleton(f"{'y' if told.year else ''}MMMM{'d' if told.day else ''}", date, locale=locale)


def _in_solar(told: Told, target: Part, said: str) -> str | None:
    """*told* in the Solar Hijri calendar, its month by the usage that *said* is in: Iran's, or Afghanistan's."""
    date = _date(told)
    if date is None:
        return None
    months = {
        number: [name for name in split(names) if "*" not in name]
        for number, names in target.side.language.dates.solar.items()
    }
    usage = next((place for names in months.values() for place, name in enumerate(names) if name in said), 0)
    for year in (date.year - 622, date.year - 621):
        for month in range(1, 13):
            for day in range(1, 32):
                if _date(told._replace(calendar="solar", year=year, month=month, day=day)) == date:
                    names = months.get(str(month), [])
                    return f"{day} {names[min(usage, len(names) - 1)]} {year}" if names else None
    return None


def _date(told: Told) -> dt.date | None:
    """The one day that is told."""
    found = resolve(told, None)
    return dt.date.fromisoformat(found) if found is not None and _DAY.fullmatch(found) else None


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
