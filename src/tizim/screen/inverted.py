"""Which entities say what: for each field and value the entities that have it, as sorted keys and flat arrays.

A key is the field's name, a separator and the value. Values of whole fields are written plainly (small letters,
without marks); values of fields of words are single words. All arrays can be mapped from a file.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from tizim.screen.storing import Texts

_PARTS: Final = b"\x1f"

Numbers = npt.NDArray[np.uint32]


def plain(text: str) -> str:
    """A value in small letters and without marks; all else stays."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(one for one in parts if not unicodedata.combining(one)))


def key_of(field: str, value: str) -> bytes:
    """The key of a value of a field."""
    return field.encode() + _PARTS + value.encode("utf-8", "surrogatepass")


class Inverted(msgspec.Struct, frozen=True, kw_only=True):
    """The arrays: keys in their order, and for each the numbers of the entities that have it, ascending."""

    data: npt.NDArray[np.uint8]
    start: npt.NDArray[np.uint64]
    post_start: npt.NDArray[np.uint64]
    post: Numbers

    def _key(self, at: int) -> bytes:
        return self.data[int(self.start[at]) : int(self.start[at + 1])].tobytes()

    def _place(self, key: bytes) -> int:
        """The number of the first key that is not before *key*."""
        low, high = 0, len(self.start) - 1
        while low < high:
            middle = (low + high) >> 1
            if self._key(middle) < key:
                low = middle + 1
            else:
                high = middle
        return low

    def having(self, field: str, value: str) -> Numbers:
        """The entities that have *value* in *field*."""
        key = key_of(field, value)
        at = self._place(key)
        if at == len(self.start) - 1 or self._key(at) != key:
            return self.post[:0]
        return self._posted(at)

    def _posted(self, at: int) -> Numbers:
        return self.post[int(self.post_start[at]) : int(self.post_start[at + 1])]

    def between(self, field: str, prefix: str = "") -> tuple[int, int]:
        """The keys of *field* whose values begin with *prefix*: the number of the first, and the one after the last."""
        key = key_of(field, prefix)
        return self._place(key), self._place(key + b"\xff")

    def value(self, at: int) -> str:
        """The value of the key of that number."""
        return self._key(at).partition(_PARTS)[2].decode("utf-8", "surrogatepass")

    def values(self, field: str) -> Iterator[tuple[int, str]]:
        """Every value of *field* with its key's number."""
        first, end = self.between(field)
        for at in range(first, end):
            yield at, self.value(at)

    def posted(self, first: int, end: int) -> Numbers:
        """The entities of a run of keys, one key's after the other's."""
        return self.post[int(self.post_start[first]) : int(self.post_start[end])]

    def sizes(self, first: int, end: int) -> npt.NDArray[np.int64]:
        """How many entities each of a run of keys has."""
        starts = self.post_start[first : end + 1].astype(np.int64)
        return starts[1:] - starts[:-1]


class Filling:
    """Gathers what entities say, in the order of their numbers, and makes an `Inverted` of it."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, list[int]]] = defaultdict(dict)
        """of each field, by value: a key is written once for each value, not for each time that it is said"""

    def add(self, field: str, values: Iterable[str], entity: int) -> None:
        """The entity has *values* in *field*."""
        found = self._found[field]
        for value in values:
            own = found.get(value)
            if own is None:
                found[value] = [entity]
            elif own[-1] != entity:
                own.append(entity)

    def made(self) -> Inverted:
        """The arrays."""
        posted = {key_of(field, value): own for field, found in self._found.items() for value, own in found.items()}
        keys = sorted(posted)
        texts = Texts.of([]) if not keys else _texts(keys)
        sizes = [len(posted[key]) for key in keys]
        post = np.fromiter(chain.from_iterable(posted[key] for key in keys), dtype=np.uint32, count=sum(sizes))
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint64)
        return Inverted(data=texts.data, start=texts.start, post_start=starts, post=post)


def _texts(keys: list[bytes]) -> Texts:
    start = np.concatenate([[0], np.cumsum([len(key) for key in keys])]).astype(np.uint64)
    return Texts(np.frombuffer(b"".join(keys), dtype=np.uint8), start)


def mask_of(size: int, numbers: Iterable[Numbers]) -> npt.NDArray[np.uint8]:
    """A one for each of *size* entities that is among any of *numbers*."""
    mask = np.zeros(size, dtype=np.uint8)
    for some in numbers:
        mask[some] = 1
    return mask
