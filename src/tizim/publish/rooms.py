"""Which page answers which address, and what it takes from the query."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from tizim.domain.dates import AsOf
from tizim.publish.pages import (
    ask,
    decisions,
    document,
    home,
    how_to_read,
    lists,
    reviews,
    search,
    sources,
    statement,
    subject,
)
from tizim.publish.pages import (
    list as one_list,
)
from tizim.publish.site import Page, Site
from tizim.register.view import View

Make = Callable[..., Page]
Data = Callable[..., Any]


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of page. ``keyed`` is the kind that an id after the first part of the address asks for."""

    page: Make
    data: Data
    parameters: Mapping[str, str] = {}
    """names in the query, by the arguments they are"""
    data_parameters: frozenset[str] = frozenset()
    needs_key: bool = False
    keyed: "Room | None" = None

    @property
    def takes_key(self) -> bool:
        """Whether an id may follow."""
        return self.needs_key or self.keyed is not None


def _document(view: View, site: Site, as_of: AsOf, sha256: str, page: str = "1", statement_id: str = "") -> Page:
    return document.page(view, site, as_of, sha256, _number(page), statement_id)


def _list(view: View, site: Site, as_of: AsOf, list_id: str, letter: str = "", page: str = "1") -> Page:
    return one_list.page(view, site, as_of, list_id, letter, _number(page))


def _number(page: str) -> int:
    return int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1


ROOMS: Final[Mapping[str, Room]] = {
    "": Room(page=home.page, data=home.data),
    "lists": Room(
        page=lists.page, data=lists.data,
        keyed=Room(page=_list, data=one_list.data, parameters={"letter": "letter", "page": "page"}, needs_key=True),
    ),
    "subjects": Room(page=subject.page, data=subject.data, needs_key=True),
    "ask": Room(
        page=ask.page, data=ask.data, parameters={"subject": "subject", "list": "list_id"},
        data_parameters=frozenset({"subject", "list_id"}),
    ),
    "search": Room(
        page=search.page, data=search.data, parameters={"q": "asked"}, data_parameters=frozenset({"asked"})
    ),
    "statements": Room(page=statement.page, data=statement.data, needs_key=True),
    "documents": Room(
        page=_document, data=document.data, parameters={"page": "page", "statement": "statement_id"}, needs_key=True
    ),
    "reviews": Room(page=reviews.page, data=reviews.data),
    "sources": Room(page=sources.page, data=sources.data),
    "decisions": Room(page=decisions.page, data=decisions.data),
    "how-to-read": Room(page=how_to_read.page, data=how_to_read.data),
}  # fmt: skip
"""by the first part of the address after the language"""
