"""A list of names to screen against: built once, asked any number of times, saved and mapped into other processes.

`Screener.build` takes entities with their names; `match` and `match_many` ask it; `save` and `open` keep it in one
file. A screener never changes: a newer list is a new screener.
"""

import datetime as dt
import itertools
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from pathlib import Path
from typing import Any, Self

import msgspec
import numpy as np
import numpy.typing as npt

from tizim.errors import BadInput
from tizim.match.analysis import MATCHABLE, reading_of
from tizim.match.asking import Best, Owners, Periods, Searcher
from tizim.match.compare import analyser, as_name, score_records
from tizim.match.entities import Facts, adjusted, facts_of
from tizim.match.explain import Explanation, explain, summary, summary_of
from tizim.match.index import SCHEMA_NAMES, Progress, build
from tizim.match.model import ALGORITHM, model
from tizim.match.questions import Questions
from tizim.match.writing import written_alike
from tizim.screen import storing
from tizim.screen.remembering import remembered
from tizim.screen.storing import Stored, Texts

NO_DAY = -1
_FIRST, _LAST = dt.date.min.toordinal(), dt.date.max.toordinal() + 1
_LIMIT = 500
_ALL = -1.0
"""below every score"""
_LEAST_SCORED = 8
_WORTH_ALL_NAMES = 0.3
"""an entity whose best name so far scores this much is compared by all its names"""
_MOST_NAMES = 500
"""names compared in that way for one question: entities of thousands of names must not cost seconds"""
_READ_OTHERWISE = 16_384
"""listed names remembered as they read under another schema than their own"""
_MORE_SCORED = 3
"""names scored beyond the limit, or half of it if that is more: several names of one entity may stand at the top"""


class Match:
    """One entity that a name may be: its best name, how likely, and why."""

    __slots__ = ("_asked", "_name", "_owner", "_stored", "score")

    def __init__(self, stored: Stored, owner: int, name: int, score: float, asked: "_Asked") -> None:
        self._stored = stored
        self._owner = owner
        self._name = name
        self._asked = asked
        self.score = score
        """how likely they are the same, in [0, 1]"""

    @property
    def id(self) -> str:
        """The entity's id."""
        return self._stored.ids[self._owner]

    @property
    def name(self) -> str:
        """The listed name that is most alike."""
        return self._stored.names[self._name]

    @property
    def schema(self) -> str:
        """FollowTheMoney's schema of the entity."""
        return SCHEMA_NAMES[int(self._stored.index.name_schema[self._name])]

    @property
    def order(self) -> float:
        """How alike the names are as written, in [0, 1]: matches of the same score come in its order, highest first."""
        return written_alike(self._asked.name, self.name)

    def explain(self) -> Explanation:
        """Which words were aligned, which contradict, and what each kind of observation added to the score."""
        return explain(
            self._asked.name, self.name, self._asked.schema, self._asked.facts, known_facts(self._stored, self._owner)
        )

    def __repr__(self) -> str:
        """Id, name and score."""
        return f"Match(id={self.id!r}, name={self.name!r}, score={self.score:.4f})"


class _Asked(msgspec.Struct, frozen=True):
    """What was asked."""

    name: str
    schema: str
    facts: Facts


