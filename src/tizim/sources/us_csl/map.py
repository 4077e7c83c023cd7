"""From rows to claims: the rows of one entry of one merged list, with an address each, are one entry."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.dates import english, years_in
from tizim.sources.entries import Fields, Making, each_once
from tizim.sources.us_bis.notices import say_notices
from tizim.sources.us_csl.papers import say_paper
from tizim.sources.us_csl.read import SOURCE_ID, Merged, day_of, key_of, merged
from tizim.text import one_line

_KINDS: Final = {
    "individual": Kind.PERSON,
    "entity": Kind.ORGANISATION,
    "vessel": Kind.VESSEL,
    "aircraft": Kind.AIRCRAFT,
}
NOT_PARTED: Final = "list, not parted"
"""facet ``form`` of aliases with commas of which nobody can say which part names"""
LOST: Final = "letters lost"
"""facet ``form`` of names in which question marks stand for letters that the export could not write"""

_PIECES: Final = re.compile(r"\s*;\s+|\s*;$")
_KNOWN_AS: Final = re.compile(r"\s*,?\s*\b([afdn])[./]?k[./]?a\.?,?\s+", re.IGNORECASE)
_BRACKETED: Final = re.compile(r"\s*[(\[]\s*([afd])[./]?k[./]?a\.?,?\s+([^()\[\]]+)[)\]]", re.IGNORECASE)
_LEGAL_FORM: Final = re.compile(
    r",\s*(?=(?:pte\.?\s|pvt\.?\s|co\.,?\s)?(?:ltd|limited|llc|inc|corp|s\.?\s?a|gmbh|plc|jsc|ojsc|pjsc|oao|zao|co)\b)",
    re.IGNORECASE,
)
_SUCCESSOR: Final = re.compile(r";\s*(and any successor\b.*)$", re.IGNORECASE)
_LINKED: Final = re.compile(r"\(?\s*Linked To:\s*(.+?)\)?", re.IGNORECASE)
_ACTION: Final = re.compile(r"[A-Z0-9.,;&\s]+")
_ENDS_IN_COUNTRY: Final = re.compile(r"(?:^|,\s)([A-Z]{2})$")
_VESSEL: Final = {
    "call_sign": "call sign",
    "vessel_type": "vessel type",
    "gross_tonnage": "tonnage",
    "gross_registered_tonnage": "gross registered tonnage",
    "vessel_flag": "flag",
    "vessel_owner": "owner",
}


_PERSONAL: Final = frozenset({
    "title", "addresses", "nationalities", "citizenships", "dates_of_birth", "places_of_birth",
})  # fmt: skip


def map_record(record: Record) -> EntryReading:
    """What one row says. Raises `SourceRefused` if it has neither number nor name."""
    making = _begun(record)
    _say_row(making, record, "")
    return making.made()


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every entry once: the rows of one key follow one another into it."""
    made: dict[str, Making] = {}
    for record in records:
        begun = _begun(record)
        known = begun.key in made
        making = made.setdefault(begun.key, begun)
        _say_row(making, record, f"{record.place}/" if known else "")
    return each_once(making.made() for making in made.values())


def _begun(record: Record) -> Making:
    try:
        key = key_of(dict(record.fields))
    except SourceRefused as refused:
        raise SourceRefused(f"{record.place}: {refused}") from None
    return Making(key, f"{SOURCE_ID}:{key}", record.place)


@lru_cache(maxsize=64)
def _merged(printed: str) -> Merged:
    return merged(printed)


@lru_cache(maxsize=8192)
def _pieces(text: str) -> tuple[str, ...]:
    if "; " not in text and not text.endswith(";"):
        return (text,) if text else ()
    return tuple(piece for part in _PIECES.split(text) if (piece := one_line(part)))


def _say_row(making: Making, record: Record, at: str) -> None:
    fields = Fields(record)
    of = _merged(fields.take("source"))
    kind = _say_identity(making, fields, of, at)
    _say_names(making, fields, kind, of, at)
    _say_dates(making, fields, of, at)
    say_notices(making, fields.take("federal_register_notice"), f"{at}federal_register_notice")
    making.say(Property.FEATURE, fields.take("standard_order").upper(), f"{at}standard_order", field="standard order")
    for column, told in (("license_requirement", "license requirement"), ("license_policy", "license policy")):
        making.say(Property.IMPOSED_MEASURE, fields.take(column), f"{at}{column}", kind=told)
    have = {column for column, _ in record.fields}
    for column, told in _VESSEL.items() if have & _VESSEL.keys() else ():
        making.say(Property.FEATURE, fields.take(column), f"{at}{column}", field=told)
    for column in ("source_list_url", "source_information_url"):
        making.say(Property.LINK, fields.take(column), f"{at}{column}", kind=column.replace("_", " "))
    if have & _PERSONAL:
        _say_person(making, fields, at)
    _say_remarks(making, fields.take("remarks"), of, f"{at}remarks")
    for piece in _pieces(fields.take("ids")):
        say_paper(making, piece, f"{at}ids")
    fields.leave(making)


