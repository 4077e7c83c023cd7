"""The lists of single sanctions committees of the Security Council, as they were printed until 2015.

Owns which committee a document is of; how such a document reads and what it says is the matter of
`tizim.sources.un_sc`, whose form it has. Start with ``read.py``.
"""

from typing import Final

from tizim.domain.lists import ListId
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf
from tizim.sources.un_sc.map import map_record, readings
from tizim.sources.un_sc.read import REQUIRED
from tizim.sources.un_sc_committee.read import COMMITTEES, PAGES, SOURCE_ID
from tizim.sources.un_sc_committee.read import read as read_document

__all__ = ["SOURCE"]

# Fewest and most entries: half and three times those seen, wide where no file was seen.
_BANDS: Final = {
    "751": (5, 60),
    "1267": (150, 900),
    "1518": (100, 900),
    "1521": (10, 160),
    "1533": (15, 120),
    "1718": (10, 120),
    "1737": (40, 400),
    "1970": (8, 80),
    "1988": (60, 450),
    "2048": (4, 40),
}

_INFO: Final = SourceInfo(
    id=SOURCE_ID,
    publisher="United Nations Secretariat, for the sanctions committees of the Security Council",
    authority="United Nations Security Council and its sanctions committees",
    lists=tuple(ListId(f"un-{committee}") for committee in COMMITTEES),
    url=PAGES,
    format="XML, root CONSOLIDATED_LIST, one file for each committee",
    licence="none stated in the document; see the terms of use of the publisher's site",
    rhythm_days=36_500,  # none is published since 2015, so none grows stale
    complete=True,
    parts=tuple(
        Part(id=committee, lists=(ListId(f"un-{committee}"),), band=_BANDS.get(committee, (1, 200)))
        for committee in COMMITTEES
    ),
    required=REQUIRED,
    proven=True,
)

SOURCE: Final[Source] = SourceOf(
    info=_INFO, reading=lambda data, name, _: read_document(data, name), mapping=map_record, grouping=readings
)
