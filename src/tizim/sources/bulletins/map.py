"""From a step to claims: there are none, for a bulletin only tells again what other documents say."""

from collections.abc import Iterator

from tizim.domain.documents import Record
from tizim.domain.statements import EntryReading
from tizim.sources.entries import Making


def map_record(record: Record) -> EntryReading:
    """An entry that claims nothing."""
    return Making(record.place, f"bulletin:{record.place}", record.place).made()


def readings(records: list[Record]) -> Iterator[EntryReading]:  # noqa: ARG001 - as every source
    """No entries: nothing of a bulletin stands in the register beside the document itself."""
    return iter(())
