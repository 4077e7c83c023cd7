"""From a row to claims, by consuming its cells: what no step takes becomes `Unread`."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property, facets
from tizim.errors import SourceRefused
from tizim.sources.dates import years_in
from tizim.sources.entries import Fields, Making, each_once
from tizim.sources.id_ppatk import places, prose
from tizim.sources.id_ppatk.dates import UNKNOWN, Born, dates
from tizim.sources.id_ppatk.names import names
from tizim.sources.id_ppatk.read import (
    ADDRESS,
    BIRTH_DATE,
    BIRTH_PLACE,
    CODE,
    KIND,
    NAME,
    NATIONALITY,
    PROSE,
    SOURCE_ID,
)
from tizim.sources.un_sc.references import MENTIONED, mentioned_key, regime_of_reference
from tizim.text import fold, one_line, script_of

LIST: Final = "id-dttot"
_KINDS: Final = {"orang": Kind.PERSON, "korporasi": Kind.ORGANISATION}
_CODE: Final = re.compile(r"[IE]([LD])([QTD])-\d{3}")
_ORIGINS: Final = {"L": "listed abroad", "D": "domestic"}
_PROGRAMMES: Final = {"Q": "Al-Qaida", "T": "Taliban", "D": "domestic"}
_SPACE: Final = re.compile(r"\s+")
_FAMILY_FIRST: Final = re.compile(r"[^,]+, [^,]+")


def key_of(record: Record) -> str:
    """The code of a row, in capitals and without blanks. Raises `SourceRefused` if it has none."""
    code = next((value for field, value in record.fields if field == CODE), "")
    key = _SPACE.sub("", code).upper()
    if not key:
        raise SourceRefused(f"{record.place}: no {CODE}, so the entry has no identity")
    return key


def map_record(record: Record) -> EntryReading:
    """All that the row says by itself; `SourceRefused` if it has no code."""
    return _reading(record, key_of(record))


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every entry, each key once.

    A code that stands at several rows is a slip of the publisher: of these rows each has its folded name
    behind the code, since nobody can tell which of them the code belongs to.
    """
    codes = Counter(map(key_of, records))
    return each_once(_reading(record, _own_key(record, codes)) for record in records)


def _own_key(record: Record, codes: Counter[str]) -> str:
    key = key_of(record)
    if codes[key] == 1:
        return key
    cell = next((value for field, value in record.fields if field == NAME), "")
    return f"{key}/{fold(names(cell).main).replace(' ', '-')}"


def _reading(record: Record, key: str) -> EntryReading:
    making = Making(key, f"{SOURCE_ID}:{key}", record.place)
    fields = Fields(record)
    making.say(Property.MEMBER, LIST, CODE)
    kind = _kind(making, fields)
    _code(making, fields)
    _names(making, fields, kind)
    _born(making, fields, kind)
    _nationality(making, fields, kind)
    _addresses(making, fields)
    _prose(making, fields, kind)
    fields.leave(making)
    return making.made()


def _kind(making: Making, fields: Fields) -> Kind | None:
    printed = fields.take(KIND)
    kind = _KINDS.get(printed.casefold())
    if kind is None:
        fields.put_back(KIND, printed)
    else:
        making.say(Property.KIND, kind.value, KIND)
    return kind


def _code(making: Making, fields: Fields) -> None:
    """The code is the entry's number, and says where the designation comes from."""
    printed = fields.take(CODE)
    code = _SPACE.sub("", printed).upper()
    making.say(Property.REFERENCE, code, CODE)
    if printed != code:
        making.say(Property.REFERENCE, printed, CODE, spelling="as printed")
    match = _CODE.fullmatch(code)
    if match is None:
        making.leave(CODE, f"{CODE} (letters)", printed)
        return
    making.say(Property.PROGRAMME, _PROGRAMMES[match[2]], CODE, code=code[:3])
    making.say(Property.FEATURE, _ORIGINS[match[1]], CODE, field="origin")


