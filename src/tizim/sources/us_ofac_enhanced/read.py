"""From bytes to records: one per entity, every filled-in leaf of it verbatim."""

import datetime as dt
import io
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

import msgspec

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.us_ofac_enhanced.parts import CONSOLIDATED, SDN, URLS
from tizim.sources.xml import Element, leaves, parse, tag_of
from tizim.text import one_line

SOURCE_ID: Final = "us-ofac-enhanced-xml"
_ROOT: Final = "sanctionsData"
_SECTIONS: Final = ("publicationInfo", "referenceValues", "featureTypes", "entities")
_MAX_BYTES: Final = 192 * 1024 * 1024
"""The largest document held has 3.4 MB for 443 entities: the whole SDN list must come to about 120."""
_MAX_ZIP: Final = 32 * 1024 * 1024
"""XML of this kind is packed to a sixteenth."""
_MAX_MARKS: Final = 8_000_000
"""300 tags and attributes an entity, which makes five millions for the whole SDN list."""
_MAX_DEPTH: Final = 10
"""A part of a name in one script lies seven levels below its entity, deeper than anything else."""
_ZIP: Final = b"PK\x03\x04"
_NUMBER: Final = re.compile(r"[1-9]\d{0,9}")


class _About(msgspec.Struct, frozen=True, kw_only=True):
    """What a document says of itself."""

    date: dt.date
    instant: dt.datetime
    part: str
    title: str


class _Codes(msgspec.Struct, frozen=True, kw_only=True):
    """The words that a document's codes stand for."""

    values: dict[str, str]
    features: dict[str, str]


def read(data: bytes, name: str) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document, plain or as the one member of a ZIP.

    Anything less is `SourceRefused`; a document of another form than all before it, `SourceSuspicious`.
    """
    zipped = data.startswith(_ZIP)
    root = parse(_unzipped(data, name) if zipped else data, name, max_bytes=_MAX_BYTES, max_marks=_MAX_MARKS)
    if tag_of(root) != _ROOT:
        raise SourceRefused(f"{name}: the root element is {tag_of(root)}, not {_ROOT}: another document")
    sections = _sections(root, name)
    about = _about(sections["publicationInfo"], name)
    codes = _Codes(
        values=_words(sections["referenceValues"], "refId", "value"),
        features=_words(sections["featureTypes"], "featureTypeId", "type"),
    )
    records = list(_records(sections["entities"], name, about.part, codes))
    if not records:
        raise SourceRefused(f"{name}: no entities; an empty list is a failed export, not a delisting of all")
    facts = DocumentFacts.of(
        data,
        source=f"{SOURCE_ID}/{about.part}",
        date=about.date,
        instant=about.instant,
        url=URLS[about.part],
        media_type="application/zip" if zipped else "application/xml",
        title=about.title,
        entries=len(records),
        complete=about.part != "search",
    )
    return facts, records


def _unzipped(data: bytes, name: str) -> bytes:
    """The one member of a ZIP, read no further than a document may be long, whatever the ZIP says of it."""
    if len(data) > _MAX_ZIP:
        raise SourceRefused(f"{name}: {len(data):,} bytes, more than the {_MAX_ZIP:,} a ZIP of this source may have")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) != 1 or not members[0].filename.lower().endswith(".xml"):
                named = ", ".join(one_line(member.filename)[:40] for member in members[:3])
                raise SourceRefused(
                    f"{name}: a ZIP with {len(members)} members ({named}), where one document in XML is expected"
                )
            if members[0].compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                # other kinds may ask for more memory than the document has
                raise SourceRefused(f"{name}: its member is packed in another way than a ZIP's usual one")
            with archive.open(members[0]) as member:
                text = member.read(_MAX_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError) as error:
        raise SourceRefused(f"{name}: the ZIP is damaged, cut off or locked: {one_line(str(error))[:80]}") from None
    if len(text) > _MAX_BYTES:
        raise SourceRefused(f"{name}: its member has more than the {_MAX_BYTES:,} bytes this source may have")
    return text


def _sections(root: Element, name: str) -> dict[str, Element]:
    """The four sections by their names, once each, and nothing else: an unknown one may hold entries."""
    _refuse_loose_text(root, name)
    found: dict[str, Element] = {}
    for child in root:
        tag = tag_of(child)
        if tag not in _SECTIONS:
            raise SourceSuspicious(f"{name}: {_ROOT}/{tag} is not a section that this document is known to have")
        if tag in found:
            raise SourceRefused(f"{name}: line {child.sourceline}: a second {_ROOT}/{tag}")
        found[tag] = child
    for tag in _SECTIONS:
        if tag not in found:
            raise SourceSuspicious(f"{name}: {_ROOT} has no {tag}: its form has changed, or it was cut")
    return found


def _about(element: Element, name: str) -> _About:
    """When the document stood, and what it is limited to."""
    printed = next((one_line(child.text or "") for child in element if tag_of(child) == "dataAsOf"), "")
    if not printed:
        raise SourceSuspicious(f"{name}: publicationInfo has no dataAsOf, so it cannot be placed in time")
    try:
        moment = dt.datetime.fromisoformat(printed)
        # The zone is Washington's where one is printed; the daily files print a midnight without one.
        instant = moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        raise SourceRefused(f"{name}: publicationInfo/dataAsOf {printed!r} is not a date and time") from None
    filters = next((child for child in element if tag_of(child) == "filters"), None)
    if filters is None:
        raise SourceSuspicious(f"{name}: publicationInfo has no filters, so nobody can say whether it is complete")
    part, title = _part(filters)
    return _About(date=moment.date(), instant=instant, part=part, title=f"{title}, as of {moment.date()}")


def _part(filters: Element) -> tuple[str, str]:
    """The line of documents by what the export was limited to, and the beginning of its title."""
    limits = {tag_of(kind): [one_line("".join(one.itertext())) for one in kind] for kind in filters}
    lists = limits.pop("sanctionsLists", [])
    if not limits:
        if lists == [CONSOLIDATED]:
            return "cons", "OFAC consolidated non-SDN lists (enhanced XML)"
        if lists == [SDN]:
            return "sdn", "OFAC Specially Designated Nationals list (enhanced XML)"
    told = [f"{_LIMITS.get(kind, kind)} {', '.join(values)}" for kind, values in limits.items()]
    limit = "; ".join(told) or f"lists {', '.join(lists)}"
    return "search", f"OFAC lists (enhanced XML), search export limited to {limit[:200]}"


_LIMITS: Final = {"sanctionsPrograms": "programme", "sanctionsTypes": "sanctions type", "entityTypes": "type"}
_REQUIRED: Final = {"cons": CONSOLIDATED, "sdn": SDN}


def _words(section: Element, code: str, word: str) -> dict[str, str]:
    """The printed words of a section's codes."""
    found = {}
    for one in section:
        said = next((child.text for child in one if tag_of(child) == word), None)
        found[one.get(code) or ""] = one_line(said or "")
    found.pop("", None)
    return found


