"""Names: attested spellings of those whom the register knows, letters for all others.

A name that the register knows must be in the translation in a spelling that is attested there. One that nobody knows
must be there letter by letter, as the other script or language writes it (``letters``). A name close to that and not
it is garbled; a name that is not there at all is told only where the text leaves no doubt that it is a name.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Final, NamedTuple

from tizim.guard import sentences
from tizim.guard.findings import Finding
from tizim.guard.han import garbled
from tizim.guard.languages import read_as, respelling
from tizim.guard.letters import departure, respelt, sounds
from tizim.guard.sides import Part, Span
from tizim.guard.vocabulary import given_name, is_light, is_spelt_in, is_translated, is_translated_name, is_vocabulary
from tizim.news.known import Known
from tizim.news.lexicon import Mark
from tizim.news.spelling import likeness
from tizim.news.tokens import Border, fold
from tizim.text.scripts import is_vowelless, script_of

_SHORTEST: Final = 4
_SHORTEST_OF_PERSON: Final = 3
_SAME: Final = 0.45  # departure below which a name is the same name, written anew
_NEAR: Final = 0.42  # share of letters by which a garbled name departs at most
_LIKE: Final = 0.58  # likeness from which a form is a garbled attested one
_SERVANT: Final = "عبد"
_ABD: Final = re.compile("abd[aeou][lrsnzdt]?h?")
"""the first half of "Abdul Rahim", whose article goes with either half"""
_PARTICLES: Final = frozenset(
    {
        "al",
        "el",
        "del",
        "da",
        "di",
        "du",
        "dos",
        "la",
        "bint",
        "abu",
        "ul",
        "bin",
        "ibn",
        "de",
        "van",
        "von",
        "аль",
        "ас",
        "аш",
        "эль",
        "бин",
        "ben",
    }
)
_ALONE: Final = 6  # letters of a name that stands alone and is told from a word
_PHRASE: Final = 0.5  # the same for one word of a name whose other words are there
_SMALL: Final = 0.7  # the same for names that are written with a small letter
_ACRONYM: Final = 5
_ANEW: Final = 0.3  # departure below which a form that is not attested writes the source's name anew
_LETTERS_OF_VOWELS: Final = frozenset("aeiouyаеиоуыэюяйіїәөұүاویآ")
_HALF: Final = 0.5  # likeness from which a word beside a known name garbles a part of it
_GIVEN: Final = 0.2  # departure below which two spellings of one given name are both right
_VARIANT: Final = 0.12  # departure below which a form is an attested one in another habit of writing
_ARTICLE: Final = (
    0.03  # what the article of a name costs that the other side has not, so that a form without it is nearer
)
_STRANGE: Final = 0.42  # share of letters from which no word of a text is like a name
_LONGER: Final = 9  # letters by which a name and another spelling of it, or two of its words as one, differ at most
_EXACT: Final = 0.11  # departure up to which a name is written as it sounds
_ODD: Final = 0.35
_SLAVIC: Final = 0.42  # departure that two languages of one script other than Latin may have
_BESIDE: Final = 0.6  # the same where the rest of the name stands beside it
_WIDE: Final = 3  # words beside a known name that may belong to it


class _Whole(NamedTuple):
    """What the rest of both texts names."""

    source: frozenset[str]
    target: frozenset[str]


def whole(source: Part, target: Part) -> _Whole:
    """The known names of two whole texts."""
    return _Whole(frozenset(_known(source)), frozenset(_known(target)))


def check(source: Part, target: Part, known: Known, texts: _Whole) -> Iterator[Finding]:
    """Names that are garbled, swapped or lost."""
    taken: set[int] = set()
    told: set[int] = set()
    for finding, place in _known_names(source, target, known, texts, taken):
        if place not in told:
            told.add(place)
            yield finding
    if source.side.language.letters or target.side.language.letters:
        yield from _in_han(source, target, taken)
        return
    if source.side.language.capitals:
        yield from _unknown(source, target, taken, told, is_turned=False)
    elif target.side.language.capitals:
        yield from _unknown(target, source, taken, told, is_turned=True)


# -- names that the register knows -----------------------------------------------------------------------------------


def _known_names(
    source: Part, target: Part, known: Known, texts: _Whole, taken: set[int]
) -> Iterator[tuple[Finding, int]]:
    mine, theirs = _known(source), _known(target)
    forms = _forms(known)
    script = _script(target)
    swapped = [value for value in theirs if value not in mine and value not in texts.source]
    for value, marks in mine.items():
        one = forms.get(value, _Forms((), (), is_person=False))
        attested = one.written(script)
        if value in theirs:
            yield from _beside(target, marks, theirs[value], attested, taken, is_person=one.is_person)
            continue
        near = _phrase(target, attested, taken)
        if near is not None:
            taken.update(range(*near))
            yield _departs(target, near, attested), near[0]
            continue
        near = _garbled(target, attested, taken)
        if near is not None:
            if _is_anew(source, marks[0], target, near, attested):
                there = [Mark("official", value, *near)]
                yield from _beside(target, marks, there, attested, taken, is_person=True)
                continue
            taken.update(range(*near))
            yield _departs(target, near, attested), near[0]
            continue
        anew = _anew(source, target, marks[0])
        if anew is _THERE:
            continue
        if anew is not None:
            taken.update(range(*anew))
            yield _departs(target, anew, attested), anew[0]
        elif swapped:
            other = theirs[swapped.pop(0)][0]
            said = source.said(marks[0].start, marks[0].end)
            yield (
                target.found(
                    "name", "severe", (other.start, other.end),
                    sentences.OTHER_COUNTRY.said(source=said, target=target.said(other.start, other.end)),
                    attested[0] if attested else said,
                ),
                other.start,
            )  # fmt: skip
        elif attested and value not in texts.target and (source.side.language.capitals or marks[0].kind == "official"):
            mark = marks[0]  # without capitals "طالب" may be any student
            yield (
                source.found(
                    "name", "severe" if mark.kind == "official" else "minor", (mark.start, mark.end),
                    sentences.NOT_NAMED.said(source=source.said(mark.start, mark.end)),
                    attested[0],
                ),
                -1 - mark.start,
            )  # fmt: skip


def _departs(target: Part, place: tuple[int, int], attested: tuple[str, ...]) -> Finding:
    said = target.said(*place)
    if not attested:
        return target.found("name", "severe", place, sentences.MISSPELT.said(target=said))
    best = max(attested, key=lambda form: likeness(fold(said), fold(form)))
    return target.found("name", "severe", place, sentences.UNATTESTED.said(target=said), best)


def _is_anew(source: Part, mark: Mark, target: Part, place: tuple[int, int], attested: tuple[str, ...]) -> bool:
    """Whether a form that is not attested writes the source's name anew, letter by letter, and not an attested one."""
    if target.side.language.letters:
        return False
    word = target.side.tokens.words[place[0]]
    forms = (word, *target.side.grammar.bases(word))
    if any(_single(form) == _single(one) for form in forms for one in _words(attested)):
        return True
    tokens = target.side.tokens
    if any(
        target.start <= at < target.end and tokens.words[at] in _words(attested) for at in (place[0] - 1, place[1])
    ):  # the rest of the name is as attested, so this is meant to be
        return not is_vowelless(_script(target)) and any(
            _is_variant(target, one, form) for form in forms for one in _words(attested)
        )
    if any(_bare(form) == _bare(one) for form in forms for one in _words(attested)):
        return False  # only letters for vowels differ, which a script may leave out: one was lost or changed
    if any(
        _departure(source, source.side.tokens.words[at], target, word) < _ANEW for at in range(mark.start, mark.end)
    ):
        return True
    return source.side.language.letters and any(
        _departure(target, one, target, word) < _ANEW for one in _words(attested)
    )


