"""Two Russian lists on web pages: organisations recognised as terrorist, and the financial monitoring list.

Experimental: written from notes on their form; no page was at hand. Start with ``page.py`` (HTML within bounds),
then ``fsb.py`` and ``fedsfm.py``, each with the reading and the mapping of one page.
"""

from typing import Final

from tizim.domain.lists import ListId
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf
from tizim.sources.ru import fedsfm, fsb

__all__ = ["FEDSFM", "FSB"]

_LICENCE: Final = "none stated in the document; see the terms of use of the publisher's site"

FSB: Final[Source] = SourceOf(
    info=SourceInfo(
        id=fsb.SOURCE_ID,
        publisher="Federal Security Service of the Russian Federation",
        authority="Courts of the Russian Federation; the list is kept by the Federal Security Service",
        lists=(ListId(fsb.LIST_ID),),
        url=fsb.ADDRESS,
        format="HTML, a table",
        licence=_LICENCE,
        rhythm_days=30,
        complete=True,
        parts=(Part(lists=(ListId(fsb.LIST_ID),), band=(15, 300)),),
        prints_date=False,
        experimental=True,
    ),
    reading=fsb.read,
    mapping=fsb.map_record,
    grouping=fsb.readings,
)

FEDSFM: Final[Source] = SourceOf(
    info=SourceInfo(
        id=fedsfm.SOURCE_ID,
        publisher="Federal Financial Monitoring Service of the Russian Federation (Rosfinmonitoring)",
        authority="Federal Financial Monitoring Service of the Russian Federation (Rosfinmonitoring)",
        lists=(ListId(fedsfm.LIST_ID),),
        url=fedsfm.ADDRESS,
        format="HTML, numbered items in four blocks",
        licence=_LICENCE,
        rhythm_days=30,
        complete=True,
        parts=(Part(lists=(ListId(fedsfm.LIST_ID),), band=(3_000, 60_000)),),
        prints_date=False,
        experimental=True,
    ),
    reading=fedsfm.read,
    mapping=fedsfm.map_record,
    grouping=fedsfm.readings,
)
