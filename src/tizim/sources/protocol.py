"""What every source of lists can do: read bytes into records, map a record to an entry's claims."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

import msgspec

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.lists import ListId
from tizim.domain.statements import EntryReading


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a source's documents: those that follow one another, each newer than the last.

    Most sources have one, the main line. OFAC's aliases, addresses and names come as files of their own,
    and each committee of the Security Council had its own file: of such documents each line is complete,
    or not, by itself.
    """

    id: str = ""
    """empty for the main line"""
    lists: tuple[ListId, ...] = ()
    """the lists whose members its documents show; empty if they only add to entries of another line"""
    complete: bool = True
    """whether a document holds all entries, so that a missing one says something"""
    band: tuple[int, int] = (1, 10_000_000)
    """fewest and most entries that a document is expected to have; beyond them a person must look"""
    urls: tuple[str, ...] = ()
    """official addresses of the newest document, all that must be fetched; empty where there is none to fetch"""


class SourceInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a source without reading any document of it."""

    id: str
    publisher: str
    authority: str
    lists: tuple[ListId, ...]
    url: str
    """official address of the newest document, or of the page that links it"""
    format: str
    licence: str
    rhythm_days: int
    """days after which the newest document is stale"""
    complete: bool
    """whether a document of the main line holds all entries, so that a missing one says something"""
    parts: tuple[Part, ...] = ()
    """its lines of documents; empty: just the main one, with ``lists``, ``complete`` and ``url``"""
    max_drop: float = 0.25
    """share by which the number of entries may fall below a neighbour's before a person must look"""
    max_unread: float = 0.1
    """share of the values of a document that may be unread before a person must look"""
    required: tuple[str, ...] = ()
    """elements that every whole document has, as its records call them (without the counts of siblings)"""
    hosts: tuple[str, ...] = ()
    """hosts, beside that of each address, to which the publisher redirects"""
    prints_date: bool = True
    """whether its documents say when they stood; of others the day is taken from the file's name or as given"""
    fetched: bool = False
    """whether ``url`` is the document itself and `tizim update` may fetch it; a page that links it is not"""
    proven: bool = False
    """whether it was proven on real files of the publisher"""
    experimental: bool = False
    """read by format notes alone: off in `tizim update` unless named, and said wherever it is met"""

    @property
    def lines(self) -> tuple[Part, ...]:
        """Its lines of documents, the main one made up where none is named."""
        urls = (self.url,) if self.fetched and self.url else ()
        return self.parts or (Part(lists=self.lists, complete=self.complete, urls=urls),)

    def line_id(self, part: str = "") -> str:
        """How the register calls a line of this source: the source's id, and the part's after a slash."""
        return f"{self.id}/{part}" if part else self.id

    def part_of(self, line: str) -> Part | None:
        """The part that the register calls *line*, if it is one of this source."""
        return next((part for part in self.lines if self.line_id(part.id) == line), None)


class Hints(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a document besides its bytes and its file's name."""

    instant: dt.datetime | None = None
    """when it stood, in UTC, where it does not print that itself (midnight where only the day is known)"""
    by: str = ""
    """how that is known: *as given*, *by its file name*, *by the time of its fetching*"""
    beside: Mapping[str, bytes] = MappingProxyType({})
    """other files of the same set by their names, where `Source.beside` asked for them"""


NO_HINTS = Hints()


class Source(Protocol):
    """One publisher's documents. Implementations keep no state between calls."""

    @property
    def info(self) -> SourceInfo:
        """Who publishes what, where."""
        ...

    def beside(self, name: str) -> tuple[str, ...]:
        """Names of files of the same set that the file *name* is read with, where they are given too."""
        ...

    def read(self, data: bytes, name: str, hints: Hints = NO_HINTS) -> tuple[DocumentFacts, list[Record]]:
        """Read a whole document. *name* is the file's name, used in messages and to tell a set's files apart.

        Raises `SourceRefused` (place and reason in the message) for anything that is not a whole,
        well-formed document of this source, and `SourceSuspicious` for one whose form has changed; nothing
        is guessed and no part is returned.
        """
        ...

    def notices(self, data: bytes, name: str) -> tuple[str, ...]:
        """What is found out by looking at a file, in sentences for whoever keeps it; most sources have none."""
        ...

    def map(self, record: Record) -> EntryReading:
        """Map one record to claims; what is not understood becomes `Unread`, never silence.

        Raises `SourceRefused` if the record has no identity.
        """
        ...

    def readings(self, records: list[Record]) -> Iterator[EntryReading]:
        """All entries of a document, name rows grouped, each key once."""
        ...


class SourceOf(msgspec.Struct, frozen=True, kw_only=True):
    """A source made of the functions of its folder."""

    info: SourceInfo
    reading: Callable[[bytes, str, Hints], tuple[DocumentFacts, list[Record]]]
    mapping: Callable[[Record], EntryReading]
    grouping: Callable[[list[Record]], Iterator[EntryReading]]
    companions: Callable[[str], tuple[str, ...]] = lambda _: ()

    def beside(self, name: str) -> tuple[str, ...]:
        return self.companions(name)

    def read(self, data: bytes, name: str, hints: Hints = NO_HINTS) -> tuple[DocumentFacts, list[Record]]:
        return self.reading(data, name, hints)

    def notices(self, data: bytes, name: str) -> tuple[str, ...]:  # noqa: ARG002 - of use where a file is looked at
        return ()

    def map(self, record: Record) -> EntryReading:
        return self.mapping(record)

    def readings(self, records: list[Record]) -> Iterator[EntryReading]:
        return self.grouping(records)
