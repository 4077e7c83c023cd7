"""One of the two texts made ready: its words, what is marked in them, and its sentences."""

import re
from bisect import bisect_left
from functools import lru_cache
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
        words, self.names = self.grammar.marks(self.tokens)
        stops = [end - 1 for _, end in self.tokens.sentences]
        self.marks: dict[str, list[Mark]] = {}
        for mark in sorted((*self.lexicon.words.find(self.tokens.words, stops), *words), key=_place):
            self.marks.setdefault(mark.kind, []).append(mark)
        almanac_ = almanac(code)
        self.dates: list[Told] = [
            _cut(told, self.tokens)
            for start, end in self.tokens.sentences
            for told in almanac_.find(self.tokens, start, end)
        ]
        self.whole = Part(self, 0, len(self.tokens))
        self.sentences = [Part(self, start, end) for start, end in self.tokens.sentences]


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
        rows = self.side.marks.get(kind, [])
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
