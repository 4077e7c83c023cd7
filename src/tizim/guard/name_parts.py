"""Parts of names that are told by what stands beside them: "son of", "father of", "of God", and endings of cases."""

import re
from collections.abc import Iterator
from typing import Final

from tizim.guard.capitals import ARTICLES, PARTICLES, beside_of, is_common
from tizim.guard.pinyin import syllables
from tizim.guard.sides import Part
from tizim.guard.vocabulary import given_name, is_light, is_translated_name

_OF_SONS: Final = frozenset((
    "abu", "abou", "aboe", "ebu", "abi", "aba", "bu", "bou", "ben", "bin", "ibn", "bint", "bent", "абу", "абі", "әбу",
    "бен", "бин", "ибн", "ібн", "бін", "бинт", "ابو", "ابی", "ابا", "بو", "بن", "ابن", "بنت",
))  # fmt: skip
"""what stands before the name of a father or of a son"""
_CUT: Final = frozenset(("bn", "бн"))  # no way to write it in a name that is said otherwise beside it
_LONGEST: Final = 4  # letters of such a word that slipped
_NAMED_FOR_GOD: Final = re.compile("[aeiou]lla+h[iyu]?$")
_GOD: Final = "الله"
_CONSONANT: Final = re.compile("[bcdfgjklmnpqrstvxz]$")
_BARE: Final = re.compile("[бвгґджзклмнпрстфхцчшщ]$")
_DECLINED: Final = re.compile("[бвгґджзклмнпрстфхцчшщ](?:а|у|ом|ым|им|е|ові|еві)$")
_OF_CASES: Final = frozenset(("ru", "uk"))
_SHORTEST: Final = 4  # letters of a word whose case is looked at


def odd_parts(one: Part, other: Part, homes: dict[int, int], *, is_turned: bool) -> Iterator[tuple[int, int]]:
    """Words of *one* and of *other* that belong to each other and differ, by the words that are the same (*homes*)."""
    yield from _sons(one, other, homes)
    if other.side.language.script == "Arab":
        yield from _of_god(one, other, homes)
        yield from _half_articles(one, other, homes)
    if not is_turned and other.side.code in _OF_CASES and one.side.language.script == "Latn":
        yield from _cases(one, other, homes)


def _sons(one: Part, other: Part, homes: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Where "Ben" and "Abu" have lost or changed a letter: "Bn Ali"."""
    tokens = other.side.tokens
    taken = set(homes.values())
    for place, at in homes.items():
        before, there = place - 1, at - 1
        if before < one.start or there < other.start or there in taken or before in homes:
            continue
        if one.side.tokens.words[before] not in _OF_SONS or one.side.tokens.border[place] or tokens.border[at]:
            continue
        word = tokens.words[there]
        if (
            word in _OF_SONS
            or word in PARTICLES
            or (is_light(word) and word not in _CUT)
            or is_common(other, there)
            or len(word) > _LONGEST
        ):
            continue
        if other.side.language.capitals and not tokens.raw[there][0].isupper():
            continue
        if any(_is_one_off(word, form) for form in _OF_SONS):
            yield before, there


def _of_god(one: Part, other: Part, homes: dict[int, int]) -> Iterator[tuple[int, int]]:
    """The last part of "Zafarullah" where it is a word of its own and not as it is always written."""
    tokens = other.side.tokens
    for place, at in homes.items():
        behind = at + 1
        if behind >= other.end or tokens.border[behind] or not _NAMED_FOR_GOD.search(one.side.tokens.words[place]):
            continue
        if _is_one_off(tokens.words[behind], _GOD):
            yield place, behind


def _half_articles(one: Part, other: Part, homes: dict[int, int]) -> Iterator[tuple[int, int]]:
    """The first letter alone of an article that *one* has before a name: "اسودانی"."""
    for place, at in homes.items():
        if place == one.start or one.side.tokens.words[place - 1] not in ARTICLES or one.side.tokens.border[place]:
            continue
        name, word = one.side.tokens.words[place], other.side.tokens.words[at]
        if word[:1] == "ا" and word[:2] != "ال" and (name[0] not in "aeiouаеиоуэ" or word[1:2] == "ع"):
            yield place, at


def _cases(one: Part, other: Part, homes: dict[int, int]) -> Iterator[tuple[int, int]]:
    """The one word of a man's name that is not declined where the other is: "Юсуф Рахмонова"."""
    for place, at in homes.items():
        if homes.get(place + 1) != at + 1:
            continue
        if _with_capital(one, place) | _with_capital(one, place + 1) != {place, place + 1}:
            continue  # of three words some are never declined
        if other.side.tokens.border[at + 1] or one.side.tokens.border[place + 1]:
            continue
        first, second = _case(one, place, other, at), _case(one, place + 1, other, at + 1)
        if first is not None and second is not None and first != second:
            step = 1 if first else 0
            yield place + step, at + step


def _with_capital(part: Part, place: int) -> set[int]:
    return {at for at in beside_of(part, place) if part.side.tokens.raw[at][0].isupper()}


def _case(one: Part, place: int, other: Part, at: int) -> bool | None:
    """Whether a word of a name is declined; ``None`` if that cannot be told."""
    word, against = one.side.tokens.words[place], other.side.tokens.words[at]
    if not _CONSONANT.search(word) or len(against) < _SHORTEST or is_translated_name(word) or syllables(word):
        return None
    if _BARE.search(against):
        return False
    return True if _DECLINED.search(against) and given_name(against) is None else None


def _is_one_off(word: str, form: str) -> bool:
    """Whether one letter of *form* is changed, left out or exchanged with the next in *word*."""
    if word == form:
        return False
    if len(word) == len(form):
        differ = [at for at in range(len(form)) if word[at] != form[at]]
        return len(differ) == 1 or (len(differ) == 2 and differ[1] == differ[0] + 1 and sorted(word) == sorted(form))
    return any(form[:at] + form[at + 1 :] == word for at in range(len(form)))
