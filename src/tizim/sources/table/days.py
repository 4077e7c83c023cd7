"""Dates as people type them into tables, in many languages and three calendars.

A date becomes an ISO date, or a part of one, or an interval; or it is not read, with the reason. Nothing is
guessed: where day and month could be either, it is the table or its keeper who says which comes first.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import msgspec

from tizim.sources.dates import from_hijri, from_solar_hijri, iso_day, parted
from tizim.sources.table.vocabulary import GREGORIAN, ISLAMIC, SOLAR, inflected, words
from tizim.text import fold

DAY_OR_MONTH: Final = "day or month first?"
NOT_IN_ORDER: Final = "not in the order of the others"
_CENTURY: Final = "of which century?"
_CALENDAR: Final = "of which calendar?"

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_NUMERIC: Final = re.compile(r"(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})")
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})\s?[./]\s?(\d{4})")
_SPAN: Final = re.compile(r"(\d{4})\s?[-–—/]\s?(\d{4})")
_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+(?:['’ʼ`][^\W\d_]+)?")
_BETWEEN_TOKENS: Final = re.compile(r"[\s.,()«»\"“”'’ـ-]*")
_MAX: Final = 80
"""No date has more letters."""
_FIRST, _LAST = 1600, 2150
"""Years of dates of the Gregorian calendar: others are years of another calendar, or slips."""


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A cell read as a date, or the reason why not."""

    date: str = ""
    about: bool = False
    calendar: str = ""
    """the calendar, if it was not the Gregorian one"""
    in_words: bool = False
    """whether more than digits had to be understood"""
    reason: str = ""
    """in a few words, where it was not read and why is known"""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What a column says of the order of day and month."""

    order: str = ""
    """``dmy``, ``mdy``, or empty where nothing proves either"""
    dots: str = "dmy"
    """the same for dates with dots, in which the day comes first unless the column shows otherwise"""
    proof: str = ""
    """the cell that proves it"""
    contrary: str = ""
    """a cell that proves the opposite, if there is one: then nothing is proven"""
    open: tuple[str, ...] = ()
    """cells that could be read both ways"""


def plain_digits(text: str) -> str:
    """*text* with the digits of all scripts as those of ASCII."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def order_of(cells: Iterable[str]) -> Order:
    """Which of day and month comes first in the digits of a column, by the cells of which only one can be right."""
    proofs = {"dmy": "", "mdy": ""}
    of_dots: set[str] = set()
    both: list[str] = []
    for cell in cells:
        match = _numeric_in(cell)
        if match is None or len(match[4]) != 4:
            continue
        first, second = int(match[1]), int(match[3])
        proven = _proven(first, second)
        if match[2] == ".":
            of_dots.add(proven)
        elif proven:
            proofs[proven] = proofs[proven] or cell
        elif first != second and first and second:
            both.append(cell)
    dots = "dmy" if "mdy" not in of_dots else "mdy" if "dmy" not in of_dots else ""
    if proofs["dmy"] and proofs["mdy"]:
        return Order(dots=dots, proof=proofs["dmy"], contrary=proofs["mdy"], open=tuple(both))
    order = next((order for order, proof in proofs.items() if proof), "")
    return Order(order=order, dots=dots, proof=proofs[order] if order else "", open=tuple(both))


def _numeric_in(cell: str) -> re.Match[str] | None:
    """The date in digits that a cell is, perhaps with a word for *year* after it."""
    text = plain_digits(cell[:_MAX]).strip()
    match = _NUMERIC.match(text)
    if match is None:
        return None
    rest = [fold(word) for word in _TOKEN.findall(text[match.end() :])]
    return match if all(word in words("filler") for word in rest) else None


@lru_cache(maxsize=65536)
def read_day(cell: str, order: str = "", calendar: str = "", dots: str = "dmy") -> Day:
    """The date that *cell* is; *order* (of day and month), *dots* (the same, where dots part them) and
    *calendar* are what is known of its column.
    """
    text = plain_digits(cell).strip().strip('«»"“”').strip()
    if not text or len(text) > _MAX:
        return Day()
    if not calendar and (day := iso_day(text)):
        return Day(date=day) if _FIRST <= int(day[:4]) <= _LAST else Day(reason=_CALENDAR)
    numbers: list[str] = []
    names: list[tuple[str, int]] = []
    marks: set[str] = set()
    about, at = False, 0
    for token, start, end in _tokens(text):
        if not _BETWEEN_TOKENS.fullmatch(text, at, start) and not _joins(text[at:start], numbers, token):
            return Day()
        at = end
        low = fold(token)
        if token.isdigit():
            numbers.append(token)
        elif low in inflected():
            names.append(inflected()[low])
        elif low in words("about"):
            about = True
        elif (mark := _mark(low)) is not None:
            marks.add(mark)
        elif low not in words("filler"):
            return Day()
    if not _BETWEEN_TOKENS.fullmatch(text, at) or len(names) > 1:
        return Day()
    found = _named(names[0], numbers) if names else _unnamed(text, numbers, order, dots)
    if isinstance(found, str):
        return Day(reason=found)
    said = names[0][0] if names and names[0][0] != GREGORIAN else ""
    used = _calendar(said, marks, calendar if not names else "", found[0], has_month_name=bool(names))
    if used is None:
        return Day(reason=_CALENDAR)
    date = _converted(used, *found)
    if date is None:
        return Day(reason=_CALENDAR if used == GREGORIAN and not _FIRST <= int(found[0][:4]) <= _LAST else "")
    return Day(
        date=date, about=about, calendar="" if used == GREGORIAN else used, in_words=bool(names or marks or about)
    )


