"""A chunk of rows in, what was found of them out: the same function for every engine.

Each row is a query by example, answered by `tizim.screen.matching.match`. Rows that say the same are answered once.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

import msgspec

from tizim.batch.rows import Cell, Cells, Chunk, Reject, Row
from tizim.batch.terms import Layout, Terms, schema_called
from tizim.errors import BadInput, Broken
from tizim.ftm import Schema, cleaned
from tizim.match.countries import country_code
from tizim.match.writing import written_alike
from tizim.screen.matching import Example, Hit, Scope, Wanted, example_of, match, without_hits
from tizim.screen.searching import Limits, scope_of, within
from tizim.screen.snapshot import Snapshot
from tizim.text import one_line

EVERYTHING: Final = "default"
"""the dataset of all lists"""
_ANSWERS_KEPT: Final = 50_000
_LISTINGS_KEPT: Final = 20_000
_SANCTION: Final = "Sanction"
_REFERENCES: Final = ("authorityId", "unscId")


class Found(msgspec.Struct, frozen=True, array_like=True):
    """A subject on a list, whom a row may mean."""

    row: int
    customer_id: str
    subject: str
    list: str
    reference: str
    """of the subject on that list, where the list gives any"""
    name: str
    """the listed name that is most alike; where a number alone tells, the subject's first"""
    score: float
    order: float
    """how alike the names are as written: those of the same score come in its order"""


class LeftOut(msgspec.Struct, frozen=True):
    """Values of a property that are none, and so were not compared: how many, and the row of the first."""

    count: int
    first: int


class Part(msgspec.Struct, frozen=True, array_like=True):
    """What became of a chunk."""

    number: int
    rows: int
    """those that were screened"""
    matched: int
    """rows of which anybody was found"""
    found: list[Found]
    rejects: list[Reject]
    left_out: dict[str, LeftOut]


class _Answer(msgspec.Struct, frozen=True):
    """What is found of a row, whoever the customer is."""

    found: tuple[tuple[str, str, str, str, float, float], ...]
    """subject, list, reference, name, score, order"""
    left_out: tuple[str, ...]
    """a property's name for each of its values that is none"""
    reason: str
    """why it was not screened; empty if it was"""


_Key = tuple[str, tuple[str | tuple[str, ...] | None, ...]]


def scope_for(snapshot: Snapshot, terms: Terms) -> frozenset[str]:
    """The lists among which is looked. Raises `BadInput` for one of which nothing is held."""
    included = []
    for name in terms.lists:
        written = name if name in snapshot.datasets else name.replace("-", "_")
        if written not in snapshot.datasets:
            known = ", ".join(one.list or one.name for one in snapshot.about.datasets if not one.is_collection)
            raise BadInput(f"--lists: nothing is held of a list '{one_line(name)}'; there are {known}")
        included.append(written)
    return scope_of(snapshot, EVERYTHING, included, ())


