"""From rows to claims: the rows of one number are one entry, each with a name of its own."""

import re
from collections.abc import Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.au_dfat.births import births
from tizim.sources.au_dfat.information import say_information
from tizim.sources.au_dfat.listings import dated, old_references
from tizim.sources.au_dfat.names import names
from tizim.sources.au_dfat.read import NAME, SOURCE_ID, number_of
from tizim.sources.crossing import say_un_numbers
from tizim.sources.dates import years_in
from tizim.sources.entries import Fields, Making, each_once
from tizim.text import fold, one_line, script_of

_KINDS: Final = {
    "individual": Kind.PERSON, "individuals": Kind.PERSON, "person": Kind.PERSON,
    "entity": Kind.ORGANISATION, "entities": Kind.ORGANISATION, "organisation": Kind.ORGANISATION,
    "vessel": Kind.VESSEL, "ship": Kind.VESSEL,
}  # fmt: skip
_MAIN: Final = frozenset({"primary name", "primary", "main name", "name", "primary name individual"})
_ALIASES: Final = {
    "alias": "", "aka": "", "alias name": "", "a k a": "", "also known as": "", "aliases": "", "alternate name": "",
    "fka": "former name", "former name": "former name", "formerly known as": "former name", "f k a": "former name",
}  # fmt: skip
_ORIGINAL: Final = frozenset({"original script", "original script name", "original name", "name in original script"})
_STRENGTHS: Final = {"strong": "good", "good": "good", "weak": "low", "low": "low"}
_MEASURES: Final = ("Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction")
_LETTERED: Final = re.compile(r"(?:^|(?<=[\s,;.]))\(?[a-z]\)\s*")
_PARTED: Final = re.compile(r"\s*;\s*|\s*\n\s*\n\s*")
_REGISTERED: Final = re.compile(r"\bF\d{4}[A-Z]\d{5}\b")
_FIRST: Final = re.compile(
    r"^instrument of first\s+(designation\s+and\s+declaration|designation|listing)\s*[:-]?\s*",
    re.IGNORECASE,
)
_NO_INSTRUMENT: Final = re.compile(r"(?:first\s+)?listed\b|\d{4}-\d{2}-\d{2}$", re.IGNORECASE)


