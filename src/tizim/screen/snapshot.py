"""What is screened against at a moment, whole and immutable: names, entities, and which of them say what.

`Snapshot.build` makes it of entities, `save` and `open` keep it in one file that processes share by mapping it. A
newer register is a newer snapshot; who began an answer with one ends it with the same.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, Self

import msgspec
import numpy as np
import numpy.typing as npt

from tizim.errors import BadInput
from tizim.ftm import MODEL, Prop, Schema
from tizim.match.entities import Facts
from tizim.match.model import ALGORITHM
from tizim.screen import storing
from tizim.screen.entities import Dataset, Entity, facts_in, leaves, names_of
from tizim.screen.inverted import Filling, Inverted, mask_of, plain
from tizim.screen.remembering import remembered
from tizim.screen.screener import Screener
from tizim.screen.storing import Texts
from tizim.text import tokens

FORMAT: Final = "tizim snapshot 2"
"""how a file is laid out; another layout has another number"""
_MAGIC: Final = f"{FORMAT}\n".encode()
_WHAT: Final = "snapshot"
SCHEMATA: Final = tuple(MODEL.schemata)
"""schemata by their number in a snapshot"""
NUMBERS: Final = "numbers"
"""the field of identifiers by their letters and digits alone"""
WORDS: Final = "text"
"""the field of all words that an entity says"""
NAME_WORDS: Final = "names"
"""the field of the words of its names"""
_READ_AS: Final = {
    "Person": "Person", "Organization": "Organization", "Company": "Company", "PublicBody": "PublicBody",
    "LegalEntity": "LegalEntity", "Vessel": "Vessel", "Vehicle": "Vessel", "Airplane": "Airplane",
}  # fmt: skip
"""as what names of entities of a schema are read; those of all others as an organisation's"""
_OTHERS: Final = "LegalEntity"
_SCOPES_KEPT: Final = 256

