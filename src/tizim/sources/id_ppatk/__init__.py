"""The DTTOT of Indonesia: suspected terrorists and terrorist organisations, as PPATK publishes it.

Owns the layout of this one workbook. Start with ``read.py`` (bytes to records), then ``map.py`` (records to
claims); ``names.py``, ``dates.py`` and ``prose.py`` take apart what the list writes into one cell.
"""

from typing import Final

from tizim.domain.lists import ListId
from tizim.sources.id_ppatk.map import map_record
from tizim.sources.id_ppatk.map import readings as map_all
from tizim.sources.id_ppatk.read import PAGE, SOURCE_ID
from tizim.sources.id_ppatk.read import read as read_document
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf

__all__ = ["SOURCE"]

_LISTS: Final = (ListId("id-dttot"),)
_INFO: Final = SourceInfo(
    id=SOURCE_ID,
    publisher="PPATK, the financial intelligence unit of Indonesia",
    authority="Central Jakarta District Court, on the request of the head of the National Police",
    lists=_LISTS,
    url=PAGE,
    format="XLSX, sheet Export, eight columns",
    licence="none stated in the document; see the terms of use of the publisher's site",
    rhythm_days=183,
    complete=True,
    parts=(Part(lists=_LISTS, band=(250, 1_600)),),
    proven=True,
)

SOURCE: Final[Source] = SourceOf(info=_INFO, reading=read_document, mapping=map_record, grouping=map_all)
