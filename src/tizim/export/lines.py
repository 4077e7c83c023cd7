"""FollowTheMoney entities, one JSON object a line: what is served and screened against, byte for byte."""

from collections.abc import Sequence
from typing import IO, Final

from tizim.screen.subjects import Subject

_TOGETHER: Final = 2_000
"""lines that are written at once"""


class Lines:
    """Writes entities as lines."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._left: list[bytes] = []
        self.rows = 0

    def put(self, subject: Subject) -> None:
        """Write a subject and what belongs to it."""
        self._left += subject.lines
        if len(self._left) >= _TOGETHER:
            self.end()

    def copy(self, lines: Sequence[bytes]) -> None:
        """Write entities that are JSON already."""
        if lines:
            self._file.write(b"\n".join(lines) + b"\n")
            self.rows += len(lines)

    def end(self) -> None:
        """Write what is left; nothing follows the last line."""
        self.copy(self._left)
        self._left = []
