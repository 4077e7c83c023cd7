"""From bytes to records: one per row of the table, its filled-in cells verbatim."""

import datetime as dt
import re
from typing import Final

import msgspec

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused
from tizim.sources import tables
from tizim.sources.dates import iso_day
from tizim.sources.dating import placed
from tizim.sources.entries import refuse_empty
from tizim.sources.protocol import Hints
from tizim.text import fold, one_line

SOURCE_ID: Final = "us-csl"
ADDRESS: Final = "https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv"
_REQUIRED: Final = (
    "_id", "source", "entity_number", "type", "programs", "name", "addresses", "federal_register_notice",
    "start_date", "end_date", "alt_names", "dates_of_birth", "nationalities", "ids",
)  # fmt: skip
_OF_SOURCE: Final = re.compile(r"((.*?)\s+\(([^()]+)\)(?:\s+List)?)\s+-\s+(.+)")
_ORDERLY: Final = range(1945, 2101)
"""Years that a day of this list can be of; ``0017`` and ``0097`` are slips of the publisher."""


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """One of the lists that this one merges: its name, letters and keeper, and whose numbers it prints."""

    name: str
    letters: str
    keeper: str
    ofac_list: str = ""
    """id of the OFAC list whose uid ``entity_number`` is"""
    starts_an_order: bool = False
    """whether ``start_date`` is the first day of an order or sanction, not the day of listing"""


_OFAC_SDN: Final = frozenset({"SDN"})
_ORDERS: Final = frozenset({"DPL", "ISN"})


def merged(printed: str) -> Merged:
    """The list that the cell ``source`` names: ``Entity List (EL) - Bureau of Industry and Security``."""
    match = _OF_SOURCE.fullmatch(one_line(printed))
    if match is None:
        return Merged(name=one_line(printed), letters=fold(printed).replace(" ", "-"), keeper="")
    letters = match[3].removesuffix(" List").replace(" ", "-")
    ofac = ""
    if match[4] == "Treasury Department":
        ofac = "us-ofac-sdn" if letters in _OFAC_SDN else "us-ofac-cons"
    return Merged(
        name=match[1], letters=letters.casefold(), keeper=match[4], ofac_list=ofac,
        starts_an_order=letters in _ORDERS,
    )  # fmt: skip


def day_of(printed: str) -> str:
    """The day that a cell prints; empty if it is none that can be meant."""
    day = iso_day(printed.strip())
    return day if day and int(day[:4]) in _ORDERLY else ""


def key_of(fields: dict[str, str]) -> str:
    """What names an entry: the list merged and its own number; where it has none, the name and the start date.

    ``_id`` is no identity: it is OFAC's number for rows of OFAC, several of which share it, and for all others a
    number made by the export, of other letters in each layout.
    """
    letters = merged(fields.get("source", "")).letters
    number, name = one_line(fields.get("entity_number", "")), fold(one_line(fields.get("name", "")))
    if not letters or not (number or name):
        raise SourceRefused("has no source or no name, so the entry has no identity")
    if number:
        return f"{letters}:{number}"
    start = one_line(fields.get("start_date", ""))
    return f"{letters}:{name.replace(' ', '-')}" + (f".{start}" if start else "")


def read(data: bytes, name: str, hints: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document; anything less is `SourceRefused`."""
    rows = tables.delimited(tables.decode(data, name), name)
    header = rows[0]
    columns = tables.columns(header, _REQUIRED, name)
    # One copy held repeats its header line; a row of the names of its columns is no entry.
    body = [row for row in rows[1:] if not row.is_empty and row.cells != header.cells]
    records = [Record(place=f"row {row.number}", fields=tables.filled(row, columns, name)) for row in body]
    refuse_empty(records, name)
    keys = set()
    days: set[dt.date] = set()
    for record in records:
        fields = dict(record.fields)
        try:
            keys.add(key_of(fields))
        except SourceRefused as refused:
            raise SourceRefused(f"{name}: {record.place}: {refused}") from None
        started = day_of(fields.get("start_date", ""))
        if started:
            days.add(dt.date.fromisoformat(started))
    # A start may lie ahead of the document, unlike an update: a day given for the document goes before it.
    date, instant, known = placed(hints, name, at_earliest=_newest(days))
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=date,
        instant=instant,
        url=ADDRESS,
        media_type="text/csv",
        title=f"Consolidated Screening List (consolidated.csv), {date} ({known})",
        entries=len(keys),
        complete=True,
    )
    return facts, records


def _newest(days: set[dt.date]) -> dt.date | None:
    """The newest of *days* but for those that stand alone a year or more after all others: slips of typing."""
    ordered = sorted(days)
    while len(ordered) > 1 and (ordered[-1] - ordered[-2]).days > _ALONE:
        ordered.pop()
    return ordered[-1] if ordered else None


_ALONE: Final = 365
