"""The official lists of a register: those of the catalogue, and those that its users keep themselves."""

from collections.abc import Mapping

from tizim.domain.lists import ListId, OfficialList
from tizim.register.view import View
from tizim.sources import catalogue
from tizim.sources.catalogue import OWN


def official_lists(view: View) -> Mapping[ListId, OfficialList]:
    """Every list: the catalogue's, then those that came with tables of their users' own, by the names given there."""
    found = view.shared.memo.get("official lists")
    if not isinstance(found, dict):
        found = dict(catalogue.LISTS)
        for doc in view.documents():  # in the order of document time: the newest document names the list
            source, _, list_id = doc.source.partition("/")
            named = doc.title != list_id or list_id not in found  # a table kept without a name leaves the old one
            if source in OWN and list_id and list_id not in catalogue.LISTS and named:
                found[ListId(list_id)] = OfficialList(id=ListId(list_id), jurisdiction="", name=doc.title)
        view.shared.memo["official lists"] = found
    return found


def official_list(view: View, list_id: str) -> OfficialList:
    """The list called *list_id*. Raises `NotFound` if there is none, with the ids nearest to it."""
    return catalogue.official_list(list_id, official_lists(view))


def shown_by(line: str) -> tuple[ListId, ...]:
    """The lists whose members the documents of a line show."""
    source, _, part_id = line.partition("/")
    if source in OWN:
        return (ListId(part_id),)
    part = catalogue.source(source).info.part_of(line)
    return part.lists if part is not None else ()


def licence_of(line: str) -> str | None:
    """Under which licence the documents of a line are published, where their publisher names one."""
    source, _, _ = line.partition("/")
    stated = "" if source in OWN else catalogue.source(source).info.licence
    return None if stated.startswith(("none", "that of")) or not stated else stated


def parts_of(view: View, list_id: ListId) -> tuple[ListId, ...]:
    """The lists of which *list_id* is a view, itself among them where documents show it as a whole, or just itself.

    Raises `NotFound` for an unknown id.
    """
    official = official_list(view, list_id)
    if not official.parts:
        return (official.id,)
    shown = any(official.id in shown_by(line) for line in view.lines_held())
    return (official.id, *official.parts) if shown else official.parts
