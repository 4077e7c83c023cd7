"""From a record to claims, by consuming its fields: what no step takes becomes `Unread`."""

import re
from collections.abc import Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.ca_gac import names
from tizim.sources.ca_gac.read import NEW_LAYOUT, SOURCE_ID
from tizim.sources.dates import iso_day, iso_years, numeric, years_in
from tizim.sources.entries import Fields, Making, each_once
from tizim.text import fold, one_line, script_of

_MONTH: Final = re.compile(r"\d{4}-\d{2}")
_OR: Final = re.compile(r"\s+or\s+", re.IGNORECASE)


class _Identity:
    """What an entry is known by: regime, kind, name and birth date, since its numbers are not kept."""

    __slots__ = ("item", "key", "kind", "listed", "place", "schedule")

    def __init__(self, record: Record) -> None:
        fields = {NEW_LAYOUT.get(tag, tag): one_line(value) for tag, value in record.fields}
        cell = fields.get("EntityOrShip", "")
        # The main name alone: other names in the cell come and go with its amendments.
        name = (
            names.entity(cell)[0].text
            if cell
            else " ".join(part for part in (fields.get("LastName", ""), fields.get("GivenName", "")) if part)
        )
        regime = _languages(fields.get("Country", ""))[0]
        if not name or not regime:
            raise SourceRefused(f"{record.place}: has no Country or no name, so the entry has no identity")
        if "ShipIMONumber" in fields:
            self.kind = Kind.VESSEL
        else:
            self.kind = Kind.ORGANISATION if "EntityOrShip" in fields else Kind.PERSON
        born = fields.get("DateOfBirthOrShipBuildDate", "") if self.kind is Kind.PERSON else ""
        number = fields.get("ShipIMONumber", "")
        parts = (fold(regime), self.kind.value, fold(name), number or fold(born))
        self.key = ":".join(part.replace(" ", "-") for part in parts if part)
        self.place = record.place
        self.schedule, self.item = fields.get("Schedule", ""), fields.get("Item", "")
        self.listed = fields.get("DateOfListing", "")

    @property
    def order(self) -> tuple[str, str, int, str]:
        """Where it stands among entries with the same key: the one listed first has the bare key."""
        return (self.listed, self.schedule, int(self.item) if self.item.isdigit() else 0, self.item)


def map_record(record: Record) -> EntryReading:
    """All that the record says. Raises `SourceRefused` if it has neither regime nor name."""
    identity = _Identity(record)
    return _mapped(record, identity, identity.key)


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every entry, each key once. Two of one key are told apart by their schedule, else by schedule and item."""
    identities = [_Identity(record) for record in records]
    alike: dict[str, list[_Identity]] = {}
    for identity in identities:
        alike.setdefault(identity.key, []).append(identity)
    keys: dict[int, str] = {}
    for key, group in alike.items():
        taken = {key}
        for identity in sorted(group, key=lambda each: each.order)[1:]:
            apart = f"{key}:schedule-{_slug(identity.schedule)}"
            if apart in taken:
                apart = f"{apart}-item-{_slug(identity.item)}"
            taken.add(apart)
            keys[id(identity)] = apart
    return each_once(
        _mapped(record, identity, keys.get(id(identity), identity.key))
        for record, identity in zip(records, identities, strict=True)
    )


def _slug(text: str) -> str:
    return fold(text).replace(" ", "-") or "none"


def _languages(text: str) -> tuple[str, str]:
    """The English and the French of a cell in both: ``Syria / Syrie``, ``General/général``."""
    english, _, french = one_line(text).partition("/")
    return english.strip(), french.strip()


def _mapped(record: Record, identity: _Identity, key: str) -> EntryReading:
    making = Making(key, f"{SOURCE_ID}:{key}", record.place)
    fields = Fields(record)
    making.say(Property.MEMBER, SOURCE_ID, "")
    making.say(Property.KIND, identity.kind.value, "")
    regime, french = _languages(fields.take("Country"))
    making.say(Property.PROGRAMME, regime, "Country", fr=french)
    schedule, item = fields.take("Schedule"), fields.take("Item")
    numbers = (f"Schedule {schedule}" if schedule else "", f"Item {item}" if item else "")
    making.say(Property.REFERENCE, ", ".join(part for part in (regime, *numbers) if part), "Schedule+Item")
    making.say(Property.HOUSEKEEPING, schedule, "Schedule", field="Schedule")
    making.say(Property.HOUSEKEEPING, item, "Item", field="Item")
    _say_names(making, fields)
    for alias in names.aliases(fields.take("Aliases"), of_person=identity.kind is Kind.PERSON):
        making.say(
            Property.ALIAS, alias.text, "Aliases", script=script_of(alias.text), language=alias.language,
            form=alias.form,
        )  # fmt: skip
    _say_date(making, fields, identity.kind)
    _say_title(making, fields, identity.kind)
    making.say(Property.IDENTIFIER, fields.take("ShipIMONumber"), "ShipIMONumber", type="IMO number")
    printed = fields.take("DateOfListing")
    day = iso_day(printed)
    making.say(Property.LISTED_ON, day or "", "DateOfListing")
    if not day:
        fields.put_back("DateOfListing", printed)
    fields.leave(making)
    return making.made()


def _say_names(making: Making, fields: Fields) -> None:
    cell = fields.take("EntityOrShip", "Entity")
    if cell:
        name, *others = names.entity(cell)
        making.say(Property.NAME, name.text, "EntityOrShip", script=script_of(name.text))
        for other in others:
            making.say(
                Property.ALIAS, other.text, "EntityOrShip", script=script_of(other.text), language=other.language
            )
    given, family = names.spellings(fields.take("GivenName")), names.spellings(fields.take("LastName"))
    for number, last in enumerate(family):
        for turn, first in enumerate(given):
            whole = " ".join(part for part in (first, last) if part)
            prop = Property.ALIAS if number or turn else Property.NAME
            making.say(prop, whole, "GivenName+LastName", script=script_of(whole), family=last)


def _say_date(making: Making, fields: Fields, kind: Kind) -> None:
    place = "DateOfBirthOrShipBuildDate"
    printed = fields.take("DateOfBirthOrShipBuildDate", "DateOfBirth")
    dates = [_date(part) for part in _OR.split(printed)] if printed else []
    if not all(dates):
        fields.put_back(place, printed)
        return
    alternatives = printed if len(dates) > 1 else ""
    for date in dates:
        if kind is Kind.VESSEL:
            making.say(Property.FEATURE, date or "", place, field="build date")
        elif date:
            making.say(Property.BIRTH_DATE, date, place, printed=alternatives)
            making.say(Property.BIRTH_YEAR, years_in(date), place)


def _date(text: str) -> str | None:
    said = text.strip()
    if _MONTH.fullmatch(said):
        return said if 1 <= int(said[5:]) <= 12 else None
    return iso_day(said) or iso_years(said) or numeric(said, "ymd")


def _say_title(making: Making, fields: Fields, kind: Kind) -> None:
    printed = fields.take("TitleOrShip", "Title")
    if kind is Kind.PERSON:
        english, french = _languages(printed)
        making.say(Property.TITLE, english, "TitleOrShip", fr=french)
    else:
        making.say(Property.FEATURE, printed, "TitleOrShip", field="vessel type")
