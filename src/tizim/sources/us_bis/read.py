"""From bytes to records: one per row of the table, its filled-in cells verbatim."""

import datetime as dt
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused
from tizim.sources import tables
from tizim.sources.dates import iso_day, numeric
from tizim.sources.dating import placed_after
from tizim.sources.entries import refuse_empty
from tizim.sources.protocol import Hints
from tizim.text import fold, one_line

SOURCE_ID: Final = "us-bis-dpl"
ADDRESS: Final = "https://www.bis.doc.gov/dpl/dpl.txt"
_REQUIRED: Final = ("Name", "Country", "Effective_Date", "Expiration_Date", "Last_Update", "FR_Citation")
_ORDERLY: Final = range(1945, 2101)
"""Years that a day of this list can be of; ``0222`` and ``3017`` are slips of the publisher."""


def read(data: bytes, name: str, hints: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document; anything less is `SourceRefused`."""
    rows = tables.delimited(tables.decode(data, name), name, delimiter="\t")
    header, body = rows[0], [row for row in rows[1:] if not row.is_empty]
    columns = tables.columns(header, _REQUIRED, name)
    records = [Record(place=f"row {row.number}", fields=tables.filled(row, columns, name)) for row in body]
    refuse_empty(records, name)
    keys = set()
    newest: dt.date | None = None
    for record in records:
        fields = dict(record.fields)
        try:
            keys.add(key_of(fields.get("Name", ""), fields.get("Effective_Date", "")))
        except SourceRefused as refused:
            raise SourceRefused(f"{name}: {record.place}: {refused}") from None
        updated = day_of(fields.get("Last_Update", ""))
        if updated:
            day = dt.date.fromisoformat(updated)
            newest = max(newest, day) if newest else day
    date, instant, known = placed_after(hints, name, newest)
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=date,
        instant=instant,
        url=ADDRESS,
        media_type="text/tab-separated-values",
        title=f"Denied Persons List of the Bureau of Industry and Security, {date} ({known})",
        entries=len(keys),
        complete=True,
    )
    return facts, records


def day_of(printed: str) -> str:
    """The day that a cell prints, month first or as ISO has it; empty if it is none that can be meant."""
    text = printed.strip()
    day = iso_day(text) or numeric(text, "mdy")
    return day if day and len(day) == 10 and int(day[:4]) in _ORDERLY else ""


def key_of(name: str, effective: str) -> str:
    """What names an order against a person: the folded name and the day from which the order has effect.

    The file has no number. A person may be under two orders, and one order against a person has a row for each
    address. Raises `SourceRefused` without either.
    """
    folded, day = fold(one_line(name)), day_of(effective)
    if not folded or not day:
        raise SourceRefused("has no Name or no Effective_Date, so the entry has no identity")
    return f"{folded.replace(' ', '-')}.{day}"
