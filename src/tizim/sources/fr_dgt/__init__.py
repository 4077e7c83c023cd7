"""The national register of asset freezes of France: experimental, made from notes on its form.

Owns the layout of this one document. Start with ``read.py`` (bytes to records), then ``map.py`` (records to
claims).
"""

from typing import Final

from tizim.domain.lists import ListId
from tizim.sources.fr_dgt.map import map_record
from tizim.sources.fr_dgt.map import readings as map_all
from tizim.sources.fr_dgt.read import ADDRESS, SOURCE_ID
from tizim.sources.fr_dgt.read import read as read_document
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf

__all__ = ["SOURCE"]

_LISTS: Final = (ListId("fr-gels"),)
_INFO: Final = SourceInfo(
    id=SOURCE_ID,
    publisher="Direction générale du Trésor, France",
    authority="Minister of the Economy and Minister of the Interior; European Union and United Nations",
    lists=_LISTS,
    url=ADDRESS,
    format="JSON",
    licence="none stated in the document; see the terms of use of the publisher's site",
    rhythm_days=7,
    complete=True,
    parts=(Part(lists=_LISTS, band=(1_000, 30_000), urls=(ADDRESS,)),),
    fetched=True,
    experimental=True,
)

SOURCE: Final[Source] = SourceOf(
    info=_INFO, reading=lambda data, name, _: read_document(data, name), mapping=map_record, grouping=map_all
)
