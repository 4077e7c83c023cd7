"""FollowTheMoney entities, one JSON object a line: what is served and screened against, byte for byte."""

from collections.abc import Sequence
from typing import IO

from tizim.screen.subjects import Subject


class Lines:
    """Writes entities as lines."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.rows = 0

    def put(self, subject: Subject) -> None:
        """Write a subject and what belongs to it."""
        self.copy(subject.lines)

    def copy(self, lines: Sequence[bytes]) -> None:
        """Write entities that are JSON already."""
        if lines:
            self._file.write(b"\n".join(lines) + b"\n")
            self.rows += len(lines)

    def end(self) -> None:
        """Nothing follows the last line."""
