"""How a customer is answered: as a query of ``POST /match``, by the lists, scores, policy and clearances of a run."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from tizim.batch.screening import EVERYTHING, listed
from tizim.customers import Marks
from tizim.customers.clearances import Clearance, Clearances, cleared_for, uncleared
from tizim.customers.policies import PolicyVersion
from tizim.errors import BadInput
from tizim.match.questions import touched
from tizim.match.writing import written_alike
from tizim.screen.matching import (
    Example,
    Hit,
    Scope,
    Wanted,
    example_of,
    first_looked_at,
    floor_of,
    match,
    without_hits,
)
from tizim.screen.policy import Stale, judge, lowest_wanted, stale_among, within_policy
from tizim.screen.screener import Screener
from tizim.screen.searching import Limits, scope_of, within
from tizim.screen.snapshot import Mask, Snapshot
from tizim.text import one_line
from tizim.watch.blocks import Block
from tizim.watch.differing import Difference
from tizim.watch.watched import Watched

_LISTINGS_KEPT: Final = 20_000


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """By what customers are screened. Raises `BadInput` for what nobody can answer."""

    lists: tuple[str, ...] = ()
    """lists or collections of them; empty: all"""
    threshold: float = 0.7
    """only higher scores are told; under a policy its own count"""
    limit: int = 5
    """entities told of one customer"""
    policy: str = ""
    """a version of a policy, such as ``desk@2``; empty: none"""

    def __post_init__(self) -> None:
        """Raise `BadInput` for what nobody can answer."""
        if not 1 <= self.limit <= 500:
            raise BadInput(f"--limit wants a number from 1 to 500, not {self.limit}")
        if not 0 <= self.threshold <= 1:
            raise BadInput(f"--threshold wants a number from 0 to 1, not {self.threshold}")


class OnList(msgspec.Struct, frozen=True, order=True):
    """A list that an entity is on, and its reference there."""

    list: str
    reference: str


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An entity that a customer may be."""

    entity: str
    name: str
    """the listed name that is most alike; where a number alone tells, the entity's first"""
    score: float
    order: float
    lists: tuple[OnList, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What is found of a customer now."""

    seq: int
    mark: str
    customer: str
    hits: tuple[Shown, ...] = ()
    cleared: tuple[str, ...] = ()
    """entities not shown, because somebody cleared them"""
    is_warm: bool = False
    """whether anybody is found at all, whatever a policy or a clearance makes of it"""


def datasets_of(snapshot: Snapshot, way: Way, policy: PolicyVersion | None) -> frozenset[str]:
    """The lists screened against. Raises `BadInput` for one of which nothing is held, or is too old for the policy."""
    included = []
    for name in way.lists:
        written = name if name in snapshot.datasets else name.replace("-", "_")
        if written not in snapshot.datasets:
            raise BadInput(f"--lists: nothing is held of a list '{one_line(name)}'")
        included.append(written)
    found = scope_of(snapshot, EVERYTHING, included, ())
    if policy is None:
        return found
    found = within_policy(policy.policy, snapshot, found)
    stale = stale_among(snapshot, found)
    if stale and policy.policy.stale is Stale.REFUSE:
        raise BadInput(f"{policy.id} does not answer from lists not seen for too long: {', '.join(stale)}")
    return found


class Answering:
    """Answers customers by one snapshot. One in each process."""

    def __init__(
        self, snapshot: Snapshot, way: Way, policy: PolicyVersion | None, clearances: Sequence[Clearance],
        marks: Marks, day: dt.date,
    ) -> None:  # fmt: skip
        self.snapshot = snapshot
        self._datasets = datasets_of(snapshot, way, policy)
        self._scope = Scope(snapshot, within(snapshot, Limits(datasets=self._datasets)))
        self._policy = policy
        plain = Wanted(limit=way.limit, threshold=way.threshold, cutoff=way.threshold)
        self._wanted = plain if policy is None else lowest_wanted(policy.policy, way.limit)
        self._clearances = Clearances(clearances)
        self._marks = marks
        self._day = day
        self._listed = lru_cache(_LISTINGS_KEPT)(partial(listed, snapshot, datasets=self._datasets))

    def warm(self) -> None:
        """Make ready what the first customer would wait for."""
        self.snapshot.warm()
        example = example_of(None, "Person", {"name": ["Owen Example"]})
        without_hits(self._scope, [example], self._wanted)
        match(self._scope, example, self._wanted)

    def answers(self, customers: Sequence[Watched]) -> list[Answer]:
        """What is found of *customers*, each as it is told."""
        examples = [one.given.example for one in customers]
        nobody = without_hits(self._scope, examples, self._wanted)
        return [
            Answer(seq=one.seq, mark=one.mark, customer=one.given.id) if is_nobody else self._answer(one, example)
            for one, example, is_nobody in zip(customers, examples, nobody, strict=True)
        ]

    def _answer(self, one: Watched, example: Example) -> Answer:
        policy = self._policy
        judged = None if policy is None else judge(policy.policy, self.snapshot, example, self._datasets)
        own = cleared_for(self._clearances, self._marks, self.snapshot, example, self._day)
        left_out: list[tuple[Hit, Clearance]] = []
        found = match(self._scope, example, self._wanted, judged if own is None else uncleared(own, judged, left_out))
        shown: dict[str, Shown] = {}
        for hit in found.hits:
            told = self._shown(hit)
            shown.setdefault(told.entity, told)  # of two entities of one id the better
        return Answer(
            seq=one.seq, mark=one.mark, customer=one.given.id, hits=tuple(shown.values()), is_warm=True,
            cleared=tuple(self.snapshot.id(hit.at) for hit, _ in left_out),
        )  # fmt: skip

    def _shown(self, hit: Hit) -> Shown:
        return Shown(
            entity=self.snapshot.id(hit.at), name=hit.listed or self.snapshot.entity(hit.at).caption, score=hit.score,
            order=written_alike(hit.asked, hit.listed), lists=tuple(OnList(*one) for one in self._listed(hit.at)),
        )  # fmt: skip

    # -- which of many customers a change can matter to -----------------------------------------------------

    def concerned(
        self, block: Block, differs: Difference, before: Snapshot, warm: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        """Numbers of those customers of a block whose answer may be another one since the change.

        *warm*: numbers of customers of whom anybody was found before. These are:

        - of the warm ones all that have a word like one of a changed name, and so all whose hits were changed or can
          give way to others;
        - those whom an entity resembles that was changed, as it is now;
        - those of whom a name that is gone was looked at, which may have kept another from being looked at;
        - those who share an identifier with an entity that was changed.
        """
        rows = block.rows
        indexes = before.screener.stored.index, self.snapshot.screener.stored.index
        found = np.zeros(len(rows.seq), dtype=np.bool_)
        if len(differs.numbers):
            numbers = np.fromiter(differs.numbers, dtype=np.uint64, count=len(differs.numbers))
            found[rows.numbered[np.isin(rows.number, numbers)]] = True
        like = touched(block.questions, differs.names, *indexes)
        own = rows.customer[like[rows.question]]
        found[own[np.isin(rows.seq[own], warm)]] = True
        self._ask(block, like, differs.now, differs.named, found)
        if differs.gone.size:
            gone = touched(block.questions, differs.gone, *indexes)
            self._ask(block, gone, self.snapshot.screener, self._scope.named, found)
        return rows.seq[found]

    def _ask(
        self, block: Block, asked: npt.NDArray[np.bool_], screener: Screener, named: Callable[[str, str], Mask],
        found: npt.NDArray[np.bool_],
    ) -> None:  # fmt: skip
        """Mark in *found* the customers whom anybody resembles, asking those of their questions that are *asked*."""
        rows = block.rows
        hot = np.zeros(len(block.questions), dtype=np.bool_)
        for number, (schema, kind) in enumerate(block.groups):
            own = asked & (rows.group == number)
            for with_facts in (False, True):
                chosen = np.flatnonzero(own & (rows.with_facts == with_facts))
                if not len(chosen):
                    continue
                floor = floor_of(self._wanted, with_facts=with_facts)
                if floor is None:
                    hot[chosen] = True
                    continue
                tops = screener.tops_of(
                    block.questions, chosen, kind, most=first_looked_at(self._wanted), fewest=self._wanted.limit,
                    floor=floor, within=named(schema, kind),
                )  # fmt: skip
                hot[chosen[tops > floor]] = True
        found[rows.customer[hot[rows.question]]] = True
