"""The Denied Persons List of the United States: who may take no part in exports, by order, and until when.

Owns the layout of this one table; knows nothing of the register. Start with ``read.py`` (bytes to rows), then
``map.py`` (rows to claims); ``notices.py`` reads citations of the Federal Register.
"""

from typing import Final

from tizim.domain.lists import ListId
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf
from tizim.sources.us_bis.map import map_record
from tizim.sources.us_bis.map import readings as map_all
from tizim.sources.us_bis.read import ADDRESS, SOURCE_ID
from tizim.sources.us_bis.read import read as read_document

__all__ = ["SOURCE"]

_LISTS: Final = (ListId(SOURCE_ID),)
_INFO: Final = SourceInfo(
    id=SOURCE_ID,
    publisher="Bureau of Industry and Security, United States Department of Commerce",
    authority="United States Department of Commerce, Bureau of Industry and Security",
    lists=_LISTS,
    url=ADDRESS,
    format="text, tab separated, quoted, UTF-8, one header line",
    licence="none stated in the document; see the terms of use of the publisher's site",
    rhythm_days=7,
    complete=True,
    parts=(Part(lists=_LISTS, band=(230, 1500), urls=(ADDRESS,)),),
    fetched=True,
    proven=True,
)

SOURCE: Final[Source] = SourceOf(info=_INFO, reading=read_document, mapping=map_record, grouping=map_all)
