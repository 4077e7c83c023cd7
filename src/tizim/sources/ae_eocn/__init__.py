"""The local terrorist list of the United Arab Emirates, as the Executive Office publishes it.

Owns the layout of the workbook and of its sheets saved as CSV. Start with ``read.py`` (bytes to records), then
``map.py`` (records to claims); ``forms.py`` has the Arabic words that the sheets use.
"""

from typing import Final

from tizim.domain.lists import ListId
from tizim.sources.ae_eocn.map import map_record
from tizim.sources.ae_eocn.map import readings as map_all
from tizim.sources.ae_eocn.read import PAGE, SHEET_PART, SOURCE_ID
from tizim.sources.ae_eocn.read import read as read_document
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf

__all__ = ["SOURCE"]

_LISTS: Final = (ListId("ae-cab"),)
_INFO: Final = SourceInfo(
    id=SOURCE_ID,
    publisher="Executive Office for Control and Non-Proliferation, United Arab Emirates",
    authority="Cabinet of the United Arab Emirates",
    lists=_LISTS,
    url=PAGE,
    format="XLSX with a sheet for each kind, Arabic headers; or one sheet of it as CSV",
    licence="none stated in the document; see the terms of use of the publisher's site",
    rhythm_days=183,
    complete=True,
    parts=(
        Part(lists=_LISTS, band=(100, 900)),
        Part(id=SHEET_PART, lists=_LISTS, complete=False, band=(20, 600)),
    ),
    proven=True,
)

SOURCE: Final[Source] = SourceOf(info=_INFO, reading=read_document, mapping=map_record, grouping=map_all)
