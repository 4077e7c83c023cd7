"""Which script a string is written in (ISO 15924 codes)."""

import unicodedata
from collections import Counter
from typing import Final

from tizim.text import tables

COMMON: Final = "Zyyy"
_VOWELLESS: Final = frozenset({"Arab", "Hebr", "Syrc"})
_KEPT: Final = 1 << 16  # characters remembered; text from outside must not fill the memory
_FORMS: Final = frozenset({"FULLWIDTH", "HALFWIDTH", "MATHEMATICAL", "CIRCLED", "PARENTHESIZED", "SQUARED"})


class _Scripts(dict[str, str]):
    """Characters met so far and their scripts; nothing for those that belong to all scripts."""

    def __init__(self) -> None:
        super().__init__()
        self._words: dict[str, str] = {}

    def __missing__(self, character: str) -> str:
        self._words = self._words or tables.pairs("scripts")
        script = self._of(character)
        if len(self) < _KEPT:
            self[character] = script
        return script

    def _of(self, character: str) -> str:
        first = unicodedata.name(character, "").partition(" ")[0].partition("-")[0]
        if first in self._words:
            return self._words[first]
        if first in _FORMS and (plain := unicodedata.normalize("NFKC", character)) != character:
            return next(filter(None, map(self.__getitem__, plain)), "")
        return ""


class _LetterScripts(_Scripts):
    """The same for letters only."""

    def _of(self, character: str) -> str:
        return super()._of(character) if character.isalpha() else ""


_SCRIPTS: Final = _Scripts()
_LETTERS: Final = _LetterScripts()
script_of_character = _SCRIPTS.__getitem__
_script_of_letter = _LETTERS.__getitem__


def script_of(text: str) -> str:
    """The script most letters of *text* belong to; ``Zyyy`` (common) where it has no letters."""
    if text.isascii():
        return "Latn" if any(c.isalpha() for c in text) else COMMON
    counts = Counter(map(_script_of_letter, text))
    del counts[""]
    return counts.most_common(1)[0][0] if counts else COMMON


def scripts_in(text: str) -> frozenset[str]:
    """The scripts that letters of *text* belong to; empty where it has no letters of a known script."""
    return frozenset(map(_script_of_letter, text)) - {""}


def is_vowelless(script: str) -> bool:
    """Whether *script* leaves short vowels unwritten, so that consonants are all that can be compared."""
    return script in _VOWELLESS
