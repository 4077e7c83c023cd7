"""From a record to claims, by consuming its tree: what no step takes becomes `Unread`."""

import re
from collections.abc import Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.lists import ListId
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.crossing import say_un_numbers
from tizim.sources.dates import english, iso_day, years_in
from tizim.sources.entries import Making, each_once
from tizim.sources.us_ofac_enhanced import names, parts
from tizim.sources.us_ofac_enhanced.dated import When, when
from tizim.sources.us_ofac_enhanced.features import Meaning, kind_of, meaning
from tizim.sources.us_ofac_enhanced.tree import Node, Tree, bare

PREFIX: Final = "us-ofac"
"""Entities have one number in all documents of OFAC's, and with it one subject."""

_KINDS: Final = {
    "Individual": Kind.PERSON, "Entity": Kind.ORGANISATION, "Vessel": Kind.VESSEL, "Aircraft": Kind.AIRCRAFT,
}  # fmt: skip


def map_record(record: Record) -> EntryReading:
    """All that the record says; `SourceRefused` if it has no number."""
    held = Tree(record)
    root = held.root
    key = root.take("@id")
    if not key:
        raise SourceRefused(f"{record.place}: an entity without an id")
    making = Making(key, f"{PREFIX}:{key}", record.place)
    making.say(Property.REFERENCE, key, "@id")
    main = _main_name(root)
    for general in root.each("generalInfo"):
        _general(making, general)
    on = _lists(making, root)
    _grounds(making, root)
    for name in root.each("names", "name"):
        names.say(making, name)
    for address in root.each("addresses", "address"):
        _address(making, address)
    for feature in root.each("features", "feature"):
        _feature(making, feature, on)
    for document in root.each("identityDocuments", "identityDocument"):
        _document(making, document, main)
    for relationship in root.each("relationships", "relationship"):
        _relationship(making, relationship)
    _leave(making, held)
    return making.made()


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every entity, each key once: a record is an entity here."""
    return each_once(map_record(record) for record in records)


def _main_name(root: Node) -> str:
    """The name that the entity goes by, not taken yet."""
    for name in root.each("names", "name"):
        primary = name.first("isPrimary")
        if primary and primary.value == "true":
            full = next(iter(name.each("translations", "translation", "formattedFullName")), None)
            return full.value if full else ""
    return ""


def _leave(making: Making, held: Tree) -> None:
    """What is left is unread; the numbers of rows are told together, in the document's order."""
    for node in held.root.left():
        making.leave(node.place, bare(node.place), node.value)
    told = "; ".join(f"{place} {' '.join(numbers)}" for place, numbers in held.rows.items())
    making.say(Property.HOUSEKEEPING, told, "", field="row numbers")


_LINK: Final = re.compile(r"https?://[^\s)\]<>\"“”;]+")
_PHONE: Final = re.compile(r"(?:alt\. )?(telephone|fax|e-?mail(?: address)?|website):? (\S[^;]{2,80})", re.IGNORECASE)
_CONTACTS: Final = {"telephone": "phone", "fax": "fax", "website": "website"}


def _general(making: Making, general: Node) -> None:
    printed = general.take("entityType")
    kind = _KINDS.get(printed)
    making.say(Property.KIND, (kind or Kind.UNKNOWN).value, f"{general.place}/entityType")
    if kind is None:
        general.put_back("entityType", printed)
    for title in general.each("title"):
        for one in title.own().split("; "):
            making.say(Property.TITLE, one.strip(" ;"), title.place)
    for remarks in general.each("remarks"):
        say_prose(making, remarks.own(), remarks.place)


def say_prose(making: Making, text: str, place: str) -> None:
    """Remarks, whole, and what they print in a fixed form."""
    making.say(Property.COMMENT, text, place)
    for link in _LINK.finditer(text):
        making.say(Property.LINK, link[0].rstrip(".,"), place)
    for piece in text.split("; "):
        contact = _PHONE.fullmatch(piece.strip(" .;"))
        if contact:
            making.say(Property.CONTACT, contact[2], place, kind=_CONTACTS.get(contact[1].lower(), "e-mail"))
    say_un_numbers(making, text, place)


