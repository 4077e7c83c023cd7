"""From bytes to records: one per party, with all that the document keeps elsewhere and refers to.

The document is a set of tables: words of codes, places, identity documents, parties, relations, entries of
lists. A record is one party with the rows that are about it put below it, and beside each code (``@ScriptID``)
the word it stands for (``@Script``).
"""

import copy
import datetime as dt
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.dates import parted
from tizim.sources.us_ofac_advanced.parts import LISTS, NAMED, URLS, US_CONS, US_SDN
from tizim.sources.xml import Element, leaves, parse, tag_of
from tizim.text import one_line

SOURCE_ID: Final = "us-ofac-advanced-xml"
_ROOT: Final = "Sanctions"
_SECTIONS: Final = (
    "DateOfIssue", "ReferenceValueSets", "Locations", "IDRegDocuments", "DistinctParties", "ProfileRelationships",
    "SanctionsEntries", "SanctionsEntryLinks",
)  # fmt: skip
_OPTIONAL: Final = frozenset({"SanctionsEntryLinks"})
_MAX_BYTES: Final = 192 * 1024 * 1024
_MAX_MARKS: Final = 10_000_000
"""Notes on the format say about 100 MB, which has six million tags and attributes; such a one takes some 2 GB
of memory. No document of the publisher was held when this was written."""
_MAX_DEPTH: Final = 12
_NUMBER: Final = re.compile(r"[1-9]\d{0,9}")

_Rows = dict[str, list[Element]]
Words = dict[tuple[str, str], str]


def read(data: bytes, name: str) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document; anything less is `SourceRefused`."""
    root = parse(data, name, max_bytes=_MAX_BYTES, max_marks=_MAX_MARKS)
    if tag_of(root) != _ROOT:
        raise SourceRefused(f"{name}: the root element is {tag_of(root)}, not {_ROOT}: another document")
    sections = _sections(root, name)
    date = _date(sections["DateOfIssue"], name)
    words = _words(sections["ReferenceValueSets"])
    parties = _parties(sections["DistinctParties"], name)
    _join(parties, sections, words, name)
    part = _part(parties.values(), name)
    records = list(_records(parties, words, name))
    facts = DocumentFacts.of(
        data,
        source=f"{SOURCE_ID}/{part}",
        date=date,
        instant=dt.datetime.combine(date, dt.time(), dt.UTC),
        url=URLS[part],
        media_type="application/xml",
        title=f"{NAMED[part]} (advanced XML, read experimentally), issued {date}",
        entries=len(records),
        complete=True,
    )
    return facts, records


def _sections(root: Element, name: str) -> dict[str, Element]:
    """The sections by their names, once each, and nothing else: an unknown one may hold entries."""
    found: dict[str, Element] = {}
    for child in root:
        tag = tag_of(child)
        if tag not in _SECTIONS:
            raise SourceSuspicious(f"{name}: {_ROOT}/{tag} is not a section that this document is known to have")
        if tag in found:
            raise SourceRefused(f"{name}: line {child.sourceline}: a second {_ROOT}/{tag}")
        found[tag] = child
    for tag in _SECTIONS:
        if tag not in found and tag not in _OPTIONAL:
            raise SourceSuspicious(f"{name}: {_ROOT} has no {tag}: its form has changed, or it was cut")
    return found


def _date(element: Element, name: str) -> dt.date:
    """The day on which the document was issued."""
    said = {tag_of(child): one_line(child.text or "") for child in element}
    day = parted(said.get("Year", ""), said.get("Month", ""), said.get("Day", ""))
    if day is None or len(day) != len("2031-05-04"):
        raise SourceRefused(f"{name}: DateOfIssue is no day, so the document cannot be placed in time")
    return dt.date.fromisoformat(day)


def _words(section: Element) -> Words:
    """What each code of each kind stands for."""
    found: Words = {}
    for values in section:
        for one in values:
            code, kind = one.get("ID"), tag_of(one)
            if code is None:
                continue
            # The word of an area's code is two letters; what it is called stands beside.
            word = (
                one_line(one.get("Description") or one.text or "") if kind == "AreaCode" else one_line(one.text or "")
            )
            found[kind, code] = word
            if kind == "PartySubType" and (party_type := one.get("PartyTypeID")):
                found["PartyTypeOf", code] = party_type
    return found


def _parties(section: Element, name: str) -> dict[str, Element]:
    """The parties by their numbers, each number once."""
    found: dict[str, Element] = {}
    for number, element in enumerate(section, start=1):
        place = f"line {element.sourceline}, DistinctParties/{tag_of(element)}[{number}]"
        if tag_of(element) != "DistinctParty":
            raise SourceRefused(f"{name}: {place}: stands where DistinctParty is expected")
        key = (element.get("FixedRef") or "").strip()
        if not _NUMBER.fullmatch(key):
            raise SourceRefused(f"{name}: {place}: its FixedRef {key!r} is not a number of OFAC's")
        if key in found:
            raise SourceRefused(f"{name}: {place}: has the FixedRef {key}, as has another before it")
        found[key] = element
    if not found:
        raise SourceRefused(f"{name}: no parties; an empty list is a failed export, not a delisting of all")
    return found


def _join(parties: dict[str, Element], sections: dict[str, Element], words: Words, name: str) -> None:
    """Put below each party the rows of other tables that are about it."""
    by_profile: dict[str, str] = {}
    by_identity: dict[str, str] = {}
    for key, party in parties.items():
        for profile in _below(party, "Profile"):
            by_profile[profile.get("ID") or ""] = key
            for identity in _below(profile, "Identity"):
                by_identity[identity.get("ID") or ""] = key
    named = {key: _name(party) for key, party in parties.items()}
    rows: dict[str, _Rows] = {
        "IDRegDocument": _grouped(sections["IDRegDocuments"], "IdentityID", by_identity, name),
        "SanctionsEntry": _grouped(sections["SanctionsEntries"], "ProfileID", by_profile, name),
        "ProfileRelationship": _grouped(sections["ProfileRelationships"], "From-ProfileID", by_profile, name),
    }
    places = {one.get("ID") or "": one for one in sections["Locations"]}
    for key, party in parties.items():
        for of_kind in rows.values():
            party.extend(of_kind.get(key, ()))
        for row in _below(party, "ProfileRelationship"):
            other = by_profile.get(row.get("To-ProfileID") or "", "")
            row.set("To-FixedRef", other)
            row.set("To-Name", named.get(other, ""))
        for use in [one for one in party.iter() if tag_of(one) == "VersionLocation"]:
            location = places.get(use.get("LocationID") or "")
            if location is not None:
                use.append(copy.deepcopy(location))
        for profile in _below(party, "Profile"):
            party_type = words.get(("PartyTypeOf", profile.get("PartySubTypeID") or ""), "")
            profile.set("PartyType", words.get(("PartyType", party_type), ""))


def _grouped(section: Element, by: str, keys: dict[str, str], name: str) -> _Rows:
    """The rows of a table by the party they are about."""
    found: _Rows = defaultdict(list)
    for row in list(section):
        key = keys.get(row.get(by) or "")
        if key is None:
            raise SourceSuspicious(
                f"{name}: line {row.sourceline}: {tag_of(row)} is of the {by} {row.get(by)!r}, which no party has"
            )
        found[key].append(row)
    return found


def _below(element: Element, tag: str) -> list[Element]:
    return [child for child in element if tag_of(child) == tag]


def _name(party: Element) -> str:
    """The parts of the main name in the document's order, for those who are related to it."""
    for alias in [one for one in party.iter() if tag_of(one) == "Alias" and one.get("Primary") == "true"]:
        for documented in _below(alias, "DocumentedName"):
            return " ".join(one_line(one.text or "") for one in documented.iter() if tag_of(one) == "NamePartValue")
    return ""


