"""Parquet: a row for each entity, with the dates and the head of the register in the file's own metadata."""

from collections.abc import Mapping
from typing import IO, Any, Final

from tizim.batch.places import arrow
from tizim.screen.entities import Entity
from tizim.screen.subjects import Subject

_GROUP: Final = 32_768
"""rows of a group"""
_TEXTS: Final = ("id", "schema", "caption", "first_seen", "last_seen", "last_change")


class Tables:
    """Writes the table. Raises `NotSupported` where the extra is not installed."""

    def __init__(self, file: IO[bytes], metadata: Mapping[str, str]) -> None:
        pa = arrow()
        texts = pa.list_(pa.string())
        fields = [
            ("id", pa.string()), ("schema", pa.string()), ("caption", pa.string()), ("target", pa.bool_()),
            ("datasets", texts), ("referents", texts), ("first_seen", pa.string()), ("last_seen", pa.string()),
            ("last_change", pa.string()), ("properties", pa.map_(pa.string(), texts)),
        ]  # fmt: skip
        self._schema = pa.schema(fields, metadata=dict(metadata))
        self._writer = pa.parquet.ParquetWriter(file, self._schema, compression="zstd")
        self._table = pa.Table
        self._group: list[dict[str, Any]] = []
        self.rows = 0

    def put(self, subject: Subject) -> None:
        """Write a subject and what belongs to it."""
        self._group += map(_row, subject.entities)
        if len(self._group) >= _GROUP:
            self._out()

    def _out(self) -> None:
        self._writer.write_table(self._table.from_pylist(self._group, schema=self._schema))
        self.rows += len(self._group)
        self._group = []

    def end(self) -> None:
        """Write what is left, and the foot."""
        self._out()
        self._writer.close()


def _row(entity: Entity) -> dict[str, Any]:
    return {
        **{name: getattr(entity, name) for name in _TEXTS}, "target": entity.target,
        "datasets": list(entity.datasets), "referents": list(entity.referents),
        "properties": list(entity.properties.items()),
    }  # fmt: skip
