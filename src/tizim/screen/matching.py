"""A query by example: an entity as far as somebody knows it in, those that it may be out, scored and explained.

Names are compared by the screener; what is known besides (`tizim.match.entities`) raises or lowers their score.
An entity that shares an identifier is looked at whatever it is called.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import msgspec

from tizim.errors import BadInput
from tizim.ftm import MODEL, Schema, cleaned
from tizim.ftm.model import BASE
from tizim.ftm.values import country_of
from tizim.match.analysis import reading_of
from tizim.match.compare import compare_names
from tizim.match.countries import country_code
from tizim.match.entities import Facts, Reason, adjusted
from tizim.match.explain import summary
from tizim.match.writing import written_alike
from tizim.screen.entities import facts_in, names_of, names_of_parts
from tizim.screen.snapshot import NUMBERS, Mask, Snapshot, read_as

MOST_ASKED: Final = 25
"""names of one query that are asked for"""
_FEWEST: Final = 20
"""candidates that are looked at for one query, however few are asked for"""
_EACH: Final = 10
_MOST: Final = 500
_FORMATS: Final = frozenset(
    {"imo", "lei", "isin", "inn", "ogrn", "iban", "npi", "uei", "uscc", "figi", "wikidata", "bic"}
)
ALONE_UNIQUE: Final = 0.9
"""the score where nothing but a number is asked for that has a check or a register of its own all over the world"""
ALONE: Final = 0.75
"""and where it is any other number of an entity's own, such as that of a passport"""
SHORTEST: Final = 5
"""letters and digits of the shortest number that is looked for"""
_NOT_LIFTED: Final = 0.5
"""names that score less are never lifted to a match by what else is known"""
_NO_FLOOR: Final = -1.0
JUST_NOT_LIFTED: Final = math.nextafter(_NOT_LIFTED, 0.0)
LIFTED_AT_MOST: Final = 0.65
_AS_KINDS: Final = ("Person", "LegalEntity", "Vessel")
"""as what names are read"""
_UNSAID: Final = {BASE: _AS_KINDS, "LegalEntity": _AS_KINDS[:2]}
"""schemata that do not say how a name is read: each entity is compared as what it is"""


_UNNUMBERED: Final = -1


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """An entity as far as somebody knows it."""

    id: str | None
    schema: Schema
    properties: Mapping[str, list[str]]
    """cleaned by the rules of their types"""
    names: tuple[str, ...]
    facts: Facts
    unread: tuple[str, ...]
    """properties that the schema has not"""


class Hit(msgspec.Struct, frozen=True):
    """An entity that the example may be."""

    at: int
    """its number in the snapshot"""
    score: float
    names_score: float
    asked: str
    """the name of the example that is most alike; empty where a number alone tells"""
    listed: str
    schema: str
    """as what the two were compared"""
    reasons: tuple[Reason, ...]
    number: int = _UNNUMBERED
    """of the listed name with the screener, where it is a name on a list as it stands there"""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """How many are asked for, and from which score on."""

    limit: int
    threshold: float
    """scores from here on are matches"""
    cutoff: float
    """only higher scores are given"""


class Found(msgspec.Struct, frozen=True):
    """The best, and how many of those looked at are matches."""

    matches: int
    hits: tuple[Hit, ...]


def example_of(entity_id: str | None, schema_name: str, given: Mapping[str, object]) -> Example:
    """An example from properties as typed; values that are none of their property's type are left out.

    Raises `BadInput` for a schema that there is not, or whose entities are not compared.
    """
    schema = MODEL.get(schema_name)
    if schema is None:
        raise BadInput(f"Unknown schema: {schema_name!r}")
    if schema.name != BASE and not schema.matchable:
        raise BadInput(f"Non-matchable schema for query: {schema.name}")
    properties: dict[str, list[str]] = {}
    unread: list[str] = []
    for name, values in given.items():
        prop = schema.properties.get(name)
        if prop is None or prop.stub:
            unread.append(name)
            continue
        for value in values if isinstance(values, list) else [values]:
            text = cleaned(prop, value, country_code)
            if text and text not in (own := properties.setdefault(name, [])):
                own.append(text)
    properties = {name: values for name, values in properties.items() if values}
    if not _has_names(schema, properties):
        for name in names_of_parts(schema, properties):
            properties.setdefault("alias", []).append(name)
    known = {value for name in properties if schema.properties[name].type == "country" for value in properties[name]}
    for name in tuple(properties):
        for value in properties[name]:
            hint = country_of(value, schema.properties[name])
            if hint and hint not in known and "country" in schema.properties:
                known.add(hint)
                properties.setdefault("country", []).append(hint)
    return Example(
        id=entity_id, schema=schema, properties=properties, names=tuple(names_of(schema, properties)),
        facts=facts_in(schema, properties), unread=tuple(unread),
    )  # fmt: skip


