"""The Consolidated List of the United Nations Security Council: who is under any of its sanctions regimes.

Owns the layout of this one document, over all its forms since 2014; knows nothing of the register. Start
with ``read.py`` (bytes to records), then ``map.py`` (records to claims); ``references.py`` says when two
numbers are the same, ``names.py`` and ``comments.py`` take apart what the list writes into one field.
"""

from typing import Final

from tizim.sources.protocol import Source, SourceInfo, SourceOf
from tizim.sources.un_sc.fetch import ADDRESS
from tizim.sources.un_sc.map import map_record
from tizim.sources.un_sc.map import readings as map_all
from tizim.sources.un_sc.read import REQUIRED, SOURCE_ID
from tizim.sources.un_sc.read import read as read_document
from tizim.sources.un_sc.references import REGIMES

__all__ = ["SOURCE"]

_INFO: Final = SourceInfo(
    id=SOURCE_ID,
    publisher="United Nations Secretariat, for the sanctions committees of the Security Council",
    authority="United Nations Security Council and its sanctions committees",
    lists=REGIMES,
    url=ADDRESS,
    format="XML, root CONSOLIDATED_LIST, UTF-8, no namespace",
    licence="none stated in the document; see the terms of use of the publisher's site",
    rhythm_days=7,
    complete=True,
    required=REQUIRED,
    fetched=True,
    proven=True,
)


SOURCE: Final[Source] = SourceOf(
    info=_INFO, reading=lambda data, name, _: read_document(data, name), mapping=map_record, grouping=map_all
)
