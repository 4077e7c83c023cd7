"""How far a name in one script is from the same name in another, or in another language's spelling.

What languages and scripts write differently for one sound costs nothing, what they often do costs little, any other
letter costs one. So a name of which a letter was changed is told from one that was written anew. There are three ways
to compare: letters against letters of one script (`respelt`), sounds against sounds of two scripts that write their
vowels, and sounds against the letters of a script that leaves short vowels out.
"""

import re
from functools import lru_cache
from typing import Final

from tizim.guard.readings import plain_readings, readings
from tizim.text import romanise
from tizim.text.scripts import script_of

_FREE: Final = {frozenset(pair) for pair in ("JZ", "xh", "iy", "Qk")}
_CHEAP: Final = {
    frozenset(pair): cost
    for pair, cost in (
        ("ae", 0.4), ("ei", 0.4), ("ou", 0.4), ("ao", 0.6), ("au", 0.6), ("eo", 0.6), ("ey", 0.3), ("vf", 0.3),
        ("xk", 0.4), ("Qx", 0.3), ("Qg", 0.3), ("sz", 0.4), ("gh", 0.1), ("Ts", 0.3), ("Tz", 0.2),
        ("dt", 0.7), ("pb", 0.8), ("CS", 0.3),
        ("gJ", 0.4), ("vu", 0.35), ("xg", 0.5), ("Sx", 0.5), ("iJ", 0.3), ("zJ", 0.4), ("zZ", 0.4), ("Jy", 0.2),
        ("CJ", 0.4), ("Jx", 0.4), ("Jh", 0.5), ("TC", 0.5), ("kT", 0.5), ("Sh", 0.6), ("Cx", 0.4), ("kC", 0.4),
    )
}  # fmt: skip
_VOWELS: Final = frozenset("aeiouy")
_VOWEL: Final = re.compile("[aeiouy]")

_LETTERS: Final = {
    "ا": "A", "ب": "b", "پ": "p", "ت": "t", "ٹ": "t", "ط": "t", "ث": "8", "س": "s", "ص": "s", "ج": "J", "چ": "C",
    "ح": "H", "ه": "h", "خ": "x", "د": "d", "ڈ": "d", "ض": "z", "ذ": "z", "ز": "z", "ظ": "z", "ژ": "Z", "ر": "r",
    "ڑ": "r", "ش": "S", "ع": "'", "ء": "'", "غ": "G", "ف": "f", "ڤ": "f", "ق": "q", "ک": "k", "گ": "g", "ل": "l",
    "م": "m", "ن": "n", "ں": "n", "و": "W", "ی": "Y", "ے": "Y", "ٲ": "A",
}  # fmt: skip
"""the letters of the Arabic script that names are written with, folded"""
_WRITTEN: Final = {
    "a": {"A": 0.0, "'": 0.0, "h": 0.3, "Y": 0.6, "W": 0.6}, "e": {"Y": 0.0, "'": 0.0, "A": 0.45, "h": 0.1},
    "i": {"Y": 0.0, "'": 0.1, "A": 0.6, "h": 0.5}, "o": {"W": 0.0, "'": 0.1, "A": 0.15},
    "u": {"W": 0.0, "'": 0.1, "A": 0.5}, "y": {"Y": 0.0}, "v": {"W": 0.0, "f": 0.0, "b": 0.6}, "p": {"b": 0.0},
    "g": {"G": 0.0, "J": 0.0, "q": 0.2, "k": 0.2}, "Q": {"q": 0.0, "k": 0.1, "G": 0.2, "g": 0.2, "x": 0.4},
    "k": {"q": 0.15, "x": 0.4, "h": 0.7, "g": 0.3}, "x": {"k": 0.3, "h": 0.2, "H": 0.15, "q": 0.5, "S": 0.4, "s": 0.8},
    "J": {"Z": 0.1, "Y": 0.1, "x": 0.4, "h": 0.5, "g": 0.5}, "Z": {"J": 0.0, "z": 0.2},
    "z": {"J": 0.6, "s": 0.5, "Z": 0.4, "d": 0.5}, "C": {"S": 0.0, "k": 0.4, "J": 0.5, "x": 0.4},
    "S": {"s": 0.6, "C": 0.4, "k": 0.6}, "s": {"8": 0.0, "z": 0.4, "S": 0.5},
    "T": {"t": 0.5, "s": 0.5, "C": 0.5, "z": 0.4},
    "d": {"z": 0.3, "t": 0.6}, "t": {"d": 0.6, "s": 0.6, "8": 0.1}, "f": {"W": 0.4}, "b": {"p": 0.4},
    "h": {"H": 0.0, "x": 0.2}, "n": {"m": 0.8}, "m": {"n": 0.8},
}  # fmt: skip
"""what a sound may be written with in that script, and what that costs"""
_TWO: Final = {"C": "tS", "T": "ts", "J": "dJ", "g": "nG"}
"""sounds for which Arabic writes two letters"""
_TWICE: Final = re.compile(r"([^AWY@'aeiouаеиоу])\1")
_ARTICLE: Final = re.compile("(?<=.)A@?l(?=[tTdszSrn8])")
"""the article within a name, before a letter that it is said as"""
_GOD: Final = re.compile("(?<=.)A?ll(?=h$)")
_HOPELESS: Final = 0.75
"""share of sounds that differ in the plain readings, from which no other reading makes them one name"""