def kinds_of(schema: str) -> tuple[str, ...]:
    """As what the names of an example of a schema are read: as one thing, or as each that it may be."""
    return _UNSAID.get(schema) or (read_as(schema),)


def floor_of(wanted: Wanted, *, with_facts: bool) -> float | None:
    """The score of names above which something may be found; none where what else is known may lift any name."""
    if not with_facts:
        return wanted.cutoff
    return None if wanted.cutoff < LIFTED_AT_MOST else JUST_NOT_LIFTED


def _has_names(schema: Schema, properties: Mapping[str, Sequence[str]]) -> bool:
    return any(schema.properties[name].type == "name" and schema.properties[name].matchable for name in properties)


def comparable_as(schema: str, kind: str) -> frozenset[str]:
    """What an example of *schema* may be; where that says not how names are read, what is read as *kind* is."""
    names = MODEL.comparable(schema)
    if schema in _UNSAID:
        return frozenset(one for one in names if reading_of(read_as(one)) == reading_of(kind))
    return names


class Scope:
    """Which entities of a snapshot count; what several queries need of it is worked out once."""

    def __init__(self, snapshot: Snapshot, within: Mask | None = None) -> None:
        self.snapshot = snapshot
        self._within = within
        self._named: dict[tuple[str, str], Mask] = {}

    def __contains__(self, at: int) -> bool:
        """Whether the entity of that number counts."""
        return self._within is None or bool(self._within[at])

    def named(self, schema: str, kind: str) -> Mask:
        """Of the entities that have names, in their order: those that an example of *schema* may be, and, where that
        says not how names are read, whose names are read as those of *kind*.
        """
        found = self._named.get((schema, kind))
        if found is None:
            found = self.snapshot.named_of(comparable_as(schema, kind))
            if self._within is not None:
                found = found & self._within[self.snapshot.held.named]
            self._named[schema, kind] = found
        return found


def _looked_at(wanted: Wanted) -> int:
    """Names that are looked at for one query at most."""
    return min(max(_FEWEST, wanted.limit * _EACH), max(_MOST, wanted.limit))


def first_looked_at(wanted: Wanted) -> int:
    """Those that are looked at first, unless so many of them are like it that there may be more."""
    return min(_looked_at(wanted), max(_FEWEST, 2 * wanted.limit))


def match(
    scope: Scope, example: Example, wanted: Wanted, judge: Callable[[Hit], Hit | None] | None = None,
    ahead: "Ahead | None" = None,
) -> Found:  # fmt: skip
    """Those in *scope* that *example* may be, best first. *judge*: says of each how it counts, if at all.

    *ahead*: what `found_ahead` told of it.
    """
    snapshot = scope.snapshot
    most = _looked_at(wanted)
    few = first_looked_at(wanted)
    numbers = _numbers_asked(example)
    # Where one name alone tells, nobody matters who does not score enough to be told.
    floor = wanted.cutoff if len(example.names) == 1 and not example.facts else _NO_FLOOR
    best = _by_names(scope, example, few, wanted.limit, floor) if ahead is None else ahead
    scored = _with_facts(snapshot, example, best, wanted.cutoff)
    if few < most and 2 * len(scored) > few:  # so many are like it that there may be more
        best = _by_names(scope, example, most, wanted.limit, floor)
        scored = _with_facts(snapshot, example, best, wanted.cutoff)
    for at in _by_numbers(scope, example, numbers):
        if at not in best:
            scored.append(_of_number(snapshot, example, at))
    if judge is not None:
        scored = [judged for hit in scored if hit.score > wanted.cutoff and (judged := judge(hit)) is not None]
    matches = sum(hit.score >= wanted.threshold and hit.score > wanted.cutoff for hit in scored)
    kept = [hit for hit in scored if hit.score > wanted.cutoff]
    kept.sort(key=lambda hit: (-hit.score, hit.at))
    if wanted.limit and any(one.score == other.score for one, other in pairwise(kept[: wanted.limit + 1])):
        kept.sort(key=lambda hit: (-hit.score, -written_alike(hit.asked, hit.listed), hit.at))
    return Found(matches, tuple(kept[: wanted.limit]))