def _records(section: Element, name: str, part: str, codes: _Codes) -> Iterator[Record]:
    """The entities, each number once; the tree of each is let go when it has been read."""
    _refuse_loose_text(section, name)
    places: dict[str, str] = {}
    for number, element in enumerate(section, start=1):
        place = f"line {element.sourceline}, entities/{tag_of(element)}[{number}]"
        if tag_of(element) != "entity":
            raise SourceRefused(f"{name}: {place}: stands where entity is expected")
        key = (element.get("id") or "").strip()
        if not _NUMBER.fullmatch(key):
            raise SourceRefused(f"{name}: {place}: its id {key!r} is not a number of OFAC's")
        if key in places:
            raise SourceRefused(f"{name}: {place}: has the id {key}, as has {places[key]}")
        places[key] = place
        _check(element, f"{name}: {place}", part, codes)
        fields: list[tuple[str, str]] = []
        try:
            leaves(element, "", fields, _MAX_DEPTH)
        except SourceRefused as refused:
            raise SourceRefused(f"{name}: {place}: {refused}") from None
        # Entities have their paths in common: one string of each is kept.
        yield Record(place=f"entity[{key}]", fields=tuple((sys.intern(path), value) for path, value in fields))
        element.clear(keep_tail=True)


def _check(entity: Element, place: str, part: str, codes: _Codes) -> None:
    """Whether each word is the one its code stands for, and the entity is on the list that this is a copy of."""
    required = _REQUIRED.get(part)
    for element in entity.iter():
        code, words = element.get("refId"), codes.values
        if code is None:
            code, words = element.get("featureTypeId"), codes.features
        if code is None:
            continue
        word = one_line(element.text or "")
        if words.get(code, word) != word:
            raise SourceSuspicious(
                f"{place}: line {element.sourceline}: {tag_of(element)} {word[:40]!r} has the code {code}, "
                f"which stands for {words[code][:40]!r}"
            )
        if word == required and tag_of(element) == "sanctionsList":
            required = None
    if required:
        raise SourceSuspicious(f"{place}: is not on the {required}, to which the document says it is limited")


def _refuse_loose_text(element: Element, name: str) -> None:
    """Text where only elements stand is a sign that the export broke off or was edited by hand."""
    for text in (element.text, *(child.tail for child in element)):
        if text and text.strip():
            place = f"line {element.sourceline}, {tag_of(element)}"
            raise SourceRefused(f"{name}: {place}: text between elements: {one_line(text)[:40]!r}")
