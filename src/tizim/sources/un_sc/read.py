"""From bytes to records: one per entry, every filled-in leaf of it verbatim."""

import datetime as dt
from typing import Final

import msgspec

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.lists import ListId
from tizim.errors import SourceRefused
from tizim.sources.entries import refuse_empty
from tizim.sources.un_sc.fetch import ADDRESS
from tizim.sources.un_sc.references import reference_key, regime_of_entry
from tizim.sources.xml import Element, leaves, parse, tag_of
from tizim.text import one_line

SOURCE_ID: Final = "un-sc"
REFERENCE: Final = "REFERENCE_NUMBER"
REGIME: Final = "UN_LIST_TYPE"
REQUIRED: Final = (REGIME, "FIRST_NAME", "LISTED_ON")
"""Every entry of every document held has them."""
_ROOT: Final = "CONSOLIDATED_LIST"
_SECTIONS: Final = {"INDIVIDUALS": "INDIVIDUAL", "ENTITIES": "ENTITY"}
_MAX_BYTES: Final = 32 * 1024 * 1024
"""Twenty times the largest document held."""
_MAX_MARKS: Final = 500_000
"""Six times those of the fullest document held."""
_MAX_DEPTH: Final = 6
"""No element of an entry lies deeper than three levels."""


_COMMITTEE: Final = 10
"""Entries of one regime, all of them, from which a document is a committee's: the smallest one held has 11."""


class Whole(msgspec.Struct, frozen=True, kw_only=True):
    """A whole document of this form, whichever entries it was made of."""

    data: bytes
    date: dt.date
    instant: dt.datetime
    records: list[Record]
    regimes: frozenset[ListId | None]
    """the official lists of its entries; ``None`` among them where an entry names none that is known"""

    def facts(self, *, source: str, url: str, title: str) -> DocumentFacts:
        """Its facts as a document of the line *source*."""
        return DocumentFacts.of(
            self.data,
            source=source,
            date=self.date,
            instant=self.instant,
            url=url,
            media_type="application/xml",
            title=title,
            entries=len(self.records),
            complete=True,
        )


def read(data: bytes, name: str) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document; anything less is `SourceRefused`.

    So is the list of a single committee: taken for the whole list it would tell of all others' delisting.
    """
    whole = read_whole(data, name)
    regime = next(iter(whole.regimes)) if len(whole.regimes) == 1 else None
    if regime and len(whole.records) >= _COMMITTEE:
        raise SourceRefused(
            f"{name}: all {len(whole.records)} entries stand under one regime ({regime}): this is the list of a "
            "committee, not the consolidated list; name un-sc-committee as its source"
        )
    title = f"United Nations Security Council Consolidated List, generated {whole.date}"
    return whole.facts(source=SOURCE_ID, url=ADDRESS, title=title), whole.records


def read_whole(data: bytes, name: str) -> Whole:
    """What a whole document of this form holds; anything less is `SourceRefused`."""
    root = parse(data, name, max_bytes=_MAX_BYTES, max_marks=_MAX_MARKS)
    if root.tag != _ROOT:
        raise SourceRefused(f"{name}: the root element is {tag_of(root)}, not {_ROOT}: another document")
    date, instant = _generated(root, name)
    places: dict[str, str] = {}
    regimes: set[ListId | None] = set()
    records = [record for section in _sections(root, name) for record in _records(section, name, places, regimes)]
    refuse_empty(records, name)
    return Whole(data=data, date=date, instant=instant, records=records, regimes=frozenset(regimes))


def _generated(root: Element, name: str) -> tuple[dt.date, dt.datetime]:
    """The day the document prints, in its own zone, and the moment in UTC.

    The zone was New York's until 2023 and is UTC since; a time without one is taken as UTC.
    """
    printed = (root.get("dateGenerated") or "").strip()
    if not printed:
        raise SourceRefused(f"{name}: {_ROOT} has no dateGenerated, so it cannot be placed in time")
    try:
        moment = dt.datetime.fromisoformat(printed)
        instant = moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        raise SourceRefused(f"{name}: {_ROOT}/@dateGenerated {printed!r} is not a date and time") from None
    return moment.date(), instant


def _sections(root: Element, name: str) -> list[Element]:
    """Both sections, once each, and nothing else: an unknown one may hold entries that would go missing."""
    found = [str(child.tag) for child in root]
    _refuse_loose_text(root, name)
    for tag in found:
        if tag not in _SECTIONS:
            raise SourceRefused(f"{name}: {_ROOT}/{tag} is not a section that this list is known to have")
    for tag in _SECTIONS:
        if found.count(tag) != 1:
            raise SourceRefused(f"{name}: {_ROOT} has {found.count(tag)} sections {tag}, expected one")
    return list(root)


def _records(section: Element, name: str, places: dict[str, str], regimes: set[ListId | None]) -> list[Record]:
    """The section's entries. *places* holds the keys met so far: one number, one entry; *regimes* their lists.

    Two entries under one number could not be told apart in any later document.
    """
    kind = _SECTIONS[str(section.tag)]
    _refuse_loose_text(section, name)
    records = []
    for number, element in enumerate(section, start=1):
        place = f"line {element.sourceline}, {tag_of(section)}/{tag_of(element)}[{number}]"
        if element.tag != kind:
            raise SourceRefused(f"{name}: {place}: stands where {kind} is expected")
        printed = one_line(element.findtext(REFERENCE) or "")
        if not printed:
            raise SourceRefused(f"{name}: {place}: has no {REFERENCE}")
        key = reference_key(printed)
        if key in places:
            raise SourceRefused(f"{name}: {place}: has the reference {key}, as has {places[key]}")
        places[key] = place
        regimes.add(regime_of_entry(element.findtext(REGIME) or "", key))
        fields: list[tuple[str, str]] = []
        try:
            leaves(element, "", fields, _MAX_DEPTH)
        except SourceRefused as refused:
            raise SourceRefused(f"{name}: {place}: {refused}") from None
        records.append(Record(place=f"{kind}[{REFERENCE}={printed}]", fields=tuple(fields)))
    return records


def _refuse_loose_text(element: Element, name: str) -> None:
    """Text where only elements stand is a sign that the export broke off or was edited by hand."""
    for text in (element.text, *(child.tail for child in element)):
        if text and text.strip():
            place = f"line {element.sourceline}, {tag_of(element)}"
            raise SourceRefused(f"{name}: {place}: text between elements: {one_line(text)[:40]!r}")
