"""From a ``sanctionEntity`` of the form 1.1 to claims. Experimental: by notes on its form.

As in the form before it, each part says on which act it rests (``regulationSummary``), and so do the claims.
"""

from collections.abc import Callable, Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources import dates
from tizim.sources.crossing import say_un_numbers
from tizim.sources.entries import Group, Making, each_once
from tizim.sources.entries import groups as groups_of
from tizim.sources.eu.lists import WHOLE, lists_of
from tizim.sources.eu.remarks import UN_DESIGNATION, say_remark
from tizim.text import one_line, script_of

_KINDS: Final = {"person": Kind.PERSON, "p": Kind.PERSON, "enterprise": Kind.ORGANISATION, "e": Kind.ORGANISATION}
_GENDERS: Final = {"M": "male", "F": "female"}
_NO_STATE: Final = frozenset({"", "00", "unknown"})


class _Entry(Making):
    """What is being made of one entity."""

    __slots__ = ("acts", "main_name")

    def __init__(self, key: str, place: str, acts: tuple[str, ...]) -> None:
        super().__init__(key, f"{WHOLE}:{key}", place)
        self.acts = acts
        self.main_name = ""


def map_record(record: Record) -> EntryReading:
    """All that the record says; `SourceRefused` if it has no number."""
    groups = groups_of(record)
    top = {group.tag: group for group in groups if group.tag.startswith("@")}
    key = _top(top, "@logicalId")
    if not key:
        raise SourceRefused(f"{record.place}: no logicalId, so the entry has no identity")
    regulations = [group for group in groups if group.tag == "regulation"]
    entry = _Entry(key, record.place, tuple(_peek(group, "@numberTitle") for group in regulations))
    entry.say(Property.DATA_ID, key, "@logicalId")
    entry.say(Property.REFERENCE, _top(top, "@euReferenceNumber") or key, "@euReferenceNumber")
    _membership(entry, groups, regulations)
    printed = _top(top, "@unitedNationId")
    said = len(entry.made().claims)
    say_un_numbers(entry, printed, "@unitedNationId")
    if len(entry.made().claims) == said and printed:
        entry.leave("@unitedNationId", "@unitedNationId", printed)
    printed = _top(top, "@designationDate")
    day = dates.iso_day(printed)
    entry.say(Property.FEATURE, day or "", "@designationDate", field=UN_DESIGNATION)
    if day is None and printed:
        entry.leave("@designationDate", "@designationDate", printed)
    entry.say(Property.COMMENT, _top(top, "@designationDetails"), "@designationDetails", of="designation")
    for group in groups:
        step = _STEPS.get(group.tag)
        if step:
            step(entry, group)
        group.leave(entry)
    return entry.made()


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every entry, each key once: a record is an entry here."""
    return each_once(map_record(record) for record in records)


def _top(top: dict[str, Group], name: str) -> str:
    """An attribute of the entity itself."""
    return top[name].take("") if name in top else ""


def _peek(group: Group, leaf: str) -> str:
    found = group.leaves.get(leaf)
    return one_line(found[1]) if found else ""


def _membership(entry: _Entry, groups: list[Group], regulations: list[Group]) -> None:
    acts = [
        one_line(value)
        for group in groups
        for leaf, (_, value) in group.leaves.items()
        if leaf.endswith("@numberTitle")
    ]
    programmes = list(dict.fromkeys(filter(None, (_peek(group, "@programme") for group in regulations))))
    for programme in programmes or [""]:
        for member in lists_of(programme, acts):
            entry.say(Property.MEMBER, member, "regulation/@programme")
    for programme in programmes:
        entry.say(Property.PROGRAMME, programme, "regulation/@programme")


def _regulation(entry: _Entry, group: Group) -> None:
    number, programme = group.take("@numberTitle"), group.take("@programme")
    days = []
    for leaf in ("@publicationDate", "@entryIntoForceDate"):
        printed = group.take(leaf)
        days.append(dates.iso_day(printed) or "")
        if not days[-1]:
            group.put_back(leaf, printed)
    link = group.take("publicationUrl") or group.take("@publicationUrl")
    kind, body = group.take("@regulationType"), group.take("@organisationType")
    entry.say(
        Property.LEGAL_BASIS, number, group.place, number=number.partition(" (")[0], date=days[0], effective=days[1],
        programme=programme, kind=kind, by=body, link=link,
    )  # fmt: skip
    _number(entry, group)


def _on(entry: _Entry, group: Group) -> dict[str, str]:
    """The facets of a claim whose part rests on another act than the entity does; its act becomes a claim too."""
    found: dict[str, str] = {}
    for summary in group.groups("regulationSummary"):
        act, printed = summary.take("@numberTitle"), summary.take("@publicationDate")
        day = dates.iso_day(printed) or ""
        if not day:
            summary.put_back("@publicationDate", printed)
        entry.say(
            Property.LEGAL_BASIS, act, summary.place, number=act.partition(" (")[0], date=day,
            kind=summary.take("@regulationType"), link=summary.take("@publicationUrl"),
        )  # fmt: skip
        if act and act not in entry.acts:
            found = {"basis": act, "basis_date": day}
        summary.leave(entry)
    _number(entry, group)
    language = group.take("@regulationLanguage")
    if language:
        entry.say(Property.HOUSEKEEPING, language, group.place, field=f"{group.tag}/@regulationLanguage")
    for remark in group.groups("remark"):
        entry.say(Property.COMMENT, remark.take(""), remark.place, of=group.tag)
        remark.leave(entry)
    return found


def _number(entry: _Entry, group: Group) -> None:
    """The number of the part in the publisher's database."""
    entry.say(Property.HOUSEKEEPING, group.take("@logicalId"), group.place, field=f"{group.tag}/@logicalId")


