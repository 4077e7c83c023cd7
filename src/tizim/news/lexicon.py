"""Patterns of words, compiled into one automaton that finds all of them in one pass.

A pattern is words with blanks between them. ``исключ*`` is any word that begins so; ``list/register`` is either
word; ``?the`` may be missing; ``~`` stands for up to four words, ``~2`` for up to two. Patterns are folded as
text is (``tokens.fold``), so their case and their marks of habit do not matter.
"""

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Final

import msgspec

from tizim.errors import Broken

_GAP: Final = 4
_END: Final = attrgetter("end")
_KEPT: Final = 60_000  # words remembered; text from outside must not fill the memory


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A pattern found: what it is, and the words from *start* up to, not with, *end*."""

    kind: str
    value: str
    start: int
    end: int


class _Node:
    __slots__ = ("children", "found", "gap")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.found: list[tuple[str, str]] = []
        self.gap: list[tuple[int, _Node]] = []


class _Met(msgspec.Struct, frozen=True):
    """What an automaton knows of a word."""

    keys: tuple[str, ...]
    """the keys that it fits"""
    nodes: tuple[_Node, ...]
    """where the patterns that begin with it go on"""
    whole: tuple[tuple[str, str], ...]
    """kinds and values of the patterns that it is by itself"""
    after: frozenset[str]
    """the keys of words that may stand right behind it in patterns of several words"""
    has_gap: bool
    """whether any word may stand right behind it in one of them"""


def split(patterns: str) -> list[str]:
    """The patterns of a string, without blanks around them."""
    return [one for part in patterns.replace("\n", ",").split(",") if (one := part.strip())]


class Automaton:
    """All patterns of a language, or all names; *cut* parts a pattern's word into tokens, as text is parted."""

    def __init__(
        self, cut: Callable[[str], list[str]], variants: Callable[[str], tuple[str, ...]] | None = None
    ) -> None:
        self._cut = cut
        self._variants = variants
        self._root = _Node()
        self._exact: set[str] = set()
        self._stems: set[str] = set()
        self._longest = 0
        self._met = _Words(self._meet)
        self._bases: dict[str, str | None] = {}

    def add(self, pattern: str, kind: str, value: str) -> None:
        """Take *pattern* in; `Broken` if it says nothing."""
        self._met.clear()
        self._bases.clear()
        for way in self._ways(pattern):
            nodes = [self._root]
            for item in way:
                if item[0] == "~":
                    size = int(item[1:] or _GAP)
                    nodes = [self._gap(node, size) for node in nodes]
                else:
                    nodes = [
                        node.children.setdefault(key, _Node()) for node in nodes for key in self._alternatives(item)
                    ]
            for node in nodes:
                if node is self._root:
                    raise Broken(f"the pattern '{pattern}' has no word")
                if (kind, value) not in node.found:
                    node.found.append((kind, value))

    def _gap(self, node: _Node, size: int) -> _Node:
        for known, after in node.gap:
            if known == size:
                return after
        after = _Node()
        node.gap.append((size, after))
        return after

    def _ways(self, pattern: str) -> Iterator[list[str]]:
        """The pattern as lists of items, once with and once without each word that may be missing."""
        ways: list[list[str]] = [[]]
        for raw in pattern.split():
            missing, item = raw[0] == "?", raw.removeprefix("?")
            if not item:
                raise Broken(f"the pattern '{pattern}' has a '?' without a word")
            items = [item] if item[0] == "~" or "/" in item else self._tokens(item)
            ways = [way + items for way in ways] + (ways if missing else [])
        return (way for way in ways if way)

    def _tokens(self, item: str) -> list[str]:
        stem = item.endswith("*")
        parts = self._cut(item.removesuffix("*"))
        if stem and parts:
            parts[-1] += "*"
        return parts

    def _alternatives(self, item: str) -> list[str]:
        keys = []
        for one in item.split("/"):
            parts = self._tokens(one)
            if len(parts) != 1:
                raise Broken(f"'{one}' in the pattern item '{item}' is not one word")
            key = parts[0]
            if key.endswith("*"):
                self._stems.add(key[:-1])
                self._longest = max(self._longest, len(key) - 1)
            else:
                self._exact.add(key)
            keys.append(key)
        return keys

    def base(self, word: str) -> str | None:
        """The word of a pattern that *word* is a form of, if it is none itself."""
        if word in self._exact or self._variants is None:
            return None
        if word not in self._bases:
            if len(self._bases) >= _KEPT:
                self._bases.clear()
            self._bases[word] = next((form for form in self._variants(word) if form in self._exact), None)
        return self._bases[word]

    def whole(self, word: str) -> list[tuple[str, str]]:
        """Kinds and values of the patterns that the one *word* is."""
        return list(self._met[word].whole)

    def keys(self, word: str) -> tuple[str, ...]:
        """The keys of the automaton that the folded *word* fits."""
        return self._met[word].keys

    def _keys(self, word: str) -> tuple[str, ...]:
        found = []
        for form in (word, *self._variants(word)) if self._variants else (word,):
            if form in self._exact:
                found.append(form)
            sizes = range(1, min(len(form), self._longest) + 1)
            found += [form[:size] + "*" for size in sizes if form[:size] in self._stems]
        return tuple(dict.fromkeys(found))

    def _meet(self, word: str) -> _Met:
        keys, heads = self._keys(word), self._root.children
        nodes = tuple(heads[key] for key in keys if key in heads)
        whole = tuple(dict.fromkeys(each for node in nodes for each in node.found))
        after = frozenset(key for node in nodes for key in node.children)
        return _Met(keys, nodes, whole, after, any(node.gap for node in nodes))

    def find(self, words: list[str], stops: Iterable[int]) -> list[Mark]:
        """All patterns in *words*, of each kind and value the longest at each place; in order, the longer ones first.

        None goes over a place in *stops*, which rise.
        """
        met = list(map(self._met.__getitem__, words))
        ends: list[int] = []
        for stop in (*stops, len(words) - 1):
            ends += [stop + 1] * (stop + 1 - len(ends))
        marks: list[Mark] = []
        for start, word in enumerate(met):
            if not word.nodes:
                continue
            if word.after or word.has_gap:
                at, end = start + 1, ends[start]
                if at < end and (word.has_gap or not word.after.isdisjoint(met[at].keys)):
                    marks += self._from(start, met, end)
                    continue
            for kind, value in word.whole:
                marks.append(Mark(kind, value, start, start + 1))
        return marks

    def _from(self, start: int, met: list[_Met], end: int) -> list[Mark]:
        """The patterns that begin at *start* and may be longer than one word, the longer ones first."""
        at = start + 1
        found: dict[tuple[str, str], int] = {}
        keys = met[at].keys
        for node in met[start].nodes:
            for each in node.found:
                if each not in found:
                    found[each] = at
            children = node.children
            for key in keys:
                if key in children:
                    self._walk(children[key], met, at + 1, end, found)
            if node.gap:
                self._skip(node, met, at, end, found)
        marks = [Mark(kind, value, start, last) for (kind, value), last in found.items()]
        if len(marks) > 1:
            marks.sort(key=_END, reverse=True)
        return marks

    def _walk(self, node: _Node, met: list[_Met], at: int, end: int, found: dict[tuple[str, str], int]) -> None:
        """Go on from *node*, which the word before *at* has reached; *found* takes where each pattern ends."""
        while True:
            for each in node.found:
                if found.get(each, 0) < at:
                    found[each] = at
            if at >= end:
                return
            keys, children = met[at].keys, node.children
            if not node.gap and len(keys) == 1:  # the only way on needs no call of its own
                if keys[0] not in children:
                    return
                node, at = children[keys[0]], at + 1
                continue
            for key in keys:
                if key in children:
                    self._walk(children[key], met, at + 1, end, found)
            if node.gap:
                self._skip(node, met, at, end, found)
            return

    def _skip(self, node: _Node, met: list[_Met], at: int, end: int, found: dict[tuple[str, str], int]) -> None:
        """Go on from *node* over the words that its gaps allow."""
        for size, after in node.gap:
            children = after.children
            for place in range(at, min(at + size + 1, end)):
                for key in met[place].keys:
                    if key in children:
                        self._walk(children[key], met, place + 1, end, found)


class _Words(dict[str, _Met]):
    """Words met so far: the keys that each fits, and where the patterns that begin with it go on."""

    def __init__(self, meet: Callable[[str], _Met]) -> None:
        self._meet = meet

    def __missing__(self, word: str) -> _Met:
        met = self._meet(word)
        if len(self) < _KEPT:
            self[word] = met
        return met
