"""From bytes to records: one per subject, with the sanctions, documents, addresses and ties that belong to it."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.lists import ListId
from tizim.errors import SourceRefused
from tizim.sources.dating import placed
from tizim.sources.protocol import Hints

SOURCE_ID: Final = "ftm"
MAX_BYTES: Final = 512 * 1024 * 1024
_MAX_DEPTH: Final = 6
_HTML: Final = re.compile(rb"\s*<")

EDGES: Final[Mapping[str, tuple[str, str]]] = {
    "Associate": ("person", "associate"),
    "Directorship": ("director", "organization"),
    "Employment": ("employee", "employer"),
    "Family": ("person", "relative"),
    "Membership": ("member", "organization"),
    "Occupancy": ("holder", "post"),
    "Ownership": ("owner", "asset"),
    "Representation": ("agent", "client"),
    "Succession": ("predecessor", "successor"),
    "UnknownLink": ("subject", "object"),
}
"""Schemata that tie two entities, and the properties that name the one and the other."""
OWNED: Final[Mapping[str, str]] = {"Sanction": "entity", "Identification": "holder", "Passport": "holder"}
"""Schemata that belong to one entity, and the property that names it."""
REFERRED: Final[Mapping[str, tuple[str, ...]]] = {"Address": ("addressEntity",), "Position": ("post",)}
"""Schemata to which others refer by id, and by which properties."""


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """One entity of the file, wherever it stands in it."""

    id: str
    schema: str
    place: str
    values: tuple[tuple[str, object], ...]
    """properties with one value each, in order; a nested entity is a mapping"""
    about: tuple[tuple[str, str], ...]
    """what stands beside the properties: ``caption``, ``datasets`` …"""


def read(list_id: ListId, title: str, data: bytes, name: str, hints: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole file. Raises `SourceRefused` for anything less."""
    entities = _entities(data, name)
    records = _records(entities, name)
    if not records:
        raise SourceRefused(f"{name}: no entities; an empty file is a failed export, not a delisting of all")
    date, instant, _ = placed(hints, name)
    facts = DocumentFacts.of(
        data,
        source=f"{SOURCE_ID}/{list_id}",
        date=date,
        instant=instant,
        url="",
        media_type="application/json",
        title=title,
        entries=len(records),
        complete=True,
    )
    return facts, records


def _entities(data: bytes, name: str) -> list[Entity]:
    if not data.strip():
        raise SourceRefused(f"{name}: the file is empty ({len(data)} bytes)")
    if len(data) > MAX_BYTES:
        raise SourceRefused(f"{name}: {len(data):,} bytes, more than the {MAX_BYTES:,} such a file may have")
    if _HTML.match(data):
        raise SourceRefused(f"{name}: this is a page of HTML or XML, not JSON")
    if b"\\u0000" in data:
        raise SourceRefused(f"{name}: holds a character that no text has (NUL)")
    entities: dict[str, Entity] = {}
    for place, value in _values(data, name):
        entity = _entity(value, place, name)
        if entity.id in entities:
            raise SourceRefused(f"{name}: {place}: has the id {entity.id}, as has {entities[entity.id].place}")
        entities[entity.id] = entity
    return list(entities.values())


def _values(data: bytes, name: str) -> Iterator[tuple[str, object]]:
    """The entities, each with its place: those of an array, or one a line."""
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"[":
        found = _decoded(data.removeprefix(b"\xef\xbb\xbf"), name, "")
        if isinstance(found, list):
            yield from ((f"entity {number}", value) for number, value in enumerate(found, start=1))
        return
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            yield f"line {number}", _decoded(line, name, f"line {number}: ")


def _decoded(text: bytes, name: str, place: str) -> object:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceRefused(f"{name}: {place}is no JSON, or cut off: {error}") from None


def _entity(value: object, place: str, name: str) -> Entity:
    if not isinstance(value, dict):
        raise SourceRefused(f"{name}: {place}: is no entity (an object with id, schema and properties)")
    key, schema, properties = value.get("id"), value.get("schema"), value.get("properties")
    if not (isinstance(key, str) and key.strip() and isinstance(schema, str) and isinstance(properties, dict)):
        raise SourceRefused(f"{name}: {place}: is no entity: it needs an id, a schema and properties")
    about = [
        (field, _text(one))
        for field, said in value.items()
        if field not in {"id", "schema", "properties"}
        for one in (said if isinstance(said, list) else [said])
    ]
    values = [
        (prop, one)
        for prop, several in properties.items()
        for one in (several if isinstance(several, list) else [several])
        if one not in ("", None)
    ]
    return Entity(id=key.strip(), schema=schema, place=place, values=tuple(values), about=tuple(about))