def _single(word: str) -> str:
    """*word* without doubled letters."""
    return "".join(letter for letter, _ in groupby(word))


def _bare(word: str) -> str:
    return "".join(letter for letter in word if letter not in _LETTERS_OF_VOWELS)


def _known(part: Part) -> dict[str, list[Mark]]:
    """The officials and subjects named in *part*."""
    found: dict[str, list[Mark]] = {}
    for mark in part.names:
        if mark.kind in {"official", "subject"}:
            found.setdefault(mark.value, []).append(mark)
    return found


class _Forms(NamedTuple):
    forms: tuple[str, ...]
    scripts: tuple[str, ...]
    is_person: bool

    def written(self, script: str) -> tuple[str, ...]:
        """The attested spellings in *script*."""
        return tuple(form for form, one in zip(self.forms, self.scripts, strict=True) if one == script)


@lru_cache(maxsize=8)
def _forms(known: Known) -> dict[str, _Forms]:
    found: dict[str, _Forms] = {}
    rows = [(f"{one.state}\t{one.name}", one.names, True) for one in known.officials]
    rows += [(one.id, one.names, one.is_person) for one in (*known.subjects, *known.more)]
    for key, names, is_person in rows:
        forms = tuple(dict.fromkeys(name.replace("?", "").replace("/", " ") for name in names if "*" not in name))
        found[key] = _Forms(forms, tuple(_of_script(form) for form in forms), is_person)
    return found


