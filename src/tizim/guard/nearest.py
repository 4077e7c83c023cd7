"""The word of one text that is nearest to a word of a name in the other, and how far it is."""

import re
from typing import Final

from tizim.guard.capitals import ABD, is_common
from tizim.guard.languages import read_as, respelling
from tizim.guard.letters import departure, respelt
from tizim.guard.readings import sounds
from tizim.guard.sides import Part
from tizim.guard.slips import is_slip
from tizim.guard.vocabulary import given_name, is_spelt_in, is_translated_name
from tizim.news.spelling import likeness
from tizim.text.scripts import is_vowelless, script_of

_BOUND: Final = re.compile("(?<=..[^aeiou])u([lrsnzdt])$")
"""the article of the next word, written with the word before"""
_IMPOSSIBLE: Final = re.compile(
    r"[аеиоуыэюяіїє][ьъ]|ь[аыьъ]|йй|[лнр][рл]ь[иіеє]|[бвгджзклмнпрстфхцчшщ]й|^[ьъы]|([а-яіїєґ])\1\1"
)
"""letters that stand so in no name in Cyrillic script"""
_OF_O: Final = re.compile("(?<=[лтркв])(?:а|у|ом|ові)$")
"""endings of names in "-о", which are declined in Ukrainian"""
_SERVANT: Final = "عبد"
SAME: Final = 0.45  # departure below which a name is the same name, written anew
NEAR: Final = 0.42  # share of letters by which a garbled name departs at most
HALF: Final = 0.5  # likeness from which a word beside a known name garbles a part of it
_GIVEN: Final = 0.2  # departure below which two spellings of one given name are both right
_ARTICLE: Final = (
    0.03  # what the article of a name costs that the other side has not, so that a form without it is nearer
)
_LONGER: Final = 9  # letters by which a name and another spelling of it, or two of its words as one, differ at most
_EXACT: Final = 0.11  # departure up to which a name is written as it sounds
_ODD: Final = 0.35
_SLIGHT: Final = 0.04  # departure up to which nothing is wrong
_SLAVIC: Final = 0.42  # departure that two languages of one script other than Latin may have
LETTERS_OF_VOWELS: Final = frozenset("aeiouyаеиоуыэюяйіїәөұүاویآ")


def departure_of(one: Part, word: str, other: Part, against: str) -> float:
    """The cost of the letters by which a word of each text differ; below `SAME` they are one name."""
    if word == against:
        return 0.0
    cost = _compared(one, word, other, against)
    return max(cost, 1.0) if _IMPOSSIBLE.search(against) or _IMPOSSIBLE.search(word) else cost


def _compared(one: Part, word: str, other: Part, against: str) -> float:
    mine, theirs = given_name(word), given_name(against)
    script, script_other = one.side.language.script, other.side.language.script
    if script == script_other and not is_vowelless(script):
        return _in_one_script(one, word, other, against)
    if mine is not None and mine == theirs:
        return 0.0
    bare, bare_other = is_vowelless(script), is_vowelless(script_other)
    cost = min(
        departure(first, second, bare_one=bare, bare_other=bare_other)
        for first in read_as(one.side.code, word)
        for second in read_as(other.side.code, against)
    )
    if _SLIGHT < cost < SAME and not bare and is_slip(word, against, cost, bare_other=bare_other):
        return SAME + cost  # one letter from how it is written, and not written so
    if theirs is None and cost > _EXACT and bare_other and not bare and is_spelt_in(word, script_other):
        return max(cost, SAME)  # how this given name is written there is known, and not so
    return cost


def _in_one_script(one: Part, word: str, other: Part, against: str) -> float:
    """In the same letters a name is written anew only by what a language always writes otherwise."""
    if sorted(word) == sorted(against):
        return 1.0  # the same letters in another order
    if script_of(word) == "Latn":
        pairs = respelling(other.side.code) + tuple((b, a) for a, b in respelling(one.side.code))
        if respelt(word, against, pairs):
            return 0.0
        cost = departure(word, against)
        mine = given_name(word)
        if mine is not None and mine == given_name(against):
            # John may be Juan; "Maira" is no Maria, and is known as a name only because such slips happen.
            is_other = is_translated_name(word) and likeness(word, against) < 1 - 1.5 / max(len(word), len(against))
            if is_other or (cost <= _GIVEN and not is_translated_name(word)):
                return 0.0
        return max(cost, SAME)
    cost = departure(word, against)
    mine = given_name(word)
    if mine is not None and mine == given_name(against):
        return 0.0
    return cost + _ODD if cost > _SLAVIC else cost


