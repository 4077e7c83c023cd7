"""The fields of a record as a tree again, each value to be taken once; what nobody took is left."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from tizim.domain.documents import Record
from tizim.text import one_line

_ORDINAL: Final = re.compile(r"\[\d+\]")
_ROWS: Final = frozenset({"@id", "@nameId", "@nameTranslationId", "@featureVersionId", "versionId", "identityId"})
_CODES: Final = frozenset({"@refId", "@featureTypeId", "valueRefId"})
"""Codes of words that stand beside them; that they agree is looked at when the document is read."""


class Node:
    """An element or attribute of an entry: its own value, and what is below it by name."""

    __slots__ = ("below", "place", "value")

    def __init__(self, place: str) -> None:
        self.place = place
        self.value = ""
        self.below: dict[str, list[Node]] = {}

    def own(self) -> str:
        """The value of the element itself, taken."""
        value, self.value = self.value, ""
        return value

    def take(self, tag: str) -> str:
        """The first value not yet taken of those called *tag* right below; empty if there is none."""
        for node in self.below.get(tag, ()):
            if node.value:
                return node.own()
        return ""

    def first(self, tag: str) -> "Node | None":
        """The first element called *tag* right below."""
        return next(iter(self.below.get(tag, ())), None)

    def each(self, *tags: str) -> "list[Node]":
        """The elements at the end of a way of names, in the document's order."""
        found = [self]
        for tag in tags:
            found = [node for above in found for node in above.below.get(tag, ())]
        return found

    def put_back(self, tag: str, value: str) -> None:
        """Leave a value that was taken to the unread: it was not understood."""
        node = self.first(tag)
        if node is not None:
            node.value = value

    def left(self) -> "Iterator[Node]":
        """All that still have a value, in the order of their names."""
        if self.value:
            yield self
        for nodes in self.below.values():
            for node in nodes:
                yield from node.left()


class Tree:
    """A record as a tree, and the numbers of its rows in the publisher's database by the paths they stand at."""

    __slots__ = ("root", "rows")

    def __init__(self, record: Record) -> None:
        self.root = Node("")
        self.rows: dict[str, list[str]] = {}
        known = {"": self.root}
        for path, value in record.fields:
            above, tag, row = _step(path)
            if tag in _CODES:
                continue
            if row:
                self.rows.setdefault(row, []).append(value)
                continue
            node = known.get(path)
            if node is None or node.value:  # loose text between elements has one path for all its pieces
                node = _hang(path, above, tag, known)
            node.value = _line(value)


def _hang(path: str, above: str, tag: str, known: dict[str, Node]) -> Node:
    parent = known.get(above)
    if parent is None:
        parent = _hang(above, *_step(above)[:2], known)
    node = known[path] = Node(path)
    siblings = parent.below.get(tag)
    if siblings is None:
        parent.below[tag] = [node]
    else:
        siblings.append(node)
    return node


@lru_cache(maxsize=16384)
def _step(path: str) -> tuple[str, str, str]:
    """The path above, the last name of *path*, and the path without ordinals if a number of a row stands there."""
    above, _, step = path.rpartition("/")
    tag = step.partition("[")[0]
    return above, tag, bare(path) if above and tag in _ROWS else ""


_line: Final = lru_cache(maxsize=16384)(one_line)


def bare(path: str) -> str:
    """*path* without its ordinals."""
    return _ORDINAL.sub("", path)
