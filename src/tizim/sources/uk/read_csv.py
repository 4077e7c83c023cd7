"""From bytes to records: the consolidated list of HM Treasury (OFSI) as CSV, one record per row."""

import datetime as dt
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused
from tizim.sources import dates, tables
from tizim.sources.dating import midnight
from tizim.sources.entries import refuse_empty
from tizim.sources.protocol import Hints

SOURCE_ID: Final = "uk-ofsi-conlist"
ADDRESS: Final = "http://hmt-sanctions.s3.amazonaws.com/sanctionsconlist.csv"
GROUP: Final = "Group ID"
NAMES: Final = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_FIRST: Final = "Last Updated"
_REQUIRED: Final = (
    *NAMES,
    "DOB",
    "Other Information",
    "Group Type",
    "Alias Type",
    "Regime",
    "Listed On",
    _FIRST,
    GROUP,
)


def read(data: bytes, name: str, _: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document; anything less is `SourceRefused`."""
    text = tables.decode(data, name)
    rows = tables.delimited(text, name)
    if len(rows) < 3:
        raise SourceRefused(f"{name}: {len(rows)} rows: no entries; an empty list is a failed export")
    date = _printed_day(rows[0], name)
    columns = tables.columns(rows[1], _REQUIRED, name)
    records: list[Record] = []
    keys: set[str] = set()
    for row in rows[2:]:
        if row.is_empty:
            continue
        fields = tables.filled(row, columns, name)
        key = next((value.strip() for column, value in fields if column == GROUP), "")
        if not key.isdecimal():
            raise SourceRefused(f"{name}: row {row.number}: {GROUP} {key!r} is no number, so the row has no identity")
        keys.add(key)
        records.append(Record(place=f"row {row.number}", fields=fields))
    refuse_empty(records, name)
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=date,
        instant=midnight(date),
        url=ADDRESS,
        media_type="text/csv",
        title=f"OFSI consolidated list of the United Kingdom, last updated {date}",
        entries=len(keys),
        complete=True,
    )
    return facts, records


def _printed_day(row: tables.Row, name: str) -> dt.date:
    """The day in the first line, ``Last Updated,02/04/2014``."""
    cells = [cell.strip() for cell in row.cells if cell.strip()]
    if not cells or cells[0] != _FIRST:
        raise SourceRefused(f"{name}: row {row.number}: does not begin with {_FIRST}, as this list does")
    day = dates.numeric(cells[1], "dmy") if len(cells) == 2 else None
    if day is None or len(day) != 10:
        raise SourceRefused(f"{name}: row {row.number}: {_FIRST} is not a day: {', '.join(cells[1:])[:40]!r}")
    return dt.date.fromisoformat(day)
