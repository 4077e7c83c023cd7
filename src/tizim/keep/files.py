"""The files a user names: plain, gzip, or a tar of dated files; opened within bounds."""

import gzip
import lzma
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import msgspec

from tizim.errors import BadInput, SourceRefused

MOST_BYTES = 512 * 1024 * 1024
"""no official list is nearly as large; a file that unpacks beyond this is refused"""


class GivenFile(msgspec.Struct, frozen=True, kw_only=True):
    """One document as given: a name for messages, and its bytes or the reason why they cannot be had."""

    name: str
    data: bytes
    refused: str = ""


def open_all(paths: Iterable[Path]) -> Iterator[GivenFile]:
    """The documents in *paths*, unpacked, in the order given. Raises `BadInput` for a path that is not there."""
    given = list(paths)
    for path in given:
        if not path.exists():
            raise BadInput(f"there is no file {path}")
        if not path.is_file():
            raise BadInput(f"{path} is not a file")
    for path in given:
        yield from _open(path)


def _open(path: Path) -> Iterator[GivenFile]:
    name = path.name
    try:
        if name.endswith((".tar.xz", ".tar.gz", ".tgz", ".tar", ".tar.bz2")):
            yield from _members(path)
        elif name.endswith(".gz"):
            with gzip.open(path) as packed:
                yield GivenFile(name=name, data=_bounded(packed, name))
        else:
            with path.open("rb") as plain:
                yield GivenFile(name=name, data=_bounded(plain, name))
    except SourceRefused as error:
        yield GivenFile(name=name, data=b"", refused=str(error))
    except (OSError, EOFError, zlib.error, lzma.LZMAError, tarfile.TarError) as error:
        yield GivenFile(name=name, data=b"", refused=f"{name}: cannot be unpacked: {error}")


def _members(path: Path) -> Iterator[GivenFile]:
    with tarfile.open(path) as tar:
        for member in tar:
            if not member.isfile():
                continue
            name = f"{path.name}/{member.name}"
            file = tar.extractfile(member)
            if file is None or member.size > MOST_BYTES:
                yield GivenFile(name=name, data=b"", refused=f"{name}: larger than {MOST_BYTES} bytes")
                continue
            yield GivenFile(name=name, data=_bounded(file, name))


def _bounded(file: IO[bytes] | gzip.GzipFile, name: str) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise SourceRefused(f"{name}: larger than {MOST_BYTES} bytes when unpacked")
    return data