@lru_cache(maxsize=65_536)
def _written(word: str) -> str:
    """A word of the Arabic script as a row of letters."""
    return _begun("".join(_LETTERS.get(letter, "") for letter in word))


def _begun(letters: str) -> str:
    return f"@{letters[1:]}" if letters[:1] in {"A", "'"} else letters


@lru_cache(maxsize=65_536)
def _spellings(word: str) -> tuple[str, ...]:
    """The same, and as it is said: the article within it as its vowel alone."""
    plain = _written(word)
    said = _GOD.sub("Al", _ARTICLE.sub("@", plain))
    return (plain,) if said == plain else (plain, said)


@lru_cache(maxsize=131_072)
def departure(one: str, other: str, *, bare_one: bool = False, bare_other: bool = False) -> float:
    """The cost of the letters by which two names differ; below a half they may be one name, written anew.

    *bare_one* and *bare_other*: that this one is in a script that leaves short vowels out.
    """
    if bare_one and bare_other:
        return _of_letters(_written(one), _written(other))
    if bare_one:
        return _nearest_of(other, one)
    if bare_other:
        return _nearest_of(one, other)
    mine, theirs = readings(one), readings(other)
    best = _of_sounds(mine[0], theirs[0], one, other)
    if best == 0 or best > _HOPELESS * max(len(mine[0]), len(theirs[0])):
        return best
    if script_of(one) == script_of(other):
        # Nobody writes a name as it sounds where its letters can stand.
        mine, theirs = plain_readings(one), plain_readings(other)
    return min(_of_sounds(first, second, one, other) for first in mine for second in theirs)


def _nearest_of(word: str, against: str) -> float:
    full, bare = readings(word), _spellings(against)
    if _TWICE.search(word):  # "آننامرادوف" is Annamyradov
        bare = (*bare, *(_TWICE.sub(r"\1", one) for one in bare))
    best = _of_both(full[0], bare[0])
    if best == 0 or best > _HOPELESS * max(len(full[0]), len(bare[0])):
        return best
    return min(_of_both(first, second) for first in full for second in bare)


def _of_sounds(first: str, second: str, one: str, other: str) -> float:
    if first == second:
        return 0.0
    strict = 0.1 if script_of(one) == script_of(other) else 0.0
    is_turned = sorted(first.replace("y", "i")) == sorted(second.replace("y", "i"))
    mine = [_alone(first, place) for place in range(len(first))]
    theirs = [_alone(second, place) for place in range(len(second))]
    row = [0.0]
    for cost in theirs:
        row.append(row[-1] + cost)
    older = row
    for place, (sound, drop) in enumerate(zip(first, mine, strict=True)):
        before = row
        row = [before[0] + drop]
        for at, against in enumerate(second, 1):
            cost = _swap(sound, against)
            best = min(before[at] + drop, row[at - 1] + theirs[at - 1], before[at - 1] + cost + (strict if cost else 0))
            if place and at > 1 and sound == second[at - 2] and first[place - 1] == against:
                best = min(best, older[at - 2] + 1.0 + strict)
            row.append(best)
        older = before
    if is_turned and first.replace("y", "i") != second.replace("y", "i"):
        return max(1.0, row[-1])  # the same sounds in another order
    return row[-1]