def _say_identity(making: Making, fields: Fields, of: Merged, at: str) -> Kind:
    printed = fields.take("type")
    kind = _KINDS.get(printed.casefold(), Kind.UNKNOWN)
    if kind is Kind.UNKNOWN:
        fields.put_back("type", printed)
    making.say(Property.MEMBER, SOURCE_ID, "")
    making.say(Property.KIND, kind.value, f"{at}type")
    making.say(Property.PROGRAMME, of.name, f"{at}source", kind="merged list")
    making.say(Property.AUTHORITY, of.keeper, f"{at}source")
    number = fields.take("entity_number")
    making.say(Property.REFERENCE, number, f"{at}entity_number")
    if of.ofac_list:
        making.say(Property.CROSS_REFERENCE, number, f"{at}entity_number", list=of.ofac_list, source="us-ofac")
    making.say(Property.HOUSEKEEPING, fields.take("_id"), f"{at}_id", field="_id")
    for programme in _pieces(fields.take("programs")):
        making.say(Property.PROGRAMME, programme, f"{at}programs")
    return kind


def _say_names(making: Making, fields: Fields, kind: Kind, of: Merged, at: str) -> None:
    printed = fields.take("name")
    remark = _SUCCESSOR.search(printed)
    if remark:
        making.say(Property.COMMENT, remark[1], f"{at}name")
        printed = printed[: remark.start()]
    inverted = bool(of.ofac_list) and kind is Kind.PERSON
    name, others = _taken_apart(printed)
    _say_name(making, Property.NAME, name, "", f"{at}name", inverted=inverted)
    for other, letter in others:
        _say_name(making, Property.ALIAS, other, letter, f"{at}name", inverted=inverted)
    cell = fields.take("alt_names")
    pieces = _pieces(cell)
    # The older export parts aliases of some lists by commas, which company names have too.
    whole = len(pieces) == 1 and not of.ofac_list and "," in _LEGAL_FORM.sub(" ", cell)
    for piece in pieces:
        bare = re.sub(r"^and\s+(?=[A-Z])", "", piece)
        first, others = ("", []) if whole else _taken_apart(bare)
        if whole:
            making.say(Property.ALIAS, bare, f"{at}alt_names", form=NOT_PARTED)
        _say_name(making, Property.ALIAS, first, "", f"{at}alt_names", inverted=inverted)
        for other, letter in others:
            _say_name(making, Property.ALIAS, other, letter, f"{at}alt_names", inverted=inverted)


@lru_cache(maxsize=8192)
def _taken_apart(printed: str) -> tuple[str, list[tuple[str, str]]]:
    """The first name, and those behind or in brackets after ``a.k.a.`` or ``f.k.a.``, each with its letter."""
    others = [(match[2], match[1]) for match in _BRACKETED.finditer(printed)]
    first, *rest = _KNOWN_AS.split(f" {_BRACKETED.sub('', printed)}")
    others += [(rest[index + 1], rest[index]) for index in range(0, len(rest), 2)]
    return first.strip(" ,;"), [(name.strip(" ,;"), letter.lower()) for name, letter in others]


def _say_name(making: Making, prop: Property, name: str, letter: str, place: str, *, inverted: bool) -> None:
    form = "family name first" if inverted and "," in name else ""
    if "?" in name and re.search(r"\?\w|\w\?\s", name):
        form = LOST
    told = {"f": "former name", "d": "doing business as", "n": "now known as"}.get(letter, "")
    making.say(prop, name, place, form=form, kind=told)


def _say_dates(making: Making, fields: Fields, of: Merged, at: str) -> None:
    start = Property.EFFECTIVE_ON if of.starts_an_order else Property.LISTED_ON
    for column, prop in (("start_date", start), ("end_date", Property.EXPIRES_ON)):
        printed = fields.take(column)
        day = day_of(printed)
        making.say(prop, day, f"{at}{column}")
        if not day:
            fields.put_back(column, printed)


def _say_person(making: Making, fields: Fields, at: str) -> None:
    for piece in _pieces(fields.take("title")):
        making.say(Property.POSITION, piece, f"{at}title")
    for piece in _pieces(fields.take("addresses")):
        country = _ENDS_IN_COUNTRY.search(piece)
        making.say(Property.ADDRESS, piece, f"{at}addresses", country=country[1] if country else "")
    for column, kind in (("nationalities", ""), ("citizenships", "citizenship")):
        for piece in _pieces(fields.take(column)):
            making.say(Property.NATIONALITY, piece, f"{at}{column}", kind=kind)
    for piece in _pieces(fields.take("dates_of_birth")):
        read = english(piece)
        if read is None:
            making.leave(f"{at}dates_of_birth", "dates_of_birth", piece)
            continue
        printed = piece if piece != read.date else ""
        making.say(
            Property.BIRTH_DATE, read.date, f"{at}dates_of_birth", about="circa" if read.about else "",
            printed=printed,
        )  # fmt: skip
        making.say(Property.BIRTH_YEAR, years_in(read.date), f"{at}dates_of_birth")
    for piece in _pieces(fields.take("places_of_birth")):
        making.say(Property.BIRTH_PLACE, piece, f"{at}places_of_birth")


def _say_remarks(making: Making, printed: str, of: Merged, place: str) -> None:
    """Links to others by name, the last actions of the Denied Persons List, and prose."""
    if of.letters == "dpl" and _ACTION.fullmatch(printed):
        making.say(Property.STATUS, printed, place)
        return
    for piece in _pieces(printed):
        linked = _LINKED.fullmatch(piece)
        if linked:
            making.say(Property.RELATED_NAME, _closed(linked[1]), place, phrase="Linked To")
        else:
            making.say(Property.COMMENT, piece, place)


def _closed(name: str) -> str:
    """The name with its own last bracket: that of the remark was taken off with it."""
    return f"{name})" if name.count("(") > name.count(")") else name
