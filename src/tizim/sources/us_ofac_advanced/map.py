"""From a record to claims, by consuming its tree: what no step takes becomes `Unread`."""

from collections.abc import Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.lists import ListId
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.dates import parted, years_in
from tizim.sources.entries import Making, each_once
from tizim.sources.us_ofac_advanced.dated import is_gregorian, when
from tizim.sources.us_ofac_advanced.names import say_names
from tizim.sources.us_ofac_enhanced import parts
from tizim.sources.us_ofac_enhanced.features import Meaning, kind_of, meaning
from tizim.sources.us_ofac_enhanced.map import PREFIX, say_act, say_prose
from tizim.sources.us_ofac_enhanced.tree import Node, Tree, bare

_KINDS: Final = {
    "vessel": Kind.VESSEL, "aircraft": Kind.AIRCRAFT, "individual": Kind.PERSON, "entity": Kind.ORGANISATION,
}  # fmt: skip
# Numbers of rows in the publisher's database, and references to them.
_ROWS: Final = frozenset({
    "@ID", "@FixedRef", "@ProfileID", "@IdentityID", "@FeatureVersionID", "@DocumentedNameID", "@NamePartGroupID",
    "@LocationID", "@DocumentID", "@SanctionsEntryID", "@From-ProfileID", "@To-ProfileID", "@IssuedIn-LocationID",
})  # fmt: skip


