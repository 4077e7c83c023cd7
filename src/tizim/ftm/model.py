"""Schemata and properties of the FollowTheMoney model, with what they inherit."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import resources
from types import MappingProxyType
from typing import Final

import msgspec

BASE: Final = "Thing"
"""the schema of everything that can be named"""


class Prop(msgspec.Struct, frozen=True, kw_only=True):
    """A property of a schema."""

    schema: str
    """the schema that it is a property of; others inherit it"""
    name: str
    label: str
    type: str
    range: str = ""
    """of an entity's property: the schema of those it may name"""
    reverse: str = ""
    """of an entity's property: what it is called seen from the other end"""
    format: str = ""
    hidden: bool = False
    stub: bool = False
    """the other end of a property: it has no values of its own"""
    deprecated: bool = False
    matchable: bool = False

    @property
    def qname(self) -> str:
        """Its name with its schema's, as ``Thing:country``."""
        return f"{self.schema}:{self.name}"


class _Prop(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    label: str
    type: str
    range: str = ""
    reverse: str = ""
    format: str = ""
    hidden: bool = False
    stub: bool = False
    deprecated: bool = False
    matchable: bool = False


class _Schema(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    label: str
    plural: str
    extends: tuple[str, ...]
    featured: tuple[str, ...]
    caption: tuple[str, ...]
    properties: tuple[_Prop, ...]
    matchable: bool = False
    abstract: bool = False
    hidden: bool = False
    deprecated: bool = False
    edge: bool = False


class Type(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A type of values. ``group`` is under which name all values of the type in an entity are found."""

    name: str
    label: str
    plural: str
    group: str = ""
    values: Mapping[str, str] = msgspec.field(default_factory=dict)
    """of a type with few values: each with its label"""


class _Data(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    made_from: str
    risks: tuple[str, ...]
    types: tuple[Type, ...]
    schemata: tuple[_Schema, ...]


class Schema:
    """What kind of thing an entity is, with all its properties."""

    def __init__(self, said: _Schema, parents: "tuple[Schema, ...]") -> None:
        self.name = said.name
        self.label = said.label
        self.plural = said.plural
        self.featured = said.featured
        self.caption = said.caption
        self.matchable = said.matchable
        self.abstract = said.abstract
        self.hidden = said.hidden
        self.is_edge = said.edge
        """whether it links two entities and is no thing itself"""
        self.ancestors: frozenset[str] = frozenset({said.name}).union(*(one.ancestors for one in parents))
        """itself, and every schema that it extends"""
        found = {one.name: Prop(schema=said.name, **msgspec.structs.asdict(one)) for one in said.properties}
        for parent in parents:
            for prop in parent.properties.values():
                found.setdefault(prop.name, prop)
        self.properties: Mapping[str, Prop] = MappingProxyType(found)

    def is_a(self, name: str) -> bool:
        """Whether it is the schema *name* or extends it."""
        return name in self.ancestors

    def __repr__(self) -> str:
        """Its name."""
        return f"Schema({self.name!r})"


class Model:
    """All schemata, by name."""

    def __init__(self, data: _Data) -> None:
        self.made_from = data.made_from
        self.risks = frozenset(data.risks)
        """topics that make an entity one to beware of"""
        self.types: Mapping[str, Type] = MappingProxyType({one.name: one for one in data.types})
        self.groups: Mapping[str, Type] = MappingProxyType({one.group: one for one in data.types if one.group})
        said = {one.name: one for one in data.schemata}
        made: dict[str, Schema] = {}

        def make(name: str) -> Schema:
            if name not in made:
                made[name] = Schema(said[name], tuple(map(make, said[name].extends)))
            return made[name]

        for name in said:
            make(name)
        self.schemata: Mapping[str, Schema] = MappingProxyType(dict(sorted(made.items())))

    def get(self, name: str) -> Schema | None:
        """The schema called *name*, if there is one."""
        return self.schemata.get(name)

    def prop(self, qname: str) -> Prop | None:
        """The property called ``Schema:name``, in the schema that has it of its own or inherits it."""
        schema, _, name = qname.partition(":")
        found = self.schemata.get(schema)
        prop = found.properties.get(name) if found else None
        return prop if prop is not None and prop.schema == schema else None

    def own_properties(self) -> Iterator[Prop]:
        """Every property once, by its schema and name."""
        for schema in self.schemata.values():
            for prop in sorted(schema.properties.values(), key=lambda one: one.name):
                if prop.schema == schema.name:
                    yield prop

    def descendants(self, name: str) -> frozenset[str]:
        """The schemata that extend the schema *name*."""
        return self._descendants.get(name, frozenset())

    @cached_property
    def _descendants(self) -> Mapping[str, frozenset[str]]:
        return {
            name: frozenset(one.name for one in self.schemata.values() if name in one.ancestors and one.name != name)
            for name in self.schemata
        }

    def comparable(self, name: str) -> frozenset[str]:
        """The schemata of entities that one of the schema *name* may be: of those that are compared its
        ancestors and descendants and itself, and for a schema that is not compared its descendants.
        """
        return self._comparable[name]

    @cached_property
    def _comparable(self) -> Mapping[str, frozenset[str]]:
        return {
            name: frozenset(one for one in schema.ancestors | self.descendants(name) if self.schemata[one].matchable)
            if schema.matchable
            else self.descendants(name)
            for name, schema in self.schemata.items()
        }

    def label(self, type_name: str, value: str) -> str:
        """How a value of a type is called: the country of a code; a value without a label is called by itself."""
        return self.types[type_name].values.get(value) or value


def _read() -> Model:
    text = resources.files("tizim.ftm").joinpath("model.json").read_bytes()
    return Model(msgspec.json.decode(text, type=_Data))


MODEL: Final = _read()
"""The model, read once: it is data of the release and never changes."""
