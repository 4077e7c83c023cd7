"""Looking for entities by words and filters: which, in what order, and how many of each kind there are."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from tizim.errors import BadInput
from tizim.ftm import MODEL, Schema
from tizim.screen.inverted import plain
from tizim.screen.querying import Evaluation, exact_or_plain, parse, parse_simply
from tizim.screen.snapshot import NAME_WORDS, UNKNOWN, Mask, Snapshot, seconds_of
from tizim.text import tokens

MOST_VALUES: Final = 1_000
"""values of one facet"""
_MOST_TRIED: Final = 3_000
"""entities of whom the names are looked at for one beginning of a name"""
_GAP: Final = 2
"""words that may stand between the words of a beginning of a name"""
_FIELDS: Final = frozenset({
    "schema", "datasets", "referents", "entity_id", "caption", "target", "first_seen", "last_seen", "last_change",
    "text", *MODEL.groups,
})  # fmt: skip
_OF_PROPERTY: Final = "properties."


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Which entities of a scope are meant at all."""

    datasets: frozenset[str]
    """leaves: those that are in none of them are not meant"""
    schema: Schema | None = None
    exclude_schema: tuple[str, ...] = ()
    changed_since: str | None = None
    exclude_ids: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    """fields and values that entities must have"""
    every: bool = False
    """of several values of a field all must be had; else any of them"""


class Sort(msgspec.Struct, frozen=True, kw_only=True):
    """An order by a field; entities without it come last."""

    field: str
    is_descending: bool = False


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of what is found is wanted, and what is to be counted."""

    limit: int
    offset: int
    sorts: tuple[Sort, ...] = ()
    facets: tuple[str, ...] = ()


class Searched(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers of entities in their order, how many there are in all, and counts."""

    found: tuple[int, ...]
    total: int
    facets: Mapping[str, Sequence[tuple[str, int]]]
    """by field: values with how many of what was found have them, most first"""


def scope_of(snapshot: Snapshot, dataset: str, include: Collection[str], exclude: Collection[str]) -> frozenset[str]:
    """The leaves of *dataset*, those of *include* alone if any is named, and none of *exclude*."""
    own = snapshot.leaves[dataset]
    if not include and not exclude:
        return own  # itself: whoever asks again asks for the same, and finds what is remembered of it at once
    included = [one for name in include for one in snapshot.leaves.get(name, frozenset({name}))]
    if included:
        own &= frozenset(included)
    return own.difference(*(snapshot.leaves.get(name, frozenset({name})) for name in exclude))


def within(snapshot: Snapshot, limits: Limits) -> Mask | None:
    """A one for each entity that is meant; ``None`` where all are."""
    mask = snapshot.scope(limits.datasets)
    if limits.schema is not None:
        mask = _both(mask, snapshot.of_schemata(MODEL.comparable(limits.schema.name)))
    if limits.exclude_schema:
        mask = _both(mask, snapshot.of_schemata(frozenset(MODEL.schemata) - frozenset(limits.exclude_schema)))
    if limits.changed_since is not None:
        after = seconds_of(limits.changed_since)
        changed = snapshot.held.changed
        mask = _both(mask, ((changed > after) & (changed != UNKNOWN)).astype(np.uint8))
    by_field: dict[str, list[str]] = defaultdict(list)
    for field, value in limits.filters:
        by_field[field].append(value)
    for field, values in by_field.items():
        masks = [_having(snapshot, field, value) for value in values]
        mask = _both(mask, np.logical_and.reduce(masks) if limits.every else np.logical_or.reduce(masks))
    if limits.exclude_ids:
        left = np.ones(len(snapshot), dtype=np.uint8)
        for one in limits.exclude_ids:
            left[snapshot.inverted.having("entity_id", plain(one))] = 0
            left[snapshot.inverted.having("referents", one)] = 0
        mask = _both(mask, left)
    return mask


def _both(one: Mask | None, other: npt.NDArray[np.bool_] | Mask) -> Mask:
    plainly = other.astype(np.uint8, copy=False)
    return plainly if one is None else one & plainly


def _having(snapshot: Snapshot, field: str, value: str) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(snapshot), dtype=bool)
    found[snapshot.inverted.having(field, exact_or_plain(field, value))] = True
    return found


def search(snapshot: Snapshot, text: str, limits: Limits, page: Page, *, simply: bool = False) -> Searched:
    """Entities that meet a typed query and *limits*; best first unless *page* says another order.

    Raises `BadInput` for a query that cannot be read, or an order by what is no field.
    """
    mask = within(snapshot, limits)
    node = parse_simply(text) if simply else parse(text)
    size = len(snapshot)
    met = np.ones(size, dtype=bool) if mask is None else mask > 0
    if node is None and text.strip():
        met = np.zeros(size, dtype=bool)  # a query of signs without any word finds nothing
    scores = np.ones(size, dtype=np.float32)
    if node is not None:
        scores = Evaluation(snapshot).scores(node)
        met &= scores > 0
    numbers = np.flatnonzero(met)
    ranks = scores[numbers] + np.sqrt(0.5 * snapshot.held.values[numbers])
    ordered = numbers[np.lexsort([*_keys(snapshot, numbers, ranks, page.sorts)])]
    return Searched(
        found=tuple(ordered[page.offset : page.offset + page.limit].tolist()), total=len(numbers),
        facets={field: counts(snapshot, field, met) for field in page.facets},
    )  # fmt: skip


