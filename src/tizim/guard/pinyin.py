"""Chinese names in pinyin: their syllables, and how Russian and its neighbours write them.

The school of Palladius has one spelling for each syllable: ``Xiaomei`` is ``Сяомэй``.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from tizim.news.tokens import fold

_INITIALS: Final = {
    "b": "б", "p": "п", "m": "м", "f": "ф", "d": "д", "t": "т", "n": "н", "l": "л", "g": "г", "k": "к", "h": "х",
    "j": "цз", "q": "ц", "x": "с", "zh": "чж", "ch": "ч", "sh": "ш", "r": "ж", "z": "цз", "c": "ц", "s": "с",
}  # fmt: skip
_FINALS: Final = {
    "a": "а", "o": "о", "e": "э", "ai": "ай", "ei": "эй", "ao": "ао", "ou": "оу", "an": "ань", "en": "энь", "ang": "ан",
    "eng": "эн", "ong": "ун", "i": "и", "ia": "я", "ie": "е", "iao": "яо", "iu": "ю", "ian": "янь", "in": "инь",
    "iang": "ян", "ing": "ин", "iong": "юн", "u": "у", "ua": "уа", "uo": "о", "uai": "уай", "ui": "уй", "uan": "уань",
    "un": "унь", "uang": "уан", "ue": "юэ", "ü": "юй", "üe": "юэ",
}  # fmt: skip
_ALONE: Final = {
    "a": "а", "ai": "ай", "an": "ань", "ang": "ан", "ao": "ао", "e": "э", "en": "энь", "er": "эр", "o": "о", "ou": "оу",
    "ya": "я", "ye": "е", "yao": "яо", "you": "ю", "yan": "янь", "yin": "инь", "yang": "ян", "ying": "ин", "yong": "юн",
    "yu": "юй", "yue": "юэ", "yuan": "юань", "yun": "юнь", "yi": "и", "wa": "ва", "wo": "во", "wai": "вай",
    "wei": "вэй", "wan": "вань", "wen": "вэнь", "wang": "ван", "weng": "вэн", "wu": "у",
}  # fmt: skip
_SOFT: Final = {"u": "юй", "uan": "юань", "un": "юнь", "ue": "юэ"}
"""finals behind j, q and x"""
_OWN: Final = {"hui": "хуэй", "guo": "го", "zi": "цзы", "ci": "цы", "si": "сы"}


def _spelt(initial: str, final: str) -> str:
    own = _OWN.get(initial + final)
    if own is not None:
        return own
    soft = _SOFT.get(final) if initial in {"j", "q", "x"} else None
    return _INITIALS[initial] + (soft or _FINALS[final])


def _can_be(initial: str, final: str) -> bool:
    if initial in {"j", "q", "x"}:
        return final[0] in "iuü"
    if initial in {"g", "k", "h", "zh", "ch", "sh", "r", "z", "c", "s", "f"} and final[0] == "i":
        return final == "i" and initial not in {"g", "k", "h", "f"}
    return True


_CYRILLIC: Final = _ALONE | {
    initial + final: _spelt(initial, final) for initial in _INITIALS for final in _FINALS if _can_be(initial, final)
}
_LONGEST: Final = 6
_SIGNS: Final = 3  # syllables of one word of a name at most


@lru_cache(maxsize=16_384)
def syllables(word: str) -> tuple[str, ...] | None:
    """The syllables of *word* in pinyin; ``None`` if it is none."""
    return _parted(word, _CYRILLIC)


def in_cyrillic(row: tuple[str, ...]) -> str:
    """The syllables in Cyrillic letters."""
    return "".join(_CYRILLIC[syllable] for syllable in row)


@lru_cache(maxsize=16_384)
def from_cyrillic(word: str) -> tuple[str, ...] | None:
    """The syllables in pinyin that *word* writes in Cyrillic letters; ``None`` if it writes none."""
    found = _parted(word, _PINYIN)
    return None if found is None else tuple(_PINYIN[syllable] for syllable in found)


def _parted(word: str, known: Mapping[str, str]) -> tuple[str, ...] | None:
    """*word* in syllables that are *known*, the longest first; ``None`` if it has others."""
    rows: list[tuple[str, tuple[str, ...]]] = [(word, ())]
    while rows:
        rest, found = rows.pop()
        if not rest:
            return found
        if len(found) == _SIGNS:
            continue
        rows += [
            (rest[size:], (*found, rest[:size]))
            for size in range(1, min(_LONGEST, len(rest)) + 1)
            if rest[:size] in known
        ]
    return None


_PINYIN: Final = {fold(said): syllable for syllable, said in _CYRILLIC.items()}
