"""From bytes to the records of one committee's list."""

from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused
from tizim.sources.un_sc.read import read_whole
from tizim.sources.un_sc.references import REGIMES

SOURCE_ID: Final = "un-sc-committee"
PAGES: Final = "https://www.un.org/sc/committees/"
"""the pages of the committees on the old site, each of which linked its own list"""

_AFTER: Final = frozenset({"2206", "2374", "2653"})
"""Committees founded when no list of a single committee was printed any more."""
COMMITTEES: Final = tuple(sorted((c for regime in REGIMES if (c := regime.removeprefix("un-")) not in _AFTER), key=int))
"""Numbers of the resolutions by which the committees go: the lines of documents of this source."""


def read(data: bytes, name: str) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document; anything less is `SourceRefused`.

    The committee is the one under which all its entries stand. Entries of several are the consolidated list.
    """
    whole = read_whole(data, name)
    regimes = sorted(regime or "none that is known" for regime in whole.regimes)
    if len(regimes) > 1:
        raise SourceRefused(
            f"{name}: its entries stand under several regimes ({', '.join(regimes)}): this is a consolidated list, "
            "not a committee's; name un-sc as its source"
        )
    committee = regimes[0].removeprefix("un-")
    if committee not in COMMITTEES:
        raise SourceRefused(f"{name}: no committee of which lists are known has entries of {regimes[0]}")
    facts = whole.facts(
        source=f"{SOURCE_ID}/{committee}",
        url=f"{PAGES}{committee}/",
        title=f"List of the Security Council Committee {committee}, generated {whole.date}",
    )
    return facts, whole.records
