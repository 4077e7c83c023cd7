"""A query that was logged, asked again: the same answer, or what changed and why."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import msgspec

from tizim.customers.log import Logged, LoggedHit
from tizim.customers.marks import Marks
from tizim.customers.policies import PolicyVersion
from tizim.customers.prints import print_of_entity
from tizim.errors import BadInput
from tizim.match.model import ALGORITHM, MATCH_THRESHOLD
from tizim.screen.entities import second
from tizim.screen.matching import Hit, Scope, Wanted, example_of, match
from tizim.screen.policy import judge, lowest_wanted, within_policy
from tizim.screen.searching import Limits, scope_of, within
from tizim.screen.snapshot import Snapshot

_DIGITS: Final = 9


class Why(StrEnum):
    """Why an entity is found now and was not, or the other way round, or with another score."""

    ALGORITHM = "algorithm"
    """scores are made in another way"""
    POLICY = "policy"
    """another policy was asked for"""
    LIST = "list"
    """it is on other lists than it was, or lists are held that were not"""
    ENTITY = "entity"
    """what it is compared by changed"""
    LIMIT = "limit"
    """others are more alike, and no more were asked for"""
    UNKNOWN = "unknown"
    """what was kept does not tell"""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One entity that the two answers tell differently."""

    entity: str
    before: float | None
    after: float | None
    why: Why


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """What came of asking again."""

    id: str
    data_version: str
    changes: tuple[Change, ...]

    @property
    def is_same(self) -> bool:
        """Whether the same entities were found, on the same lists with the same scores."""
        return not self.changes


def replay(
    entry: Logged, snapshot: Snapshot, policy: PolicyVersion | None, marks: Marks,
    query: Mapping[str, object] | None = None,
) -> Replayed:  # fmt: skip
    """Ask again what *entry* asked. *query*: the query, where only its mark was kept.

    Raises `BadInput` where there is none, or it is not the one that was asked.
    """
    asked = query if query is not None else entry.query
    if asked is None:
        raise BadInput(f"of {entry.id} only marks were kept: give its query with --query FILE")
    properties = asked.get("properties")
    if not isinstance(properties, Mapping):
        raise BadInput("a query is JSON with 'schema' and 'properties', as it was sent")
    example = example_of(None, str(asked.get("schema", "")), properties)
    if marks.of_query(example.schema.name, example.properties) != entry.mark:
        raise BadInput(f"this is not what {entry.id} asked, or TIZIM_CUSTOMERS_KEY is another than it was")
    wanted, limits = _terms(entry, snapshot)
    judged = None
    if policy is not None:
        limits = msgspec.structs.replace(limits, datasets=within_policy(policy.policy, snapshot, limits.datasets))
        wanted = lowest_wanted(policy.policy, wanted.limit)
        judged = judge(policy.policy, snapshot, example, limits.datasets)

    def counts(hit: Hit) -> Hit | None:
        if snapshot.id(hit.at) in entry.cleared:
            return None
        return hit if judged is None else judged(hit)

    found = match(Scope(snapshot, within(snapshot, limits)), example, wanted, counts)
    after = {snapshot.id(hit.at): hit for hit in found.hits}
    before = {hit.id: hit for hit in entry.hits}
    is_full = len(after) >= wanted.limit
    changes = [
        Change(
            entity=one, before=before[one].score if one in before else None,
            after=after[one].score if one in after else None,
            why=_why(entry, snapshot, one, before.get(one), policy, is_full=is_full),
        )
        for one in dict.fromkeys((*before, *after))
        if not _is_same(snapshot, before.get(one), after.get(one))
    ]  # fmt: skip
    return Replayed(id=entry.id, data_version=snapshot.about.version, changes=tuple(changes))


def _is_same(snapshot: Snapshot, before: LoggedHit | None, after: Hit | None) -> bool:
    """Whether an entity was found, and is, on the same lists with the same score."""
    if before is None or after is None:
        return False
    lists = set(snapshot.entity(after.at).datasets)
    return round(before.score, _DIGITS) == round(after.score, _DIGITS) and set(before.lists) == lists


def _terms(entry: Logged, snapshot: Snapshot) -> tuple[Wanted, Limits]:
    told = msgspec.convert(entry.parameters, _Parameters)
    if entry.dataset not in snapshot.leaves:
        raise BadInput(f"{entry.id} asked the dataset {entry.dataset}, which is not there")
    return Wanted(limit=told.limit, threshold=told.threshold, cutoff=min(told.cutoff, told.threshold)), Limits(
        datasets=scope_of(snapshot, entry.dataset, told.include_dataset, told.exclude_dataset),
        exclude_schema=told.exclude_schema, changed_since=told.changed_since, exclude_ids=told.exclude_entity_ids,
        filters=tuple(("topics", topic) for topic in told.topics),
    )  # fmt: skip


class _Parameters(msgspec.Struct, frozen=True, kw_only=True):
    limit: int = 5
    threshold: float = MATCH_THRESHOLD
    cutoff: float = MATCH_THRESHOLD
    include_dataset: tuple[str, ...] = ()
    exclude_dataset: tuple[str, ...] = ()
    exclude_schema: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    changed_since: str | None = None
    exclude_entity_ids: tuple[str, ...] = ()


def _why(
    entry: Logged, snapshot: Snapshot, entity: str, before: LoggedHit | None, policy: PolicyVersion | None, *,
    is_full: bool,
) -> Why:  # fmt: skip
    if entry.algorithm != ALGORITHM:
        return Why.ALGORITHM
    if (policy.id if policy else "") != entry.policy:
        return Why.POLICY
    at = snapshot.called(entity)
    if at is None:
        return Why.LIST
    now = snapshot.entity(at)
    if before is not None:
        if set(before.lists) != set(now.datasets):
            return Why.LIST
        if before.print != print_of_entity(snapshot, at):
            return Why.ENTITY
        return Why.LIMIT if is_full else Why.UNKNOWN
    then = second(entry.at.isoformat()) or ""
    if now.first_seen and now.first_seen[:10] >= then[:10]:
        return Why.LIST
    return Why.ENTITY if now.last_change and now.last_change[:10] >= then[:10] else Why.UNKNOWN
