"""From the bytes of a legacy XML (``sdnList``) to records: one per entry, every filled-in leaf verbatim."""

import datetime as dt
from collections.abc import Callable
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused
from tizim.sources.dates import numeric
from tizim.sources.dating import midnight
from tizim.sources.us_ofac.lists import Roster, refuse_other
from tizim.sources.xml import Element, leaves, parse, tag_of
from tizim.text import one_line

_ROOT: Final = "sdnList"
_PUBLISHED: Final = "publshInformation"
"""So spelt by the publisher."""
_ENTRY: Final = "sdnEntry"
_NAMESPACES: Final = frozenset({
    "http://tempuri.org/sdnList.xsd",
    "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML",
})  # fmt: skip
_MAX_BYTES: Final = 96 * 1024 * 1024
"""Three times the SDN list of 2025."""
_MAX_MARKS: Final = 5_000_000
"""Twice those of the SDN list of 2025, reckoned from those per entry of the non-SDN lists."""
_MAX_DEPTH: Final = 4
"""No element of an entry lies deeper than two levels."""

XmlReader = Callable[[bytes, str], tuple[DocumentFacts, list[Record]]]


def xml_reader(roster: Roster, *, experimental: bool) -> XmlReader:
    """The function that reads the legacy XML of a list."""

    def read(data: bytes, name: str) -> tuple[DocumentFacts, list[Record]]:
        root = parse(data, name, max_bytes=_MAX_BYTES, max_marks=_MAX_MARKS)
        _look(root, name)
        day, count = _published(root, name)
        entries = [element for element in root if tag_of(element) == _ENTRY]
        if len(entries) != count:
            raise SourceRefused(f"{name}: has {len(entries)} entries, but its Record_Count says {count}: not whole")
        refuse_other(roster, ((_place(entry), _programmes(entry)) for entry in entries), name)
        places: dict[str, int] = {}
        records = [_record(entry, name, places) for entry in entries]
        facts = DocumentFacts.of(
            data,
            source=roster.xml_id,
            date=day,
            instant=midnight(day),
            url=roster.xml_url,
            media_type="application/xml",
            title=f"OFAC {roster.name} (XML{', experimental' if experimental else ''}), published {day}",
            entries=len(records),
            complete=True,
        )
        return facts, records

    return read


def _look(root: Element, name: str) -> None:
    """`SourceRefused` for another document, with what it is where that is known."""
    tag = tag_of(root)
    if tag == "sanctionsData":
        raise SourceRefused(f"{name}: this is OFAC's enhanced XML: give it to us-ofac-enhanced-xml")
    if tag == "Sanctions":
        raise SourceRefused(f"{name}: this is OFAC's advanced XML, another form of its lists, not sdnList")
    if tag != _ROOT:
        raise SourceRefused(f"{name}: the root element is {tag}, not {_ROOT}: another document")
    for child in root:
        if tag_of(child) not in {_PUBLISHED, _ENTRY}:
            place = f"line {child.sourceline}, {_ROOT}/{tag_of(child)}"
            raise SourceRefused(f"{name}: {place}: is not a part that this list is known to have")
    for text in (root.text, *(child.tail for child in root)):
        if text and text.strip():
            raise SourceRefused(f"{name}: text between entries: {one_line(text)[:40]!r}")


def _published(root: Element, name: str) -> tuple[dt.date, int]:
    """The day it was published and the number of its entries, as it says."""
    found = [child for child in root if tag_of(child) == _PUBLISHED]
    if len(found) != 1:
        raise SourceRefused(f"{name}: has {len(found)} elements {_PUBLISHED}, expected one")
    said = {tag_of(child): one_line(child.text or "") for child in found[0]}
    date, count = said.get("Publish_Date", ""), said.get("Record_Count", "")
    day = numeric(date, "mdy")
    if day is None or len(day) != len("2024-01-01"):
        raise SourceRefused(f"{name}: {_PUBLISHED}/Publish_Date {date!r} is not a day (month first)")
    if not count.isascii() or not count.isdigit():
        raise SourceRefused(f"{name}: {_PUBLISHED}/Record_Count {count!r} is not a number")
    if not int(count):
        raise SourceRefused(f"{name}: no entries; an empty list is a failed export, not a delisting of all")
    return dt.date.fromisoformat(day), int(count)


def _record(entry: Element, name: str, places: dict[str, int]) -> Record:
    """The record of an entry. *places* holds the numbers met so far and where: one number, one entry."""
    uid = _text(entry, "uid")
    if not uid:
        raise SourceRefused(f"{name}: {_place(entry)}: has no uid")
    if uid in places:
        raise SourceRefused(f"{name}: {_place(entry)}: has the uid {uid}, as has the one at line {places[uid]}")
    places[uid] = entry.sourceline or 0
    fields: list[tuple[str, str]] = []
    try:
        leaves(entry, "", fields, _MAX_DEPTH)
    except SourceRefused as refused:
        raise SourceRefused(f"{name}: {_place(entry)}: {refused}") from None
    return Record(place=f"uid {uid}", fields=tuple(fields))


def _place(entry: Element) -> str:
    return f"line {entry.sourceline}, {_ENTRY}[uid={_text(entry, 'uid')}]"


def _text(entry: Element, tag: str) -> str:
    return next((one_line(child.text or "") for child in entry if tag_of(child) == tag), "")


def _programmes(entry: Element) -> list[str]:
    return [one_line(code.text or "") for part in entry if tag_of(part) == "programList" for code in part]
