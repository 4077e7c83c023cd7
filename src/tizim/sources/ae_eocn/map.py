"""From a row to claims, by what its columns mean: what no step takes becomes `Unread`."""

import re
from collections.abc import Iterator
from typing import Final

from tizim.domain.documents import Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.ae_eocn.forms import NOTHING, acts, day, kind_of, meaning, tells_removal
from tizim.sources.ae_eocn.read import SHEET, SOURCE_ID
from tizim.sources.dates import years_in
from tizim.sources.entries import Making, each_once
from tizim.text import fold, one_line, script_of

LIST: Final = "ae-cab"
_BRACKETS: Final = re.compile(r"\s*\(([^()]+)\)\s*$")
_SEVERAL: Final = re.compile(r"\s+(?:\+|أو|-)\s+|\s*[،؛;]\s*")
_STRAY: Final = " ()،,"
_NUMBER_OF: Final = re.compile(r"(?:(?P<of>[^\s:]{1,40})\s+)?رقم\s*:\s*(?P<number>\S+)")
_NOW_AND_BEFORE: Final = re.compile(r"الحالية\s*:\s*(?P<now>.+?)\s+السابقة\s*:\s*(?P<before>.+)")


class _Cells:
    """The filled-in cells of a row by what their columns mean, each to be taken once."""

    def __init__(self, record: Record) -> None:
        self.left: list[tuple[str, str, str]] = [
            (SHEET if column == SHEET else meaning(column), column, value) for column, value in record.fields
        ]

    def take(self, wanted: str) -> tuple[str, str]:
        """Column and value (with its line breaks) of a meaning; both empty if nothing is said of it."""
        for index, (found, column, value) in enumerate(self.left):
            if found == wanted:
                del self.left[index]
                return (column, "") if NOTHING.fullmatch(value) else (column, value.strip())
        return "", ""

    def look(self, wanted: str) -> str:
        """The value of a meaning, which stays to be taken."""
        return next((value for found, _, value in self.left if found == wanted), "")

    def leave(self, making: Making) -> None:
        """Leave all that nobody took to the unread, by the names of the columns."""
        for _, column, value in self.left:
            if not NOTHING.fullmatch(value):
                making.leave(column, column, value.strip())


def key_of(record: Record) -> str:
    """The folded main name, Latin if there is one, and the date of birth: the running number shifts."""
    cells = _Cells(record)
    (_, latin), (_, arabic), (_, born) = (cells.take(field) for field in ("name latin", "name arabic", "birth date"))
    name = next((folded for cell in (latin, arabic) for one in _several(cell)[:1] if (folded := fold(one))), "")
    if not name:
        raise SourceRefused(f"{record.place}: has no name, so the entry has no identity")
    return "/".join(part for part in (name.replace(" ", "-"), day(born) or "") if part)


