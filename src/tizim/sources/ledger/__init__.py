"""The ledger: statements about who listed and delisted whom, gathered by hand, each with its own source.

Knows its five CSV files and nothing of the register. It is no copy of a list: a row that is not there
says nothing. Start with ``read`` (the files), then ``map`` (the claims) and ``titles`` (when a source
was out); README.md tells where the rows come from and what is odd about them.
"""

from collections.abc import Iterator

from tizim.domain.documents import Record
from tizim.domain.statements import EntryReading
from tizim.sources.catalogue import LISTS
from tizim.sources.ledger.map import map_record
from tizim.sources.ledger.read import bundle_only, read, records, refuse_repeated
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf

__all__ = ["SOURCE", "bundle_only", "records"]

_INFO = SourceInfo(
    id="ledger",
    publisher="the ledger of designation facts",
    authority="none of its own: each row names who decided and who says so",
    lists=tuple(LISTS),  # a row may speak of any list of the catalogue
    url="",
    format="five CSV files in UTF-8, known by their headers",
    licence="facts and figures; rows that may not ship are marked in the column bundle",
    rhythm_days=183,
    complete=False,
    parts=(Part(complete=False),),  # it shows no list: what it says of members are statements
)


def _readings(records: list[Record]) -> Iterator[EntryReading]:
    """The entries of *records* in their order; `SourceRefused` if two have one key."""
    first: dict[str, Record] = {}
    for record in records:
        reading = map_record(record)
        if reading.key in first:
            refuse_repeated(record, first[reading.key])
        first[reading.key] = record
        yield reading


SOURCE: Source = SourceOf(
    info=_INFO, reading=lambda data, name, _: read(data, name), mapping=map_record, grouping=_readings
)
