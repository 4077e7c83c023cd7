"""From the bytes of one step to its record."""

from typing import Final

import msgspec

from tizim.domain.bulletins import Step, checked
from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.versions import Making, Mending, VersionStep, checked_version_step, version_id
from tizim.errors import BadInput, SourceRefused

SOURCE_ID: Final = "bulletins"
FORMAT: Final = "tizim-bulletin/1"
_MAX_BYTES: Final = 4 * 1024 * 1024


class _Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: str
    step: Step | VersionStep


def encode(step: Step | VersionStep) -> bytes:
    """The document of a step: JSON, its keys in a fixed order."""
    return msgspec.json.format(msgspec.json.encode(_Document(format=FORMAT, step=step)), indent=1) + b"\n"


def decode(data: bytes, name: str) -> Step | VersionStep:
    """The step in a document. Raises `SourceRefused` with what is wrong."""
    if len(data) > _MAX_BYTES:
        raise SourceRefused(f"{name}: {len(data):,} bytes, more than a step of a bulletin has")
    try:
        document = msgspec.json.decode(data, type=_Document)
        given = document.step
        step = checked_version_step(given) if isinstance(given, VersionStep) else checked(given)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SourceRefused(f"{name}: not a step of a bulletin: {error}") from None
    except BadInput as error:
        raise SourceRefused(f"{name}: {error}") from None
    if document.format != FORMAT:
        raise SourceRefused(f"{name}: has the format {document.format!r}, not {FORMAT}")
    return step


def read(data: bytes, name: str) -> tuple[DocumentFacts, list[Record]]:
    """Facts and record of a step; its date is the day on which it was made, in UTC.

    The title tells neither what a draft says nor whose it is: titles of documents are shown to everybody.
    """
    step = decode(data, name)
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=step.at.date(),
        instant=step.at,
        url="",
        media_type="application/json",
        title=f"Bulletins, a step of {step.at.date()}",
        entries=1,
        complete=False,
    )
    place = f"bulletin {step.bulletin}, {_place(step)}"
    return facts, [Record(place=place, fields=(("step", msgspec.json.encode(step).decode()),))]


def _place(step: Step | VersionStep) -> str:
    if isinstance(step, VersionStep):
        return f"version {version_id(step) if isinstance(step, Making | Mending) else step.version}"
    return f"step {step.number}"
