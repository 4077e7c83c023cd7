"""Customers' names read once and kept ready: blocks of so many customers by their numbers, each in a file.

A block is made anew when a customer of it was entered or forgotten, and mapped by whoever asks it. It holds no names,
but what they sound like: it belongs to the customers' data, is readable by its owner alone, and can always be made
again from the store.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, Self

import msgspec
import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from tizim.customers import Store, schema
from tizim.errors import BadInput
from tizim.match.analysis import hash64, reading_of
from tizim.match.compare import analyser
from tizim.match.questions import Questions, build
from tizim.screen import storing
from tizim.screen.entities import identifiers_in
from tizim.screen.matching import MOST_ASKED, SHORTEST, kinds_of
from tizim.screen.snapshot import letters_and_digits
from tizim.watch.watched import Watched

SIZE: Final = 131_072
"""numbers of customers in a block"""
_MAGIC: Final = b"tizim customers 1\n"
_WHAT: Final = "block of customers"
ENDING: Final = ".customers"


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """The customers of a block, and what each asks."""

    seq: npt.NDArray[np.int64]
    customer: npt.NDArray[np.uint32]
    """places in ``seq``, of customers who ask something; customers of one name ask the same"""
    question: npt.NDArray[np.uint32]
    """what each of those asks"""
    group: npt.NDArray[np.uint8]
    """of each question, which of the block's groups it is of"""
    with_facts: npt.NDArray[np.uint8]
    """of each question, whether who asks it is known by more than names and numbers"""
    number: npt.NDArray[np.uint64]
    """hashes of the identifiers of customers"""
    numbered: npt.NDArray[np.uint32]
    """of each of those the customer's place"""


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    groups: tuple[tuple[str, str], ...]


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """Customers, and the questions that their names are."""

    rows: Rows
    questions: Questions
    groups: tuple[tuple[str, str], ...]
    """schemata, and as what names are read"""

    @classmethod
    def build(cls, customers: Iterable[Watched]) -> Self:
        """A block of customers."""
        seqs, owners, asked, numbers, numbered = [], [], [], [], []
        known: dict[tuple[str, str], int] = {}
        questions: dict[tuple[int, bool, bytes, int], int] = {}
        read = analyser()
        for place, one in enumerate(customers):
            example = one.given.example
            seqs.append(one.seq)
            for kind in kinds_of(example.schema.name):
                group = known.setdefault((example.schema.name, kind), len(known))
                for name in example.names[:MOST_ASKED]:
                    question = group, bool(example.facts), *read.records(name, reading_of(kind))
                    asked.append(questions.setdefault(question, len(questions)))
                    owners.append(place)
            for value in numbers_in(identifiers_in(example.schema, example.properties)):
                numbers.append(value)
                numbered.append(place)
        rows = Rows(
            seq=np.array(seqs, dtype=np.int64), customer=np.array(owners, dtype=np.uint32),
            question=np.array(asked, dtype=np.uint32), group=np.array([one[0] for one in questions], dtype=np.uint8),
            with_facts=np.array([one[1] for one in questions], dtype=np.uint8),
            number=np.array(numbers, dtype=np.uint64), numbered=np.array(numbered, dtype=np.uint32),
        )  # fmt: skip
        return cls(rows=rows, questions=build(one[2:] for one in questions), groups=tuple(known))

    def save(self, path: Path) -> None:
        """Write it to a file, whole or not at all. Raises `BadInput` where nothing can be written."""
        storing.write(
            path, _MAGIC, _WHAT, {"groups": self.groups}, storing.arrays_of(rows=self.rows, questions=self.questions)
        )

    @classmethod
    def open(cls, path: Path) -> Self:
        """The block in a file, mapped. Raises `BadInput` if it is damaged or another version's."""
        head, arrays = storing.read(path, _MAGIC, _WHAT)
        try:
            groups = msgspec.json.decode(head, type=_Head).groups
            rows, questions = Rows(**storing.part_of(arrays, "rows")), Questions(**storing.part_of(arrays, "questions"))
        except (msgspec.DecodeError, TypeError):
            raise BadInput(f"the head of the {_WHAT} {path} is damaged") from None
        return cls(rows=rows, questions=questions, groups=groups)


def numbers_in(identifiers: Iterable[str]) -> list[int]:
    """Hashes of the identifiers that are looked for, whatever signs they are parted by."""
    told = (letters_and_digits(value) for value in identifiers)
    return [hash64(value) for value in told if len(value) >= SHORTEST]


class Place(msgspec.Struct, frozen=True, order=True):
    """A block by its number, and what it is of: another one as soon as a customer of it is."""

    number: int
    count: int
    last: int
    total: int

    @property
    def first(self) -> int:
        """The first number of a customer that may be in it."""
        return self.number * SIZE

    def path(self, folder: Path) -> Path:
        """Where it is, or would be."""
        return folder / f"{self.number:06d}-{self.count}-{self.last}-{self.total}{ENDING}"


def at_hand(folder: Path, place: Place) -> Path | None:
    """A file with all the customers of a block, and perhaps some who are no longer; none where there is none."""
    exact = place.path(folder)
    if exact.exists():
        return exact
    for path in folder.glob(f"{place.number:06d}-*{ENDING}"):
        if int(path.stem.split("-")[2]) >= place.last:  # numbers only grow: what came later is what has higher ones
            return path
    return None


def places(store: Store, upto: int) -> list[Place]:
    """The blocks of the customers of numbers up to *upto*."""
    own = schema.watched
    # Written out: databases do not see that two placeholders for one number are the same.
    block = (own.c.seq - own.c.seq % sa.literal_column(str(SIZE))).label("first")
    query = (
        sa.select(block, sa.func.count(), sa.func.max(own.c.seq), sa.func.sum(own.c.seq))
        .where(own.c.seq <= upto)
        .group_by(block)
        .order_by(block)
    )
    with store.reading() as connection:
        return [Place(int(a) // SIZE, int(b), int(c), int(d)) for a, b, c, d in connection.execute(query)]


def remove_all(folder: Path) -> None:
    """Remove the files of all blocks below a folder: they sound like somebody who is to be forgotten."""
    for path in folder.rglob(f"*{ENDING}"):
        path.unlink(missing_ok=True)


def clear(folder: Path, kept: Sequence[Place]) -> None:
    """Remove the files of blocks that are no longer."""
    names = {one.path(folder).name for one in kept}
    for path in folder.glob(f"*{ENDING}"):
        if path.name not in names:
            path.unlink(missing_ok=True)
