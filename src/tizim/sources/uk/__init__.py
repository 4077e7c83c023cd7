"""The sanctions lists of the United Kingdom: HM Treasury's consolidated list and the UK Sanctions List.

Owns the layouts of three documents; knows nothing of the register. Each has a reader and a mapper of its own:
``read_csv.py`` and ``map_csv.py`` for the consolidated list (rows per name), ``read_ods.py`` and ``map_ods.py`` for
what the search service exports, ``read_xml.py`` and ``map_xml.py`` for the XML (experimental). ``cells.py``,
``names.py`` and ``prose.py`` take apart what they write into one cell.
"""

from typing import Final

from tizim.domain.lists import ListId
from tizim.sources.protocol import Part, Source, SourceInfo, SourceOf
from tizim.sources.uk import map_csv, map_ods, map_xml, read_csv, read_ods, read_xml

__all__ = ["OFSI_CONLIST", "SANCTIONS_LIST", "SANCTIONS_LIST_SEARCH"]

_LISTS: Final = (ListId("uk-sanctions"),)
_LICENCE: Final = "Open Government Licence of the United Kingdom"
_FCDO: Final = "Foreign, Commonwealth and Development Office of the United Kingdom"

OFSI_CONLIST: Final[Source] = SourceOf(
    info=SourceInfo(
        id=read_csv.SOURCE_ID,
        publisher="HM Treasury, Office of Financial Sanctions Implementation",
        authority="HM Treasury and the Foreign Secretary of the United Kingdom; before 2021 also the United Nations "
        "and the European Union, whose listings it carried",
        lists=_LISTS,
        url=read_csv.ADDRESS,
        format="CSV, windows-1252 or UTF-8, first line the day, one row per name",
        licence=_LICENCE,
        rhythm_days=7,
        complete=True,
        parts=(Part(lists=_LISTS, band=(1_000, 15_000)),),
        proven=True,
    ),
    reading=read_csv.read,
    mapping=map_csv.map_record,
    grouping=map_csv.readings,
)

SANCTIONS_LIST_SEARCH: Final[Source] = SourceOf(
    info=SourceInfo(
        id=read_ods.SOURCE_ID,
        publisher=_FCDO,
        authority="the Foreign Secretary of the United Kingdom, and the United Nations Security Council",
        lists=_LISTS,
        url=read_ods.ADDRESS,
        format="ODS, eight columns, one row per entry",
        licence=_LICENCE,
        rhythm_days=7,
        complete=True,
        parts=(Part(lists=_LISTS, band=(2_500, 16_000)),),
        proven=True,
    ),
    reading=read_ods.read,
    mapping=map_ods.map_record,
    grouping=map_ods.readings,
)

SANCTIONS_LIST: Final[Source] = SourceOf(
    info=SourceInfo(
        id=read_xml.SOURCE_ID,
        publisher=_FCDO,
        authority="the Foreign Secretary of the United Kingdom, and the United Nations Security Council",
        lists=_LISTS,
        url=read_xml.ADDRESS,
        format="XML, root Designations",
        licence=_LICENCE,
        rhythm_days=7,
        complete=True,
        parts=(Part(lists=_LISTS, band=(2_000, 16_000)),),
        experimental=True,
    ),
    reading=read_xml.read,
    mapping=map_xml.map_record,
    grouping=map_xml.readings,
)
