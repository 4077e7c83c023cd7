"""Which of OFAC's two lists a document is of: their files, addresses, list ids, and what tells them apart."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final

import msgspec

from tizim.domain.lists import ListId
from tizim.errors import SourceRefused

HOSTS: Final = ("sanctionslistservice.ofac.treas.gov",)
PREFIX: Final = "us-ofac"
"""Of subjects: the number (uid) of an entry is one and the same in every format and on both lists."""
_DOWNLOADS: Final = "https://www.treasury.gov/ofac/downloads"


class Roster(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two lists, as its flat files and its legacy XML carry it."""

    name: str
    csv_id: str
    xml_id: str
    whole: ListId
    by_programme: tuple[tuple[str, ListId], ...]
    """lists that a programme marks"""
    stems: tuple[tuple[str, str], ...]
    """the names of its flat files without their ending, by part"""
    xml_url: str
    foreign: frozenset[str]
    """programmes that no entry of this list has"""
    foreign_alone: frozenset[str]
    """programmes that no entry of this list has and nothing else"""
    other: str
    """where a document of the other list belongs"""

    @property
    def lists(self) -> tuple[ListId, ...]:
        """All lists whose members its documents show."""
        return (self.whole, *(part for _, part in self.by_programme))

    def file(self, part: str, ending: str = "csv") -> str:
        """The publisher's name for the file of a part."""
        return f"{dict(self.stems)[part]}.{ending}"

    def url(self, part: str) -> str:
        """The official address of the CSV file of a part."""
        folder = "/consolidated" if self.whole == "us-ofac-cons" else ""
        return f"{_DOWNLOADS}{folder}/{self.file(part)}"


MAIN: Final = ""
ALIASES: Final = "alt"
ADDRESSES: Final = "add"
COMMENTS: Final = "comments"

SDN: Final = Roster(
    name="SDN list",
    csv_id="us-ofac-sdn-csv",
    xml_id="us-ofac-sdn-xml",
    whole=ListId("us-ofac-sdn"),
    by_programme=(("SDGT", ListId("us-sdgt")), ("FTO", ListId("us-fto"))),
    stems=((MAIN, "sdn"), (ALIASES, "alt"), (ADDRESSES, "add"), (COMMENTS, "sdn_comments")),
    xml_url=f"{_DOWNLOADS}/sdn.xml",
    foreign=frozenset(),
    # What these programmes bring falls short of blocking, by their names and orders: whoever has them alone is
    # no SDN. (An SDN can have NS-PLC beside another.)
    foreign_alone=frozenset({"NS-PLC", "CMIC-EO13959", "561List", "561-Related"}),
    other="the consolidated non-SDN lists: give it to us-ofac-cons-csv or us-ofac-cons-xml",
)

CONS: Final = Roster(
    name="consolidated non-SDN lists",
    csv_id="us-ofac-cons-csv",
    xml_id="us-ofac-cons-xml",
    whole=ListId("us-ofac-cons"),
    by_programme=(),
    stems=((MAIN, "cons_prim"), (ALIASES, "cons_alt"), (ADDRESSES, "cons_add"), (COMMENTS, "cons_comments")),
    xml_url=f"{_DOWNLOADS}/consolidated/consolidated.xml",
    # "Specially designated" is in the very names of these: SDNT, SDNTK (narcotics traffickers), SDT (terrorists);
    # an FTO is an SDN by statute. SDGT does not tell: Palestinian deputies can have it and are no SDNs.
    foreign=frozenset({"SDNT", "SDNTK", "SDT", "FTO"}),
    foreign_alone=frozenset(),
    other="the SDN list: give it to us-ofac-sdn-csv or us-ofac-sdn-xml",
)

_BETWEEN: Final = re.compile(r"\]\s*\[")


@lru_cache(maxsize=4096)
def programmes(printed: str) -> tuple[str, ...]:
    """The programmes of a cell: ``SDGT] [IFSR`` holds two."""
    return tuple(code for part in _BETWEEN.split(printed) if (code := part.strip(" []")) and code != "-0-")


def refuse_other(roster: Roster, rows: Iterable[tuple[str, Collection[str]]], name: str) -> None:
    """`SourceRefused` if an entry shows for sure that the document is of the other list.

    *rows*: place and programmes of each entry. Nothing is guessed from numbers: where no entry tells, the
    document is what it was given as.
    """
    for place, codes in rows:
        if not roster.foreign.isdisjoint(codes) or (codes and roster.foreign_alone.issuperset(codes)):
            message = f"{name}: {place}: has the programme {' and '.join(codes)}, which no entry of the "
            raise SourceRefused(f"{message}{roster.name} has: this document is of {roster.other}")
