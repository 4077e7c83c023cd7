"""The financial monitoring list of Rosfinmonitoring: four blocks of numbered items on a page."""

import re
from collections.abc import Iterator
from typing import Final

from lxml.html import HtmlElement

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.names import Kind
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.dates import numeric, years_in
from tizim.sources.dating import placed
from tizim.sources.entries import Fields, Making, each_once
from tizim.sources.namekeys import person_key, told_apart
from tizim.sources.protocol import Hints
from tizim.sources.ru.page import parse, text_of
from tizim.text import one_line, script_of

SOURCE_ID: Final = "ru-fedsfm"
LIST_ID: Final = "ru-fedsfm"
ADDRESS: Final = "https://www.fedsfm.ru/documents/terrorists-catalog-portal-act"

_BLOCKS: Final = {
    "russianUL": Kind.ORGANISATION,
    "russianFL": Kind.PERSON,
    "foreignUL": Kind.ORGANISATION,
    "foreignFL": Kind.PERSON,
}
_ITEM: Final = re.compile(r"(?P<number>\d{1,6})\.\s*(?P<rest>\S.*)", re.DOTALL)
_HEAD: Final = re.compile(
    r"(?P<name>[^(,;*]+?)\s*(?P<star>\*?)\s*(?:\((?P<aliases>[^()]*(?:\([^()]*\)[^()]*)*)\))?\s*(?P<star2>\*?)\s*(?P<rest>[,;].*)?"
)
_BORN: Final = re.compile(r"(?P<date>\d{1,2}\.\d{1,2}\.\d{4}|\d{4})\s*(?:г\.\s?р\.?|года?\s+рождения)", re.IGNORECASE)
_NUMBERS: Final = re.compile(r"\b(?P<type>ИНН|ОГРН|КПП|СНИЛС)\s*:?\s*(?P<number>\d{6,15})\b")


def read(data: bytes, name: str, hints: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole page.

    Raises `SourceRefused` for anything less, `SourceSuspicious` where a block is missing.
    """
    root = parse(data, name)
    blocks: dict[str, HtmlElement] = {}
    for element in root.iter():
        said = element.get("id") or ""
        if said in _BLOCKS:
            if said in blocks:
                raise SourceRefused(f"{name}: line {element.sourceline}: a second block {said}")
            blocks[said] = element
    missing = [block for block in _BLOCKS if block not in blocks]
    if missing:
        raise SourceSuspicious(f"{name}: lacks the block {', '.join(missing)}: the form of this list has changed")
    records = [record for block, element in blocks.items() for record in _items(element, block, name)]
    if not records:
        raise SourceRefused(f"{name}: no entries; empty blocks are a failed page, not a delisting of all")
    date, instant, known = placed(hints, name)
    return DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=date,
        instant=instant,
        url=ADDRESS,
        media_type="text/html",
        title=f"Rosfinmonitoring list of extremists and terrorists (experimental), {known}",
        entries=len(records),
        complete=True,
    ), records


def _items(block: HtmlElement, called: str, name: str) -> list[Record]:
    """The numbered items of a block: the elements of its lists, else its lines. The numbers count from 1."""
    listed = [text_of(item) for item in block.iter("li")]
    lines = listed or [line for line in text_of(block).split("\n") if _ITEM.fullmatch(line)]
    records = []
    for number, line in enumerate(lines, start=1):
        item = _ITEM.fullmatch(line)
        # Items of an ordered list may leave their numbers to the browser.
        if item is not None and int(item["number"]) != number:
            raise SourceRefused(
                f"{name}: block {called}: item {item['number']} stands where {number} is expected: items are missing"
            )
        records.append(Record(place=f"{called}[{number}]", fields=(("item", line),)))
    return records


def map_record(record: Record) -> EntryReading:
    """All that an item says. Raises `SourceRefused` if it names nobody."""
    return _reading(record, _key(record))


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every item, each key once; those of one name and birth are told apart by the rest of their items."""
    keys = told_apart([_key(record) for record in records], [_details(record) for record in records])
    return each_once(_reading(record, key) for record, key in zip(records, keys, strict=True))


def _text(record: Record) -> str:
    """The item without its running number, which is no identity, and on one line."""
    line = one_line(Fields(record).take("item"))
    item = _ITEM.fullmatch(line)
    return (item["rest"] if item else line).rstrip("; ")


def _head(record: Record) -> re.Match[str]:
    match = _HEAD.fullmatch(_text(record))
    if match is None or not one_line(match["name"]):
        raise SourceRefused(f"{record.place}: does not begin with a name: {_text(record)[:60]!r}")
    return match


def _details(record: Record) -> str:
    head = _head(record)
    return f"{head['aliases'] or ''} {head['rest'] or ''}"


def _birth(rest: str) -> str:
    match = _BORN.search(rest)
    return (numeric(match["date"], "dmy") or match["date"]) if match else ""


def _key(record: Record) -> str:
    head = _head(record)
    return person_key(one_line(head["name"]), _birth(head["rest"] or ""))


def _reading(record: Record, key: str) -> EntryReading:
    block = record.place.partition("[")[0]
    kind = _BLOCKS.get(block)
    if kind is None:
        raise SourceRefused(f"{record.place}: is in no block of this list")
    head = _head(record)
    making = Making(key, f"{SOURCE_ID}:{key}", record.place)
    making.say(Property.MEMBER, LIST_ID, "")
    making.say(Property.KIND, kind.value, "")
    name = one_line(head["name"])
    making.say(
        Property.NAME, name, "item", script=script_of(name), form="family name first" if kind is Kind.PERSON else ""
    )
    for part in (head["aliases"] or "").split(";"):
        alias = one_line(part)
        making.say(Property.ALIAS, alias, "item", script=script_of(alias) if alias else "")
    star = head["star"] or head["star2"]
    making.say(Property.PROGRAMME, "terrorism" if star else "extremism", "item", printed=star or "no star")
    making.say(Property.HOUSEKEEPING, block, "", field="block")
    if number := _ITEM.fullmatch(one_line(record.fields[0][1])):
        making.say(Property.HOUSEKEEPING, number["number"], "item", field="running number")
    _say_rest(making, head["rest"] or "", kind)
    return making.made()


def _say_rest(making: Making, printed: str, kind: Kind) -> None:
    """Birth date and place of a person, numbers of an organisation; what is left of it is unread."""
    rest = printed
    if match := _BORN.search(rest):
        date = _birth(rest)
        if len(date) in {4, 10}:
            making.say(Property.BIRTH_DATE, date, "item")
            making.say(Property.BIRTH_YEAR, years_in(date), "item")
            rest = rest.replace(match[0], "", 1)
    for match in _NUMBERS.finditer(rest):
        making.say(Property.IDENTIFIER, match["number"], "item", type=match["type"], country="Russia")
    rest = one_line(_NUMBERS.sub("", rest)).strip(" ,;.")
    rest = re.sub(r"\s*,(?:\s*,)+\s*", ", ", rest)
    if kind is Kind.PERSON:
        making.say(Property.BIRTH_PLACE, rest, "item")
    else:
        making.leave("item", "item", rest)
