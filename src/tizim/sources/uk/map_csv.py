"""From rows of the consolidated list to claims. The rows of one group are one entry."""

from collections.abc import Callable, Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources import dates
from tizim.sources.entries import Fields, Making
from tizim.sources.uk import prose
from tizim.sources.uk.cells import bare, document, items, numbered, spots
from tizim.sources.uk.names import LANGUAGES, SCRIPTS, in_order
from tizim.sources.uk.read_csv import GROUP, NAMES
from tizim.text import script_of

LIST: Final = "uk-sanctions"
PREFIX: Final = "uk-ofsi"
_KINDS: Final = {"individual": Kind.PERSON, "entity": Kind.ORGANISATION, "ship": Kind.VESSEL}
_NAME_TYPES: Final = {
    "prime alias": (Property.NAME, ""),
    "primary name": (Property.NAME, ""),
    "primary name variation": (Property.ALIAS, "primary name variation"),
    "aka": (Property.ALIAS, ""),
    "alias": (Property.ALIAS, ""),
    "a.k.a": (Property.ALIAS, ""),
    "fka": (Property.ALIAS, "former name"),
    "f.k.a": (Property.ALIAS, "former name"),
}
_QUALITIES: Final = {"": "", "good": "good", "good quality": "good", "low": "low", "low quality": "low"}
_PASSPORT, _NATIONAL_ID = "passport", "national identification"


class _Entry(Making):
    """What is being made of one group."""

    __slots__ = ("is_about_right", "is_person", "regimes")

    def __init__(self, key: str, rows: list[Record]) -> None:
        super().__init__(key, f"{PREFIX}:{key}", rows[0].place)
        self.is_person = any(field == "Group Type" and value == "Individual" for field, value in rows[0].fields)
        self.regimes = _values(rows, "Regime")
        # The remark does not say of which date, so it is told only where there is one.
        remarked = any(map(prose.is_about_right, _values(rows, "Other Information")))
        self.is_about_right = remarked and len(_values(rows, "DOB")) == 1


def _values(rows: list[Record], column: str) -> set[str]:
    return {value.strip() for row in rows for field, value in row.fields if field == column}


def map_record(record: Record) -> EntryReading:
    """All that one row says; `SourceRefused` if it belongs to no group."""
    return _map_group(_key(record), [record])


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every group once, in the order in which their first rows stand."""
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(_key(record), []).append(record)
    for key, rows in found.items():
        yield _map_group(key, rows)


def _key(record: Record) -> str:
    key = next((value.strip() for field, value in record.fields if field == GROUP), "")
    if not key:
        raise SourceRefused(f"{record.place}: no {GROUP}, so the row has no identity")
    return key


def _map_group(key: str, rows: list[Record]) -> EntryReading:
    entry = _Entry(key, rows)
    entry.say(Property.MEMBER, LIST, rows[0].place)
    entry.say(Property.REFERENCE, key, f"{rows[0].place}/{GROUP}")
    seen: set[tuple[tuple[str, str], ...]] = set()
    for row in rows:
        # Rows of a group repeat everything but the name and the birth date, up to 252 times.
        rest = tuple(field for field in row.fields if field[0] not in _OF_A_NAME)
        is_new = rest not in seen
        seen.add(rest)
        fields = Fields(row if is_new else Record(place=row.place, fields=_of_a_name(row)))
        fields.take(GROUP)
        for step in _STEPS if is_new else _STEPS_OF_A_NAME:
            step(entry, fields, row.place)
        for left in _left(fields, row.place):
            entry.leave(*left)
    return entry.made()


def _of_a_name(row: Record) -> tuple[tuple[str, str], ...]:
    return tuple(field for field in row.fields if field[0] in _OF_A_NAME)


def _left(fields: Fields, place: str) -> list[tuple[str, str, str]]:
    """What nobody took, with the row in its place."""
    holder = Making("", "", "")
    fields.leave(holder)
    return [(f"{place}/{left.field}", left.field, left.value) for left in holder.made().unread]


def _kind(entry: _Entry, fields: Fields, place: str) -> None:
    printed = fields.take("Group Type")
    kind = _KINDS.get(printed.casefold())
    if kind is None:
        fields.put_back("Group Type", printed)
    else:
        entry.say(Property.KIND, kind.value, f"{place}/Group Type")


def _name(entry: _Entry, fields: Fields, place: str) -> None:
    """Given names, then the family name in capitals; an organisation's whole name stands where the family name does."""
    parts = [fields.take(column) for column in NAMES]
    name = in_order(parts)
    printed, quality = fields.take("Alias Type"), fields.take("Alias Quality")
    prop, kind = _NAME_TYPES.get(printed.casefold().rstrip("."), (Property.ALIAS, ""))
    if printed.casefold().rstrip(".") not in _NAME_TYPES:
        fields.put_back("Alias Type", printed)
    if quality.casefold() not in _QUALITIES:
        fields.put_back("Alias Quality", quality)
    rated = _QUALITIES.get(quality.casefold(), "")
    entry.say(prop, name, f"{place}/{'Name 6' if parts[-1] else 'Name 1'}", kind=kind, quality=rated)
    own = fields.take("Name Non-Latin Script")
    script, language = fields.take("Non-Latin Script Type"), fields.take("Non-Latin Script Language")
    tag = LANGUAGES.get(language.casefold(), "")
    if language and not tag:
        fields.put_back("Non-Latin Script Language", language)
    if script.casefold() not in SCRIPTS or not own:
        fields.put_back("Non-Latin Script Type", script)
    entry.say(Property.ORIGINAL_NAME, own, f"{place}/Name Non-Latin Script", script=script_of(own), language=tag)


