"""Which words of a text are of names that nobody knows: capitals in a row, given names, titles."""

import re
from collections.abc import Iterator
from typing import Final

from tizim.guard.sides import Part
from tizim.guard.vocabulary import given_name, is_light, is_name_or_title, is_translated, is_vocabulary
from tizim.news.lexicon import Mark
from tizim.news.tokens import Border, fold

SHORTEST: Final = 4
_LATIN: Final = (
    "al", "el", "del", "da", "di", "du", "dos", "la", "bint", "abu", "ul", "bin", "ibn", "de", "van", "von", "ben",
)  # fmt: skip
PARTICLES: Final = frozenset((*_LATIN, "аль", "ас", "аш", "эль", "бин"))
_FATHERS: Final = frozenset(("Ben", "Bin", "Ibn", "Abu", "Бен", "Бин", "Ибн", "Абу"))
ABD: Final = re.compile("abd[aeou][lrsnzdt]?h?|абд[ауо][лрсзнт]?(?:ом|у|а|е)?")
"""the first half of "Abdul Rahim", whose article goes with either half"""
_SHORTEST_OF_PERSON: Final = 3
ARTICLES: Final = frozenset(("al", "el", "аль", "эль", "ас", "ат", "аш", "аз", "ар", "ан", "ад", "as", "ash"))
"""the Arabic article, and as it is said before some letters"""
_ARTICLE: Final = re.compile("[aeuаеэәу](?:l|ль?|([^aeiouаеиоуэ]{1,2})ь?)$")
_ALONE: Final = 6  # letters of a name that stands alone and is told from a word
_ACRONYM: Final = 5
WIDE: Final = 3  # words beside a known name that may belong to it


def is_article(word: str, behind: str) -> bool:
    """Whether *word* is the Arabic article before the word *behind*: "al-Obaidi", "as-Sayed"."""
    found = _ARTICLE.match(word)
    return found is not None and (found[1] is None or behind.startswith(found[1]))


def can_be_name(part: Part, place: int, *, is_sure: bool = False) -> bool:
    """Whether the word can be one of a name: with a capital where names have them, and no word of the language.

    *is_sure*: that a name has to stand here, so that only the commonest words cannot be it.
    """
    raw = part.side.tokens.raw[place]
    if not raw[0].isalpha():
        return False
    if part.side.language.capitals and not raw[0].isupper():
        return False
    if is_sure:
        return part.side.tokens.words[place] not in part.side.grammar.common
    return not is_common(part, place)


def is_common(part: Part, place: int) -> bool:
    """Whether the word is one of the language."""
    word = part.side.tokens.words[place]
    if word in part.side.grammar.common:
        return True
    return bool(part.side.grammar.words.whole(word)) or bool(part.side.lexicon.words.whole(word))


def _is_translated(part: Part, place: int) -> bool:
    """Whether a translation puts the word, or what it is a form of, into its own language: "Женеву"."""
    tokens = part.side.tokens
    return is_translated(tokens.raw[place]) or any(map(is_translated, part.side.grammar.bases(tokens.words[place])))


