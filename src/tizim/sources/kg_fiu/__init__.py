"""The sanctions list of Kyrgyzstan's State Financial Intelligence Service. Experimental.

Owns the layout of this one document, as notes on its form tell it: no document was at hand. Start with
``read.py`` (bytes to records), then ``map.py``.
"""

from typing import Final

from tizim.domain.lists import ListId
from tizim.sources.kg_fiu.map import map_record, readings
from tizim.sources.kg_fiu.read import ADDRESS, LIST_ID, SOURCE_ID, read
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf

__all__ = ["SOURCE"]

_PUBLISHER: Final = "State Financial Intelligence Service of the Kyrgyz Republic"

SOURCE: Final[Source] = SourceOf(
    info=SourceInfo(
        id=SOURCE_ID,
        publisher=_PUBLISHER,
        authority=_PUBLISHER,
        lists=(ListId(LIST_ID),),
        url=ADDRESS,
        format="XML, root SanctionList, namespaced",
        licence="none stated in the document; see the terms of use of the publisher's site",
        rhythm_days=30,
        complete=True,
        parts=(Part(lists=(ListId(LIST_ID),), band=(500, 4_500)),),
        prints_date=False,
        experimental=True,
    ),
    reading=read,
    mapping=map_record,
    grouping=readings,
)