def _birth_date(entry: _Entry, fields: Fields, place: str) -> None:
    printed = fields.take("DOB")
    date = dates.numeric(printed, "dmy")
    if date:
        about = "circa" if entry.is_about_right else ""
        entry.say(Property.BIRTH_DATE, date, f"{place}/DOB", about=about)
        entry.say(Property.BIRTH_YEAR, dates.years_in(date), f"{place}/DOB")
    else:
        fields.put_back("DOB", printed)


def _birth_places(entry: _Entry, fields: Fields, place: str) -> None:
    towns, countries = fields.take("Town of Birth"), fields.take("Country of Birth")
    column = "Town of Birth" if towns else "Country of Birth"
    for spot in spots(towns, countries):
        country, note = bare(spot.country)
        entry.say(
            Property.BIRTH_PLACE, spot.line, f"{place}/{column}", city=spot.town, country=country or spot.country,
            note=note if country else "",
        )  # fmt: skip


def _each(prop: Property, column: str) -> "_Step":
    """One claim for each item of a cell."""

    def step(entry: _Entry, fields: Fields, place: str) -> None:
        for value in items(fields.take(column)):
            entry.say(prop, value, f"{place}/{column}")

    return step


def _title(entry: _Entry, fields: Fields, place: str) -> None:
    """``Mullah/Haji`` is two titles."""
    for item in items(fields.take("Title")):
        for title in item.split("/"):
            entry.say(Property.TITLE, title.strip(), f"{place}/Title")


def _documents(kind: str, columns: tuple[str, ...], number_column: str) -> "_Step":
    """One claim for each document. Newer files have columns for the number and for what is said of it."""

    def step(entry: _Entry, fields: Fields, place: str) -> None:
        number, details = fields.take(number_column), fields.take(*columns)
        if number:
            _with_details(entry, kind, number, details, f"{place}/{number_column}")
            return
        for item in items(details):
            found = document(item)
            entry.say(
                Property.IDENTIFIER, found.number, f"{place}/{columns[0]}", type=kind, detail=found.detail,
                country=found.country, note=found.note, form="prose" if found.is_prose else "",
            )  # fmt: skip

    return step


def _with_details(entry: _Entry, kind: str, number: str, details: str, place: str) -> None:
    listed, said = numbered(number), numbered(details)
    if listed is None and said is None:
        entry.say(Property.IDENTIFIER, number, place, type=kind, note=details)
        return
    if listed is None or said is None:
        # One of the cells is a list and the other is not: which belongs to which cannot be told.
        for value in items(number):
            entry.say(Property.IDENTIFIER, value, place, type=kind, note=details)
        return
    for index in sorted({*listed, *said}):
        value, note = listed.get(index, ""), said.get(index, "")
        form = "" if value else "prose"
        entry.say(Property.IDENTIFIER, value or note, place, type=kind, note=note if value else "", form=form)


_STREET: Final = tuple(f"Address {number}" for number in range(1, 6))


def _address(entry: _Entry, fields: Fields, place: str) -> None:
    lines = [line for column in _STREET if (line := fields.take(column))]
    city, code, printed = fields.take("Address 6"), fields.take("Post/Zip Code"), fields.take("Country")
    country, note = bare(printed)
    street = ", ".join(lines)
    value = ", ".join(part for part in (street, city, code, country) if part)
    entry.say(
        Property.ADDRESS, value or note, f"{place}/{'Address 1' if lines else 'Address 6' if city else 'Country'}",
        street=street, city=city, postal_code=code, country=country, note=note if value else "",
        form="" if value else "prose",
    )  # fmt: skip


def _listing(entry: _Entry, fields: Fields, place: str) -> None:
    """Regime and dates. Where a group stands under several regimes, a date of listing says under which."""
    regime = fields.take("Regime")
    entry.say(Property.PROGRAMME, regime, f"{place}/Regime")
    under = regime if len(entry.regimes) > 1 else ""
    for column, prop, on in (
        ("Listed On", Property.LISTED_ON, ""),
        ("UK Sanctions List Date Designated", Property.LISTED_ON, "UK Sanctions List"),
        ("Last Updated", Property.AMENDED_ON, ""),
    ):
        printed = fields.take(column)
        date = dates.numeric(printed, "dmy")
        if date:
            entry.say(prop, date, f"{place}/{column}", programme=under, on=on)
        else:
            fields.put_back(column, printed)


def _prose(entry: _Entry, fields: Fields, place: str) -> None:
    said = fields.take("Other Information")
    prose.say_all(entry, said, f"{place}/Other Information", is_person=entry.is_person)


_Step = Callable[[_Entry, Fields, str], None]

_OF_A_NAME: Final = frozenset({
    *NAMES, "Alias Type", "Alias Quality", "Name Non-Latin Script", "Non-Latin Script Type",
    "Non-Latin Script Language", "DOB",
})  # fmt: skip
"""Columns of what differs from row to row of a group"""

_STEPS_OF_A_NAME: Final[tuple[_Step, ...]] = (_name, _birth_date)
"""What to make of those"""

_STEPS: Final[tuple[_Step, ...]] = (
    *_STEPS_OF_A_NAME,
    _kind,
    _title,
    _birth_places,
    _each(Property.NATIONALITY, "Nationality"),
    _documents(_PASSPORT, ("Passport Details",), "Passport Number"),
    _documents(_NATIONAL_ID, ("NI Number", "National Identification Details"), "National Identification Number"),
    _each(Property.POSITION, "Position"),
    _address,
    _listing,
    _prose,
)
"""What to make of the columns. One that no step takes is unread, by its name."""
