"""A screener in one file: a head that says what is where and what it was made by, then the arrays, aligned.

    line 1      ``tizim names 2``
    line 2      JSON: the algorithm, the fingerprint of the tables names were read with, the SHA-256 of what follows,
                the arrays with type, shape and place
    then        the arrays, each at a multiple of 64 bytes

Written to a file beside the target and moved into its place when whole. Read by mapping: nothing is copied.
"""

import hashlib
import mmap
import os
import tempfile
from collections.abc import Iterable, Mapping
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

_MAGIC = b"tizim names 2\n"
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
    sha256: str
    size: int
    arrays: dict[str, _Array]


class _Made(msgspec.Struct, frozen=True, kw_only=True):
    algorithm: str
    tables: str


Arrays = Mapping[str, npt.NDArray[np.generic]]


def arrays_of(**parts: msgspec.Struct) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of several values, each called by its value's name and its own."""
    return {f"{name}.{field}": getattr(part, field) for name, part in parts.items() for field in part.__struct_fields__}


def part_of(arrays: Arrays, name: str) -> dict[str, Any]:
    """The arrays of the value *name*, called by their own names."""
    return {key.removeprefix(f"{name}."): array for key, array in arrays.items() if key.startswith(f"{name}.")}


def _checksum(arrays: dict[str, _Array], pieces: Iterable[bytes | memoryview]) -> str:
    """SHA-256 of what is where, and of the bytes themselves."""
    digest = hashlib.sha256(msgspec.json.encode(arrays, order="sorted"))
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def save(stored: Stored, path: Path) -> None:
    """Write *stored* to *path*, whole or not at all. Raises `BadInput` if the folder cannot be written."""
    write(path, _MAGIC, "screener", {}, stored_arrays(stored))


def stored_arrays(stored: Stored) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of a screener."""
    return arrays_of(**{part: getattr(stored, part) for part in stored.__struct_fields__})


def write(path: Path, magic: bytes, what: str, about: Mapping[str, object], given: Arrays) -> None:
    """Write arrays to *path*, whole or not at all, after a head of *magic* and JSON that says what is *about* them.

    Raises `BadInput`, calling the file by *what* it is, if the folder cannot be written.
    """
    arrays, place = {}, 0
    pieces: list[bytes | memoryview] = []
    for name, array in given.items():
        flat = np.ascontiguousarray(array)
        arrays[name] = _Array(flat.dtype.str, list(flat.shape), place)
        data = flat.data.cast("B") if flat.size else memoryview(b"")
        fill = b"\0" * (-len(data) % _ALIGNED)
        pieces += (data, fill)
        place += len(data) + len(fill)
    made = {"algorithm": ALGORITHM, "tables": fingerprint(), "sha256": _checksum(arrays, pieces), "size": place}
    head = msgspec.json.encode({**made, **about, "arrays": arrays})
    head += b" " * (-(len(magic) + len(head) + 1) % _ALIGNED) + b"\n"
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            try:
                file.writelines([magic, head, *pieces])
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise BadInput(f"the {what} cannot be written to {path}: {error.strerror or error}") from None


def load(path: Path) -> Stored:
    """What is in the file *path*, mapped. Raises `BadInput`; see `Screener.open`."""
    _, arrays = read(path, _MAGIC, "screener")
    return stored_from(arrays)


def stored_from(arrays: Arrays) -> Stored:
    """A screener's parts from their arrays."""
    return Stored(
        index=Index(**part_of(arrays, "index")), periods=Periods(**part_of(arrays, "periods")),
        ids=Texts(**part_of(arrays, "ids")), names=Texts(**part_of(arrays, "names")),
        facts=Texts(**part_of(arrays, "facts")),
    )  # fmt: skip


def read(path: Path, magic: bytes, what: str) -> tuple[bytes, dict[str, npt.NDArray[np.generic]]]:
    """The head of the file *path*, as JSON, and its arrays, mapped.

    Raises `BadInput`, calling the file by *what* it is, if it is not there, is damaged, has another beginning than
    *magic* or was made by another version of tizim.
    """
    try:
        with path.open("rb") as file:
            # Copied only if written to, which never happens: read-only arrays would be another type for compiled code.
            size = os.fstat(file.fileno()).st_size
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) if size else b""
    except OSError as error:
        raise BadInput(f"the {what} {path} cannot be read: {error.strerror or error}") from None
    end = mapped[:_LONGEST_HEAD].find(b"\n", len(magic))
    if mapped[: len(magic)] != magic or end < 0:
        raise BadInput(f"{path} is not a {what} of this version of tizim: build it anew")
    told = mapped[len(magic) : end]
    try:
        made = msgspec.json.decode(told, type=_Made)
        if made.algorithm != ALGORITHM or made.tables != fingerprint():
            raise BadInput(f"the {what} {path} was made by another version of tizim ({made.algorithm}): build it anew")
        head = msgspec.json.decode(told, type=_Head)
    except msgspec.DecodeError:
        raise BadInput(f"the head of the {what} {path} is damaged: build it anew") from None
    whole = memoryview(mapped)[end + 1 :]
    if len(whole) != head.size or _checksum(head.arrays, [whole]) != head.sha256:
        raise BadInput(f"the {what} {path} is damaged (its checksum differs): build it anew")
    return told, {name: _placed(array, whole) for name, array in head.arrays.items()}


def _placed(array: _Array, whole: memoryview) -> npt.NDArray[np.generic]:
    count = int(np.prod(array.shape, dtype=np.int64))
    if not count:
        return np.zeros(array.shape, dtype=array.type)
    return np.frombuffer(whole, dtype=np.dtype(array.type), count=count, offset=array.place).reshape(array.shape)
