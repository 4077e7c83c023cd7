"""The lists of the US Treasury's Office of Foreign Assets Control in its "advanced" XML. Experimental.

Written from notes on the format alone: no document of the publisher was held. Start with ``read.py`` (bytes to
records: a party with the rows of other tables that are about it), then ``map.py`` (records to claims).
What the lists and features are called is the same in the enhanced XML, from whose folder it is taken.
"""

from typing import Final

from tizim.sources.protocol import Source, SourceInfo, SourceOf
from tizim.sources.us_ofac_advanced.map import map_record
from tizim.sources.us_ofac_advanced.map import readings as map_all
from tizim.sources.us_ofac_advanced.parts import PARTS, URLS, US_CONS, US_FTO, US_SDGT, US_SDN
from tizim.sources.us_ofac_advanced.read import SOURCE_ID
from tizim.sources.us_ofac_advanced.read import read as read_document

__all__ = ["SOURCE"]

_INFO: Final = SourceInfo(
    id=SOURCE_ID,
    publisher="United States Department of the Treasury, Office of Foreign Assets Control",
    authority="Secretary of the Treasury and Secretary of State, through the Office of Foreign Assets Control",
    lists=(US_SDN, US_CONS, US_SDGT, US_FTO),
    url=URLS["sdn"],
    hosts=("sanctionslistservice.ofac.treas.gov",),
    format="XML, root Sanctions, UTF-8; experimental: read by format notes alone",
    licence="none stated in the format notes; see the terms of use of the publisher's site",
    rhythm_days=7,
    complete=True,
    parts=PARTS,
    fetched=True,
    proven=False,
    experimental=True,
)


SOURCE: Final[Source] = SourceOf(
    info=_INFO, reading=lambda data, name, _: read_document(data, name), mapping=map_record, grouping=map_all
)