def _of_script(text: str) -> str:
    script = script_of(text)
    return "Hans" if script in {"Hani", "Hant"} else script


def _script(part: Part) -> str:
    return part.side.language.script


@lru_cache(maxsize=4096)
def _words(attested: tuple[str, ...]) -> frozenset[str]:
    """The words of attested spellings that a translation does not translate, and pairs of them written as one."""
    rows = [[fold(word) for word in form.replace("-", " ").split() if not is_vocabulary(word)] for form in attested]
    words = {word for row in rows for word in row}
    words |= {one + other for row in rows for one, other in pairwise(row)}
    return frozenset(word for word in words if len(word) >= _SHORTEST)


def _garbled(target: Part, attested: tuple[str, ...], taken: set[int]) -> tuple[int, int] | None:
    """The words of *target* that are like an attested spelling and none."""
    if not attested:
        return None
    if target.side.language.letters:
        return _garbled_letters(target, attested, taken)
    words = _words(attested)
    small = _words(tuple(form for form in attested if form[0].islower()))
    named = {place for mark in target.names for place in range(mark.start, mark.end)} | taken
    best: tuple[float, int] | None = None
    for place in range(target.start, target.end):
        word = target.side.tokens.words[place]
        if place in named or len(word) < _SHORTEST:
            continue
        if not _can_be_name(target, place):
            # "talibans" is written small where it is a word of the language.
            if not _is_common(target, place) and any(_SMALL <= likeness(word, one) < 1 for one in small):
                best = max(best or (0.0, place), (_SMALL, place))
            continue
        forms = {word, *target.side.grammar.bases(word)}
        if forms & words:
            continue
        like = max((likeness(form, one) for form in forms for one in words), default=0.0)
        if like >= _LIKE and (best is None or like > best[0]):
            best = (like, place)
    return (best[1], best[1] + 1) if best else None


def _phrase(target: Part, attested: tuple[str, ...], taken: set[int]) -> tuple[int, int] | None:
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
    return is_vowelless(_script(target)) or not any(_is_variant(target, attested, one) for one in forms)


def _is_variant(target: Part, attested: str, word: str) -> bool:
    if sorted(attested) == sorted(word):
        return False
    return departure(attested, word) < _VARIANT or respelt(attested, word, respelling(target.side.code))