def _subject_type(entry: _Entry, group: Group) -> None:
    printed, classified = group.take("@code"), group.take("@classificationCode")
    kind = _KINDS.get(printed.casefold()) or _KINDS.get(classified.casefold())
    entry.say(Property.KIND, kind.value if kind else "", group.place)
    if kind is None:
        group.put_back("@code", printed)
        group.put_back("@classificationCode", classified)
    group.take("")


def _name(entry: _Entry, group: Group) -> None:
    """The first is the entry's name; all others are aliases, weak ones where ``strong`` is false."""
    on = _on(entry, group)
    given, middle, family = (group.take(leaf) for leaf in ("@firstName", "@middleName", "@lastName"))
    name = group.take("@wholeName") or one_line(f"{given} {middle} {family}")
    strong, language = group.take("@strong").casefold(), group.take("@nameLanguage").casefold()
    entry.main_name = entry.main_name or name
    prop = Property.NAME if name == entry.main_name else Property.ALIAS
    script = script_of(name)
    quality = {"true": "good", "false": "low"}.get(strong, "")
    if strong and not quality:
        group.put_back("@strong", strong)
    entry.say(
        prop, name, group.place, quality=quality if prop is Property.ALIAS else "", language=language,
        script="" if script == "Latn" else script, family=family, given=given, middle=middle, **on,
    )  # fmt: skip
    printed = group.take("@gender")
    entry.say(Property.GENDER, _GENDERS.get(printed, ""), group.place)
    if printed not in _GENDERS:
        group.put_back("@gender", printed)
    entry.say(Property.TITLE, group.take("@title"), group.place, **on)
    entry.say(Property.POSITION, group.take("@function"), group.place, **on)


def _state(group: Group) -> str:
    """The state by its name, else by its code; the code ``00`` and *unknown* say nothing."""
    code, name = group.take("@countryIso2Code"), group.take("@countryDescription")
    return next((said for said in (name, code) if said.casefold() not in _NO_STATE), "")


def _citizenship(entry: _Entry, group: Group) -> None:
    on = _on(entry, group)
    entry.say(Property.NATIONALITY, _state(group), group.place, region=group.take("@region"), **on)


def _spot(group: Group) -> tuple[str, dict[str, str]]:
    """A place on one line, and its parts as facets."""
    street, box = group.take("@street"), group.take("@poBox")
    street = ", ".join(part for part in (street, f"PO Box {box}" if box.isdecimal() else box) if part)
    city, place, region = group.take("@city"), group.take("@place"), group.take("@region")
    code, country = group.take("@zipCode"), _state(group)
    line = ", ".join(dict.fromkeys(part for part in (street, place, code, city, region, country) if part))
    pairs = {"street": street, "city": city, "state": region, "postal_code": code, "country": country, "place": place}
    return line, pairs


