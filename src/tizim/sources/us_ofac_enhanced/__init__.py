"""The lists of the US Treasury's Office of Foreign Assets Control in its "enhanced" XML.

Owns the layout of this one document: the whole list of either kind, or an export of OFAC's search that is
limited to a programme. Start with ``read.py`` (bytes to records), then ``map.py`` (records to claims);
``tree.py`` makes a tree of a record's fields again, ``names.py``, ``features.py`` and ``dated.py`` say what is
written in them, ``parts.py`` which lists there are.
"""

from typing import Final

from tizim.sources.protocol import Source, SourceInfo, SourceOf
from tizim.sources.us_ofac_enhanced.map import map_record
from tizim.sources.us_ofac_enhanced.map import readings as map_all
from tizim.sources.us_ofac_enhanced.parts import PARTS, URLS, US_CONS, US_FTO, US_SDGT, US_SDN
from tizim.sources.us_ofac_enhanced.read import SOURCE_ID
from tizim.sources.us_ofac_enhanced.read import read as read_document

__all__ = ["SOURCE"]

_INFO: Final = SourceInfo(
    id=SOURCE_ID,
    publisher="United States Department of the Treasury, Office of Foreign Assets Control",
    authority="Secretary of the Treasury and Secretary of State, through the Office of Foreign Assets Control",
    lists=(US_SDN, US_CONS, US_SDGT, US_FTO),
    url=URLS["cons"],
    hosts=("sanctionslistservice.ofac.treas.gov",),
    format="XML, root sanctionsData, UTF-8, plain or as the one member of a ZIP",
    licence="none stated in the document; see the terms of use of the publisher's site",
    rhythm_days=7,
    complete=True,
    parts=PARTS,
    required=(
        "generalInfo/entityType",
        "sanctionsLists/sanctionsList",
        "sanctionsPrograms/sanctionsProgram",
        "names/name/translations/translation/formattedFullName",
    ),
    fetched=True,
    proven=True,
)


SOURCE: Final[Source] = SourceOf(
    info=_INFO, reading=lambda data, name, _: read_document(data, name), mapping=map_record, grouping=map_all
)
