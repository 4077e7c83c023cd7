"""Dates in a row of words: which words make one, and what they say, before anything is resolved."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from babel import Locale

from tizim.news.language import Language, load
from tizim.news.lexicon import Automaton, Mark, split
from tizim.news.tokens import Border, Tokens, cut
from tizim.text.scripts import script_of

_ALSO: Final = {"ar": ("ar_SY", "ar_MA", "ar_IQ", "ar_DZ"), "fa": ("fa_AF",), "ur": ("ur_IN",)}
"""locales whose names of months are read besides a language's own"""
_YEARS: Final = range(1900, 2100)
_SOLAR_YEARS: Final = range(1300, 1500)
_ORDINAL: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|го|е|ға|ге|де|да|та|те|нда|нде)")
_SLASHES: Final = re.compile(r"\s*[/.\-٫⁄]\s*")
_DIGIT: Final = re.compile(r"\d")
_OPENING: Final = frozenset({"relative", "weekday", "number", "month", "short"})
"""marks that a date may begin with, beside numbers"""
_VERB: Final = "may"  # English: "the 3rd may appeal"
_SHORTEST_GARBLED: Final = 5
_FILLERS: Final = 3


class Told(NamedTuple):
    """A date as told, by the words from *start* up to *end*; ``None`` for what they do not say."""

    start: int
    end: int
    calendar: str = "gregorian"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """Monday is 1"""
    relative: str = ""
    turn: int = 0
    """-1 for last, +1 for next"""


class Almanac:
    """The words for dates in one language, compiled."""

    def __init__(self, language: Language) -> None:
        self._words = Automaton(lambda text: cut(text, language))
        self._months: dict[str, int] = {}
        dates = language.dates
        for locale in (language.locale, *_ALSO.get(language.locale.partition("_")[0], ())):
            self._take_cldr(locale)
        for calendar, table in (("gregorian", dates.months), ("solar", dates.solar), ("hijri", dates.hijri)):
            for number, patterns in table.items():
                for pattern in split(patterns):
                    self._words.add(pattern, "month", f"{calendar} {number}")
                    if calendar != "gregorian" and pattern.endswith("ا"):
                        self._words.add(f"{pattern}ی", "month", f"{calendar} {number}")  # "جوزای ۱۴۰۲"
                    if calendar == "gregorian" and not pattern.endswith("*"):
                        self._months[pattern] = int(number)
        for kind, table in (("weekday", dates.weekdays), ("number", dates.numbers), ("relative", dates.relative)):
            for value, patterns in table.items():
                for pattern in split(patterns):
                    self._words.add(pattern, kind, value)
        for kind in ("last", "next", "this", "parts", "year", "month_unit", "day_unit", "vague"):
            for pattern in split(getattr(dates, kind)):
                self._words.add(pattern, kind, kind)

    def _take_cldr(self, name: str) -> None:
        locale = Locale.parse(name)
        for form in ("format", "stand-alone"):
            for number, month in locale.months[form]["wide"].items():
                if not month[0].isdigit():
                    self._words.add(month, "month", f"gregorian {number}")
                    self._months[month.casefold()] = number
            for number, day in locale.days[form]["wide"].items():
                self._words.add(day, "weekday", str(number + 1))
        if script_of(locale.months["format"]["wide"][1]) in {"Latn", "Cyrl"}:
            for form in ("format", "stand-alone"):
                for number, month in locale.months[form]["abbreviated"].items():
                    self._words.add(month.rstrip("."), "short", f"gregorian {number}")

    def find(self, tokens: Tokens, start: int, end: int) -> list[Told]:
        """The dates told by the words from *start* up to *end*."""
        marks = self._words.find(tokens.words[start:end], ())
        return self.read(
            tokens, start, end, [Mark(one.kind, one.value, one.start + start, one.end + start) for one in marks]
        )

    def marks(self, tokens: Tokens) -> dict[int, list[Mark]]:
        """The words for dates in *tokens*, by the first word of the sentence that they stand in."""
        found: dict[int, list[Mark]] = {start: [] for start, _ in tokens.sentences}
        sentences = iter(tokens.sentences)
        row: list[Mark] = []
        end = 0
        for mark in self._words.find(tokens.words, [end - 1 for _, end in tokens.sentences]):
            while mark.start >= end:
                start, end = next(sentences)
                row = found[start]
            row.append(mark)
        return found

    def read(self, tokens: Tokens, start: int, end: int, found: list[Mark]) -> list[Told]:
        """The dates told by the words from *start* up to *end*, in which the words for dates *found* stand."""
        words = tokens.words[start:end]
        has_digit = _DIGIT.search("".join(words)) is not None
        if not has_digit and all(mark.kind not in _OPENING for mark in found):
            return []
        kinds: dict[int, dict[str, Mark]] = {}
        for mark in found:
            marks = kinds.get(mark.start)
            if marks is None:
                kinds[mark.start] = {mark.kind: mark}
                continue
            known = marks.get(mark.kind)
            if known is None or known.end < mark.end:
                marks[mark.kind] = mark
        numbers: dict[int, int] = {}
        ordinals: dict[int, int] = {}
        if has_digit:
            for place, word in enumerate(words, start):
                if word.isdecimal():
                    if len(word) <= 4:
                        numbers[place] = int(word)
                elif word[:1].isdigit() and not word.isdigit() and (told := _ORDINAL.fullmatch(word)):
                    ordinals[place] = int(told[1])
        opening = {place for place, marks in kinds.items() if not _OPENING.isdisjoint(marks)}
        reading = _Reading(self, tokens, kinds, numbers, ordinals, end)
        return list(reading.dates(sorted({*opening, *numbers, *ordinals})))

    def garbled_month(self, word: str) -> int | None:
        """The month that *word* misspells by one letter."""
        if len(word) < _SHORTEST_GARBLED:
            return None
        return next((number for name, number in self._months.items() if _differ_by_one(word, name)), None)


