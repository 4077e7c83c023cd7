"""Kazakhstan's financial monitoring list, as XML by category and as the newer JSON. Experimental.

Owns the layout of the agency's documents, as notes on their form tell it: no document was at hand. Start with
``read_xml.py`` and ``read_json.py`` (bytes to records), then ``map.py``; ``iin.py`` checks personal numbers.
"""

from typing import Final

from tizim.domain.lists import ListId
from tizim.sources.kz_fma.map import JSON, LIST_ID, XML, Mapper
from tizim.sources.kz_fma.read_json import CATEGORIES, STATUSES, TYPES, part_id
from tizim.sources.kz_fma.read_json import read as read_json
from tizim.sources.kz_fma.read_xml import read as read_xml
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf

__all__ = ["FM_JSON", "FM_XML"]

_LISTS: Final = (ListId(LIST_ID),)
_PAGE: Final = "https://websfm.kz/terrorism"
_PUBLISHER: Final = "Financial Monitoring Agency of the Republic of Kazakhstan"
_LICENCE: Final = "none stated in the document; see the terms of use of the publisher's site"

FM_XML: Final[Source] = SourceOf(
    info=SourceInfo(
        id=XML,
        publisher=_PUBLISHER,
        authority=_PUBLISHER,
        lists=_LISTS,
        url=_PAGE,
        format="XML with elements person and org, one document for each category",
        licence=_LICENCE,
        rhythm_days=30,
        complete=True,
        parts=(
            Part(id="1", lists=_LISTS, band=(1_200, 9_500)),
            Part(id="2", lists=_LISTS, band=(1, 20_000)),
        ),
        prints_date=False,
        experimental=True,
    ),
    reading=read_xml,
    mapping=Mapper.map_record,
    grouping=Mapper.readings,
)

FM_JSON: Final[Source] = SourceOf(
    info=SourceInfo(
        id=JSON,
        publisher=_PUBLISHER,
        authority=_PUBLISHER,
        lists=_LISTS,
        url=_PAGE,
        format="JSON of the agency's interface, which wants a key: by category, kind and status",
        licence=_LICENCE,
        rhythm_days=30,
        complete=True,
        parts=tuple(
            Part(
                id=part_id(category, kind, status),
                lists=_LISTS if status == "acting" else (),
                complete=status == "acting",
            )
            for category in CATEGORIES
            for kind in TYPES
            for status in STATUSES
        ),
        prints_date=False,
        experimental=True,
    ),
    reading=read_json,
    mapping=Mapper.map_record,
    grouping=Mapper.readings,
)
