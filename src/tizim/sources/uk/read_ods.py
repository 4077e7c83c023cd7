"""From bytes to records: what the search service of the UK Sanctions List exports, one record per entry."""

import datetime as dt
import io
import zipfile
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused
from tizim.sources import dates, tables
from tizim.sources.dating import midnight, placed
from tizim.sources.entries import refuse_empty
from tizim.sources.protocol import Hints
from tizim.sources.uk.opendocument import CONTENT, sheets

SOURCE_ID: Final = "uk-sanctions-list-search"
ADDRESS: Final = "https://search-uk-sanctions-list.service.gov.uk/"
UNIQUE_ID, GROUP_ID, DESIGNATED = "Unique ID", "OFSI Group ID", "Date Designated"
_REQUIRED: Final = (
    UNIQUE_ID, GROUP_ID, "Name", "Regime Name", "Type", "Designation source", DESIGNATED, "Sanctions Imposed",
)  # fmt: skip
_NO_STAMP_BEFORE: Final = 2020
"""The list began in July 2020; stamps such as 1980 say that the packer had no clock."""


def read(data: bytes, name: str, hints: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document; anything less is `SourceRefused`."""
    if not data.strip():
        raise SourceRefused(f"{name}: the file is empty ({len(data)} bytes)")
    found = [sheet for sheet in sheets(data, name) if sheet.rows]
    if len(found) != 1:
        raise SourceRefused(f"{name}: has {len(found)} sheets that hold something, expected one")
    rows = found[0].rows
    columns = tables.columns(rows[0], _REQUIRED, name)
    records: list[Record] = []
    places: dict[str, int] = {}
    newest: dt.date | None = None
    for row in rows[1:]:
        # The format leaves out empty cells at the end of a row.
        padded = tables.Row(row.number, row.cells + ("",) * (len(columns) - len(row.cells)))
        fields = tables.filled(padded, columns, name)
        by_name = dict(fields)
        key = by_name.get(UNIQUE_ID, "").strip()
        if not key:
            raise SourceRefused(f"{name}: row {row.number}: has no {UNIQUE_ID}, so the entry has no identity")
        if key in places:
            raise SourceRefused(f"{name}: row {row.number}: has the {UNIQUE_ID} {key}, as has row {places[key]}")
        places[key] = row.number
        day = designated(by_name.get(DESIGNATED, ""))
        if day and len(day) == 10:
            newest = max(newest or dt.date.min, dt.date.fromisoformat(day))
        records.append(Record(place=f"row {row.number}", fields=fields))
    refuse_empty(records, name)
    date, instant, how = _placed(data, name, hints, newest)
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=date,
        instant=instant,
        url=ADDRESS,
        media_type="application/vnd.oasis.opendocument.spreadsheet",
        title=f"UK Sanctions List (export of its search service), {date}, {how}",
        entries=len(records),
        complete=True,
    )
    return facts, records


def designated(printed: str) -> str | None:
    """The ISO date of ``29-06-2012``, or of a cell that holds a day and not words."""
    return dates.numeric(printed, "dmy") or dates.iso_day(printed.strip())


def _placed(data: bytes, name: str, hints: Hints, newest: dt.date | None) -> tuple[dt.date, dt.datetime, str]:
    """By the time stamp that the service gives the packed sheet; the workbook prints only the day of its template.

    A stamp of before the newest day printed, or of no clock at all, is none.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        stamp = packed.getinfo(CONTENT).date_time
    try:
        day = dt.date(*stamp[:3])
    except ValueError:
        day = dt.date.min
    if day.year >= _NO_STAMP_BEFORE and (newest is None or day >= newest):
        return day, midnight(day), "dated by the time stamp of its sheet"
    return placed(hints, name, at_earliest=newest)
