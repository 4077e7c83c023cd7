"""From the entries of the legacy XML to claims, by consuming their elements: what no step takes is `Unread`."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.entries import Group, Making, each_once, groups
from tizim.sources.us_ofac.lists import PREFIX, Roster
from tizim.sources.us_ofac.map_csv import Mapper, say_address, say_feature, say_name
from tizim.sources.us_ofac.remarks import tell
from tizim.sources.us_ofac.values import say_birth_date, say_value

_REMEMBERED: Final = 60_000
"""See ``map_csv.py``: most entries are those of the document before."""
_KINDS: Final = {
    "individual": Kind.PERSON, "entity": Kind.ORGANISATION, "vessel": Kind.VESSEL, "aircraft": Kind.AIRCRAFT,
}  # fmt: skip
_QUALITIES: Final = {"strong": "good", "weak": "low"}
_ALIAS_KINDS: Final = {"a.k.a.": "", "f.k.a.": "f.k.a.", "n.k.a.": "n.k.a."}
_MAIN: Final = {"true": "", "false": "yes"}
_VESSEL: Final = {
    "callSign": "call sign",
    "vesselType": "vessel type",
    "vesselFlag": "flag",
    "vesselOwner": "owner",
    "tonnage": "tonnage",
    "grossRegisteredTonnage": "gross registered tonnage",
}
_ADDRESS_LINES: Final = ("address1", "address2", "address3")
_SEMICOLON: Final = re.compile(r"\s*;\s*")


def xml_mapper(roster: Roster) -> Mapper:
    """The functions that map the entries of a list, remembering what they made of an entry."""

    @lru_cache(maxsize=_REMEMBERED)
    def mapping(record: Record) -> EntryReading:
        return _entry(record, roster)

    def grouping(records: list[Record]) -> Iterator[EntryReading]:
        return each_once(mapping(record) for record in records)

    return Mapper(mapping=mapping, grouping=grouping)


def _entry(record: Record, roster: Roster) -> EntryReading:
    found = groups(record)
    by_tag = {group.tag: group for group in found}
    uid = _take(by_tag, "uid")
    if not uid:
        raise SourceRefused(f"{record.place}: no uid, so the entry has no identity")
    making = Making(uid, f"{PREFIX}:{uid}", f"uid {uid}")
    making.state(Property.MEMBER, roster.whole, "")
    making.state(Property.REFERENCE, uid, "uid")
    _programmes(making, by_tag.get("programList"), roster)
    printed = _take(by_tag, "sdnType")
    kind = _KINDS.get(printed.casefold())
    if kind is None and printed:
        by_tag["sdnType"].put_back("", printed)
    making.state(Property.KIND, (kind or Kind.UNKNOWN).value, "sdnType")
    given = _take(by_tag, "firstName")
    name = ", ".join(part for part in (_take(by_tag, "lastName"), given) if part)
    say_name(making, Property.NAME, name, "lastName+firstName" if given else "lastName", person=bool(given))
    for title in _SEMICOLON.split(_take(by_tag, "title")):
        making.say(Property.TITLE, title, "title")
    tell(making, _take(by_tag, "remarks"), "remarks")
    for group in found:
        if step := _STEPS.get(group.tag):
            step(making, group)
        group.leave(making)
    return making.made()


def _take(by_tag: dict[str, Group], tag: str) -> str:
    group = by_tag.get(tag)
    return group.take("") if group else ""


def _programmes(making: Making, group: Group | None, roster: Roster) -> None:
    codes = group.take_all("program") if group else []
    for place, code in codes:
        making.say(Property.PROGRAMME, code, place)
        for marked, part in roster.by_programme:
            if code == marked:
                making.state(Property.MEMBER, part, place)


def _items(tag: str, step: "_Step") -> "_Step":
    """A step for each element *tag* of a list; the number of an item is where it stands, not what it says."""

    def steps(making: Making, group: Group) -> None:
        for item in group.groups(tag):
            uid = item.take("uid")
            if uid:
                item.place = f"{group.tag}/{tag} {uid}"
            step(making, item)
            item.leave(making)

    return steps


def _alias(making: Making, item: Group) -> None:
    printed, category = item.take("type"), item.take("category")
    kind, quality = _ALIAS_KINDS.get(printed.casefold()), _QUALITIES.get(category.casefold())
    if kind is None:
        item.put_back("type", printed)
    if quality is None:
        item.put_back("category", category)
    given = item.take("firstName")
    name = ", ".join(part for part in (item.take("lastName"), given) if part)
    say_name(
        making, Property.ALIAS, name, item.place, person=bool(given), quality=quality or "", printed_kind=kind or ""
    )


def _address(making: Making, item: Group) -> None:
    """The line reads as in the flat files: street, then city, state and postal code in a row, then country."""
    street = ", ".join(line for tag in _ADDRESS_LINES if (line := item.take(tag)))
    city, state, code = item.take("city"), item.take("stateOrProvince"), item.take("postalCode")
    locality = " ".join(part for part in (", ".join(part for part in (city, state) if part), code) if part)
    say_address(making, street, locality, item.take("country"), item.place, city=city, state=state, postal_code=code)


def _id(making: Making, item: Group) -> None:
    """An identity document or any other named value: a website, a measure, a birth year of a ship."""
    kind, number = item.take("idType"), item.take("idNumber")
    country, issued, expires = item.take("idCountry"), item.take("issueDate"), item.take("expirationDate")
    if not say_value(
        making, f"{kind} {number}".strip(), item.place, country=country, issued=issued, expires=expires
    ):  # fmt: skip
        told = (
            number,
            f"({country})" if country else "",
            issued and f"issued {issued}",
            expires and f"expires {expires}",
        )
        making.leave(item.place, f"id: {kind}", " ".join(part for part in told if part))


def _other(item: Group) -> str:
    """The facet *alternative* by ``mainEntry``; another word for it is left."""
    printed = item.take("mainEntry")
    if printed and printed.casefold() not in _MAIN:
        item.put_back("mainEntry", printed)
    return _MAIN.get(printed.casefold(), "")


def _birth_date(making: Making, item: Group) -> None:
    printed = item.take("dateOfBirth")
    if printed and not say_birth_date(making, printed, item.place, _other(item)):
        item.put_back("dateOfBirth", printed)


def _valued(tag: str, prop: Property, kind: str = "") -> "_Step":
    def step(making: Making, item: Group) -> None:
        making.say(prop, item.take(tag), item.place, kind=kind, alternative=_other(item))

    return step


def _vessel(making: Making, group: Group) -> None:
    for leaf, feature in _VESSEL.items():
        say_feature(making, group.take(leaf), f"{group.place}/{leaf}", feature)


_Step = Callable[[Making, Group], None]

_STEPS: Final[dict[str, _Step]] = {
    "akaList": _items("aka", _alias),
    "addressList": _items("address", _address),
    "idList": _items("id", _id),
    "dateOfBirthList": _items("dateOfBirthItem", _birth_date),
    "placeOfBirthList": _items("placeOfBirthItem", _valued("placeOfBirth", Property.BIRTH_PLACE)),
    "nationalityList": _items("nationality", _valued("country", Property.NATIONALITY)),
    "citizenshipList": _items("citizenship", _valued("country", Property.NATIONALITY, "citizenship")),
    "vesselInfo": _vessel,
}
"""What to make of each element right below an entry. One that is not here is unread, by its name."""