def _joins(between: str, numbers: list[str], token: str) -> bool:
    """Whether *between* is a slash or dash within a date in digits."""
    return bool(numbers) and token.isdigit() and between.strip() in {"/", "–", "—"}


def _tokens(text: str) -> list[tuple[str, int, int]]:
    """Numbers and words, with two words as one where they are the name of one month or mark."""
    found: list[tuple[str, int, int]] = []
    for match in _TOKEN.finditer(text):
        if found and not match[0].isdigit() and not found[-1][0].isdigit():
            pair = f"{found[-1][0]} {match[0]}"
            low = fold(pair)
            if low in inflected() or low in words("about"):
                found[-1] = (pair, found[-1][1], match.end())
                continue
        found.append((match[0], match.start(), match.end()))
    return found


def _mark(word: str) -> str | None:
    """Which calendar a word says; ``hijri`` for one that both calendars of Islam use."""
    return next((role for role in ("solar", "islamic", "hijri", "gregorian") if word in words(role)), None)


_Parts = tuple[str, str, str]
"""year (or years ``1955/1958``), month, day, in digits; what is not known is empty"""


def _named(month: tuple[str, int], numbers: list[str]) -> _Parts | str:
    """The parts of a date of which the month is named."""
    years = [number for number in numbers if len(number) in {3, 4}]
    days = [number for number in numbers if len(number) <= 2]
    if len(years) != 1 or len(days) > 1 or len(numbers) > 2:
        return _CENTURY if len(numbers) == 2 and len(days) == 2 else ""
    return years[0], str(month[1]), days[0] if days else ""


def _unnamed(text: str, numbers: list[str], order: str, dots: str) -> _Parts | str:
    """The parts of a date in digits."""
    if len(numbers) == 1:
        return (numbers[0], "", "") if len(numbers[0]) == 4 else ""
    if len(numbers) == 2:
        if span := _SPAN.search(text):
            return (f"{span[1]}/{span[2]}", "", "") if span[1] < span[2] else ""
        if match := _ISO.search(text):
            return match[1], match[2], ""
        if match := _MONTH_YEAR.search(text):
            return match[2], match[1], ""
        return ""
    match = _NUMERIC.search(text)
    if match is None or len(numbers) != 3:
        return ""
    if len(match[1]) == 4:
        return match[1], match[3], match[4] if len(match[4]) <= 2 else "99"
    if len(match[4]) != 4 or len(match[1]) > 2:
        return _CENTURY if len(match[4]) == 2 else ""
    first, second = int(match[1]), int(match[3])
    if not first or not second or first == second:
        # A day or month of zeros is not known; of two zeros the year remains.
        day, month = (match[1], match[3]) if order != "mdy" else (match[3], match[1])
        return match[4], month, day
    # Dots are written where the day comes first; of strokes and dashes nobody can say.
    known = order or (dots if match[2] == "." else "")
    proven = _proven(first, second)
    if proven and order and proven != order:
        return NOT_IN_ORDER
    order = proven or known
    if not order:
        return DAY_OR_MONTH
    day, month = (match[1], match[3]) if order == "dmy" else (match[3], match[1])
    return match[4], month, day


def _proven(first: int, second: int) -> str:
    """The only order in which two numbers can be a day and a month, if there is only one."""
    if 12 < first <= 31 and 1 <= second <= 12:
        return "dmy"
    return "mdy" if 12 < second <= 31 and 1 <= first <= 12 else ""


def _calendar(by_month: str, marks: set[str], by_plan: str, year: str, *, has_month_name: bool) -> str | None:
    """The calendar of a date, by the name of its month, a mark beside it, and what the plan says; ``None``: unclear."""
    said = {by_month} if by_month else set()
    said |= {calendar for mark, calendar in _OF_MARK.items() if mark in marks}
    if "hijri" in marks and not said & {SOLAR, ISLAMIC}:
        if by_plan:
            said.add(by_plan)
        elif int(year[:4]) >= _SURELY_ISLAMIC:
            said.add(ISLAMIC)
        else:
            return None
    if len(said) > 1:
        return None
    if said:
        return said.pop()
    if by_plan and not has_month_name:
        return by_plan if int(year[:4]) < _FIRST else GREGORIAN
    return GREGORIAN


_OF_MARK: Final = {"solar": SOLAR, "islamic": ISLAMIC, "gregorian": GREGORIAN}
_SURELY_ISLAMIC: Final = 1415
"""A *hijri* year from this one on is of the Islamic calendar: the solar one reaches it in 2036."""


def _converted(calendar: str, year: str, month: str, day: str) -> str | None:
    """The date in ISO, or the interval that it is there."""
    if calendar == GREGORIAN:
        if "/" in year:
            return year if int(year[:4]) >= _FIRST and int(year[5:]) <= _LAST else None
        return parted(year, month, day) if _FIRST <= int(year) <= _LAST else None
    if "/" in year:
        return None
    convert = from_solar_hijri if calendar == SOLAR else from_hijri
    if day and int(day) > _days_of(calendar, int(month or 0)):
        return None
    return convert(int(year), int(month or 0), int(day or 0))


def _days_of(calendar: str, month: int) -> int:
    """The most days that a month can have."""
    if calendar == ISLAMIC:
        return 30
    return 31 if month <= 6 else 30
