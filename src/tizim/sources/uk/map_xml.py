"""From an element of the UK Sanctions List's XML to claims. Experimental: by notes on its form.

Its elements lie in others that only gather them (``Addresses/Address``), and which of those there are is not
known for certain. So an element is known by its own name, wherever it lies, and what stands together in one
element belongs together.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources import dates
from tizim.sources.crossing import say_un_numbers
from tizim.sources.entries import Making, each_once
from tizim.sources.uk.map_ods import GROUP_OF_OFSI, KINDS, LIST, measures, subject_of
from tizim.sources.uk.names import LANGUAGES, SCRIPTS, in_order
from tizim.sources.uk.prose import say_all
from tizim.sources.uk.read_xml import UNIQUE_ID, day_of
from tizim.text import one_line, script_of

_ORDINAL: Final = re.compile(r"\[\d+\]")
_BETWEEN: Final = re.compile(r"\s*[|,&]\s*|\s+and\s+")


class Bunch:
    """The leaves right below one element; each can be taken once."""

    __slots__ = ("left", "place")

    def __init__(self, place: str) -> None:
        self.place = place
        self.left: dict[str, list[tuple[str, str]]] = {}
        """path and value of each leaf, by its tag"""

    def take(self, tag: str) -> str:
        """The value of the leaf called *tag*, on one line; empty if there is none."""
        found = self.left.get(tag)
        if not found:
            return ""
        _, value = found.pop(0)
        if not found:
            del self.left[tag]
        return one_line(value)

    def put_back(self, tag: str, value: str) -> None:
        """Leave a value that was taken to the unread: it was not understood."""
        if value:
            path = f"{self.place}/{tag}" if self.place else tag
            self.left.setdefault(tag, []).insert(0, (path, value))


def map_record(record: Record) -> EntryReading:
    """All that the record says; `SourceRefused` if it has no unique id."""
    bunches = _bunches(record)
    top = bunches.setdefault("", Bunch(""))
    key, group = top.take(UNIQUE_ID), top.take("OFSIGroupID")
    if not key:
        raise SourceRefused(f"{record.place}: no {UNIQUE_ID}, so the entry has no identity")
    entry = Making(key, subject_of(key, group), record.place)
    entry.say(Property.MEMBER, LIST, "")
    entry.say(Property.REFERENCE, key, UNIQUE_ID)
    entry.say(Property.REFERENCE, group, "OFSIGroupID", of=GROUP_OF_OFSI)
    is_person = _top(entry, top)
    for bunch in bunches.values():
        for marks, step in _STEPS:
            while marks & bunch.left.keys():
                before = sum(map(len, bunch.left.values()))
                step(entry, bunch)
                if sum(map(len, bunch.left.values())) == before:
                    break
        for tag, values in bunch.left.items():
            for path, value in values:
                _single(entry, tag, path, one_line(value), is_person=is_person)
    return entry.made()


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every entry, each key once: a record is an entry here."""
    return each_once(map_record(record) for record in records)


def _bunches(record: Record) -> dict[str, Bunch]:
    found: dict[str, Bunch] = {}
    for path, value in record.fields:
        parent, _, leaf = path.rpartition("/")
        bunch = found.setdefault(parent, Bunch(parent))
        bunch.left.setdefault(_ORDINAL.sub("", leaf), []).append((path, value))
    return found


def _top(entry: Making, top: Bunch) -> bool:
    """What stands right below the entry; whether it is about a person."""
    printed = top.take("IndividualEntityShip")
    kind = KINDS.get(printed.casefold())
    entry.say(Property.KIND, kind.value if kind else "", "IndividualEntityShip")
    if kind is None:
        top.put_back("IndividualEntityShip", printed)
    entry.say(Property.PROGRAMME, top.take("RegimeName"), "RegimeName")
    for authority in _BETWEEN.split(top.take("DesignationSource")):
        entry.say(Property.AUTHORITY, authority, "DesignationSource")
    for measure in measures(top.take("SanctionsImposed")):
        entry.say(Property.IMPOSED_MEASURE, measure, "SanctionsImposed")
    for tag, prop in (("DateDesignated", Property.LISTED_ON), ("LastUpdated", Property.AMENDED_ON)):
        printed = top.take(tag)
        day = day_of(printed)
        entry.say(prop, day or "", tag)
        if day is None:
            top.put_back(tag, printed)
    printed = top.take("UNReferenceNumber")
    said = Making("", "", "")
    say_un_numbers(said, printed, "")
    if said.made().claims:
        say_un_numbers(entry, printed, "UNReferenceNumber")
    else:
        top.put_back("UNReferenceNumber", printed)
    return kind is Kind.PERSON


def _name(entry: Making, bunch: Bunch) -> None:
    parts = [bunch.take(f"Name{number}") for number in range(1, 7)]
    printed = bunch.take("NameType")
    strength = bunch.take("AliasStrength")
    low = printed.casefold()
    prop = Property.NAME if low == "primary name" else Property.ALIAS
    kind = {"primary name variation": "primary name variation", "fka": "former name"}.get(low, "")
    if low not in {"primary name", "primary name variation", "alias", "aka", "fka", ""}:
        bunch.put_back("NameType", printed)
    quality = {"good quality": "good", "good": "good", "low quality": "low", "low": "low"}.get(strength.casefold(), "")
    if strength and not quality:
        bunch.put_back("AliasStrength", strength)
    entry.say(prop, in_order(parts), bunch.place, kind=kind, quality=quality)


