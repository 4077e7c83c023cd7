"""Tables from outside: CSV and its like, XLSX and ODS, read into rows of cells within bounds.

Cells of workbooks come as text: a day as its ISO date, a whole number without a fraction, true and false as
words, so that a mapper meets one kind of value. A table says nothing of what its columns mean.
"""

import codecs
import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
import python_calamine

from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.xml import parse
from tizim.text import one_line

MAX_BYTES: Final = 256 * 1024 * 1024
MAX_ROWS: Final = 1_000_000
MAX_COLUMNS: Final = 1_000
_MAX_CELL: Final = 2_000_000
_WORKBOOK: Final = b"PK\x03\x04"
_HTML: Final = re.compile(rb"\s*<(?:!doctype|html|head|body|\?xml)\b", re.IGNORECASE)


class Row(msgspec.Struct, frozen=True):
    """A row of a table: where it stands, counted as its readers count (the first row is 1), and its cells."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell.strip() for cell in self.cells)


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet of a workbook."""

    name: str
    rows: tuple[Row, ...]


# -- text ----------------------------------------------------------------------------------------


def decode(data: bytes, name: str, *, encodings: Sequence[str] = ("utf-8", "windows-1252")) -> str:
    """The text of a file in the first of *encodings* in which it can be; a byte order mark decides by itself.

    Raises `SourceRefused` for an empty file, a page of HTML, and text in none of them.
    """
    if not data.strip():
        raise SourceRefused(f"{name}: the file is empty ({len(data)} bytes)")
    if len(data) > MAX_BYTES:
        raise SourceRefused(f"{name}: {len(data):,} bytes, more than the {MAX_BYTES:,} a table may have")
    if _HTML.match(data):
        raise SourceRefused(f"{name}: this is a page of HTML or XML, not a table")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            encodings = (encoding,)
            data = data[len(mark) :]
            break
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceRefused(f"{name}: is not text in {' or '.join(encodings)}")


_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def delimited(
    text: str, name: str, *, delimiter: str = ",", quotechar: str | None = '"', strict: bool = True
) -> list[Row]:
    """The rows of *text*; each stands at the line on which it begins. Empty lines are left out.

    Raises `SourceRefused` where a quoted cell does not end, or a cell or the table is larger than any list's.
    """
    csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quotechar, strict=strict,
        quoting=csv.QUOTE_MINIMAL if quotechar else csv.QUOTE_NONE,
    )  # fmt: skip
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if cells:
                rows.append(Row(line, tuple(cells)))
            line = reader.line_num + 1
            if len(rows) > MAX_ROWS or len(cells) > MAX_COLUMNS:
                raise SourceRefused(f"{name}: line {line}: more rows or columns than any list has")
    except csv.Error as error:
        raise SourceRefused(f"{name}: line {line}: {error}") from None
    return rows


# -- workbooks -----------------------------------------------------------------------------------


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a ZIP, as XLSX and ODS are."""
    return data.startswith(_WORKBOOK)


def workbook(data: bytes, name: str) -> list[Sheet]:
    """The sheets of an XLSX or ODS file, cells as text. Raises `SourceRefused` if it cannot be read whole."""
    _look(data, name)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [_sheet(book, sheet, name) for sheet in book.sheet_names]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise SourceRefused(f"{name}: cannot be read as a workbook: {one_line(str(error))}") from None


def _look(data: bytes, name: str) -> None:
    """Refuse what would unpack beyond any list before anything is unpacked."""
    if not data.strip():
        raise SourceRefused(f"{name}: the file is empty ({len(data)} bytes)")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(info.file_size for info in packed.infolist())
            if size > MAX_BYTES:
                raise SourceRefused(f"{name}: unpacks to {size:,} bytes, more than the {MAX_BYTES:,} a table may have")
            for part in packed.namelist():
                if _PART.fullmatch(part):
                    _look_for_extent(packed.read(part), f"{name}/{part}")
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise SourceRefused(f"{name}: is no XLSX or ODS file, or is cut off: {one_line(str(error))}") from None


def _look_for_extent(sheet: bytes, name: str) -> None:
    """Refuse a sheet that reaches so far that a reader could not make room for it: it makes room for the whole
    rectangle, of which one cell at the far end is enough. An OpenDocument sheet says how often a cell is repeated.
    """
    last_row = last_column = 1
    for match in _CELL.finditer(sheet):
        last_row = max(last_row, int(match[2]))
        last_column = max(last_column, _column(match[1]))
    if last_row * last_column > MAX_CELLS:
        raise SourceRefused(f"{name}: reaches to row {last_row:,} and column {last_column:,}: more than any list has")
    for match in _REPEATED.finditer(sheet):
        said = match[0]
        count = int(match[1])
        if count > MAX_COLUMNS and b"value-type" in said:
            raise SourceRefused(f"{name}: repeats a cell {count:,} times, which no list does")


def _column(letters: bytes) -> int:
    """The number of a column by its letters: ``A`` is 1, ``AA`` 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