def map_record(record: Record) -> EntryReading:
    """All that the row says; `SourceRefused` if it has no name."""
    key = key_of(record)
    making = Making(key, f"{SOURCE_ID}:{key}", record.place)
    cells = _Cells(record)
    kind = _standing(making, cells)
    _names(making, cells)
    _born(making, cells, kind)
    _places(making, cells, kind)
    _documents(making, cells)
    _information(making, cells)
    column, number = cells.take("number")
    making.say(Property.HOUSEKEEPING, number, column, field="running number")
    cells.leave(making)
    return making.made()


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every entry, each key once."""
    return each_once(map_record(record) for record in records)


def _standing(making: Making, cells: _Cells) -> Kind | None:
    """Whether the entry is on the list or was taken off, and its kind: by classification, else by the sheet."""
    _, sheet = cells.take(SHEET)
    removed_column, removed = cells.take("removal date")
    decisions, _ = acts(cells.look("information"))
    if tells_removal(sheet) or removed or (decisions and decisions[-1].removal):
        making.say(Property.STATUS, "removed", removed_column or SHEET)
    else:
        making.say(Property.MEMBER, LIST, SHEET)
    _say_day(making, Property.DELISTED_ON, removed_column, removed)
    _say_day(making, Property.LISTED_ON, *cells.take("listing date"))
    column, category = cells.take("category")
    by_category = kind_of(category)
    kind = by_category or kind_of(sheet)
    if category and by_category is None:
        making.leave(column, column, category)
    if kind is not None:
        making.say(Property.KIND, kind.value, column if by_category else SHEET)
    return kind


def _say_day(making: Making, prop: Property, column: str, printed: str) -> str:
    date = day(printed) if printed else None
    if date:
        making.say(prop, date, column)
    else:
        making.leave(column, column, printed)
    return date or ""


def _names(making: Making, cells: _Cells) -> None:
    """The Latin name is the main one, the Arabic its original; further ones in either cell are aliases."""
    latin_column, latin = cells.take("name latin")
    arabic_column, arabic = cells.take("name arabic")
    in_latin, in_arabic = _several(latin), _several(arabic)
    for prop, column, names in (
        (Property.NAME, latin_column, in_latin[:1] or in_arabic[:1]),
        (Property.ORIGINAL_NAME, arabic_column, in_arabic[:1]),
        (Property.ALIAS, latin_column, in_latin[1:]),
        (Property.ALIAS, arabic_column, in_arabic[1:]),
    ):
        for name in names:
            making.say(prop, name, column, script=script_of(name))
    column, known_as = cells.take("alias")
    for name in _several(known_as):
        if name not in in_arabic:
            making.say(Property.ALIAS, name, column, script=script_of(name))
    for field in ("family name arabic", "family name latin"):
        column, family = cells.take(field)
        making.say(Property.FEATURE, one_line(family), column, field="family name", script=script_of(family))


def _several(text: str) -> list[str]:
    """The names of a cell: parted by signs or ``أو`` (or), and one in brackets at the end."""
    found: list[str] = []
    for part in _SEVERAL.split(one_line(text)):
        inner = _BRACKETS.search(part)
        for name in (part[: inner.start()], inner[1]) if inner else (part,):
            if (bare := name.strip(_STRAY)) and bare not in found:
                found.append(bare)
    return found


def _born(making: Making, cells: _Cells, kind: Kind | None) -> None:
    column, printed = cells.take("birth date")
    if kind in {None, Kind.PERSON}:
        date = _say_day(making, Property.BIRTH_DATE, column, printed)
        making.say(Property.BIRTH_YEAR, years_in(date), column)
    else:
        making.leave(column, column, printed)
    column, printed = cells.take("founding date")
    if printed:
        making.say(Property.FEATURE, day(printed) or one_line(printed), column, field="founded on")
    column, printed = cells.take("birth place")
    making.say(Property.BIRTH_PLACE, one_line(printed), column)


def _places(making: Making, cells: _Cells, kind: Kind | None) -> None:
    column, printed = cells.take("nationality")
    line = one_line(printed)
    prop = Property.NATIONALITY if kind in {None, Kind.PERSON} else Property.COUNTRY
    if told := _NOW_AND_BEFORE.fullmatch(line):
        making.say(prop, told["now"], column, note="current")
        making.say(prop, told["before"], column, note="former")
    else:
        for country in line.split(" / "):
            making.say(prop, country.strip(), column)
    column, flag = cells.take("flag")
    making.say(Property.FEATURE, one_line(flag), column, field="flag")
    told_of = [(field, *cells.take(field)) for field in ("street", "city", "country")]
    parts = {field: one_line(value) for field, _, value in told_of}
    place = "+".join(column for _, column, value in told_of if value)
    making.say(Property.ADDRESS, ", ".join(filter(None, parts.values())), place, **parts)


def _documents(making: Making, cells: _Cells) -> None:
    """A cell may hold two numbers, each with the adjective of its country."""
    kind_column, kind = cells.take("document type")
    column, printed = cells.take("document number")
    _, issuer = cells.take("issuer")
    about = {"type": one_line(kind), "issuer": one_line(issuer)}
    for field, facet in (("issue date", "issued"), ("expiry date", "expires")):
        date_column, date = cells.take(field)
        about[facet] = day(date) or ""
        if date and not about[facet]:
            making.leave(date_column, date_column, date)
    several = list(_NUMBER_OF.finditer(printed))
    for match in several:
        making.say(Property.IDENTIFIER, match["number"], column, country=match["of"] or "", **about)
    if printed and not several:
        making.say(Property.IDENTIFIER, one_line(printed), column, **about)
    if not printed:  # a passport of which only the issuer and the dates are told
        about["type"] = ""
        making.say(Property.FEATURE, one_line(kind or issuer), kind_column, field="document without number", **about)
    column, imo = cells.take("imo")
    making.say(Property.IDENTIFIER, one_line(imo), column, type="IMO number")


def _information(making: Making, cells: _Cells) -> None:
    """The decisions by which the entry was put on the list or taken off; anything else is a remark."""
    column, printed = cells.take("information")
    found, rest = acts(printed)
    for act in found:
        making.say(
            Property.LEGAL_BASIS, act.printed, column, kind="Cabinet decision", number=act.number, date=act.year,
            of="removal" if act.removal else "",
        )  # fmt: skip
    if rest:
        making.say(Property.COMMENT, one_line(printed), column)
