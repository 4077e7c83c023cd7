"""Where the table stands in its file: the sheet, the delimiter, the row of headers; found out, and said."""

from collections.abc import Sequence
from typing import Final, NoReturn

import msgspec

from tizim.errors import BadInput, SourceRefused
from tizim.sources.table.encodings import text_of
from tizim.sources.table.near import near
from tizim.sources.table.plan import Column, Plan
from tizim.sources.table.vocabulary import words
from tizim.sources.tables import Row, delimited, is_workbook, workbook
from tizim.text import fold, one_line

_LOOKED_AT: Final = 60
"""rows among which the headers are looked for"""
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
_DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table found in a file."""

    header: Row
    names: tuple[str, ...]
    """the headers, each on one line; an empty one as ``column 3``, a second one of a name with its number"""
    rows: tuple[Row, ...]
    media_type: str
    notices: tuple[str, ...]
    """what was found out by looking, in words"""


def find(plan: Plan, data: bytes, name: str) -> Table:
    """The table that *plan* speaks of.

    Raises `SourceRefused` for a file that is damaged or no table, and `BadInput` where the plan does not fit.
    """
    if data.startswith(_OLD_WORKBOOK):
        raise SourceRefused(f"{name}: is a workbook of the old form (.xls): save it as .xlsx, .ods or .csv")
    if is_workbook(data):
        return _in_workbook(plan, data, name)
    return _in_text(plan, data, name)


def _in_workbook(plan: Plan, data: bytes, name: str) -> Table:
    sheets = [sheet for sheet in workbook(data, name) if any(not row.is_empty for row in sheet.rows)]
    if not sheets:
        raise SourceRefused(f"{name}: no sheet of this workbook holds anything")
    names = ", ".join(f"'{sheet.name}'" for sheet in sheets)
    if plan.sheet:
        sheets = [sheet for sheet in sheets if fold(sheet.name) == fold(plan.sheet)]
        if not sheets:
            raise BadInput(f"{name}: has no sheet '{plan.sheet}' that holds anything: there are {names}")
    fitting = [sheet for sheet in sheets if _header(plan, sheet.rows) is not None]
    if len(fitting) > 1 and plan.columns:
        raise BadInput(f"{name}: several sheets have these columns, {names}: name one with --sheet")
    sheet = (fitting or sheets)[0]
    notices = (f"read from the sheet '{sheet.name}' of {names}",) if len(sheets) > 1 else ()
    odt = b"opendocument" in data[:100]
    kind = "vnd.oasis.opendocument.spreadsheet" if odt else "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _table(plan, sheet.rows, name, f"application/{kind}", notices)


def _in_text(plan: Plan, data: bytes, name: str) -> Table:
    found = text_of(data, name, plan.encoding)
    notices = [f"{found.notice}"] if found.notice else []
    if plan.delimiter:
        rows = delimited(found.text, name, delimiter=plan.delimiter)
    else:
        mark, rows = _delimiter(plan, found.text, name)
        notices.append(f"columns parted by {_DELIMITERS[mark]}")
    return _table(plan, rows, name, "text/csv", tuple(notices))


def _delimiter(plan: Plan, text: str, name: str) -> tuple[str, list[Row]]:
    """The mark that parts the columns: the one with which the headers of the plan are found, and most columns."""
    tried: list[tuple[tuple[bool, int, int], str, list[Row]]] = []
    refused: SourceRefused | None = None
    for mark in _DELIMITERS:
        if mark not in text:
            continue
        try:
            rows = delimited(text, name, delimiter=mark)
        except SourceRefused as error:
            refused = refused or error
            continue
        widths = [len(row.cells) for row in rows[:_LOOKED_AT] if not row.is_empty]
        usual = max(set(widths), key=lambda width: (widths.count(width), width)) if widths else 0
        fits = bool(plan.columns) and _header(plan, rows) is not None
        tried.append(((fits, widths.count(usual) if usual > 1 else 0, usual), mark, rows))
    if tried:
        best = max(tried, key=lambda one: one[0])
        if best[0][0] or best[0][2] > 1 or refused is None:
            return best[1], best[2]
    if refused is not None:
        raise refused
    return ",", delimited(text, name)  # one column: no mark is needed


def _table(plan: Plan, rows: Sequence[Row], name: str, media_type: str, notices: tuple[str, ...]) -> Table:
    filled = [row for row in rows if not row.is_empty]
    if not filled:
        raise SourceRefused(f"{name}: the table holds nothing")
    header = _header(plan, rows)
    if header is None:
        _refuse(plan, filled, name)
    names = _names(header)
    _check(plan, header, name)
    if not plan.has("name", "name_part"):
        _ask_for_names(plan, header, name)
    if not plan.header_row and header.number != filled[0].number:
        notices = (*notices, f"headers found in row {header.number}")
    below = tuple(row for row in filled if row.number > header.number)
    return Table(header=header, names=names, rows=below, media_type=media_type, notices=notices)


def _header(plan: Plan, rows: Sequence[Row]) -> Row | None:
    """The first row that holds all the columns that the plan needs."""
    if plan.header_row:
        return next((row for row in rows if row.number == plan.header_row), None)
    needed = [column for column in plan.columns if not column.optional]
    for row in rows[:_LOOKED_AT]:
        forms = _forms(row)
        if needed and all(any(_form(header) in forms for header in column.headers) for column in needed):
            return row
    if needed:
        return None
    return next((row for row in rows[:_LOOKED_AT] if sum(1 for cell in row.cells if cell.strip()) > 1), None)


def _form(header: str) -> str:
    """What of a header counts: its words, or its signs where it has none (``№``)."""
    return fold(header) or one_line(header)


def _forms(row: Row) -> set[str]:
    return {_form(cell) for cell in row.cells if cell.strip()}


def _refuse(plan: Plan, rows: Sequence[Row], name: str) -> NoReturn:
    """Say which header is not there, beside those that are most like it."""
    if plan.header_row:
        raise BadInput(f"{name}: has no row {plan.header_row} that holds anything, in which the headers should stand")
    needed = [column for column in plan.columns if not column.optional]

    def present(row: Row) -> int:
        forms = _forms(row)
        return sum(any(_form(header) in forms for header in column.headers) for column in needed)

    likely = max(rows[:_LOOKED_AT], key=lambda row: (present(row), min(2, sum(1 for c in row.cells if c.strip()))))
    forms = _forms(likely)
    missing = next((column for column in needed if not any(_form(h) in forms for h in column.headers)), needed[0])
    raise BadInput(f"{name}: row {likely.number}: {_lacks(missing, likely)}")


def _lacks(column: Column, row: Row) -> str:
    there = [one_line(cell) for cell in row.cells if cell.strip()]
    wanted = " or ".join(f"'{header}'" for header in column.headers[:3])
    more = f" (or {len(column.headers) - 3} others)" if len(column.headers) > 3 else ""
    close = near(column.headers[0], there)
    nearest = f"nearest: {', '.join(repr(one) for one in close)}; " if close else ""
    return f"no column is called {wanted}{more}; {nearest}the columns are {_listed(there)}"


def _listed(headers: Sequence[str]) -> str:
    cut = [header if len(header) <= 60 else f"{header[:59]}…" for header in headers[:40]]
    return ", ".join(f"'{header}'" for header in cut) + (" …" if len(headers) > 40 else "")


def _names(header: Row) -> tuple[str, ...]:
    """The headers, each once: a column is called by its number where it has no name of its own."""
    found: list[str] = []
    for number, cell in enumerate(header.cells, start=1):
        text = one_line(cell)
        if not text:
            found.append(f"column {number}")
        else:
            found.append(f"{text} (column {number})" if text in found else text)
    return tuple(found)


def _check(plan: Plan, header: Row, name: str) -> None:
    """Each column that the plan needs is there, and every one that it names is there once."""
    forms = [_form(cell) for cell in header.cells]
    for column in plan.columns:
        there = [one for one in column.headers if _form(one) in forms]
        if not there and not column.optional:
            raise BadInput(f"{name}: row {header.number}: {_lacks(column, header)}")
        for one in there:
            exact = sum(one_line(cell) == one for cell in header.cells)
            if exact > 1 or (not exact and forms.count(_form(one)) > 1):
                raise SourceRefused(f"{name}: row {header.number}: has two columns called '{one}'")


def _ask_for_names(plan: Plan, header: Row, name: str) -> NoReturn:
    there = [one_line(cell) for cell in header.cells if cell.strip()]
    guess = next(
        (one for one in there if words("heading") & {fold(one), *fold(one).split()}),
        next((one for one in there if len(one) > 2), there[0] if there else "HEADER"),
    )
    raise BadInput(
        f"{name}: say which column holds the names; row {header.number} has the columns {_listed(there)}; for example: "
        f"tizim keep table --list {plan.list_id} --column 'name={guess}' --from {name}"
    )


def resolve(plan: Plan, headers: Sequence[str]) -> dict[str, list[str]]:
    """The meanings of each of *headers* that the plan gives one; a header as it is written goes before its like."""
    found: dict[str, list[str]] = {}
    for column in plan.columns:
        for wanted in column.headers:
            header = wanted if wanted in headers else next((h for h in headers if _form(h) == _form(wanted)), None)
            if header is not None and column.meaning not in found.setdefault(header, []):
                found[header].append(column.meaning)
    return found
