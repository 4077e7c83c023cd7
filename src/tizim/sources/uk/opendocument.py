"""Sheets of an OpenDocument workbook whose XML is laid out with blanks between its elements.

The search service of the UK Sanctions List writes its exports so. The format allows it, but the reader that
`tizim.sources.tables.workbook` uses takes such blanks for a broken file.
"""

import io
import zipfile
from typing import Final

from tizim.errors import SourceRefused
from tizim.sources.tables import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Row, Sheet, cell_text
from tizim.sources.xml import Element, parse
from tizim.text import one_line

CONTENT: Final = "content.xml"
MIMETYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS: Final = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_MAX_MARKS: Final = 4_000_000
"""Twelve times those of the document held."""


def sheets(data: bytes, name: str) -> list[Sheet]:
    """The sheets, cells as text, without the empty rows and cells that fill up a sheet.

    Raises `SourceRefused` for what is not a whole workbook of OpenDocument.
    """
    root = parse(_content(data, name), f"{name}/{CONTENT}", max_bytes=MAX_BYTES, max_marks=_MAX_MARKS)
    return [
        Sheet(name=table.get(f"{_TABLE}name", ""), rows=tuple(_rows(table, name)))
        for table in root.iter(f"{_TABLE}table")
    ]


def _content(data: bytes, name: str) -> bytes:
    """The XML of the sheets. Nothing is unpacked before its size is looked at."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(info.file_size for info in packed.infolist())
            if size > MAX_BYTES:
                raise SourceRefused(f"{name}: unpacks to {size:,} bytes, more than the {MAX_BYTES:,} a table may have")
            if packed.read("mimetype").strip() != MIMETYPE:
                raise SourceRefused(f"{name}: mimetype: is not that of an OpenDocument workbook")
            return packed.read(CONTENT)
    except KeyError as error:
        raise SourceRefused(f"{name}: is no OpenDocument workbook: {one_line(str(error.args[0]))}") from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise SourceRefused(f"{name}: is no OpenDocument workbook, or is cut off: {one_line(str(error))}") from None


def _rows(table: Element, name: str) -> list[Row]:
    """The rows that hold something. A repeated empty row stands for as many, a filled one is repeated."""
    rows: list[Row] = []
    number = 0
    for element in table.iter(f"{_TABLE}table-row"):
        times = _times(element, "number-rows-repeated")
        cells = _cells(element, name, number + 1)
        if cells:
            if number + times > MAX_ROWS:
                raise SourceRefused(f"{name}: row {number + 1}: more rows than any list has")
            rows += [Row(number + index, cells) for index in range(1, times + 1)]
        number += times
    return rows


def _cells(row: Element, name: str, number: int) -> tuple[str, ...]:
    """The cells up to the last that holds something."""
    cells: list[str] = []
    empty = 0
    for element in row:
        if element.tag not in _CELLS:
            continue
        times = _times(element, "number-columns-repeated")
        value = _value(element)
        if not value.strip():
            empty += times
            continue
        if len(cells) + empty + times > MAX_COLUMNS:
            raise SourceRefused(f"{name}: row {number}: more columns than any list has")
        cells += [""] * empty + [value] * times
        empty = 0
    return tuple(cells)


def _value(cell: Element) -> str:
    """A day as its ISO date, a number without an empty fraction, all else as the words shown."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", "").removesuffix("T00:00:00")
    if kind in {"float", "percentage", "currency"}:
        try:
            return cell_text(float(cell.get(f"{_OFFICE}value", "")))
        except (ValueError, OverflowError):
            pass
    return "\n".join(_words(paragraph) for paragraph in cell.iterchildren(f"{_TEXT}p"))


def _words(element: Element) -> str:
    """The text of a paragraph; white space that the format writes as elements becomes white space again."""
    parts = [element.text or ""]
    for child in element:
        tag = str(child.tag)
        if tag == f"{_TEXT}s":
            parts.append(" ")
        elif tag == f"{_TEXT}tab":
            parts.append("\t")
        elif tag == f"{_TEXT}line-break":
            parts.append("\n")
        else:
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _times(element: Element, attribute: str) -> int:
    """How often a row or cell stands; once where it does not say."""
    printed = element.get(f"{_TABLE}{attribute}", "1")
    return int(printed) if printed.isdecimal() and len(printed) < 9 and printed != "0" else 1
