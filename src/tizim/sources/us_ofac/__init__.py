"""The lists of the US Treasury's Office of Foreign Assets Control, in flat files and in legacy XML.

Owns the layout of these two forms; knows nothing of the register. Both lists, SDN and non-SDN, have both forms.
Start with ``read_csv.py`` and ``read_xml.py`` (bytes to records), then ``map_csv.py`` and ``map_xml.py`` (records to
claims); ``remarks.py`` takes remarks apart, ``kinds.py`` and ``values.py`` say what stands in them, ``lists.py``
which of the two lists a document is of.
"""

from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.sources.protocol import Hints, Part, Source, SourceInfo, SourceOf
from tizim.sources.us_ofac.lists import ADDRESSES, ALIASES, COMMENTS, CONS, HOSTS, MAIN, SDN, Roster
from tizim.sources.us_ofac.map_csv import mapper
from tizim.sources.us_ofac.map_xml import xml_mapper
from tizim.sources.us_ofac.read_csv import beside, reader
from tizim.sources.us_ofac.read_xml import xml_reader

__all__ = ["CONS_CSV", "CONS_XML", "SDN_CSV", "SDN_XML"]

_PUBLISHER: Final = "US Department of the Treasury, Office of Foreign Assets Control"
_LICENCE: Final = "none stated in the document; see the terms of use of the publisher's site"
_AUTHORITY: Final = {
    SDN.whole: f"{_PUBLISHER}; the Department of State for foreign terrorist organisations and others",
    CONS.whole: _PUBLISHER,
}
# Fewest and most entries of a document: SDN had 5,876 in 2015 and about 18,500 in 2025, non-SDN 639 and 442.
_BANDS: Final = {
    SDN.whole: {MAIN: (3_000, 60_000), ALIASES: (1_500, 30_000), ADDRESSES: (3_000, 60_000), COMMENTS: (1, 500)},
    CONS.whole: {MAIN: (200, 2_000), ALIASES: (180, 1_800), ADDRESSES: (200, 2_000), COMMENTS: (1, 100)},
}

# The non-SDN lists went from 639 entries in 2018 to 443 in 2024, with no copy held from between.
_DROPS: Final = {SDN.whole: 0.25, CONS.whole: 0.4}


def _csv(roster: Roster) -> Source:
    parts = tuple(
        Part(
            id=part, lists=() if part else roster.lists, complete=True, band=_BANDS[roster.whole][part],
            urls=(roster.url(part),),
        )
        for part in (MAIN, ALIASES, ADDRESSES, COMMENTS)
    )  # fmt: skip
    info = SourceInfo(
        id=roster.csv_id, publisher=_PUBLISHER, authority=_AUTHORITY[roster.whole], lists=roster.lists,
        url=roster.url(MAIN), format="flat files without header: CSV, or parted by @ or |, or of fixed width",
        licence=_LICENCE, rhythm_days=7, complete=True, parts=parts, hosts=HOSTS, fetched=True, proven=True,
        prints_date=False, max_drop=_DROPS[roster.whole],
    )  # fmt: skip
    made = mapper(roster)
    return SourceOf(info=info, reading=reader(roster), mapping=made.mapping, grouping=made.grouping, companions=beside)


def _xml(roster: Roster, *, proven: bool) -> Source:
    part = Part(lists=roster.lists, complete=True, band=_BANDS[roster.whole][MAIN], urls=(roster.xml_url,))
    info = SourceInfo(
        id=roster.xml_id, publisher=_PUBLISHER, authority=_AUTHORITY[roster.whole], lists=roster.lists,
        url=roster.xml_url, format="XML, root sdnList, of two namespaces", licence=_LICENCE, rhythm_days=7,
        complete=True, parts=(part,), hosts=HOSTS, fetched=True, proven=proven, experimental=not proven,
        max_drop=_DROPS[roster.whole], required=("lastName", "sdnType", "programList/program"),
    )  # fmt: skip
    made = xml_mapper(roster)
    reading = xml_reader(roster, experimental=not proven)

    def read(data: bytes, name: str, _: Hints) -> tuple[DocumentFacts, list[Record]]:
        return reading(data, name)  # it prints its day itself

    return SourceOf(info=info, reading=read, mapping=made.mapping, grouping=made.grouping)


SDN_CSV: Final = _csv(SDN)
CONS_CSV: Final = _csv(CONS)
SDN_XML: Final = _xml(SDN, proven=False)
CONS_XML: Final = _xml(CONS, proven=True)