def _keys(
    snapshot: Snapshot, numbers: npt.NDArray[np.int64], ranks: npt.NDArray[np.float64], sorts: Sequence[Sort]
) -> list[npt.NDArray[np.generic]]:
    """Keys for sorting, the weightiest last."""
    keys: list[npt.NDArray[np.generic]] = [snapshot.id_rank[numbers], -ranks]
    for sort in reversed(sorts):
        if sort.field in {"_score", "_doc"}:
            keys.append(ranks if not sort.is_descending else -ranks)
        else:
            keys.append(_places(snapshot, sort)[numbers])
    return keys


def _places(snapshot: Snapshot, sort: Sort) -> npt.NDArray[np.int64]:
    """For each entity its place by a field: by the lowest of its values, or the highest where that comes first."""
    field = sort.field
    if field not in _FIELDS and not field.startswith(_OF_PROPERTY):
        raise BadInput(f"there is no field {field!r} to sort by")
    inverted = snapshot.inverted
    first, end = inverted.between(field)
    owners = inverted.posted(first, end)
    ranks = np.repeat(np.arange(end - first, dtype=np.int64), inverted.sizes(first, end))
    found = np.full(len(snapshot), end - first, dtype=np.int64)
    if sort.is_descending:
        found[owners] = end - first - 1 - ranks
    else:
        found[owners[::-1]] = ranks[::-1]
    return found


def counts(snapshot: Snapshot, field: str, met: npt.NDArray[np.bool_]) -> list[tuple[str, int]]:
    """The values of *field* that entities *met* have, most often first, with how many have each."""
    inverted = snapshot.inverted
    first, end = inverted.between(field)
    if first == end:
        return []
    hits = met[inverted.posted(first, end)].astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(inverted.sizes(first, end))[:-1]])
    sums = np.add.reduceat(hits, starts)
    order = np.lexsort([np.arange(len(sums)), -sums])[:MOST_VALUES]
    return [(inverted.value(first + int(at)), int(sums[at])) for at in order if sums[at]]


# -- names as they are typed ---------------------------------------------------------------------------


def suggest(snapshot: Snapshot, prefix: str, datasets: frozenset[str], limit: int) -> list[int]:
    """Entities with a name in which the words of *prefix* stand in their order, the last of them begun."""
    words = tokens(prefix)
    if not words or not limit:
        return []
    mask = snapshot.scope(datasets)
    inverted = snapshot.inverted
    met = np.zeros(len(snapshot), dtype=bool)
    met[inverted.posted(*inverted.between(NAME_WORDS, words[-1]))] = True
    for word in words[:-1]:
        own = np.zeros(len(snapshot), dtype=bool)
        own[inverted.having(NAME_WORDS, word)] = True
        met &= own
    if mask is not None:
        met &= mask > 0
    numbers = np.flatnonzero(met)
    if len(numbers) > _MOST_TRIED:
        often = np.argsort(-snapshot.held.values[numbers].astype(np.int64), kind="stable")[:_MOST_TRIED]
        numbers = numbers[often]
    found = []
    for at in numbers.tolist():
        rank = _begun(snapshot, at, words)
        if rank is not None:
            found.append((rank, -int(snapshot.held.values[at]), int(snapshot.id_rank[at]), at))
    return [at for *_, at in sorted(found)[:limit]]


def _begun(snapshot: Snapshot, at: int, words: Sequence[str]) -> tuple[int, int] | None:
    """How well the names of an entity begin with *words*: words before and between, and words in all; none if not."""
    entity, schema = snapshot.entity(at), snapshot.schema(at)
    best: tuple[int, int] | None = None
    for prop, values in entity.properties.items():
        known = schema.properties.get(prop)
        if known is None or known.type != "name":
            continue
        for value in values:
            name = tokens(value)
            own = _fit(name, words)
            if own is not None and (best is None or (own, len(name)) < best):
                best = own, len(name)
    return best


def _fit(name: Sequence[str], words: Sequence[str]) -> int | None:
    for start in range(len(name)):
        place, gaps = start, 0
        for number, word in enumerate(words):
            is_last = number == len(words) - 1
            while place < len(name) and not (name[place].startswith(word) if is_last else name[place] == word):
                place += 1
                gaps += 1
            if place == len(name) or gaps > _GAP or (number == 0 and gaps):
                break
            place += 1
        else:
            return start + gaps
    return None