def _swap(one: str, other: str) -> float:
    if one == other:
        return 0.0
    pair = frozenset((one, other))
    return 0.0 if pair in _FREE else _CHEAP.get(pair, 1.0)


def _alone(word: str, place: int) -> float:
    """What a sound costs that the other name has not."""
    sound = word[place]
    if sound == "h":
        return 0.2 if place == 0 else 0.3
    beside = word[max(0, place - 1) : place] + word[place + 1 : place + 2]
    if sound in "iyJ" and _VOWEL.search(beside):
        is_last = place == len(word) - 1 and place > 0 and word[place - 1] not in "iy"
        return 0.5 if is_last else 0.15 if place else 0.3
    if sound == "u" and _VOWEL.search(beside):
        return 0.6
    if sound == "e" and place == len(word) - 1:
        return 0.2
    return 1.0


def _of_both(full: str, bare: str) -> float:
    """Sounds against letters: vowels may be unwritten."""
    drops = [_unwritten(full, place) for place in range(len(full))]
    extras = [_unsaid(bare, place) for place in range(len(bare))]
    row = [0.0]
    for cost in extras:
        row.append(row[-1] + cost)
    older = row
    for place, sound in enumerate(full):
        before = row
        row = [before[0] + drops[place]]
        for at, letter in enumerate(bare, 1):
            swap = _as_letter(sound, letter)
            if sound in _VOWELS and letter == "'" and at == len(bare):
                swap = 1.0  # at the end it is no vowel
            best = min(before[at] + drops[place], row[at - 1] + extras[at - 1], before[at - 1] + swap)
            if sound == "a" and letter == "Y" and at == len(bare):
                best = min(best, before[at - 1] + 0.3)  # "منى"
            if sound == "v" and letter == "W" and place == len(full) - 1 and full[place - 1 : place] in {"o", "e"}:
                best = min(before[at] + drops[place], row[at - 1] + extras[at - 1], before[at - 1] + 1.0)  # "رحمانو"
            if sound == "s" and letter == "z" and at == len(bare) and place == len(full) - 1:
                best = min(best, before[at - 1] + 0.15)  # "هیپکینز"
            if sound == "a" and letter == "h" and at == len(bare):
                best = min(best, before[at - 1] + 0.1)  # "شريفة"
            if place and at > 1 and _turned(full, place, bare, at):
                best = min(best, older[at - 2] + 1.0)
            if letter == "A" and sound in _VOWELS and bare[at : at + 1] == "l":
                best = min(best, before[at - 1] + 0.1)  # the article within a name
            if sound == "i" and at > 1 and bare[at - 2 : at] == "AY":
                best = min(best, before[at - 2] + 0.15)  # English "i" in "Horizon"
            two = _TWO.get(sound)
            if two is not None and at > 1 and bare[at - 2 : at] == two:
                best = min(best, before[at - 2])
            if place and letter == "Y" and full[place - 1 : place + 1] in {"ai", "ei", "ay", "ey", "ia", "iy"}:
                best = min(best, older[at - 1])
            row.append(best)
        older = before
    return row[-1]


def _turned(full: str, place: int, bare: str, at: int) -> bool:
    """Whether two letters write the two sounds up to here in the other order."""
    return _as_letter(full[place], bare[at - 2]) == 0 == _as_letter(full[place - 1], bare[at - 1])


def _as_letter(sound: str, letter: str) -> float:
    if sound == letter:
        return 0.0
    if letter == "@":
        return 0.0 if sound in _VOWELS else 1.0
    return _WRITTEN.get(sound, {}).get(letter, 1.0)


def _unwritten(word: str, place: int) -> float:
    """What a sound costs that is not written."""
    sound = word[place]
    beside = word[max(0, place - 1) : place] + word[place + 1 : place + 2]
    is_last = place == len(word) - 1
    if sound in _VOWELS:
        if is_last:
            return 0.2 if sound == "e" else 0.5
        if place == 0:
            return 0.6  # what begins with a vowel begins with alef
        if sound == "y":
            return 0.4 if len(beside) == 2 and _VOWELS.issuperset(beside) else 0.12
        return 0.05 if sound in "ae" else 0.12
    if sound == "h":
        return 0.3
    if sound == "v" and not is_last and word[place + 1] in "ou":
        return 0.15  # "wo" is one letter
    if sound in "vJ" and _VOWEL.search(beside) and not is_last:
        return 0.5
    return 1.0


