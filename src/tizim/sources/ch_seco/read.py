"""From bytes to records: one per target, with what it refers to elsewhere in the document."""

import datetime as dt
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.dates import iso_day
from tizim.sources.dating import midnight
from tizim.sources.entries import refuse_empty
from tizim.sources.xml import Element, leaves, parse, tag_of

SOURCE_ID: Final = "ch-seco"
PAGE: Final = "https://www.sesam.search.admin.ch/sesam-search-web/pages/search.xhtml"
"""the search of the list, whose page links the whole of it"""
SET: Final = "sanctions-set-id"
PLACE: Final = "place#"
"""begins the field of a place that the target names by its id: ``place#77/country``"""
PROGRAMME: Final = "sanctions-set#"
"""begins the field of a set of sanctions and its programme, named by the set's id: ``sanctions-set#9/program-key``"""
_ROOT: Final = "swiss-sanctions-list"
_WHOLE: Final = "full-list"
_KNOWN: Final = frozenset({"sanctions-program", "target", "place"})
_MAX_BYTES: Final = 256 * 1024 * 1024
_MAX_MARKS: Final = 6_000_000
_MAX_DEPTH: Final = 10


def read(data: bytes, name: str) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document; anything less is `SourceRefused`.

    Raises `SourceSuspicious` where it holds elements of an unknown kind: they may be entries.
    """
    root = parse(data, name, max_bytes=_MAX_BYTES, max_marks=_MAX_MARKS)
    if tag_of(root) != _ROOT:
        raise SourceRefused(f"{name}: the root element is {tag_of(root)}, not {_ROOT}: another document")
    day = iso_day((root.get("date") or "").strip())
    if day is None:
        raise SourceRefused(f"{name}: {_ROOT} has no date, so it cannot be placed in time")
    date = dt.date.fromisoformat(day)
    unknown = sorted({tag_of(child) for child in root} - _KNOWN)
    if unknown:
        raise SourceSuspicious(f"{name}: holds elements {', '.join(unknown)}: the form of this list has changed")
    elsewhere = {f"{PLACE}{child.get('ssid')}": child for child in root if tag_of(child) == "place"}
    fields_of = {key: _fields(element, key, name) for key, element in elsewhere.items()} | _sets(root, name)
    records = _records(root, name, fields_of)
    refuse_empty(records, name)
    complete = (root.get("list-type") or "").strip() == _WHOLE
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=date,
        instant=midnight(date),
        url=PAGE,
        media_type="application/xml",
        title=f"Swiss consolidated list of sanctions ({'whole' if complete else 'in part'}), {date}, experimental",
        entries=len(records),
        complete=complete,
    )
    return facts, records


def _fields(element: Element, path: str, name: str) -> tuple[tuple[str, str], ...]:
    fields: list[tuple[str, str]] = []
    try:
        leaves(element, path, fields, _MAX_DEPTH)
    except SourceRefused as refused:
        raise SourceRefused(f"{name}: line {element.sourceline}, {tag_of(element)}: {refused}") from None
    return tuple(fields)


def _sets(root: Element, name: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Each set of sanctions with the names of its programme: a target names nothing but the set's number.

    Of names in several languages the English ones are taken, where there are any.
    """
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for programme in root.iterchildren("{*}sanctions-program"):
        of_programme = [line for tag in _OF_PROGRAMME for line in _named(programme, tag, name)]
        for ssid in dict.fromkeys(made.get("ssid") or "" for made in programme if tag_of(made) == _SET_NAME):
            key = f"{PROGRAMME}{ssid}"
            of_set = _named(programme, _SET_NAME, name, ssid=ssid)
            found[key] = tuple((f"{key}/{path}", value) for path, value in (*of_set, *of_programme))
    return found


_SET_NAME: Final = "sanctions-set"
_OF_PROGRAMME: Final = ("program-name", "program-key", "origin")


def _named(programme: Element, tag: str, name: str, *, ssid: str = "") -> list[tuple[str, str]]:
    """The texts of the elements called *tag*, in English if there are such, with the tag as their path."""
    elements = [child for child in programme if tag_of(child) == tag and (not ssid or child.get("ssid") == ssid)]
    english = [child for child in elements if (child.get("lang") or "").startswith("en")]
    lines = [_fields(child, tag, name) for child in english or elements[:1]]
    return [(path, value) for fields in lines for path, value in fields if path == tag]


def _records(root: Element, name: str, fields_of: dict[str, tuple[tuple[str, str], ...]]) -> list[Record]:
    records: list[Record] = []
    places: dict[str, str] = {}
    for target in root:
        if tag_of(target) != "target":
            continue
        where = f"{name}: line {target.sourceline}, target"
        ssid = (target.get("ssid") or "").strip()
        if not ssid:
            raise SourceRefused(f"{where}: has no ssid, so the entry has no identity")
        if ssid in places:
            raise SourceRefused(f"{where}: has the ssid {ssid}, as has {places[ssid]}")
        places[ssid] = f"line {target.sourceline}"
        own = _fields(target, "", name)
        named: list[tuple[str, str]] = []
        for path, value in own:
            last = path.rpartition("/")[2].partition("[")[0].lstrip("@")
            if last == "place-id":
                named += fields_of.get(f"{PLACE}{value.strip()}", ())
            elif last == SET:
                named += fields_of.get(f"{PROGRAMME}{value.strip()}", ())
        records.append(Record(place=f"target[ssid={ssid}]", fields=(*own, *dict.fromkeys(named))))
    return records
