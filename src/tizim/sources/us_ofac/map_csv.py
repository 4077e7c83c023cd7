"""From the rows of the flat files to claims, by consuming their cells: what no step takes becomes `Unread`."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

import msgspec

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property, facets
from tizim.errors import SourceRefused
from tizim.sources.entries import Fields, Making
from tizim.sources.us_ofac.lists import PREFIX, Roster, programmes
from tizim.sources.us_ofac.read_csv import CONTINUED
from tizim.sources.us_ofac.remarks import LIMIT, bare, is_cut, tell
from tizim.text import one_line

_REMEMBERED: Final = 60_000
"""Entries of four whole SDN lists. In 281 versions of one list nearly all rows are those of the version before:
mapped once, such an entry costs a look-up, and comes back as the same object, by which a keeper can see without
comparing that nothing changed. So nothing that differs between documents may stand in a record: no line."""
_TITLE_LIMIT: Final = 200
"""Characters that the flat files leave for titles."""
_KINDS: Final = {
    "individual": Kind.PERSON,
    "vessel": Kind.VESSEL,
    "aircraft": Kind.AIRCRAFT,
    "entity": Kind.ORGANISATION,
}
_FEATURES: Final = {
    "Call_Sign": "call sign",
    "Vess_type": "vessel type",
    "Tonnage": "tonnage",
    "GRT": "gross registered tonnage",
    "Vess_flag": "flag",
    "Vess_owner": "owner",
}
_TONNAGE: Final = frozenset({"tonnage", "gross registered tonnage"})
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+")
# A person's name: the family's in capitals, a comma, the given ones in small letters. Companies are all capitals.
_FAMILY_FIRST: Final = re.compile(r"[^a-z]*[A-Z][^a-z]*, .*[a-z]")
_REGION: Final = re.compile(r"Region:\s*")
_DIGIT_OR_COMMA: Final = re.compile(r"[\d,]")


class Mapper(msgspec.Struct, frozen=True, kw_only=True):
    """What the flat files of one list are mapped with."""

    mapping: Callable[[Record], EntryReading]
    grouping: Callable[[list[Record]], Iterator[EntryReading]]


def mapper(roster: Roster) -> Mapper:
    """The functions that map the rows of a list, remembering what they made of a row."""

    @lru_cache(maxsize=_REMEMBERED)
    def entry_of(records: tuple[Record, ...]) -> EntryReading:
        return _entry(records, roster)

    def mapping(record: Record) -> EntryReading:
        return entry_of((record,))

    def grouping(records: list[Record]) -> Iterator[EntryReading]:
        groups: dict[str, list[Record]] = {}
        for record in records:
            groups.setdefault(_uid(record), []).append(record)
        return (entry_of(tuple(group)) for group in groups.values())

    return Mapper(mapping=mapping, grouping=grouping)


def _uid(record: Record) -> str:
    """The number of the entry, which stands first in every row."""
    name, value = record.fields[0] if record.fields else ("", "")
    uid = value.strip()
    if name != "ent_num" or not uid:
        raise SourceRefused(f"{record.place}: no ent_num, so the entry has no identity")
    return uid


def _entry(records: tuple[Record, ...], roster: Roster) -> EntryReading:
    uid = _uid(records[0])
    making = Making(uid, f"{PREFIX}:{uid}", f"uid {uid}")
    for record in records:
        cells = dict(record.fields)
        fields = Fields(record)
        fields.take("ent_num")
        number = record.place.partition(", ")[2]
        if "alt_num" in cells:
            _alias(making, fields, number)
        elif "Add_num" in cells:
            _address(making, fields, number)
        elif CONTINUED in cells and "SDN_Name" not in cells:
            tell(making, fields.raw(CONTINUED), CONTINUED, continued=True)
        else:
            _main(making, fields, uid, roster)
            _remarks(making, fields, cells)
        fields.leave(making)
    return making.made()


def _main(making: Making, fields: Fields, uid: str, roster: Roster) -> None:
    making.state(Property.MEMBER, roster.whole, "")
    making.state(Property.REFERENCE, uid, "ent_num")
    codes = programmes(fields.take("Program"))
    for code in codes:
        making.say(Property.PROGRAMME, code, "Program")
    for code, part in roster.by_programme:
        if code in codes:
            making.state(Property.MEMBER, part, "Program")
    printed = fields.take("SDN_Type")
    kind = _KINDS.get(printed.casefold()) if printed else Kind.ORGANISATION
    if kind is None:
        fields.put_back("SDN_Type", printed)
    making.state(Property.KIND, (kind or Kind.UNKNOWN).value, "SDN_Type")
    say_name(making, Property.NAME, fields.take("SDN_Name"), "SDN_Name", person=kind is Kind.PERSON)
    for title, cut in _titles(fields.raw("Title")):
        making.say(Property.TITLE, title, "Title", form="cut" if cut else "")
    for column, feature in _FEATURES.items():
        if value := fields.take(column):
            say_feature(making, value, column, feature)


def _titles(cell: str) -> list[tuple[str, bool]]:
    """The titles of a cell, parted by semicolons, and whether each is cut: the last is, where it fills the cell."""
    titles = [one_line(title) for title in cell.split(";") if title.strip()]
    return [(title, len(cell) >= _TITLE_LIMIT and number == len(titles)) for number, title in enumerate(titles, 1)]


def _remarks(making: Making, fields: Fields, cells: dict[str, str]) -> None:
    """The remarks, with what the file beside holds of them."""
    fields.raw("Remarks")
    fields.raw(CONTINUED)
    cell, rest = cells.get("Remarks", ""), cells.get(CONTINUED, "")
    titles = {bare(title): title for title, _ in _titles(cells.get("Title", ""))}
    if rest:
        # Only the fixed form loses the blanks at a cut; the others hold all thousand characters.
        tell(making, cell.ljust(LIMIT) + rest, "Remarks", titles=titles)
    else:
        tell(making, cell, "Remarks", titles=titles, cut=is_cut(cell))


def _alias(making: Making, fields: Fields, number: str) -> None:
    """An alias. Its own number is where it stands, not what it says: it would tell no reader anything, and a
    renumbering would look like a change of names.
    """
    fields.take("alt_num")
    printed, remarks = fields.take("alt_type"), fields.take("alt_remarks")
    name = fields.take("alt_name")
    kind = _ALIAS_KINDS.get(printed.casefold())
    if kind is None:
        fields.put_back("alt_type", printed)
    say_name(
        making, Property.ALIAS, name, f"{number}/alt_name", quality="good", person=bool(_FAMILY_FIRST.match(name)),
        printed_kind=kind or "",
    )  # fmt: skip
    if remarks and remarks not in _EMPTY_CUT:
        making.say(Property.COMMENT, remarks, f"{number}/alt_remarks", of=name)
    else:
        fields.put_back("alt_remarks", remarks)


_ALIAS_KINDS: Final = {"aka": "", "fka": "f.k.a.", "nka": "n.k.a."}
_EMPTY_CUT: Final = frozenset({"-0", "-"})
"""What is left of an empty cell at the end of a file that was cut there; it says nothing, and stays unread."""


def _address(making: Making, fields: Fields, number: str) -> None:
    fields.take("Add_num")
    street, country, note = fields.take("Address"), fields.take("Country"), fields.take("Add_remarks")
    if note in _EMPTY_CUT:
        fields.put_back("Add_remarks", note)
        note = ""
    say_address(making, street, fields.take("City/State/Province/Postal Code"), country, number, note=note)


# -- shared with the XML -------------------------------------------------------------------------


def say_name(
    making: Making, prop: Property, name: str, place: str, *, person: bool, quality: str = "", printed_kind: str = ""
) -> None:
    """A name as printed; of a person the family's stands first, before a comma. *printed_kind*: ``f.k.a.``, say."""
    former = printed_kind == "f.k.a."
    making.say(
        prop, name, place, form="family name first" if person and ", " in name else "", quality=quality,
        kind="former name" if former else "", printed_kind="" if former else printed_kind,
    )  # fmt: skip


