"""Small tables for tests: text, and workbooks of the fewest parts that readers of XLSX and ODS ask for."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from tizim.domain.lists import ListId
from tizim.domain.statements import EntryReading, Property
from tizim.sources.protocol import Hints
from tizim.sources.table import Plan, TableSource, columns_of, source_of

MARCH = Hints(instant=dt.datetime(2024, 3, 1, tzinfo=dt.UTC), by="as given")

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def an_xlsx(sheets: dict[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook with cells of text."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_DOCUMENT}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
        )
        names = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
            for number, name in enumerate(sheets, start=1)
        )
        packed.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>{names}</sheets></workbook>'
        )
        relations = "".join(
            f'<Relationship Id="rId{number}" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            for number, _ in enumerate(sheets, start=1)
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'
        )
        for number, rows in enumerate(sheets.values(), start=1):
            packed.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(rows))
    return made.getvalue()


def _sheet(rows: Sequence[Sequence[str]]) -> str:
    lines = []
    for number, cells in enumerate(rows, start=1):
        inside = "".join(
            f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
            for at, cell in enumerate(cells)
            if cell
        )
        lines.append(f'<row r="{number}">{inside}</row>')
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def an_ods(name: str, rows: Sequence[Sequence[str]]) -> bytes:
    """A sheet of OpenDocument with cells of text."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in cells
        )
        + "</table:table-row>"
        for cells in rows
    )
    content = (
        f'<office:document-content xmlns:office="{_OFFICE}:office:1.0" xmlns:table="{_OFFICE}:table:1.0"'
        f' xmlns:text="{_OFFICE}:text:1.0"><office:body><office:spreadsheet><table:table table:name="{name}">{lines}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr("content.xml", content)
    return made.getvalue()


def a_plan(*columns: str, **more: object) -> Plan:
    """A plan for the list ``min-list``."""
    said: dict[str, object] = {"list_id": ListId("min-list"), "columns": columns_of(columns), **more}
    return Plan(**said)


def a_source(*columns: str, **more: object) -> TableSource:
    """A source of that plan."""
    return source_of(a_plan(*columns, **more))


def readings(source: TableSource, table: str | bytes, name: str = "list.csv") -> list[EntryReading]:
    """All entries of a table."""
    data = table.encode() if isinstance(table, str) else table
    _, records = source.read(data, name, MARCH)
    return list(source.readings(records))


def reading(source: TableSource, table: str | bytes) -> EntryReading:
    """The only entry of a table."""
    (only,) = readings(source, table)
    return only


def said(entry: EntryReading, prop: Property) -> list[tuple[str, dict[str, str]]]:
    """Values and facets of a property, without the scripts of names."""
    return [
        (claim.value, {name: value for name, value in claim.facets if name != "script"})
        for claim in entry.claims
        if claim.property is prop
    ]


def values(entry: EntryReading, prop: Property) -> list[str]:
    """Values of a property."""
    return [value for value, _ in said(entry, prop)]


def unread(entry: EntryReading) -> list[tuple[str, str]]:
    """Field and value of what was not understood."""
    return [(one.field, one.value) for one in entry.unread]
