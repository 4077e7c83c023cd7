"""A file of customers as those that are to be watched: each row one customer, found again by its id."""

from collections.abc import Iterator, Mapping

import msgspec

from tizim.batch.rows import Cell, Reject, Row, Table
from tizim.batch.terms import Terms, schema_called
from tizim.errors import BadInput
from tizim.watch.watched import Given

_LONGEST_ID = 200
_CHUNK = 2_000


class Reading(msgspec.Struct):
    """What a file says, row by row; those that cannot be watched are among the *rejects* afterwards."""

    table: Table
    terms: Terms
    rejects: list[Reject]
    rows: int = 0

    def customers(self) -> Iterator[Given]:
        """The customers of the file. Each id counts once: a second row of one is a reject, and no correction."""
        seen: dict[str, int] = {}
        for chunk in self.table.chunks(_CHUNK):
            self.rejects += chunk.rejects
            for row in chunk.rows:
                try:
                    one = self._of(row, seen)
                except BadInput as error:
                    self.rejects.append(Reject(row.number, row.line, str(error)))
                    continue
                seen[one.id] = row.number
                self.rows += 1
                yield one

    def _of(self, row: Row, seen: Mapping[str, int]) -> Given:
        layout = self.table.layout
        customer = _joined(row.cells[layout.id_at])
        if not customer or len(customer) > _LONGEST_ID:
            raise BadInput(f"it has no id of at most {_LONGEST_ID} characters, by which it is found again")
        if customer in seen:
            raise BadInput(f"row {seen[customer]} has the same id")
        said = _joined(row.cells[layout.schema_at]) if layout.schema_at >= 0 else ""
        schema = schema_called(said or self.terms.schema)
        properties: dict[str, list[str]] = {}
        for name, at in layout.properties:
            value = row.cells[at]
            if value:
                properties.setdefault(name, []).extend([value] if isinstance(value, str) else value)
        found = Given(id=customer, schema=schema.name, properties=properties)
        example = found.example
        has_name = any(sign.isalnum() for name in example.names for sign in name)
        if not has_name and not any(example.schema.properties[name].type == "identifier" for name in properties):
            raise BadInput("it has no name and no number to look for")
        return found


def reading(table: Table, terms: Terms) -> Reading:
    """What a file says. Raises `BadInput` where no column has ids."""
    if table.layout.id_at < 0:
        raise BadInput("customers that are watched are found again by their ids: say their column with --id-column")
    return Reading(table=table, terms=terms, rejects=[])


def _joined(cell: Cell) -> str:
    return cell if isinstance(cell, str) else " ".join(cell or ())
