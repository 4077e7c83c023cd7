"""A subject on a list as it is served, exported and screened against: entities as values, and as lines of JSON."""

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import Final

import msgspec

from tizim.answer.members import Member
from tizim.domain.listing import Status
from tizim.screen.entities import Entity


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """A value that a record states of a subject, in a property of the model."""

    record: str
    """the subject that the record alone would be, which is an id"""
    source: str
    """the line of documents that it is in"""
    lists: tuple[str, ...]
    """those of the lists that the subject is on which the record is an entry of; none of a record of no such list"""
    prop: str
    value: str
    original: str
    """as it is printed"""
    language: str
    first: dt.date
    last: dt.date
    """the days of the first and the last document known that say so without a break"""


class Footing(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the entities of a subject rest on, as far as it may have moved by the next reading of the register.

    Where a subject is on the same lists, and no document says anything else of its records, its entities are what they
    were but for the days on which they were last seen and the states of its listings, which are told as entities tell
    them.
    """

    listings: str
    """a digest of the listings as they were told"""
    newest: str | None
    """when a document last told of it"""
    ended: str | None
    """the same, of what is no longer said"""
    lines: tuple[str, ...]
    """the lines of documents of which the newest still tells of it"""
    observed: tuple[str | None, ...]
    """when each listing was last observed"""
    states: tuple[str, ...]
    """of each listing"""


class Subject:
    """A subject on a list: itself, then each listing, then what it holds; and on whose word each value stands.

    It comes as entities or as lines of JSON, one for each; the other is made where somebody asks for it.
    """

    def __init__(
        self, *, entities: Sequence[Entity] | None = None, lines: Sequence[bytes] | None = None,
        stated: tuple[Stated, ...] = (), footing: Footing | None = None,
    ) -> None:  # fmt: skip
        self.stated: Final = stated
        """of the subject itself; only where it was asked for"""
        self.footing: Final = footing
        """of a reading of the register alone"""
        if entities is not None:
            self.entities = entities
        if lines is not None:
            self.lines = lines

    @cached_property
    def entities(self) -> Sequence[Entity]:
        """As values."""
        return [_ENTITY(line) for line in self.lines]

    @cached_property
    def lines(self) -> Sequence[bytes]:
        """As JSON."""
        return [_ENCODE(one) for one in self.entities]

    @property
    def schema(self) -> str:
        """Of the first of its entities, which is itself."""
        if "entities" in self.__dict__:
            return self.entities[0].schema
        return _OF_SCHEMA(self.lines[0]).schema


class OfSchema(msgspec.Struct, frozen=True, gc=False):
    """Of an entity, its schema alone."""

    schema: str


_ENCODE: Final = msgspec.json.Encoder().encode
_ENTITY: Final = msgspec.json.Decoder(Entity).decode
_OF_SCHEMA: Final = msgspec.json.Decoder(OfSchema).decode


def status_of(row: Member) -> str:
    """The state of a listing in a word, and since when it was not seen."""
    if row.status is Status.NOT_OBSERVED and row.last_observed:
        return f"not observed since {row.last_observed.isoformat()}"
    return row.status.value.replace("_", " ")