class Screener:
    """An immutable list of entities, asked by name."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._searcher = Searcher(stored.index, stored.periods, model())
        self._analyser = analyser()
        readings = np.array([reading_of(schema) for schema in SCHEMA_NAMES], dtype=np.uint8)
        self._readings: list[int] = readings[stored.index.name_schema].tolist()
        self._read_as = remembered(self._records_as, _READ_OTHERWISE)

    # -- making -------------------------------------------------------------------------------------------

    @classmethod
    def build(cls, entities: Iterable[Sequence[Any]], *, progress: Progress | None = None) -> Self:
        """A screener of *entities*, each ``(id, schema, [names])`` or ``(id, schema, [names], facts)``.

        *schema* is FollowTheMoney's. *facts* is a mapping with any of the keys of `tizim.match.entities.Facts`
        (birth_dates, countries, identifiers, genders, registrations) and ``periods``: pairs ``(first, end)`` of
        days (`datetime.date` or ISO text; ``None`` for open), half-open; without it an entity counts as listed
        on every day. An id that comes twice is one entity with the names of both.
        Raises `BadInput`, naming the entity, for one that is not of this form.
        """
        ids: dict[str, int] = {}
        texts: list[str] = []
        owners: list[int] = []
        periods: list[list[tuple[int, int]]] = []
        facts: list[Facts] = []
        schemata: list[str] = []
        for number, entity in enumerate(entities):
            entity_id, schema, names, given = _checked(entity, number)
            at = ids.setdefault(entity_id, len(ids))
            if at == len(periods):
                periods.append([])
                facts.append(facts_of({}))
            known, spans = _facts_and_periods(given, entity_id)
            periods[at] += spans
            facts[at] = facts[at].joined(known)
            for name in names:
                texts.append(name)
                schemata.append(schema)
                owners.append(at)
        index = build(zip(schemata, texts, strict=True), analyser(), progress)
        spans_of = [row or [(_FIRST, _LAST)] for row in periods]
        starts = np.concatenate([[0], np.cumsum([len(row) for row in spans_of])]).astype(np.uint32)
        flat = [span for row in spans_of for span in row]
        stored = Stored(
            index=index,
            periods=Periods(
                entity=np.array(owners, dtype=np.uint32), start=starts,
                first=np.array([first for first, _ in flat], dtype=np.int32),
                end=np.array([end for _, end in flat], dtype=np.int32),
            ),
            ids=Texts.of(ids), names=Texts.of(texts),
            facts=Texts.of(msgspec.json.encode(one).decode() if one else "" for one in facts),
        )  # fmt: skip
        return cls(stored)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the screener to one file, whole or not at all; an older file of that name is replaced."""
        storing.save(self._stored, Path(path))

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """The screener in a file, mapped into memory (processes that open the same file share it).

        Raises `BadInput` if the file is not there, is damaged, is no screener or is of another version of tizim's.
        """
        return cls(storing.load(Path(path)))

    def __len__(self) -> int:
        """How many entities there are."""
        return len(self._stored.ids)

    @property
    def names(self) -> int:
        """How many names there are."""
        return self._stored.index.size

    @property
    def algorithm(self) -> str:
        """What the scores are made by."""
        return ALGORITHM

    # -- asking -------------------------------------------------------------------------------------------

    def match(
        self, name: str, schema: str = "Person", limit: int = 5, threshold: float = 0.0,
        as_of: dt.date | str | None = None, *, facts: dict[str, Any] | None = None,
    ) -> list[Match]:  # fmt: skip
        """The entities that *name* may be, best first, one per id, at most *limit* with a score of *threshold* or more.

        *as_of*: only entities listed on that day. *facts*: what is known of the one asked about (see `build`);
        they raise or lower the scores of names and never make a match by themselves.
        Raises `BadInput` for an unknown schema, a limit outside 0 to 500, or a day that is none.
        """
        reading_of(schema)
        day = NO_DAY if as_of is None else _day(as_of, "as_of").toordinal()
        if not 0 <= limit <= _LIMIT:
            raise BadInput(f"limit must be from 0 to {_LIMIT}, not {limit}")
        known = facts_of(facts) if facts else _NONE
        if not limit:
            return []
        stored = self._stored
        best = self.found(
            name, schema, day=day, most=max(_LEAST_SCORED, limit + max(_MORE_SCORED, limit // 2)), fewest=limit
        )
        if known is not _NONE:
            best = {
                owner: (adjusted(score, known, known_facts(stored, owner)).score, number)
                for owner, (score, number) in best.items()
            }
        rows = sorted([(-score, number, owner) for owner, (score, number) in best.items() if score >= threshold])
        for at in range(min(limit, len(rows) - 1)):
            if rows[at][0] == rows[at + 1][0]:
                rows = self._by_writing(name, rows, limit)
                break
        asked = _Asked(name, schema, known)
        return [Match(stored, owner, number, -score, asked) for score, number, owner in rows[:limit]]

    def found(
        self, name: str, schema: str, *, day: int = NO_DAY, most: int, fewest: int,
        within: npt.NDArray[np.uint8] | None = None, floor: float = _ALL,
    ) -> Best:  # fmt: skip
        """For each entity that *name* may be, by its number: the score of its best name, and that name's number.

        At most *most* names are looked at, and beyond *fewest* only those that share half with *name*. *day*: an
        ordinal. *within*: a one for each entity that counts, whatever its schema; without it those count that
        *schema* may mean. *floor*: only entities are told that score more. Raises `BadInput` for an unknown schema.
        """
        reading = reading_of(schema)
        asked = self._analyser.records(as_name(name, "the name"), reading)
        if not asked[0]:
            return {}
        (found,) = self._searcher.find(
            (asked,), schema, reading, self._owners, day=day, most=most, fewest=fewest, within=within, floor=floor
        )
        if found is None:
            found = self.found_by_reading(asked, schema, day=day, most=most, fewest=fewest, within=within)
            return {owner: best for owner, best in found.items() if best[0] > floor}
        return found

    def found_together(
        self, names: Sequence[str], schema: str, *, most: int, fewest: int, within: npt.NDArray[np.uint8], floor: float
    ) -> list[Best]:  # fmt: skip
        """`found` for each of some *names*, a dozen or so, in one call of compiled code."""
        reading = reading_of(schema)
        asked = [self._analyser.records(as_name(name, "a name"), reading) for name in names]
        every = self._searcher.find(
            asked, schema, reading, self._owners, day=NO_DAY, most=most, fewest=fewest, within=within, floor=floor
        )
        return [
            self.found(name, schema, most=most, fewest=fewest, within=within, floor=floor) if found is None else found
            for name, found in zip(names, every, strict=True)
        ]

    def found_by_reading(
        self, asked: tuple[bytes, int], schema: str, *, day: int, most: int, fewest: int,
        within: npt.NDArray[np.uint8] | None,
    ) -> Best:  # fmt: skip
        """What `found` tells, for who names read in a way of which the index holds nothing: they are read anew."""
        reading = reading_of(schema)
        data, exact = asked
        found, scores = self._searcher.ask(data, exact, schema, reading, day, most, fewest, within)
        best: Best = {}
        seen = found.tolist()
        self._take_better(
            best, seen, self._stored.periods.entity[found].tolist(), scores.tolist(), data, exact, reading
        )
        # Of those that may be meant all names count: scored in one go, for each call of compiled code has its price.
        owners: list[int] = []
        rest: list[int] = []
        for owner, (score, _) in best.items():
            if score >= _WORTH_ALL_NAMES and len(rest) < _MOST_NAMES:
                own = self._names_of(owner, schema, seen, _MOST_NAMES - len(rest))
                rest += own
                owners += [owner] * len(own)
        if rest:
            further = self._searcher.scores(data, exact, reading, np.array(rest, dtype=np.int64))
            self._take_better(best, rest, owners, further.tolist(), data, exact, reading)
        return best

    def tops(
        self, names: Sequence[str], schema: str, *, most: int, fewest: int, floor: float, within: npt.NDArray[np.uint8]
    ) -> list[float]:
        """For each of many *names* the highest score that `found` gives for it, in a fraction of the time.

        Above *floor* it may be any number above it: then `found` tells. A score is never told too low.
        """
        reading = reading_of(schema)
        queries = [self._analyser.records(as_name(name, "a name"), reading) for name in names]
        found = self._searcher.tops(queries, reading, floor, self._owners, most, fewest, within)
        return [float(one) for one in found]

    def tops_of(
        self, questions: Questions, chosen: npt.NDArray[np.int64], schema: str, *, most: int, fewest: int,
        floor: float, within: npt.NDArray[np.uint8],
    ) -> npt.NDArray[np.float64]:  # fmt: skip
        """The same for names that lie ready as questions, all of them read as *schema* says."""
        reading = reading_of(schema)
        return self._searcher.tops_of(questions, chosen, reading, floor, self._owners, most, fewest, within)

    @cached_property
    def _owners(self) -> Owners:
        order, _ = self._by_entity
        several = np.zeros(len(self), dtype=np.uint8)
        several[list(self._of_several_schemata)] = 1
        return Owners(
            order=np.arange(self.names, dtype=np.int64) if order is None else order,
            start=self._name_start.astype(np.int64), readings=np.array(self._readings, dtype=np.uint8),
            worth=_WORTH_ALL_NAMES, most=_MOST_NAMES, several=several,
        )  # fmt: skip

    def names_of(self, entity: int) -> list[int]:
        """Numbers of the names of the entity of that number."""
        return self._numbers_of(entity, _MOST_NAMES)

    def name(self, number: int) -> str:
        """The name of that number."""
        return self._stored.names[number]

    def why(self, name: str, number: int, schema: str, score: float) -> str:
        """The one sentence of an explanation, for *name* and the listed name of that number, which have *score*."""
        reading = reading_of(schema)
        if self._readings[number] != reading:
            return summary(name, self.name(number), schema, score)
        asked, index = self._analyser.read(name, reading), self._stored.index
        told = self._searcher.paired(asked.data, reading, number)
        same = asked.exact == int(index.name_exact[number])
        return summary_of(told, asked.forms, index.forms(number), score, same=same)

    def facts(self, entity: int) -> Facts:
        """What is known of the entity of that number besides its names."""
        return known_facts(self._stored, entity)

    @property
    def stored(self) -> Stored:
        """What it is made of."""
        return self._stored

    def _by_writing(self, name: str, rows: list[tuple[float, int, int]], limit: int) -> list[tuple[float, int, int]]:
        """The first *limit* rows, those of the same score by how alike they are written."""
        names = self._stored.names
        found: list[tuple[float, int, int]] = []
        for _, group in itertools.groupby(rows, key=itemgetter(0)):
            tied = list(group)
            if len(tied) > 1:
                tied.sort(key=lambda row: (-written_alike(name, names[row[1]]), row[1]))
            found += tied
            if len(found) >= limit:
                break
        return found

    def _take_better(
        self, best: Best, numbers: list[int], owners: list[int], scores: list[float],
        data: bytes, exact: int, reading: int,
    ) -> None:  # fmt: skip
        """Put names into *best* that score more than what their entity has there."""
        readings = self._readings
        for number, owner, score in zip(numbers, owners, scores, strict=True):
            if readings[number] != reading:  # listed under a schema read in another way: both are read as the query is
                score = score_records(data, exact, *self._read_as(number, reading), reading)  # noqa: PLW2901 - as said
            was = best.get(owner)
            if was is None or score > was[0] or (score == was[0] and number < was[1]):
                best[owner] = (score, number)

    def _records_as(self, number: int, reading: int) -> tuple[bytes, int]:
        """The records of a listed name that is read in another way than its schema says."""
        return self._analyser.records(self._stored.names[number], reading)

    def _names_of(self, owner: int, schema: str, seen: list[int], most: int) -> list[int]:
        """Numbers of an entity's names that may be meant by *schema*, but those in *seen*; at most *most*."""
        numbers = self._numbers_of(owner, most)
        if owner in self._of_several_schemata:
            schemata = self._stored.index.name_schema
            numbers = [number for number in numbers if SCHEMA_NAMES[int(schemata[number])] in MATCHABLE[schema]]
        return [number for number in numbers if number not in seen]

    def _numbers_of(self, owner: int, most: int) -> list[int]:
        order, _ = self._by_entity
        first = int(self._name_start[owner])
        end = min(int(self._name_start[owner + 1]), first + most)
        return list(range(first, end)) if order is None else [int(number) for number in order[first:end]]

    @cached_property
    def _name_start(self) -> npt.NDArray[np.int64]:
        """Where the names of each entity begin in the order of entities."""
        _, entities = self._by_entity
        return np.searchsorted(entities, np.arange(len(self) + 1, dtype=entities.dtype))

    @cached_property
    def _of_several_schemata(self) -> frozenset[int]:
        """Entities whose names stand under more than one schema."""
        order, entities = self._by_entity
        schema = self._stored.index.name_schema if order is None else self._stored.index.name_schema[order]
        return frozenset(entities[1:][(entities[1:] == entities[:-1]) & (schema[1:] != schema[:-1])].tolist())

    @cached_property
    def _by_entity(self) -> tuple[npt.NDArray[np.int64] | None, npt.NDArray[np.uint32]]:
        """Names in the order of their entities (none where that is their own order), and those entities."""
        entity = self._stored.periods.entity
        if bool(np.all(entity[1:] >= entity[:-1])):
            return None, entity
        order = np.argsort(entity, kind="stable")
        return order, entity[order]

    def match_many(
        self, names: Iterable[str], schema: str = "Person", limit: int = 5, threshold: float = 0.0,
        as_of: dt.date | str | None = None,
    ) -> list[list[Match]]:  # fmt: skip
        """`match` for each of *names*, in their order."""
        return [self.match(name, schema, limit, threshold, as_of) for name in names]


_NONE = Facts()


def known_facts(stored: Stored, owner: int) -> Facts:
    """What the list says of an entity besides its names."""
    text = stored.facts[owner]
    return msgspec.json.decode(text, type=Facts) if text else _NONE


def _checked(entity: object, number: int) -> tuple[str, str, list[str], Mapping[str, Any]]:
    """An entity's parts. Raises `BadInput`."""
    where = f"entity {number + 1}"
    if isinstance(entity, str | bytes) or not isinstance(entity, Sequence) or not 3 <= len(entity) <= 4:
        raise BadInput(f"{where} must be (id, schema, [names]) or (id, schema, [names], facts)")
    entity_id, schema, names = entity[:3]
    if not isinstance(entity_id, str):
        raise BadInput(f"the id of {where} must be text, not {type(entity_id).__name__}")
    if not isinstance(schema, str) or schema not in MATCHABLE:
        raise BadInput(f"{where} ({entity_id}) has the schema '{schema}': use one of {', '.join(MATCHABLE)}")
    texts = list(names) if isinstance(names, Iterable) and not isinstance(names, str | bytes) else [names, None]
    if not all(isinstance(name, str) for name in texts):
        raise BadInput(f"the names of {where} ({entity_id}) must be a list of texts")
    given = entity[3] if len(entity) == 4 else None
    if given is not None and not isinstance(given, Mapping):
        raise BadInput(f"the facts of {where} ({entity_id}) must be a mapping, not {type(given).__name__}")
    return entity_id, schema, texts, given or {}


def _facts_and_periods(given: Mapping[str, Any], entity_id: str) -> tuple[Facts, list[tuple[int, int]]]:
    try:
        facts = facts_of({key: value for key, value in given.items() if key != "periods"})
        spans = [_span(first, end) for first, end in given.get("periods", ())]
        if "periods" in given and not spans:
            spans = [(_FIRST, _FIRST)]
    except BadInput as error:
        raise BadInput(f"entity {entity_id}: {error}") from None
    except (TypeError, ValueError):
        raise BadInput(f"entity {entity_id}: periods must be pairs (first, end)") from None
    return facts, spans


def _span(first: dt.date | str | None, end: dt.date | str | None) -> tuple[int, int]:
    """A period as numbers of days. Raises `BadInput`."""
    span = (
        _FIRST if first is None else _day(first, "first").toordinal(),
        _LAST if end is None else _day(end, "end").toordinal(),
    )
    if span[0] > span[1]:
        raise BadInput(f"a period ends before it begins: {first} to {end}")
    return span


def _day(given: dt.date | str, what: str) -> dt.date:
    if isinstance(given, dt.datetime):
        return given.date()
    if isinstance(given, dt.date):
        return given
    try:
        return dt.date.fromisoformat(given)
    except (TypeError, ValueError):
        raise BadInput(f"{what} wants a day such as 2024-06-03, not '{given}'") from None