Mask = npt.NDArray[np.uint8]
Progress = Callable[[int], None]
"""told how many entities are done"""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a snapshot is of."""

    version: str
    """names the data: two snapshots of one version give the same answers"""
    made: str
    """when it was made, an ISO instant"""
    as_of: str = ""
    """of a register: the day in the world"""
    known_at: str = ""
    basis: str = ""
    register: str = ""
    """the head of the log that it was made from"""
    datasets: tuple[Dataset, ...] = ()

    @property
    def dates(self) -> dict[str, str]:
        """Of a register: the day, and what was known of it."""
        return {"as_of": self.as_of, "known_at": self.known_at, "basis": self.basis}


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    about: About


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """Entities, and what is asked of them often, as flat arrays."""

    text: npt.NDArray[np.uint8]
    """each entity as JSON, one after the other"""
    start: npt.NDArray[np.uint64]
    schema: npt.NDArray[np.uint8]
    by_id: npt.NDArray[np.uint32]
    """entities in the order of their ids"""
    id_text: npt.NDArray[np.uint8]
    id_start: npt.NDArray[np.uint64]
    values: npt.NDArray[np.uint32]
    """how many values each has: what much is known of is looked for more often"""
    changed: npt.NDArray[np.int64]
    """seconds since 1970 of the last change; the lowest number where none is known"""
    named: npt.NDArray[np.uint32]
    """entities that have names, in the order in which the screener numbers them"""
    naming_start: npt.NDArray[np.uint64]
    naming: npt.NDArray[np.uint32]
    """for each entity those that name it in a property"""


def read_as(schema: str) -> str:
    """As what the names of entities of a schema are compared."""
    return _READ_AS.get(schema, _OTHERS)


UNKNOWN: Final = int(np.iinfo(np.int64).min)


class Snapshot:
    """Entities that can be screened against, searched and fetched."""

    def __init__(self, about: About, screener: Screener, held: Held, inverted: Inverted) -> None:
        self.about = about
        self.screener = screener
        self.held = held
        self.inverted = inverted
        self.datasets: Mapping[str, Dataset] = {one.name: one for one in about.datasets}
        self.leaves = leaves(about.datasets)
        self._texts = Texts(held.text, held.start)
        self._ids = Texts(held.id_text, held.id_start)
        self.kept_scope = remembered(self._scope, _SCOPES_KEPT)
        self._kept_schemata = remembered(self._of_schemata, _SCOPES_KEPT)
        self._kept_named = remembered(self._named_of, _SCOPES_KEPT)

    # -- making ------------------------------------------------------------------------------------

    @classmethod
    def build(cls, about: About, entities: Iterable[Entity], progress: Progress | None = None) -> Self:
        """A snapshot of *entities*. Entities with one id count as several; the first of them is found by it."""
        filling = Filling()
        texts: list[bytes] = []
        ids: list[str] = []
        schemata, counts, changed = [], [], []
        named: list[int] = []
        rows: list[tuple[str, str, list[str], Mapping[str, object]]] = []
        naming: dict[str, list[int]] = {}
        numbers = {name: at for at, name in enumerate(SCHEMATA)}
        encode = msgspec.json.Encoder().encode
        for at, entity in enumerate(entities):
            schema = MODEL.schemata[entity.schema]
            texts.append(encode(entity))
            ids.append(entity.id)
            schemata.append(numbers[entity.schema])
            counts.append(sum(map(len, entity.properties.values())))
            changed.append(seconds_of(entity.last_change) if entity.last_change else UNKNOWN)
            for other in _named_by(filling, at, schema, entity):
                naming.setdefault(other, []).append(at)
            if schema.matchable and (names := names_of(schema, entity.properties)):
                facts = facts_in(schema, entity.properties)
                rows.append((str(at), read_as(schema.name), names, msgspec.structs.asdict(facts)))
                named.append(at)
            if progress is not None and at % 10_000 == 9_999:
                progress(at + 1)
        stored = Texts.of(ids)
        order = sorted(range(len(ids)), key=ids.__getitem__)
        first_of = {ids[at]: at for at in reversed(order)}
        by_target: dict[int, list[int]] = {
            first_of[other]: [one for one in own if one != first_of[other]]
            for other, own in naming.items()
            if other in first_of
        }
        sizes = [len(by_target.get(at, ())) for at in range(len(ids))]
        held = Held(
            text=np.frombuffer(b"".join(texts), dtype=np.uint8), start=_starts([len(text) for text in texts]),
            schema=np.array(schemata, dtype=np.uint8), by_id=np.array(order, dtype=np.uint32),
            id_text=stored.data, id_start=stored.start, values=np.array(counts, dtype=np.uint32),
            changed=np.array(changed, dtype=np.int64), named=np.array(named, dtype=np.uint32),
            naming_start=_starts(sizes),
            naming=np.array([one for at in range(len(ids)) for one in by_target.get(at, ())], dtype=np.uint32),
        )  # fmt: skip
        return cls(about, Screener.build(rows), held, filling.made())

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it to one file, whole or not at all. Raises `BadInput` where nothing can be written."""
        arrays = {
            **storing.stored_arrays(self.screener.stored),
            **storing.arrays_of(held=self.held, inverted=self.inverted),
        }
        storing.write(Path(path), _MAGIC, _WHAT, {"about": msgspec.to_builtins(self.about)}, arrays)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """The snapshot in a file, mapped. Raises `BadInput` if it is damaged or another version's."""
        head, arrays = storing.read(Path(path), _MAGIC, _WHAT)
        try:
            about = msgspec.json.decode(head, type=_Head).about
            held, inverted = Held(**storing.part_of(arrays, "held")), Inverted(**storing.part_of(arrays, "inverted"))
        except (msgspec.DecodeError, TypeError):
            raise BadInput(f"the head of the {_WHAT} {path} is damaged: build it anew") from None
        return cls(about, Screener(storing.stored_from(arrays)), held, inverted)

    # -- entities ----------------------------------------------------------------------------------

    def __len__(self) -> int:
        """How many entities there are."""
        return len(self.held.schema)

    @property
    def algorithm(self) -> str:
        """What scores are made by."""
        return ALGORITHM

    def text(self, at: int) -> bytes:
        """The entity of that number, as JSON."""
        held = self.held
        return held.text[int(held.start[at]) : int(held.start[at + 1])].tobytes()

    def entity(self, at: int) -> Entity:
        """The entity of that number."""
        return _decode(self.text(at))

    def id(self, at: int) -> str:
        """The id of the entity of that number."""
        return self._ids[at]

    def schema(self, at: int) -> Schema:
        """The schema of the entity of that number."""
        return MODEL.schemata[SCHEMATA[int(self.held.schema[at])]]

    def called(self, entity_id: str) -> int | None:
        """The number of the entity with that very id, if there is one."""
        order, low, high = self.held.by_id, 0, len(self.held.by_id)
        while low < high:
            middle = (low + high) >> 1
            if self._ids[int(order[middle])] < entity_id:
                low = middle + 1
            else:
                high = middle
        if low < len(order) and self._ids[int(order[low])] == entity_id:
            return int(order[low])
        return None

    def once_called(self, entity_id: str) -> int | None:
        """The number of the first entity that has *entity_id* among its other ids."""
        found = self.inverted.having("referents", entity_id)
        return int(found[0]) if len(found) else None

    def naming(self, at: int) -> list[int]:
        """The entities that name that one in a property."""
        start = self.held.naming_start
        return [int(one) for one in self.held.naming[int(start[at]) : int(start[at + 1])]]

    @cached_property
    def id_rank(self) -> npt.NDArray[np.uint32]:
        """For each entity its place in the order of ids."""
        rank = np.empty(len(self), dtype=np.uint32)
        rank[self.held.by_id] = np.arange(len(self), dtype=np.uint32)
        return rank

    @cached_property
    def places(self) -> npt.NDArray[np.int64]:
        """For each entity its number with the screener, -1 where it has no name."""
        found = np.full(len(self), -1, dtype=np.int64)
        found[self.held.named] = np.arange(len(self.held.named))
        return found

    def facts(self, at: int) -> Facts:
        """What is known of the entity of that number besides its names."""
        place = int(self.places[at])
        if place >= 0:
            return self.screener.facts(place)
        return facts_in(self.schema(at), self.entity(at).properties)

    def warm(self) -> None:
        """Make ready what the first who asks would wait for."""
        _ = self.id_rank, self.places
        for one in self.about.datasets:
            self.scope(self.leaves[one.name])
        if len(self.screener):
            self.screener.found("Owen Example", "Person", most=1, fewest=1)

    # -- sets of entities --------------------------------------------------------------------------

    def scope(self, names: Iterable[str]) -> Mask | None:
        """Those in any of the datasets *names*; ``None`` for all."""
        return self.kept_scope(frozenset(names))

    def _scope(self, names: frozenset[str]) -> Mask | None:
        own = frozenset().union(*(self.leaves.get(name, frozenset()) for name in names))
        mask = mask_of(len(self), (self.inverted.having("datasets", name) for name in own))
        return None if len(mask) and mask.all() else mask

    def of_schemata(self, names: frozenset[str]) -> Mask:
        """Those of any of the schemata *names*."""
        return self._kept_schemata(names)

    def named_of(self, names: frozenset[str]) -> Mask:
        """Of the entities that have names, in their order, those of any of the schemata *names*."""
        return self._kept_named(names)

    def _named_of(self, names: frozenset[str]) -> Mask:
        return self.of_schemata(names)[self.held.named]

    def _of_schemata(self, names: frozenset[str]) -> Mask:
        wanted = np.array([name in names for name in SCHEMATA], dtype=np.uint8)
        return wanted[self.held.schema]