def _lists(making: Making, root: Node) -> frozenset[ListId]:
    """Which lists the entity is on, and since when by each; programmes that are lists here by the SDN list."""
    on: set[ListId] = set()
    for node in root.each("sanctionsLists", "sanctionsList"):
        printed = node.value
        list_id = parts.LISTS.get(printed)
        if list_id is None:
            continue
        node.own()
        on.add(list_id)
        part = "" if printed in {parts.SDN, parts.CONSOLIDATED} else printed
        making.say(Property.MEMBER, list_id, node.place, part=part)
        published = node.take("@datePublished")
        day = iso_day(published)
        making.say(Property.LISTED_ON, day or "", f"{node.place}/@datePublished", list=list_id, part=part)
        if day is None:
            node.put_back("@datePublished", published)
    for node in root.each("sanctionsPrograms", "sanctionsProgram"):
        programme = node.own()
        making.say(Property.PROGRAMME, programme, node.place)
        if parts.US_SDN in on and programme in parts.PROGRAMMES:
            making.say(Property.MEMBER, parts.PROGRAMMES[programme], node.place)
    return frozenset(on)


_EXECUTIVE: Final = re.compile(r"Executive Order (\d{5})\b.*")
_REGULATION: Final = re.compile(r"\d+ C\.?F\.?R\.? \S.*")


def _grounds(making: Making, root: Node) -> None:
    """What the listing brings, and the acts that it rests on."""
    for node in root.each("sanctionsTypes", "sanctionsType"):
        making.say(Property.IMPOSED_MEASURE, node.own(), node.place)
    for node in root.each("legalAuthorities", "legalAuthority"):
        say_act(making, node.own(), node.place)


def say_act(making: Making, act: str, place: str) -> None:
    """An act as printed, with its number where its kind is plain."""
    order = _EXECUTIVE.fullmatch(act)
    kind = "executive order" if order else "regulation" if _REGULATION.fullmatch(act) else ""
    making.say(Property.LEGAL_BASIS, act, place, kind=kind, number=order[1] if order else "")


_PLACES: Final = {
    "ADDRESS1": "street", "ADDRESS2": "street", "ADDRESS3": "street", "CITY": "city",
    "STATE/PROVINCE": "state", "REGION": "region", "POSTAL CODE": "postal_code",
}  # fmt: skip


def _address(making: Making, address: Node) -> None:
    """An address in each script that it is printed in; of many no more than the country is known."""
    country = address.take("country")
    said = False
    for translation in address.each("translations", "translation"):
        lines: dict[str, list[str]] = {}
        for part in translation.each("addressParts", "addressPart"):
            field = part.first("type")
            known = _PLACES.get(field.value) if field else None
            if field and known:
                field.own()
                lines.setdefault(known, []).append(part.take("value"))
        script = names.script(translation)
        primary = translation.take("isPrimary")
        if primary not in {"true", "false"}:
            translation.put_back("isPrimary", primary)
        if lines:
            in_order = [line for known in dict.fromkeys(_PLACES.values()) for line in lines.get(known, ())]
            making.say(
                Property.ADDRESS, ", ".join([*in_order, country] if country else in_order), translation.place,
                country=country, script="" if script == "Latn" else script,
                **{known: ", ".join(values) for known, values in lines.items()},
            )  # fmt: skip
            said = True
    if country and not said:
        making.say(Property.ADDRESS, country, f"{address.place}/country", country=country)


