"""The Consolidated List of the United Nations Security Council: who is under any of its sanctions regimes.

Owns the layout of this one document, over all its forms since 2014; knows nothing of the register. Start
with ``read.py`` (bytes to records), then ``map.py`` (records to claims); ``references.py`` says when two
numbers are the same, ``names.py`` and ``comments.py`` take apart what the list writes into one field.
"""

from collections.abc import Iterator
from typing import Final

import msgspec

from tizim.domain.documents import DocumentFacts, Record
from tizim.domain.statements import EntryReading
from tizim.sources.protocol import Source, SourceInfo
from tizim.sources.un_sc.fetch import ADDRESS
from tizim.sources.un_sc.map import map_record
from tizim.sources.un_sc.map import readings as map_all
from tizim.sources.un_sc.read import SOURCE_ID
from tizim.sources.un_sc.read import read as read_document
from tizim.sources.un_sc.references import REGIMES

__all__ = ["SOURCE"]

_INFO: Final = SourceInfo(
    id=SOURCE_ID,
    publisher="United Nations Secretariat, for the sanctions committees of the Security Council",
    authority="United Nations Security Council and its sanctions committees",
    lists=REGIMES,
    url=ADDRESS,
    format="XML, root CONSOLIDATED_LIST, UTF-8, no namespace",
    licence="none stated in the document; see the terms of use of the publisher's site",
    rhythm_days=7,
    complete=True,
)


class _SecurityCouncil(msgspec.Struct, frozen=True):
    """The source ``un-sc``; keeps nothing between calls."""

    @property
    def info(self) -> SourceInfo:
        return _INFO

    def read(self, data: bytes, name: str) -> tuple[DocumentFacts, list[Record]]:
        return read_document(data, name)

    def map(self, record: Record) -> EntryReading:
        return map_record(record)

    def readings(self, records: list[Record]) -> Iterator[EntryReading]:
        return map_all(records)


SOURCE: Final[Source] = _SecurityCouncil()