MAX_CELLS: Final = 20_000_000
"""cells in the rectangle that a sheet spans, empty ones too; the largest held has three million"""
_PART: Final = re.compile(r"xl/worksheets/[^/]+\.xml|content\.xml", re.IGNORECASE)
_CELL: Final = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=[\"']\$?([A-Z]{1,3})\$?(\d{1,9})[\"']")
_REPEATED: Final = re.compile(
    rb"<table:[\w-]+\b[^>]*?table:number-(?:columns|rows)-repeated=[\"'](\d{1,12})[\"'][^>]*>"
)


def _sheet(book: python_calamine.CalamineWorkbook, sheet: str, name: str) -> Sheet:
    found = book.get_sheet_by_name(sheet)
    if found.total_height > MAX_ROWS or found.total_width > MAX_COLUMNS * 20:
        raise SourceRefused(f"{name}: sheet {sheet}: more rows or columns than any list has")
    rows = found.to_python(skip_empty_area=False)
    return Sheet(
        name=sheet,
        rows=tuple(Row(number, tuple(map(cell_text, cells))) for number, cells in enumerate(rows, start=1)),
    )


def cell_text(value: object) -> str:
    """A cell's value as text: ``2.0`` as ``2``, a day as ``2024-06-03``, true and false as words."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)


def modified(data: bytes, name: str) -> dt.datetime | None:
    """When a workbook says that it was last changed, in UTC; ``None`` if it does not say so."""
    places = (
        ("docProps/core.xml", "{http://purl.org/dc/terms/}modified"),
        ("meta.xml", "{http://purl.org/dc/elements/1.1/}date"),
    )
    _look(data, name)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = set(packed.namelist())
        for member, tag in places:
            if member in names:
                found = next(parse(packed.read(member), f"{name}/{member}").iter(tag), None)
                if found is not None and found.text:
                    return _instant(found.text.strip())
    return None


def _instant(text: str) -> dt.datetime | None:
    try:
        # OpenDocument writes more digits of the second than Python reads.
        moment = dt.datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text))
    except ValueError:
        return None
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


# -- columns -------------------------------------------------------------------------------------


def columns(header: Row, required: Iterable[str], name: str) -> tuple[str, ...]:
    """The names of the columns, each on one line, in order; empty ones stay empty.

    Raises `SourceSuspicious` if a *required* one is not there: the publisher has changed the form, and
    reading on would lose what that column said. Raises `SourceRefused` if two have one name.
    """
    found = tuple(one_line(cell) for cell in header.cells)
    named = [column for column in found if column]
    missing = [column for column in required if column not in found]
    if missing:
        raise SourceSuspicious(
            f"{name}: row {header.number}: lacks the column{'s' if len(missing) > 1 else ''} "
            f"{', '.join(missing)}; it has {', '.join(named) or 'none'}: the form of this list has changed"
        )
    twice = next((column for column in named if named.count(column) > 1), None)
    if twice is not None:
        raise SourceRefused(f"{name}: row {header.number}: has two columns called {twice}")
    return found


def filled(row: Row, names: Sequence[str], name: str) -> tuple[tuple[str, str], ...]:
    """The filled-in cells of a row with the names of their columns; a cell beyond them is ``column 12``.

    Raises `SourceRefused` if the row is shorter than its header and not padded: it was cut.
    """
    if len(row.cells) < len(names):
        raise SourceRefused(f"{name}: row {row.number}: has {len(row.cells)} cells, the header {len(names)}: cut off")
    return tuple(
        (names[index] if index < len(names) and names[index] else f"column {index + 1}", cell)
        for index, cell in enumerate(row.cells)
        if cell.strip()
    )


def renamed(names: Sequence[str], new: Mapping[str, str]) -> tuple[str, ...]:
    """The names with those of a declared variant of the form replaced."""
    return tuple(new.get(name, name) for name in names)
