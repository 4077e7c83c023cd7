"""The unified federal list of organisations recognised as terrorist: a table on a page, a row per organisation."""

import re
from collections.abc import Iterator
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.dating import placed
from tizim.sources.entries import Fields, Making, each_once
from tizim.sources.namekeys import person_key
from tizim.sources.protocol import Hints
from tizim.sources.ru.page import parse, tables
from tizim.sources.table import days
from tizim.sources.table.names import apart, is_nothing
from tizim.text import one_line, script_of

SOURCE_ID: Final = "ru-fsb"
LIST_ID: Final = "ru-fed"
ADDRESS: Final = "http://www.fsb.ru/fsb/npd/terror.htm"

# What a header is about, by words in it; the first that fits. Columns of other headers are unread.
_MEANINGS: Final = (
    ("status", re.compile(r"приостан|статус|примечан", re.IGNORECASE)),
    ("publication", re.compile(r"публик|опублик|газет", re.IGNORECASE)),
    ("effective", re.compile(r"законную силу|вступлени", re.IGNORECASE)),
    ("name", re.compile(r"организаци|наименован|назван", re.IGNORECASE)),
    ("decision", re.compile(r"суд|решени|приговор", re.IGNORECASE)),
    ("row", re.compile(r"№|п/п|\bN\b", re.IGNORECASE)),
)
_DATE: Final = r"\d{1,2}\.\d{1,2}\.\d{4}|«?\d{1,2}»?\s+[а-яё]{3,9}\s+\d{4}"
_FORCE: Final = re.compile(rf"вступил\w*\s+в\s+(?:законную\s+)?силу\s*(?:с\s+)?({_DATE})", re.IGNORECASE)
_DECIDED: Final = re.compile(rf"\b(?:от\s+)?({_DATE})(?:\s*г\.?(?:ода)?)?", re.IGNORECASE)
_NUMBER: Final = re.compile(r"№\s*((?:[А-ЯЁ]{1,8}\s?)?[\w./-]{0,30}\d[\w./-]{0,30})")
_COURT: Final = re.compile(
    r"((?:[А-ЯЁ][\w-]+\s+)*[\w-]*\s?(?:суд|Суд)[а]?(?:\s+[А-ЯЁа-яё-]+){0,8}?)(?=\s*(?:[,;(\n]|от\s+\d|\d|№|$))"
)
_LONGEST: Final = 2_000
"""No cell of this list is longer; of one that is, patterns see the beginning only."""
_SUSPENDED: Final = re.compile(rf"приостан\w*[^.;\n]*?(?:({_DATE})|(?=[.;\n]|$))", re.IGNORECASE)


