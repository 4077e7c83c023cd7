"""Spellings that the register attests, and words of a text that are like one and none."""

from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from tizim.guard.capitals import SHORTEST, can_be_name, is_common
from tizim.guard.languages import respelling
from tizim.guard.letters import departure, respelt
from tizim.guard.sides import Part
from tizim.guard.vocabulary import is_translated, is_vocabulary
from tizim.news.known import Known
from tizim.news.lexicon import Mark
from tizim.news.spelling import likeness
from tizim.news.tokens import fold
from tizim.text.scripts import is_vowelless, script_of

LIKE: Final = 0.58  # likeness from which a form is a garbled attested one
_SMALL: Final = 0.7  # the same for names that are written with a small letter
_PHRASE: Final = 0.5  # the same for one word of a name whose other words are there
_VARIANT: Final = 0.12  # departure below which a form is an attested one in another habit of writing


class Whole(NamedTuple):
    """What the rest of both texts names."""

    source: frozenset[str]
    target: frozenset[str]


def whole(source: Part, target: Part) -> Whole:
    """The known names of two whole texts."""
    return Whole(frozenset(known_in(source)), frozenset(known_in(target)))


def known_in(part: Part) -> dict[str, list[Mark]]:
    """The officials and subjects named in *part*."""
    found: dict[str, list[Mark]] = {}
    for mark in part.names:
        if mark.kind in {"official", "subject"}:
            found.setdefault(mark.value, []).append(mark)
    return found


class Forms(NamedTuple):
    """The attested spellings of a name, and the script that each is in."""

    forms: tuple[str, ...]
    scripts: tuple[str, ...]
    is_person: bool

    def written(self, script: str) -> tuple[str, ...]:
        """The attested spellings in *script*."""
        return tuple(form for form, one in zip(self.forms, self.scripts, strict=True) if one == script)


@lru_cache(maxsize=8)
def forms_of(known: Known) -> dict[str, Forms]:
    """The spellings of officials and subjects, by what marks of them say."""
    found: dict[str, Forms] = {}
    rows = [(f"{one.state}\t{one.name}", one.names, True) for one in known.officials]
    rows += [(one.id, one.names, one.is_person) for one in (*known.subjects, *known.more)]
    for key, names, is_person in rows:
        forms = tuple(dict.fromkeys(name.replace("?", "").replace("/", " ") for name in names if "*" not in name))
        found[key] = Forms(forms, tuple(_of_script(form) for form in forms), is_person)
    return found


def _of_script(text: str) -> str:
    script = script_of(text)
    return "Hans" if script in {"Hani", "Hant"} else script


@lru_cache(maxsize=4096)
def words_of(attested: tuple[str, ...]) -> frozenset[str]:
    """The words of attested spellings that a translation does not translate, and pairs of them written as one."""
    rows = [[fold(word) for word in form.replace("-", " ").split() if not is_vocabulary(word)] for form in attested]
    words = {word for row in rows for word in row}
    words |= {one + other for row in rows for one, other in pairwise(row)}
    return frozenset(word for word in words if len(word) >= SHORTEST)


def garbled_in(target: Part, attested: tuple[str, ...], taken: set[int]) -> tuple[int, int] | None:
    """The words of *target* that are like an attested spelling and none."""
    if not attested:
        return None
    if target.side.language.letters:
        return _garbled_letters(target, attested, taken)
    words = words_of(attested)
    small = words_of(tuple(form for form in attested if form[0].islower()))
    named = {place for mark in target.names for place in range(mark.start, mark.end)} | taken
    best: tuple[float, int] | None = None
    for place in range(target.start, target.end):
        word = target.side.tokens.words[place]
        if place in named or len(word) < SHORTEST:
            continue
        if is_translated(target.side.tokens.raw[place]):
            continue
        if not can_be_name(target, place):
            # "talibans" is written small where it is a word of the language.
            if not is_common(target, place) and any(_SMALL <= likeness(word, one) < 1 for one in small):
                best = max(best or (0.0, place), (_SMALL, place))
            continue
        forms = {word, *target.side.grammar.bases(word)}
        if forms & words:
            continue
        like = max((likeness(form, one) for form in forms for one in words), default=0.0)
        if like >= LIKE and (best is None or like > best[0]):
            best = (like, place)
    return (best[1], best[1] + 1) if best else None


def garbled_phrase(target: Part, attested: tuple[str, ...], taken: set[int]) -> tuple[int, int] | None:
    """The words of *target* that are an attested name of several words but for one of them."""
    if target.side.language.letters:
        return None
    tokens, bases = target.side.tokens, target.side.grammar.bases
    named = {place for mark in target.names for place in range(mark.start, mark.end)} | taken
    words = {place: {tokens.words[place], *bases(tokens.words[place])} for place in range(target.start, target.end)}
    there = set().union(*words.values()) if words else set()
    for form in _rows(attested):
        if len(form) - sum(word in there for word in form) != 1:
            continue
        for start in range(target.start, target.end - len(form) + 1):
            if not named.isdisjoint(range(start, start + len(form))):
                continue
            odd = [n for n, word in enumerate(form) if word not in words[start + n]]
            if len(odd) == 1 and _is_garbled(target, form[odd[0]], words[start + odd[0]]):
                return start, start + len(form)
    return None


def _is_garbled(target: Part, attested: str, forms: set[str]) -> bool:
    """Whether *forms* of a word of *target* are like an attested one and not another way to write it."""
    if max(likeness(attested, one) for one in forms) < _PHRASE:
        return False
    return is_vowelless(target.side.language.script) or not any(is_variant(target, attested, one) for one in forms)


def is_variant(target: Part, attested: str, word: str) -> bool:
    """Whether *word* is an attested one in another habit of writing."""
    if sorted(attested) == sorted(word):
        return False
    return departure(attested, word) < _VARIANT or respelt(attested, word, respelling(target.side.code))


@lru_cache(maxsize=4096)
def _rows(attested: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The words of attested spellings that have more than one."""
    rows = [tuple(fold(word) for word in form.replace("-", " ").split()) for form in attested]
    return tuple(dict.fromkeys(row for row in rows if len(row) > 1 and max(map(len, row)) >= SHORTEST))


def _garbled_letters(target: Part, attested: tuple[str, ...], taken: set[int]) -> tuple[int, int] | None:
    """The same where each letter is a word."""
    named = {place for mark in target.names for place in range(mark.start, mark.end)} | taken
    tokens = target.side.tokens
    best: tuple[float, tuple[int, int]] | None = None
    for form in attested:
        letters = [fold(letter) for letter in form if letter.isalpha()]
        if len(letters) < 2:
            continue
        for size in (len(letters), len(letters) - 1, len(letters) + 1):
            for place in range(target.start, target.end - size + 1):
                if size < 2 or not named.isdisjoint(range(place, place + size)):
                    continue
                like = likeness("".join(tokens.words[place : place + size]), "".join(letters))
                least = 0.5 if len(letters) <= 3 else 0.6
                if like >= least and like < 1 and (best is None or like > best[0]):
                    best = (like, (place, place + size))
    return best[1] if best else None
