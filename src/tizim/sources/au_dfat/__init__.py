"""The Consolidated List of Australia: all persons, entities and vessels under its sanctions laws.

Owns the layout of this one workbook, over its forms; knows nothing of the register. Start with ``read.py``
(bytes to rows), then ``map.py`` (rows to claims); ``births.py``, ``listings.py``, ``information.py`` and
``names.py`` read the cells that are written in prose.
"""

from typing import Final

from tizim.domain.lists import ListId
from tizim.sources.au_dfat.map import map_record
from tizim.sources.au_dfat.map import readings as map_all
from tizim.sources.au_dfat.read import ADDRESS, SOURCE_ID
from tizim.sources.au_dfat.read import read as read_document
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf

__all__ = ["SOURCE"]

_LISTS: Final = (ListId(SOURCE_ID),)
_INFO: Final = SourceInfo(
    id=SOURCE_ID,
    publisher="Australian Sanctions Office, Department of Foreign Affairs and Trade",
    authority="Minister for Foreign Affairs of Australia; for the regimes of the United Nations, its Security Council",
    lists=_LISTS,
    url=ADDRESS,
    format="XLSX, one sheet, one row for each name",
    licence="Creative Commons Attribution (CC BY), as the publisher's site states",
    rhythm_days=30,
    complete=True,
    parts=(Part(lists=_LISTS, band=(1_500, 12_000), urls=(ADDRESS,)),),
    fetched=True,
    proven=True,
)

SOURCE: Final[Source] = SourceOf(info=_INFO, reading=read_document, mapping=map_record, grouping=map_all)