def _text(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _records(entities: list[Entity], name: str) -> list[Record]:
    """One record per subject. What belongs to a subject of the file stands in its record; the rest by itself."""
    by_id = {entity.id: entity for entity in entities}
    owned: dict[str, list[Entity]] = {}
    referred = {
        one for entity in entities for prop, one in entity.values if isinstance(one, str) and prop in _REFERRING
    }
    subjects = []
    for entity in entities:
        owners = _owners(entity)
        for owner in owners:
            if owner not in by_id:
                raise SourceRefused(
                    f"{name}: {entity.place}: {entity.schema} {entity.id} belongs to {owner}, which is not in the file"
                )
            owned.setdefault(owner, []).append(entity)
        if not owners and not (entity.schema in REFERRED and entity.id in referred):
            subjects.append(entity)
    return [_record(subject, owned.get(subject.id, []), by_id, name) for subject in subjects]


_REFERRING: Final = frozenset(prop for props in REFERRED.values() for prop in props)


def _owners(entity: Entity) -> list[str]:
    """The ids of the entities to which one belongs."""
    prop = OWNED.get(entity.schema) or EDGES.get(entity.schema, ("", ""))[0]
    return [one for name, one in entity.values if name == prop and isinstance(one, str)] if prop else []


def _record(subject: Entity, owned: list[Entity], by_id: Mapping[str, Entity], name: str) -> Record:
    fields: list[tuple[str, str]] = [("@id", subject.id), ("@schema", subject.schema)]
    fields += [(f"@{field}", value) for field, value in _counted(subject.about)]
    _flatten(subject.values, "", fields, by_id, f"{name}: {subject.place}", _MAX_DEPTH)
    counts: dict[str, int] = {}
    for entity in owned:
        counts[entity.schema] = counts.get(entity.schema, 0) + 1
        path = f"+{entity.schema}[{counts[entity.schema]}]"
        fields += [(f"{path}/@id", entity.id), (f"{path}/@schema", entity.schema)]
        fields += [(f"{path}/@{field}", value) for field, value in _counted(entity.about)]
        _flatten(entity.values, path, fields, by_id, f"{name}: {entity.place}", _MAX_DEPTH)
    return Record(place=subject.place, fields=tuple(fields))


def _counted(pairs: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    """Names with a number where they stand several times."""
    names = [name for name, _ in pairs]
    seen: dict[str, int] = {}
    for name, value in pairs:
        seen[name] = seen.get(name, 0) + 1
        yield (f"{name}[{seen[name]}]" if names.count(name) > 1 else name), value


def _flatten(
    values: tuple[tuple[str, object], ...], path: str, fields: list[tuple[str, str]], by_id: Mapping[str, Entity],
    place: str, depth: int,
) -> None:  # fmt: skip
    """Every value below *path*, nested entities and those referred to included, by its path."""
    if not depth:
        raise SourceRefused(f"{place}: {path}: entities in entities deeper than any have")
    counts: dict[str, int] = {}
    several = [prop for prop, _ in values]
    for prop, value in values:
        counts[prop] = counts.get(prop, 0) + 1
        step = f"{prop}[{counts[prop]}]" if several.count(prop) > 1 else prop
        here = f"{path}/{step}" if path else step
        nested = by_id.get(value) if prop in _REFERRING and isinstance(value, str) else None
        if nested is not None and nested.schema in REFERRED:
            fields.append((f"{here}/@id", nested.id))
            fields.append((f"{here}/@schema", nested.schema))
            fields.extend((f"{here}/@{field}", text) for field, text in _counted(nested.about))
            _flatten(nested.values, here, fields, {}, place, depth - 1)
        elif isinstance(value, dict):
            entity = _nested(value, f"{place}: {here}")
            fields.append((f"{here}/@id", entity.id))
            fields.append((f"{here}/@schema", entity.schema))
            fields.extend((f"{here}/@{field}", text) for field, text in _counted(entity.about))
            _flatten(entity.values, here, fields, by_id, place, depth - 1)
        else:
            fields.append((here, _text(value)))


def _nested(value: Mapping[str, object], place: str) -> Entity:
    """A nested entity; without an id it has none."""
    properties = value.get("properties")
    if not isinstance(value.get("schema"), str) or not isinstance(properties, dict):
        raise SourceRefused(f"{place}: is no entity: it needs a schema and properties")
    return _entity({**value, "id": value.get("id") or "-"}, place, "")
