"""What is screened against, as values: entities in the FollowTheMoney model, and the datasets they are in."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from tizim.ftm import MODEL, Schema
from tizim.match.entities import Facts, facts_of
from tizim.text import tokens

_COUNTRIES: Final = ("nationality", "citizenship", "country", "jurisdiction", "mainCountry")
_TOLD: Final = frozenset({"birthDate", "gender", *_COUNTRIES})
"""properties that tell of an entity besides its names and numbers"""
_PARTS: Final = ("firstName", "secondName", "middleName", "fatherName", "motherName", "lastName")
_MOST_NAMES_OF_PARTS: Final = 20
_NOTHING: Final = Facts()


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """One entity, with its fields in the order and under the names that clients of the field read.

    Times are ISO to the second, without a zone, in UTC.
    """

    id: str
    caption: str
    schema: str
    properties: Mapping[str, list[str]]
    datasets: Sequence[str]
    referents: Sequence[str]
    """other ids that it had or has elsewhere"""
    target: bool
    """whether a topic makes it one to beware of"""
    first_seen: str | None
    last_seen: str | None
    last_change: str | None


class Dataset(msgspec.Struct, frozen=True, kw_only=True):
    """A list that is screened against, or a collection of them."""

    name: str
    title: str
    children: tuple[str, ...] = ()
    """of a collection: what it is made of"""
    version: str = ""
    entities: int = 0
    """those that are things, such as persons; what links or describes them is not counted"""
    updated_at: dt.datetime | None = None
    list: str = ""
    """the official list, by its id in the register"""
    jurisdiction: str = ""
    last_observed: dt.date | None = None
    """the newest day on which anything held speaks of the list"""
    stale: bool = False
    """whether that is longer ago than the list's rhythm allows"""

    @property
    def is_collection(self) -> bool:
        """Whether it is made of others."""
        return bool(self.children)


def dataset_name(list_id: str) -> str:
    """A list's name as a dataset, which the model writes with low lines: ``un_1267`` for ``un-1267``."""
    return list_id.replace("-", "_")


def is_target(properties: Mapping[str, Sequence[str]]) -> bool:
    """Whether a topic of the entity makes it one to beware of."""
    return not MODEL.risks.isdisjoint(properties.get("topics", ()))


def names_of(schema: Schema, properties: Mapping[str, Sequence[str]], *, weak: bool = True) -> list[str]:
    """The names that an entity is compared by, each once: those of its properties, or put together of their parts.

    *weak*: weak aliases too.
    """
    found = {
        value: None
        for name, values in properties.items()
        if (prop := schema.properties.get(name)) is not None and prop.type == "name"
        if prop.matchable or (weak and name == "weakAlias")
        for value in values
    }
    return list(found) or names_of_parts(schema, properties)


def names_of_parts(schema: Schema, properties: Mapping[str, Sequence[str]]) -> list[str]:
    """Whole names of a person of whom only parts of the name are told."""
    if not schema.is_a("Person"):
        return []
    names = [""]
    for part in _PARTS:
        values = list(properties.get(part, ()))
        if values:
            names = [f"{name} {value}".strip() for name in names for value in values][:_MOST_NAMES_OF_PARTS]
    return [name for name in names if name]


def facts_in(schema: Schema, properties: Mapping[str, Sequence[str]]) -> Facts:
    """What is told of an entity besides its names, for comparing it with another."""
    identifiers = identifiers_in(schema, properties)
    if not identifiers and _TOLD.isdisjoint(properties):
        return _NOTHING
    given = {
        "birth_dates": [value[:10] for value in properties.get("birthDate", ())],
        "countries": [value for name in _COUNTRIES for value in properties.get(name, ())],
        "genders": list(properties.get("gender", ())),
        "identifiers": identifiers,
    }
    return facts_of(given) if any(given.values()) else _NOTHING


def identifiers_in(schema: Schema, properties: Mapping[str, Sequence[str]]) -> list[str]:
    """Numbers that were given out to one entity alone."""
    return [
        value
        for name, values in properties.items()
        if (prop := schema.properties.get(name)) is not None and prop.type == "identifier" and prop.matchable
        for value in values
    ]


def caption_of(schema: Schema, properties: Mapping[str, Sequence[str]]) -> str:
    """What to call an entity: its first name that most others resemble; never empty."""
    for name in schema.caption:
        values = properties.get(name, ())
        if values:
            return _nearest_to_all(values) if schema.is_a("Thing") else values[0]
    return schema.label


def _nearest_to_all(names: Sequence[str]) -> str:
    """The name that shares most of its words with the others; of several, one in Latin letters, then the first."""
    if len(names) < 2:
        return names[0]
    words = [frozenset(tokens(name)) for name in names]
    counts: dict[str, int] = {}
    for own in words:
        for word in own:
            counts[word] = counts.get(word, 0) + 1

    def standing(at: int) -> tuple[bool, float, int]:
        own = words[at]
        shared = sum(counts[word] for word in own) / math.sqrt(len(own) or 1)  # words in common, few others
        latin = sum(letter.isascii() for letter in names[at]) * 2 > len(names[at])
        return latin, shared, -at

    return names[max(range(len(names)), key=standing)]


def second(text: object) -> str | None:
    """A time to the second, without its zone; ``None`` for what is none."""
    if not isinstance(text, str):
        return None
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.tzinfo is not None:
        found = found.astimezone(dt.UTC).replace(tzinfo=None)
    return found.replace(microsecond=0).isoformat()


def leaves(datasets: Iterable[Dataset]) -> dict[str, frozenset[str]]:
    """For each dataset the names of those that hold entities: its own, or all below it."""
    by_name = {one.name: one for one in datasets}

    def below(name: str, above: frozenset[str]) -> frozenset[str]:
        one = by_name.get(name)
        if one is None or name in above:
            return frozenset()
        if not one.children:
            return frozenset({name})
        return frozenset().union(*(below(child, above | {name}) for child in one.children))

    return {name: below(name, frozenset()) for name in by_name}