def _part(parties: Iterable[Element], name: str) -> str:
    """The line of documents: that of the list on which every party is that is on a list at all."""
    on = [{LISTS.get(entry.get("ListID") or "") for entry in _below(party, "SanctionsEntry")} for party in parties]
    listed = [lists for lists in on if lists]
    on_all = set.intersection(*listed) if listed else set()
    if US_CONS in on_all and US_SDN not in on_all:
        return "cons"
    if US_SDN in on_all and US_CONS not in on_all:
        return "sdn"
    raise SourceSuspicious(f"{name}: its parties have not one list in common, so nobody can say which it is a copy of")


def _records(parties: dict[str, Element], words: Words, name: str) -> Iterator[Record]:
    """The parties with words beside their codes; the tree of each is let go when it has been read."""
    for key, party in parties.items():
        for element in party.iter():
            for attribute, code in list(element.attrib.items()):
                kind = str(attribute).removesuffix("ID").rpartition("-")[2]
                if str(attribute).endswith("ID") and kind and (kind, str(code)) in words:
                    element.set(str(attribute).removesuffix("ID"), words[kind, str(code)])
        fields: list[tuple[str, str]] = []
        place = f"DistinctParty[{key}]"
        try:
            leaves(party, "", fields, _MAX_DEPTH)
        except SourceRefused as refused:
            raise SourceRefused(f"{name}: {place}: {refused}") from None
        yield Record(place=place, fields=tuple((sys.intern(path), value) for path, value in fields))
        party.clear(keep_tail=True)