def found_ahead(scope: Scope, examples: Sequence[Example], wanted: Wanted) -> "list[Ahead | None]":
    """What `match` looks for first, for some examples together; none of those that it must look for by itself.

    That is those of one name, as what it is to be read being clear, of whom nothing else is known.
    """
    together: dict[str, list[int]] = {}
    for at, example in enumerate(examples):
        schema = example.schema.name
        if len(example.names) == 1 and schema not in _UNSAID and not example.facts:
            together.setdefault(schema, []).append(at)
    found: list[Ahead | None] = [None] * len(examples)
    for schema, places in together.items():
        kind = read_as(schema)
        names = [examples[at].names[0] for at in places]
        every = scope.snapshot.screener.found_together(
            names, kind, most=first_looked_at(wanted), fewest=wanted.limit, within=scope.named(schema, kind),
            floor=wanted.cutoff,
        )  # fmt: skip
        named = scope.snapshot.held.named
        for at, name, best in zip(places, names, every, strict=True):
            found[at] = {int(named[place]): (score, number, name, kind) for place, (score, number) in best.items()}
    return found


def without_hits(scope: Scope, examples: Sequence[Example], wanted: Wanted) -> list[bool]:
    """For each of many examples whether `match` surely finds nobody, told for all in a fraction of the time.

    Of most customers nobody is found: who screens many asks this first, and `match` for the others.
    """
    together: dict[tuple[str, float], list[int]] = {}
    found = [False] * len(examples)
    for at, example in enumerate(examples):
        floor = floor_of(wanted, with_facts=bool(example.facts))
        if floor is None:
            continue  # what else is known may lift any name above the cutoff
        together.setdefault((example.schema.name, floor), []).append(at)
    few = first_looked_at(wanted)
    for (schema, floor), places in together.items():
        names = [(at, name) for at in places for name in examples[at].names[:MOST_ASKED]]
        asked = [name for _, name in names]
        highest = dict.fromkeys(places, 0.0)
        for kind in kinds_of(schema):
            tops = scope.snapshot.screener.tops(
                asked, kind, most=few, fewest=wanted.limit, floor=floor, within=scope.named(schema, kind)
            )
            for (at, _), top in zip(names, tops, strict=True):
                highest[at] = max(highest[at], top)
        for at, top in highest.items():
            found[at] = top <= floor and not any(
                True for _ in _by_numbers(scope, examples[at], _numbers_asked(examples[at]))
            )
    return found


Ahead = dict[int, tuple[float, int, str, str]]
"""by the entity's number: the score, the number of its name, the name asked for, and as what they were compared"""


def _by_names(scope: Scope, example: Example, most: int, fewest: int, floor: float) -> Ahead:
    schema, screener = example.schema.name, scope.snapshot.screener
    named = scope.snapshot.held.named
    best: Ahead = {}
    for kind in kinds_of(schema):
        own = scope.named(schema, kind)
        for name in example.names[:MOST_ASKED]:
            found = screener.found(name, kind, most=most, fewest=fewest, within=own, floor=floor)
            for place, (score, number) in found.items():
                at = int(named[place])
                was = best.get(at)
                if was is None or score > was[0]:
                    best[at] = (score, number, name, kind)
    return best


