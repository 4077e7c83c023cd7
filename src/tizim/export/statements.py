"""Statements: each value by itself, with the record and the list that state it, and between which days.

The columns are those that programs of the FollowTheMoney model read. A value stands once for each list that states it
and each span of documents; what is worked out (a subject's topics, a listing's state) stands as the list's.
"""

import hashlib
from collections.abc import Iterator
from typing import Final

from tizim.export.cells import OfTable
from tizim.ftm import MODEL, Prop, Schema, cleaned
from tizim.match.countries import country_code
from tizim.screen.entities import Entity, dataset_name
from tizim.screen.subjects import Stated, Subject

COLUMNS: Final = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang",
    "original_value", "external", "first_seen", "last_seen", "id",
)  # fmt: skip
REGISTER: Final = "tizim_register"
"""the dataset of values that only records of no list state, such as those of the ledger"""
_LANGUAGE: Final = Prop(schema="Thing", name="language", label="Language", type="language")


class Statements(OfTable):
    """Writes the table."""

    columns = COLUMNS

    def put(self, subject: Subject) -> None:
        """Write every statement about a subject and what belongs to it."""
        itself, *others = subject.entities
        done: dict[tuple[str, ...], None] = {}
        said: set[tuple[str, str]] = set()
        schema = MODEL.schemata[itself.schema]
        for one in subject.stated:
            said.add((one.prop, one.value))
            done.update(dict.fromkeys(_of_record(itself.id, schema, one)))
        for entity in (itself, *others):
            worked_out = (row for row in _of_entity(entity) if entity is not itself or (row[2], row[5]) not in said)
            done.update(dict.fromkeys(worked_out))
        for row in done:
            self._table.put((*row, _id(row)))


def _of_record(subject: str, schema: Schema, one: Stated) -> Iterator[tuple[str, ...]]:
    prop = schema.properties[one.prop]
    language = cleaned(_LANGUAGE, one.language, country_code)
    original = one.original if one.original != one.value else ""
    for dataset in [dataset_name(each) for each in one.lists] or [REGISTER]:
        yield (
            subject, one.record, one.prop, prop.type, schema.name, one.value, dataset, one.source, language, original,
            "f", one.first.isoformat(), one.last.isoformat(),
        )  # fmt: skip


def _of_entity(entity: Entity) -> Iterator[tuple[str, ...]]:
    schema = MODEL.schemata[entity.schema]
    for name, values in entity.properties.items():
        for value in values:
            for dataset in entity.datasets:
                yield (
                    entity.id, entity.id, name, schema.properties[name].type, schema.name, value, dataset, "", "", "",
                    "f", entity.first_seen or "", entity.last_seen or "",
                )  # fmt: skip


def _id(row: tuple[str, ...]) -> str:
    """Names a statement: another span of documents is another statement."""
    return hashlib.sha256("\0".join(row).encode("utf-8", "surrogatepass")).hexdigest()[:40]
