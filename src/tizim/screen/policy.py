"""What a user of the service decided about screening: which lists, from which score on, and what a stale list does."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

import msgspec

from tizim.errors import BadInput
from tizim.ftm import MODEL, Schema
from tizim.match.compare import compare_names
from tizim.match.entities import adjusted
from tizim.match.model import MATCH_THRESHOLD
from tizim.screen.entities import names_of
from tizim.screen.matching import Example, Hit, Wanted
from tizim.screen.snapshot import Snapshot

_MOST: Final = 500


class Stale(StrEnum):
    """What a list does of which nothing was seen for longer than its rhythm allows."""

    ANSWER = "answer"
    WARN = "warn"
    REFUSE = "refuse"


class Threshold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which score on it is a match: on one list or all, for one kind of entity or all."""

    score: float
    list: str = ""
    kind: str = ""
    """a schema of FollowTheMoney's, which stands for those that extend it too"""


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What screening is to do. Raises `BadInput` for what cannot be done."""

    lists: tuple[str, ...] = ()
    """lists or collections of them, by their ids or as datasets; empty: all"""
    thresholds: tuple[Threshold, ...] = ()
    """the one counts that says most: of a list and a kind, else of a list, else of a kind, else of neither"""
    weak_aliases: bool = True
    """whether a name that its list calls weak makes a match"""
    stale: Stale = Stale.WARN

    def __post_init__(self) -> None:
        """Raise `BadInput` for what cannot be done."""
        if len(self.lists) + len(self.thresholds) > _MOST:
            raise BadInput(f"a policy names at most {_MOST} lists and thresholds")
        for one in self.thresholds:
            if not 0 < one.score <= 1:
                raise BadInput(f"a threshold is a number above 0, at most 1, not {one.score}")
            if one.kind and MODEL.get(one.kind) is None:
                raise BadInput(f"there is no kind '{one.kind}': give a schema such as Person or Organization")
        if len({(one.list, one.kind) for one in self.thresholds}) < len(self.thresholds):
            raise BadInput("two thresholds are given for one list and kind")

    def threshold(self, dataset: str, schema: Schema) -> float:
        """From which score on an entity of a schema on one list is a match."""
        found = [
            ((bool(one.list), depth), one.score)
            for one in self.thresholds
            if (not one.list or as_dataset(one.list) == dataset)
            if (depth := _depth(schema, one.kind)) >= 0
        ]
        return max(found)[1] if found else MATCH_THRESHOLD

    @property
    def lowest(self) -> float:
        """The lowest score that may make a match."""
        return min([MATCH_THRESHOLD, *(one.score for one in self.thresholds)])


def as_dataset(name: str) -> str:
    """A list's name as a dataset."""
    return name.replace("-", "_")


def _depth(schema: Schema, kind: str) -> int:
    """How exactly *kind* says what an entity of a schema is: 0 where it says nothing, -1 where it says otherwise."""
    if not kind:
        return 0
    return len(MODEL.schemata[kind].ancestors) if schema.is_a(kind) else -1


def within_policy(policy: Policy, snapshot: Snapshot, datasets: frozenset[str]) -> frozenset[str]:
    """Those of *datasets* that the policy screens against. Raises `BadInput` if it names lists that are not held."""
    if not policy.lists:
        return datasets
    names = {one: one if one in snapshot.leaves else as_dataset(one) for one in policy.lists}
    missing = [one for one, name in names.items() if name not in snapshot.leaves]
    if missing:
        raise BadInput(f"the policy names lists of which nothing is held: {', '.join(missing)}")
    return datasets & frozenset().union(*(snapshot.leaves[name] for name in names.values()))


def stale_among(snapshot: Snapshot, datasets: frozenset[str]) -> list[str]:
    """Those of *datasets* of which nothing was seen for longer than their rhythm allows."""
    return sorted(name for name in datasets if name in snapshot.datasets and snapshot.datasets[name].stale)


def lowest_wanted(policy: Policy, limit: int) -> Wanted:
    """What is to be looked for so that nothing is missed that a policy may take for a match."""
    return Wanted(limit=limit, threshold=0.0, cutoff=max(0.0, policy.lowest - _JUST_BELOW))


_JUST_BELOW: Final = 1e-12
Judge = Callable[[Hit], Hit | None]
"""a hit as it counts, or none where it does not"""


def judge(policy: Policy, snapshot: Snapshot, example: Example, datasets: frozenset[str]) -> Judge:
    """Judges what was found for *example* on *datasets* by a policy."""

    def judged(hit: Hit) -> Hit | None:
        entity, schema = snapshot.entity(hit.at), snapshot.schema(hit.at)
        own = hit
        if not policy.weak_aliases and hit.listed in entity.properties.get("weakAlias", ()):
            strong = names_of(schema, entity.properties, weak=False)
            if hit.listed not in strong:
                own = _by_strong_names(snapshot, example, hit, strong)
        on = [one for one in entity.datasets if one in datasets]
        least = min((policy.threshold(one, schema) for one in on), default=1.0)
        return own if own.score >= least else None

    return judged


def _by_strong_names(snapshot: Snapshot, example: Example, hit: Hit, strong: list[str]) -> Hit:
    """The same entity, compared by the names that its lists do not call weak."""
    pairs = [(compare_names(one, other, hit.schema), one, other) for one in example.names for other in strong]
    if not pairs:
        return msgspec.structs.replace(hit, score=0.0)
    score, asked, listed = max(pairs, key=lambda row: row[0])
    found = adjusted(score, example.facts, snapshot.facts(hit.at))
    return Hit(hit.at, found.score, score, asked, listed, hit.schema, found.reasons)
