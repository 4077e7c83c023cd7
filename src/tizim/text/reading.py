"""Reading by a table: letters, groups of letters, and what they are at a word's edges."""

import re
from collections.abc import Callable
from functools import cache
from itertools import groupby
from typing import Self

from tizim.text import tables


class Reading:
    """One table, ready to read words with; the longest group of letters wins."""

    __slots__ = ("_ends", "_groups", "_letters", "_pattern", "_starts")

    def __init__(self, table: dict[str, str]) -> None:
        self._starts = _by_length({key[1:]: value for key, value in table.items() if key[0] == "^"})
        self._ends = _by_length({key[:-1]: value for key, value in table.items() if key[-1] == "$" and key[0] != "^"})
        inner = {key: value for key, value in table.items() if key[0] != "^" and key[-1] != "$"}
        self._letters = {ord(key): value for key, value in inner.items() if len(key) == 1}
        self._groups = {key: value for key, value in inner.items() if len(key) > 1}
        self._pattern = _any_of(self._groups) if self._groups else None

    @classmethod
    @cache
    def of(cls, *names: str) -> Self:
        """The tables *names* as one; the later overrules the earlier."""
        table: dict[str, str] = {}
        for name in names:
            table |= tables.letters(name)
        return cls(table)

    @classmethod
    def reader(cls, name: str) -> Callable[[str], str]:
        """Reads words by the table *name*, which is loaded when first needed."""
        return lambda word: cls.of(name).read(word)

    def read(self, word: str) -> str:
        """*word* with each letter of the table as its reading; other characters are left."""
        head = tail = ""
        for length, readings in self._starts:
            if (reading := readings.get(word[:length])) is not None:
                head, word = reading, word[length:]
                break
        for length, readings in self._ends:
            if (reading := readings.get(word[-length:])) is not None:
                tail, word = reading, word[:-length]
                break
        if self._pattern:
            groups = self._groups
            word = self._pattern.sub(lambda found: groups[found[0]], word)
        return head + word.translate(self._letters) + tail


def _by_length(table: dict[str, str]) -> tuple[tuple[int, dict[str, str]], ...]:
    """*table* in parts by the length of its keys, the longest first."""
    ordered = sorted(table, key=len, reverse=True)
    return tuple((length, {key: table[key] for key in keys}) for length, keys in groupby(ordered, key=len))


def _any_of(groups: dict[str, str]) -> re.Pattern[str]:
    """A pattern for any of *groups*, sorted by first letter so that few are tried at each place."""
    parts = []
    for first, keys in groupby(sorted(groups), key=lambda key: key[0]):
        rests = sorted((re.escape(key[1:]) for key in keys), key=len, reverse=True)
        parts.append(f"{re.escape(first)}(?:{'|'.join(rests)})")
    return re.compile("|".join(parts))