def _feature(making: Making, feature: Node, on: frozenset[ListId]) -> None:
    """A feature of a known kind, with what is said of its value; another is left as it stands."""
    printed = feature.first("type")
    kind = kind_of(printed.value) if printed else ""
    meant = meaning(kind)
    if printed is None or meant is None:
        return
    value = feature.take("value")
    told = _reading(value, meant, feature.first("valueDate"))
    if told is None:
        feature.put_back("value", value)
        return
    printed.own()
    value, more = told
    pairs = {"reliability": feature.take("reliability").lower(), "note": feature.take("comments"), **more}
    if meant.facet and meant.word:
        pairs[meant.facet] = meant.word
    primary = feature.take("isPrimary")
    if primary == "false":
        pairs["primary"] = "no"
    elif primary != "true":
        feature.put_back("isPrimary", primary)
    prop = meant.property
    if prop is Property.IMPOSED_MEASURE and value.startswith("For more information"):
        making.say(Property.COMMENT, value, feature.place, of=kind)
        for link in _LINK.finditer(value):
            making.say(Property.LINK, link[0].rstrip(".,"), feature.place)
        return
    if prop is Property.LISTED_ON:
        pairs["list"] = parts.US_CONS if parts.US_CONS in on else parts.US_SDN if parts.US_SDN in on else ""
    if prop is Property.GENDER:
        value = value.casefold()
    making.say(prop, value, feature.place, **pairs)
    if prop is Property.BIRTH_DATE:
        making.say(Property.BIRTH_YEAR, years_in(value), feature.place)


def _reading(value: str, meant: Meaning, node: Node | None) -> tuple[str, dict[str, str]] | None:
    """The value as meant, with facets; nothing where a time cannot be read, or its words say another."""
    time = when(node)
    if not meant.date:
        return value, _between(time)
    if time is None:
        return None
    said = english(value)
    if value and (said is None or (said.date, said.about) != (time.date, time.circa)):
        return None
    return time.date, {"about": "circa" if time.circa else "", "printed": value if value != time.date else ""}


def _between(time: When | None) -> dict[str, str]:
    """When a value held, where days are printed beside one that is no time itself."""
    return {"when": time.date, "about": "circa" if time.circa else ""} if time else {}


_IMO: Final = re.compile(r"IMO (\d{7})")
_OF_COUNTRY: Final = re.compile(r"(\S.{2,60}) \(([^()]{2,40})\)")


def _document(making: Making, document: Node, main: str) -> None:
    """A passport or number of a register; ``name`` is told where it is not the entity's main one."""
    number, kind = document.take("documentNumber"), document.take("type")
    country, place = document.take("issuingCountry"), document.take("issuingLocation")
    note, name = document.take("comments"), document.take("name")
    printed = ""
    if imo := _IMO.fullmatch(number):
        kind, printed, number = "IMO number", number, imo[1]
    elif told := _OF_COUNTRY.fullmatch(number):
        printed, number = number, told[1]
        country, note = country or told[2], note if told[2] == country or not country else f"{told[2]}; {note}"
    valid = document.take("isValid")
    if valid not in {"true", "false"}:
        document.put_back("isValid", valid)
    also = [node.own() for node in document.each("idFeatures", "idFeature")]
    issued, expires = when(document.first("issueDate")), when(document.first("expirationDate"))
    making.say(
        Property.IDENTIFIER, number or kind, document.place,
        type=kind, country=country, issued_in=place if place != country else "", printed=printed,
        authority=document.take("issuingAuthority"), note=note.strip("; "), name=name if name != main else "",
        issued=issued.date if issued else "", expires=expires.date if expires else "",
        about="circa" if (issued and issued.circa) or (expires and expires.circa) else "",
        valid="no" if valid == "false" else "", feature="; ".join(also), form="" if number else "prose",
    )  # fmt: skip


def _relationship(making: Making, relationship: Node) -> None:
    """Another entity and how it is tied to this one; its name is not printed everywhere."""
    other = relationship.first("relatedEntity")
    key = other.take("@entityId") if other else ""
    if other is None or not key:
        return
    time = when(relationship.first("date"))
    making.say(
        Property.RELATION, key, relationship.place,
        phrase=relationship.take("type"), name=other.own(), quality=relationship.take("quality").lower(),
        note=relationship.take("comments"), **{"with": f"{PREFIX}:{key}"}, **_between(time),
    )  # fmt: skip