class Screening:
    """Answers rows, by one snapshot. One in each process."""

    def __init__(self, snapshot: Snapshot, terms: Terms, layout: Layout) -> None:
        self._snapshot = snapshot
        self._terms = terms
        self._layout = layout
        self._datasets = scope_for(snapshot, terms)
        self._scope = Scope(snapshot, within(snapshot, Limits(datasets=self._datasets)))
        self._wanted = Wanted(limit=terms.limit, threshold=terms.threshold, cutoff=terms.threshold)
        self._known: dict[_Key, _Answer] = {}
        """answers to rows that may come again; thrown away whole when full"""
        self._listings = lru_cache(maxsize=_LISTINGS_KEPT)(partial(listed, snapshot, datasets=self._datasets))

    def warm(self) -> None:
        """Make ready what the first row would wait for."""
        self._snapshot.warm()
        example = example_of(None, self._terms.schema, {"name": ["Owen Example"]})
        without_hits(self._scope, [example], self._wanted)
        match(self._scope, example, self._wanted)

    def part(self, chunk: Chunk) -> Part:
        """What is found of the rows of a chunk."""
        found: list[Found] = []
        rejects = list(chunk.rejects)
        left_out: dict[str, LeftOut] = {}
        matched = screened = 0
        keys = [self._key(row.cells) for row in chunk.rows]
        answers = self._answers(keys)
        for row, key in zip(chunk.rows, keys, strict=True):
            answer = answers[key]
            if answer.reason:
                rejects.append(Reject(row.number, row.line, answer.reason))
                continue
            screened += 1
            for name in answer.left_out:
                was = left_out.get(name)
                left_out[name] = LeftOut(1, row.number) if was is None else LeftOut(was.count + 1, was.first)
            if answer.found:
                matched += 1
                customer = self._customer(row)
                found += [Found(row.number, customer, *one) for one in answer.found]
        rejects.sort(key=lambda one: one.row)
        return Part(chunk.number, screened, matched, found, rejects, left_out)

    def _customer(self, row: Row) -> str:
        at = self._layout.id_at
        return _joined(row.cells[at]) if at >= 0 else ""

    def _key(self, cells: Cells) -> _Key:
        """What of a row its answer depends on."""
        at = self._layout.schema_at
        schema = _joined(cells[at]) if at >= 0 else ""
        values = [cells[place] for _, place in self._layout.properties]
        return schema or self._terms.schema, tuple(tuple(one) if isinstance(one, list) else one for one in values)

    def _answers(self, keys: Sequence[_Key]) -> dict[_Key, _Answer]:
        """The answers to rows, each once: most of them that nobody is found, which is told for all together."""
        known = self._known
        answers: dict[_Key, _Answer] = {}
        asked: list[tuple[_Key, Example, tuple[str, ...]]] = []
        for key in dict.fromkeys(keys):
            if (was := known.get(key)) is not None:
                answers[key] = was
                continue
            schema_name, values = key
            try:
                schema = schema_called(schema_name)
            except BadInput as error:
                answers[key] = _Answer((), (), str(error))
                continue
            given: dict[str, list[str]] = {}
            for (name, _), value in zip(self._layout.properties, values, strict=True):
                if value is not None:
                    given.setdefault(name, []).extend([value] if isinstance(value, str) else value)
            example = example_of(None, schema.name, given)
            if _can_be_compared(example):
                asked.append((key, example, _left_out(schema, given, example)))
            else:
                answers[key] = _Answer((), (), "it has no name and no number to look for")
        nobody = without_hits(self._scope, [example for _, example, _ in asked], self._wanted)
        for (key, example, left_out), is_nobody in zip(asked, nobody, strict=True):
            hits = () if is_nobody else match(self._scope, example, self._wanted).hits
            answers[key] = _Answer(tuple(row for hit in hits for row in self._told(hit)), left_out, "")
        if len(known) + len(answers) > _ANSWERS_KEPT:
            known.clear()
        known.update(answers)
        return answers

    def _told(self, hit: Hit) -> list[tuple[str, str, str, str, float, float]]:
        snapshot = self._snapshot
        name = hit.listed or snapshot.entity(hit.at).caption
        order = written_alike(hit.asked, hit.listed)
        subject = snapshot.id(hit.at)
        return [(subject, on, reference, name, hit.score, order) for on, reference in self._listings(hit.at)]


def listed(snapshot: Snapshot, at: int, datasets: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Those of the lists *datasets* on which an entity is, and its reference on each."""
    references: dict[str, str] = {}
    for number in snapshot.naming(at):
        listing = snapshot.entity(number)
        if listing.schema == _SANCTION:
            told = next((value for one in _REFERENCES for value in listing.properties.get(one, ())), "")
            for dataset in listing.datasets:
                if told:
                    references.setdefault(dataset, told)
    return tuple(
        (snapshot.datasets[one].list or one, references.get(one, ""))
        for one in dict.fromkeys(snapshot.entity(at).datasets)
        if one in datasets
    )


def _joined(cell: Cell) -> str:
    return cell if isinstance(cell, str) else " ".join(cell or ())


def _can_be_compared(example: Example) -> bool:
    """Whether there is a letter or digit of a name, or a number that could be looked for."""
    if any(sign.isalnum() for name in example.names for sign in name):
        return True
    return any(example.schema.properties[name].type == "identifier" for name in example.properties)


def _left_out(schema: Schema, given: Mapping[str, list[str]], example: Example) -> tuple[str, ...]:
    """For each value that is none of its property's type the name of the property."""
    found: list[str] = []
    for name, values in given.items():
        prop = schema.properties.get(name)
        if prop is None or prop.stub:
            found += [name] * len(values)
        elif len(example.properties.get(name, ())) < len(values):
            found += [name for value in values if not cleaned(prop, value, country_code)]
    return tuple(found)


# -- in a process of its own -----------------------------------------------------------------------------


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What a process needs to know besides the chunks."""

    terms: Terms
    layout: Layout
    data_version: str


_encode: Final = msgspec.msgpack.Encoder().encode
_decode_chunk: Final = msgspec.msgpack.Decoder(Chunk).decode
_decode_part: Final = msgspec.msgpack.Decoder(Part).decode


def encoded(value: Chunk | Part) -> bytes:
    """A chunk or part as bytes."""
    return _encode(value)


def part_in(data: bytes) -> Part:
    """The part in *data*. Raises `msgspec.DecodeError`."""
    return _decode_part(data)


def opened(path: Path, order: Order) -> Screening:
    """What answers rows, by the snapshot in a file. Raises `BadInput`, and `Broken` if it is another than meant."""
    snapshot = Snapshot.open(path)
    if snapshot.about.version != order.data_version:
        raise Broken(f"the snapshot {path} is of {snapshot.about.version}, not of {order.data_version}")
    return Screening(snapshot, order.terms, order.layout)


def answered(screening: Screening, data: bytes) -> bytes:
    """An encoded chunk in, its part out, encoded."""
    return _encode(screening.part(_decode_chunk(data)))
