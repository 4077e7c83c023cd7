"""A list of names to screen against: built once, asked any number of times, saved and mapped into other processes.

`Screener.build` takes entities with their names; `match` and `match_many` ask it; `save` and `open` keep it in one
file. A screener never changes: a newer list is a new screener.
"""

import datetime as dt
import heapq
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import msgspec
import numpy as np

from tizim.errors import BadInput
from tizim.match.analysis import MATCHABLE, reading_of
from tizim.match.asking import Periods, Searcher
from tizim.match.compare import analyser, as_name, score_records
from tizim.match.entities import Facts, Judged, adjusted, facts_of
from tizim.match.explain import Explanation, explain
from tizim.match.index import SCHEMA_NAMES, Index, Progress, build
from tizim.match.model import ALGORITHM, model
from tizim.screen import storing
from tizim.screen.storing import Stored, Texts

NO_DAY = -1
_FIRST, _LAST = dt.date.min.toordinal(), dt.date.max.toordinal() + 1
_LIMIT = 500
_NAMES_AN_ENTITY = 3
"""names scored for every entity asked for: several names of one entity may stand at the top"""
_LEAST_SCORED = 24


class Match(msgspec.Struct, frozen=True):
    """One entity that a name may be: its best name, how likely, and why."""

    id: str
    schema: str
    name: str
    """the listed name that is most alike"""
    score: float
    """how likely they are the same, in [0, 1]"""
    order: float
    """a finer key: matches of the same score come in its order, highest first"""
    query: str
    query_schema: str
    query_facts: Facts
    facts: Facts

    def explain(self) -> Explanation:
        """Which words were aligned, which contradict, and what each observation added to the score."""
        return explain(self.query, self.name, self.query_schema, self.query_facts, self.facts)


class Screener:
    """An immutable list of entities, asked by name."""

    def __init__(self, stored: Stored, facts: Sequence[Facts] | None = None) -> None:
        self._stored = stored
        self._searcher = Searcher(stored.index, stored.periods, analyser(), model())
        self._facts = facts

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
        reading = reading_of(schema)
        day = NO_DAY if as_of is None else _day(as_of, "as_of").toordinal()
        if not 0 <= limit <= _LIMIT:
            raise BadInput(f"limit must be from 0 to {_LIMIT}, not {limit}")
        known = facts_of(facts or {})
        data, exact = analyser().records(as_name(name, "the name"), reading)
        if not data or not limit:
            return []
        stored, searcher = self._stored, self._searcher
        most = max(_LEAST_SCORED, _NAMES_AN_ENTITY * limit)
        found = searcher.candidates(data, exact, schema, day, most)
        scores = searcher.scores(data, exact, reading, found).tolist()
        entity = stored.periods.entity
        best: dict[int, tuple[float, int]] = {}
        for number, score in zip(found.tolist(), scores, strict=True):
            owner = int(entity[number])
            other = SCHEMA_NAMES[stored.index.name_schema[number]]
            if reading_of(other) != reading:
                score = score_records(data, exact, *analyser().records(stored.names[number], reading), reading)  # noqa: PLW2901 - read alike
            was = best.get(owner)
            if was is None or (score, -number) > (was[0], -was[1]):
                best[owner] = (score, number)
        rows = []
        for owner, (score, number) in best.items():
            theirs = self._facts_of(owner) if known else _NONE
            judged = adjusted(score, known, theirs) if known else Judged(score=score, reasons=())
            if judged.score >= threshold:
                rows.append((judged.score, owner, number, theirs))
        top = heapq.nlargest(limit, rows, key=lambda row: (row[0], -row[2]))
        made = [self._made(name, schema, known, row) for row in top]
        made.sort(key=lambda match: (-match.score, -match.order))
        return made

    def match_many(
        self, names: Iterable[str], schema: str = "Person", limit: int = 5, threshold: float = 0.0,
        as_of: dt.date | str | None = None,
    ) -> list[list[Match]]:  # fmt: skip
        """`match` for each of *names*, in their order."""
        return [self.match(name, schema, limit, threshold, as_of) for name in names]

    def _facts_of(self, owner: int) -> Facts:
        text = self._stored.facts[owner]
        return msgspec.json.decode(text, type=Facts) if text else _NONE

    def _made(self, name: str, schema: str, known: Facts, row: tuple[float, int, int, Facts]) -> Match:
        score, owner, number, theirs = row
        listed = self._stored.names[number]
        return Match(
            id=self._stored.ids[owner], schema=SCHEMA_NAMES[self._stored.index.name_schema[number]], name=listed,
            score=score, order=order_of(score, name, listed), query=name, query_schema=schema, query_facts=known, facts=theirs,
        )  # fmt: skip