def _birth(entry: _Entry, group: Group) -> None:
    on = _on(entry, group)
    calendar = group.take("@calendarType").upper()
    if calendar not in {"", "GREGORIAN", "ISLAMIC"}:
        group.put_back("@calendarType", calendar)
    else:
        _birth_date(entry, group, on, is_islamic=calendar == "ISLAMIC")
    line, pairs = _spot(group)
    entry.say(Property.BIRTH_PLACE, line, group.place, **pairs, **on)


def _birth_date(entry: _Entry, group: Group, on: dict[str, str], *, is_islamic: bool) -> None:
    whole = group.take("@birthdate")
    parts = [group.take(leaf) for leaf in ("@year", "@monthOfYear", "@dayOfMonth")]
    first, last = group.take("@yearRangeFrom"), group.take("@yearRangeTo")
    circa = group.take("@circa").casefold() == "true"
    printed = "-".join(part for part in parts if part) or (f"{first}/{last}" if first or last else whole)
    if is_islamic:
        date = dates.from_hijri(*(int(part) if part.isdecimal() else 0 for part in parts)) if parts[0] else None
    else:
        date = dates.iso_day(whole) or (dates.parted(*parts) if parts[0] else None) or dates.between(first, last)
    if date is None:
        for leaf, value in zip(
            ("@birthdate", "@year", "@monthOfYear", "@dayOfMonth", "@yearRangeFrom", "@yearRangeTo"),
            (whole, *parts, first, last), strict=True,
        ):  # fmt: skip
            group.put_back(leaf, value)
        return
    entry.say(
        Property.BIRTH_DATE, date, group.place, about="circa" if circa else "",
        calendar="islamic" if is_islamic else "", printed=printed if is_islamic else "", **on,
    )  # fmt: skip
    entry.say(Property.BIRTH_YEAR, dates.years_in(date), group.place)


_FLAGS: Final = (
    ("@knownFalse", "known to be false"),
    ("@knownExpired", "known to be expired"),
    ("@reportedLost", "reported lost"),
    ("@revokedByIssuer", "revoked by issuer"),
    ("@diplomatic", "diplomatic"),
)


def _identification(entry: _Entry, group: Group) -> None:
    on = _on(entry, group)
    number, latin = group.take("@number"), group.take("@latinNumber")
    kind = group.take("@identificationTypeDescription") or group.take("@identificationTypeCode")
    group.take("@identificationTypeCode")
    states = []
    for leaf, words in _FLAGS:
        printed = group.take(leaf)
        if printed.casefold() == "true":
            states.append(words)
        elif printed.casefold() not in {"", "false"}:
            group.put_back(leaf, printed)
    days = {}
    for leaf, facet in (("@issueDate", "issued"), ("@validFrom", "valid_from"), ("@validTo", "valid_to")):
        printed = group.take(leaf)
        days[facet] = dates.iso_day(printed) or dates.iso_years(printed) or ""
        if not days[facet]:
            group.put_back(leaf, printed)
    entry.say(
        Property.IDENTIFIER, number or latin, group.place, type=kind, latin=latin if latin != number else "",
        status="; ".join(states), country=_state(group), issued_by=group.take("@issuedBy"),
        name=group.take("@nameOnDocument"), region=group.take("@region"), **days, **on,
    )  # fmt: skip


def _address(entry: _Entry, group: Group) -> None:
    on = _on(entry, group)
    for contact in group.groups("contactInfo"):
        kind, value = contact.take("@key"), contact.take("@value")
        entry.say(Property.CONTACT, value, contact.place, kind=_CHANNELS.get(kind.upper(), kind.casefold()), **on)
        contact.leave(entry)
    then = group.take("@asAtListingTime").casefold() == "true"
    line, pairs = _spot(group)
    entry.say(Property.ADDRESS, line, group.place, note="as at listing time" if then else "", **pairs, **on)


_CHANNELS: Final = {"PHONE": "phone", "FAX": "fax", "EMAIL": "e-mail", "WEB": "website"}


def _remark(entry: _Entry, group: Group) -> None:
    say_remark(entry, group.take(""), group.place)


_Step = Callable[[_Entry, Group], None]

_STEPS: Final[dict[str, _Step]] = {
    "regulation": _regulation,
    "subjectType": _subject_type,
    "nameAlias": _name,
    "citizenship": _citizenship,
    "birthdate": _birth,
    "identification": _identification,
    "address": _address,
    "remark": _remark,
}
"""What to make of each part of an entity. One that is not here is unread, by its name."""
