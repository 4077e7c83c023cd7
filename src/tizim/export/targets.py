"""Those on lists as a simple table: a row for each, several values of a cell parted by semicolons."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from tizim.export.cells import OfTable
from tizim.ftm import MODEL
from tizim.screen.entities import Entity
from tizim.screen.subjects import Subject

COLUMNS: Final = (
    "id", "schema", "name", "aliases", "birth_date", "countries", "addresses", "identifiers", "sanctions", "phones",
    "emails", "program_ids", "dataset", "first_seen", "last_seen", "last_change",
)  # fmt: skip


class Targets(OfTable):
    """Writes the table."""

    columns = COLUMNS

    def put(self, subject: Subject) -> None:
        """Write a row for the subject, and one for each other entity to beware of that belongs to it."""
        listings = [one for one in subject.entities if one.schema == "Sanction"]
        for entity in subject.entities:
            if entity.target and entity.schema != "Sanction":
                self._table.put(_row(entity, listings))


def _row(entity: Entity, listings: Sequence[Entity]) -> list[str]:
    own = entity.properties
    names = [one for one in _of_type(entity, "name") if one != entity.caption]
    return [
        entity.id, entity.schema, entity.caption, joined(names), joined(own.get("birthDate", ())),
        joined(_of_type(entity, "country")), joined(_of_type(entity, "address")),
        joined(_of_type(entity, "identifier")), joined(map(told, listings)), joined(_of_type(entity, "phone")),
        joined(_of_type(entity, "email")), joined(_every("programId", listings)), joined(entity.datasets),
        entity.first_seen or "", entity.last_seen or "", entity.last_change or "",
    ]  # fmt: skip


def _of_type(entity: Entity, name: str) -> dict[str, None]:
    """The values of all properties of a type, each once."""
    schema = MODEL.schemata[entity.schema]
    return {
        value: None
        for prop, values in entity.properties.items()
        if schema.properties[prop].type == name
        for value in values
    }


def _every(prop: str, entities: Iterable[Entity]) -> dict[str, None]:
    return {value: None for one in entities for value in one.properties.get(prop, ())}


def told(listing: Entity) -> str:
    """A listing in a cell: the list, its state, and since when. What was last seen long ago says so."""
    own: Mapping[str, Sequence[str]] = listing.properties
    since = next(iter(own.get("startDate") or own.get("listingDate") or ()), "")
    parts = [listing.caption, *own.get("status", ()), f"since {since}" if since else ""]
    return " - ".join(part for part in parts if part)


def joined(values: Iterable[str]) -> str:
    """Values as one cell; a semicolon in a value becomes a comma, so that the cell can be taken apart again."""
    return ";".join(value.replace(";", ",") for value in values)
