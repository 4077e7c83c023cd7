"""From bytes to records: one per entry of the register, every value of it verbatim by its path."""

import datetime as dt
import json
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.dating import midnight

SOURCE_ID: Final = "fr-gels"
ADDRESS: Final = "https://gels-avoirs.dgtresor.gouv.fr/ApiPublic/api/v1/publication/derniere-publication-fichier-json"
_ROOT, _DATE, _ENTRIES, ID = "Publications", "DatePublication", "PublicationDetail", "IdRegistre"
_MAX_BYTES: Final = 128 * 1024 * 1024
_MAX_DEPTH: Final = 8


def read(data: bytes, name: str) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document; anything less is `SourceRefused`.

    Raises `SourceSuspicious` where the publication or its entries are not where they have been.
    """
    publication = _publication(data, name)
    date, instant = _published(publication.get(_DATE), name)
    entries = publication.get(_ENTRIES)
    if not isinstance(entries, list):
        raise SourceSuspicious(f"{name}: {_ROOT} has no list {_ENTRIES}: the form of this list has changed")
    others = sorted(set(publication) - {_DATE, _ENTRIES})
    if any(isinstance(publication[other], list) for other in others):
        raise SourceSuspicious(f"{name}: {_ROOT} has other lists ({', '.join(others)}): the form has changed")
    if not entries:
        raise SourceRefused(f"{name}: no entries; an empty list is a failed export, not the end of all freezes")
    records: list[Record] = []
    places: dict[str, int] = {}
    for number, entry in enumerate(entries, start=1):
        where = f"{name}: {_ENTRIES}[{number}]"
        if not isinstance(entry, dict):
            raise SourceRefused(f"{where}: is no entry")
        fields: list[tuple[str, str]] = []
        _walk(entry, "", fields, where, _MAX_DEPTH)
        key = dict(fields).get(ID, "").strip()
        if not key:
            raise SourceRefused(f"{where}: has no {ID}, so the entry has no identity")
        if key in places:
            raise SourceRefused(f"{where}: has the {ID} {key}, as has {_ENTRIES}[{places[key]}]")
        places[key] = number
        records.append(Record(place=f"{_ENTRIES}[{ID}={key}]", fields=tuple(fields)))
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=date,
        instant=instant,
        url=ADDRESS,
        media_type="application/json",
        title=f"French register of asset freezes, published {date}, experimental",
        entries=len(records),
        complete=True,
    )
    return facts, records


def _publication(data: bytes, name: str) -> dict[str, object]:
    """The one publication of a document. Two keys of one name in an object refuse it: one would be lost."""
    if not data.strip():
        raise SourceRefused(f"{name}: the file is empty ({len(data)} bytes)")
    if len(data) > _MAX_BYTES:
        raise SourceRefused(f"{name}: {len(data):,} bytes, more than the {_MAX_BYTES:,} this source may have")
    if data.lstrip()[:1] == b"<":
        raise SourceRefused(f"{name}: this is a page of HTML or XML, not JSON")
    try:
        root = json.loads(data, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise SourceRefused(f"{name}: not whole JSON: {error}") from None
    publication = root.get(_ROOT) if isinstance(root, dict) else None
    if not isinstance(publication, dict):
        raise SourceSuspicious(f"{name}: has no {_ROOT}: another document, or the form of this list has changed")
    return publication


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("an object has one key twice")
    return made


def _published(printed: object, name: str) -> tuple[dt.date, dt.datetime]:
    """The day that the publication prints, and its moment; one without a zone is taken as UTC."""
    try:
        moment = dt.datetime.fromisoformat(printed.strip() if isinstance(printed, str) else "")
        instant = moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        raise SourceRefused(
            f"{name}: {_DATE} {str(printed)[:40]!r} is not a date, so it has no place in time"
        ) from None
    return moment.date(), instant if moment.time() != dt.time() else midnight(moment.date())


def _walk(value: object, path: str, fields: list[tuple[str, str]], where: str, depth: int) -> None:
    """Add every value below to *fields*, by its path; those of a list are counted: ``Valeur[2]/Alias``."""
    if not depth:
        raise SourceRefused(f"{where}: {path}: values in values deeper than any entry of this list")
    if isinstance(value, dict):
        for key, inner in value.items():
            _walk(inner, f"{path}/{key}" if path else key, fields, where, depth - 1)
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            _walk(inner, f"{path}[{number}]", fields, where, depth - 1)
    elif value is not None and (text := _text(value)).strip():
        fields.append((path, text))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
