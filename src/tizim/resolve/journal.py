"""Decisions of a review that goes on, on disk from the moment they are made until they are in the register."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Self

import msgspec

from tizim.sources.judgements import Judged

_SUFFIX = ".jsonl"


class _Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line: who decides (the first one), a decision, or that the last decision is taken back."""

    author: str = ""
    judged: Judged | None = None
    undone: bool = False


class Journal:
    """The decisions of one person, written one by one; nobody else takes them up while it is open."""

    def __init__(self, path: Path, file: IO[bytes], author: str, judged: list[Judged]) -> None:
        self._path = path
        self._file = file
        self.author = author
        self.judged = judged
        """the decisions that stand, in the order in which they were made"""

    @classmethod
    def begin(cls, folder: Path, name: str, author: str) -> Self:
        """A new one of *author* in *folder*, which is made if need be."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}-{os.getpid()}{_SUFFIX}"
        file = path.open("xb")
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        made = cls(path, file, author, [])
        made._write(_Line(author=author))
        return made

    def add(self, judged: Judged) -> None:
        """A decision."""
        self._write(_Line(judged=judged))
        self.judged.append(judged)

    def take_back(self) -> None:
        """The last decision does not stand."""
        self._write(_Line(undone=True))
        self.judged.pop()

    def close(self, *, recorded: bool) -> None:
        """Let go of it; once its decisions are *recorded*, or if there are none, the file goes."""
        if recorded or not self.judged:
            self._path.unlink(missing_ok=True)
        self._file.close()

    def _write(self, line: _Line) -> None:
        self._file.write(msgspec.json.encode(line) + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def left_over(folder: Path) -> Iterator[Journal]:
    """Those of reviews that were cut off, with what had been decided; each must be closed by whoever takes it."""
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        file = path.open("r+b")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # its review still goes on, or somebody else took it up
            file.close()
            continue
        author, judged = _read(file.read())
        yield Journal(path, file, author, judged)


def _read(data: bytes) -> tuple[str, list[Judged]]:
    author, judged = "", list[Judged]()
    for text in data.split(b"\n"):
        try:
            line = msgspec.json.decode(text, type=_Line)
        except msgspec.DecodeError:
            continue  # the last one, cut off in the middle of writing, or the empty end
        author = line.author or author
        if line.judged is not None:
            judged.append(line.judged)
        elif line.undone and judged:
            judged.pop()
    return author, judged
