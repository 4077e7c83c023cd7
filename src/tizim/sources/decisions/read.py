"""From the bytes of one decision to its record."""

from typing import Final

import msgspec

from tizim.domain.decisions import Decision
from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import BadInput, SourceRefused

SOURCE_ID: Final = "decisions"
FORMAT: Final = "tizim-decision/1"
_MAX_BYTES: Final = 1024 * 1024


class _Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: str
    decision: Decision


def encode(decision: Decision) -> bytes:
    """The document of a decision: JSON, its keys in a fixed order."""
    document = _Document(format=FORMAT, decision=decision)
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def decode(data: bytes, name: str) -> Decision:
    """The decision in a document. Raises `SourceRefused` with the field that is wrong."""
    if len(data) > _MAX_BYTES:
        raise SourceRefused(f"{name}: {len(data):,} bytes, more than a decision has")
    try:
        document = msgspec.json.decode(data, type=_Document)
        decision = document.decision.checked()
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SourceRefused(f"{name}: not a decision: {error}") from None
    except BadInput as error:
        raise SourceRefused(f"{name}: {error}") from None
    if document.format != FORMAT:
        raise SourceRefused(f"{name}: has the format {document.format!r}, not {FORMAT}")
    if decision.recorded.tzinfo is None:
        raise SourceRefused(f"{name}: recorded: has no zone, so the moment is not known")
    return decision


def read(data: bytes, name: str) -> tuple[DocumentFacts, list[Record]]:
    """Facts and record of a decision; its date is the day on which it was entered, in UTC."""
    decision = decode(data, name)
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=decision.recorded.date(),
        instant=decision.recorded,
        url="",
        media_type="application/json",
        title=f"Decision {decision.id}, entered by {decision.author}",
        entries=1,
        complete=False,
    )
    record = Record(place=f"decision {decision.id}", fields=(("decision", msgspec.json.encode(decision).decode()),))
    return facts, [record]
