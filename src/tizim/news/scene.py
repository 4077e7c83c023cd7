"""A text with everything marked in it that acts are made of: names, states with their organs, dates, speakers."""

import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, Final, get_args

import msgspec

from tizim.news.grammar import Grammar
from tizim.news.known.names import OTHERS
from tizim.news.language import Act, Words
from tizim.news.lexicon import Mark
from tizim.news.tokens import Border, Tokens, fold

_BORDERS: Final = (0, 2, 5, 5, 5)  # what it costs to go over each `Border`
_NOT_DROPPED: Final = frozenset({"drop", "court"})
_LANDS: Final = frozenset({"state", "people"})
_SMALL: Final = 3  # letters of a word that may stand between an organ and its state: "of", "de la", "в"
_APPOSITION: Final = 6
_APART: Final = 4  # words between an office and the body it is held in


_KINDS: Final = (
    *(f"act/{act}" for act in get_args(Act)), *Words.__struct_fields__,
    "organ", "title", "state", "people", "subject", "official", "outlet",
)  # fmt: skip
_ACTS: Final = frozenset(f"act/{act}" for act in get_args(Act))
_BITS: Final = {kind: 1 << place for place, kind in enumerate(_KINDS)}


def bits(*kinds: str) -> int:
    """A number that stands for *kinds*, to be held against `Sentence.covering`."""
    return sum(_BITS[kind] for kind in set(kinds))


class Mention(msgspec.Struct, frozen=True, order=True, gc=False):
    """A subject of lists named in the text, from word *start* up to *end*."""

    start: int
    end: int
    key: str
    """the register's id, or what tells a new name from others"""
    name: str
    """in the text's words"""

    @property
    def id(self) -> str | None:
        """The register's id; none for those it does not know."""
        return None if self.key.startswith(OTHERS) else self.key


class Actor(msgspec.Struct, frozen=True, gc=False):
    """A state, a body or an organ of one, as it stands in the text."""

    start: int
    end: int
    state: str
    """list code; empty for an organ whose state only the context tells"""
    kind: str
    """state, people (an adjective), organ, title, person or home"""


class Sentence:
    """One sentence: its words and what is marked in them."""

    __slots__ = (
        "_covering", "_places", "_rows", "actors", "dated", "end", "governing", "kinds", "lists", "marks", "mentions",
        "names", "parts", "people", "rel", "start", "verbs",
    )  # fmt: skip

    def __init__(self, start: int, end: int, marks: list[Mark], names: list[Mark]) -> None:
        self._places: dict[tuple[str, ...], set[int]] = {}
        self._rows: dict[tuple[str, ...], list[Mark]] = {}
        self._covering: dict[int, int] | None = None
        self.start = start
        self.end = end
        self.marks = marks
        self.names = names
        kinds: dict[str, list[Mark]] = {}
        for row in (marks, names):
            for mark in row:
                kind = mark.kind
                if kind in kinds:
                    kinds[kind].append(mark)
                else:
                    kinds[kind] = [mark]
        self.kinds = kinds
        self.verbs = [mark for kind, row in kinds.items() if kind in _ACTS for mark in row]
        """verbs and nouns of acts, kind by kind"""
        self.governing: Sequence[Mark] | None = None
        """words that say how an act is meant, once somebody asked"""
        self.rel = sorted({mark.start for mark in self.kinds["rel"]}) if "rel" in self.kinds else []
        """where words stand that open a clause"""
        self.actors: list[Actor] = []
        self.mentions: list[Mention] = []
        self.parts: dict[int, bool] = {}
        """of mentions by their first word: whether a noun beside them makes them mean another"""
        self.people: list[Any] | None = None
        """who can speak in it, once somebody asked"""
        self.lists: list[Mark] = []
        """the lists told of, as complements of acts"""
        self.dated: set[int] = set()
        """the words that are parts of dates"""

    def of(self, kind: str, *others: str) -> Sequence[Mark]:
        """The marks of *kind* and *others*, kind by kind."""
        known = self.kinds
        if not others:
            return known.get(kind, ())
        kinds = (kind, *others)
        row = self._rows.get(kinds)
        if row is None:
            row = self._rows[kinds] = [mark for kind in kinds if kind in known for mark in known[kind]]
        return row

    @property
    def tells(self) -> bool:
        """Whether anything in it can be an act or a list: most sentences of most articles say neither."""
        return bool(self.verbs) or "list" in self.kinds or "blacklist" in self.kinds

    def is_at(self, kind: str, place: int) -> bool:
        """Whether a mark of *kind* covers the word at *place*."""
        return kind in self.kinds and bool(self.covering.get(place, 0) & _BITS[kind])

    @property
    def covering(self) -> dict[int, int]:
        """The kinds of the marks that cover each word, as `bits`; no entry where nothing does."""
        if self._covering is None:
            found: dict[int, int] = {}
            for row in (self.marks, self.names):
                for mark in row:
                    bit, start, end = _BITS[mark.kind], mark.start, mark.end
                    found[start] = found.get(start, 0) | bit
                    if end - start > 1:
                        for place in range(start + 1, end):
                            found[place] = found.get(place, 0) | bit
            self._covering = found
        return self._covering

    def places(self, *kinds: str) -> set[int]:
        """The words that marks of any of *kinds* cover."""
        known = self._places.get(kinds)
        if known is None:
            known = self._places[kinds] = (
                set()
                if self.kinds.keys().isdisjoint(kinds)
                else {place for mark in self.of(*kinds) for place in range(mark.start, mark.end)}
            )
        return known

    def ends_at(self, kind: str, place: int) -> Mark | None:
        """A mark of *kind* that ends just before the word at *place*."""
        for mark in self.kinds.get(kind, ()):
            if mark.end == place:
                return mark
        return None

    def starts_at(self, kind: str, place: int) -> Mark | None:
        """A mark of *kind* that begins at *place*."""
        for mark in self.kinds.get(kind, ()):
            if mark.start == place:
                return mark
        return None