def _original_name(entry: Making, bunch: Bunch) -> None:
    name = bunch.take("NameNonLatinScript")
    script, language = bunch.take("NonLatinScriptType"), bunch.take("NonLatinScriptLanguage")
    tag = LANGUAGES.get(language.casefold(), "")
    if not tag:
        bunch.put_back("NonLatinScriptLanguage", language)
    if script.casefold() not in SCRIPTS:
        bunch.put_back("NonLatinScriptType", script)
    entry.say(Property.ORIGINAL_NAME, name, bunch.place, script=script_of(name), language=tag)


def _address(entry: Making, bunch: Bunch) -> None:
    lines = [line for number in range(1, 7) if (line := bunch.take(f"AddressLine{number}"))]
    code, country = bunch.take("AddressPostalCode"), bunch.take("AddressCountry")
    value = ", ".join(part for part in (*lines, code, country) if part)
    entry.say(Property.ADDRESS, value, bunch.place, street=", ".join(lines), postal_code=code, country=country)


def _birth_place(entry: Making, bunch: Bunch) -> None:
    town, country = bunch.take("TownOfBirth"), bunch.take("CountryOfBirth")
    value = ", ".join(part for part in (town, country) if part)
    entry.say(Property.BIRTH_PLACE, value, bunch.place, city=town, country=country)


def _document(number_tag: str, note_tag: str, kind: str) -> "_Step":
    def step(entry: Making, bunch: Bunch) -> None:
        number, note = bunch.take(number_tag), bunch.take(note_tag)
        entry.say(
            Property.IDENTIFIER, number or note, bunch.place, type=kind, note=note if number else "",
            form="" if number else "prose",
        )  # fmt: skip

    return step


_Step = Callable[[Making, Bunch], None]

_STEPS: Final[tuple[tuple[frozenset[str], _Step], ...]] = (
    (frozenset(f"Name{number}" for number in range(1, 7)), _name),
    (frozenset({"NameNonLatinScript"}), _original_name),
    (
        frozenset({*(f"AddressLine{number}" for number in range(1, 7)), "AddressPostalCode", "AddressCountry"}),
        _address,
    ),
    (frozenset({"TownOfBirth", "CountryOfBirth"}), _birth_place),
    (
        frozenset({"PassportNumber", "PassportAdditionalInformation"}),
        _document("PassportNumber", "PassportAdditionalInformation", "passport"),
    ),
    (
        frozenset({"NationalIdentifierNumber", "NationalIdentifierAdditionalInformation"}),
        _document("NationalIdentifierNumber", "NationalIdentifierAdditionalInformation", "national identification"),
    ),
)
"""Leaves that stand together in one element, by those of which one at least must be there."""

_SINGLES: Final[dict[str, tuple[Property, str, str]]] = {
    "Title": (Property.TITLE, "", ""),
    "NameTitle": (Property.TITLE, "", ""),
    "Nationality": (Property.NATIONALITY, "", ""),
    "Position": (Property.POSITION, "", ""),
    "PhoneNumber": (Property.CONTACT, "kind", "phone"),
    "EmailAddress": (Property.CONTACT, "kind", "e-mail"),
    "Website": (Property.CONTACT, "kind", "website"),
    "IMONumber": (Property.IDENTIFIER, "type", "IMO number"),
    "BusinessRegistrationNumber": (Property.IDENTIFIER, "type", "business registration"),
    "HullIdentificationNumber": (Property.IDENTIFIER, "type", "hull identification number"),
    "ParentCompany": (Property.RELATED_NAME, "phrase", "parent company"),
    "Subsidiary": (Property.RELATED_NAME, "phrase", "subsidiary"),
    "TypeOfEntity": (Property.FEATURE, "field", "type of entity"),
    "TypeOfShip": (Property.FEATURE, "field", "vessel type"),
    "TonnageOfShip": (Property.FEATURE, "field", "tonnage"),
    "LengthOfShip": (Property.FEATURE, "field", "length"),
    "YearBuilt": (Property.FEATURE, "field", "build date"),
    "CurrentBelievedFlagOfShip": (Property.FEATURE, "field", "flag"),
    "PreviousFlag": (Property.FEATURE, "field", "former flag"),
    "CurrentOwnerOperator": (Property.FEATURE, "field", "owner or operator"),
    "PreviousOwnerOperator": (Property.FEATURE, "field", "former owner or operator"),
    "UKStatementofReasons": (Property.COMMENT, "of", "statement of reasons"),
}
"""Leaves that say one thing each. One that is not here is unread, by its name."""


def _single(entry: Making, tag: str, path: str, value: str, *, is_person: bool) -> None:
    if tag in _SINGLES:
        prop, facet, said = _SINGLES[tag]
        entry.say(prop, value, path, **({facet: said} if facet else {}))
    elif tag == "DOB" and (date := day_of(value)):
        entry.say(Property.BIRTH_DATE, date, path)
        entry.say(Property.BIRTH_YEAR, dates.years_in(date), path)
    elif tag == "Gender":
        entry.say(Property.GENDER, value.casefold(), path)
    elif tag == "OtherInformation":
        say_all(entry, value, path, is_person=is_person)
    else:
        entry.leave(path, tag, value)