@lru_cache(maxsize=4096)
def _rows(attested: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The words of attested spellings that have more than one."""
    rows = [tuple(fold(word) for word in form.replace("-", " ").split()) for form in attested]
    return tuple(dict.fromkeys(row for row in rows if len(row) > 1 and max(map(len, row)) >= _SHORTEST))


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


def _beside(
    target: Part,
    mine: list[Mark],
    theirs: list[Mark],
    attested: tuple[str, ...],
    taken: set[int],
    *,
    is_person: bool,
) -> Iterator[tuple[Finding, int]]:
    """Words beside a known name that garble the rest of it."""
    if target.side.language.letters or not is_person:
        if len(mine) > len(theirs) and (near := _garbled(target, attested, taken)) is not None:
            taken.update(range(*near))
            yield _departs(target, near, attested), near[0]
        return
    longest = max(mark.end - mark.start for mark in mine)
    named = {place for mark in target.names for place in range(mark.start, mark.end)}
    words = _words(attested)
    tokens = target.side.tokens
    for mark in theirs:
        least = _LIKE if mark.end - mark.start >= longest else _HALF
        for place in (*range(mark.start - 1, mark.start - _WIDE, -1), *range(mark.end, mark.end + 2)):
            if not target.start <= place < target.end or place in named:
                continue
            word = tokens.words[place]
            if len(word) < 3 or not _can_be_name(target, place):
                continue
            if (
                word not in words
                and any(likeness(word, one) >= least for one in words)
                and not (not is_vowelless(_script(target)) and any(_is_variant(target, one, word) for one in words))
            ):
                taken.add(place)
                full = tuple(form for form in attested if " " in form) or attested
                first = min(place, mark.start), max(place + 1, mark.end)
                yield _departs(target, first, full), place
                break
    if len(mine) > len(theirs) and (near := _garbled(target, attested, taken)) is not None:
        taken.update(range(*near))
        yield _departs(target, near, attested), near[0]


def _can_be_name(part: Part, place: int, *, is_sure: bool = False) -> bool:
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
    return not _is_common(part, place)


def _is_common(part: Part, place: int) -> bool:
    word = part.side.tokens.words[place]
    if word in part.side.grammar.common:
        return True
    return bool(part.side.grammar.words.whole(word)) or bool(part.side.lexicon.words.whole(word))


def _in_han(source: Part, target: Part, taken: set[int]) -> Iterator[Finding]:
    """Names that nobody knows, in Chinese signs on one side."""
    han, other = (target, source) if target.side.language.letters else (source, target)
    if not other.side.language.capitals:
        return
    tokens = other.side.tokens
    rows = [row for row in _rows_of(other, {place for place, _ in _candidates(other)} - taken) if len(row) > 1]
    places = {tokens.words[place]: place for row in rows for place in row}
    span = han.span
    text = han.side.text[span.start : span.end]
    for one in garbled([[tokens.words[place] for place in row] for row in rows], text):
        word = other.said(places[one.word], places[one.word] + 1)
        if han is target:
            place = Span(span.start + one.start, span.start + one.end)
            said = text[one.start : one.end]
            yield target.found("name", "severe", place, sentences.SPELT_OTHERWISE.said(target=said, source=word))
        else:
            at = places[one.word]
            said = text[one.start : one.end]
            yield target.found(
                "name", "severe", (at, at + 1), sentences.SPELT_OTHERWISE.said(target=word, source=said), None
            )


# -- names that nobody knows -----------------------------------------------------------------------------------------

_THERE: Final = (-1, -1)


def _anew(source: Part, target: Part, mark: Mark) -> tuple[int, int] | None:
    """Where *target* has a name close to *mark*; `_THERE` if it has the name itself."""
    best: tuple[float, int] | None = None
    exact = 0
    words = [
        place
        for place in range(mark.start, mark.end)
        if len(source.side.tokens.words[place]) >= _SHORTEST and not is_vocabulary(source.side.tokens.raw[place])
    ]
    words = words or [at for at in range(mark.start, mark.end) if len(source.side.tokens.words[at]) >= _SHORTEST]
    for place in words:
        cost, at = _nearest(source, place, target, set())
        if cost < _SAME:
            exact += 1
        elif at is not None and cost <= _NEAR * _size(source, place, target) and (best is None or cost < best[0]):
            best = (cost, at)
    if words and exact == len(words):
        return _THERE
    return (best[1], best[1] + 1) if best else None


def _departure(one: Part, word: str, other: Part, against: str) -> float:
    if word == against:
        return 0.0
    mine, theirs = given_name(word), given_name(against)
    script, script_other = _script(one), _script(other)
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
    if theirs is None and cost > _EXACT and bare_other and not bare and is_spelt_in(word, script_other):
        return max(cost, _SAME)  # how this given name is written there is known, and not so
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
        return max(cost, _SAME)
    cost = departure(word, against)
    mine = given_name(word)
    if mine is not None and mine == given_name(against):
        return 0.0
    return cost + _ODD if cost > _SLAVIC else cost


def _nearest(one: Part, place: int, other: Part, taken: set[int]) -> tuple[float, int | None]:
    """The cost of the word of *other* that is nearest to the word at *place*, and where it is."""
    word = one.side.tokens.words[place]
    mine = [word, *one.side.grammar.bases(word)]
    if _ABD.fullmatch(word):
        mine += ["abd"]
        if place + 1 < one.end:
            mine.append(word + one.side.tokens.words[place + 1])
    elif place > one.start and _ABD.fullmatch(one.side.tokens.words[place - 1]):
        mine.append(one.side.tokens.words[place - 1] + word)
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
        forms = [against, *other.side.grammar.bases(against)]
        bare = against[2:] if against.startswith("ال") else ""
        if at + 1 < other.end and tokens.starts[at + 1] - tokens.ends[at] <= 1:
            forms.append(against + tokens.words[at + 1])
        if against.startswith(_SERVANT):
            # "Abdul Rahim" is one word there: its first half, and what is behind it with and without the article.
            rest = against[len(_SERVANT) :]
            forms += [_SERVANT, rest, rest.removeprefix("ال")]
        cost = min(_departure(one, each, other, form) for each in mine for form in forms if form)
        if pairs and cost > 0 and len(against) > len(word):
            cost = min(cost, *(_departure(one, each, other, against) for each in pairs))
        if bare and cost > 0:
            cost = min(cost, _ARTICLE + min(_departure(one, each, other, bare) for each in mine))
        if 0 < cost < _SAME and not capitals and _is_common(other, at):
            cost += _SAME  # a word of the language that happens to be like the name
        if cost < best[0]:
            best = (cost, at)
            if cost == 0:
                break
    return best


def _as_one(one: Part, place: int) -> list[str]:
    """The word at *place* and its neighbour as one word, as scripts without capitals write some names."""
    words = one.side.tokens.words
    return [words[first] + words[first + 1] for first in (place - 1, place) if one.start <= first < one.end - 1]


def _size(one: Part, place: int, other: Part) -> float:
    """The letters of a name that count: where a script leaves vowels out, the consonants."""
    word = sounds(one.side.tokens.words[place])
    if is_vowelless(_script(one)) or is_vowelless(_script(other)):
        return sum(0.2 if letter in _LETTERS_OF_VOWELS else 1.0 for letter in word)
    return float(len(word))


def _candidates(part: Part) -> list[tuple[int, bool]]:
    """Words that are of names that nobody knows, and whether they surely are of a person's."""
    tokens, language = part.side.tokens, part.side.language
    taken = {
        place
        for kind in ("official", "subject", "state", "people", "outlet")
        for mark in part.names
        if mark.kind == kind
        for place in _around(mark)
    }
    taken |= {place for told in part.dates for place in range(told.start, told.end)}
    titled = {mark.end for mark in part.of("title")}
    capital = {
        place
        for place in range(part.start, part.end)
        if place not in taken
        and tokens.raw[place][0].isupper()
        and tokens.words[place] not in part.side.grammar.common
        and tokens.words[place] not in _PARTICLES
    }
    given = {place for place in capital if given_name(tokens.words[place]) is not None}
    plain = {
        place
        for place in capital
        if place in given
        or _ABD.fullmatch(tokens.words[place])
        or not (is_translated(tokens.raw[place]) or is_light(tokens.raw[place]) or _is_common(part, place))
    }
    persons = _persons(part, capital, given, plain, titled)
    rows = set[int]()
    if not language.capital_nouns:
        rows = {place for row in _rows_of(part, plain) if len(row) > 1 for place in row}
    found: list[tuple[int, bool]] = []
    for place in sorted(capital):
        raw = tokens.raw[place]
        letters = sum(c.isalpha() for c in raw)
        person = place in persons
        if letters < (_SHORTEST_OF_PERSON if person else _SHORTEST) or (raw.isupper() and letters <= _ACRONYM):
            continue
        if not person and place not in plain:
            continue
        beside = {at for at in _beside_of(part, place) if at in plain}
        opens = place == part.start or tokens.border[place] >= Border.SENTENCE or tokens.quoted[place]
        if not person and place not in rows and (opens or language.capital_nouns or (not beside and letters < _ALONE)):
            continue
        found.append((place, person))
    return found


def _persons(part: Part, capital: set[int], given: set[int], plain: set[int], titled: set[int]) -> set[int]:
    """The words of persons' names: rows of two and more with a capital, a given name or a title among them.

    A word that is one of the language too ("Court…", "Hall") belongs to the name behind a word that is none.
    """
    found: set[int] = set()
    for row in _rows_of(part, capital):
        first = next((n for n, place in enumerate(row) if place in plain or place in titled), None)
        if first is None:
            continue
        # What stands before a title is none of the name: "Additional Secretary".
        first = max([first, *(n for n, place in enumerate(row[:-1]) if place in titled)])
        while (
            first < len(row)
            and row[first] not in plain
            and is_vocabulary(part.side.tokens.raw[row[first]])
            and not _ABD.fullmatch(part.side.tokens.words[row[first]])
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


def _rows_of(part: Part, capital: set[int]) -> Iterator[list[int]]:
    """Words with capitals that stand side by side, small words such as ``al`` passed over."""
    row: list[int] = []
    for place in sorted(capital):
        if row and place not in set(_beside_of(part, row[-1])):
            yield row
            row = []
        row.append(place)
    if row:
        yield row


def _beside_of(part: Part, place: int) -> Iterator[int]:
    """The words before and behind a word with nothing between them, a small word such as ``al`` passed over."""
    tokens = part.side.tokens
    for step in (-1, 1):
        at = place + step
        if part.start <= at < part.end and fold(tokens.raw[at]) in _PARTICLES:
            at += step
        first, last = sorted((place, at))
        if part.start <= first and last < part.end and not any(tokens.border[first + 1 : last + 1]):
            yield at


def _around(mark: Mark) -> range:
    """The words of a known name; what stands beside an official's may belong to it."""
    wide = _WIDE - 1 if mark.kind == "official" else 0
    return range(mark.start - wide, mark.end + (1 if wide else 0))


def _unknown(one: Part, other: Part, taken: set[int], told: set[int], *, is_turned: bool) -> Iterator[Finding]:
    """Names with capitals in *one* whose counterpart in *other* departs from them."""
    target = one if is_turned else other
    lost: list[int] = []
    matched: set[int] = set()
    both = _known(one).keys() & _known(other).keys()
    named = {
        place
        for mark in other.names
        if mark.value in both or mark.kind in {"state", "people"}
        for place in range(mark.start, mark.end)
    }
    rows = [(place, person, *_nearest(one, place, other, named | taken)) for place, person in _candidates(one)]
    matched |= {
        at
        for place, _, cost, at in rows
        if cost < _SAME and at is not None and not _ABD.fullmatch(one.side.tokens.words[place])
    }
    homes = {place: at for place, _, cost, at in rows if cost < _SAME and at is not None}
    for place, person, cost, at in rows:
        if cost < _SAME:
            continue
        beside = _by_place(one, place, other, homes, matched | named | taken) if person else None
        if beside is not None:
            cost, at = 0.0, beside  # noqa: PLW2901 - it stands where the name has to be
        share = _NEAR if person or other.side.language.capitals else 0.3
        if (
            at is not None
            and at not in matched
            and cost <= max(share * _size(one, place, other), 1.05 if person else 0.0)
            and not _is_common(other, at)
            and (person or not is_translated(other.side.tokens.raw[at]))
        ):
            matched.add(at)
            where = place if is_turned else at
            if where not in told:
                told.add(where)
                yield _unlike(one, other, place, at, target, where)
        elif person and not any(at in homes for at in _beside_of(one, place)):
            lost.append(place)
    if _script(one) == _script(other) == "Latn":
        yield from _small_words(one, other, homes, target)
    told_rows = {place for place, _, _, at in rows if at in matched}
    if lost and other.side.language.capitals:
        mine = {place for place, _ in _candidates(other)} - matched - taken - told
        free = sorted(at for at in mine if _nearest(other, at, one, set())[0] >= _SAME)
        for place, at in zip(lost, free, strict=False):
            where = place if is_turned else at
            told_rows.add(place)
            yield _unlike(one, other, place, at, target, where)
    if not is_turned and other.side.language.capitals:
        yield from _once_more(one, other, matched | taken | told)
    costs = {place: cost / max(1.0, _size(one, place, other)) for place, _, cost, _ in rows}
    for row in _rows_of(part=one, capital=set(lost)):
        whole = [place for place in row if place in costs]
        if not any(given_name(one.side.tokens.words[place]) for place in whole):
            continue
        if told_rows.isdisjoint(whole) and all(costs[place] > _STRANGE for place in whole):
            span = (whole[0], whole[-1] + 1)
            said = one.said(*span)
            if is_turned:
                yield target.found("name", "severe", span, sentences.NAMED_NEW.said(target=said))
            else:
                yield one.found("name", "severe", span, sentences.NOT_NAMED.said(source=said))


def _small_words(one: Part, other: Part, homes: dict[int, int], target: Part) -> Iterator[Finding]:
    """Small words between two words of a name, which are there and are another: "Maria dfl Carmen"."""
    for place, at in homes.items():
        if homes.get(place + 2) != at + 2 or any(
            part.side.tokens.border[n] for part, n in ((one, place + 1), (other, at + 1))
        ):
            continue
        word, against = one.side.tokens.words[place + 1], other.side.tokens.words[at + 1]
        if word not in _PARTICLES or against == word or against in _PARTICLES or is_light(against):
            continue
        where = place + 1 if target is one else at + 1
        yield _unlike(one, other, place + 1, at + 1, target, where)


def _once_more(one: Part, other: Part, seen: set[int]) -> Iterator[Finding]:
    """A name that the translation says a second time, and otherwise than the first."""
    for place, is_person in _candidates(other):
        if not is_person or place in seen:
            continue
        cost, at = _nearest(other, place, one, set())
        if at is not None and _SAME <= cost <= _NEAR * _size(other, place, one) and not _is_common(one, at):
            yield _unlike(one, other, at, place, other, place)


def _by_place(one: Part, place: int, other: Part, homes: dict[int, int], taken: set[int]) -> int | None:
    """The word that stands where the name at *place* has to be, beside the rest of the name, and is much like it."""
    for step in (1, -1):
        home = homes.get(place + step)
        if home is None:
            home = homes.get(place + 2 * step)
        if home is None:
            continue
        for at in (home - step, home + step, home - 2 * step):
            if at in taken or not other.start <= at < other.end or not _can_be_name(other, at, is_sure=True):
                continue
            word, against = one.side.tokens.words[place], other.side.tokens.words[at]
            if is_translated(other.side.tokens.raw[at]) and given_name(word) is None:
                continue
            if likeness(word, against) >= _HALF or (
                _departure(one, word, other, against) <= _BESIDE * max(len(sounds(word)), 3)
            ):
                return at
    return None


def _unlike(one: Part, other: Part, place: int, at: int, target: Part, where: int) -> Finding:
    mine, theirs = one.said(place, place + 1), other.said(at, at + 1)
    source, said = (theirs, mine) if target is one else (mine, theirs)
    is_same = _script(one) == _script(other)
    return target.found(
        "name", "severe", (where, where + 1), sentences.SPELT_OTHERWISE.said(target=said, source=source),
        source if is_same else None,
    )  # fmt: skip
