"""One of the two texts made ready: its words, what is marked in them, and its sentences."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from tizim.guard.findings import Code, Finding, Severity
from tizim.guard.findings import Side as SideName
from tizim.guard.languages import Lexicon
from tizim.news.dates import almanac
from tizim.news.dates.find import Told
from tizim.news.grammar import Grammar, grammar
from tizim.news.known import Known
from tizim.news.lexicon import Mark
from tizim.news.tokens import Tokens

OWN: Final = "guard/"
"""what the kinds of the guard's own patterns begin with"""
_HEADING: Final = 3  # words of a heading at most
_DAY_BEHIND: Final = re.compile(r"[^\W\d_]ـ?(\d{1,2})")
_LAST_DAY: Final = 31
_GROUP: Final = re.compile("[.,٬’'\u00a0\u202f ]\\d{3}(?!\\d)")


@lru_cache(maxsize=64)
def _lexicon(code: str, key: str, made: Grammar) -> Lexicon:  # noqa: ARG001 - part of what the cache goes by
    return Lexicon(code, made)


class Side:
    """A text, marked by the words and names of its language."""

    def __init__(self, text: str, code: str, known: Known, name: SideName) -> None:
        self.text = text
        self.code = code
        self.name: SideName = name
        self.grammar = grammar(code, known)
        self.language = self.grammar.language
        self.tokens = Tokens(text, self.language)
        self.lexicon = _lexicon(code, known.base, self.grammar)
        self.habits = self.lexicon.habits
        self._stops = [end - 1 for _, end in self.tokens.sentences]
        self.marks = _by_kind(self.lexicon.words.find(self.tokens.words, self._stops))
        """the guard's own patterns, by kind"""
        self.whole = Part(self, 0, len(self.tokens))
        self.sentences = [Part(self, start, end) for start, end in self._with_headings()]

    def _with_headings(self) -> Iterator[tuple[int, int]]:
        """The sentences, those that are a heading and a number ("Article 2.") with what they are over."""
        begun: int | None = None
        for start, end in self.tokens.sentences:
            first = start if begun is None else begun
            if end - start <= _HEADING and end < len(self.tokens) and self._is_numbered(start, end):
                begun = first
                continue
            begun = None
            yield first, end

    def _is_numbered(self, start: int, end: int) -> bool:
        return any(word[0].isdigit() for word in self.tokens.words[start:end]) or any(
            start <= mark.start < end for mark in self.marks.get("guard/number", ())
        )

    @cached_property
    def _read(self) -> tuple[dict[str, list[Mark]], list[Mark]]:
        words, names = self.grammar.marks(self.tokens)
        return _by_kind(words), names

    @property
    def names(self) -> list[Mark]:
        """Names, as ``tizim.news`` knows them; none overlaps another."""
        return self._read[1]

    def of(self, kind: str) -> list[Mark]:
        """The marks of *kind*: of the guard's own patterns, or of those of ``tizim.news``."""
        return (self.marks if kind.startswith(OWN) else self._read[0]).get(kind, [])

    @cached_property
    def dates(self) -> list[Told]:
        """The dates told."""
        words = almanac(self.code)
        return [
            _cut(_joined(told, self.tokens), self.tokens)
            for start, end in self.tokens.sentences
            for told in words.find(self.tokens, start, end)
        ]


def _by_kind(marks: list[Mark]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=_place):
        found.setdefault(mark.kind, []).append(mark)
    return found


def _joined(told: Told, tokens: Tokens) -> Told:
    """*told* with a day that a small word is written together with: "و19 مايو" is "and 19 May"."""
    if told.month is None or told.day is not None or not told.start:
        return told
    found = _DAY_BEHIND.fullmatch(tokens.raw[told.start - 1])
    if found is None or not 1 <= int(found[1]) <= _LAST_DAY:
        return told
    return told._replace(day=int(found[1]), start=told.start - 1)


def _cut(told: Told, tokens: Tokens) -> Told:
    """*told* without a day that is the head of a larger number: "since August 4.500 fighters"."""
    if told.day is None or told.month is None or told.year is not None or told.end - told.start < 2:
        return told
    if _GROUP.match(tokens.text, tokens.ends[told.end - 1]) is None:
        return told
    return told._replace(day=None, end=told.end - 1)


def _place(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end


class Span(NamedTuple):
    """Characters of a text."""

    start: int
    end: int


class Part:
    """Some sentences of a side, as words from *start* up to, not with, *end*."""

    __slots__ = ("end", "side", "start")

    def __init__(self, side: Side, start: int, end: int) -> None:
        self.side = side
        self.start = start
        self.end = end

    @property
    def span(self) -> Span:
        """From the end of the sentence before to the next one, so that marks around it are in it."""
        tokens = self.side.tokens
        if self.start >= self.end:
            return Span(0, 0)
        first = tokens.ends[self.start - 1] if self.start else 0
        last = tokens.starts[self.end] if self.end < len(tokens) else len(tokens.text)
        return Span(first, last)

    @property
    def words(self) -> Span:
        """Its characters from the first to the last word."""
        if self.start >= self.end:
            return Span(0, 0)
        return Span(*self.side.tokens.span(self.start, self.end))

    @property
    def length(self) -> int:
        span = self.words
        return span.end - span.start

    def of(self, kind: str) -> list[Mark]:
        """The marks of *kind* in it, none inside another."""
        found: list[Mark] = []
        rows = self.side.of(kind)
        for mark in rows[bisect_left(rows, self.start, key=_start) :]:
            if mark.start >= self.end:
                break
            if mark.end <= self.end and (not found or mark.start >= found[-1].end):
                found.append(mark)
        return found

    @property
    def names(self) -> list[Mark]:
        return [mark for mark in self.side.names if self.start <= mark.start < self.end]

    @property
    def dates(self) -> list[Told]:
        return [told for told in self.side.dates if self.start <= told.start < self.end]

    def said(self, start: int, end: int) -> str:
        """The words from *start* up to *end*, as given."""
        return self.side.tokens.said(start, end)

    def found(
        self, code: Code, severity: Severity, place: tuple[int, int] | Span, message: str, suggestion: str | None = None
    ) -> Finding:
        """A finding at words, or at the characters of a `Span`."""
        span = place if isinstance(place, Span) else Span(*self.side.tokens.span(*place))
        return Finding(
            code=code, severity=severity, side=self.side.name, start=span.start, end=span.end, message=message,
            suggestion=suggestion,
        )  # fmt: skip


def _start(mark: Mark) -> int:
    return mark.start
