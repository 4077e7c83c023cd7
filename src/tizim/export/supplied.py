"""What is exported: the subjects of a reading of the register, from the register itself or from a snapshot of it."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec
import numpy as np

from tizim.domain.dates import AsOf
from tizim.errors import BadInput
from tizim.ftm import MODEL
from tizim.ftm.model import BASE
from tizim.register.protocol import Head
from tizim.register.view import View
from tizim.screen.entities import Dataset, dataset_name, leaves
from tizim.screen.from_register import about_of, supply
from tizim.screen.readings import Reading, Readings
from tizim.screen.snapshot import About, Snapshot
from tizim.screen.subjects import OfSchema, Subject
from tizim.text import one_line

BELONGING: Final = ("Sanction", "CryptoWallet")
"""schemata of entities that follow the subject they belong to"""
_AT_ONCE: Final = 4_096
"""entities that are copied at once"""


class Supplied(msgspec.Struct, frozen=True, kw_only=True):
    """A reading of the register, of all lists or of some. It is gone through once: by lines or by subjects."""

    about: About
    head: Head
    """of the log, up to which the register is read"""
    lists: tuple[str, ...]
    """the lists asked for, by their ids; none for all"""
    total: int
    """how many steps going through it takes at most"""
    count: int | None
    """how many subjects there are, where that is known before"""
    lines: Iterable[Sequence[bytes]] | None
    """all entities as JSON, some at a time, where they lie ready so"""
    subjects: Iterable[Subject]

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        """The lists asked for, and the collections of all; every list where none was."""
        wanted = _scope(self.about.datasets, self.lists)
        if wanted is None:
            return self.about.datasets
        kept = [one for one in self.about.datasets if one.name in wanted]
        named = {dataset_name(one) for one in self.lists}
        for one in self.about.datasets:
            children = tuple(child for child in one.children if child in wanted)
            if children and (one.name in named or one.name == "default"):
                kept.append(msgspec.structs.replace(one, children=children))
        return tuple(kept)


def from_snapshot(snapshot: Snapshot, head: Head, lists: Sequence[str] = ()) -> Supplied:
    """What a snapshot of the register holds. Raises `BadInput` for a list that it has nothing of."""
    scope = _scope(snapshot.about.datasets, lists)
    mask = None if scope is None else snapshot.scope(scope)
    numbers: Sequence[int] = range(len(snapshot)) if mask is None else [int(one) for one in np.flatnonzero(mask)]

    def lines() -> Iterator[list[bytes]]:
        for first in range(0, len(numbers), _AT_ONCE):
            yield [snapshot.text(at) for at in numbers[first : first + _AT_ONCE]]

    belonging = snapshot.of_schemata(frozenset(BELONGING))[np.asarray(numbers, dtype=np.int64)]
    return Supplied(
        about=snapshot.about, head=head, lists=tuple(lists), total=len(numbers),
        count=len(numbers) - int(np.count_nonzero(belonging)), lines=lines(), subjects=_subjects(lines()),
    )  # fmt: skip


def from_kept(kept: Reading, head: Head, lists: Sequence[str] = ()) -> Supplied:
    """What an earlier export of the same reading left. Raises `BadInput` for a list that it has nothing of."""
    about = kept.foot.about
    scope = _scope(about.datasets, lists)

    def lines() -> Iterator[list[bytes]]:
        if scope is None:
            yield from kept
            return
        decode = msgspec.json.Decoder(_On).decode
        for some in kept:
            yield [line for line in some if not scope.isdisjoint(decode(line).datasets)]

    return Supplied(
        about=about, head=head, lists=tuple(lists), total=kept.foot.entities, count=None, lines=lines(),
        subjects=_subjects(lines()),
    )  # fmt: skip


class _On(msgspec.Struct, frozen=True, gc=False):
    """Of an entity, what it is on."""

    datasets: list[str]


def _subjects(lines: Iterable[Sequence[bytes]]) -> Iterator[Subject]:
    """Subjects, each with what follows it."""
    decode = msgspec.json.Decoder(OfSchema).decode
    together: list[bytes] = []
    for text in itertools.chain.from_iterable(lines):
        if decode(text).schema not in BELONGING and together:
            yield Subject(lines=together)
            together = []
        together.append(text)
    if together:
        yield Subject(lines=together)


def from_view(
    view: View, as_of: AsOf, version: str, head: Head, lists: Sequence[str] = (), *, with_statements: bool = False,
    readings: Readings | None = None,
) -> Supplied:  # fmt: skip
    """What the register says, worked out now; to be gone through while the view is open.

    *readings*: where the entities are kept for the next export of the same reading, of all lists even if few are asked
    for, as all are worked out.
    *with_statements*: also on whose word each value stands. Raises `BadInput` for a list that nothing is held of.
    """
    given = supply(view, as_of, version, with_statements=with_statements, readings=readings)
    scope = _scope(given.datasets, lists)
    about = about_of(given, as_of, version, head.hash)
    subjects = given.subjects if readings is None else readings.keep(about, given.subjects, given.begun)
    if scope is not None:
        subjects = _within(subjects, scope)
    return Supplied(
        about=about, head=head, lists=tuple(lists), total=given.count, count=None, lines=None, subjects=subjects
    )


def _within(subjects: Iterable[Subject], scope: frozenset[str]) -> Iterator[Subject]:
    for one in subjects:
        kept = [number for number, entity in enumerate(one.entities) if not scope.isdisjoint(entity.datasets)]
        if len(kept) == len(one.entities):
            yield one
        elif kept:
            yield Subject(entities=[one.entities[number] for number in kept], stated=one.stated)


def _scope(datasets: Sequence[Dataset], lists: Sequence[str]) -> frozenset[str] | None:
    """The datasets that hold the entities of *lists*; ``None`` for all."""
    if not lists:
        return None
    below = leaves(datasets)
    for one in lists:
        if dataset_name(one) not in below:
            raise BadInput(
                f"nothing is held of a list '{one_line(one)}' at these dates; 'tizim lists' tells what is held"
            )
    return frozenset(itertools.chain.from_iterable(below[dataset_name(one)] for one in lists))


def is_subject(schema: str) -> bool:
    """Whether an entity of a schema is one that lists name, and not a listing or something that a subject holds."""
    return schema not in BELONGING and MODEL.schemata[schema].is_a(BASE)
