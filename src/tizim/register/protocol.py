"""What any register can do. The contract suite in tests/contracts runs on every implementation."""

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import msgspec

from tizim.domain.documents import DocumentFacts, Layer
from tizim.domain.statements import EntryReading, StatementId
from tizim.register.view import View

Clock = Callable[[], dt.datetime]
"""Gives the present instant, in UTC; only doors make one."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What the author of a document had before them: the register up to ``sequence``.

    If an act about any of ``subjects`` on ``list`` was recorded after that, the document is refused: it was
    written without knowing of it.
    """

    sequence: int
    list: str
    subjects: tuple[str, ...]


class DocumentBatch(msgspec.Struct, frozen=True, kw_only=True):
    """All that one document says: taken whole or not at all.

    ``held`` says that the bytes lie in the archive; ``layers`` which layers ``entries`` cover
    completely (the starter covers only the core). ``retrieved_at`` is when the bytes were fetched from
    the publisher, ``None`` where that is not known.
    """

    facts: DocumentFacts
    held: bool
    layers: tuple[Layer, ...]
    entries: Sequence[EntryReading]
    method: str
    retrieved_at: dt.datetime | None
    seen: Seen | None = None
    """what its author knew, where it must not be written past another's act"""


class Appended(msgspec.Struct, frozen=True, kw_only=True):
    """What appending a document changed, counted in entries, against the nearest earlier document held."""

    outcome: str
    """``kept``, or ``unchanged`` if the register already knew all of it"""
    new: tuple[str, ...]
    changed: tuple[str, ...]
    absent: tuple[str, ...]
    """keys of entries that the nearest earlier document has and this one has not: observations, not delistings"""
    statements: int
    """claims that the register had never met"""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The end of the hash chain: how many rows, the last row's hash, and when it was recorded."""

    sequence: int
    hash: str
    time: dt.datetime | None


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """The chain as found: its head, and every fault with its row (empty: the chain is whole)."""

    head: Head
    faults: tuple[str, ...]


class Withholding(msgspec.Struct, frozen=True, kw_only=True):
    """The act by which values are withheld: who, on what ground, how far."""

    author: str
    ground: str
    scope: str
    act: str


class Register(Protocol):
    """An append-only, bitemporal store of documents and statements."""

    def append(self, batch: DocumentBatch, clock: Clock) -> Appended:
        """Append one document atomically; the register alone sets ``recorded_at``.

        Appending the same document again changes nothing. Raises `Busy` if another writer holds
        the register, and `Overtaken` if its author had not seen an act that it must not be written past.
        """
        ...

    def view(self) -> AbstractContextManager[View]:
        """A consistent reading of one moment's register; later writes do not show in it."""
        ...

    def head(self) -> Head:
        """The head of the chain, without checking it."""
        ...

    def verify(self, expected: Head | None = None) -> Verification:
        """Recompute the whole chain; *expected* is an earlier, published head to be proved."""
        ...

    def misprojected(self) -> tuple[str, ...]:
        """The projections that are not what the log makes of them; nothing is changed. One writer's place is taken."""
        ...

    def withhold(self, statement: StatementId, withholding: Withholding, clock: Clock) -> int:
        """Remove a value's bytes everywhere, leave its place, digest and mark; returns how many claims."""
        ...

    def rebuild(self) -> None:
        """Make every projection anew from the log."""
        ...
