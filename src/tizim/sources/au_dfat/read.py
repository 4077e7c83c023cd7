"""From bytes to records: one per row of the workbook, its filled-in cells verbatim."""

import datetime as dt
import re
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources import tables
from tizim.sources.dates import iso_day
from tizim.sources.dating import placed
from tizim.sources.entries import refuse_empty
from tizim.sources.protocol import Hints
from tizim.text import one_line

SOURCE_ID: Final = "au-dfat"
ADDRESS: Final = "https://www.dfat.gov.au/sites/default/files/Australian_Sanctions_Consolidated_List.xlsx"
NAME: Final = "Name of Individual or Entity"
_REQUIRED: Final = (
    "Reference", NAME, "Type", "Name Type", "Date of Birth", "Place of Birth", "Citizenship", "Address",
    "Additional Information", "Listing Information", "Committees", "Control Date",
)  # fmt: skip
_RENAMED: Final = {"Name": NAME, "Name of Individual": NAME}
"""Columns of other years' workbooks, by today's names."""
_REFERENCE: Final = re.compile(r"0*(\d+)\s*([A-Za-z]{0,3})(\d*)")


def number_of(reference: str) -> str:
    """The number that groups the rows of an entry: ``2`` of ``2``, ``2a``, ``2ab`` and ``34c1``'s 34.

    Raises `SourceRefused` for anything else: the row would belong to no entry.
    """
    match = _REFERENCE.fullmatch(one_line(reference))
    if match is None:
        raise SourceRefused(f"Reference {one_line(reference)!r} is no number with letters, so the row has no identity")
    return match[1]


def read(data: bytes, name: str, hints: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document; anything less is `SourceRefused`."""
    if not data.strip():
        raise SourceRefused(f"{name}: the file is empty ({len(data)} bytes)")
    sheet = _sheet(tables.workbook(data, name), name)
    header = sheet.rows[0]
    renamed = tables.Row(header.number, tables.renamed(tuple(map(one_line, header.cells)), _RENAMED))
    columns = tables.columns(renamed, _REQUIRED, name)
    body = [row for row in sheet.rows[1:] if not row.is_empty]
    records = [Record(place=f"row {row.number}", fields=tables.filled(row, columns, name)) for row in body]
    refuse_empty(records, name)
    references: dict[str, str] = {}
    numbers = set()
    newest: dt.date | None = None
    for record in records:
        fields = dict(record.fields)
        reference = one_line(fields.get("Reference", ""))
        try:
            numbers.add(number_of(reference))
        except SourceRefused as refused:
            raise SourceRefused(f"{name}: {record.place}: {refused}") from None
        if reference in references:
            raise SourceRefused(
                f"{name}: {record.place}: has the reference {reference}, as has {references[reference]}"
            )
        references[reference] = record.place
        day = iso_day(fields.get("Control Date", "").strip())
        if day:
            newest = max(newest, dt.date.fromisoformat(day)) if newest else dt.date.fromisoformat(day)
    instant = tables.modified(data, name)
    if instant is not None:
        date, known = instant.date(), "by the last change of the workbook"
    else:
        date, instant, known = placed(hints, name, at_earliest=newest)
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=date,
        instant=instant,
        url=ADDRESS,
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        title=f"Australian Sanctions Consolidated List, {date} ({known})",
        entries=len(numbers),
        complete=True,
    )
    return facts, records


def _sheet(sheets: list[tables.Sheet], name: str) -> tables.Sheet:
    """The one sheet whose first row has the column ``Reference``; the workbook may have sheets of notes."""
    found = [
        sheet for sheet in sheets if sheet.rows and "Reference" in {one_line(cell) for cell in sheet.rows[0].cells}
    ]
    if len(found) != 1:
        names = ", ".join(sheet.name for sheet in sheets) or "none"
        raise SourceSuspicious(
            f"{name}: {len(found)} of its sheets ({names}) have a column Reference, expected one: "
            "the form of this list has changed"
        )
    return found[0]
