"""Words in many languages: names of months, and words that tables use beside dates, names and kinds.

The words stand in ``months.csv`` and ``words.csv``; here they are folded, so that case and marks make no
difference, and looked up.
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from tizim.text import fold

GREGORIAN: Final = "gregorian"
SOLAR: Final = "solar hijri"
ISLAMIC: Final = "islamic"
CALENDARS: Final = (GREGORIAN, SOLAR, ISLAMIC)


def _rows(file: str) -> list[dict[str, str]]:
    text = resources.files("tizim.sources.table").joinpath(file).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), strict=True))


def _folded(cell: str) -> list[str]:
    return [fold(word.replace("_", " ")) for word in cell.split()]


@cache
def months() -> Mapping[str, tuple[str, int]]:
    """Calendar and number of a month by its folded name; a name that means two months means none."""
    found: dict[str, tuple[str, int]] = {}
    twice: set[str] = set()
    for row in _rows("months.csv"):
        for number in range(1, 13):
            for name in _folded(row[str(number)]):
                month = (row["calendar"], number)
                if found.setdefault(name, month) != month:
                    twice.add(name)
    return MappingProxyType({name: month for name, month in found.items() if name not in twice})


@cache
def words(role: str) -> frozenset[str]:
    """The folded words of one role, of all languages."""
    return frozenset(word for row in _rows("words.csv") if row["role"] == role for word in _folded(row["words"]))


@cache
def printed(role: str) -> tuple[str, ...]:
    """The words of one role as they are written, longest first."""
    found = {
        word.replace("_", " ") for row in _rows("words.csv") if row["role"] == role for word in row["words"].split()
    }
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@cache
def inflected() -> Mapping[str, tuple[str, int]]:
    """Months with the endings that Turkic languages put to them (``наурызда``, ``mart'ta``); all other names too."""
    endings: dict[str, list[str]] = {}
    for row in _rows("words.csv"):
        if row["role"] == "ending":
            endings[row["language"]] = _folded(row["words"])
    known = months()
    found = dict(known)
    for row in _rows("months.csv"):
        for ending in endings.get(row["language"], ()):
            for number in range(1, 13):
                for name in _folded(row[str(number)]):
                    if name in known and len(name) > 3:
                        found.setdefault(name + ending, known[name])
    return MappingProxyType(found)
