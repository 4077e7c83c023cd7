"""From bytes to records: one per ``record``, every filled-in element of it verbatim."""

import datetime as dt
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.dates import iso_day
from tizim.sources.dating import placed_after
from tizim.sources.entries import refuse_empty
from tizim.sources.protocol import Hints
from tizim.sources.xml import Element, leaves, parse, tag_of
from tizim.text import one_line

SOURCE_ID: Final = "ca-sema"
ADDRESS: Final = (
    "https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales"
    "/sanctions/sema-lmes.xml"
)
_ROOT: Final = "data-set"
_ENTRY: Final = "record"
_MAX_BYTES: Final = 32 * 1024 * 1024
_MAX_DEPTH: Final = 2
_REQUIRED: Final = ("Country", "Item", "Schedule")
_NAMES: Final = frozenset({"Entity", "EntityOrShip", "LastName", "GivenName"})
NEW_LAYOUT: Final = {
    "Entity": "EntityOrShip",
    "DateOfBirth": "DateOfBirthOrShipBuildDate",
    "Title": "TitleOrShip",
}
"""What an element of the old layout (2020) is called in the new one (2025)."""


def read(data: bytes, name: str, hints: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document; anything less is `SourceRefused`."""
    root = parse(data, name, max_bytes=_MAX_BYTES)
    if tag_of(root) != _ROOT:
        raise SourceRefused(f"{name}: the root element is {tag_of(root)}, not {_ROOT}: another document")
    records = [_record(element, number, name) for number, element in enumerate(root, start=1)]
    refuse_empty(records, name)
    _look_for_columns(records, name)
    days = [iso_day(value.strip()) for record in records for tag, value in record.fields if tag == "DateOfListing"]
    newest = max((dt.date.fromisoformat(day) for day in days if day), default=None)
    date, instant, known = placed_after(hints, name, newest)
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=date,
        instant=instant,
        url=ADDRESS,
        media_type="application/xml",
        title=f"Consolidated Canadian Autonomous Sanctions List, {date} ({known})",
        entries=len(records),
        complete=True,
    )
    return facts, records


def _record(element: Element, number: int, name: str) -> Record:
    place = f"line {element.sourceline}, {tag_of(element)}[{number}]"
    if tag_of(element) != _ENTRY:
        raise SourceRefused(f"{name}: {place}: stands where {_ENTRY} is expected")
    for text in (element.tail, element.text if len(element) else None):
        if text and text.strip():
            raise SourceRefused(f"{name}: {place}: text between elements: {one_line(text)[:40]!r}")
    fields: list[tuple[str, str]] = []
    try:
        leaves(element, "", fields, _MAX_DEPTH)
    except SourceRefused as refused:
        raise SourceRefused(f"{name}: {place}: {refused}") from None
    tags = {tag for tag, _ in fields}
    if "Country" not in tags or not tags & _NAMES:
        raise SourceRefused(f"{name}: {place}: has no Country or no name, so the entry has no identity")
    return Record(place=f"record[{number}]", fields=tuple(fields))


def _look_for_columns(records: list[Record], name: str) -> None:
    """Raise `SourceSuspicious` where no entry at all has what every document so far has."""
    tags = {tag for record in records for tag, _ in record.fields}
    missing = [tag for tag in _REQUIRED if tag not in tags]
    if not tags & {"Entity", "EntityOrShip"} or "LastName" not in tags:
        missing.append("Entity, EntityOrShip or LastName")
    if missing and len(records) > 1:
        raise SourceSuspicious(
            f"{name}: no {_ENTRY} has the element{'s' if len(missing) > 1 else ''} {', '.join(missing)}; "
            f"they have {', '.join(sorted(tags))}: the form of this list has changed"
        )
