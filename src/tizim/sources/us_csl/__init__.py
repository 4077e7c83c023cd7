"""The Consolidated Screening List of the United States: thirteen lists of three departments, merged in one table.

Owns the layout of this one table in both its forms; knows nothing of the register. Start with ``read.py``
(bytes to rows), then ``map.py`` (rows to claims); ``papers.py`` reads the cell of papers and numbers.
"""

from typing import Final

from tizim.domain.lists import ListId
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf
from tizim.sources.us_csl.map import map_record
from tizim.sources.us_csl.map import readings as map_all
from tizim.sources.us_csl.read import ADDRESS, SOURCE_ID
from tizim.sources.us_csl.read import read as read_document

__all__ = ["SOURCE"]

_LISTS: Final = (ListId(SOURCE_ID),)
_INFO: Final = SourceInfo(
    id=SOURCE_ID,
    publisher="International Trade Administration, United States Department of Commerce",
    authority="United States Departments of Commerce, State and the Treasury, each for its own lists",
    lists=_LISTS,
    url=ADDRESS,
    format="CSV with one header line, UTF-8",
    licence="none stated in the document; see the terms of use of the publisher's site",
    rhythm_days=7,
    complete=True,
    parts=(Part(lists=_LISTS, band=(7_000, 60_000), urls=(ADDRESS,)),),
    fetched=True,
    proven=True,
)

SOURCE: Final[Source] = SourceOf(info=_INFO, reading=read_document, mapping=map_record, grouping=map_all)
