"""From rows to claims: the rows of one order against one name are one entry, with an address each."""

import re
from collections.abc import Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.entries import Fields, Making, each_once
from tizim.sources.us_bis.notices import say_notices
from tizim.sources.us_bis.read import SOURCE_ID, day_of, key_of

_KNOWN_AS: Final = re.compile(r"\s+(?:([AFD])/?\.?([KB])/?\.?A\.?)\s+", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(r"\s*\(\s*([AFD])/?\.?([KB])/?\.?A\.?\s+([^()]+)\)", re.IGNORECASE)
_KINDS: Final = {"A": "", "F": "former name", "D": "doing business as"}
_DAYS: Final = (
    ("Effective_Date", Property.EFFECTIVE_ON),
    ("Expiration_Date", Property.EXPIRES_ON),
    ("Last_Update", Property.AMENDED_ON),
)


def map_record(record: Record) -> EntryReading:
    """What one row says. Raises `SourceRefused` if it has no name or no day, by which alone it is known."""
    making = _begun(record)
    _say_row(making, record, "")
    return making.made()


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every entry once: the rows of one key follow one another into it."""
    made: dict[str, Making] = {}
    for record in records:
        begun = _begun(record)
        making = made.setdefault(begun.key, begun)
        _say_row(making, record, f"{record.place}/")
    return each_once(making.made() for making in made.values())


def _begun(record: Record) -> Making:
    fields = Fields(record)
    try:
        key = key_of(fields.take("Name"), fields.take("Effective_Date"))
    except SourceRefused as refused:
        raise SourceRefused(f"{record.place}: {refused}") from None
    return Making(key, f"{SOURCE_ID}:{key}", record.place)


def _say_row(making: Making, record: Record, at: str) -> None:
    fields = Fields(record)
    making.say(Property.MEMBER, SOURCE_ID, "")
    making.say(Property.KIND, Kind.UNKNOWN.value, "")
    _say_names(making, fields.take("Name"), f"{at}Name")
    for column, prop in _DAYS:
        printed = fields.take(column)
        day = day_of(printed)
        making.say(prop, day, f"{at}{column}")
        if not day:
            fields.put_back(column, printed)
    street, city, state = (fields.take(column) for column in ("Street_Address", "City", "State"))
    code, country = fields.take("Postal_Code"), fields.take("Country")
    line = ", ".join(part for part in (street, city, state, code, country) if part)
    making.say(
        Property.ADDRESS, line, f"{at}Street_Address", street=street, city=city, state=state, postal_code=code,
        country=country,
    )  # fmt: skip
    making.say(Property.STATUS, fields.take("Action"), f"{at}Action")
    making.say(Property.FEATURE, fields.take("Standard_Order").upper(), f"{at}Standard_Order", field="standard order")
    say_notices(making, fields.take("FR_Citation"), f"{at}FR_Citation")
    fields.leave(making)


def _say_names(making: Making, printed: str, place: str) -> None:
    """``FUYI SUN A/K/A FRANK SUN`` and ``PEARL (A.K.A. NEI-CHIEN CHU) LI`` are two names each."""
    aliases = [(match[3], match[1]) for match in _IN_BRACKETS.finditer(printed)]
    name, *rest = _KNOWN_AS.split(_IN_BRACKETS.sub("", printed))
    aliases += [(rest[index + 2], rest[index]) for index in range(0, len(rest), 3)]
    making.say(Property.NAME, name.rstrip(" ,;"), place)
    for alias, letter in aliases:
        making.say(Property.ALIAS, alias.strip(" ,;"), place, kind=_KINDS[letter.upper()])