def map_record(record: Record) -> EntryReading:
    """What one row says. Raises `SourceRefused` if its reference is no number with letters."""
    making = _begun(record)
    _say_row(making, record, "", set())
    return making.made()


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every entry once: the rows of one number follow one another into it."""
    made: dict[str, Making] = {}
    said: dict[str, set[tuple[str, str]]] = {}
    for record in records:
        begun = _begun(record)
        making = made.setdefault(begun.key, begun)
        _say_row(making, record, f"{record.place}/", said.setdefault(begun.key, set()))
    return each_once(making.made() for making in made.values())


def _begun(record: Record) -> Making:
    printed = next((value for name, value in record.fields if name == "Reference"), "")
    try:
        number = number_of(printed)
    except SourceRefused as refused:
        raise SourceRefused(f"{record.place}: {refused}") from None
    return Making(number, f"{SOURCE_ID}:{number}", record.place)


def _say_row(making: Making, record: Record, at: str, said: set[tuple[str, str]]) -> None:
    """Add what the row says. Its cells that another row of the entry has word by word are in *said*, and said."""
    whole = Fields(record)
    kind = _say_kind(making, whole, at)
    fields = Fields(Record(place=record.place, fields=tuple(f for f in record.fields if _is_new(f, said))))
    fields.take("Type")
    making.say(Property.MEMBER, SOURCE_ID, "")
    making.say(Property.REFERENCE, making.key, f"{at}Reference")
    making.say(Property.HOUSEKEEPING, fields.take("Reference"), f"{at}Reference", field="Reference")
    _say_name(making, fields, kind, at)
    _say_person(making, fields, at)
    _say_listing(making, fields, at)
    information = fields.raw("Additional Information")
    if information:
        say_information(making, information, f"{at}Additional Information", of_person=kind is Kind.PERSON)
    making.say(Property.IDENTIFIER, fields.take("IMO Number"), f"{at}IMO Number", type="IMO number")
    making.say(Property.PROGRAMME, fields.take("Committees"), f"{at}Committees")
    making.say(Property.HOUSEKEEPING, fields.take("Control Date"), f"{at}Control Date", field="Control Date")
    for measure in _MEASURES:
        printed = fields.take(measure)
        if printed.casefold() in {"true", "yes"}:
            making.say(Property.IMPOSED_MEASURE, measure, f"{at}{measure}")
        elif printed.casefold() not in {"false", "no", ""}:
            fields.put_back(measure, printed)
    fields.leave(making)


_OF_THE_ROW: Final = frozenset({"Reference", NAME, "Name Type", "Alias Strength", "Type"})


def _is_new(field: tuple[str, str], said: set[tuple[str, str]]) -> bool:
    """Whether a cell says what no row before it said of the same entry."""
    if field in said and field[0] not in _OF_THE_ROW:
        return False
    said.add(field)
    return True


def _say_kind(making: Making, fields: Fields, at: str) -> Kind:
    printed = fields.take("Type")
    kind = _KINDS.get(fold(printed), Kind.UNKNOWN)
    if kind is Kind.UNKNOWN:
        making.leave(f"{at}Type", "Type", printed)
    else:
        making.say(Property.KIND, kind.value, f"{at}Type")
    return kind


def _say_name(making: Making, fields: Fields, kind: Kind, at: str) -> None:
    """The name of the row. The list says which is the main one and how strong an alias is, in many spellings."""
    cell = fields.take(NAME)
    printed = fields.take("Name Type")
    said = fold(printed)
    told = ""
    if said in _MAIN:
        prop = Property.NAME
    elif said in _ORIGINAL:
        prop = Property.ORIGINAL_NAME
    else:
        prop, told = Property.ALIAS, _ALIASES.get(said, "")
        if said not in _ALIASES:
            fields.put_back("Name Type", printed)
    strength = fields.take("Alias Strength")
    quality = _STRENGTHS.get(fold(strength), "")
    if not quality:
        fields.put_back("Alias Strength", strength)
    place = f"{at}{NAME}"
    for number, name in enumerate(names(cell)):
        inverted = kind is Kind.PERSON and re.fullmatch(r"[^,()]+, [^,()]+", name.text)
        making.say(
            Property.ALIAS if number else prop, name.text, place, script=script_of(name.text), language=name.language,
            quality=quality, kind="former name" if name.former else told,
            form="family name first" if inverted else "",
        )  # fmt: skip
        for remark in name.remarks:
            making.say(Property.COMMENT, remark, place, of=name.text)


def _parts(cell: str) -> list[str]:
    """``a) X b) Y`` and ``X; Y`` are two; the edges bare of marks."""
    return [
        value
        for lettered in _LETTERED.split(re.sub(r"^\s*POB:\s*", "", cell))
        for part in _PARTED.split(lettered)
        if (value := one_line(part).strip(" ;,"))
    ]


def _say_person(making: Making, fields: Fields, at: str) -> None:
    found, unread = births(fields.raw("Date of Birth"))
    for birth in found:
        making.say(
            Property.BIRTH_DATE, birth.date, f"{at}Date of Birth", about="circa" if birth.about else "",
            printed=birth.printed,
        )  # fmt: skip
        making.say(Property.BIRTH_YEAR, years_in(birth.date), f"{at}Date of Birth")
    for piece in unread:
        making.leave(f"{at}Date of Birth", "Date of Birth", piece)
    for part in _parts(fields.raw("Place of Birth")):
        making.say(Property.BIRTH_PLACE, re.sub(r"^alt POB:\s*", "", part), f"{at}Place of Birth")
    for part in _parts(fields.raw("Citizenship")):
        for country in re.split(r"\s*[,:]\s*", part):
            making.say(Property.NATIONALITY, country, f"{at}Citizenship")
    for part in _parts(fields.raw("Address")):
        making.say(Property.ADDRESS, part, f"{at}Address")


def _say_listing(making: Making, fields: Fields, at: str) -> None:
    """Days by the sentences that give them; the prose itself stays, as it is."""
    text, instrument = fields.take("Listing Information"), fields.take("Instrument of Designation")
    making.say(Property.COMMENT, text, f"{at}Listing Information", field="Listing Information")
    say_un_numbers(making, text, f"{at}Listing Information")
    if _NO_INSTRUMENT.match(instrument):
        making.say(Property.COMMENT, instrument, f"{at}Instrument of Designation", field="Instrument of Designation")
    else:
        first = _FIRST.match(instrument)
        numbers = dict.fromkeys(_REGISTERED.findall(instrument))
        making.say(
            Property.LEGAL_BASIS, instrument[first.end() :] if first else instrument,
            f"{at}Instrument of Designation", kind=f"first {one_line(first[1]).lower()}" if first else "",
            number=", ".join(numbers),
        )  # fmt: skip
    for column, prose in (("Listing Information", text), ("Instrument of Designation", instrument)):
        for day in dated(prose):
            making.say(day.property, day.date, f"{at}{column}", kind=day.kind, printed=day.printed)
        for number in old_references(prose):
            making.say(Property.OLD_REFERENCE, number, f"{at}{column}", list="Reserve Bank of Australia")
