"""Patterns of words, compiled into one automaton that finds all of them in one pass.

A pattern is words with blanks between them. ``исключ*`` is any word that begins so; ``list/register`` is either
word; ``?the`` may be missing; ``~`` stands for up to four words, ``~2`` for up to two. Patterns are folded as
text is (``tokens.fold``), so their case and their marks of habit do not matter.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec

from tizim.errors import Broken

_GAP: Final = 4
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
        self._keys: dict[str, tuple[str, ...]] = {}
        self._heads: dict[str, tuple[_Node, ...]] = {}

    def add(self, pattern: str, kind: str, value: str) -> None:
        """Take *pattern* in; `Broken` if it says nothing."""
        self._keys.clear()
        self._heads.clear()
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
        return next((form for form in self._variants(word) if form in self._exact), None)

    def whole(self, word: str) -> list[tuple[str, str]]:
        """Kinds and values of the patterns that the one *word* is."""
        return [found for key in self.keys(word) if (node := self._root.children.get(key)) for found in node.found]

    def keys(self, word: str) -> tuple[str, ...]:
        """The keys of the automaton that the folded *word* fits."""
        if (known := self._keys.get(word)) is not None:
            return known
        found = []
        for form in (word, *self._variants(word)) if self._variants else (word,):
            if form in self._exact:
                found.append(form)
            sizes = range(1, min(len(form), self._longest) + 1)
            found += [form[:size] + "*" for size in sizes if form[:size] in self._stems]
        keys = tuple(dict.fromkeys(found))
        if len(self._keys) < _KEPT:
            self._keys[word] = keys
        return keys

    def _nodes(self, word: str) -> tuple[_Node, ...]:
        """Where patterns that begin with the folded *word* go on."""
        known = self._heads.get(word)
        if known is None:
            heads = self._root.children
            known = tuple(heads[key] for key in self.keys(word) if key in heads)
            if len(self._heads) < _KEPT:
                self._heads[word] = known
        return known

    def find(self, words: list[str], stops: Iterable[int]) -> list[Mark]:
        """All patterns in *words*, of each kind and value the longest at each place; in order, the longer ones first.

        None goes over a place in *stops*, which rise.
        """
        known = self._heads
        ends: list[int] = []
        for stop in (*stops, len(words) - 1):
            ends += [stop + 1] * (stop + 1 - len(ends))
        marks: list[Mark] = []
        for start, word in enumerate(words):
            nodes = known[word] if word in known else self._nodes(word)
            if not nodes:
                continue
            at, end = start + 1, ends[start]
            found: dict[tuple[str, str], int] = {}
            for node in nodes:
                for each in node.found:
                    found.setdefault(each, at)
                if at < end and (node.children or node.gap):
                    self._walk(node, words, at, end, found)
            if len(found) == 1:
                for (kind, value), last in found.items():
                    marks.append(Mark(kind, value, start, last))
            elif found:
                made = [Mark(kind, value, start, last) for (kind, value), last in found.items()]
                made.sort(key=_end, reverse=True)
                marks += made
        return marks

    def _walk(self, node: _Node, words: list[str], at: int, end: int, found: dict[tuple[str, str], int]) -> None:
        """Go on from *node* with the word *at*; *found* takes where each pattern ends."""
        children = node.children
        if children:
            for key in self.keys(words[at]):
                if key in children:
                    self._reach(children[key], words, at + 1, end, found)
        for size, after in node.gap:
            children = after.children
            for place in range(at, min(at + size + 1, end)):
                for key in self.keys(words[place]):
                    if key in children:
                        self._reach(children[key], words, place + 1, end, found)

    def _reach(self, node: _Node, words: list[str], at: int, end: int, found: dict[tuple[str, str], int]) -> None:
        for each in node.found:
            if found.get(each, 0) < at:
                found[each] = at
        if at < end and (node.children or node.gap):
            self._walk(node, words, at, end, found)


def _end(mark: Mark) -> int:
    return mark.end
