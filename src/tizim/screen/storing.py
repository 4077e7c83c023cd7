"""A screener in one file: a head that says what is where and what it was made by, then the arrays, aligned.

    line 1      ``tizim names 1``
    line 2      JSON: the algorithm, the fingerprint of the tables names were read with, the arrays with type, shape
                and place, the SHA-256 of that and of everything after the head
    then        the arrays, each at a multiple of 64 bytes

Written to a file beside the target and moved into its place when whole. Read by mapping: nothing is copied.
"""

import hashlib
import mmap
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Self

import msgspec
import numpy as np
import numpy.typing as npt

from tizim.errors import BadInput
from tizim.match.asking import Periods
from tizim.match.index import Index
from tizim.match.model import ALGORITHM
from tizim.match.tables import fingerprint

_MAGIC = b"tizim names 1\n"
_ALIGNED = 64
_LONGEST_HEAD = 1 << 20


class Texts(msgspec.Struct, frozen=True):
    """Many texts as one run of bytes."""

    data: npt.NDArray[np.uint8]
    start: npt.NDArray[np.uint64]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Texts in their order; any string, unpaired surrogates too."""
        coded = [text.encode("utf-8", "surrogatepass") for text in texts]
        start = np.zeros(len(coded) + 1, dtype=np.uint64)
        np.cumsum([len(one) for one in coded], out=start[1:], dtype=np.uint64) if coded else None
        return cls(np.frombuffer(b"".join(coded), dtype=np.uint8), start)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.start) - 1

    def __getitem__(self, at: int) -> str:
        """The text of that number."""
        return self.data[int(self.start[at]) : int(self.start[at + 1])].tobytes().decode("utf-8", "surrogatepass")


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """What a screener is made of."""

    index: Index
    periods: Periods
    ids: Texts
    names: Texts
    facts: Texts


class _Array(msgspec.Struct, frozen=True):
    type: str
    shape: list[int]
    place: int


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    algorithm: str
    tables: str
    sha256: str
    size: int
    arrays: dict[str, _Array]


def _arrays(stored: Stored) -> Iterator[tuple[str, npt.NDArray[np.generic]]]:
    for part in ("index", "periods", "ids", "names", "facts"):
        inside = getattr(stored, part)
        for field in inside.__struct_fields__:
            yield f"{part}.{field}", getattr(inside, field)


def _checksum(arrays: dict[str, _Array], pieces: Iterable[bytes | memoryview]) -> str:
    """SHA-256 of what is where, and of the bytes themselves."""
    digest = hashlib.sha256(msgspec.json.encode(arrays, order="sorted"))
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def save(stored: Stored, path: Path) -> None:
    """Write *stored* to *path*, whole or not at all. Raises `BadInput` if the folder cannot be written."""
    arrays, place = {}, 0
    pieces: list[bytes | memoryview] = []
    for name, array in _arrays(stored):
        flat = np.ascontiguousarray(array)
        arrays[name] = _Array(flat.dtype.str, list(flat.shape), place)
        data = flat.data.cast("B") if flat.size else memoryview(b"")
        fill = b"\0" * (-len(data) % _ALIGNED)
        pieces += (data, fill)
        place += len(data) + len(fill)
    head = msgspec.json.encode(
        _Head(algorithm=ALGORITHM, tables=fingerprint(), sha256=_checksum(arrays, pieces), size=place, arrays=arrays)
    )
    head += b" " * (-(len(_MAGIC) + len(head) + 1) % _ALIGNED) + b"\n"
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            try:
                file.writelines([_MAGIC, head, *pieces])
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise BadInput(f"the screener cannot be written to {path}: {error.strerror or error}") from None


def load(path: Path) -> Stored:
    """What is in the file *path*, mapped. Raises `BadInput`; see `Screener.open`."""
    try:
        with path.open("rb") as file:
            # Copied only if written to, which never happens: read-only arrays would be another type for compiled code.
            size = os.fstat(file.fileno()).st_size
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) if size else b""
    except OSError as error:
        raise BadInput(f"the screener {path} cannot be read: {error.strerror or error}") from None
    end = mapped[:_LONGEST_HEAD].find(b"\n", len(_MAGIC))
    if mapped[: len(_MAGIC)] != _MAGIC or end < 0:
        raise BadInput(f"{path} is not a screener of this version of tizim: build it anew")
    try:
        head = msgspec.json.decode(mapped[len(_MAGIC) : end], type=_Head)
    except msgspec.DecodeError:
        raise BadInput(f"the head of the screener {path} is damaged: build it anew") from None
    if head.algorithm != ALGORITHM or head.tables != fingerprint():
        raise BadInput(f"the screener {path} was made by another version of tizim ({head.algorithm}): build it anew")
    whole = memoryview(mapped)[end + 1 :]
    if len(whole) != head.size or _checksum(head.arrays, [whole]) != head.sha256:
        raise BadInput(f"the screener {path} is damaged (its checksum differs): build it anew")
    return Stored(
        index=Index(**_part(head, whole, "index")), periods=Periods(**_part(head, whole, "periods")),
        ids=Texts(**_part(head, whole, "ids")), names=Texts(**_part(head, whole, "names")),
        facts=Texts(**_part(head, whole, "facts")),
    )  # fmt: skip


def _part(head: _Head, whole: memoryview, part: str) -> dict[str, Any]:
    found = {}
    for name, array in head.arrays.items():
        owner, _, field = name.partition(".")
        if owner == part:
            count = int(np.prod(array.shape, dtype=np.int64))
            flat = np.frombuffer(whole, dtype=np.dtype(array.type), count=count, offset=array.place) if count else None
            found[field] = np.zeros(array.shape, dtype=array.type) if flat is None else flat.reshape(array.shape)
    return found
