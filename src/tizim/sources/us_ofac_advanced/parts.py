"""The lists of the advanced XML by its codes, its lines of documents, and where they lie."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tizim.domain.lists import ListId
from tizim.sources.protocol import Part
from tizim.sources.us_ofac_enhanced.parts import EXPORTS, US_CONS, US_FTO, US_SDGT, US_SDN

__all__ = ["LISTS", "NAMED", "PARTS", "URLS", "US_CONS", "US_FTO", "US_SDGT", "US_SDN"]

LISTS: Final[Mapping[str, ListId]] = MappingProxyType(
    {"1550": US_SDN} | dict.fromkeys(("91243", "91469", "91507", "91512", "91763", "91868", "92052"), US_CONS)
)
"""Codes of lists, which OFAC's formats have in common; the words are in `tizim.sources.us_ofac_enhanced.parts`."""

URLS: Final[Mapping[str, str]] = MappingProxyType(
    {"sdn": f"{EXPORTS}SDN_ADVANCED.XML", "cons": f"{EXPORTS}CONS_ADVANCED.XML"}
)
NAMED: Final[Mapping[str, str]] = MappingProxyType(
    {"sdn": "OFAC Specially Designated Nationals list", "cons": "OFAC consolidated non-SDN lists"}
)

PARTS: Final = (
    Part(id="sdn", lists=(US_SDN, US_SDGT, US_FTO), complete=True, band=(5_000, 50_000), urls=(URLS["sdn"],)),
    Part(id="cons", lists=(US_CONS,), complete=True, band=(200, 1_500), urls=(URLS["cons"],)),
)