class _Reading:
    """One sentence, read from left to right."""

    def __init__(
        self,
        almanac: Almanac,
        tokens: Tokens,
        kinds: dict[int, dict[str, Mark]],
        numbers: dict[int, int],
        ordinals: dict[int, int],
        end: int,
    ) -> None:
        self._almanac = almanac
        self._tokens = tokens
        self._kinds = kinds
        self._numbers = numbers
        self._end = end
        self._ordinals = ordinals

    def dates(self, places: list[int]) -> Iterator[Told]:
        """The dates that begin at any of *places*, which rise."""
        after = 0
        for place in places:
            if place < after:
                continue
            told = self._at(place)
            if told is not None:
                yield self._turned(told)
                after = told.end

    def _mark(self, kind: str, place: int) -> Mark | None:
        marks = self._kinds.get(place)
        return marks.get(kind) if marks is not None else None

    def _at(self, place: int) -> Told | None:
        if (relative := self._mark("relative", place)) is not None:
            return self._season(Told(place, relative.end, relative=relative.value))
        if (weekday := self._mark("weekday", place)) is not None:
            return self._with_weekday(weekday)
        return self._plain(place)

    def _season(self, told: Told) -> Told:
        """A season with its year, where one stands behind it."""
        if told.relative.startswith("season") and (year := self._year(self._skip(told.end))) is not None:
            return told._replace(year=year[0], end=year[1])
        return told

    def _with_weekday(self, weekday: Mark) -> Told:
        after = self._skip(weekday.end)
        date = self._plain(after) if after < self._end and self._tokens.border[after] <= Border.STRONG else None
        if date is not None and date.day is not None:
            return date._replace(start=weekday.start, weekday=int(weekday.value))
        return Told(weekday.start, weekday.end, weekday=int(weekday.value))

    def _plain(self, place: int) -> Told | None:
        """Day, month and year, in any order that is written."""
        if (slashed := self._slashed(place)) is not None:
            return slashed
        if (chinese := self._with_units(place)) is not None:
            return chinese
        if (led := self._led_by_year(place)) is not None:
            return led
        if (day := self._day(place)) is not None:
            number, after = day
            month = self._month(self._skip(after), named_only=False)
            if month is not None:
                calendar, value, after = month
                return self._with_year(Told(place, after, calendar=calendar, month=value, day=number))
        if (month := self._month(place, named_only=True)) is not None:
            calendar, value, after = month
            told = Told(place, after, calendar=calendar, month=value)
            day = self._day(self._skip(after))
            if day is not None and (self._numbers.get(day[1]) not in _YEARS or True):
                next_ = self._month(self._skip(day[1]), named_only=True)
                if next_ is None:
                    return self._with_year(told._replace(day=day[0], end=day[1]))
            return self._with_year(told)
        return self._lone_year(place)

    def _led_by_year(self, place: int) -> Told | None:
        """``2024 жылғы 1 сәуірде``: the year with its word, then day and month."""
        number = self._numbers.get(place)
        unit = self._mark("year", place + 1)
        if number is None or unit is None or (number not in _YEARS and number not in _SOLAR_YEARS):
            return None
        day = self._day(unit.end)
        month = self._month(self._skip(day[1]), named_only=True) if day is not None else None
        if day is None or month is None:
            return None
        calendar, value, after = month
        if self._year(self._skip(after)) is not None:
            return None  # a year stands behind it too: "in the year 2024, 1 April 2025"
        return Told(place, after, calendar=calendar, year=number, month=value, day=day[0])

    def _with_year(self, told: Told) -> Told:
        place = self._skip(told.end)
        year = self._year(place)
        if year is not None and (place == told.end or self._tokens.border[place] <= Border.COMMA):
            return told._replace(year=year[0], end=year[1])
        if (relative := self._mark("relative", place)) is not None and relative.value.startswith("year"):
            return told._replace(relative=relative.value, end=relative.end)
        return told

    def _year(self, place: int) -> tuple[int, int] | None:
        number = self._numbers.get(place)
        if number is not None and (number in _YEARS or number in _SOLAR_YEARS):
            return number, self._over("year", place + 1)
        return None

    def _lone_year(self, place: int) -> Told | None:
        """A year by itself: four digits of our time, or a number with the word for year."""
        number = self._numbers.get(place)
        if number is None or len(self._tokens.words[place]) != 4:
            return None
        after = self._over("year", place + 1)
        before = any(self._mark("year", place - size) for size in (1, 2))
        if number in _YEARS and (after > place + 1 or before or self._is_free(place)):
            return Told(place, after, year=number)
        if number in _SOLAR_YEARS and (after > place + 1 or before):
            return Told(place, after, calendar="solar", year=number)
        return None

    def _is_free(self, place: int) -> bool:
        """Whether a number of four digits is not part of a larger one or of a count."""
        text, start, end = self._tokens.text, self._tokens.starts[place], self._tokens.ends[place]
        return text[max(0, start - 1) : start] not in {",", ".", "$", "€", "£", "№"} and text[end : end + 2] not in {
            ",0", ".0",
        }  # fmt: skip

    def _slashed(self, place: int) -> Told | None:
        """``17/4/2025``, ``17.04.2025``, ``2025-04-17``."""
        tokens = self._tokens
        numbers = self._numbers
        if place not in numbers or place + 1 not in numbers or place + 2 not in numbers:
            return None
        gaps = [tokens.text[tokens.ends[place + step] : tokens.starts[place + step + 1]] for step in (0, 1)]
        if not all(_SLASHES.fullmatch(gap) for gap in gaps):
            return None
        first, second, third = (self._numbers[place + step] for step in (0, 1, 2))
        if first in _YEARS or first in _SOLAR_YEARS:
            year, month, day = first, second, third
        else:
            day, month, year = first, second, third
            if month > 12 >= day:
                day, month = month, day
            if year < 100:
                year += 2000
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        calendar = "solar" if year in _SOLAR_YEARS else "gregorian"
        return Told(place, place + 3, calendar=calendar, year=year, month=month, day=day)

    def _with_units(self, place: int) -> Told | None:
        """``2025年4月17日``, and parts of it."""
        number = self._numbers.get(place)
        if number is None:
            return None
        year = month = day = None
        after = place
        if (unit := self._mark("year", place + 1)) is not None and self._mark("month_unit", unit.end + 1):
            year, after = number, unit.end
            number = self._numbers.get(after)
        if number is not None and (unit := self._mark("month_unit", after + 1)) is not None:
            month, after = number, unit.end
            number = self._numbers.get(after)
        if number is not None and (unit := self._mark("day_unit", after + 1)) is not None:
            day, after = number, unit.end
        if (month is None and day is None) or not 1 <= (month or 1) <= 12 or not 1 <= (day or 1) <= 31:
            return None
        return Told(place, after, year=year, month=month, day=day)

    def _day(self, place: int) -> tuple[int, int] | None:
        if place >= self._end:
            return None
        number = self._numbers.get(place)
        if number is None:
            word = self._mark("number", place)
            if word is not None:
                return int(word.value), word.end
            number = self._ordinals.get(place)
        if number is not None and 1 <= number <= 31 and len(self._tokens.words[place]) <= 4:
            return number, place + 1
        return None

    def _month(self, place: int, *, named_only: bool) -> tuple[str, int, int] | None:
        if place >= self._end:
            return None
        mark = self._mark("month", place)
        if mark is not None:
            calendar, _, number = mark.value.partition(" ")
            if self._is_month(place):
                second = self._second_name(mark)
                return (calendar, int(number), mark.end) if second is None else second
            return None
        short = self._mark("short", place)
        if short is not None and (self._is_day(place - 1, place) or self._is_day(short.end, short.end)):
            calendar, _, number = short.value.partition(" ")
            return calendar, int(number), short.end
        if not named_only and self._numbers.get(place + 1) in _YEARS:
            garbled = self._almanac.garbled_month(self._tokens.words[place])
            if garbled is not None:
                return "gregorian", garbled, place + 1
        return None

    def _is_day(self, place: int, border: int) -> bool:
        """Whether a number that can be a day stands at *place*, with no comma before the word at *border*."""
        number = self._numbers.get(place)
        return number is not None and 1 <= number <= 31 and not self._tokens.border[border]

    def _second_name(self, first: Mark) -> tuple[str, int, int] | None:
        """The month behind a stroke, where it is told in two usages at once: "شباط/فبراير"."""
        second = self._mark("month", first.end)
        if second is None:
            return None
        tokens = self._tokens
        if tokens.text[tokens.ends[first.end - 1] : tokens.starts[second.start]].strip() != "/":
            return None
        calendar, _, number = second.value.partition(" ")
        return calendar, int(number), second.end

    def _is_month(self, place: int) -> bool:
        """A month that is another word too ("may", "مهر") counts with a capital letter or a number beside it."""
        raw = self._tokens.raw[place]
        if not self._tokens.language.capitals or raw[0].isupper():
            return True
        return (
            any(step in self._numbers or self._mark("number", step) for step in (place - 1, place - 2, place + 1))
            or (place - 1 in self._ordinals and raw != _VERB)  # "1er mai"
            or len(raw) > 3
        )

    def _skip(self, place: int) -> int:
        """Over words that may stand inside a date."""
        for _ in range(_FILLERS):
            mark = self._mark("parts", place)
            if mark is None or mark.end >= self._end:
                break
            place = mark.end
        return place

    def _over(self, kind: str, place: int) -> int:
        mark = self._mark(kind, place)
        return place if mark is None else mark.end

    def _turned(self, told: Told) -> Told:
        """With "last" or "next" before or behind it."""
        if told.year is not None or told.day is not None or told.relative:
            return told
        for kind, turn in (("last", -1), ("next", 1)):
            mark = self._mark(kind, told.end)
            if mark is not None:
                return told._replace(end=mark.end, turn=turn)
            before = next(
                (m for size in (1, 2, 3) if (m := self._mark(kind, told.start - size)) and m.end == told.start), None
            )
            if before is not None:
                return told._replace(start=before.start, turn=turn)
        return told


def _differ_by_one(one: str, other: str) -> bool:
    """Whether one letter is added, left out or put for another."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    place = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    if len(short) == len(long):
        return short[place + 1 :] == long[place + 1 :]
    return short[place:] == long[place + 1 :]


@cache
def almanac(code: str) -> Almanac:
    """The words for dates in the language *code*."""
    return Almanac(load(code))
