"""Entities of a reading of the register as JSON lines, kept while they are worked out for the first export of it.

The next export of the same dates, whatever its format or lists, copies them instead. A file is one reading: the lines,
and after them one line that says what they are of and by which sum they are known. It appears when it is whole.
A reading never changes, so neither does its file; what is older than the few used last is cleared away.
"""

import hashlib
import mmap
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

import msgspec

from tizim import __version__
from tizim.errors import BadInput
from tizim.match.tables import fingerprint
from tizim.screen.from_register import Subject
from tizim.screen.snapshot import About

_ENDING: Final = ".lines"
_KEPT: Final = 3
"""readings that are kept: tens of megabytes each, of a register of every list"""
_AT_ONCE: Final = 1 << 22
"""bytes that are read at once"""


class Foot(msgspec.Struct, frozen=True, kw_only=True):
    """What the lines are of."""

    about: About
    entities: int
    sha256: str
    """of all lines"""


class Reading:
    """The lines of one reading, mapped."""

    def __init__(self, foot: Foot, data: bytes | mmap.mmap, size: int) -> None:
        self.foot = foot
        self._data = data
        self._size = size

    def __iter__(self) -> Iterator[list[bytes]]:
        """All lines in their order, some megabytes of them at a time."""
        first = 0
        while first < self._size:
            end = self._data.find(b"\n", min(first + _AT_ONCE, self._size - 1))
            yield self._data[first:end].split(b"\n")
            first = end + 1


class Readings:
    """A folder of readings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, version: str) -> Path:
        """Where the reading *version* is kept, or would be: another release may say it otherwise."""
        name = hashlib.sha256(f"{__version__} {fingerprint()} {version}".encode()).hexdigest()
        return self.folder / f"{name[:24]}{_ENDING}"

    def found(self, version: str) -> Reading | None:
        """The reading *version*; ``None`` where it is not kept, or is no longer what was written."""
        path = self.path(version)
        try:
            with path.open("rb") as file:
                data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            path.touch()
        except (OSError, ValueError):  # not there, or empty
            return None
        size = data.rfind(b"\n", 0, max(len(data) - 1, 0)) + 1
        try:
            foot = msgspec.json.decode(data[size:], type=Foot)
        except msgspec.DecodeError:
            return None
        with memoryview(data) as whole, whole[:size] as lines:
            sound = hashlib.sha256(lines).hexdigest() == foot.sha256
        return Reading(foot, data, size) if sound and foot.about.version == version else None

    def keep(self, about: About, subjects: Iterable[Subject]) -> Iterator[Subject]:
        """Pass on *subjects*, and keep their entities if all are asked for.

        Where the folder cannot be written, nothing is kept: the next export is as slow as this one, and as right.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            file = tempfile.NamedTemporaryFile(  # noqa: SIM115 - it is closed below, whoever stops asking
                dir=self.folder, prefix=".", suffix=".unfinished", delete=False
            )
        except OSError:
            yield from subjects
            return
        try:
            with file:
                writing = _Writing(file.file)
                for one in subjects:
                    writing.put(one)
                    yield one
                whole = writing.end(about)
            if whole:
                with suppress(
                    OSError
                ):  # gone, because a value was withheld meanwhile; or another's file is in its place
                    Path(file.name).replace(self.path(about.version))
                    self._clear_away()
        finally:
            Path(file.name).unlink(missing_ok=True)

    def clear(self) -> None:
        """Keep nothing of any reading, nor of one that is still on its way: a value in it was withheld.

        Raises `BadInput` where that fails.
        """
        try:
            shutil.rmtree(self.folder)
        except FileNotFoundError:
            return
        except OSError as error:
            raise BadInput(f"{self.folder} cannot be deleted, and has values: {error.strerror or error}") from None

    def _clear_away(self) -> None:
        found = sorted(self.folder.glob(f"*{_ENDING}"), key=lambda one: one.stat().st_mtime, reverse=True)
        for one in found[_KEPT:]:
            one.unlink(missing_ok=True)


class _Writing:
    """Lines on their way to a file, until one cannot be written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._encode = msgspec.json.Encoder().encode
        self._sum = hashlib.sha256()
        self._count = 0
        self._left: list[bytes] = []
        self._fails = False

    def put(self, subject: Subject) -> None:
        self._left += map(self._encode, subject.entities)
        if len(self._left) >= 1_000:
            self._out()

    def _out(self) -> None:
        self._count += len(self._left)
        data = b"".join(line + b"\n" for line in self._left)
        self._left.clear()
        self._sum.update(data)
        self._write(data)

    def _write(self, data: bytes) -> None:
        try:
            if not self._fails:
                self._file.write(data)
        except OSError:  # the disk is full, say: the export itself goes on
            self._fails = True

    def end(self, about: About) -> bool:
        """Write what is left, and the foot; returns whether all of it is there."""
        self._out()
        foot = Foot(about=about, entities=self._count, sha256=self._sum.hexdigest())
        self._write(msgspec.json.encode(foot) + b"\n")
        try:
            self._file.flush()
        except OSError:
            self._fails = True
        return not self._fails
