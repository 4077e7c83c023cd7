"""A translation and its source in, findings out."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from tizim.errors import BadInput
from tizim.guard import countries, days, names, negation, placeholders, quotes, sentences, terms, tongues, within
from tizim.guard import numbers as counting
from tizim.guard.aligning import Pair, align
from tizim.guard.attested import Whole, whole
from tizim.guard.findings import Checked, Finding
from tizim.guard.sides import Part, Side
from tizim.news.known import Known, starter

LONGEST: Final = 200_000
"""characters of a text that is checked"""
_SHORT: Final = 0.42  # of the length that a translation should have, below which something is left out
_TOLD: Final = 60  # characters, in English, of a text whose length tells something


def check_translation(
    source: str,
    target: str | None = None,
    *,
    source_language: str | None = None,
    target_language: str | None = None,
    known: Known | None = None,
) -> Checked:
    """What a person has to look at before *target*, a translation of *source*, is published.

    Without *target* only what can be seen in *source* by itself is looked for. Languages are BCP 47 tags, found out
    if they are not given; *known* holds the names that the register attests, those that ship with tizim if it is not
    given. Raises `NotSupported` for a language without a file, `BadInput` for a text that is empty or too long.
    """
    names_known = known or starter()
    for text, what in ((source, "the source"), (target, "the translation")):
        if text is not None and not text.strip():
            raise BadInput(f"{what} is empty: there is nothing to check")
        if text is not None and len(text) > LONGEST:
            raise BadInput(f"{what} has {len(text):,} characters: check at most {LONGEST:,} at a time")
    one = Side(source, tongues.code_of(source, source_language, names_known), names_known, "source")
    if target is None:
        return _checked(within.check(one, names_known, has_source=False), one.code, None)
    code = tongues.code_of(target, target_language, names_known)
    other = Side(target, code, names_known, "target")
    return _checked(_compared(one, other, names_known), one.code, other.code)


def check_message(source: str, target: str, source_language: str, target_language: str) -> tuple[Finding, ...]:
    """What differs between a short message and its translation: placeholders, numbers, negations and terms.

    Messages are no sentences with names in them; what fills their placeholders is not theirs. Raises `NotSupported`
    for a language without a file.
    """
    known = starter()
    one = Side(source, tongues.code_of(source, source_language, known), known, "source").whole
    other = Side(target, tongues.code_of(target, target_language, known), known, "target").whole
    return (
        *placeholders.check(one, other),
        *counting.check(one, other, counting.numbers(one, []), counting.numbers(other, [])),
        *negation.check(one, other),
        *terms.check(one, other),
    )


def _checked(findings: Iterator[Finding], source: str, target: str | None) -> Checked:
    rows = sorted(set(findings), key=lambda one: (one.side, one.start, one.end, one.code, one.message))
    return Checked(
        findings=tuple(rows),
        publishable=all(one.severity != "severe" for one in rows),
        source_language=source,
        target_language=target,
    )


def _compared(source: Side, target: Side, known: Known) -> Iterator[Finding]:
    foreign = list(tongues.check(source, target))
    yield from foreign
    yield from placeholders.check(source.whole, target.whole)
    if any(one.end - one.start >= target.whole.length for one in foreign):
        return  # in another language nothing else can be compared
    yield from within.check(target, known, has_source=True)
    yield from _repeated(source, target)
    texts = whole(source.whole, target.whole)
    pairs = align(source, target)
    for pair in pairs:
        if pair.source.start == pair.source.end or pair.target.start == pair.target.end:
            yield _alone(pair)
        else:
            yield from _pair(pair, known, texts)
    for run in quotes.runs(pairs):
        if run.source.start < run.source.end and run.target.start < run.target.end:
            yield from quotes.check(run.source, run.target)


def _repeated(source: Side, target: Side) -> Iterator[Finding]:
    """Sentences that the translation has twice and the source has not."""
    mine = Counter(_words(part) for part in source.sentences)
    if any(count > 1 for count in mine.values()):
        return
    seen: set[tuple[str, ...]] = set()
    for part in target.sentences:
        words = _words(part)
        if len(words) > 2 and words in seen:
            yield part.found("added", "severe", part.words, sentences.TWICE.said())
        seen.add(words)


def _words(part: Part) -> tuple[str, ...]:
    return tuple(part.side.tokens.words[part.start : part.end])


def _alone(pair: Pair) -> Finding:
    if pair.source.start == pair.source.end:
        return pair.target.found("added", "severe", pair.target.words, sentences.ADDED.said())
    return pair.source.found("dropped", "severe", pair.source.words, sentences.DROPPED.said())


def _pair(pair: Pair, known: Known, texts: Whole) -> Iterator[Finding]:
    source, target = pair
    mine = counting.numbers(source, counting.dated(source))
    theirs = counting.numbers(target, counting.dated(target))
    yield from days.check(source, target, mine, theirs)
    yield from counting.check(source, target, mine, theirs)
    yield from counting.codes(source, target)
    yield from negation.check(source, target)
    yield from terms.check(source, target)
    yield from countries.check(source, target)
    yield from names.check(source, target, known, texts)
    yield from _length(source, target)


def _length(source: Part, target: Part) -> Iterator[Finding]:
    """A translation that is much too short or too long."""
    one, other = source.length / source.side.habits.length, target.length / target.side.habits.length
    if one >= _TOLD and other < _SHORT * one:
        yield source.found("dropped", "severe", source.words, sentences.SHORT.said())
    elif other >= _TOLD and one < _SHORT * other:
        yield target.found("added", "severe", target.words, sentences.LONG.said())