def nearest(one: Part, place: int, other: Part, taken: set[int]) -> tuple[float, int | None]:
    """The cost of the word of *other* that is nearest to the word at *place*, and where it is."""
    word = one.side.tokens.words[place]
    mine = [word, *one.side.grammar.bases(word), *_in_o(one, word)]
    if ABD.fullmatch(word):
        mine += ["abd"]
        if place + 1 < one.end:
            mine.append(word + one.side.tokens.words[place + 1])
    elif place > one.start and ABD.fullmatch(one.side.tokens.words[place - 1]):
        mine.append(one.side.tokens.words[place - 1] + word)
    if place + 1 < one.end and (article := _BOUND.search(word)) is not None:
        behind = one.side.tokens.words[place + 1]
        if article[1] in {"l", behind[0]}:
            mine.append(word[: article.start()])  # "Mahfuzur Rahman"
    tokens = other.side.tokens
    best: tuple[float, int | None] = (99.0, None)
    capitals = other.side.language.capitals
    pairs = [] if capitals else _as_one(one, place)
    for at in range(other.start, other.end):
        against = tokens.words[at]
        if at in taken or len(against) < 2 or (capitals and not tokens.raw[at][0].isupper()):
            continue
        if not capitals and abs(len(against) - len(word)) > _LONGER:
            continue
        forms = [against, *other.side.grammar.bases(against), *_in_o(other, against)]
        bare = against[2:] if against.startswith("ال") else ""
        if at + 1 < other.end and tokens.starts[at + 1] - tokens.ends[at] <= 1 and _may_go_on(other, at):
            forms.append(against + tokens.words[at + 1])
        if against.startswith(_SERVANT):
            # "Abdul Rahim" is one word there: its first half, and what is behind it with and without the article.
            rest = against[len(_SERVANT) :]
            forms += [_SERVANT, rest, rest.removeprefix("ال")]
        cost = min(departure_of(one, each, other, form) for each in mine for form in forms if len(form) > 1)
        if _IMPOSSIBLE.search(against):
            cost = max(cost, 1.0)  # whatever is cut from its end
        if pairs and cost > 0 and len(against) > len(word):
            cost = min(cost, *(departure_of(one, each, other, against) for each in pairs))
        if bare and cost > 0:
            cost = min(cost, _ARTICLE + min(departure_of(one, each, other, bare) for each in mine))
        if 0 < cost < SAME and not capitals and is_common(other, at):
            cost += SAME  # a word of the language that happens to be like the name
        if cost < best[0]:
            best = (cost, at)
            if cost == 0:
                break
    return best


def _in_o(part: Part, word: str) -> list[str]:
    """The name in "-о" that *word* may be a form of in Ukrainian: "Кирила", "Порошенка"."""
    found = _OF_O.search(word) if part.side.code == "uk" else None
    return [f"{word[: found.start()]}о"] if found else []


def _may_go_on(part: Part, at: int) -> bool:
    """Whether the word behind may be of the same name: none that stands apart with a small letter ("Awey s'est")."""
    tokens = part.side.tokens
    return (
        not part.side.language.capitals
        or tokens.raw[at + 1][0].isupper()
        or tokens.text[tokens.ends[at] : tokens.starts[at + 1]] != " "
    )


def _as_one(one: Part, place: int) -> list[str]:
    """The word at *place* and its neighbour as one word, as scripts without capitals write some names."""
    words = one.side.tokens.words
    return [words[first] + words[first + 1] for first in (place - 1, place) if one.start <= first < one.end - 1]


def size_of(one: Part, place: int, other: Part) -> float:
    """The letters of a name that count: where a script leaves vowels out, the consonants."""
    word = sounds(one.side.tokens.words[place])
    if is_vowelless(one.side.language.script) or is_vowelless(other.side.language.script):
        return sum(0.2 if letter in LETTERS_OF_VOWELS else 1.0 for letter in word)
    return float(len(word))
