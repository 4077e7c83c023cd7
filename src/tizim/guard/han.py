"""Names in Chinese signs against names in letters, syllable by syllable.

A foreign name is written with signs for its syllables, its parts with a dot between them (``莫娜·尤尔``). Which sign is
chosen for a syllable is free within a class of sounds, so what is compared is the row of consonants: each must have its
syllable, and each syllable its consonant. A Chinese name is its reading in pinyin.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from tizim.guard.readings import readings
from tizim.guard.vocabulary import given_name, is_translated_name
from tizim.text import romanise

_DOTTED: Final = re.compile("[\u3400-\u9fff]{1,60}(?:[·•・‧][\u3400-\u9fff]{1,60})+")
_AND: Final = re.compile("[和与與及]")
_NG: Final = re.compile("ng(?![aeiouy])")  # one sound, which a nasal syllable ends with
_PART: Final = re.compile("[㐀-鿿]+")
_INITIAL: Final = re.compile("^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?")
_CLASS: Final = {
    "b": "P", "p": "P", "d": "T", "t": "T", "g": "K", "k": "K", "Q": "K", "x": "X", "h": "H", "f": "F", "v": "F",
    "m": "M", "n": "N", "l": "L", "r": "R", "s": "S", "z": "S", "S": "S", "Z": "S", "C": "S", "J": "J", "T": "S",
}  # fmt: skip
"""classes of the sounds of letters; what is not here is a vowel"""
_INITIALS: Final = {
    "b": "P", "p": "P", "d": "T", "t": "T", "g": "KJH", "k": "KX", "h": "HX", "f": "FH", "m": "M", "n": "N",
    "l": "LR", "r": "RLJ", "z": "SJ", "c": "S", "s": "S", "zh": "SJ", "ch": "SJ", "sh": "S", "j": "JSK", "q": "SKJ",
    "x": "SHX", "w": "F", "y": "J",
}  # fmt: skip
"""classes that a syllable may stand for, by its first sound in pinyin"""
_WEAK: Final = frozenset("wy")  # first sounds that may be none
_UNSAID: Final = {"r": 0.3, "H": 0.3, "n": 0.6, "J": 0.7}
_VOWELS: Final = frozenset("aeiouy")
_PARTICLES: Final = frozenset("德迪达冯范杜")
_INNER: Final = 6  # signs of a part that stands between two dots, at most
_LONGEST: Final = 8  # signs of one part of a name
_WRONG: Final = 0.75
"""the cost from which a part of a name is another"""


class Garbled(NamedTuple):
    """A name in signs that departs from one in letters, by its characters in the text."""

    start: int
    end: int
    word: str
    """the part of the name in letters that it departs from"""


@lru_cache(maxsize=16_384)
def _rows(word: str) -> tuple[str, ...]:
    """The consonants of each reading of *word*."""
    return tuple(dict.fromkeys(_consonants(reading) for reading in readings(word)))


def _consonants(reading: str) -> str:
    said = _NG.sub("n", reading)
    found = []
    for place, sound in enumerate(said):
        one = _CLASS.get(sound, "")
        if one in {"R", "N"} and said[place + 1 : place + 2] not in _VOWELS:
            one = one.lower()  # in front of no vowel it may be left out
        found.append(one)
    return "".join(found)


@lru_cache(maxsize=16_384)
def _syllable(sign: str) -> tuple[str, bool, float]:
    """The classes that *sign* may begin with, whether it ends in a nasal, and what it costs as a vowel alone."""
    reading = romanise(sign)
    if reading in {"er", "r"}:
        return "LRr", False, 1.0
    initial = _INITIAL.match(reading)
    first = initial[0] if initial else ""
    classes = _INITIALS.get(first, "")
    alone = 0.05 if not first or reading in {"yi", "wu"} else 0.3 if first in _WEAK else 1.0
    return classes + classes.lower(), reading.endswith(("n", "ng")), alone


@lru_cache(maxsize=16_384)
def departure(word: str, signs: str) -> float:
    """How far *signs* are from sounding like *word*: about the number of consonants that differ."""
    return min(_of_row(row, signs) for row in _rows(word))


def _of_row(wanted: str, signs: str) -> float:
    size = len(wanted)
    row = [0.0]
    for sound in wanted:
        row.append(row[-1] + _UNSAID.get(sound, 1.0))
    for sign in signs:
        classes, is_nasal, alone = _syllable(sign)
        made = [float("inf")] * (size + 1)
        for at in range(size + 1):
            after = row[at] + alone
            _take(made, wanted, at, after, is_nasal=is_nasal)
            if at < size and wanted[at] in classes:
                _take(made, wanted, at + 1, row[at], is_nasal=is_nasal)
        for at in range(size):
            made[at + 1] = min(made[at + 1], made[at] + _UNSAID.get(wanted[at], 1.0))
        row = made
    return row[size]


def _take(made: list[float], wanted: str, at: int, cost: float, *, is_nasal: bool) -> None:
    made[at] = min(made[at], cost + (0.5 if is_nasal else 0.0))
    if is_nasal and at < len(wanted) and wanted[at] in "nNM":
        made[at + 1] = min(made[at + 1], cost)


def garbled(names: list[list[str]], text: str) -> Iterator[Garbled]:
    """The dotted names of *text* that are like one of *names*, by its words, and depart from it in a part."""
    free = [name for name in names if len(name) > 1]
    for begin, said in _chains(text):
        parts = [(part.start() + begin, part[0]) for part in _PART.finditer(said)]
        rows = [
            (sum(cost for cost, _, _ in row), row, name) for name in free if (row := _fitted(name, parts)) is not None
        ]
        if not rows:
            continue
        total, row, name = min(rows, key=lambda each: each[0])
        size = sum(max(1, len(_rows(word)[0])) for word in name)
        if total > max(1.0, size * 0.55):
            continue  # another name
        free = [one for one in free if one is not name]
        for (cost, start, end), word in zip(row, name, strict=True):
            if cost >= _WRONG and not _is_conventional(word):
                yield Garbled(start, end, word)


def _chains(text: str) -> Iterator[tuple[int, str]]:
    """The names with dots in *text*. What stands between two dots and is too long for a part is the end of one name
    and the beginning of the next.
    """
    for found in _DOTTED.finditer(text):
        start = found.start()
        parts = list(_PART.finditer(text, found.start(), found.end()))
        for part in parts[1:-1]:
            if len(part[0]) > _INNER or _AND.search(part[0]):
                yield start, text[start : part.end()]
                start = part.start()
        yield start, text[start : found.end()]


def _is_conventional(word: str) -> bool:
    """Whether Chinese has a form of its own for the given name, which its sounds do not make: Michael, George."""
    return is_translated_name(word) and given_name(word) == word


def _fitted(name: list[str], parts: list[tuple[int, str]]) -> list[tuple[float, int, int]] | None:
    """Cost and place of each word of *name* among *parts*, of which the first and the last run on into the text."""
    if len(name) != len(parts):
        return None
    row = []
    for number, (word, (start, signs)) in enumerate(zip(name, parts, strict=True)):
        sizes = range(1, min(len(signs), _LONGEST) + 1)
        if number == 0:
            spans = [(start + len(signs) - size, start + len(signs)) for size in sizes]
        elif number == len(parts) - 1:
            spans = [(start, start + size) for size in sizes]
        else:
            spans = [(start, start + len(signs))]
        if len(signs) > 2 and signs[0] in _PARTICLES:
            spans.append((start + 1, start + len(signs)))
        row.append(min((departure(word, signs[a - start : b - start]), -abs(b - a), a, b) for a, b in spans))
    return [(cost, a, b) for cost, _, a, b in row]
