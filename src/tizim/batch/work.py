"""What is done of a run and what is left: a folder with the parts that are whole, and what they belong to.

    manifest.json   what was given and asked
    snapshot        what is screened against, the same to the last row, whatever lists say meanwhile
    000000.part …   a file for each chunk that is done, written aside and renamed
    lock            held by the process at work

A run that was killed is gone on with from here by the same call.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

import msgspec

from tizim.batch.screening import Part, part_in
from tizim.batch.terms import Terms
from tizim.errors import BadInput, Broken, Busy
from tizim.text import one_line

_MANIFEST: Final = "manifest.json"
_SNAPSHOT: Final = "snapshot"
_LOCK: Final = "lock"
_PART: Final = ".part"
_OURS: Final = re.compile(r"(manifest\.json|snapshot|lock)(\.unfinished)?|\d+\.(part|unfinished)")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What was given and asked: a run is the same as another if this is."""

    input_sha256: str
    input_form: str
    delimiter: str
    output_form: str
    terms: Terms
    chunk: int
    against: str
    """what was asked to be screened against: dates, or files"""
    algorithm: str
    tizim: str
    """the version of the program"""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the parts in a folder belong to."""

    asked: Asked
    data_version: str


class Work:
    """The folder of a run, held by this process alone."""

    def __init__(self, folder: Path, manifest: Manifest, *, is_begun: bool) -> None:
        self.folder = folder
        self.manifest = manifest
        self.is_begun = is_begun
        """whether an earlier run began it"""
        self.done = frozenset(int(one.stem) for one in folder.glob(f"*{_PART}"))

    @property
    def snapshot(self) -> Path:
        """What is screened against."""
        return self.folder / _SNAPSHOT

    def put(self, number: int, data: bytes) -> None:
        """Keep the part of a chunk."""
        path = self._path(number)
        unfinished = path.with_suffix(".unfinished")
        _write(unfinished, data)
        unfinished.replace(path)

    def parts(self, count: int) -> Iterator[Part]:
        """The parts of *count* chunks, in their order. Raises `Broken` for one that is not whole."""
        for number in range(count):
            path = self._path(number)
            try:
                yield part_in(path.read_bytes())
            except (OSError, msgspec.DecodeError) as error:
                raise Broken(f"{path} cannot be read ({error}): begin anew with --afresh") from None

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:09d}{_PART}"

    @classmethod
    def found(cls, folder: Path, asked: Asked) -> Self | None:
        """The work that an earlier run left, if it did. Raises `BadInput` if it was of something else."""
        try:
            data = (folder / _MANIFEST).read_bytes()
        except OSError:
            return None
        try:
            manifest = msgspec.json.decode(data, type=Manifest)
        except msgspec.DecodeError:
            raise BadInput(f"{folder / _MANIFEST} is not of this version of tizim: begin anew with --afresh") from None
        if manifest.asked != asked:
            raise BadInput(f"{folder} is what another run left: {difference(manifest.asked, asked)}; {_CHOOSE}")
        return cls(folder, manifest, is_begun=True)

    @classmethod
    def begun(cls, folder: Path, manifest: Manifest, snapshot: Path) -> Self:
        """New work, by the *snapshot* in a file, which stays as it is. Raises `BadInput` if it cannot be written."""
        clear(folder)
        try:
            try:
                os.link(snapshot, folder / _SNAPSHOT)
            except OSError:  # on another disk, or none that can link
                shutil.copyfile(snapshot, folder / _SNAPSHOT)
            unfinished = folder / f"{_MANIFEST}.unfinished"
            _write(unfinished, msgspec.json.encode(manifest))
            unfinished.replace(folder / _MANIFEST)
        except OSError as error:
            raise BadInput(f"{folder} cannot be written: {error.strerror or error}") from None
        return cls(folder, manifest, is_begun=False)


_CHOOSE: Final = "begin anew with --afresh, or write to another file"


def difference(was: Asked, now: Asked) -> str:
    """In what two runs differ, in words."""
    told = []
    for name in was.__struct_fields__:
        one, other = getattr(was, name), getattr(now, name)
        if one == other:
            continue
        if isinstance(one, Terms) and isinstance(other, Terms):
            told += [
                f"{field} was {mine!r} and is {theirs!r}"
                for field in one.__struct_fields__
                if (mine := getattr(one, field)) != (theirs := getattr(other, field))
            ]
        elif name == "input_sha256":
            told.append("the input is another file, or has changed")
        else:
            told.append(f"{name} was {one!r} and is {other!r}")
    return ", ".join(told)


def clear(folder: Path) -> None:
    """Remove what an earlier run left, but the lock."""
    (folder / _MANIFEST).unlink(missing_ok=True)  # without it, whatever is left is nobody's
    for path in folder.iterdir():
        if path.name != _LOCK:
            path.unlink()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder of a run, which is gone afterwards if nothing is kept in it.

    Raises `Busy` if another process holds it, `BadInput` if it cannot be made or has other files in it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = [one.name for one in folder.iterdir() if _OURS.fullmatch(one.name) is None]
        if others:
            raise BadInput(f"{folder} holds other files, such as {one_line(others[0])}: say another with --work")
        lock = (folder / _LOCK).open("w")
    except OSError as error:
        raise BadInput(f"{folder} cannot be written: {error.strerror or error}") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy(f"another process is at work in {folder}") from None
        try:
            yield
        finally:
            if [one.name for one in folder.iterdir()] == [_LOCK]:
                (folder / _LOCK).unlink()
                folder.rmdir()


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
