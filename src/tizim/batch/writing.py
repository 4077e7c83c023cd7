"""The output: what was found, in the order of the rows, as CSV, JSON lines or Parquet; and the rows that were not read.

The bytes depend on what is written and on nothing else. In CSV, what a spreadsheet would run as a formula gets an
apostrophe before it: a cell, and what would be one where cells are parted by another sign than the comma, as many
countries' spreadsheets do. JSON lines and Parquet hold values as they are.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Final

import msgspec

from tizim.batch.places import arrow
from tizim.batch.rows import Reject
from tizim.batch.screening import Found

COLUMNS: Final = (
    "row", "customer_id", "subject", "list", "reference", "name", "score", "order", "algorithm", "data_version",
)  # fmt: skip
REJECT_COLUMNS: Final = ("row", "line", "reason")
_RUN: Final = tuple("=+-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}"
                    "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip
"""signs with which a cell begins that spreadsheets run"""
_RUN_INSIDE: Final = re.compile(r"([;\t\r\n][\s\"]*)(?=[=+\-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
                               r"\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}])")  # fmt: skip
"""the same behind a sign at which a spreadsheet that parts by other signs begins a cell or a row"""
_GROUP: Final = 65_536
"""rows of a group of Parquet"""

Output = tuple[int, str, str, str, str, str, float, float, str, str]


def neutral(text: str) -> str:
    """*text* as a cell that no spreadsheet runs."""
    told = _RUN_INSIDE.sub(r"\1'", text)
    return f"'{told}" if text.lstrip(' "').startswith(_RUN) else told


def outputs(found: Iterable[Found], algorithm: str, data_version: str) -> Iterator[Output]:
    """Rows of the output."""
    for one in found:
        yield (
            one.row, one.customer_id, one.subject, one.list, one.reference, one.name, one.score, one.order,
            algorithm, data_version,
        )  # fmt: skip


def write_csv(rows: Iterable[Iterable[str | float]], columns: Iterable[str], file: IO[bytes]) -> None:
    """Write rows under a head."""
    text = io.TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="")
    try:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([neutral(cell) if isinstance(cell, str) else repr(cell) for cell in row])
        text.flush()
    finally:
        text.detach()


def write_rejects(rejects: Iterable[Reject], file: IO[bytes]) -> None:
    """Write rows that were not screened, as CSV."""
    write_csv(((one.row, one.line, one.reason) for one in rejects), REJECT_COLUMNS, file)


def _csv(rows: Iterable[Output], file: IO[bytes]) -> None:
    write_csv(rows, COLUMNS, file)


def _jsonl(rows: Iterable[Output], file: IO[bytes]) -> None:
    encode = msgspec.json.Encoder().encode
    for row in rows:
        file.write(encode(dict(zip(COLUMNS, row, strict=True))) + b"\n")


def _parquet(rows: Iterable[Output], file: IO[bytes]) -> None:
    pa = arrow()
    types = (pa.int64(), *[pa.string()] * 5, pa.float64(), pa.float64(), pa.string(), pa.string())
    schema = pa.schema([pa.field(name, kind, nullable=False) for name, kind in zip(COLUMNS, types, strict=True)])
    with pa.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        group: list[Output] = []

        def put() -> None:
            columns = zip(*group, strict=True) if group else [()] * len(COLUMNS)
            arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=_GROUP)
            group.clear()

        for row in rows:
            group.append(row)
            if len(group) == _GROUP:
                put()
        if group:
            put()


WRITERS: Final[dict[str, Callable[[Iterable[Output], IO[bytes]], None]]] = {
    "csv": _csv, "jsonl": _jsonl, "parquet": _parquet,
}  # fmt: skip
"""by the form of the output"""
