"""From bytes to records: the file of the form 1.0 (``WHOLE``), in use in 2016, one record per entity."""

import datetime as dt
import re
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused
from tizim.sources import dates
from tizim.sources.dating import midnight
from tizim.sources.entries import refuse_empty
from tizim.sources.protocol import Hints
from tizim.sources.xml import Element, leaves, parse, tag_of
from tizim.text import one_line

SOURCE_ID: Final = "eu-fsf-old-xml"
ADDRESS: Final = "http://ec.europa.eu/external_relations/cfsp/sanctions/list/version4/global/global.xml"
_ROOT, _ENTRY, _KEY = "WHOLE", "ENTITY", "Id"
_MAX_DEPTH: Final = 4
REMARK: Final = "COMMENT"
"""the element that a remark in an XML comment becomes"""
_COMMENT: Final = b"<!-- Comment:"
_BARE_AMPERSAND: Final = re.compile(rb"&(?!(?:amp|lt|gt|apos|quot|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")


def read(data: bytes, name: str, _: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document; anything less is `SourceRefused`."""
    root = parse(with_remarks(data), name)
    if tag_of(root) != _ROOT:
        raise SourceRefused(f"{name}: the root element is {tag_of(root)}, not {_ROOT}: another document")
    printed = root.get("Date", "")
    day = dates.numeric(printed, "dmy")
    if day is None or len(day) != 10:
        raise SourceRefused(f"{name}: {_ROOT}/@Date {printed[:40]!r} is not a day, so it cannot be placed in time")
    date = dt.date.fromisoformat(day)
    records = records_of(root, name, entry=_ENTRY, key=_KEY, depth=_MAX_DEPTH)
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=date,
        instant=midnight(date),
        url=ADDRESS,
        media_type="application/xml",
        title=f"European Union consolidated list of financial sanctions (XML 1.0), {date}",
        entries=len(records),
        complete=True,
    )
    return facts, records


def with_remarks(data: bytes) -> bytes:
    """The document with each of its XML comments that says something of an entity made an element of it.

    This file writes remarks so: ``<!-- Comment: between 1963 and 1968 -->``. Nothing else is changed, and a
    comment that does not end is left as it is, for the parser to refuse.
    """
    parts: list[bytes] = []
    at = 0
    while (start := data.find(_COMMENT, at)) >= 0 and (end := data.find(b"-->", start)) >= 0:
        said = data[start + len(_COMMENT) : end].replace(b"<", b"&lt;")
        said = _BARE_AMPERSAND.sub(b"&amp;", said)
        parts += [data[at:start], b"<", REMARK.encode(), b">", said, b"</", REMARK.encode(), b">"]
        at = end + 3
    return b"".join([*parts, data[at:]])


def records_of(root: Element, name: str, *, entry: str, key: str, depth: int) -> list[Record]:
    """A record of each *entry* below *root*, known by its attribute *key*; both forms of the file are built so."""
    records: list[Record] = []
    places: dict[str, str] = {}
    for element in root:
        place = f"line {element.sourceline}, {tag_of(element)}"
        if tag_of(element) != entry:
            raise SourceRefused(f"{name}: {place}: stands where {entry} is expected")
        for text in (element.tail, root.text):
            if text and text.strip():
                raise SourceRefused(f"{name}: {place}: text between elements: {one_line(text)[:40]!r}")
        number = element.get(key, "").strip()
        if not number:
            raise SourceRefused(f"{name}: {place}: has no {key}, so the entry has no identity")
        if number in places:
            raise SourceRefused(f"{name}: {place}: has the {key} {number}, as has {places[number]}")
        places[number] = place
        fields: list[tuple[str, str]] = []
        try:
            leaves(element, "", fields, depth)
        except SourceRefused as refused:
            raise SourceRefused(f"{name}: {place}: {refused}") from None
        records.append(Record(place=f"{entry}[{key}={number}]", fields=tuple(fields)))
    refuse_empty(records, name)
    return records
