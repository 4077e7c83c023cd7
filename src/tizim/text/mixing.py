"""Words that mix letters of scripts which print alike, as "Рutin" with a Cyrillic Р."""

from collections import Counter
from functools import cache
from typing import Final

from tizim.text import tables
from tizim.text.scripts import script_of_character

ALIKE: Final = frozenset({"Latn", "Cyrl", "Grek"})
_COLUMNS: Final = ("Latn", "Cyrl", "Grek")


@cache
def _to(script: str) -> dict[int, str]:
    own = _COLUMNS.index(script)
    return {
        ord(other): row[own]
        for row in tables.rows("lookalikes")
        if row[own] != "."
        for column, other in enumerate(row)
        if column != own and other != "."
    }


def unmix(word: str) -> str:
    """*word* with look-alikes of Latin, Cyrillic and Greek as letters of the script most of it is in.

    Of two scripts with as many letters the one that comes first wins.
    """
    counts = Counter(s for s in map(script_of_character, word) if s in ALIKE)
    return word.translate(_to(counts.most_common(1)[0][0])) if len(counts) > 1 else word