class Scene:
    """A text, its sentences, and what is marked in them."""

    def __init__(self, tokens: Tokens, grammar: Grammar) -> None:
        self.tokens = tokens
        self.grammar = grammar
        self.language = grammar.language
        self.genitives = grammar.genitives
        words, names = grammar.marks(tokens)
        self._costs, self._passing, self._inside = _sums(tokens)
        dropped = _covered(
            [*(mark for mark in words if mark.kind == "drop"), *(n for n in names if n.kind in {"state", "subject"})]
        )
        words = [
            mark
            for mark in words
            if mark.start not in dropped
            or mark.kind in _NOT_DROPPED
            or not dropped.issuperset(range(mark.start, mark.end))
        ]
        self.sentences = [
            Sentence(start, end, mine, theirs)
            for (start, end), mine, theirs in zip(
                tokens.sentences, _by_sentence(words, tokens), _by_sentence(names, tokens), strict=True
            )
        ]
        for sentence in self.sentences:
            kinds = sentence.kinds
            if sentence.names or "organ" in kinds or "title" in kinds or "home" in kinds:
                sentence.actors = list(self._actors(sentence))
            if "subject" in kinds:
                sentence.mentions = list(self._mentions(sentence))

    # -- borders -------------------------------------------------------------------------------------------------

    def crossed(self, start: int, end: int, sentence: Sentence) -> int:
        """What it costs to go from one word to another: commas, stronger borders, words that open a clause.

        A bracket between words outside it costs nothing.
        """
        first, last = (start, end) if start <= end else (end, start)
        inside = self.tokens.inside
        costs = self._costs if inside[first] or inside[last] else self._passing
        rel = sentence.rel
        opened = bisect.bisect_left(rel, last) - bisect.bisect_right(rel, first) if rel else 0
        return costs[last + 1] - costs[first + 1] + 3 * opened

    def far(self, start: int, end: int) -> int:
        """How many words stand from *start* up to *end*; what is in brackets does not count if both are outside."""
        if end <= start:
            return 0
        inside = self.tokens.inside
        if inside[max(start - 1, 0)] or inside[min(end, len(inside) - 1)]:
            return end - start
        return end - start - (self._inside[end] - self._inside[start])

    def border_between(self, start: int, end: int) -> int:
        """The strongest border before any word after *start*, up to the word at *end*."""
        first, last, costs = start + 1, end + 1, self._costs
        if 0 <= first < last < len(costs) and costs[first] == costs[last]:
            return Border.NONE  # as it mostly is: the sums say so sooner than the words
        return max(self.tokens.border[first:last], default=0)

    def is_joined(self, place: int) -> bool:
        """Whether "and" is written together with the word at *place*, as in Arabic."""
        clitics = self.grammar.joining
        return bool(clitics) and self.tokens.words[place].startswith(clitics)

    def is_small(self, place: int) -> bool:
        """Whether the word at *place* is one of those that join others."""
        return len(self.tokens.words[place]) <= _SMALL

    # -- states --------------------------------------------------------------------------------------------------

    def _actors(self, sentence: Sentence) -> Iterator[Actor]:
        """States, and organs with the state that stands beside them."""
        kinds = sentence.kinds
        lands = [mark for mark in sentence.names if mark.kind in _LANDS]
        used: set[Mark] = set()
        for row in self._heads(sentence) if "organ" in kinds or "title" in kinds else ():
            first, last = row[0].start, row[-1].end
            state = next((mark.value for mark in row if mark.value), "")
            before = next(
                (land for land in reversed(lands) if land.end <= first and self._are_one(land.end, first)), None
            )
            after = next((land for land in lands if land.start >= last and self._are_one(last, land.start)), None)
            land = self._owner(before, after)
            if land is not None:
                used.add(land)
                state = land.value
                first, last = min(first, land.start), max(last, land.end)
            elif not state and (home := self._home(sentence, last)) is not None:
                last = home.end
            kind = "title" if any(mark.kind == "title" for mark in row) else "organ"
            if land is None:
                first, last = self._with_subject(sentence, first, last)
            yield Actor(first, last, state, kind)
        for mark in kinds.get("official", ()):
            yield Actor(mark.start, mark.end, mark.value.partition("\t")[0], "person")
        for land in lands:
            if land not in used:
                yield Actor(land.start, land.end, land.value, land.kind)
        for mark in kinds.get("home", ()):
            if any(this.end == mark.start for this in sentence.of("this", "own")):
                yield Actor(mark.start, mark.end, "", "home")

    def _heads(self, sentence: Sentence) -> Iterator[list[Mark]]:
        """Organs and titles, with those that they stand in."""
        heads = sorted(sentence.of("organ", "title"), key=lambda mark: (mark.start, -mark.end))
        return _chains(heads, self.tokens, sentence.places("state", "people"))

    def _with_subject(self, sentence: Sentence, first: int, last: int) -> tuple[int, int]:
        """An organ with the subject whose it is: "the Taliban government"."""
        for mark in sentence.of("subject"):
            if self.language.adjective != "before" and 0 <= mark.start - last <= 1 and self._are_one(last, mark.start):
                return first, mark.end
            if self.language.adjective != "after" and 0 <= first - mark.end <= 1 and self._are_one(mark.end, first):
                return mark.start, last
        return first, last

    def _owner(self, before: Mark | None, after: Mark | None) -> Mark | None:
        if before is None or after is None:
            return before or after
        return after if self.language.adjective == "after" else before

    def _home(self, sentence: Sentence, place: int) -> Mark | None:
        """What says "of this country" behind an organ."""
        return next(
            (m for m in sentence.of("home") if 0 <= m.start - place <= 2 and self._are_one(place, m.start)), None
        )

    def _are_one(self, end: int, start: int) -> bool:
        """Whether at most small words and one adjective stand between what ends before *end* and begins at *start*."""
        if not 0 <= start - end <= 2 or self.border_between(end - 1, start):
            return False
        return start - end < 2 or self.is_small(end) or self.is_small(end + 1)

    # -- subjects ------------------------------------------------------------------------------------------------

    def _plain(self, mark: Mark) -> str:
        """A name in the text's words, without an ending at its last."""
        said = self.tokens.said(mark.start, mark.end)
        base = self.grammar.base(self.tokens.words[mark.end - 1])
        raw = self.tokens.raw[mark.end - 1]
        if base is None or len(base) >= len(raw) or fold(raw[: len(base)]) != base:
            return said
        return said[: len(said) - len(raw) + len(base)]

    def _mentions(self, sentence: Sentence) -> Iterator[Mention]:
        """Subjects named; a second name of one in brackets or after "also known as" is no mention of its own."""
        last: Mention | None = None
        for mark in sentence.kinds.get("subject", ()):
            mention = Mention(mark.start, mark.end, mark.value, self._plain(mark))
            if last is not None and last.key == mention.key and mark.start - last.end <= _APPOSITION:
                between = range(last.end, mark.start)
                if (
                    not between
                    or any(sentence.is_at("alias", place) for place in between)
                    or (mark.start - last.end <= 1 and self.tokens.border[mark.start] == Border.STRONG)
                ):
                    continue
            last = mention
            yield mention


