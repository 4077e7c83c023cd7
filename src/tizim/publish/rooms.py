"""Which page answers which address, and what it takes from the query."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from tizim.domain.dates import AsOf
from tizim.publish import whole
from tizim.publish.pages import (
    ask,
    decisions,
    document,
    home,
    how_to_read,
    lists,
    names,
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
    keys: whole.Keys | None = None
    """the ids of which a copy of the site has a page; a room without it that needs an id is in no copy"""
    is_dated: bool = False
    """whether a copy has a page of each day on which something changed"""
    speaks: bool = False
    """whether the data are in the language of the page"""

    @property
    def takes_key(self) -> bool:
        """Whether an id may follow."""
        return self.needs_key or self.keyed is not None


def _document(view: View, site: Site, as_of: AsOf, sha256: str, page: str = "1", statement_id: str = "") -> Page:
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    return document.page(view, site, as_of, sha256, number, statement_id)


def _answer(view: View, site: Site, as_of: AsOf, key: str) -> Page:
    """An answer by the address that a copy of the site gives it: list, then subject."""
    list_id, _, subject_id = key.partition("/")
    return ask.page(view, site, as_of, subject_id, list_id)


def _answer_data(view: View, site: Site, as_of: AsOf, key: str) -> Any:  # noqa: ANN401 - JSON
    list_id, _, subject_id = key.partition("/")
    return ask.data(view, site, as_of, subject_id, list_id)


ROOMS: Final[Mapping[str, Room]] = {
    "": Room(page=home.page, data=home.data),
    "lists": Room(
        page=lists.page, data=lists.data,
        keyed=Room(page=one_list.page, data=one_list.data, parameters={"letter": "letter"}, needs_key=True,
                   keys=whole.lists, is_dated=True),
    ),
    "subjects": Room(page=subject.page, data=subject.data, needs_key=True, keys=whole.subjects),
    "ask": Room(
        page=ask.page, data=ask.data, parameters={"subject": "subject", "list": "list_id"},
        data_parameters=frozenset({"subject", "list_id"}),
        keyed=Room(page=_answer, data=_answer_data, needs_key=True, keys=whole.answers),
    ),
    "search": Room(
        page=search.page, data=search.data, parameters={"q": "asked"}, data_parameters=frozenset({"asked"})
    ),
    "statements": Room(page=statement.page, data=statement.data, needs_key=True, keys=whole.statements),
    "documents": Room(
        page=_document, data=document.data, parameters={"page": "page", "statement": "statement_id"}, needs_key=True,
        keys=whole.documents,
    ),
    "reviews": Room(page=reviews.page, data=reviews.data),
    "sources": Room(page=sources.page, data=sources.data),
    "decisions": Room(page=decisions.page, data=decisions.data),
    "how-to-read": Room(page=how_to_read.page, data=how_to_read.data, speaks=True),
    "names": Room(
        page=names.page, data=names.data,
        keyed=Room(page=names.page, data=names.data, needs_key=True, keys=whole.names),  # after the subjects it names
    ),
}  # fmt: skip
"""by the first part of the address after the language"""