def map_record(record: Record) -> EntryReading:
    """All that the record says; `SourceRefused` if it has no number."""
    root = Tree(record).root
    key = root.take("@FixedRef")
    if not key:
        raise SourceRefused(f"{record.place}: a party without a FixedRef")
    making = Making(key, f"{PREFIX}:{key}", record.place)
    making.say(Property.REFERENCE, key, "@FixedRef")
    for comment in root.each("Comment"):
        say_prose(making, comment.own(), comment.place)
    on = _entries(making, root)
    for profile in root.each("Profile"):
        _kind(making, profile)
        for identity in profile.each("Identity"):
            say_names(making, identity)
        for feature in profile.each("Feature"):
            _feature(making, feature, on)
    for document in root.each("IDRegDocument"):
        _document(making, document)
    for relationship in root.each("ProfileRelationship"):
        _relationship(making, relationship)
    _leave(making, root, {path for path, _ in record.fields})
    return making.made()


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every party, each key once: a record is a party here."""
    return each_once(map_record(record) for record in records)


def _leave(making: Making, root: Node, paths: set[str]) -> None:
    """What is left is unread, but for codes whose word stands beside, and numbers of rows, told together."""
    rows: dict[str, list[str]] = {}
    for node in root.left():
        tag = node.place.rpartition("/")[2].partition("[")[0]
        if tag == "@FixedRef" and node.value == making.key:
            continue
        if tag in _ROWS:
            rows.setdefault(bare(node.place), []).append(node.value)
        elif not (tag.startswith("@") and tag.endswith("ID") and node.place.removesuffix("ID") in paths):
            making.leave(node.place, bare(node.place), node.value)
    told = "; ".join(f"{place} {' '.join(numbers)}" for place, numbers in rows.items())
    making.say(Property.HOUSEKEEPING, told, "", field="row numbers")


def _kind(making: Making, profile: Node) -> None:
    """The finer kind where it says something, else the broader one: most are ``Unknown`` in the finer."""
    fine, broad = profile.take("@PartySubType"), profile.take("@PartyType")
    kind = _KINDS.get(fine.lower()) or _KINDS.get(broad.lower())
    if kind is None:
        profile.put_back("@PartySubType", fine)
        profile.put_back("@PartyType", broad)
    making.say(Property.KIND, (kind or Kind.UNKNOWN).value, f"{profile.place}/@PartySubType")


def _entries(making: Making, root: Node) -> frozenset[ListId]:
    """Lists, dates, acts and measures; programmes that are lists here by the SDN list."""
    on: set[ListId] = set()
    programmes: list[tuple[str, str]] = []
    for entry in root.each("SanctionsEntry"):
        printed = entry.take("@List")
        list_id = parts.LISTS.get(printed)
        if list_id is None:
            entry.put_back("@List", printed)
            continue
        on.add(list_id)
        part = "" if printed in {parts.SDN, parts.CONSOLIDATED} else printed
        making.say(Property.MEMBER, list_id, f"{entry.place}/@List", part=part)
        for event in entry.each("EntryEvent"):
            _event(making, event, list_id, part)
        for measure in entry.each("SanctionsMeasure"):
            sort, comment = measure.take("@SanctionsType"), measure.take("Comment")
            if sort == "Program":
                making.say(Property.PROGRAMME, comment, measure.place)
                programmes.append((comment, measure.place))
            else:
                making.say(Property.IMPOSED_MEASURE, sort, measure.place, note=comment)
    for programme, place in programmes:
        if parts.US_SDN in on and programme in parts.PROGRAMMES:
            making.say(Property.MEMBER, parts.PROGRAMMES[programme], place)
    return frozenset(on)


def _event(making: Making, event: Node, list_id: ListId, part: str) -> None:
    """The day an entry was made and the act it rests on; an event of another kind is left with its date."""
    act = event.take("@LegalBasis")
    say_act(making, act, event.place)
    kind, date = event.take("@EntryEventType"), event.first("Date")
    day = None
    if kind == "Created" and date is not None and is_gregorian(date):
        day = parted(*(one.value if (one := date.first(tag)) else "" for tag in ("Year", "Month", "Day")))
    if day is None or date is None:
        event.put_back("@EntryEventType", kind)
        return
    for tag in ("Year", "Month", "Day", "@CalendarType"):
        date.take(tag)
    making.say(Property.LISTED_ON, day, f"{event.place}/Date", list=list_id, part=part, note=event.take("Comment"))


def _feature(making: Making, feature: Node, on: frozenset[ListId]) -> None:
    """Every version of a feature of a known kind; another is left as it stands."""
    printed = feature.first("@FeatureType")
    kind = kind_of(printed.value) if printed else ""
    meant = meaning(kind)
    if printed is None or meant is None:
        return
    printed.own()
    for link in feature.each("IdentityReference"):
        link.take("@IdentityFeatureLinkType")
    for version in feature.each("FeatureVersion"):
        _version(making, version, meant, on)


def _known(word: str) -> str:
    """A word in small letters; nothing of one that says that nothing is known."""
    return "" if word == "Unknown" else word.lower()


def _version(making: Making, version: Node, meant: Meaning, on: frozenset[ListId]) -> None:
    pairs = {"reliability": _known(version.take("@Reliability")), "note": version.take("Comment")}
    if meant.facet and meant.word:
        pairs[meant.facet] = meant.word
    time = when(version.first("DatePeriod"))
    about = {"about": "circa" if time and time.circa else ""}
    if meant.date:
        if time is None:
            return
        list_id = parts.US_CONS if parts.US_CONS in on else parts.US_SDN if parts.US_SDN in on else ""
        listing = {"list": list_id} if meant.property is Property.LISTED_ON else {}
        making.say(meant.property, time.date, version.place, **pairs, **about, **listing)
        if meant.property is Property.BIRTH_DATE:
            making.say(Property.BIRTH_YEAR, years_in(time.date), version.place)
        for detail in version.each("VersionDetail"):
            detail.take("@DetailType")
        return
    if time:
        pairs |= about | {"when": time.date}
    for detail in version.each("VersionDetail"):
        detail.take("@DetailType")
        value, word = detail.own(), detail.take("@DetailReference")
        if value and word != value:
            detail.put_back("@DetailReference", word)
        value = value or word
        making.say(
            meant.property, value.casefold() if meant.property is Property.GENDER else value, detail.place, **pairs
        )
    for location in version.each("VersionLocation", "Location"):
        line, placed = _location(location)
        if meant.property in {Property.ADDRESS, Property.BIRTH_PLACE}:
            making.say(meant.property, line, location.place, **pairs, **placed)
        else:
            making.say(meant.property, placed.get("country") or line, location.place, **pairs)


_PLACES: Final = {
    "ADDRESS1": "street", "ADDRESS2": "street", "ADDRESS3": "street", "CITY": "city",
    "STATE/PROVINCE": "state", "REGION": "region", "POSTAL CODE": "postal_code",
}  # fmt: skip


def _location(location: Node) -> tuple[str, dict[str, str]]:
    """A place on one line and in its parts; a part that is printed twice has both values."""
    lines: dict[str, list[str]] = {}
    for part in location.each("LocationPart"):
        sort = part.first("@LocPartType")
        known = _PLACES.get(sort.value) if sort else None
        if sort is None or known is None:
            continue
        sort.own()
        for value in part.each("LocationPartValue"):
            for tag in ("@LocPartValueType", "@LocPartValueStatus", "@Primary"):
                value.take(tag)
            lines.setdefault(known, []).append(value.take("Value"))
    area = next((one.own() for one in location.each("LocationAreaCode", "@AreaCode")), "")
    country = next((one.own() for one in location.each("LocationCountry", "@Country")), "") or area
    for relevance in location.each("LocationCountry", "@CountryRelevance"):
        relevance.own()
    found = {known: ", ".join(filter(None, values)) for known, values in lines.items()}
    in_order = [found.get(known, "") for known in dict.fromkeys(_PLACES.values())]
    return ", ".join(filter(None, [*in_order, country])), {**found, "country": country}


def _document(making: Making, document: Node) -> None:
    number, kind = document.take("IDRegistrationNo"), document.take("@IDRegDocType")
    printed = ""
    if number.startswith("IMO ") and number[4:].isdigit():
        kind, printed, number = "IMO number", number, number[4:]
    valid = document.take("@Validity")
    dates: dict[str, str] = {}
    for dated in document.each("DocumentDate"):
        sort = dated.first("@IDRegDocDateType")
        name = _DATES.get(sort.value) if sort else None
        time = when(dated.first("DatePeriod")) if name else None
        if sort and name and time:
            sort.own()
            dates[name] = time.date
    making.say(
        Property.IDENTIFIER, number or kind, document.place,
        type=kind, country=document.take("@IssuedBy-Country"), printed=printed, note=document.take("Comment"),
        authority=document.take("IssuingAuthority"), valid="" if valid in {"", "Valid"} else valid.lower(),
        form="" if number else "prose", **dates,
    )  # fmt: skip


_DATES: Final = {"Issue Date": "issued", "Expiration Date": "expires"}


def _relationship(making: Making, relationship: Node) -> None:
    key = relationship.take("@To-FixedRef")
    if not key:
        return
    time = when(relationship.first("DatePeriod"))
    former = relationship.take("@Former")
    if former not in {"true", "false", ""}:
        relationship.put_back("@Former", former)
    making.say(
        Property.RELATION, key, relationship.place,
        phrase=relationship.take("@RelationType"), name=relationship.take("@To-Name"),
        quality=_known(relationship.take("@RelationQuality")), note=relationship.take("Comment"),
        former="yes" if former == "true" else "", when=time.date if time else "", **{"with": f"{PREFIX}:{key}"},
    )  # fmt: skip
