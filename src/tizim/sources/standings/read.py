"""A decision about claims: the document, and from its bytes to its records."""

import datetime as dt
import re
from typing import Final

import msgspec

from tizim.domain.claims import Reported, Standing
from tizim.domain.dates import PartialDate
from tizim.domain.documents import DocumentFacts, Record, source_class
from tizim.errors import BadInput, SourceRefused

SOURCE_ID: Final = "standings"
FORMAT: Final = "tizim-standing/1"
_MOST_BYTES: Final = 16 * 1024 * 1024
_NUMBER: Final = re.compile(r"[0-9a-f]{16}")


class Judged(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One claim as whoever decided about it had it before them, with the subject and the list that it was read as."""

    number: str
    """of the claim: the first part of its statement's id"""
    statement: str
    claim: Reported
    subject: str = ""
    """the record that it is about, such as ``ledger:taliban``; empty where nobody knows it"""
    list_id: str = ""
    """the list that it was taken for, where it names only a state"""
    outlet: str = ""
    title: str = ""
    url: str = ""
    article: str = ""
    """SHA-256 of the article"""
    language: str = ""
    published: str = ""
    source_class: str = "press"
    conflict_group: str = ""
    """what the register's own statements of the same act are grouped by, where it has any"""


class Standings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one person made of one or more claims, at one time and for one reason."""

    format: str = FORMAT
    standing: Standing
    author: str
    reason: str
    at: dt.datetime
    claims: tuple[Judged, ...]

    def checked(self) -> "Standings":
        """The decision itself. Raises `BadInput` for one that nobody could follow."""
        if self.format != FORMAT:
            raise BadInput(f"has the format {self.format!r}, not {FORMAT}")
        if not self.author.strip():
            raise BadInput("a decision about a claim needs its author")
        if not self.reason.strip():
            raise BadInput("a decision about a claim needs its reason")
        if self.at.tzinfo is None:
            raise BadInput("at: has no zone, so the moment is not known")
        if not self.claims:
            raise BadInput("names no claim")
        for one in self.claims:
            if not _NUMBER.fullmatch(one.number):
                raise BadInput(f"{one.number!r} is not the number of a claim")
            if source_class(one.source_class) is None:
                raise BadInput(f"{one.source_class!r} is no kind of source")
            _ = one.claim.when
            if one.published:
                PartialDate.parse(one.published)
        return self


def encode(standings: Standings) -> bytes:
    """The document: JSON, its keys in a fixed order."""
    return msgspec.json.format(msgspec.json.encode(standings), indent=1) + b"\n"


def decode(data: bytes, name: str) -> Standings:
    """The decision in a document. Raises `SourceRefused` with the field that is wrong."""
    if len(data) > _MOST_BYTES:
        raise SourceRefused(f"{name}: {len(data):,} bytes, more than a decision about claims has")
    try:
        return msgspec.json.decode(data, type=Standings).checked()
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SourceRefused(f"{name}: not a decision about claims: {error}") from None
    except BadInput as error:
        raise SourceRefused(f"{name}: {error}") from None


def read(data: bytes, name: str) -> tuple[DocumentFacts, list[Record]]:
    """Facts and records of a decision; its date is the day on which it was entered, in UTC."""
    found = decode(data, name)
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=found.at.astimezone(dt.UTC).date(),
        instant=found.at.astimezone(dt.UTC),
        url="",
        media_type="application/json",
        title=f"Claims {found.standing.value} by {found.author}",
        entries=len(found.claims),
        complete=False,
    )
    shared = (("standing", found.standing.value), ("author", found.author), ("reason", found.reason))
    records = [
        Record(place=f"claim {one.number}", fields=(("claim", msgspec.json.encode(one).decode()), *shared))
        for one in found.claims
    ]
    return facts, records