def _sums(tokens: Tokens) -> tuple[list[int], list[int], list[int]]:
    """Running sums over the words: of the cost of borders, of the same outside brackets, and of words inside them."""
    inside = tokens.inside
    if True not in inside:
        costs = list(accumulate(map(_BORDERS.__getitem__, tokens.border), initial=0))
        return costs, costs, [0] * len(costs)
    borders = tokens.border
    passing = [*map(_BORDERS.__getitem__, borders)]
    costs = list(accumulate(passing, initial=0))
    for place in [place for place, is_inside in enumerate(inside) if is_inside]:
        passing[place] = 0
        if place + 1 < len(borders) and borders[place + 1] == Border.STRONG:
            passing[place + 1] = 0
    return costs, list(accumulate(passing, initial=0)), list(accumulate(inside, initial=0))


def _covered(marks: list[Mark]) -> set[int]:
    return {place for mark in marks for place in range(mark.start, mark.end)}


def _chains(heads: list[Mark], tokens: Tokens, joining: set[int]) -> Iterator[list[Mark]]:
    """Organs and titles that stand one in the other ("spokesman of the foreign ministry"), as rows."""
    row: list[Mark] = []
    for mark in heads:
        if row and mark.start < row[-1].end:
            if mark.end > row[-1].end:
                row.append(mark)
            continue
        between = range(row[-1].end, mark.start) if row else range(0)
        small = all(place in joining or len(tokens.words[place]) <= _SMALL for place in between)
        if row and small and len(between) <= _APART and not max(tokens.border[row[-1].end : mark.start + 1], default=0):
            row.append(mark)
        else:
            if row:
                yield row
            row = [mark]
    if row:
        yield row


def _by_sentence(marks: list[Mark], tokens: Tokens) -> list[list[Mark]]:
    """*marks*, which stand in their order, by sentence."""
    found: list[list[Mark]] = []
    first, starts = 0, [mark.start for mark in marks]
    for _, end in tokens.sentences:
        last = bisect.bisect_left(starts, end, first)
        found.append(marks[first:last])
        first = last
    return found