def _names(making: Making, fields: Fields, kind: Kind | None) -> None:
    printed = fields.raw(NAME)
    found = names(printed)
    if not found.main:
        fields.put_back(NAME, printed)
    making.say(Property.NAME, found.main, NAME, script=script_of(found.main))
    making.say(Property.ORIGINAL_NAME, found.original, NAME, script=script_of(found.original))
    for alias in found.aliases:
        form = "family name first" if kind is Kind.PERSON and _FAMILY_FIRST.fullmatch(alias) else ""
        making.say(Property.ALIAS, alias, NAME, script=script_of(alias), form=form)
    for remark, name in found.remarks:
        making.say(Property.COMMENT, remark, NAME, of=name)


def _say_born(making: Making, born: Born, place: str) -> None:
    calendar = "islamic" if born.hijri else ""
    pairs = facets(printed=born.printed, about="circa" if born.about else "", calendar=calendar)
    making.state(Property.BIRTH_DATE, born.date, place, pairs)
    making.say(Property.BIRTH_YEAR, years_in(born.date), place)


def _born(making: Making, fields: Fields, kind: Kind | None) -> None:
    """Only a person is born: what stands there of an organisation is left."""
    printed = fields.raw(BIRTH_DATE)
    if not UNKNOWN.fullmatch(printed):
        found = dates(printed) if kind is not Kind.ORGANISATION else None
        if found is None:
            fields.put_back(BIRTH_DATE, printed)
        for born in found or ():
            _say_born(making, born, BIRTH_DATE)
    printed = fields.raw(BIRTH_PLACE)
    if kind is Kind.ORGANISATION and not UNKNOWN.fullmatch(printed):
        fields.put_back(BIRTH_PLACE, printed)
        return
    for place in places.birth_places(printed):
        making.say(Property.BIRTH_PLACE, place.text, BIRTH_PLACE)
        for born in place.born:
            _say_born(making, born, BIRTH_PLACE)


def _nationality(making: Making, fields: Fields, kind: Kind | None) -> None:
    """Several are parted by commas; a note on the name of a state follows a semicolon."""
    prop = Property.COUNTRY if kind is Kind.ORGANISATION else Property.NATIONALITY
    for part in fields.take(NATIONALITY).split(","):
        country, _, note = part.partition(";")
        if not UNKNOWN.fullmatch(country.strip()):
            making.say(prop, country.strip(), NATIONALITY, note=note.strip())


def _addresses(making: Making, fields: Fields) -> None:
    for place in places.addresses(fields.raw(ADDRESS)):
        phones = prose.contacts(place.text) if place.text.casefold().startswith("telp") else []
        for kind, value in phones:
            making.say(Property.CONTACT, value, ADDRESS, kind=kind)
        if not phones:
            making.say(Property.ADDRESS, place.text, ADDRESS, note=place.note)


def _prose(making: Making, fields: Fields, kind: Kind | None) -> None:
    """The whole prose, and what it says in a fixed form.

    The UN numbers in it are of other entries than this one (whom it is tied to), so they are relations and no
    cross references; the days of listing in it are those of the UN, so they stay prose.
    """
    printed = fields.raw(PROSE)
    if UNKNOWN.fullmatch(printed):
        return
    making.say(Property.COMMENT, one_line(printed), PROSE)
    for match in MENTIONED.finditer(printed):
        key = mentioned_key(match[0])
        if regime_of_reference(key):
            pairs = {"with": f"un-sc:{key}", "phrase": "mentions"}
            making.say(Property.RELATION, key, PROSE, **pairs)
    if kind is Kind.PERSON:
        for born in prose.births(printed):
            _say_born(making, born, PROSE)
    for number in prose.numbers(printed):
        making.say(Property.IDENTIFIER, number.value, PROSE, type=number.kind, country=number.country)
    for contact, value in prose.contacts(printed):
        making.say(Property.CONTACT, value, PROSE, kind=contact)
    for link in prose.links(printed):
        making.say(Property.LINK, link, PROSE)
