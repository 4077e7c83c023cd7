"""Names that the register knows: there in an attested spelling, garbled, another, or lost."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from tizim.guard import sentences
from tizim.guard.attested import (
    LIKE,
    Forms,
    Whole,
    forms_of,
    garbled_in,
    garbled_phrase,
    is_variant,
    known_in,
    words_of,
)
from tizim.guard.capitals import SHORTEST, WIDE, can_be_name
from tizim.guard.findings import Finding
from tizim.guard.nearest import HALF, LETTERS_OF_VOWELS, NEAR, SAME, departure_of, nearest, size_of
from tizim.guard.sides import Part
from tizim.guard.vocabulary import is_vocabulary
from tizim.news.known import Known
from tizim.news.lexicon import Mark
from tizim.news.spelling import likeness
from tizim.news.tokens import fold
from tizim.text.scripts import is_vowelless

_ANEW: Final = 0.3  # departure below which a form that is not attested writes the source's name anew
_THERE: Final = (-1, -1)


def check_known(
    source: Part, target: Part, known: Known, texts: Whole, taken: set[int]
) -> Iterator[tuple[Finding, int]]:
    """What is wrong with names that the register knows, and the words where it is."""
    mine, theirs = known_in(source), known_in(target)
    forms = forms_of(known)
    script = target.side.language.script
    swapped = [value for value in theirs if value not in mine and value not in texts.source]
    for value, marks in mine.items():
        one = forms.get(value, Forms((), (), is_person=False))
        attested = one.written(script)
        if value in theirs:
            yield from _beside(target, marks, theirs[value], attested, taken, is_person=one.is_person)
            continue
        near = garbled_phrase(target, attested, taken)
        if near is not None:
            taken.update(range(*near))
            yield _departs(target, near, attested), near[0]
            continue
        near = garbled_in(target, attested, taken)
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
    if any(_single(form) == _single(one) for form in forms for one in words_of(attested)):
        return True
    tokens = target.side.tokens
    if any(
        target.start <= at < target.end and tokens.words[at] in words_of(attested) for at in (place[0] - 1, place[1])
    ):  # the rest of the name is as attested, so this is meant to be
        return not is_vowelless(target.side.language.script) and any(
            is_variant(target, one, form) for form in forms for one in words_of(attested)
        )
    if any(_bare(form) == _bare(one) for form in forms for one in words_of(attested)):
        return False  # only letters for vowels differ, which a script may leave out: one was lost or changed
    if any(
        departure_of(source, source.side.tokens.words[at], target, word) < _ANEW for at in range(mark.start, mark.end)
    ):
        return True
    return source.side.language.letters and any(
        departure_of(target, one, target, word) < _ANEW for one in words_of(attested)
    )


def _single(word: str) -> str:
    """*word* without doubled letters."""
    return "".join(letter for letter, _ in groupby(word))


def _bare(word: str) -> str:
    return "".join(letter for letter in word if letter not in LETTERS_OF_VOWELS)


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
        if len(mine) > len(theirs) and (near := garbled_in(target, attested, taken)) is not None:
            taken.update(range(*near))
            yield _departs(target, near, attested), near[0]
        return
    longest = max(mark.end - mark.start for mark in mine)
    named = {place for mark in target.names for place in range(mark.start, mark.end)}
    words = words_of(attested)
    tokens = target.side.tokens
    for mark in theirs:
        least = LIKE if mark.end - mark.start >= longest else HALF
        for place in (*range(mark.start - 1, mark.start - WIDE, -1), *range(mark.end, mark.end + 2)):
            if not target.start <= place < target.end or place in named:
                continue
            word = tokens.words[place]
            if len(word) < 3 or not can_be_name(target, place):
                continue
            if (
                word not in words
                and any(likeness(word, one) >= least for one in words)
                and not (
                    not is_vowelless(target.side.language.script)
                    and any(is_variant(target, one, word) for one in words)
                )
            ):
                taken.add(place)
                full = tuple(form for form in attested if " " in form) or attested
                first = min(place, mark.start), max(place + 1, mark.end)
                yield _departs(target, first, full), place
                break
    if len(mine) > len(theirs) and (near := garbled_in(target, attested, taken)) is not None:
        taken.update(range(*near))
        yield _departs(target, near, attested), near[0]


def _anew(source: Part, target: Part, mark: Mark) -> tuple[int, int] | None:
    """Where *target* has a name close to *mark*; `_THERE` if it has the name itself."""
    best: tuple[float, int] | None = None
    exact = 0
    words = [
        place
        for place in range(mark.start, mark.end)
        if len(source.side.tokens.words[place]) >= SHORTEST and not is_vocabulary(source.side.tokens.raw[place])
    ]
    words = words or [at for at in range(mark.start, mark.end) if len(source.side.tokens.words[at]) >= SHORTEST]
    for place in words:
        cost, at = nearest(source, place, target, set())
        if cost < SAME:
            exact += 1
        elif at is not None and cost <= NEAR * size_of(source, place, target) and (best is None or cost < best[0]):
            best = (cost, at)
    if words and exact == len(words):
        return _THERE
    return (best[1], best[1] + 1) if best else None
