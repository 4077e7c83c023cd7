"""Entities from files of the FollowTheMoney model, one JSON object a line; each file is a dataset of its own."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from tizim.errors import BadInput
from tizim.ftm import MODEL
from tizim.ftm.model import BASE
from tizim.screen.entities import Dataset, Entity, caption_of, is_target, second
from tizim.screen.snapshot import About, Snapshot
from tizim.text import one_line

WHOLE: Final = ("default", "all")
"""collections of everything, unless a file is called so"""


class EntityFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file, and the name of its dataset."""

    path: Path
    dataset: str


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """A line that could not be read as an entity."""

    path: Path
    line: int
    reason: str


class _Line(msgspec.Struct):
    schema: str
    id: str
    properties: dict[str, Any] = {}
    caption: str | None = None
    datasets: list[str] = []
    referents: list[str] = []
    first_seen: str | None = None
    last_seen: str | None = None
    last_change: str | None = None


def given(text: str) -> EntityFile:
    """A file from ``FILE=NAME``. Raises `BadInput` for what is not of this form."""
    path, equals, name = text.rpartition("=")
    if not equals or not path or not name:
        raise BadInput(f"--entities wants FILE=NAME, such as entities.ftm.json=my_list, not '{text}'")
    if not all(sign.isalnum() or sign in "_-" for sign in name):
        raise BadInput(f"--entities: a dataset is called by letters, digits, _ and -, not '{one_line(name)}'")
    return EntityFile(path=Path(path), dataset=name)


def datasets_of(files: Sequence[EntityFile]) -> list[Dataset]:
    """The datasets of *files*, and the collections of all. Raises `BadInput` if two files have the same name."""
    found: dict[str, Dataset] = {}
    for one in files:
        if one.dataset in found:
            raise BadInput(f"--entities: two files are called {one.dataset}")
        try:
            changed = dt.datetime.fromtimestamp(int(one.path.stat().st_mtime), dt.UTC)
        except OSError as error:
            raise BadInput(f"{one.path} cannot be read: {error.strerror or error}") from None
        found[one.dataset] = Dataset(
            name=one.dataset, title=one.dataset, version=f"{changed:%Y%m%d%H%M%S}", updated_at=changed
        )
    own = tuple(found)
    for name in WHOLE:
        if name not in found:
            found[name] = Dataset(name=name, title="All files", children=own)
    return list(found.values())


def entities(one: EntityFile, left_out: list[LeftOut]) -> Iterator[Entity]:
    """The entities of a file; of several with one id the last counts. Lines that are none go to *left_out*.

    Raises `BadInput` if the file cannot be read.
    """
    found: dict[str, Entity] = {}
    decode = msgspec.json.Decoder(_Line).decode
    try:
        with one.path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    entity = _entity(decode(line), one.dataset)
                except (msgspec.DecodeError, BadInput) as error:
                    left_out.append(LeftOut(path=one.path, line=number, reason=str(error)))
                    continue
                found.pop(entity.id, None)
                found[entity.id] = entity
    except OSError as error:
        raise BadInput(f"{one.path} cannot be read: {error.strerror or error}") from None
    yield from found.values()


def _entity(line: _Line, dataset: str) -> Entity:
    schema = MODEL.get(line.schema)
    if schema is None:
        raise BadInput(f"no schema '{one_line(line.schema)}'")
    if not line.id:
        raise BadInput("no id")
    properties: dict[str, list[str]] = {}
    for name, values in line.properties.items():
        if name in schema.properties and not schema.properties[name].stub:
            texts = _texts(values)
            if texts:
                properties[name] = texts
    return Entity(
        id=line.id, caption=line.caption or caption_of(schema, properties), schema=schema.name, properties=properties,
        datasets=[dataset], referents=list(dict.fromkeys(one for one in line.referents if one != line.id)),
        target=is_target(properties), first_seen=second(line.first_seen), last_seen=second(line.last_seen),
        last_change=second(line.last_change),
    )  # fmt: skip


def _texts(values: object) -> list[str]:
    """Values of a property; of an entity that stands inside, its id."""
    every = values if isinstance(values, list) else [values]
    found: dict[str, None] = {}
    for value in every:
        if isinstance(value, str):
            found[value] = None
        elif isinstance(value, Mapping) and isinstance(value.get("id"), str):
            found[value["id"]] = None
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found[str(value)] = None
    return [value for value in found if value]


def version_of(files: Sequence[EntityFile]) -> str:
    """Names the data in *files*: it is another one as soon as a file was written to. Raises `BadInput`."""
    digest = hashlib.sha256()
    newest = 0
    for one in files:
        try:
            told = one.path.stat()
        except OSError as error:
            raise BadInput(f"{one.path} cannot be read: {error.strerror or error}") from None
        newest = max(newest, int(told.st_mtime))
        digest.update(f"{one.dataset}\0{one.path.resolve()}\0{told.st_size}\0{told.st_mtime_ns}\n".encode())
    return f"{dt.datetime.fromtimestamp(newest, dt.UTC):%Y%m%d%H%M%S}-{digest.hexdigest()[:8]}"


def snapshot(files: Sequence[EntityFile], made: dt.datetime, left_out: list[LeftOut]) -> Snapshot:
    """A snapshot of the entities in *files*. Raises `BadInput` for a file that cannot be read."""
    version = version_of(files)
    counted: dict[str, int] = {one.dataset: 0 for one in files}

    def every() -> Iterator[Entity]:
        for one in files:
            for entity in entities(one, left_out):
                counted[one.dataset] += MODEL.schemata[entity.schema].is_a(BASE)
                yield entity

    found = list(every())
    datasets = tuple(
        msgspec.structs.replace(one, version=version, entities=counted.get(one.name, 0)) for one in datasets_of(files)
    )
    return Snapshot.build(About(version=version, made=made.isoformat(), datasets=datasets), found)
