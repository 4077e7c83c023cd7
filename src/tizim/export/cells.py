"""Tables as CSV. A cell that a spreadsheet would run as a formula gets an apostrophe, unless it is asked for raw."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO, Final

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
