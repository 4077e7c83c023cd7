"""Words of any script in the 26 letters: what spellings of one name in many scripts have in common.

The values are chosen so that spellings come out alike, not so that they can be turned back.
Each script has a table below ``tables``; what has none is read by anyascii.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Final

from anyascii import anyascii

from tizim.text import tables
from tizim.text.bounding import bounded
from tizim.text.indic import read_indic
from tizim.text.mixing import ALIKE, unmix
from tizim.text.reading import Reading
from tizim.text.scripts import script_of_character

_KEPT: Final = 1 << 17  # readings remembered; text from outside must not fill the memory
_HANGUL: Final = range(0xAC00, 0xD7A4)

_ASCII: Final = {n: chr(n).lower() if chr(n).isalnum() else None for n in range(128)}


class _Letters(dict[int, str]):
    """Characters met so far, by number, and how each is read by itself."""

    def __missing__(self, number: int) -> str:
        if not self:
            self.update(
                {ord(letter): value for name in ("latin", "han") for letter, value in tables.pairs(name).items()}
            )
            return self[number]
        reading = _read_letter(chr(number))
        if len(self) < _KEPT:
            self[number] = reading
        return reading


def _read_letter(letter: str) -> str:
    if ord(letter) in _HANGUL:
        return _read_syllable(ord(letter) - _HANGUL.start)
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if category[0] not in "LMN":
        return ""
    base = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    if not base.isascii() and base != letter:
        base = "".join(_LETTERS[ord(c)] for c in base.casefold())
    return (base if base.isascii() else anyascii(letter)).translate(_ASCII)


@cache
def _jamo() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple("" if j == "-" else j for j in line.split(" ")) for _, line in tables.rows("hangul"))


def _read_syllable(place: int) -> str:
    initials, vowels, finals = _jamo()
    rest, final = divmod(place, len(finals))
    initial, vowel = divmod(rest, len(vowels))
    return initials[initial] + vowels[vowel] + finals[final]


_LETTERS: Final = _Letters()

# Words that tell which language's Cyrillic they are in.
_SERBIAN: Final = re.compile("[ђћџљњјѓќѕ]")
_UKRAINIAN: Final = re.compile("[іїєґ]")
_KAZAKH: Final = re.compile("[әғқңөұүһ]")
_IOTATED: Final = re.compile("(?<=[аеёиоуыэюяәөұүіьъ])(?=[её])")

_POINTS: Final = re.compile("[\u0591-\u05bf\u05c3-\u05c7]+")
_GERESH: Final = re.compile("(?<=[גצץזת])['’׳]")
_SHADDA: Final = re.compile("(.)([\u064b-\u0650]?)\u0651")
_ACCENTS: Final = re.compile("[\u0300-\u0307\u0309-\u036f]+")

_TO_HIRAGANA: Final = {n: n - 0x60 for n in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
_DOUBLED: Final = re.compile("っ+([bdfghjkmprstvwyz])")
_LONG: Final = re.compile("(?<=o)[ou]+|(?<=u)u+")
_SIXTHS: Final = re.compile("(?:[^\\W_aeiou]+~){3,}")


def _read_cyrillic(word: str) -> str:
    if _SERBIAN.search(word):
        return Reading.of("cyrillic", "cyrillic-serbian").read(word)
    if _UKRAINIAN.search(word) and not _KAZAKH.search(word):
        return Reading.of("cyrillic", "cyrillic-ukrainian").read(word)
    return Reading.of("cyrillic").read(_IOTATED.sub("й", word))


def _read_greek(word: str) -> str:
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", word))
    return Reading.of("greek").read(unicodedata.normalize("NFC", plain))


def _read_hebrew(word: str) -> str:
    return Reading.of("hebrew").read(_POINTS.sub("", word))


def _read_arabic(word: str) -> str:
    return Reading.of("arabic").read(_SHADDA.sub(r"\1\1\2", word))


def _read_kana(word: str) -> str:
    word = Reading.of("kana").read(word.translate(_TO_HIRAGANA))
    word = word.replace("っch", "tch")
    return _LONG.sub("", _DOUBLED.sub(r"\1\1", word)).replace("っ", "")


def _read_ethiopic(word: str) -> str:
    word = Reading.of("ethiopic").read(word)
    head, mark, tail = word.partition("~")
    if mark and not any(vowel in head for vowel in "aeiou"):
        word = f"{head}i{tail}"
    word = word.replace("~y~", "iy")
    return _SIXTHS.sub(_every_second, word).replace("~", "")


def _every_second(found: re.Match[str]) -> str:
    parts = found[0].split("~")[:-1]
    return "".join(part + ("i" if place % 2 else "") for place, part in enumerate(parts[:-1])) + parts[-1]


# How a run of letters of a script is read, and which characters make up the run.
_READERS: Final[dict[str, tuple[Callable[[str], str], re.Pattern[str]]]] = {
    "Cyrl": (_read_cyrillic, re.compile("[\u0400-\u052f\u1c80-\u1c8f]+")),
    "Grek": (_read_greek, re.compile("[\u0370-\u03ff\u1f00-\u1fff\u0300-\u036f]+")),
    "Geor": (Reading.reader("georgian"), re.compile("[\u10a0-\u10ff\u2d00-\u2d2f]+")),
    "Armn": (Reading.reader("armenian"), re.compile("[\u0531-\u058a]+")),
    "Hebr": (_read_hebrew, re.compile("[\u0591-\u05f4]+")),
    "Arab": (_read_arabic, re.compile("[\u0600-\u065f\u066e-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff]+")),
    "Hira": (_read_kana, re.compile("[\u3041-\u30ff]+")),
    "Kana": (_read_kana, re.compile("[\u3041-\u30ff]+")),
    "Ethi": (_read_ethiopic, re.compile("[\u1200-\u137f\u2d80-\u2ddf\uab00-\uab2f]+")),
    **dict.fromkeys(
        ("Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh"),
        (read_indic, re.compile("[\u0900-\u0dff]+")),
    ),
}


def romanise(word: str) -> str:
    """*word*, of any script, in small letters a to z and digits.

    Twice is once; the same for all that normalisation holds equal; never fails.
    Punctuation, blanks and marks vanish, as do most signs for a glottal stop.
    """
    if word.isascii():
        return word.lower() if word.isalnum() else word.translate(_ASCII)
    word = unicodedata.normalize("NFKC", bounded(word))
    present = set(map(script_of_character, word))
    if len(present & ALIKE) > 1:
        word = unmix(word)
        present = set(map(script_of_character, word))
    word = word.casefold()
    if "Hebr" in present:
        word = _GERESH.sub("׳", word)
    for script in present.intersection(_READERS):
        read, runs = _READERS[script]
        word = read(word) if len(present) == 1 else runs.sub(lambda run, read=read: read(run[0]), word)  # type: ignore[misc]  # a default binds the loop's value
    if not word.isascii():
        word = unicodedata.normalize("NFC", word).translate(_LETTERS)
    return word if word.isalnum() and word.islower() else word.translate(_ASCII)


_SYLLABLES: Final = re.compile("[\uac00-\ud7a3]|[^\uac00-\ud7a3]+")
_HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_CHARACTERS: Final = re.compile(f"[{_HAN}]|[^{_HAN}]+")


def hangul_syllables(word: str) -> tuple[str, ...]:
    """One romanised string for each Hangul syllable of *word*, and one for each run of what is not Hangul."""
    word = unicodedata.normalize("NFKC", bounded(word))
    return tuple(filter(None, map(romanise, _SYLLABLES.findall(word))))


def han_syllables(word: str) -> tuple[str, ...]:
    """One toneless pinyin string for each Han character of *word*, and one for each run of what is not Han."""
    word = unicodedata.normalize("NFKC", bounded(word))
    syllables: list[str] = []
    for part in _CHARACTERS.findall(word):
        reading = (syllables[-1] if syllables else "") if part == "々" else romanise(part)
        if reading:
            syllables.append(reading)
    return tuple(syllables)
