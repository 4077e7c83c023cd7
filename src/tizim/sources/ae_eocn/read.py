"""From bytes to records: one per numbered row of every sheet."""

from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.ae_eocn.forms import NUMBER, kind_of, meaning, newest_day, tells_listing, tells_removal
from tizim.sources.dating import placed
from tizim.sources.protocol import NO_HINTS, Hints
from tizim.sources.tables import Sheet, columns, decode, delimited, filled, is_workbook, modified, workbook
from tizim.text import one_line

SOURCE_ID: Final = "ae-local"
SHEET_PART: Final = "sheet"
"""the line of documents that hold one sheet of the workbook only"""
PAGE: Final = "https://www.uaeiec.gov.ae/en-us/un-page"
"""the page that links the newest workbook"""
SHEET: Final = "sheet"
"""a field of each record that is none of its cells: the sheet's name and title, which say kind and removal"""
_HEADER_WITHIN: Final = 12
"""rows among which the header must be; it is the third in every sheet seen"""
_NAMES: Final = frozenset({"name arabic", "name latin"})


def read(data: bytes, name: str, hints: Hints = NO_HINTS) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole workbook, or of one sheet saved as CSV; anything less is `SourceRefused`.

    Raises `SourceSuspicious` where a sheet with rows lacks the numbered header or a column of names.
    """
    whole = is_workbook(data)
    if whole:
        sheets = [sheet for sheet in workbook(data, name) if any(not row.is_empty for row in sheet.rows)]
    else:
        sheets = [Sheet(name="", rows=tuple(delimited(decode(data, name, encodings=("utf-8",)), name)))]
    records = [record for sheet in sheets for record in _records(sheet, name)]
    if not records:
        raise SourceRefused(f"{name}: no entries; an empty list is a failed export, not a removal of all")
    cells = [value for record in records for _, value in record.fields]
    instant = modified(data, name) if whole else None
    if instant is not None:
        date, known = instant.date(), "workbook last changed"
    else:
        date, instant, known = placed(hints, name, at_earliest=newest_day(cells))
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID if whole else f"{SOURCE_ID}/{SHEET_PART}",
        date=date,
        instant=instant,
        url=PAGE,
        media_type=_WORKBOOK if whole else "text/csv",
        title=f"Local terrorist list of the UAE ({'workbook' if whole else 'one sheet'}), {known}, {date}",
        entries=len(records),
        complete=whole,
    )
    return facts, records


_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _records(sheet: Sheet, name: str) -> list[Record]:
    """The rows below the header that have a number. Any other row that holds something is refused."""
    where = f"{name}: sheet {sheet.name}" if sheet.name else name
    at = next((i for i, row in enumerate(sheet.rows[:_HEADER_WITHIN]) if row.cells[0].strip() == NUMBER), None)
    if at is None:
        raise SourceSuspicious(
            f"{where}: no row of headers that begins with {NUMBER}: the form of this list has changed"
        )
    header = sheet.rows[at]
    names = columns(header, (NUMBER,), where)
    if not any(meaning(column) in _NAMES for column in names):
        raise SourceSuspicious(
            f"{where}: row {header.number}: no column of full names: the form of this list has changed"
        )
    titles = [one_line(cell) for row in sheet.rows[:at] for cell in row.cells]
    told = [title for title in titles if kind_of(title) or tells_removal(title) or tells_listing(title)]
    about = " | ".join(dict.fromkeys(part for part in (sheet.name, *told) if part))
    if not (tells_removal(about) or tells_listing(about)):
        raise SourceSuspicious(
            f"{where}: neither its name nor its title says that its entries are listed, or were removed: "
            "the form of this list has changed"
        )
    records: list[Record] = []
    for row in sheet.rows[at + 1 :]:
        if row.is_empty:
            continue
        number = one_line(row.cells[0])
        if not number:
            raise SourceRefused(f"{where}: row {row.number}: has cells but no number: not an entry, or cut off")
        place = f"{f'{sheet.name}, ' if sheet.name else ''}row {row.number}[{number}]"
        records.append(Record(place=place, fields=((SHEET, about), *filled(row, names, where))))
    return records
