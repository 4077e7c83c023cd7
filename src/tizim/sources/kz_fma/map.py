"""From a record of either form to claims."""

import re
from collections.abc import Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.dates import iso_day, numeric, years_in
from tizim.sources.entries import Fields, Making, each_once
from tizim.sources.kz_fma.iin import conflict
from tizim.sources.namekeys import person_key, told_apart
from tizim.text import one_line, script_of

LIST_ID: Final = "kz-fm"
XML: Final = "kz-fm-xml"
JSON: Final = "kz-fm-json"

_PLACE: Final = re.compile(r"(?P<tag>\w+)\[\d+\], category (?P<category>[12])(?:, (?P<status>\w+))?")
# In words: включен от 12.03.2020; исключён 01.02.2021.
_CORRECTION: Final = re.compile(
    r"(?:(?P<off>ис)|в)ключ[её]н[ао]?\s*(?:от|с)?\s*(?P<date>\d{1,2}\.\d{1,2}\.\d{4})(?:\s*г\.?)?"
)
_NONE: Final = frozenset({"", "-", "–", "нет", "null"})


class Mapper:
    """Maps records; one that is told from its like is mapped with a mark in its key."""

    @staticmethod
    def map_record(record: Record) -> EntryReading:
        """All that one record says. Raises `SourceRefused` if it names nobody."""
        return _reading(record, _key(record))

    @staticmethod
    def readings(records: list[Record]) -> Iterator[EntryReading]:
        """Every entry, each key once; persons of one name and birth are told apart by their numbers."""
        keys = told_apart([_key(record) for record in records], [_number(record) for record in records])
        return each_once(_reading(record, key) for record, key in zip(records, keys, strict=True))


def _value(record: Record, *names: str) -> str:
    """A field of the record, on one line; a word for nothing is nothing."""
    fields = dict(record.fields)
    found = next((one_line(fields[name]) for name in names if name in fields), "")
    return "" if found.casefold() in _NONE else found


def _number(record: Record) -> str:
    return _value(record, "iin", "org_iin", "bin")


def _name(record: Record) -> str:
    """The name as its parts stand in official texts: family name, given name, patronymic."""
    parts = (_value(record, "lname"), _value(record, "fname"), _value(record, "mname"))
    return " ".join(part for part in parts if part) or _names(_value(record, "org_name"))[:1].pop()


def _names(text: str) -> list[str]:
    found = [name for part in text.split(";") if (name := one_line(part))]
    return found or [""]


def _date(text: str) -> str:
    return numeric(text, "dmy") or iso_day(text) or ""


def _key(record: Record) -> str:
    name = _name(record)
    if not name:
        raise SourceRefused(f"{record.place}: has no name, so the entry has no identity")
    return person_key(name, _date(_value(record, "birthdate")))


def _reading(record: Record, key: str) -> EntryReading:
    place = _PLACE.fullmatch(record.place)
    if place is None:
        raise SourceRefused(f"{record.place}: is no place of a record of this source")
    making = Making(key, f"{LIST_ID}:{key}", record.place)
    status = place["status"] or "acting"
    if status == "excluded":
        making.say(Property.STATUS, status, "status")
    else:
        making.say(Property.MEMBER, LIST_ID, "")
        making.say(Property.STATUS, place["status"] or "", "status")
    making.say(Property.PROGRAMME, f"category {place['category']}", "")
    fields = Fields(record)
    is_person = place["tag"] == "person" or bool(_value(record, "org_iin"))
    making.say(Property.KIND, (Kind.PERSON if is_person else Kind.ORGANISATION).value, "")
    _say_names(making, record, fields)
    birth = _say_birth(making, fields)
    _say_number(making, fields, birth)
    _say_dates(making, fields, status)
    making.say(Property.COMMENT, fields.take("note"), "note")
    for field in ("id", "num", "category", "type", "status"):
        making.say(Property.HOUSEKEEPING, fields.take(field), field, field=field)
    fields.leave(making)
    return making.made()


def _say_names(making: Making, record: Record, fields: Fields) -> None:
    parts = [fields.take(field) for field in ("lname", "fname", "mname")]
    if any(parts):
        name = _name(record)
        making.say(Property.NAME, name, "lname+fname+mname", script=script_of(name), form="family name first")
    for field in ("org_name", "org_name_en"):
        for name in _names(fields.take(field)):
            main = field == "org_name" and name == _name(record) and not any(parts)
            making.say(Property.NAME if main else Property.ALIAS, name, field, script=script_of(name) if name else "")


def _say_birth(making: Making, fields: Fields) -> str:
    """The birth date; it is given back for the check of the number."""
    printed = fields.take("birthdate")
    date = _date(printed)
    if date:
        making.say(Property.BIRTH_DATE, date, "birthdate")
        making.say(Property.BIRTH_YEAR, years_in(date), "birthdate")
    elif printed.casefold() not in _NONE:
        making.leave("birthdate", "birthdate", printed)
    return date


def _say_number(making: Making, fields: Fields, birth: str) -> None:
    """The number is told as printed; what speaks against it is unread beside it, for a person to look at."""
    for field, kind in (("iin", "IIN"), ("org_iin", "IIN"), ("bin", "BIN")):
        number = fields.take(field)
        if number.casefold() in _NONE:
            continue
        making.say(Property.IDENTIFIER, number, field, type=kind, country="Kazakhstan")
        against = conflict(number, birth) if kind == "IIN" else ""
        if against:
            making.leave(field, f"{field} ({against})", number)


def _say_dates(making: Making, fields: Fields, status: str) -> None:
    """When the entry was added and taken off: the field for it, else the words of the correction."""
    added = fields.take("added_to_list")
    listed = _date(added)
    making.say(Property.LISTED_ON, listed, "added_to_list")
    if added.casefold() not in _NONE and not listed:
        making.leave("added_to_list", "added_to_list", added)
    for field in ("excluded_from_list", "excluded_date", "exclusion_date"):
        off = fields.take(field)
        date = _date(off)
        making.say(Property.DELISTED_ON, date, field)
        if off and not date:
            making.leave(field, field, off)
    printed = fields.take("correction")
    rest = printed
    for match in _CORRECTION.finditer(printed.casefold()):
        date = _date(match["date"])
        words = printed[match.start() : match.end()]
        if match["off"] and date and status == "excluded":
            making.say(Property.DELISTED_ON, date, "correction", printed=words)
        elif not match["off"] and date and (not listed or listed == date):
            making.say(Property.LISTED_ON, date, "correction", printed="" if listed else words)
        else:
            continue
        rest = rest.replace(words, "", 1)
    making.leave("correction", "correction", rest.strip(" ,;."))
