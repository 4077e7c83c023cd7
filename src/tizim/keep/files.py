"""The files a user names: plain, gzip, or a tar of dated files; opened within bounds, one at a time."""

import datetime as dt
import gzip
import lzma
import re
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Protocol, Self

import msgspec

from tizim.errors import BadInput, SourceRefused
from tizim.text.folding import one_line

MOST_BYTES = 512 * 1024 * 1024
"""no official list is nearly as large; a file that unpacks beyond this is refused"""
_TARS = (".tar.xz", ".tar.gz", ".tgz", ".tar", ".tar.bz2")
_UNPACKING = (OSError, EOFError, zlib.error, lzma.LZMAError, tarfile.TarError)


class GivenFile(msgspec.Struct, frozen=True, kw_only=True):
    """One document as given: a name for messages, and its bytes each time they are asked for.

    ``read`` raises `SourceRefused` with the reason if they cannot be had.
    """

    name: str
    read: Callable[[], bytes]
    folder: str
    """where it lay: files of one set lie in one folder, or in one tar"""

    @property
    def own_name(self) -> str:
        """Its name without that of the tar."""
        return self.name.rpartition("/")[2]

    @property
    def dated(self) -> dt.datetime | None:
        """The day, or the moment in UTC, that its name gives: ``2019-01-04-…``, ``2021-08-18T093901-…``."""
        found = _DATED.search(self.own_name)
        if found is None:
            return None
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
        try:
            return dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC)
        except ValueError:
            return None


_DATED = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_](\d\d)[-_](\d\d)(?:T(\d\d)[:.]?(\d\d)[:.]?(\d\d))?(?!\d)")


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Spool:
    """Where the members of tars wait, so that no more than one document at a time is held in memory."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="tizim-")  # noqa: SIM115 - closed by `close`

    def put(self, data: bytes) -> Callable[[], bytes]:
        """Set *data* aside; the result gives it back."""
        start = self._file.seek(0, 2)
        size = self._file.write(zlib.compress(data, 1))

        def get() -> bytes:
            self._file.seek(start)
            return zlib.decompress(self._file.read(size))

        return get

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def open_all(paths: Iterable[Path], spool: Spool) -> Iterator[GivenFile]:
    """The documents in *paths*, in the order given. Raises `BadInput` for a path that is not there."""
    given = list(paths)
    for path in given:
        if not path.exists():
            raise BadInput(f"there is no file {path}")
        if not path.is_file():
            raise BadInput(f"{path} is not a file")
    for path in given:
        if path.name.endswith(_TARS):
            yield from _members(path, spool)
        else:
            yield GivenFile(name=path.name, read=_reader(path), folder=str(path.parent))


def _reader(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            with gzip.open(path) if path.name.endswith(".gz") else path.open("rb") as file:
                return _bounded(file, path.name)
        except _UNPACKING as error:
            raise SourceRefused(f"{path.name}: cannot be {_how(path.name)}: {error}") from None

    return read


def _members(path: Path, spool: Spool) -> Iterator[GivenFile]:
    count = 0
    try:
        with tarfile.open(path) as tar:
            for member in tar:
                if member.isfile():
                    name = f"{path.name}/{member.name}"
                    count += 1
                    yield GivenFile(name=name, read=_member(tar, member, name, spool), folder=str(path))
    except _UNPACKING as error:
        yield _refused(path.name, f"{path.name}: cannot be unpacked: {one_line(str(error))}")
    else:
        if not count:
            yield _refused(path.name, f"{path.name}: there is no file in it")


def _member(tar: tarfile.TarFile, member: tarfile.TarInfo, name: str, spool: Spool) -> Callable[[], bytes]:
    file = tar.extractfile(member)
    if file is None or member.size > MOST_BYTES:
        return _refused(name, f"{name}: larger than {MOST_BYTES} bytes").read
    return spool.put(_bounded(file, name))


def _refused(name: str, reason: str) -> GivenFile:
    def read() -> bytes:
        raise SourceRefused(reason)

    return GivenFile(name=name, read=read, folder="")


def _how(name: str) -> str:
    return "unpacked" if name.endswith(".gz") else "read"


def _bounded(file: _Readable, name: str) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise SourceRefused(f"{name}: larger than {MOST_BYTES} bytes when unpacked")
    return data
