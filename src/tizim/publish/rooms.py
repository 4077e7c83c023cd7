"""Which page answers which address, in which forms, and what it takes from the query."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from tizim.domain.dates import AsOf
from tizim.errors import NotFound
from tizim.publish import whole
from tizim.publish.feeds import Feed, atom, json_feed
from tizim.publish.forms import SUFFIXES, File, Form, of_bytes, of_data, typed
from tizim.publish.pages import (
    act,
    ask,
    audit,
    audits,
    bulletin,
    bulletins,
    changes,
    claims,
    decision,
    decisions,
    document,
    glossary,
    home,
    how_to_read,
    listing,
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
from tizim.publish.words.languages import MAIN
from tizim.register.view import View

Make = Callable[..., Page]
Data = Callable[..., Any]
Follow = Callable[..., Feed]
Days = Callable[..., bytes]


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of page. ``keyed`` is the kind that an id after the first part of the address asks for."""

    page: Make
    data: Data
    feed: Follow | None = None
    """what changes on it, for those who follow it"""
    calendar: Days | None = None
    parameters: Mapping[str, str] = {}
    """names in the query, by the arguments they are"""
    data_parameters: frozenset[str] = frozenset()
    """those arguments that its data and its calendar take too; a feed is of the whole page"""
    needs_key: bool = False
    keyed: "Room | None" = None
    keys: whole.Keys | None = None
    """the ids of which a copy of the site has a page; a room without it that needs an id is in no copy"""
    is_dated: bool = False
    """whether a copy has a page of each day on which something changed"""
    is_plain: bool = False
    """whether its data are the same in every language, so that they need not be made for each"""

    @property
    def takes_key(self) -> bool:
        """Whether an id may follow."""
        return self.needs_key or self.keyed is not None

    @property
    def forms(self) -> frozenset[Form]:
        """The forms in which it is given."""
        more: set[Form] = set()
        if self.feed is not None:
            more |= {Form.ATOM, Form.FEED}
        if self.calendar is not None:
            more.add(Form.CALENDAR)
        return frozenset({Form.PAGE, Form.DATA} | more)

    def made(self, form: Form, view: View, site: Site, as_of: AsOf, key: str, query: Mapping[str, str]) -> File:
        """The page of a *key* (empty: none) in a form. Raises `NotFound` for a form in which it is not given."""
        if self.keyed is not None and key:
            return self.keyed.made(form, view, site, as_of, key, query)
        keys = [key] if self.takes_key and key else []
        given = {name: query[parameter] for parameter, name in self.parameters.items() if query.get(parameter)}
        own = {name: value for name, value in given.items() if name in self.data_parameters}
        site, language = msgspec.structs.replace(site, forms=self.forms), site.words.code
        if form is Form.PAGE:
            return of_page(self.page(view, site, as_of, *keys, **given))
        if form is Form.DATA:
            return of_data(self.data(view, site, as_of, *keys, **own), language)
        if form is Form.CALENDAR and self.calendar is not None:
            return of_bytes(self.calendar(view, site, as_of, *keys, **own), form, MAIN)
        if form is Form.ATOM and self.feed is not None:
            return of_bytes(atom(site, self.feed(view, site, as_of, *keys)), form, language)
        if form is Form.FEED and self.feed is not None:
            return of_data(json_feed(site, self.feed(view, site, as_of, *keys)), language, form=form)
        raise NotFound(f"this page is not given as {SUFFIXES[form]}")


def of_page(page: Page) -> File:
    """A page as a file."""
    return File(body=page.body.encode(), media_type=typed(Form.PAGE), lang=page.lang, status=page.status)


def _document(view: View, site: Site, as_of: AsOf, sha256: str, page: str = "1", statement_id: str = "") -> Page:
    return document.page(view, site, as_of, sha256, _number(page), statement_id)


def _bulletins(view: View, site: Site, as_of: AsOf, page: str = "1") -> Page:
    return bulletins.page(view, site, as_of, _number(page))


