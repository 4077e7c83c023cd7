"""Making the claims of one entry out of the fields of its record, so that no field goes missing.

A mapper takes fields by name and says what they mean; whatever nobody took is *unread*, by its name. `Fields`
serves flat rows, `Group` and `groups` the elements of a document in XML.
"""

import re
from collections.abc import Iterator, Sized
from functools import lru_cache
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.statements import Claim, EntryReading, Property, Unread, facets
from tizim.errors import SourceRefused
from tizim.text import one_line

_ORDINAL: Final = re.compile(r"\[\d+\]")


class Making:
    """What is being made of one entry."""

    __slots__ = ("_claims", "_unread", "key", "place", "subject")

    def __init__(self, key: str, subject: str, place: str) -> None:
        self.key = key
        self.subject = subject
        self.place = place
        self._claims: dict[tuple[Property, str, tuple[tuple[str, str], ...]], Claim] = {}
        self._unread: list[Unread] = []

    def say(self, prop: Property, value: str, place: str, /, **pairs: str) -> None:
        """Add a claim, once; an empty value says nothing, and neither does an empty facet."""
        if value:
            self.state(prop, value, place, facets(**pairs))

    def state(self, prop: Property, value: str, place: str, pairs: tuple[tuple[str, str], ...] = ()) -> None:
        """As `say`, with facets that are made already (sorted, none empty)."""
        if value and (prop, value, pairs) not in self._claims:
            self._claims[prop, value, pairs] = Claim(property=prop, value=value, facets=pairs, place=place)

    def leave(self, place: str, field: str, value: str) -> None:
        """Name a value that was not understood; an empty one is none."""
        if value:
            self._unread.append(Unread(place=place, field=field, value=value))

    def made(self) -> EntryReading:
        """The entry as read."""
        return EntryReading(
            key=self.key, subject=self.subject, place=self.place, claims=tuple(self._claims.values()),
            unread=tuple(self._unread),
        )  # fmt: skip


class Fields:
    """The fields of a flat record, each to be taken once. A name that stands twice has its values in order."""

    __slots__ = ("_left",)

    def __init__(self, record: Record) -> None:
        self._left = {name: [value] for name, value in record.fields}
        if len(self._left) == len(record.fields):  # nearly always: no name stands twice
            return
        self._left = {name: [] for name in self._left}
        for name, value in record.fields:
            self._left[name].append(value)

    def take(self, *names: str) -> str:
        """The value of the first of *names* that the record has, on one line; empty if it has none of them."""
        value = self.raw(*names)
        return one_line(value) if value else ""

    def raw(self, *names: str) -> str:
        """As `take`, with its line breaks, and without white space at its edges."""
        for name in names:
            found = self._left.get(name)
            if found:
                if len(found) == 1:
                    del self._left[name]
                return found.pop(0).strip()
        return ""

    def put_back(self, name: str, value: str) -> None:
        """Leave a value that was taken to the unread: it was not understood."""
        if value:
            self._left.setdefault(name, []).insert(0, value)

    def leave(self, making: Making) -> None:
        """Leave all that nobody took to the unread, by the names of the fields."""
        for name, values in self._left.items():
            for value in values:
                if value.strip():
                    making.leave(name, name, value.strip())
        self._left.clear()


class Group:
    """One element right below a record, with its leaves; each can be taken once."""

    __slots__ = ("leaves", "place", "tag")

    def __init__(self, place: str, tag: str) -> None:
        self.place = place
        self.tag = tag
        self.leaves: dict[str, tuple[str, str]] = {}
        """place and value of each leaf, by its path below the element"""

    def take(self, leaf: str) -> str:
        """The value of a leaf, on one line; empty if the element lacks it."""
        found = self.leaves.pop(leaf, None)
        return one_line(found[1]) if found else ""

    def take_all(self, tag: str) -> list[tuple[str, str]]:
        """Place and value of every leaf called *tag*, however often it is repeated."""
        taken = [leaf for leaf in self.leaves if leaf == tag or leaf.startswith(f"{tag}[")]
        return [(place, one_line(value)) for place, value in map(self.leaves.pop, taken)]

    def groups(self, tag: str) -> "list[Group]":
        """The elements called *tag* right below this one, with the leaves that are taken from here."""
        found: dict[str, Group] = {}
        for leaf in list(self.leaves):
            step, name, rest = split(leaf)
            if name == tag:
                group = found.setdefault(step, Group(f"{self.place}/{step}", tag))
                group.leaves[rest] = self.leaves.pop(leaf)
        return list(found.values())

    def put_back(self, leaf: str, value: str) -> None:
        """Leave a leaf that was taken to the unread: its value, if it has one, was not understood."""
        if value:
            self.leaves[leaf] = (f"{self.place}/{leaf}" if leaf else self.place, value)

    def leave(self, making: Making) -> None:
        """Leave all leaves that nobody took to the unread, by the names of their elements."""
        for leaf, (place, value) in self.leaves.items():
            making.leave(place, _ORDINAL.sub("", f"{self.tag}/{leaf}" if leaf else self.tag), one_line(value))
        self.leaves.clear()


def refuse_empty(records: Sized, name: str) -> None:
    """Raise `SourceRefused` for a document *name* that has no entries: no publisher ends a list that way."""
    if not len(records):
        raise SourceRefused(f"{name}: no entries; an empty list is a failed export, not a delisting of all")


@lru_cache(maxsize=8192)
def split(path: str) -> tuple[str, str, str]:
    """The first step of a path, its tag, and the rest: ``a[2]/b`` is ``a[2]``, ``a`` and ``b``."""
    step, _, leaf = path.partition("/")
    return step, step.partition("[")[0], leaf


def groups(record: Record) -> list[Group]:
    """The elements right below a record of XML, in the document's order (see `tizim.sources.xml.leaves`)."""
    found: dict[str, Group] = {}
    for path, value in record.fields:
        step, tag, leaf = split(path)
        group = found.get(step)
        if group is None:
            group = found[step] = Group(step, tag)
        if leaf in group.leaves:  # loose text between elements has one path for all its pieces
            leaf = f"{leaf} {len(group.leaves)}"
        group.leaves[leaf] = (path, value)
    return list(found.values())


def each_once(readings: Iterator[EntryReading]) -> Iterator[EntryReading]:
    """The *readings*, or `SourceRefused` where two have one key: they could not be told apart later."""
    places: dict[str, str] = {}
    for reading in readings:
        if reading.key in places:
            raise SourceRefused(f"{reading.place}: has the key {reading.key}, as has {places[reading.key]}")
        places[reading.key] = reading.place
        yield reading