_decode = msgspec.json.Decoder(Entity).decode


def _starts(sizes: Sequence[int]) -> npt.NDArray[np.uint64]:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint64)


def seconds_of(text: str) -> int:
    """An ISO time without a zone, or a part of one, as seconds since 1970; what is missing is the earliest."""
    full = f"{text}{'2000-01-01T00:00:00'[len(text) :]}" if len(text) != 4 else f"{text}-01-01T00:00:00"
    try:
        return int(np.datetime64(full, "s").astype(np.int64))
    except ValueError:
        raise BadInput(f"'{text}' is no time") from None


def _named_by(filling: Filling, at: int, schema: Schema, entity: Entity) -> list[str]:
    """Tell *filling* what an entity says; returns the ids of those that it names."""
    filling.add("schema", (entity.schema,), at)
    filling.add("datasets", entity.datasets, at)
    filling.add("referents", entity.referents, at)
    filling.add("entity_id", (plain(entity.id),), at)
    filling.add("caption", (plain(entity.caption),), at)
    filling.add("target", ("true" if entity.target else "false",), at)
    for field in ("first_seen", "last_seen", "last_change"):
        when = getattr(entity, field)
        if when:
            filling.add(field, (when,), at)
    others: list[str] = []
    for name, values in entity.properties.items():
        prop = schema.properties.get(name)
        if prop is None or prop.stub:
            continue
        if prop.type == "entity":
            others += values
        _say(filling, at, prop, values)
    return others


def _say(filling: Filling, at: int, prop: Prop, values: Sequence[str]) -> None:
    kind = MODEL.types[prop.type]
    field = f"properties.{prop.name}"
    words = [word for value in values for word in tokens(value)]
    if prop.name != "indexText":
        filling.add(field, words if prop.name in OF_WORDS else map(plain, values), at)
    filling.add(WORDS, words, at)
    if not kind.group or (_IS_COMPARED[prop.type] and not prop.matchable):
        return
    if prop.type in {"name", "address"}:
        filling.add(kind.group, words, at)
    elif prop.type == "date":
        filling.add(kind.group, {part for value in values for part in (value, value[:4], value[:7], value[:10])}, at)
    else:
        filling.add(kind.group, map(plain, values), at)
    if prop.type == "identifier":
        filling.add(NUMBERS, (letters_and_digits(value) for value in values), at)


def _is_of_words(prop: Prop) -> bool:
    return prop.type in {"name", "address"} or not MODEL.types[prop.type].group


OF_WORDS: Final = frozenset(prop.name for prop in MODEL.own_properties() if _is_of_words(prop)) - {
    prop.name for prop in MODEL.own_properties() if not _is_of_words(prop)
}
"""properties that are searched by their words; all others are searched by their whole values"""


_IS_COMPARED: Final = {
    name: any(prop.matchable for prop in MODEL.own_properties() if prop.type == name) for name in MODEL.types
}
"""types whose values tell whether two entities are one"""


def letters_and_digits(value: str) -> str:
    """A number without the signs that it is parted by."""
    return "".join(sign for sign in value.casefold() if sign.isalnum())