def candidates(part: Part) -> list[tuple[int, bool]]:
    """Words that are of names that nobody knows, and whether they surely are of a person's."""
    tokens, language = part.side.tokens, part.side.language
    taken = {
        place
        for kind in ("official", "subject", "state", "people", "outlet")
        for mark in part.names
        if mark.kind == kind
        for place in _around(mark)
    }
    # "Yusuf Rahmon" is no Emomali Rahmon.
    beside = {
        place
        for mark in part.names
        if mark.kind == "official"
        for place in (mark.start - 1, mark.end)
        if part.start <= place < part.end and given_name(tokens.words[place]) is not None
    }
    taken -= beside
    taken |= {place for told in part.dates for place in range(told.start, told.end)}
    titled = {mark.end for mark in part.of("title")}
    capital = {
        place
        for place in range(part.start, part.end)
        if place not in taken
        and tokens.raw[place][0].isupper()
        and tokens.words[place] not in part.side.grammar.common
        and tokens.words[place] not in PARTICLES
    }
    given = {place for place in capital if given_name(tokens.words[place]) is not None}
    plain = {
        place
        for place in capital
        if place in given
        or ABD.fullmatch(tokens.words[place])
        or not (is_light(tokens.raw[place]) or is_common(part, place) or _is_translated(part, place))
    }
    either = {place for place in capital - plain if is_name_or_title(tokens.raw[place])}
    either |= {
        place
        for place in capital - plain
        if plain.issuperset({place - 1, place + 1}.intersection(beside_of(part, place)))
        and {place - 1, place + 1}.issubset(beside_of(part, place))
        and not is_vocabulary(tokens.raw[place])
        and not _is_translated(part, place)
    }  # "Ilze Brands Kehris"
    plain |= {place for row in rows_of(part, plain | either) if not plain.isdisjoint(row) for place in row}
    persons = _persons(part, capital, given, plain, titled)
    rows = set[int]()
    if not language.capital_nouns:
        rows = {place for row in rows_of(part, plain) if len(row) > 1 for place in row}
    found: list[tuple[int, bool]] = []
    for place in sorted(capital):
        raw = tokens.raw[place]
        letters = sum(c.isalpha() for c in raw)
        person = place in persons or place in beside or _has_father(part, place)
        if letters < (_SHORTEST_OF_PERSON if person else SHORTEST) or (raw.isupper() and letters <= _ACRONYM):
            continue
        if not person and place not in plain:
            continue
        beside = {at for at in beside_of(part, place) if at in plain}
        opens = place == part.start or tokens.border[place] >= Border.SENTENCE or tokens.quoted[place]
        if not person and place not in rows and (opens or language.capital_nouns or (not beside and letters < _ALONE)):
            continue
        found.append((place, person))
    return found


def _has_father(part: Part, place: int) -> bool:
    """Whether the word is behind a "son of" with a capital: "Ben Ali"."""
    before = place - 1
    return before >= part.start and part.side.tokens.raw[before] in _FATHERS and not part.side.tokens.border[place]


def _persons(part: Part, capital: set[int], given: set[int], plain: set[int], titled: set[int]) -> set[int]:
    """The words of persons' names: rows of two and more with a capital, a given name or a title among them.

    A word that is one of the language too ("Court…", "Hall") belongs to the name behind a word that is none.
    """
    found: set[int] = set()
    for row in rows_of(part, capital):
        first = next((n for n, place in enumerate(row) if place in plain or place in titled), None)
        if first is None:
            continue
        # What stands before a title is none of the name: "Additional Secretary".
        first = max([first, *(n for n, place in enumerate(row[:-1]) if place in titled)])
        while (
            first < len(row)
            and row[first] not in plain
            and is_vocabulary(part.side.tokens.raw[row[first]])
            and not ABD.fullmatch(part.side.tokens.words[row[first]])
        ):
            first += 1
        if part.side.language.capital_nouns:
            # Nouns have capitals, too: "die Unterschrift von Rahel Abebe".
            first = max(first, next((n for n, place in enumerate(row) if place in given), first))
        name = row[first:]
        if len(name) < 2 or (given.isdisjoint(name) and titled.isdisjoint((*row[: first + 1], *name))):
            continue
        begun = False
        for place in name:
            # Behind a given name even a word for a sea or a town is the family's: "Mehmet Karadeniz".
            if place in plain or begun or not is_translated(part.side.tokens.raw[place]):
                found.add(place)
            begun = begun or place in given
    return found


def rows_of(part: Part, capital: set[int]) -> Iterator[list[int]]:
    """Words with capitals that stand side by side, small words such as ``al`` passed over."""
    row: list[int] = []
    for place in sorted(capital):
        if row and place not in set(beside_of(part, row[-1])):
            yield row
            row = []
        row.append(place)
    if row:
        yield row


def beside_of(part: Part, place: int) -> Iterator[int]:
    """The words before and behind a word with nothing between them, a small word such as ``al`` passed over."""
    tokens = part.side.tokens
    for step in (-1, 1):
        at = place + step
        if part.start <= at < part.end and fold(tokens.raw[at]) in PARTICLES:
            at += step
        first, last = sorted((place, at))
        if part.start <= first and last < part.end and not any(tokens.border[first + 1 : last + 1]):
            yield at


def _around(mark: Mark) -> range:
    """The words of a known name; what stands beside an official's may belong to it."""
    wide = WIDE - 1 if mark.kind == "official" else 0
    return range(mark.start - wide, mark.end + (1 if wide else 0))
