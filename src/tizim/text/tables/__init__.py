"""Data: how the letters of each script are read, one plain text file a script.

A line is letters, a tab, and what they are read as; a line that starts with ``#`` is a remark.
The remarks at a file's head say which standard it follows.
"""

import unicodedata
from functools import cache
from pathlib import Path


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The lines of the table *name*, split at tabs, in the order of the file."""
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.split("\n") if line and not line.startswith("#"))


def pairs(name: str) -> dict[str, str]:
    """The table *name*, of two columns, as a mapping from the first to the second."""
    return {row[0]: row[1] for row in rows(name)}


def letters(name: str) -> dict[str, str]:
    """The same with the first column in the normal form that readers meet letters in."""
    return {unicodedata.normalize("NFKC", key).casefold(): value for key, value in pairs(name).items()}
