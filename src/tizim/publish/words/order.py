"""The order in which a reader of a language looks things up, and the letters under which they are found.

Names are told apart first by their letters, then by marks on them, then by capitals, and at last by whatever else
differs, so that the order is always the same. Blanks come before letters; other signs count last. The scripts of the
language come first, numbers and what has no letters come last. ``alphabets.toml`` has the alphabets.

Two things are less than CLDR has, for want of data with a free licence that is small enough: Chinese is ordered by
the commonest reading of each character without its tone, and then by the character's number; Japanese kanji are
ordered by their numbers, which is by radical and strokes for most, and not by the order of the Japanese standard.
"""

import functools
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any, Final

from tizim.text import han_syllables
from tizim.text.scripts import script_of_character

_SLOT: Final = 0x400
"""numbers for the letters of one script"""
_FIRST: Final = 0x1000
_NUMBERS: Final = chr(0xF000)
_BLANK: Final = " "
_END: Final = "\x02"
"""what ends a syllable: a shorter one comes first"""
_PLAIN: Final = "\x01"
OTHERS: Final = "#"
"""what is paged where a name begins with a number or has no letters"""
_HANGUL: Final = range(0xAC00, 0xD7A4)
_INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_ROWS: Final = "あかさたなはまやらわ"
"""the kana under which a row of the Japanese alphabet is found"""
_SMALL: Final = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")
_HAN_LABEL: Final = "字"

Key = tuple[bool, str, str, str, str]
Place = tuple[str, str]
"""how a character counts: by its letters, and by the marks on them"""


_NAMES: Final = 4_096
"""names of which each language remembers the place: a letter of the longest list has as many"""


class Order:
    """The order of one language. Immutable, but for the characters and names met so far."""

    def __init__(self, code: str) -> None:
        known = _alphabets()
        own: Mapping[str, Any] = known["languages"].get(code, {})
        first: Sequence[str] = own.get("scripts", ())
        scripts = [*first, *(one for one in known["scripts"] if one not in first)]
        self._slots = {script: _FIRST + number * _SLOT for number, script in enumerate(scripts)}
        self._alike: Mapping[str, str] = known["alike"] | own.get("alike", {})
        self._by_sound = code == "zh"
        self._turkish = code == "tr"
        self._letters: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        for script, letters in (known["letters"] | own.get("letters", {})).items():
            for number, letter in enumerate(letters.split(), start=1):
                sign = chr(self._slots[script] + number)
                self._letters[letter] = sign
                self._labels[sign] = self._capital(letter)
        self._by_letter, self._by_mark = _Places(self, 0), _Places(self, 1)
        self._keys = functools.lru_cache(maxsize=_NAMES)(self._key)

    def key(self, text: str) -> Key:
        """What *text* is sorted by: a total order, in which only the same text is equal."""
        return self._keys(text)

    def _key(self, text: str) -> Key:
        plain = unicodedata.normalize("NFC", text)
        small = self._small(plain)
        letters = small.translate(self._by_letter).strip()
        return (
            not letters or letters[0] >= _NUMBERS, letters, small.translate(self._by_mark),
            plain.swapcase(), text,
        )  # fmt: skip

    def label(self, text: str) -> str:
        """The letter under which *text* is found."""
        letters = self._small(unicodedata.normalize("NFC", text)).translate(self._by_letter).strip()
        if not letters or letters[0] >= _NUMBERS:
            return OTHERS
        found = self._labels.get(letters[0])
        if found is not None:
            return found
        rest = letters[1:2]
        if script_of_character(rest) == "Hani" or letters[0] == chr(self._slots["Hani"] + _SLOT - 1):
            return _HAN_LABEL
        if ord(rest) in _HANGUL:
            return _INITIALS[(ord(rest) - _HANGUL.start) // 588]
        return rest.upper() if len(rest.upper()) == 1 else rest

    def place(self, character: str) -> Place:
        """How one small character counts."""
        found = self._letters.get(character)
        if found is not None:
            return found, _PLAIN
        if character.isspace():
            return _BLANK, _PLAIN
        alike = self._alike.get(character)
        if alike is None:
            kana = _as_hiragana(character)
            apart = unicodedata.normalize("NFKD" if kana == character else "NFD", kana)
            if ord(character) in _HANGUL or apart == character:
                return self._other(character)
            base = "".join(sign for sign in apart if not unicodedata.combining(sign))
            marks = "".join(sign for sign in apart if unicodedata.combining(sign)) or character
            return self._joined(base.lower(), marks)
        return self._joined(alike, character)

    def _joined(self, base: str, marks: str) -> Place:
        places = [self.place(sign) for sign in base]
        letters = "".join(letter for letter, _ in places)
        return letters, "".join(mark for _, mark in places) + marks if letters else ""

    def _other(self, character: str) -> Place:
        """A character of no alphabet: after those of its script, numbers last; signs count only at the very end."""
        value = unicodedata.digit(character, None)
        if value is not None:
            return chr(ord(_NUMBERS) + value), _PLAIN
        slot = self._slots.get(script_of_character(character))
        if slot is None or not character.isalpha():
            return "", ""
        sound = "".join(han_syllables(character)) if self._by_sound and self._is_han(slot) else ""
        if sound.isascii() and sound:
            return f"{chr(slot + _SLOT - 1)}{sound}{_END}", character
        return chr(slot + _SLOT - 1) + character, _PLAIN

    def _is_han(self, slot: int) -> bool:
        return slot == self._slots["Hani"]

    def _small(self, text: str) -> str:
        if self._turkish:
            text = text.replace("I", "ı").replace("İ", "i")
        return text.lower()

    def _capital(self, letter: str) -> str:
        if letter in "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん":
            return max(row for row in _ROWS if row <= letter)
        return "İ" if self._turkish and letter == "i" else letter.upper()


class _Places(dict[int, str]):
    """Characters met so far, and how each counts, for ``str.translate``."""

    def __init__(self, order: Order, which: int) -> None:
        super().__init__()
        self._order, self._which = order, which

    def __missing__(self, number: int) -> str:
        found = self._order.place(chr(number))[self._which]
        if len(self) < _KEPT:
            self[number] = found
        return found


_KEPT: Final = 1 << 16
"""characters remembered; text from outside must not fill the memory"""


def _as_hiragana(character: str) -> str:
    """Katakana, wide or narrow, as the hiragana that it is looked up under; small ones as whole ones."""
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) == 1 and 0x30A1 <= ord(plain) <= 0x30F6:
        plain = chr(ord(plain) - 0x60)
    return plain.translate(_SMALL)


@functools.cache
def _alphabets() -> Mapping[str, Any]:
    text = resources.files("tizim.publish.words").joinpath("alphabets.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@functools.cache
def order(language: str) -> Order:
    """The order of a language; that of no language in particular, for one of which no alphabet says more."""
    return Order(language)
