"""The lists of the enhanced XML as it calls them, its lines of documents, and where they lie."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tizim.domain.lists import ListId
from tizim.sources.protocol import Part

SDN: Final = "SDN List"
CONSOLIDATED: Final = "Consolidated List"

US_SDN: Final = ListId("us-ofac-sdn")
US_CONS: Final = ListId("us-ofac-cons")
US_SDGT: Final = ListId("us-sdgt")
US_FTO: Final = ListId("us-fto")

LISTS: Final[Mapping[str, ListId]] = MappingProxyType({
    SDN: US_SDN,
    CONSOLIDATED: US_CONS,
    "Non-SDN Palestinian Legislative Council List": US_CONS,
    "FSE List": US_CONS,
    "Sectoral Sanctions Identifications List": US_CONS,
    "CAPTA List": US_CONS,
    "Non-SDN Menu-Based Sanctions List": US_CONS,
    "Non-SDN CMIC List": US_CONS,
})  # fmt: skip
"""The consolidated list has the others but the SDN list as its parts, and prints both names."""

PROGRAMMES: Final[Mapping[str, ListId]] = MappingProxyType({"SDGT": US_SDGT, "FTO": US_FTO})
"""Programmes of the SDN list that are lists of their own here."""

EXPORTS: Final = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/"
URLS: Final[Mapping[str, str]] = MappingProxyType({
    "cons": f"{EXPORTS}CONS_ENHANCED.ZIP",
    "sdn": f"{EXPORTS}SDN_ENHANCED.ZIP",
    "search": f"{EXPORTS}ENHANCED_XML",
})  # fmt: skip

PARTS: Final = (
    Part(id="cons", lists=(US_CONS,), complete=True, band=(200, 1_500), urls=(URLS["cons"],)),
    Part(id="sdn", lists=(US_SDN, US_SDGT, US_FTO), complete=True, band=(9_000, 50_000), urls=(URLS["sdn"],)),
    Part(id="search", lists=(US_SDN, US_CONS, US_SDGT, US_FTO), complete=False, band=(1, 50_000)),
)
"""All that can be told of the SDN list's line is its band: 9,000 entries in 2021, 14,500 in 2024 in other forms."""
