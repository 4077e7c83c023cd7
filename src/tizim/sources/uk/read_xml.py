"""From bytes to records: the UK Sanctions List as XML. Experimental: by notes on its form, no file of it is held."""

import datetime as dt
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused
from tizim.sources import dates
from tizim.sources.dating import midnight, placed
from tizim.sources.entries import refuse_empty
from tizim.sources.protocol import Hints
from tizim.sources.xml import Element, leaves, parse, tag_of
from tizim.text import one_line

SOURCE_ID: Final = "uk-sanctions-list"
ADDRESS: Final = "https://www.gov.uk/government/publications/the-uk-sanctions-list"
UNIQUE_ID: Final = "UniqueID"
_ROOT, _ENTRY = "Designations", "Designation"
_GENERATED: Final = ("DateGenerated", "ReportDate")
_MAX_BYTES: Final = 128 * 1024 * 1024
_MAX_MARKS: Final = 6_000_000
_MAX_DEPTH: Final = 8


def day_of(printed: str) -> str | None:
    """The ISO date of ``18/02/2021`` or ``2021-02-18T00:00:00``; letters stand for what is not known."""
    said = one_line(printed).partition("T")[0]
    for letters in ("dd", "mm", "yyyy"):
        said = said.replace(letters, "0" * len(letters)).replace(letters.upper(), "0" * len(letters))
    return dates.numeric(said, "dmy") or dates.iso_day(said) or dates.iso_years(said)


def read(data: bytes, name: str, hints: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document; anything less is `SourceRefused`."""
    root = parse(data, name, max_bytes=_MAX_BYTES, max_marks=_MAX_MARKS)
    if tag_of(root) != _ROOT:
        raise SourceRefused(f"{name}: the root element is {tag_of(root)}, not {_ROOT}: another document")
    printed = next((value for tag in _GENERATED if (value := root.get(tag))), "")
    records: list[Record] = []
    places: dict[str, str] = {}
    days: list[str] = []
    for element in root:
        tag = tag_of(element)
        if tag in _GENERATED:
            printed = printed or element.text or ""
            continue
        if tag != _ENTRY:
            raise SourceRefused(f"{name}: {_ROOT}/{tag} is no part that this list is known to have")
        record = _record(element, name, places)
        days += [day for path, value in record.fields if path.endswith("LastUpdated") and (day := day_of(value))]
        records.append(record)
    refuse_empty(records, name)
    date, instant, how = _placed(printed, days, name, hints)
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=date,
        instant=instant,
        url=ADDRESS,
        media_type="application/xml",
        title=f"UK Sanctions List (XML, experimental), {how} {date}",
        entries=len(records),
        complete=True,
    )
    return facts, records


def _record(element: Element, name: str, places: dict[str, str]) -> Record:
    """One entry. *places* holds the ids met so far: one id, one entry."""
    found = [child for child in element if tag_of(child) == UNIQUE_ID]
    key = one_line(found[0].text or "") if len(found) == 1 else ""
    place = f"line {element.sourceline}, {_ENTRY}"
    if not key:
        raise SourceRefused(f"{name}: {place}: has not one {UNIQUE_ID}, so the entry has no identity")
    if key in places:
        raise SourceRefused(f"{name}: {place}: has the {UNIQUE_ID} {key}, as has {places[key]}")
    places[key] = place
    fields: list[tuple[str, str]] = []
    try:
        leaves(element, "", fields, _MAX_DEPTH)
    except SourceRefused as refused:
        raise SourceRefused(f"{name}: {place}: {refused}") from None
    return Record(place=f"{_ENTRY}[{UNIQUE_ID}={key}]", fields=tuple(fields))


def _placed(printed: str, days: list[str], name: str, hints: Hints) -> tuple[dt.date, dt.datetime, str]:
    day = day_of(printed) if printed.strip() else None
    if printed.strip() and (day is None or len(day) != 10):
        raise SourceRefused(f"{name}: the day of its making is no day: {one_line(printed)[:40]!r}")
    if day:
        found = dt.date.fromisoformat(day)
        return found, midnight(found), "generated"
    newest = max((day for day in days if len(day) == 10), default="")
    return placed(hints, name, at_earliest=dt.date.fromisoformat(newest) if newest else None)
