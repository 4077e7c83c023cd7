"""The consolidated list of Swiss sanctions, as SECO publishes it: experimental, made from notes on its form.

Owns the layout of this one document. Start with ``read.py`` (bytes to records), then ``map.py`` (records to
claims); ``names.py`` puts names together, ``history.py`` reads what happened to an entry.
"""

from typing import Final

from tizim.domain.lists import ListId
from tizim.sources.ch_seco.map import map_record
from tizim.sources.ch_seco.map import readings as map_all
from tizim.sources.ch_seco.read import PAGE, SOURCE_ID
from tizim.sources.ch_seco.read import read as read_document
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf

__all__ = ["SOURCE"]

_LISTS: Final = (ListId("ch-seco"),)
_INFO: Final = SourceInfo(
    id=SOURCE_ID,
    publisher="State Secretariat for Economic Affairs (SECO), Switzerland",
    authority="Federal Council and Federal Department of Economic Affairs, Education and Research",
    lists=_LISTS,
    url=PAGE,
    format="XML, root swiss-sanctions-list",
    licence="none stated in the document; see the terms of use of the publisher's site",
    rhythm_days=30,
    complete=True,
    parts=(Part(lists=_LISTS, band=(1_000, 40_000)),),
    experimental=True,
)

SOURCE: Final[Source] = SourceOf(
    info=_INFO, reading=lambda data, name, _: read_document(data, name), mapping=map_record, grouping=map_all
)
