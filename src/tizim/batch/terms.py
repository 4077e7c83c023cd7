"""What is asked of every row: which column says what, among whom to look, and from which score on."""

from collections.abc import Sequence
from typing import Final

import msgspec

from tizim.errors import BadInput
from tizim.ftm import MODEL, Schema
from tizim.ftm.model import BASE
from tizim.text import one_line

NAME_COLUMN: Final = "name"
"""the column of names where none is said"""
ID_COLUMNS: Final = ("customer_id", "id")
"""columns of the customer's own id where none is said: the first that there is"""
MOST_HITS: Final = 500
_SHOWN: Final = 30


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of every row. Raises `BadInput` for what nobody can answer."""

    name_column: str = ""
    """empty: `NAME_COLUMN`, if there is one"""
    id_column: str = ""
    """empty: the first of `ID_COLUMNS` that there is"""
    schema: str = BASE
    """FollowTheMoney's; its most general one where nobody knows: each subject is compared as what it is"""
    schema_column: str = ""
    """where each row says its own schema; empty cells mean *schema*"""
    mapped: tuple[tuple[str, str], ...] = ()
    """properties of the schema with the column of each"""
    lists: tuple[str, ...] = ()
    """lists or collections of them; empty: all"""
    threshold: float = 0.7
    limit: int = 5
    """subjects shown of one row"""

    def __post_init__(self) -> None:
        """Raise `BadInput` for what nobody can answer."""
        schema_called(self.schema)
        for name, _ in self.mapped:
            self._check(name)
        if not 1 <= self.limit <= MOST_HITS:
            raise BadInput(f"--limit wants a number from 1 to {MOST_HITS}, not {self.limit}")
        if not 0 <= self.threshold <= 1:
            raise BadInput(f"--threshold wants a number from 0 to 1, not {self.threshold}")

    def _check(self, name: str) -> None:
        """Raise `BadInput` unless an entity can have the property *name*."""
        schemata = [MODEL.schemata[self.schema]] if not self.schema_column else _compared()
        if not any(_has(one, name) for one in schemata):
            known = any(_has(one, name) for one in _compared())
            reason = (
                f"no {self.schema} has it; say with --schema or --schema-column what the customers are"
                if known
                else "FollowTheMoney has no such property of entities that are compared"
            )
            raise BadInput(f"--map {one_line(name)}: {reason}")


def schema_called(name: str) -> Schema:
    """The schema of a name. Raises `BadInput` where there is none, or none whose entities are compared."""
    found = MODEL.get(name)
    if found is None or (found.name != BASE and not found.matchable):
        known = ", ".join((BASE, *(one.name for one in _compared())))
        raise BadInput(f"no schema '{one_line(name)}' is compared: use one of {known}")
    return found


def _compared() -> list[Schema]:
    return [one for one in MODEL.schemata.values() if one.matchable]


def _has(schema: Schema, name: str) -> bool:
    prop = schema.properties.get(name)
    return prop is not None and not prop.stub


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """Where a row's cells stand that are needed: numbers of columns among *columns*."""

    id_at: int
    """-1: no column has ids"""
    schema_at: int
    properties: tuple[tuple[str, int], ...]
    """properties with the number of the column of each"""
    columns: tuple[str, ...]
    """those that are read, each once"""


def layout(terms: Terms, columns: Sequence[str], *, sure: bool = True) -> Layout:
    """Where cells stand, by the file's *columns*; not *sure*: other rows may have others than those.

    Raises `BadInput` for a column that the file has not, or has twice, and if no column tells who is meant.
    """
    needed: dict[str, int] = {}

    def place(column: str, option: str) -> int:
        if sure and columns.count(column) != 1:
            shown = ", ".join(map(one_line, columns[:_SHOWN]))
            how = "has no column" if column not in columns else "has several columns"
            raise BadInput(f"{option}: the file {how} '{one_line(column)}'; its columns are {shown}")
        return needed.setdefault(column, len(needed))

    properties = []
    if terms.name_column:
        properties.append(("name", place(terms.name_column, "--name-column")))
    elif not terms.mapped or (NAME_COLUMN in columns and not any(name == "name" for name, _ in terms.mapped)):
        properties.append(("name", place(NAME_COLUMN, "--name-column")))
    properties += [(name, place(column, f"--map {name}={column}")) for name, column in terms.mapped]
    known = terms.id_column or next((one for one in ID_COLUMNS if one in columns), "")
    return Layout(
        id_at=place(known, "--id-column") if known else -1,
        schema_at=place(terms.schema_column, "--schema-column") if terms.schema_column else -1,
        properties=tuple(properties), columns=tuple(needed),
    )  # fmt: skip
