"""From a date as told to an ISO date, month, year or interval, by the day of publication where it is needed."""

import datetime as dt
from typing import Final

from tizim.domain.solar import read_day, solar
from tizim.news.dates.find import Told

_FUTURE: Final = 3  # a day to come is that many times as unlikely as one past
_SEASONS: Final = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
_CYCLE: Final = 30
_LEAPS: Final = frozenset({2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29})
_EPOCH: Final = dt.date(622, 7, 19)  # 1 Muharram of the year 1, civil reckoning


def resolve(told: Told, published: dt.date | None) -> str | None:
    """The ISO day, month, year or interval that *told* means; ``None`` where only *published* could tell."""
    try:
        if told.calendar == "solar":
            return _solar(told, published)
        if told.calendar == "hijri":
            return _hijri(told)
        return _gregorian(told, published)
    except (ValueError, OverflowError):
        return None


def _gregorian(told: Told, published: dt.date | None) -> str | None:
    year = told.year
    if told.relative and not told.month:
        return _relative(told, published)
    if year is None and told.relative.startswith("year") and published is not None:
        year = published.year + int(told.relative.removeprefix("year"))
    if told.day is not None:
        if told.month is None:
            return _day_of_month(told.day, published)
        if year is not None:
            return dt.date(year, told.month, told.day).isoformat()
        return _nearest(told, published)
    if told.month is not None:
        if year is None:
            if published is None:
                return None
            year = published.year - (told.month > published.month)
            if told.turn > 0 and told.month <= published.month:
                year += 1
        return f"{year:04d}-{told.month:02d}"
    if told.weekday is not None:
        return _weekday(told, published)
    return f"{year:04d}" if year is not None else None


def _nearest(told: Told, published: dt.date | None) -> str | None:
    """The day of the year that is nearest to *published*; one whose weekday is as told comes first."""
    if published is None or told.month is None or told.day is None:
        return None
    days = []
    for year in range(published.year - 6, published.year + 2):
        try:
            days.append(dt.date(year, told.month, told.day))
        except ValueError:
            continue
    if not days:
        return None
    fits = [day for day in days if told.weekday is None or day.isoweekday() == told.weekday]
    best = min(fits or days, key=lambda day: _distance(day, published))
    if abs((best - published).days) > 400 and fits != days:
        best = min(days, key=lambda day: _distance(day, published))
    return best.isoformat()


def _distance(day: dt.date, published: dt.date) -> int:
    far = (day - published).days
    return far * _FUTURE if far > 0 else -far


def _day_of_month(day: int, published: dt.date | None) -> str | None:
    if published is None:
        return None
    year, month = published.year, published.month
    if day > published.day:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return dt.date(year, month, day).isoformat()


def _weekday(told: Told, published: dt.date | None) -> str | None:
    if published is None or told.weekday is None:
        return None
    if told.turn > 0:
        return (published + dt.timedelta(days=(told.weekday - published.isoweekday() - 1) % 7 + 1)).isoformat()
    back = (published.isoweekday() - told.weekday) % 7
    if told.turn < 0 and back == 0:
        back = 7
    return (published - dt.timedelta(days=back)).isoformat()


def _relative(told: Told, published: dt.date | None) -> str | None:
    unit, _, amount = told.relative.replace("+", " +").replace("-", " -").partition(" ")
    if unit == "season":
        return _season(amount.strip(), told.year, published)
    if published is None:
        return None
    step = int(amount or 0)
    if unit == "day":
        return (published + dt.timedelta(days=step)).isoformat()
    if unit == "week":
        day = published + dt.timedelta(weeks=step)
        return f"{day - dt.timedelta(days=day.weekday())}/{day + dt.timedelta(days=6 - day.weekday())}"
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    return f"{published.year + step:04d}" if unit == "year" else None


def _season(name: str, year: int | None, published: dt.date | None) -> str | None:
    if year is None:
        if published is None:
            return None
        year = published.year - (published.month < _SEASONS[name][0])
    first, last = _SEASONS[name]
    return f"{year}-{first:02d}/{year + (last < first)}-{last:02d}"


def _solar(told: Told, published: dt.date | None) -> str | None:
    year = told.year
    if year is None and published is not None and (now := solar(published)) is not None:
        if told.relative.startswith("year"):
            year = now[0] + int(told.relative.removeprefix("year"))
        elif told.month is not None:
            if told.day is None:
                return _solar_month(now[0] - (told.month > now[1]), told.month)
            days = [
                dt.date.fromisoformat(day)
                for one in (now[0] - 1, now[0], now[0] + 1)
                if (day := read_day(one, told.month, told.day, solar_allowed=True))
            ]
            return min(days, key=lambda day: _distance(day, published)).isoformat()
    if year is None:
        return None
    if year > 1700:  # a month of the solar year with a Gregorian year
        year -= 621 if (told.month or 1) <= 9 else 622
    if told.month is None:
        return f"{year + 621}/{year + 622}"
    if told.day is None:
        return _solar_month(year, told.month)
    return read_day(year, told.month, told.day, solar_allowed=True)


def _solar_month(year: int, month: int) -> str | None:
    first = read_day(year, month, 1, solar_allowed=True)
    last = read_day(year, month, 29, solar_allowed=True)
    return f"{first[:7]}/{last[:7]}" if first and last else None


def _hijri(told: Told) -> str | None:
    """By civil reckoning, which may be a day off where the moon is sighted."""
    if told.year is None or told.month is None:
        return None
    cycles, rest = divmod(told.year - 1, _CYCLE)
    days = cycles * 10631 + rest * 354 + sum(year <= rest for year in _LEAPS)
    days += (told.month - 1) * 29 + told.month // 2 + (told.day or 1) - 1
    first = _EPOCH + dt.timedelta(days=days)
    if told.day is not None:
        return first.isoformat()
    last = first + dt.timedelta(days=28)
    return f"{first.isoformat()[:7]}/{last.isoformat()[:7]}" if first.month != last.month else first.isoformat()[:7]
