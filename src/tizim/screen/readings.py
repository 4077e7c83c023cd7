"""Entities of a reading of the register as JSON lines, kept while they are worked out.

An export of the same dates copies them, and the next reading of the register renews them: what rests on the same is
not worked out again. A file is one reading: the lines, after them one line that tells of each subject what its lines
rest on, and one that says what they are of and by which sum they are known. It appears when it is whole.
A reading never changes, so neither does its file; what is older than the few used last is cleared away.
"""

import datetime as dt
import hashlib
import mmap
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import IO, Final

import msgspec

from tizim import __version__
from tizim.errors import BadInput
from tizim.match.tables import fingerprint
from tizim.screen.snapshot import About
from tizim.screen.subjects import Footing, Subject

_ENDING: Final = ".lines"
_KEPT: Final = 3
"""readings that are kept: tens of megabytes each, of a register of every list"""
_AT_ONCE: Final = 1 << 22
"""bytes that are read at once"""
_MADE_BY: Final = ("tizim.screen", "tizim.ftm", "tizim.domain", "tizim.match")
"""packages that lay down what is kept"""


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """The end of the log that a reading told all of: what comes after it is what the next one has to look at."""

    sequence: int
    hash: str
    lists: str
    """a digest of the lists as they were called"""


class Foot(msgspec.Struct, frozen=True, kw_only=True):
    """What the lines are of."""

    code: str
    about: About
    begun: Begun | None
    """``None`` where not all was known that the log tells"""
    entities: int
    size: int
    """of all lines, in bytes"""
    sha256: str
    """of all lines and of the one that tells what they rest on"""


class _Place(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Of a subject, how many bytes its lines have, and what they rest on."""

    subject: str
    size: int
    footing: Footing | None


class Reading:
    """The lines of one reading, mapped."""

    def __init__(self, foot: Foot, data: bytes | mmap.mmap, end: int) -> None:
        self.foot = foot
        self._data = data
        self._end = end
        """where the foot begins"""

    def __iter__(self) -> Iterator[list[bytes]]:
        """All lines in their order, some megabytes of them at a time."""
        first, size = 0, self.foot.size
        while first < size:
            end = self._data.find(b"\n", min(first + _AT_ONCE, size - 1))
            yield self._data[first:end].split(b"\n")
            first = end + 1

    def is_sound(self) -> bool:
        """Whether it is what was written."""
        with memoryview(self._data) as whole, whole[: self._end] as summed:
            return hashlib.sha256(summed).hexdigest() == self.foot.sha256

    def footing(self, subject: str) -> Footing | None:
        """What the entities of a subject rest on; ``None`` if it has none here."""
        found = self._places.get(subject)
        return found[2] if found is not None else None

    def lines_of(self, subject: str) -> list[bytes]:
        """The entities of a subject that is there."""
        first, end, _ = self._places[subject]
        return self._data[first : end - 1].split(b"\n")

    @cached_property
    def _places(self) -> dict[str, tuple[int, int, Footing | None]]:
        found: dict[str, tuple[int, int, Footing | None]] = {}
        first = 0
        for one in msgspec.json.decode(self._data[self.foot.size : self._end], type=list[_Place]):
            found[one.subject] = (first, first + one.size, one.footing)
            first += one.size
        return found


class Readings:
    """A folder of readings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, version: str) -> Path:
        """Where the reading *version* is kept, or would be: another release may say it otherwise."""
        name = hashlib.sha256(f"{_code()} {version}".encode()).hexdigest()
        return self.folder / f"{name[:24]}{_ENDING}"

    def found(self, version: str) -> Reading | None:
        """The reading *version*; ``None`` where it is not kept, or is no longer what was written."""
        path = self.path(version)
        found = _opened(path)
        if found is None or found.foot.about.version != version or not found.is_sound():
            return None
        with suppress(OSError):  # cleared away meanwhile: it is mapped
            path.touch()
        return found

    def begun(self, day: dt.date) -> Iterator[Reading]:
        """The readings with which one of *day* can begin, that of the longest log and the nearest day first; none that
        another release made.
        """
        every = [found for path in self.folder.glob(f"*{_ENDING}") if (found := _opened(path)) is not None]
        own = [
            (-one.foot.begun.sequence, abs((dt.date.fromisoformat(one.foot.about.as_of) - day).days), number)
            for number, one in enumerate(every)
            if one.foot.begun is not None and one.foot.code == _code()
        ]
        for _, _, number in sorted(own):
            yield every[number]

    def keep(self, about: About, subjects: Iterable[Subject], begun: Begun | None) -> Iterator[Subject]:
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
                whole = writing.end(about, begun)
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


def _opened(path: Path) -> Reading | None:
    """The reading in a file, by its foot alone; ``None`` where there is none."""
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # not there, or empty
        return None
    end = data.rfind(b"\n", 0, max(len(data) - 1, 0)) + 1
    try:
        foot = msgspec.json.decode(data[end:], type=Foot)
    except msgspec.DecodeError:
        return None
    return Reading(foot, data, end)


@cache
def _code() -> str:
    """Names the release, the tables and the code by which entities are made: others may make others."""
    found = hashlib.sha256(f"{__version__} {fingerprint()}".encode())
    for package in _MADE_BY:
        for one in sorted(resources.files(package).iterdir(), key=lambda one: one.name):
            if one.is_file():
                found.update(one.read_bytes())
    return found.hexdigest()


class _Writing:
    """Lines on their way to a file, until one cannot be written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sum = hashlib.sha256()
        self._places: list[_Place] = []
        self._count = self._size = 0
        self._left: list[bytes] = []
        self._fails = False

    def put(self, subject: Subject) -> None:
        data = b"\n".join([*subject.lines, b""])
        self._places.append(_Place(_ID(subject.lines[0]).id, len(data), subject.footing))
        self._count += len(subject.lines)
        self._size += len(data)
        self._left.append(data)
        if len(self._left) >= 1_000:
            self._out()

    def _out(self) -> None:
        self._write(b"".join(self._left))
        self._left.clear()

    def _write(self, data: bytes) -> None:
        self._sum.update(data)
        try:
            if not self._fails:
                self._file.write(data)
        except OSError:  # the disk is full, say: the export itself goes on
            self._fails = True

    def end(self, about: About, begun: Begun | None) -> bool:
        """Write what is left, and what all of it is; returns whether all of it is there."""
        self._out()
        self._write(msgspec.json.encode(self._places if begun is not None else []) + b"\n")
        foot = Foot(
            code=_code(), about=about, begun=begun, entities=self._count, size=self._size,
            sha256=self._sum.hexdigest(),
        )  # fmt: skip
        self._write(msgspec.json.encode(foot) + b"\n")
        try:
            self._file.flush()
        except OSError:
            self._fails = True
        return not self._fails


class _Named(msgspec.Struct, frozen=True, gc=False):
    id: str


_ID: Final = msgspec.json.Decoder(_Named).decode
