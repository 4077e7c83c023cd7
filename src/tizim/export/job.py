"""From a reading of the register to files: one way through the subjects, however many formats are written."""

import hashlib
import io
from collections.abc import Callable, Mapping
from typing import IO, Final, Protocol, cast

import msgspec

from tizim.errors import BadInput
from tizim.export.lines import Lines
from tizim.export.record import Written, metadata
from tizim.export.senzing import Senzing
from tizim.export.statements import Statements
from tizim.export.supplied import BELONGING, Supplied, is_subject
from tizim.export.tables import Tables
from tizim.export.targets import Targets
from tizim.screen.subjects import OfSchema, Subject

FORMATS: Final[Mapping[str, str]] = {
    "ftm": "entities.ftm.json", "statements": "statements.csv", "targets": "targets.simple.csv",
    "senzing": "senzing.json", "parquet": "entities.parquet",
}  # fmt: skip
"""each format, with what its file is called where nobody says otherwise"""
_TOLD_EVERY: Final = 500

Progress = Callable[[int, int], None]
"""told how many steps are done, and of how many"""


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """A format, and the open file that it is written to."""

    format: str
    name: str
    file: IO[bytes]


_SCHEMA: Final = msgspec.json.Decoder(OfSchema).decode


class _Writer(Protocol):
    @property
    def rows(self) -> int: ...

    def put(self, subject: Subject) -> None: ...

    def end(self) -> None: ...


class _Summing(io.RawIOBase):
    """Passes on what is written, and keeps its sums."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self._sha256 = hashlib.sha256()
        self._sha1 = hashlib.sha1(usedforsecurity=False)  # what yente checks a download by
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = memoryview(data)  # type: ignore[arg-type]  # whatever can be written has bytes
        self._sha256.update(piece)
        self._sha1.update(piece)
        self.size += piece.nbytes
        self._file.write(piece)
        return piece.nbytes

    def sums(self) -> dict[str, str]:
        return {"sha256": self._sha256.hexdigest(), "sha1": self._sha1.hexdigest()}


def export(
    supplied: Supplied, outputs: list[Output], *, raw: bool = False, progress: Progress | None = None
) -> list[Written]:
    """Write what is *supplied* to each of *outputs*, and tell what was written.

    *raw*: cells of CSV that a spreadsheet would run stay as they are. Raises `BadInput` for an unknown format,
    `NotSupported` for one that needs an extra.
    """
    summing = [_Summing(one.file) for one in outputs]
    writers = [
        _writer(one.format, cast("IO[bytes]", file), supplied, raw=raw)
        for one, file in zip(outputs, summing, strict=True)
    ]
    subjects = _copied(supplied, writers, progress)
    if subjects is None:
        subjects = _written(supplied, writers, progress)
    for writer in writers:
        writer.end()
    return [
        Written(
            format=one.format, file=one.name, rows=writer.rows, subjects=subjects, bytes=file.size,
            neutralised=getattr(writer, "neutralised", 0), **file.sums(),
        )
        for one, writer, file in zip(outputs, writers, summing, strict=True)
    ]  # fmt: skip


def _writer(name: str, file: IO[bytes], supplied: Supplied, *, raw: bool) -> _Writer:
    match name:
        case "ftm":
            return Lines(file)
        case "statements":
            return Statements(file, raw=raw)
        case "targets":
            return Targets(file, raw=raw)
        case "senzing":
            return Senzing(file)
        case "parquet":
            return Tables(file, metadata(supplied))
    raise BadInput(f"there is no format '{name}'; there are {', '.join(FORMATS)}")


def _copied(supplied: Supplied, writers: list[_Writer], progress: Progress | None) -> int | None:
    """Copy entities that are lines already, where nothing else is wanted; returns the number of subjects."""
    if supplied.lines is None or not all(isinstance(one, Lines) for one in writers):
        return None
    done = belonging = 0
    for lines in supplied.lines:
        if supplied.count is None:
            belonging += sum(map(_belongs, lines))
        for writer in writers:
            if isinstance(writer, Lines):
                writer.copy(lines)
        done += len(lines)
        if progress is not None:
            progress(done, supplied.total)
    return done - belonging if supplied.count is None else supplied.count


def _belongs(line: bytes) -> bool:
    return _SCHEMA(line).schema in BELONGING


def _written(supplied: Supplied, writers: list[_Writer], progress: Progress | None) -> int:
    """Write every subject; returns how many there are."""
    count = steps = 0
    for subject in supplied.subjects:
        for writer in writers:
            writer.put(subject)
        count += is_subject(subject.schema)
        steps += 1 if supplied.lines is None else len(subject.entities)
        if progress is not None and count % _TOLD_EVERY == 0:
            progress(min(steps, supplied.total), supplied.total)
    if progress is not None:
        progress(supplied.total, supplied.total)
    return count
