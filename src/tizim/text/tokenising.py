"""The words of a short text, for comparing it with another: written habits taken away, letters kept."""

import re
import unicodedata
from typing import Final

from tizim.text.bounding import bounded
from tizim.text.mixing import ALIKE, unmix
from tizim.text.scripts import script_of_character

_KEPT: Final = 1 << 17  # characters remembered; text from outside must not fill the memory
_BLANKS: Final = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"
_APOSTROPHES: Final = "'`´’‘‛ʼʻʽʾʿˈʹʺ′՚״＇ꞌꞋ"
_DOT: Final = "."
_IOTA_BELOW: Final = "\u0345"
_GERESH: Final = "׳"
_WRITTEN_GERESH: Final = re.compile("(?<=[גצץזת])['’׳]")
_STRAY_GERESH: Final = re.compile("(?<![גצץזת])׳")
# Scripts whose marks are habits; in all others a mark is a vowel or a part of the letter.
_MARKS_DROPPED: Final = frozenset({"", "Latn", "Cyrl", "Grek", "Arab", "Hebr"})
# Letters that are more than their base with a mark, and what each is written as here.
_WHOLE: Final = dict(zip("йїўѓќئك", "йїўѓќئک", strict=True)) | {
    "ي": "ی",
    "ـ": "",
    _GERESH: _GERESH,
    ".": ".",
    "&": " and ",
}

_DOTTED: Final = re.compile(r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])")
_ORDINAL: Final = re.compile(r"[0-9]+(?:st|nd|rd|th)")
_CHANGE: Final = re.compile(r"(?<=[0-9])(?=[^0-9])|(?<=[^0-9])(?=[0-9])")


class _Visible(dict[int, str]):
    """Characters by number and what is seen of each: nothing of joiners, controls, surrogates and apostrophes."""

    def __missing__(self, number: int) -> str:
        seen = _seen_of(chr(number))
        if len(self) < _KEPT:
            self[number] = seen
        return seen


def _seen_of(character: str) -> str:
    if character in _APOSTROPHES or (
        unicodedata.category(character) in {"Cf", "Cc", "Cs"} and character not in _BLANKS
    ):
        return ""
    parts = unicodedata.normalize("NFKD", character)
    if _IOTA_BELOW in parts:  # a mark that case-folding would make a letter of
        return unicodedata.normalize("NFKC", parts.replace(_IOTA_BELOW, ""))
    return character


class _Characters(dict[int, str]):
    """Case-folded characters by number, and what is left of each in a word; a blank for what parts words."""

    def __missing__(self, number: int) -> str:
        left = _left_of(chr(number))
        if len(self) < _KEPT:
            self[number] = left
        return left


def _left_of(character: str) -> str:
    if (whole := _WHOLE.get(character)) is not None:
        return whole
    category = unicodedata.category(character)
    if character in _APOSTROPHES:  # those that normalisation brings out, as of "ŉ"
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category[0] not in "LMN":
        return " "
    if script_of_character(character) not in _MARKS_DROPPED:
        return character
    if category[0] == "M":
        return ""
    base = (c for c in unicodedata.normalize("NFKD", character) if unicodedata.category(c)[0] != "M")
    return "".join(_WHOLE.get(c, c) for c in base)


_VISIBLE: Final = _Visible()
_CHARACTERS: Final = _Characters()
_ASCII: Final = {n: _CHARACTERS[ord(chr(n).lower())] if _VISIBLE[n] else None for n in range(128)}


def tokens(text: str) -> tuple[str, ...]:
    """The words of *text*, in order, in small letters and without marks of Latin, Cyrillic, Greek, Arabic and Hebrew.

    What is not seen (bidirectional controls, joiners, soft hyphens) vanishes, as do apostrophes, so that
    "Sa'id" is one word. Other punctuation parts words, ``%`` and ``+`` too. ``&`` is the word "and".
    Single letters with dots between them are one word ("L.L.C."); with blanks they stay apart. Digits are
    written 0 to 9 and part from letters, but for English ordinals ("2nd"). Words that mix letters that print
    alike are read in one script. Twice is once, with blanks between the words.
    """
    if text.isascii():
        text = text.translate(_ASCII)
        mixed = False
    else:
        text = _WRITTEN_GERESH.sub(_GERESH, text)
        text = unicodedata.normalize("NFKC", bounded(text).translate(_VISIBLE))
        mixed = len(ALIKE.intersection(map(script_of_character, text))) > 1
        if mixed:
            text = " ".join(map(unmix, text.split()))
        text = _fold_marks(text)
    if _DOT in text:
        text = _DOTTED.sub(_without_dots, text).replace(_DOT, " ")
    parts = text.split()
    if not "".join(parts).isalpha():
        parts = _part_numbers(parts)
    return tuple(map(unmix, parts)) if mixed else tuple(parts)


def _fold_marks(text: str) -> str:
    if _GERESH in text:
        text = _STRAY_GERESH.sub("", text)
    return unicodedata.normalize("NFKC", text.casefold().translate(_CHARACTERS))


def _without_dots(found: re.Match[str]) -> str:
    return found[0].replace(_DOT, "")


def _part_numbers(parts: list[str]) -> list[str]:
    apart: list[str] = []
    for part in parts:
        if part.isalpha() or part.isdecimal() or _ORDINAL.fullmatch(part):
            apart.append(part)
        else:
            apart.extend(_CHANGE.sub(" ", part).split())
    return apart