def _bulletins_data(view: View, site: Site, as_of: AsOf, page: str = "") -> Any:  # noqa: ANN401 - JSON
    return bulletins.data(view, site, as_of, _number(page) if page else 0)


def _number(typed: str) -> int:
    return max(int(typed), 1) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1


def _list(
    view: View, site: Site, as_of: AsOf, list_id: str, letter: str = "", since: str = "", page: str = "1"
) -> Page:
    return one_list.page(view, site, as_of, list_id, letter, since, _number(page))


def _claims(view: View, site: Site, as_of: AsOf, show: str = "", **_: str) -> Page:
    return claims.page(view, site, as_of, show)


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
        keyed=Room(
            page=_list, data=one_list.data, feed=one_list.feed,
            parameters={"letter": "letter", "since": "since", "page": "page"}, data_parameters=frozenset({"since"}),
            needs_key=True, keys=whole.lists, is_dated=True, is_plain=True,
        ),
    ),
    "subjects": Room(
        page=subject.page, data=subject.data, feed=subject.feed, needs_key=True, keys=whole.subjects, is_plain=True,
        parameters={"list": "list_id", "source": "source", "year": "year"},
    ),
    "changes": Room(
        page=changes.page, data=changes.data, feed=changes.feed,
        keyed=Room(page=changes.page, data=changes.data, needs_key=True, keys=whole.changes),
    ),
    "ask": Room(
        page=ask.page, data=ask.data, parameters={"subject": "subject", "list": "list_id"},
        data_parameters=frozenset({"subject", "list_id"}),
        keyed=Room(page=_answer, data=_answer_data, needs_key=True, keys=whole.answers, is_plain=True),
    ),
    "search": Room(
        page=search.page, data=search.data, parameters={"q": "asked"}, data_parameters=frozenset({"asked"})
    ),
    "statements": Room(page=statement.page, data=statement.data, needs_key=True, keys=whole.statements, is_plain=True),
    "documents": Room(
        page=_document, data=document.data, parameters={"page": "page", "statement": "statement_id"}, needs_key=True,
        keys=whole.documents, is_plain=True,
    ),
    "audits": Room(
        page=audits.page, data=audits.data, parameters={"national": "national", "reference": "reference"},
        data_parameters=frozenset({"national", "reference"}),
        keyed=Room(page=audit.page, data=audit.data, needs_key=True, keys=whole.audits),
    ),
    "reviews": Room(
        page=reviews.page, data=reviews.data, calendar=reviews.calendar, parameters={"list": "list_id"},
        data_parameters=frozenset({"list_id"}),
    ),
    "sources": Room(page=sources.page, data=sources.data),
    "decisions": Room(
        page=decisions.page, data=decisions.data,
        keyed=Room(page=decision.page, data=decision.data, needs_key=True, keys=whole.decisions),
    ),
    "claims": Room(
        page=_claims, data=claims.data, parameters={"show": "show", "subject": "subject", "list": "list_id"},
        data_parameters=frozenset({"show", "subject", "list_id"}),
    ),
    "acts": Room(page=act.page, data=act.data, needs_key=True, keys=whole.acts),
    "listings": Room(page=listing.page, data=listing.data, needs_key=True, keys=whole.listings),
    "bulletins": Room(
        page=_bulletins, data=_bulletins_data, parameters={"page": "page"}, data_parameters=frozenset({"page"}),
        keyed=Room(page=bulletin.page, data=bulletin.data, needs_key=True, keys=whole.bulletins),
    ),
    "glossary": Room(page=glossary.page, data=glossary.data),
    "how-to-read": Room(page=how_to_read.page, data=how_to_read.data),
    "names": Room(
        page=names.page, data=names.data,
        keyed=Room(page=names.page, data=names.data, needs_key=True, keys=whole.names),  # after the subjects it names
    ),
}  # fmt: skip
"""by the first part of the address after the language"""