def say_feature(making: Making, value: str, place: str, feature: str) -> None:
    """A feature of a vessel; thousands are parted by commas in some formats only, so here in none."""
    if feature in _TONNAGE and _THOUSANDS.fullmatch(value):
        value = value.replace(",", "")
    making.state(Property.FEATURE, value, place, facets(field=feature))


def say_address(
    making: Making, street: str, locality: str, country: str, place: str, *, note: str = "", city: str = "",
    state: str = "", postal_code: str = "",
) -> None:  # fmt: skip
    """An address. *locality* is city, state and postal code in a row, as the flat files have it.

    Where they are not given apart, a locality without digits and commas is a city; any other is not parted, since
    nothing tells a quarter from a province.
    """
    region = _REGION.match(country)
    line = ", ".join(part for part in (street, locality, country[region.end() :] if region else country) if part)
    plain = not (city or state or postal_code) and locality and not _DIGIT_OR_COMMA.search(locality)
    pairs = facets(
        street=street, city=locality if plain else city, state=state, postal_code=postal_code,
        locality="" if plain or city or state or postal_code else locality,
        country="" if region else country, region=country[region.end() :] if region else "", note=note if line else "",
    )  # fmt: skip
    making.state(Property.ADDRESS, line, place, pairs)
    if note and not line:
        making.say(Property.COMMENT, note, place)
