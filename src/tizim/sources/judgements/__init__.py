"""Judgements that two records are one subject, or are not: entered by people or made by the matcher.

Knows the form of the document (many judgements of one author) and nothing of the register. A judgement is kept
like any other document. A later one on the same pair stands in the place of an earlier; nothing is lost.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Final

import msgspec

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.entries import Making, each_once
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf

__all__ = ["SOURCE", "Judged", "Judgements", "encode"]

SOURCE_ID: Final = "judgements"
FORMAT: Final = "tizim-judgements/1"
VERDICTS: Final = ("same", "different", "unsure")
_MAX_BYTES: Final = 256 * 1024 * 1024


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """One judgement on two subjects, by their ids; the left one sorts first."""

    left: str
    right: str
    verdict: str
    grounds: str
    score: float | None = None


class Judgements(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The judgements of one author at one time; ``method`` says how a machine came to them, empty for a person."""

    format: str = FORMAT
    author: str
    method: str = ""
    at: dt.datetime
    judgements: tuple[Judged, ...]


def encode(judgements: Judgements) -> bytes:
    """The document."""
    return msgspec.json.format(msgspec.json.encode(judgements), indent=1) + b"\n"


def _read(data: bytes, name: str) -> tuple[DocumentFacts, list[Record]]:
    if len(data) > _MAX_BYTES:
        raise SourceRefused(f"{name}: {len(data):,} bytes, more than judgements have")
    try:
        found = msgspec.json.decode(data, type=Judgements)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SourceRefused(f"{name}: not judgements: {error}") from None
    if found.format != FORMAT:
        raise SourceRefused(f"{name}: has the format {found.format!r}, not {FORMAT}")
    if not found.author.strip() or found.at.tzinfo is None or not found.judgements:
        raise SourceRefused(f"{name}: judgements need an author, a moment with its zone, and at least one judgement")
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=found.at.date(),
        instant=found.at,
        url="",
        media_type="application/json",
        title=f"Judgements by {found.author}",
        entries=len(found.judgements),
        complete=False,
    )
    shared = (("author", found.author), ("method", found.method))
    return facts, [_record(number, one, shared, name) for number, one in enumerate(found.judgements, start=1)]


def _record(number: int, one: Judged, shared: tuple[tuple[str, str], ...], name: str) -> Record:
    if one.verdict not in VERDICTS:
        raise SourceRefused(f"{name}: judgement {number}: {one.verdict!r} is none of {', '.join(VERDICTS)}")
    if not one.left or not one.right or one.left >= one.right:
        raise SourceRefused(f"{name}: judgement {number}: needs two subjects, the one that sorts first on the left")
    score = (("score", f"{one.score:.4f}"),) if one.score is not None else ()
    own = (("left", one.left), ("right", one.right), ("verdict", one.verdict), ("grounds", one.grounds))
    return Record(place=f"judgement {number}", fields=(*own, *score, *shared))


def _map(record: Record) -> EntryReading:
    fields = dict(record.fields)
    making = Making(f"{fields['left']}|{fields['right']}", fields["left"], record.place)
    making.say(
        Property.JUDGEMENT, fields["verdict"], "verdict",
        **{"with": fields["right"]}, author=fields["author"], grounds=fields["grounds"],
        method=fields.get("method", ""), score=fields.get("score", ""),
    )  # fmt: skip
    return making.made()


def _readings(records: list[Record]) -> Iterator[EntryReading]:
    return each_once(_map(record) for record in records)


SOURCE: Final[Source] = SourceOf(
    info=SourceInfo(
        id=SOURCE_ID,
        publisher="whoever keeps this register",
        authority="each judgement names its author",
        lists=(),
        url="",
        format="JSON, tizim-judgements/1",
        licence="none: the register's own",
        rhythm_days=36_500,
        complete=False,
        parts=(Part(complete=False),),  # it shows no list
    ),
    reading=lambda data, name, _: _read(data, name),
    mapping=_map,
    grouping=_readings,
)