def read(data: bytes, name: str, hints: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole page.

    Raises `SourceRefused` for anything less, `SourceSuspicious` where no table has the columns of this list.
    """
    found = [(header, rows) for rows in tables(parse(data, name), name) for header in [_header(rows)] if header >= 0]
    if len(found) != 1:
        raise SourceSuspicious(
            f"{name}: {len(found)} tables have columns of organisations and of courts, expected one: the form of this"
            " list has changed"
        )
    header, rows = found[0]
    names = _names(rows[header])
    records = []
    for number, cells in enumerate(rows[header + 1 :], start=header + 2):
        if len(cells) != len(names):
            raise SourceRefused(f"{name}: row {number}: has {len(cells)} cells, the headers {len(names)}: cut off")
        if [cell for cell in cells if cell] == [str(at) for at in range(1, len(cells) + 1)]:
            continue  # numbers of the columns
        fields = tuple((column, cell) for column, cell in zip(names, cells, strict=True) if cell)
        records.append(Record(place=f"row {number}", fields=fields))
    if not records:
        raise SourceRefused(f"{name}: no entries; an empty table is a failed page, not a delisting of all")
    date, instant, known = placed(hints, name)
    return DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=date,
        instant=instant,
        url=ADDRESS,
        media_type="text/html",
        title=f"Russian federal list of terrorist organisations (experimental), {known}",
        entries=len(records),
        complete=True,
    ), records


def _header(rows: list[list[str]]) -> int:
    """The row of headers, of a table that has them; -1 for another table."""
    for number, cells in enumerate(rows[:5]):
        meanings = [_meaning(cell) for cell in cells]
        if "name" in meanings and "decision" in meanings:
            return number
    return -1


def _meaning(header: str) -> str:
    return next((meaning for meaning, pattern in _MEANINGS if pattern.search(header)), "")


def _names(cells: list[str]) -> tuple[str, ...]:
    """The headers on one line, each once."""
    found: list[str] = []
    for number, cell in enumerate(cells, start=1):
        header = one_line(cell) or f"column {number}"
        found.append(f"{header} (column {number})" if header in found else header)
    return tuple(found)


def map_record(record: Record) -> EntryReading:
    """All that a row says. Raises `SourceRefused` if it names nobody."""
    by_meaning: dict[str, list[str]] = {}
    for header, _ in record.fields:
        by_meaning.setdefault(_meaning(header), []).append(header)
    headers = {meaning: found[0] for meaning, found in by_meaning.items()}
    fields = Fields(record)
    printed = fields.raw(headers.get("name", ""))
    names = apart(printed)
    if not names.names:
        raise SourceRefused(f"{record.place}: has no name, so the entry has no identity")
    key = person_key(names.names[0].name)
    making = Making(key, f"{SOURCE_ID}:{key}", record.place)
    making.say(Property.MEMBER, LIST_ID, "")
    making.say(Property.KIND, Kind.ORGANISATION.value, "")
    for number, one in enumerate(names.names):
        prop = Property.ALIAS if number else Property.NAME
        former = "former name" if one.former else ""
        making.say(prop, one.name, headers["name"], kind=former, script=script_of(one.name))
    for remark in names.remarks:
        if not _suspension(making, remark, headers["name"]):
            making.say(Property.COMMENT, remark, headers["name"], of=names.names[0].name)
    if "decision" in headers:
        _say_decision(making, fields.raw(headers["decision"]), headers["decision"])
    if "effective" in headers:
        _say_day(making, Property.EFFECTIVE_ON, fields.raw(headers["effective"]), headers["effective"])
    if "publication" in headers:
        making.say(
            Property.HOUSEKEEPING, fields.take(headers["publication"]), headers["publication"], field="publication"
        )
    if "status" in headers:
        said = fields.take(headers["status"])
        if not is_nothing(said) and not _suspension(making, said, headers["status"]):
            making.say(Property.COMMENT, said, headers["status"])
    if "row" in headers:
        making.say(Property.HOUSEKEEPING, fields.take(headers["row"]), headers["row"], field="row")
    fields.leave(making)
    return making.made()


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every row, each key once."""
    return each_once(map(map_record, records))


def _say_decision(making: Making, printed: str, place: str) -> None:
    """Court, date and number of each decision; when it came into force, where the same cell says so."""
    _suspension(making, printed, place)
    for line in printed.split("\n"):
        if is_nothing(line):
            continue
        in_force = _FORCE.search(line)
        if in_force:
            _say_day(making, Property.EFFECTIVE_ON, in_force[1], place)
        words = _FORCE.sub("", line)[:_LONGEST]
        decided, number, court = _DECIDED.search(words), _NUMBER.search(words), _COURT.search(words)
        day = days.read_day(decided[1]).date if decided else ""
        making.say(
            Property.LEGAL_BASIS, one_line(line), place, date=day, number=number[1].rstrip(".") if number else ""
        )
        making.say(Property.AUTHORITY, one_line(court[1]) if court else "", place)


def _say_day(making: Making, prop: Property, printed: str, place: str) -> None:
    day = days.read_day(one_line(printed))
    making.say(prop, day.date, place, printed=one_line(printed) if day.in_words else "")
    if not day.date and not is_nothing(printed):
        making.leave(place, place, one_line(printed))


def _suspension(making: Making, text: str, place: str) -> bool:
    """Whether *text* tells of a suspended ban, which is told as the state: neither in force nor removed."""
    match = _SUSPENDED.search(text[:_LONGEST])
    if match is None:
        return False
    day = days.read_day(match[1]).date if match[1] else ""
    making.say(Property.STATUS, "suspended", place, printed=one_line(text), date=day)
    return True
