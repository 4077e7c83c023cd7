"""How far a name in one script is from the same name in another, or in another language's spelling.

Both are romanised; what languages and scripts write differently for one sound costs nothing, what they often do costs
little, any other letter costs one. So a name of which a letter was changed is told from one that was written anew.
"""

import re
from functools import lru_cache
from typing import Final

from tizim.text import romanise
from tizim.text.scripts import script_of

_UNITS: Final = (
    ("shch", "S"), ("tsch", "C"), ("tch", "C"), ("sch", "S"), ("dzh", "J"), ("dsch", "J"), ("tsh", "C"),
    ("sh", "S"), ("ch", "C"),
    ("kh", "x"), ("zh", "Z"), ("dj", "J"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ts", "T"),
    ("tz", "T"), ("ck", "k"), ("qu", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("gu", "g"), ("ks", "X"),
    ("lj", "J"), ("j", "J"), ("q", "k"), ("w", "v"), ("x", "x"), ("ie", "i"), ("oe", "o"),
    ("aa", "a"), ("ue", "u"), ("ii", "i"),
)  # fmt: skip
_FREE: Final = {
    frozenset(pair)
    for pair in ("SC", "JZ", "xh", "ck", "cs", "iy", "Jy", "zZ", "Tc", "CJ", "Sc", "Jx", "Xx", "Jh", "Cc")
}  # fmt: skip
_CHEAP: Final = {
    frozenset(pair): cost
    for pair, cost in (
        ("ae", 0.4), ("ei", 0.4), ("ou", 0.4), ("ao", 0.5), ("au", 0.5), ("eo", 0.6), ("ey", 0.2), ("vf", 0.3),
        ("xk", 0.4), ("sz", 0.4), ("gh", 0.4), ("Ts", 0.3), ("Tz", 0.3), ("zs", 0.4), ("dt", 0.7), ("pb", 0.8),
        ("gJ", 0.4), ("vu", 0.35), ("xg", 0.5), ("Sx", 0.4), ("iJ", 0.3), ("zJ", 0.4), ("gx", 0.5),
    )
}  # fmt: skip
_ARABIC: Final = {
    frozenset(pair): cost
    for pair, cost in (
        ("pb", 0.0), ("vu", 0.0), ("vo", 0.0), ("gJ", 0.0), ("vf", 0.0), ("dz", 0.2), ("ts", 0.2), ("ie", 0.0),
        ("ye", 0.0), ("gk", 0.2),
        ("xk", 0.3), ("ao", 0.2), ("ae", 0.1), ("au", 0.3), ("ai", 0.4), ("gC", 0.4), ("td", 0.5),
        ("kg", 0.2), ("xg", 0.4), ("oi", 0.6), ("uo", 0.0), ("av", 0.5), ("SC", 0.0), ("CS", 0.0),
    )
}  # fmt: skip
_VOWELS: Final = frozenset("aeiouy")
_DOUBLED: Final = re.compile(r"(.)\1+")
_VOWEL: Final = re.compile("[aeiouy]")


@lru_cache(maxsize=65_536)
def sounds(word: str) -> str:
    """*word* as a row of sounds."""
    made = _DOUBLED.sub(r"\1", romanise(word))
    for letters, sound in _UNITS:
        made = made.replace(letters, sound)
    return _DOUBLED.sub(r"\1", made)


@lru_cache(maxsize=65_536)
def departure(one: str, other: str, *, bare_one: bool = False, bare_other: bool = False) -> float:
    """The cost of the letters by which two names differ; below a half they may be one name, written anew.

    *bare_one* and *bare_other*: that this one is in a script that leaves short vowels out.
    """
    first, second = sounds(one), sounds(other)
    if first == second:
        return 0.0
    bare = bare_one or bare_other
    mine = [
        _alone(first, place, is_bare=bare_one, is_full=bare and not bare_one, is_other_full=not bare_other)
        for place in range(len(first))
    ]
    theirs = [
        _alone(second, place, is_bare=bare_other, is_full=bare and not bare_other, is_other_full=not bare_one)
        for place in range(len(second))
    ]
    strict = 0.1 if not bare and script_of(one) == script_of(other) else 0.0
    row = [0.0]
    for cost in theirs:
        row.append(row[-1] + cost)
    for sound, drop in zip(first, mine, strict=True):
        before = row
        row = [before[0] + drop]
        for at, against in enumerate(second, 1):
            row.append(
                min(
                    before[at] + drop,
                    row[at - 1] + theirs[at - 1],
                    before[at - 1] + (cost + strict if (cost := _swap(sound, against, is_vowelless=bare)) else 0.0),
                )
            )
    return row[-1]


def _swap(one: str, other: str, *, is_vowelless: bool) -> float:
    if one == other:
        return 0.0
    pair = frozenset((one, other))
    if pair in _FREE:
        return 0.0
    if is_vowelless and pair in _ARABIC:
        return _ARABIC[pair]
    return _CHEAP.get(pair, 1.0)


def _alone(word: str, place: int, *, is_bare: bool, is_full: bool, is_other_full: bool) -> float:
    """What a sound costs that the other name has not.

    *is_bare*: vowels that are written here are long ones, which the other has; *is_full*: the other leaves vowels
    out; *is_other_full*: it does not.
    """
    sound = word[place]
    if sound == "h":
        return 0.1 if is_bare or is_full else 0.3
    beside = word[max(0, place - 1) : place] + word[place + 1 : place + 2]
    if is_full and sound in _VOWELS:
        return 0.5 if sound in "iuy" and place == len(word) - 1 else 0.05
    if is_bare and sound in "aeiouyv":
        if place == 0:
            return 0.1 if sound == "a" else 0.6
        return 0.2 if (sound in "yv" and _VOWEL.search(beside)) or not is_other_full else 0.5
    if sound in "iyJ" and _VOWEL.search(beside):
        return 0.15 if place else 0.3
    if sound == "u" and _VOWEL.search(beside):
        return 0.6
    if sound == "e" and place == len(word) - 1:
        return 0.3
    return 1.0
