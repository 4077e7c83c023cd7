"""What every source of lists can do: read bytes into records, map a record to an entry's claims."""

from collections.abc import Iterator
from typing import Protocol

import msgspec

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.lists import ListId
from tizim.domain.statements import EntryReading


class SourceInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a source without reading any document of it."""

    id: str
    publisher: str
    authority: str
    lists: tuple[ListId, ...]
    url: str
    """official address of the newest document; empty where there is none to fetch"""
    format: str
    licence: str
    rhythm_days: int
    """days after which the newest document is stale"""
    complete: bool
    """whether a document holds all entries, so that a missing one says something"""
    max_drop: float = 0.25
    """share by which the number of entries may fall below a neighbour's before a person must look"""
    experimental: bool = False


class Source(Protocol):
    """One publisher's documents. Implementations keep no state between calls."""

    @property
    def info(self) -> SourceInfo:
        """Who publishes what, where."""
        ...

    def read(self, data: bytes, name: str) -> tuple[DocumentFacts, list[Record]]:
        """Read a whole document. *name* is the file's name, used in messages only.

        Raises `SourceRefused` (place and reason in the message) for anything that is not a whole,
        well-formed document of this source; nothing is guessed and no part is returned.
        """
        ...

    def map(self, record: Record) -> EntryReading:
        """Map one record to claims; what is not understood becomes `Unread`, never silence.

        Raises `SourceRefused` if the record has no identity.
        """
        ...

    def readings(self, records: list[Record]) -> Iterator[EntryReading]:
        """All entries of a document, name rows grouped, each key once."""
        ...
