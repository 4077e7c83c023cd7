"""Tables as CSV. A cell that a spreadsheet would run as a formula gets an apostrophe, unless it is asked for raw."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO, ClassVar, Final

from tizim.text import neutral

_AT_ONCE: Final = 1 << 18
"""characters after which rows are written out"""


class Table:
    """Writes rows under a head."""

    def __init__(self, file: IO[bytes], columns: Sequence[str], *, raw: bool) -> None:
        self._file = file
        self._raw = raw
        self._text = io.StringIO(newline="")
        self._writer = csv.writer(self._text, lineterminator="\n")
        self.rows = 0
        self.neutralised = 0
        """cells that got an apostrophe"""
        self._writer.writerow(columns)

    def put(self, row: Iterable[str]) -> None:
        """Write a row."""
        cells = list(row)
        if not self._raw:
            safe = [neutral(cell) for cell in cells]
            self.neutralised += sum(map(str.__ne__, safe, cells))
            cells = safe
        self._writer.writerow(cells)
        self.rows += 1
        if self._text.tell() > _AT_ONCE:
            self._out()

    def _out(self) -> None:
        self._file.write(self._text.getvalue().encode("utf-8", "backslashreplace"))
        self._text.seek(0)
        self._text.truncate()

    def end(self) -> None:
        """Write what is left."""
        self._out()


class OfTable:
    """A format that is a table: what becomes of a subject is its own matter, the rest is the table's."""

    columns: ClassVar[Sequence[str]]

    def __init__(self, file: IO[bytes], *, raw: bool) -> None:
        self._table = Table(file, self.columns, raw=raw)

    @property
    def rows(self) -> int:
        """How many rows there are so far."""
        return self._table.rows

    @property
    def neutralised(self) -> int:
        """Cells that got an apostrophe."""
        return self._table.neutralised

    def end(self) -> None:
        """Write what is left."""
        self._table.end()
