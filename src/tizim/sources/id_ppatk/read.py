"""From bytes to records: one per row of the sheet."""

import datetime as dt
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.dating import placed
from tizim.sources.protocol import NO_HINTS, Hints
from tizim.sources.tables import Row, Sheet, columns, filled, modified, renamed, workbook
from tizim.text import one_line

SOURCE_ID: Final = "id-dttot"
PAGE: Final = "https://www.ppatk.go.id/link/read/23/dttot-proliferasi-wmd.html"
"""the page that links the newest workbook"""
NAME, KIND, CODE = "Nama", "Terduga", "Kode Densus"
BIRTH_PLACE, BIRTH_DATE, NATIONALITY = "Tpt Lahir", "Tgl Lahir", "WN"
ADDRESS, PROSE = "Alamat", "Deskripsi"
_COLUMNS: Final = (NAME, PROSE, KIND, CODE, BIRTH_PLACE, BIRTH_DATE, NATIONALITY, ADDRESS)
# Names that newer workbooks have for the same columns.
_NEWER: Final = {
    "nama": NAME,
    "deskripsi": PROSE,
    "terduga": KIND,
    "kode_densus": CODE,
    "tempat_lahir": BIRTH_PLACE,
    "tpt_lahir": BIRTH_PLACE,
    "tanggal_lahir": BIRTH_DATE,
    "tgl_lahir": BIRTH_DATE,
    "WN_Asal_Negara": NATIONALITY,
    "wn_asal_negara": NATIONALITY,
    "alamat": ADDRESS,
}


def read(data: bytes, name: str, hints: Hints = NO_HINTS) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole workbook; anything less is `SourceRefused`.

    Raises `SourceSuspicious` where a column that the list has always had is missing.
    """
    sheet = _sheet(workbook(data, name), name)
    names = columns(_named(sheet.rows[0]), _COLUMNS, name)
    records = [_record(row, names, name) for row in sheet.rows[1:] if not row.is_empty]
    if not records:
        raise SourceRefused(f"{name}: sheet {sheet.name}: no entries; an empty list is a failed export")
    date, instant, known = _dated(data, name, hints)
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=date,
        instant=instant,
        url=PAGE,
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        title=f"DTTOT of Indonesia, {known}{date}",
        entries=len(records),
        complete=True,
    )
    return facts, records


def _dated(data: bytes, name: str, hints: Hints) -> tuple[dt.date, dt.datetime, str]:
    """When the workbook says it was last changed; it prints no other date of its own."""
    instant = modified(data, name)
    if instant is not None:
        return instant.date(), instant, "workbook last changed "
    date, instant, known = placed(hints, name)
    return date, instant, f"{known}, "


def _sheet(sheets: list[Sheet], name: str) -> Sheet:
    """The one sheet with rows in it. Another one could hold entries that would go missing."""
    found = [sheet for sheet in sheets if any(not row.is_empty for row in sheet.rows)]
    if not found:
        raise SourceRefused(f"{name}: the workbook has no rows")
    if len(found) > 1:
        names = ", ".join(sheet.name for sheet in found)
        raise SourceSuspicious(f"{name}: has {len(found)} sheets ({names}), the list has one: its form has changed")
    return found[0]


def _named(header: Row) -> Row:
    return Row(header.number, renamed(tuple(one_line(cell) for cell in header.cells), _NEWER))


def _record(row: Row, names: tuple[str, ...], name: str) -> Record:
    fields = filled(row, names, name)
    code = next((one_line(value) for field, value in fields if field == CODE), "")
    if not code:
        raise SourceRefused(f"{name}: row {row.number}: has no {CODE}, so the entry has no identity")
    return Record(place=f"row {row.number}[{code}]", fields=fields)
