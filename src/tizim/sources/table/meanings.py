"""What a column of a table can mean: one table, from which the help of the command and the docs are written.

It stands in ``meanings.csv``.
"""

import csv
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType
from typing import Final

import msgspec

from tizim.domain.statements import Property


class Meaning(msgspec.Struct, frozen=True, kw_only=True):
    """One meaning that ``--column MEANING=HEADER`` can give to a column."""

    name: str
    help: str
    property: Property | None = None
    """the claim that a cell becomes; ``None`` where the cell only qualifies another one, or is ignored"""


def _all() -> list[Meaning]:
    text = resources.files("tizim.sources.table").joinpath("meanings.csv").read_text(encoding="utf-8")
    return [
        Meaning(name=row["meaning"], help=row["help"], property=Property(row["claim"]) if row["claim"] else None)
        for row in csv.DictReader(text.splitlines(), strict=True)
    ]


MEANINGS: Final[Mapping[str, Meaning]] = MappingProxyType({meaning.name: meaning for meaning in _all()})
"""Every meaning by its name, in the order in which help and docs tell them."""

DATES: Final = frozenset(
    {"listed", "amended", "reviewed", "effective", "expires", "delisted", "birth_date", "act_date"}
)
"""Meanings of which the cells are dates."""


def help_text() -> str:
    """The meanings, one a line, for the help of a command."""
    width = max(map(len, MEANINGS))
    return "\n".join(f"{meaning.name:<{width}}  {meaning.help}" for meaning in MEANINGS.values())


def markdown() -> str:
    """The meanings as a table of a page of the docs."""
    rows = [
        f"| `{meaning.name}` | {meaning.help} | {f'`{meaning.property.value}`' if meaning.property else ''} |"
        for meaning in MEANINGS.values()
    ]
    return "\n".join(["| meaning | what the column holds | claim |", "| --- | --- | --- |", *rows])
