"""From bytes to records: one per ``entry`` of the feed, every filled-in leaf of it verbatim. Experimental."""

import datetime as dt
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused
from tizim.sources.dates import iso_day
from tizim.sources.dating import placed
from tizim.sources.entries import refuse_empty
from tizim.sources.protocol import Hints
from tizim.sources.xml import Element, leaves, parse, tag_of
from tizim.text import one_line

SOURCE_ID: Final = "ca-terror"
LIST_ID: Final = "ca-cc"
ADDRESS: Final = "https://www.publicsafety.gc.ca/cnt/_xml/lstd-ntts-eng.xml"
_MAX_BYTES: Final = 16 * 1024 * 1024
_MAX_DEPTH: Final = 6


def read(data: bytes, name: str, hints: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document; anything less is `SourceRefused`."""
    root = parse(data, name, max_bytes=_MAX_BYTES)
    if tag_of(root) != "feed":
        raise SourceRefused(f"{name}: the root element is {tag_of(root)}, not feed: another document")
    keys: dict[str, str] = {}
    records = [_record(entry, name, keys) for entry in root if tag_of(entry) == "entry"]
    refuse_empty(records, name)
    date, instant, known = _dated(root, records, name, hints)
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=date,
        instant=instant,
        url=ADDRESS,
        media_type="application/atom+xml",
        title=f"Listed terrorist entities of Canada, {date} ({known}; experimental reader)",
        entries=len(records),
        complete=True,
    )
    return facts, records


def _dated(root: Element, records: list[Record], name: str, hints: Hints) -> tuple[dt.date, dt.datetime, str]:
    """The moment that the feed prints, else what is known of it besides."""
    printed = next((one_line(child.text or "") for child in root if tag_of(child) == "updated"), "")
    try:
        moment = dt.datetime.fromisoformat(printed)
    except ValueError:
        days = [day_of(value) for record in records for path, value in record.fields if path in _DAYS]
        newest = max((dt.date.fromisoformat(day) for day in days if day), default=None)
        return placed(hints, name, at_earliest=newest)
    instant = moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return moment.date(), instant, "as the feed prints"


_DAYS: Final = frozenset({"published", "updated"})


def day_of(printed: str) -> str:
    """The day of a moment such as ``2031-05-04T00:00:00-05:00``, in its own zone; empty if it is none."""
    text = one_line(printed)
    return iso_day(text[:10]) or "" if len(text) == 10 or text[10:11] in {"T", " "} else ""


def _record(entry: Element, name: str, keys: dict[str, str]) -> Record:
    """One entry. *keys* holds the ids met so far: one id, one entry."""
    fields: list[tuple[str, str]] = []
    place = f"line {entry.sourceline}, entry"
    try:
        leaves(entry, "", fields, _MAX_DEPTH)
    except SourceRefused as refused:
        raise SourceRefused(f"{name}: {place}: {refused}") from None
    key = one_line(dict(fields).get("id", ""))
    if not key:
        raise SourceRefused(f"{name}: {place}: has no id, so the entry has no identity")
    if key in keys:
        raise SourceRefused(f"{name}: {place}: has the id {key}, as has {keys[key]}")
    keys[key] = place
    return Record(place=f"entry[id={key}]", fields=tuple(fields))
