"""An entity with those around it: what it names in its properties, and what names it, one step away.

From an entity that only links others (an ownership, a family tie) one step further is taken, to its other end.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from tizim.ftm import MODEL, Prop, Schema
from tizim.screen.entities import Entity
from tizim.screen.searching import Sort
from tizim.screen.snapshot import Snapshot

MOST: Final = 9_999
"""neighbours of one entity"""


class Neighbours(msgspec.Struct, frozen=True, kw_only=True):
    """Neighbours by one property: a page of them, and how many there are."""

    results: Sequence[Mapping[str, Any]]
    total: int


def entity_props(schema: Schema) -> list[Prop]:
    """The properties by which an entity names others or is named by them."""
    return [prop for prop in schema.properties.values() if prop.type == "entity"]


def nested(snapshot: Snapshot, at: int) -> dict[str, Any]:
    """The entity of that number, with its neighbours in place of their ids."""
    made, _ = _Around(snapshot, at, None).made((), MOST, 0)
    return made


def by_prop(snapshot: Snapshot, at: int, prop: Prop, sorts: Sequence[Sort], limit: int, offset: int) -> Neighbours:
    """The neighbours of an entity by one property."""
    made, total = _Around(snapshot, at, prop).made(sorts, limit, offset)
    found = made["properties"].get(prop.name, ())
    return Neighbours(results=found, total=total)


class _Around:
    """Gathers what is around an entity, then nests it."""

    def __init__(self, snapshot: Snapshot, root: int, prop: Prop | None) -> None:
        self._snapshot = snapshot
        self._prop = prop
        self._root = snapshot.entity(root)
        self._at = root
        self._entities: dict[str, Entity] = {self._root.id: self._root}
        self._inverted: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)

    def made(self, sorts: Sequence[Sort], limit: int, offset: int) -> tuple[dict[str, Any], int]:
        """The entity with its neighbours, of the first step only a page, and how many those are."""
        first = self._first_step()
        total = len(first)
        ordered = self._sorted(first, sorts)[offset : offset + limit]
        further = self._take(ordered)
        while further:
            numbers = [at for one in further if (at := self._snapshot.called(one)) is not None]
            further = self._take(numbers[:MOST])
        return self._nest(self._root, frozenset()), total

    def _first_step(self) -> list[int]:
        found: dict[int, None] = {}
        prop, root = self._prop, self._root
        for at in self._snapshot.naming(self._at):
            if prop is None or self._names_by(at, prop):
                found[at] = None
        schema = MODEL.schemata[root.schema]
        props = entity_props(schema) if prop is None else [prop]
        for each in props:
            for value in root.properties.get(each.name, ()):
                other = self._snapshot.called(value)
                if other is not None and other != self._at:
                    found[other] = None
        return sorted(found)

    def _names_by(self, at: int, prop: Prop) -> bool:
        """Whether the entity names the root in the property that is the other end of *prop*."""
        entity = self._snapshot.entity(at)
        return (
            bool(prop.reverse)
            and entity.schema == prop.range
            and self._root.id in entity.properties.get(prop.reverse, ())
        )

    def _sorted(self, numbers: list[int], sorts: Sequence[Sort]) -> list[int]:
        for sort in reversed(sorts):
            valued = [(at, value) for at in numbers if (value := self._value(at, sort)) is not None]
            valued.sort(key=lambda pair: pair[1], reverse=sort.is_descending)
            have = [at for at, _ in valued]
            numbers = [*have, *(at for at in numbers if at not in set(have))]
        return numbers

    def _value(self, at: int, sort: Sort) -> str | None:
        entity = self._snapshot.entity(at)
        if sort.field.startswith("properties."):
            values: Iterable[str] = entity.properties.get(sort.field.partition(".")[2], ())
        else:
            value = entity.id if sort.field == "entity_id" else getattr(entity, sort.field, None)
            values = [value] if isinstance(value, str) else value if isinstance(value, list) else ()
        return max(values, default=None) if sort.is_descending else min(values, default=None)

    def _take(self, numbers: Iterable[int]) -> list[str]:
        """Take in entities; returns the ids of those that links among them name and that are not known yet."""
        further: dict[str, None] = {}
        taken = []
        for at in numbers:
            entity = self._snapshot.entity(at)
            if entity.id not in self._entities:
                self._entities[entity.id] = entity
                taken.append(entity)
        for entity in taken:
            schema = MODEL.schemata[entity.schema]
            for name, values in entity.properties.items():
                prop = schema.properties.get(name)
                if prop is None or prop.type != "entity":
                    continue
                for value in values:
                    if schema.is_edge and value not in self._entities:
                        further[value] = None
                    if prop.reverse:
                        self._inverted[value][prop.reverse, entity.id] = None
        return list(further)

    def _nest(self, entity: Entity, path: frozenset[str]) -> dict[str, Any]:
        found: dict[str, list[Any]] = {}
        below = path | {entity.id}
        for name, other in self._inverted.get(entity.id, ()):
            if other not in path and len(path) <= 1 and other in self._entities:
                found.setdefault(name, []).append(self._nest(self._entities[other], below))
        schema = MODEL.schemata[entity.schema]
        for name, values in entity.properties.items():
            prop = schema.properties.get(name)
            if prop is not None and prop.type == "entity":
                own = [
                    self._nest(self._entities[value], below)
                    for value in values
                    if value not in path and value in self._entities
                ]
                if own:
                    found[name] = own
        made = msgspec.to_builtins(entity)
        made["properties"] = {**made["properties"], **found}
        return made  # type: ignore[no-any-return]  # a struct becomes a dictionary