def _with_facts(snapshot: Snapshot, example: Example, best: Ahead, cutoff: float) -> list[Hit]:
    """Hits from names, with what else is known taken into account."""
    name = snapshot.screener.name
    if not example.facts:
        return [
            Hit(at, score, score, asked, name(number), kind, (), number)
            for at, (score, number, asked, kind) in best.items()
            if score > cutoff
        ]
    found = []
    for at, (score, number, asked, kind) in best.items():
        if score < _NOT_LIFTED and cutoff >= LIFTED_AT_MOST:
            continue  # nothing lifts it above the cutoff
        judged = adjusted(score, example.facts, snapshot.screener.facts(int(snapshot.places[at])))
        if judged.score > cutoff:
            found.append(Hit(at, judged.score, score, asked, name(number), kind, judged.reasons, number))
    return found


def _numbers_asked(example: Example) -> set[str]:
    """The identifiers of the example, by their letters and digits alone."""
    return set(example.facts.identifiers)


def _by_numbers(scope: Scope, example: Example, numbers: Iterable[str]) -> Iterable[int]:
    """Entities that share one of *numbers*, its identifiers, with the example."""
    if not numbers:
        return ()
    found: dict[int, None] = {}
    wanted = None
    for number in numbers:
        if len(number) < SHORTEST:
            continue
        for at in scope.snapshot.inverted.having(NUMBERS, number).tolist():
            if wanted is None:
                wanted = MODEL.comparable(example.schema.name)
            if scope.snapshot.schema(at).name in wanted and at in scope:
                found[at] = None
    return found


def _of_number(snapshot: Snapshot, example: Example, at: int) -> Hit:
    """A hit by an identifier: by the names on both sides if there are any, else by the number alone."""
    facts = snapshot.facts(at)
    place = int(snapshot.places[at])
    numbers = [] if place < 0 else snapshot.screener.names_of(place)
    if example.names and numbers:
        kind = read_as(example.schema.name)
        score, asked, listed = max(
            ((compare_names(one, other, kind), one, other)
             for one in example.names[:MOST_ASKED] for other in map(snapshot.screener.name, numbers)),
            key=lambda row: row[0],
        )  # fmt: skip
        judged = adjusted(score, example.facts, facts)
        return Hit(at, judged.score, score, asked, listed, kind, judged.reasons)
    judged = adjusted(0.0, example.facts, facts)
    against = any(reason.gain < 0 for reason in judged.reasons)
    score = ALONE_UNIQUE if _shares_unique(snapshot, example, at) else ALONE
    return Hit(at, LIFTED_AT_MOST if against else score, 0.0, "", "", example.schema.name, judged.reasons)


def _shares_unique(snapshot: Snapshot, example: Example, at: int) -> bool:
    """Whether one of the numbers shared is of a kind that is given out once in the world."""
    theirs = snapshot.entity(at).properties
    schema = snapshot.schema(at)

    def unique(own: Schema, properties: Mapping[str, Sequence[str]]) -> set[str]:
        return {value for name in properties if own.properties[name].format in _FORMATS for value in properties[name]}

    return not unique(example.schema, example.properties).isdisjoint(unique(schema, theirs))


# -- why -----------------------------------------------------------------------------------------------

_FACTS: Final = {
    "birth": "birth_date", "born": "birth_date", "country": "country", "gender": "gender",
    "identifier": "identifier", "registration": "registration_number",
}  # fmt: skip


class Feature(msgspec.Struct, frozen=True):
    """One thing that speaks for or against, as clients of the field read it."""

    score: float
    detail: str | None
    query: str | None
    candidate: str | None


def features(snapshot: Snapshot, hit: Hit) -> dict[str, Feature]:
    """Why a hit in *snapshot* has its score: its names, and each other thing with what it adds to the log-odds."""
    found: dict[str, Feature] = {}
    if hit.asked:
        if hit.number == _UNNUMBERED:
            detail = _told(hit.asked, hit.listed, hit.schema, hit.names_score)
        else:
            detail = snapshot.screener.why(hit.asked, hit.number, hit.schema, hit.names_score)
        found["name_match"] = Feature(round(hit.names_score, 6), detail, hit.asked, hit.listed)
    for reason in hit.reasons:
        found[_feature_of(reason.what)] = Feature(round(reason.gain, 4), reason.what, None, None)
    return found


def _feature_of(what: str) -> str:
    return next((name for word, name in _FACTS.items() if word in what), "other")


@lru_cache(maxsize=20_000)
def _told(asked: str, listed: str, schema: str, score: float) -> str:
    return summary(asked, listed, schema, score)
