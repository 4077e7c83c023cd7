"""Documents and records: what was fetched, and where in it a thing stands."""

import datetime as dt
import enum
import hashlib

import msgspec


class Layer(enum.IntEnum):
    """How much of a document's content has been read into the register.

    The starter carries only the *core* of the documents it rests on; a document whose bytes are
    held adds the *rest*.
    """

    CORE = 0
    REST = 1


class DocumentFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one document without its bytes.

    ``date`` is the calendar day the document prints, in its own zone; ``instant`` the moment it
    prints, in UTC (midnight where it prints only a day). ``entries`` counts its official entries.
    """

    source: str
    sha256: str
    size: int
    date: dt.date
    instant: dt.datetime
    url: str
    media_type: str
    title: str
    entries: int
    complete: bool
    """whether a missing entry says that the list did not hold it"""

    @classmethod
    def of(
        cls,
        data: bytes,
        *,
        source: str,
        date: dt.date,
        instant: dt.datetime,
        url: str,
        media_type: str,
        title: str,
        entries: int,
        complete: bool,
    ) -> "DocumentFacts":
        """Return the facts of the document with the bytes *data*: their checksum and size are taken from them."""
        return cls(
            source=source,
            sha256=hashlib.sha256(data).hexdigest(),
            size=len(data),
            date=date,
            instant=instant,
            url=url,
            media_type=media_type,
            title=title,
            entries=entries,
            complete=complete,
        )


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One row or element of a document, verbatim: ``fields`` in the document's order.

    ``place`` finds the record in the document; a field's name is its place within the record.
    """

    place: str
    fields: tuple[tuple[str, str], ...]


class Method(enum.StrEnum):
    """How a statement was taken from its document."""

    READ = "read"
    TYPED_IN = "typed in"
    MACHINE_TRANSLATED = "machine-translated"


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    """Where a statement stands: the document, the place in it, and how it was taken."""

    source: str
    sha256: str
    url: str
    title: str
    date: dt.date | None
    place: str
    method: Method
    held: bool
    """whether the document's bytes are in this register's archive (if not: *document not held here*)"""
    retrieved_at: dt.datetime | None
    """when those bytes were fetched, where that is known"""


class SourceClass(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The kind of source a statement has, and its rank: 1 is the strongest."""

    name: str
    rank: int


# The order in which contradicting statements are read; see docs/concepts.md, "Who is believed".
ACT, OFFICIAL_LIST, OFFICIAL_RELEASE, QUOTED, PRESS, TRANSLATED, OPINION, FICTION = 1, 2, 3, 4, 5, 6, 7, 9
_RANKS = {
    "official law": ACT,
    "official text": ACT,
    "official text, reposted": ACT,
    "official act": ACT,
    "official act, copy": ACT,
    "official act, third-party transcription": ACT,
    "official notice, reposted": ACT,
    "decision": ACT,
    "official list": OFFICIAL_LIST,
    "official list, copy": OFFICIAL_LIST,
    "official list, copies compared": OFFICIAL_LIST,
    "copy of official list": OFFICIAL_LIST,
    "copy of official list (names cut short)": OFFICIAL_LIST,
    "official": OFFICIAL_LIST,
    "official release": OFFICIAL_RELEASE,
    "decision, basis not stated": OFFICIAL_RELEASE,
    "official release, reposted": OFFICIAL_RELEASE,
    "official (parliament)": OFFICIAL_RELEASE,
    "official (parliament), copy": OFFICIAL_RELEASE,
    "official (research)": OFFICIAL_RELEASE,
    "official (intergovernmental)": OFFICIAL_RELEASE,
    "official (foreign)": OFFICIAL_RELEASE,
    "press, from an official answer": QUOTED,
    "press, quoting an official by name": QUOTED,
    "state press": QUOTED,
    "research": QUOTED,
    "research (parliamentary library)": QUOTED,
    "law firm": QUOTED,
    "press": PRESS,
    "encyclopedia": PRESS,
    "machine translation of press": TRANSLATED,
    "blog": OPINION,
    "opinion": OPINION,
    "FICTION": FICTION,
}


def source_class(name: str) -> SourceClass | None:
    """The class called *name*, or ``None`` if there is no such class."""
    rank = _RANKS.get(name)
    return None if rank is None else SourceClass(name=name, rank=rank)
