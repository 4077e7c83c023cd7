"""The listed terrorist entities of Canada, under its Criminal Code. Experimental: read by notes alone.

Owns the layout of this one feed; knows nothing of the register. Start with ``read.py`` (bytes to records), then
``map.py`` (records to claims).
"""

from typing import Final

from tizim.domain.lists import ListId
from tizim.sources.ca_ps.map import map_record
from tizim.sources.ca_ps.map import readings as map_all
from tizim.sources.ca_ps.read import ADDRESS, LIST_ID, SOURCE_ID
from tizim.sources.ca_ps.read import read as read_document
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf

__all__ = ["SOURCE"]

_LISTS: Final = (ListId(LIST_ID),)
_INFO: Final = SourceInfo(
    id=SOURCE_ID,
    publisher="Public Safety Canada",
    authority="Governor in Council of Canada, on the recommendation of the Minister of Public Safety",
    lists=_LISTS,
    url=ADDRESS,
    format="XML feed (Atom)",
    licence="none stated in the document; see the terms of use of the publisher's site",
    rhythm_days=183,
    complete=True,
    parts=(Part(lists=_LISTS, band=(30, 400), urls=(ADDRESS,)),),
    fetched=True,
    experimental=True,
)

SOURCE: Final[Source] = SourceOf(info=_INFO, reading=read_document, mapping=map_record, grouping=map_all)
