"""Names by the words in them, and subjects by the numbers of their entries, in memory.

To look for a word in all names takes a moment that grows with the register; here it takes one that grows with
what is found, the shortest names first, so that whoever wants only the nearest need not read on.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

Row = TypeVar("Row")


class Concordance(Generic[Row]):
    """Rows by the words of their folded names, and subjects by numbers in whatever case."""

    def __init__(self, named: Iterable[tuple[str, Row]], numbered: Iterable[tuple[str, str]]) -> None:
        ordered = sorted(named, key=lambda pair: (len(pair[0]), pair[0]))
        self._folded: Sequence[str] = [folded for folded, _ in ordered]
        self._rows: Sequence[Row] = [row for _, row in ordered]
        self._places: dict[str, array[int]] = {}
        for place, folded in enumerate(self._folded):
            for word in set(folded.split()):
                own = self._places.get(word)
                if own is None:
                    own = self._places[word] = array("I")
                own.append(place)
        self._numbered: dict[str, str | set[str]] = {}
        for key, subject in numbered:
            lowered = key.lower()
            held = self._numbered.setdefault(lowered, subject)
            if held != subject:
                held = self._numbered[lowered] = {held} if isinstance(held, str) else held
                held.add(subject)

    def holding(self, words: str) -> Iterator[Row]:
        """Rows in whose names the folded *words* stand together as whole words, the shortest names first."""
        each = words.split()
        places = [self._places.get(word) for word in each]
        rarest = min((own for own in places if own is not None), key=len, default=None)
        if rarest is None or None in places:
            return
        if len(each) == 1:
            yield from (self._rows[place] for place in rarest)
            return
        together = f" {words} "
        yield from (self._rows[place] for place in rarest if together in f" {self._folded[place]} ")

    def numbered(self, key: str) -> list[str]:
        """Subjects of the entries numbered *key*, in whatever case."""
        found = self._numbered.get(key.lower(), ())
        return [found] if isinstance(found, str) else sorted(found)
