"""From bytes to records: one per row below the headers, every filled-in cell of it verbatim."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused
from tizim.sources.dating import placed
from tizim.sources.protocol import Hints
from tizim.sources.table import days
from tizim.sources.table.layout import Table, find, resolve
from tizim.sources.table.meanings import DATES
from tizim.sources.table.names import is_nothing, values
from tizim.sources.table.plan import Plan
from tizim.sources.tables import Row
from tizim.text import one_line

SOURCE_ID: Final = "table"
_SHOWN: Final = 60


class _Rows(msgspec.Struct, frozen=True, kw_only=True):
    records: list[Record]
    passed: tuple[str, ...]
    """rows that are no entries, in words"""


def read(plan: Plan, data: bytes, name: str, hints: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole table.

    Raises `SourceRefused` for one that is damaged, `BadInput` where the plan does not fit it.
    """
    table = find(plan, data, name)
    records = _rows(plan, table, name).records
    date, instant, _ = placed(hints, name)
    facts = DocumentFacts.of(
        data,
        source=f"{SOURCE_ID}/{plan.list_id}",
        date=date,
        instant=instant,
        url=plan.url,
        media_type=table.media_type,
        title=plan.title,
        entries=len(records),
        complete=True,
    )
    return facts, records


def notices(plan: Plan, data: bytes, name: str) -> tuple[str, ...]:
    """What was found out by looking at the table, and what to say so that more of it is read."""
    table = find(plan, data, name)
    rows = _rows(plan, table, name)
    return (*table.notices, *rows.passed, *_unnamed(plan, table), *_of_dates(plan, rows.records))


def _rows(plan: Plan, table: Table, name: str) -> _Rows:
    """The rows that are entries; a heading or a row of column numbers is none, and is said."""
    meanings = resolve(plan, table.names)
    named = {header for header, has in meanings.items() if "name" in has or "name_part" in has}
    read_headers = {header for header, has in meanings.items() if has != ["ignore"]}
    of_dates = {header for header, has in meanings.items() if DATES.intersection(has)}
    records, passed = [], []
    usual = Counter(len(row.cells) for row in table.rows).most_common(1)[0][0] if table.rows else 0
    for row in table.rows:
        fields = _fields(row, table.names, usual, name)
        if not fields:
            continue
        if _counts_columns(row):
            passed.append(f"row {row.number} numbers the columns: passed over")
            continue
        filled = {header for header, cell in fields if not is_nothing(one_line(cell))}
        if not filled & named:
            if (len(filled) <= 1 and not filled & of_dates) or not filled & read_headers:
                text = one_line(" ".join(cell for _, cell in fields))[:_SHOWN]
                passed.append(f"row {row.number} has no name and is taken for a heading or note: {text!r}")
                continue
            columns = " or ".join(f"'{header}'" for header in sorted(named))
            raise SourceRefused(f"{name}: row {row.number}: has no name in {columns}, but other cells are filled in")
        records.append(Record(place=f"row {row.number}", fields=fields))
    if not records:
        raise SourceRefused(f"{name}: no entries; an empty table is a failed export, not a delisting of all")
    return _Rows(records=records, passed=tuple(passed))


def _fields(row: Row, names: Sequence[str], usual: int, name: str) -> tuple[tuple[str, str], ...]:
    """The filled-in cells of a row.

    A row of another width than most was cut, or a delimiter stands in a cell, so that what follows it would be
    read in the wrong column.
    """
    width = len(row.cells)
    if width > max(usual, len(names)) or any(cell.strip() for cell in row.cells[len(names) :]):
        raise SourceRefused(
            f"{name}: row {row.number}: has {width} cells, the headers are {len(names)}: a cell with a delimiter in it"
            " must stand in quotes"
        )
    if width < min(usual, len(names)):
        raise SourceRefused(
            f"{name}: row {row.number}: has {width} cells, the headers are {len(names)}: cut off, or a note that does"
            " not belong to the table"
        )
    return tuple((header, cell) for header, cell in zip(names, row.cells, strict=False) if cell.strip())


def _counts_columns(row: Row) -> bool:
    """Whether the cells are 1, 2, 3 …, as below the headers of printed tables."""
    cells = [days.plain_digits(cell.strip()) for cell in row.cells if cell.strip()]
    return len(cells) > 2 and cells == [str(number) for number in range(1, len(cells) + 1)]


def _unnamed(plan: Plan, table: Table) -> list[str]:
    """Columns that the plan does not name."""
    known = resolve(plan, table.names)
    left = [
        header
        for at, header in enumerate(table.names)
        if header not in known and any(len(row.cells) > at and row.cells[at].strip() for row in table.rows)
    ]
    if not left:
        return []
    shown = ", ".join(f"'{header}'" for header in left[:10]) + (" …" if len(left) > 10 else "")
    return [f"not named, so unread: {shown}; name them with --column, or as ignore"]


# -- the order of day and month ------------------------------------------------------------------


def orders(plan: Plan, records: Sequence[Record]) -> dict[str, days.Order]:
    """For each column of dates which of day and month comes first, by the plan or by the column's own cells."""
    if plan.date_order:
        return {}
    if not records:
        return {}
    headers = list(dict.fromkeys(header for record in records for header, _ in record.fields))
    of_dates = {header for header, has in resolve(plan, headers).items() if DATES.intersection(has)}
    cells: dict[str, list[str]] = {header: [] for header in of_dates}
    for record in records:
        for header, cell in record.fields:
            if header in of_dates:
                cells[header].extend(values(cell))
    return {header: days.order_of(found) for header, found in cells.items()}


def _of_dates(plan: Plan, records: Sequence[Record]) -> list[str]:
    """What was concluded of dates in digits, column by column."""
    found = []
    for header, order in sorted(orders(plan, records).items()):
        many = f"{len(order.open)} date{'s' if len(order.open) != 1 else ''}"
        if order.contrary:
            found.append(
                f"column '{header}': '{order.proof}' has the day first and '{order.contrary}' the month; "
                f"{many} that could be either: unread; correct the column, or say --date-order dmy or mdy"
            )
        elif order.open and order.order:
            first = "day" if order.order == "dmy" else "month"
            found.append(f"column '{header}': the {first} comes first, as '{order.proof}' shows; {many} read by that")
        elif order.open:
            found.append(
                f"column '{header}': {many} such as '{order.open[0]}' could have the day or the month first and nothing"
                " in the column shows which: unread; say --date-order dmy or mdy"
            )
    return found
