"""From a record to claims."""

import re
from collections.abc import Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.dates import years_in
from tizim.sources.entries import Fields, Making, each_once
from tizim.sources.kg_fiu.read import LEGAL, LIST_ID, PERSON, SOURCE_ID
from tizim.sources.namekeys import person_key, told_apart
from tizim.sources.table.days import read_day
from tizim.sources.table.names import apart, is_nothing
from tizim.text import one_line, script_of

_PARTS: Final = ("Surname", "Name", "Patronomic", "Patronymic")
_SEVERAL: Final = re.compile(r"\s*(?:[;,]|\bи\b|\bили\b|\n)\s*")
_DAY_FIRST: Final = "dmy"
"""Dates of this publisher in digits have the day first, whatever parts them."""


def map_record(record: Record) -> EntryReading:
    """All that a record says. Raises `SourceRefused` if it names nobody."""
    return _reading(record, _key(record))


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every record, each key once; those of one name and birth are told apart by places and grounds."""
    keys = told_apart([_key(record) for record in records], [_details(record) for record in records])
    return each_once(_reading(record, key) for record, key in zip(records, keys, strict=True))


def _is_person(record: Record) -> bool:
    return PERSON.fullmatch(record.place.partition("[")[0]) is not None


def _value(record: Record, field: str) -> str:
    found = one_line(dict(record.fields).get(field, ""))
    return "" if is_nothing(found) else found


def _name(record: Record) -> str:
    if _is_person(record):
        return " ".join(part for field in _PARTS if (part := _value(record, field)))
    found = apart(_value(record, "Name")).names
    return found[0].name if found else ""


def _dates(printed: str) -> list[tuple[str, str]]:
    """Each date of a field in ISO, empty where it is not understood, with its printed text."""
    pieces = [piece for piece in _SEVERAL.split(printed) if piece and not is_nothing(piece)]
    return [(read_day(piece, _DAY_FIRST).date, piece) for piece in pieces]


def _details(record: Record) -> str:
    return " ".join(_value(record, field) for field in ("PlaceBirth", "BasicInclusion", "DateInclusion"))


def _key(record: Record) -> str:
    name = _name(record)
    if not name:
        raise SourceRefused(f"{record.place}: has no name, so the entry has no identity")
    born = next((date for date, _ in _dates(_value(record, "DataBirth"))), "")
    return person_key(name, born)


def _reading(record: Record, key: str) -> EntryReading:
    tag = record.place.partition("[")[0]
    if not (PERSON.fullmatch(tag) or LEGAL.fullmatch(tag)):
        raise SourceRefused(f"{record.place}: is no entry of this list")
    making = Making(key, f"{SOURCE_ID}:{key}", record.place)
    fields = Fields(record)
    making.say(Property.MEMBER, LIST_ID, "")
    making.say(Property.KIND, (Kind.PERSON if _is_person(record) else Kind.ORGANISATION).value, "")
    making.say(Property.HOUSEKEEPING, tag, "", field="section")
    if _is_person(record):
        name = _name(record)
        for field in _PARTS:
            fields.take(field)
        making.say(Property.NAME, name, "Surname+Name+Patronomic", script=script_of(name), form="family name first")
    else:
        _say_names(making, fields.raw("Name"))
    _say_dates(making, fields, "DataBirth", Property.BIRTH_DATE)
    _say_dates(making, fields, "DateInclusion", Property.LISTED_ON)
    for field, prop in _PLAIN.items():
        value = fields.take(field)
        making.say(prop, "" if is_nothing(value) else value, field)
    making.say(Property.HOUSEKEEPING, fields.take("Number"), "Number", field="Number")
    fields.leave(making)
    return making.made()


_PLAIN: Final = {
    "PlaceBirth": Property.BIRTH_PLACE,
    "BasicInclusion": Property.LEGAL_BASIS,
    "CategoryPerson": Property.PROGRAMME,
    "Address": Property.ADDRESS,
    "Citizenship": Property.NATIONALITY,
    "Note": Property.COMMENT,
}


def _say_names(making: Making, printed: str) -> None:
    found = apart(printed)
    for number, one in enumerate(found.names):
        prop = Property.ALIAS if number else Property.NAME
        former = "former name" if one.former else ""
        making.say(prop, one.name, "Name", kind=former, script=script_of(one.name))
    for remark in found.remarks:
        making.say(Property.COMMENT, remark, "Name", of=found.names[0].name)


def _say_dates(making: Making, fields: Fields, field: str, prop: Property) -> None:
    """The dates of a field; some hold two."""
    for date, printed in _dates(fields.raw(field)):
        if not date or ("/" in date and prop is not Property.BIRTH_DATE):
            making.leave(field, field, printed)
            continue
        making.say(prop, date, field)
        if prop is Property.BIRTH_DATE:
            making.say(Property.BIRTH_YEAR, years_in(date), field)
