"""Makers of documents: you state only the cells a test is about. All names are invented.

They imitate the consolidated list of HM Treasury (`conlist`), the export of the search service (`export`) and the
XML of the UK Sanctions List (`designations`).
"""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from tizim.domain.documents import Record
from tizim.domain.statements import Claim, EntryReading, Property
from tizim.sources.protocol import Source
from tizim.sources.uk import OFSI_CONLIST

OF_2014 = (
    "Name 6", "Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Title", "DOB", "Town of Birth", "Country of Birth",
    "Nationality", "Passport Details", "NI Number", "Position", "Address 1", "Address 2", "Address 3", "Address 4",
    "Address 5", "Address 6", "Post/Zip Code", "Country", "Other Information", "Group Type", "Alias Type", "Regime",
    "Listed On", "Last Updated", "Group ID",
)  # fmt: skip
OF_2018 = (*OF_2014, "Alias Quality", "Name Non-Latin Script")
OF_2022 = (
    *(column for column in OF_2018 if column != "NI Number"), "Non-Latin Script Type", "Non-Latin Script Language",
    "Passport Number", "National Identification Number", "National Identification Details",
    "UK Sanctions List Date Designated",
)  # fmt: skip
_PLAIN = {
    "Group Type": "Individual", "Alias Type": "Prime Alias", "Regime": "Ruritania", "Listed On": "03/05/2011",
    "Last Updated": "07/06/2013", "Group ID": "90001", "Name 6": "ZENDA",
}  # fmt: skip


def conlist(
    *rows: Mapping[str, str], columns: Sequence[str] = OF_2014, day: str = "02/04/2014", encoding: str = "windows-1252"
) -> bytes:
    """A whole consolidated list of *rows*, each given by the cells that matter."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Last Updated", day])
    writer.writerow(columns)
    for row in rows:
        cells = _PLAIN | dict(row)
        writer.writerow([cells.get(column, "") for column in columns])
    return out.getvalue().encode(encoding)


def read_rows(*rows: Mapping[str, str], columns: Sequence[str] = OF_2014) -> list[EntryReading]:
    """The entries of a consolidated list of *rows*."""
    _, records = OFSI_CONLIST.read(conlist(*rows, columns=columns, encoding="utf-8"), "list.csv")
    return list(OFSI_CONLIST.readings(records))


def read_row(columns: Sequence[str] = OF_2014, **cells: str) -> EntryReading:
    """The one entry of a list of one row; cells by the names of their columns with ``_`` for a blank."""
    named = {column: column.replace(" ", "_").replace("/", "_").replace("-", "_") for column in columns}
    row = {column: cells.pop(word) for column, word in named.items() if word in cells}
    assert not cells, f"no such columns: {cells}"
    return read_rows(row, columns=columns)[0]


SEARCHED = (
    "Unique ID", "OFSI Group ID", "Name", "Regime Name", "Type", "Designation source", "Date Designated",
    "Sanctions Imposed",
)  # fmt: skip
AN_EXPORTED_ROW = ("RUR0001", "90001", "ZENDA Rupert", "Ruritania", "Individual", "UK", "03-05-2021", "Asset freeze")


def export(
    *rows: Sequence[str], columns: Sequence[str] = SEARCHED, stamp: tuple[int, int, int] = (2031, 2, 3)
) -> bytes:
    """What the search service exports: XML with blanks between its elements."""
    lines = "".join(
        "<table:table-row>\n"
        + "".join(
            f'  <table:table-cell office:value-type="string">\n    <text:p>{escape(cell)}</text:p>\n'
            "  </table:table-cell>\n"
            if cell
            else "  <table:table-cell/>\n"
            for cell in row
        )
        + "</table:table-row>\n"
        for row in (columns, *rows)
    )
    return workbook(lines, stamp=stamp)


def workbook(rows: str, *, stamp: tuple[int, int, int] = (2031, 2, 3), mimetype: str = "") -> bytes:
    """A workbook of one sheet with *rows* in the format's own words."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'\ufeff<?xml version="1.0"?><office:document-content xmlns:office="{urn}:office:1.0" '
        f'xmlns:table="{urn}:table:1.0" xmlns:text="{urn}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="UK_Sanction_List">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", mimetype or "application/vnd.oasis.opendocument.spreadsheet")
        info = zipfile.ZipInfo("content.xml", (*stamp, 12, 30, 0))
        packed.writestr(info, content.encode())
    return out.getvalue()


def designations(*entries: str, generated: str = "<DateGenerated>2031-02-03T00:00:00</DateGenerated>") -> bytes:
    """An XML of the UK Sanctions List with *entries*."""
    inside = "".join(f"<Designation>{entry}</Designation>" for entry in entries)
    return f'<?xml version="1.0" encoding="UTF-8"?><Designations>{generated}{inside}</Designations>'.encode()


def readings(source: Source, data: bytes, name: str = "list") -> list[EntryReading]:
    """The entries of a document."""
    _, records = source.read(data, name)
    return list(source.readings(records))


def values(reading: EntryReading, prop: Property) -> list[str]:
    """The values of a property, in order."""
    return [claim.value for claim in reading.claims if claim.property is prop]


def claim(reading: EntryReading, prop: Property) -> Claim:
    """The one claim of a property."""
    (found,) = [claim for claim in reading.claims if claim.property is prop]
    return found


def the_facets(reading: EntryReading, prop: Property) -> dict[str, str]:
    """The facets of the one claim of a property."""
    return dict(claim(reading, prop).facets)


def unread(reading: EntryReading) -> list[tuple[str, str]]:
    """What was not understood, by its field."""
    return [(left.field, left.value) for left in reading.unread]


def a_record(**fields: str) -> Record:
    """A record of nothing but *fields*."""
    return Record(place="row 3", fields=tuple(fields.items()))