def _unsaid(word: str, place: int) -> float:
    """What a letter costs that is not said."""
    letter = word[place]
    if letter == "@":
        return 0.1 if word[1:2] in {"s", "S", "l", "W", "Y"} else 0.6  # "استالین", the article
    if letter == "'":
        return 0.3 if 0 < place < len(word) - 1 else 0.1
    if letter == "H":
        return 0.3  # "محمدیاروف" is Mammadyarov
    if letter == "A" and (word[max(0, place - 1) : place] in {"A", "@"} or word[place + 1 : place + 2] == "A"):
        return 1.0
    before = word[place - 1] if place else ""
    if letter == "h":
        if before in set("bdgGtkpCJ"):
            return 0.1  # "لودهی": a sound with breath in it
        return 0.15 if place == len(word) - 1 and before not in set("AWY") else 0.6
    if letter in "AWY":
        return 0.35 if before in set("AWY@") or word[place + 1 : place + 2] in set("AWY") - {""} else 0.5
    return 1.0


_ALIKE: Final = {
    frozenset(pair): cost
    for pair, cost in (
        ("pb", 0.0), ("gG", 0.0), ("gJ", 0.0), ("gk", 0.2), ("gq", 0.2), ("GJ", 0.0), ("CS", 0.1), ("CJ", 0.2),
        ("ZJ", 0.0), ("Zz", 0.1), ("Wf", 0.0), ("kq", 0.1), ("xk", 0.3), ("xh", 0.3), ("sz", 0.4), ("dz", 0.3),
        ("ts", 0.6), ("td", 0.6), ("AY", 0.4), ("AW", 0.4), ("WY", 0.8), ("hA", 0.1), ("hH", 0.2), ("xH", 0.3),
        ("@Y", 0.3), ("@W", 0.3), ("@A", 0.0), ("'A", 0.1), ("'h", 0.6),
    )
}  # fmt: skip


def _of_letters(first: str, second: str) -> float:
    """Letters against letters, both of scripts that leave vowels out."""
    if first == second:
        return 0.0
    row = [0.0]
    for place in range(len(second)):
        row.append(row[-1] + _more(second, place))
    for at_one, letter in enumerate(first):
        before, drop = row, _more(first, at_one)
        row = [before[0] + drop]
        for at, against in enumerate(second, 1):
            cost = 0.0 if letter == against else _ALIKE.get(frozenset((letter, against)), 1.0)
            row.append(min(before[at] + drop, row[at - 1] + _more(second, at - 1), before[at - 1] + cost))
    if sorted(first) == sorted(second):
        return max(1.0, row[-1])
    return row[-1]


def _more(word: str, place: int) -> float:
    """What a letter costs that the other name has not."""
    letter = word[place]
    if letter in "AWY":
        return 0.25
    if letter in "'@":
        return 0.1
    if letter == "h":
        return 0.15 if place == len(word) - 1 or word[place - 1] in "bdgGtkpCJ" else 0.5
    return 1.0


@lru_cache(maxsize=65_536)
def respelt(one: str, other: str, pairs: tuple[tuple[str, str], ...]) -> bool:
    """Whether *other* is *one* with nothing changed but what *pairs* say that its language writes otherwise."""
    first, second = romanise(one), romanise(other)
    reached = {(0, 0)}
    rows = [(0, 0)]
    while rows:
        at, there = rows.pop()
        if at == len(first) and there == len(second):
            return True
        steps = [(1, 1)] if at < len(first) and there < len(second) and first[at] == second[there] else []
        steps += [
            (len(mine), len(theirs))
            for mine, theirs in pairs
            if first.startswith(mine, at) and second.startswith(theirs, there)
        ]
        for step in steps:
            place = (at + step[0], there + step[1])
            if place not in reached:
                reached.add(place)
                rows.append(place)
    return False
