"""The consolidated list of Canada's autonomous sanctions, under two acts and their regulations by country.

Owns the layout of this one document in both its forms; knows nothing of the register. Start with ``read.py``
(bytes to records), then ``map.py`` (records to claims); ``names.py`` takes apart what one cell holds.
"""

from typing import Final

from tizim.domain.lists import ListId
from tizim.sources.ca_gac.map import map_record
from tizim.sources.ca_gac.map import readings as map_all
from tizim.sources.ca_gac.read import ADDRESS, SOURCE_ID
from tizim.sources.ca_gac.read import read as read_document
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf

__all__ = ["SOURCE"]

_LISTS: Final = (ListId(SOURCE_ID),)
_INFO: Final = SourceInfo(
    id=SOURCE_ID,
    publisher="Global Affairs Canada",
    authority="Governor in Council of Canada, on the advice of the Minister of Foreign Affairs",
    lists=_LISTS,
    url=ADDRESS,
    format="XML, root data-set, UTF-8, no namespace",
    licence="none stated in the document; see the terms of use of the publisher's site",
    rhythm_days=30,
    complete=True,
    parts=(Part(lists=_LISTS, band=(900, 15_000), urls=(ADDRESS,)),),
    fetched=True,
    proven=True,
)

SOURCE: Final[Source] = SourceOf(info=_INFO, reading=read_document, mapping=map_record, grouping=map_all)
