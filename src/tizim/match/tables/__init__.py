"""The word lists that analysis goes by, one plain text file each, and how they are read.

A file has lines ``key: variant, variant``; ``#`` begins a comment. Each file's head says what its keys are.
Knows nothing of names as wholes, of scores or of lists of persons.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from tizim.errors import Broken


@cache
def table(name: str) -> dict[str, tuple[str, ...]]:
    """The lines of the table *name*: variants by key, the key itself first unless it begins with ``=``.

    Raises `Broken` with the place if a line has no colon.
    """
    found: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(_lines(name), 1):
        if not line or line.startswith("#"):
            continue
        key, colon, rest = line.partition(":")
        if not colon:
            raise Broken(f"the table {name}.txt has no colon in line {number}: '{line}'")
        variants = [one for part in rest.split(",") if (one := part.strip())]
        head = [] if key.startswith("=") else [key.strip()]
        found[key.strip()] = tuple(dict.fromkeys([*head, *variants]))
    return found


def _lines(name: str) -> Iterator[str]:
    text = files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return (line.strip() for line in text.splitlines())


@cache
def fingerprint() -> str:
    """SHA-256 of everything that names are read with: the word lists here, and the tables of romanisation."""
    digest = hashlib.sha256()
    for package in (__name__, "tizim.text.tables"):
        for file in sorted(files(package).iterdir(), key=lambda one: one.name):
            if file.name.endswith(".txt"):
                digest.update(file.name.encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
