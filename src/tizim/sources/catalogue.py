"""The official lists and the sources that tizim knows, by id.

The lists stand in ``lists.csv`` beside this module, one a row: its ids are used everywhere. Sources
are imported when asked for.
"""

import csv
import datetime as dt
import difflib
import importlib
from collections.abc import Iterable, Mapping
from importlib import resources
from types import MappingProxyType
from typing import Final

from tizim.domain.lists import ListId, OfficialList, SubjectId
from tizim.errors import NotFound
from tizim.sources.protocol import Source


def _read_lists() -> Mapping[ListId, OfficialList]:
    """The rows of ``lists.csv``; several ids in one cell are parted by blanks."""
    text = resources.files("tizim.sources").joinpath("lists.csv").read_text(encoding="utf-8")
    lists: dict[ListId, OfficialList] = {}
    for row in csv.DictReader(text.splitlines(), strict=True):
        made = OfficialList(
            id=ListId(row["id"]),
            jurisdiction=row["jurisdiction"],
            name=row["name"],
            parts=tuple(ListId(part) for part in row["parts"].split()),
            about=tuple(SubjectId(subject) for subject in row["about"].split()),
            begins=dt.date.fromisoformat(row["begins"]) if row["begins"] else None,
            before=row["before"],
            rhythm_days=int(row["rhythm_days"]),
        )
        lists[made.id] = made
    return MappingProxyType(lists)


LISTS: Mapping[ListId, OfficialList] = _read_lists()
"""Every official list that a source or the ledger speaks of."""

SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "un-sc": "tizim.sources.un_sc",
        "un-sc-committee": "tizim.sources.un_sc_committee",
        "id-dttot": "tizim.sources.id_ppatk",
        "ae-local": "tizim.sources.ae_eocn",
        "ch-seco": "tizim.sources.ch_seco",
        "fr-gels": "tizim.sources.fr_dgt",
        "ledger": "tizim.sources.ledger",
        "us-ofac-sdn-csv": "tizim.sources.us_ofac:SDN_CSV",
        "us-ofac-cons-csv": "tizim.sources.us_ofac:CONS_CSV",
        "us-ofac-sdn-xml": "tizim.sources.us_ofac:SDN_XML",
        "us-ofac-cons-xml": "tizim.sources.us_ofac:CONS_XML",
        "us-ofac-enhanced-xml": "tizim.sources.us_ofac_enhanced",
        "us-ofac-advanced-xml": "tizim.sources.us_ofac_advanced",
        "table": "tizim.sources.own:TABLE",
        "ftm": "tizim.sources.own:FTM",
        "decisions": "tizim.sources.decisions",
        "judgements": "tizim.sources.judgements",
        "bulletins": "tizim.sources.bulletins",
        "news": "tizim.sources.news",
        "standings": "tizim.sources.standings",
        "eu-fsf": "tizim.sources.eu:FSF",
        "eu-fsf-old-xml": "tizim.sources.eu:FSF_OLD",
        "uk-ofsi-conlist": "tizim.sources.uk:OFSI_CONLIST",
        "uk-sanctions-list": "tizim.sources.uk:SANCTIONS_LIST",
        "uk-sanctions-list-search": "tizim.sources.uk:SANCTIONS_LIST_SEARCH",
        "ca-sema": "tizim.sources.ca_gac",
        "ca-terror": "tizim.sources.ca_ps",
        "au-dfat": "tizim.sources.au_dfat",
        "us-csl": "tizim.sources.us_csl",
        "us-bis-dpl": "tizim.sources.us_bis",
        "kz-fm-xml": "tizim.sources.kz_fma:FM_XML",
        "kz-fm-json": "tizim.sources.kz_fma:FM_JSON",
        "ru-fsb": "tizim.sources.ru:FSB",
        "ru-fedsfm": "tizim.sources.ru:FEDSFM",
        "kg-fiu": "tizim.sources.kg_fiu",
    }
)
"""The module of each source and, after a colon, the name it has there (``SOURCE`` where none stands)."""


OWN: Final = frozenset({"table", "ftm"})
"""Sources of lists that users keep themselves: each list is a line of its own, called by the list's id."""

MADE_HERE: Final = frozenset({"ledger", "decisions", "judgements", "bulletins", "news", "standings"})
"""Sources whose documents are no publisher's: they name authors themselves, and whoever keeps them vouches for that."""


def official_list(list_id: str, among: Mapping[ListId, OfficialList] = LISTS) -> OfficialList:
    """The list called *list_id*. Raises `NotFound` if there is none, with the ids nearest to it."""
    found = among.get(ListId(list_id))
    if found is None:
        near = _nearest(list_id, among) or "'tizim lists' names them all"
        raise NotFound(f"no official list has the id '{list_id}'; {near}")
    return found


def source(source_id: str) -> Source:
    """The source called *source_id*. Raises `NotFound` if there is none, with the ids nearest to it."""
    module = SOURCES.get(source_id)
    if module is None:
        near = _nearest(source_id, SOURCES) or f"known are {', '.join(sorted(SOURCES))}"
        raise NotFound(f"no source has the id '{source_id}'; {near}")
    place, _, name = module.partition(":")
    found: Source = getattr(importlib.import_module(place), name or "SOURCE")
    return found


def is_experimental(source_id: str) -> bool:
    """Whether the source called *source_id* is read by format notes alone; no source that is unknown is."""
    return source_id in SOURCES and source(source_id).info.experimental


def source_of_line(line: str) -> Source:
    """The source of which *line* is a line of documents. Raises `NotFound` if there is none."""
    return source(line.partition("/")[0])


def _nearest(asked: str, ids: Iterable[str]) -> str:
    near = difflib.get_close_matches(asked.strip().lower().replace("_", "-"), sorted(ids), n=3, cutoff=0.6)
    return f"did you mean {' or '.join(near)}?" if near else ""
