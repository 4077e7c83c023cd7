"""What differs between two snapshots of the lists, as far as customers' answers can depend on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec
import numpy as np

from tizim.ftm import Schema
from tizim.match.compare import analyser
from tizim.match.index import Index, build
from tizim.screen import Screener
from tizim.screen.entities import identifiers_in, names_of
from tizim.screen.matching import comparable_as
from tizim.screen.snapshot import Mask, Snapshot, read_as
from tizim.watch.blocks import numbers_in

_COMPARED: Final = frozenset({"name", "identifier", "country", "gender", "date"})
"""types of properties that answers depend on"""
_encode: Final = msgspec.json.Encoder().encode


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """A snapshot, and who of it is screened against."""

    snapshot: Snapshot
    within: Mask | None

    def holds(self, at: int) -> bool:
        """Whether the entity of that number is screened against."""
        return self.within is None or bool(self.within[at])


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What differs. Whoever is in it was changed in what they are compared by, or told as."""

    names: Index
    """all names of those that were changed, as they were and as they are"""
    gone: Index
    """names that were there and are no longer"""
    now: Screener
    """those that were changed, as they are"""
    schemata: tuple[str, ...]
    """of each of them"""
    numbers: frozenset[int]
    """hashes of their identifiers, as they were and as they are"""
    listed: frozenset[str]
    """ids of those of whom at most the listings changed"""
    changed: int
    """how many were changed in what they are compared by"""

    def named(self, schema: str, kind: str) -> Mask:
        """Of those that were changed, as they are: who an example of *schema* may be, read as *kind*."""
        names = comparable_as(schema, kind)
        return np.array([one in names for one in self.schemata], dtype=np.uint8)


def difference(before: Side, after: Side) -> Difference | None:
    """What differs; none where the two are in another order, so that no answer is sure to have stayed as it was."""
    old, new = _by_id(before.snapshot), _by_id(after.snapshot)
    suspects = {one for one in old.keys() | new.keys() if _texts(before, old, one) != _texts(after, new, one)}
    suspects |= {target for side, ids in ((before, old), (after, new)) for target in _told_of(side, ids, suspects)}
    was: list[tuple[Schema, Mapping[str, list[str]]]] = []
    now: list[tuple[Schema, Mapping[str, list[str]]]] = []
    names_before: list[tuple[str, str]] = []
    names_after: list[tuple[str, str]] = []
    gone: list[tuple[str, str]] = []
    listed: set[str] = set()
    changed: set[str] = set()
    for one in sorted(suspects):
        mine = [told for at in old.get(one, ()) if (told := _matter(before, at))]
        theirs = [told for at in new.get(one, ()) if (told := _matter(after, at))]
        if mine == theirs:
            listed.add(one)
            continue
        changed.add(one)
        own_before, own_after = _named(before, old.get(one, ()), was), _named(after, new.get(one, ()), now)
        names_before += own_before
        names_after += own_after
        left = set(own_after)
        gone += [name for name in own_before if name not in left]
    if not _same_order(old, new, changed):
        return None
    named = [(schema, names) for schema, said in now if (names := names_of(schema, said))]
    rows = [(str(at), read_as(schema.name), names) for at, (schema, names) in enumerate(named)]
    every = [*was, *now]
    return Difference(
        names=build([*names_before, *names_after], analyser()), gone=build(gone, analyser()), now=Screener.build(rows),
        schemata=tuple(schema.name for schema, _ in named),
        numbers=frozenset(n for schema, said in every for n in numbers_in(identifiers_in(schema, said))),
        listed=frozenset(listed), changed=len(changed),
    )  # fmt: skip


_Ids = Mapping[str, list[int]]


def _by_id(snapshot: Snapshot) -> _Ids:
    found: dict[str, list[int]] = defaultdict(list)
    for at in range(len(snapshot)):
        found[snapshot.id(at)].append(at)
    return dict(found)


def _same_order(old: _Ids, new: _Ids, changed: set[str]) -> bool:
    """Whether those that are in both, and were not changed, come in the same order."""
    last = -1
    for one in old:
        at = new.get(one)
        if at is not None and one not in changed:
            if at[0] < last:
                return False
            last = at[0]
    return True


def _texts(side: Side, ids: _Ids, one: str) -> list[bytes]:
    return [side.snapshot.text(at) for at in ids.get(one, ())]


def _told_of(side: Side, ids: _Ids, suspects: Iterable[str]) -> set[str]:
    """Those of whom *suspects* tell, as listings do."""
    found: set[str] = set()
    for one in suspects:
        for at in ids.get(one, ()):
            if not side.snapshot.schema(at).matchable:
                found.update(side.snapshot.entity(at).properties.get("entity", ()))
    return found & ids.keys()


def _matter(side: Side, at: int) -> bytes:
    """What of an entity an answer depends on besides its listings; nothing where it is not compared."""
    snapshot = side.snapshot
    schema = snapshot.schema(at)
    if not schema.matchable:
        return b""
    entity = snapshot.entity(at)
    said = {
        name: values
        for name, values in entity.properties.items()
        if (prop := schema.properties.get(name)) is not None and prop.type in _COMPARED
    }
    return _encode([schema.name, entity.caption, said, entity.datasets, side.holds(at)])


def _named(
    side: Side, ats: Iterable[int], into: list[tuple[Schema, Mapping[str, list[str]]]]
) -> list[tuple[str, str]]:  # fmt: skip
    """The names of entities, with the schema that each is read as; those that are screened against go *into*."""
    found: list[tuple[str, str]] = []
    for at in ats:
        schema = side.snapshot.schema(at)
        if not schema.matchable:
            continue
        properties = side.snapshot.entity(at).properties
        found += [(read_as(schema.name), name) for name in names_of(schema, properties)]
        into.append((schema, properties))
    return found
