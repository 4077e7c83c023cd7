"""The Solar Hijri calendar of Iran and Afghanistan, for whole days only: a month of the other calendar spans two."""

import datetime as dt
from typing import Final

_BREAKS: Final = (
    -61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192, 2262, 2324, 2394, 2456, 3178,
)  # fmt: skip
"""years in which the rhythm of leap years changes (Borkowski's reckoning, which agrees with the official calendar
for the years 1206 to 1498)"""
_FIRST, _LAST = dt.date(1900, 1, 1), dt.date(2100, 1, 1)

IRAN: Final = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
AFGHANISTAN: Final = ("حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت")


def solar(day: dt.date) -> tuple[int, int, int] | None:
    """Year, month and day by the Solar Hijri calendar; ``None`` outside the years for which this is certain."""
    if not _FIRST <= day < _LAST:
        return None
    year = day.year - 621
    march = _new_year(year)
    passed = (day - dt.date(day.year, 3, march)).days
    if passed < 0:
        year -= 1
        march = _new_year(year)
        passed = (day - dt.date(day.year - 1, 3, march)).days
    if passed < 186:  # six months of 31 days
        return year, passed // 31 + 1, passed % 31 + 1
    passed -= 186
    return year, passed // 30 + 7, passed % 30 + 1


def read_day(year: int, month: int, day: int, *, solar_allowed: bool) -> str | None:
    """The ISO day of what was typed; a year before 1700 is one of the Solar Hijri calendar, where readers count by it.

    ``None`` where there is no such day.
    """
    if not solar_allowed or year >= 1700:
        try:
            return dt.date(year, month, day).isoformat()
        except ValueError:
            return None
    if not (1279 < year < 1478 and 1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        return None
    passed = (month - 1) * 31 if month < 7 else 186 + (month - 7) * 30
    found = dt.date(year + 621, 3, _new_year(year)) + dt.timedelta(days=passed + day - 1)
    return found.isoformat() if solar(found) == (year, month, day) else None


def _new_year(year: int) -> int:
    """The day of March on which a year begins."""
    gregorian = year + 621
    leaps, before = -14, _BREAKS[0]
    jump = 0
    for mark in _BREAKS[1:]:
        jump = mark - before
        if year < mark:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
        before = mark
    n = year - before
    leaps += n // 33 * 8 + (n % 33 + 3) // 4
    if jump % 33 == 4 and jump - n == 4:
        leaps += 1
    others = gregorian // 4 - (gregorian // 100 + 1) * 3 // 4 - 150
    return 20 + leaps - others
