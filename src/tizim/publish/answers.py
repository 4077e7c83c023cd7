"""Answers that several pages ask for, remembered for as long as the register does not grow.

They follow from the log and the two times alone. Where no time of knowing is given it is the present, and as
nothing is recorded without the head moving, an answer of a moment ago is that of now: only its own line of dates
is brought up to date.
"""

import datetime as dt
from collections.abc import Callable
from typing import Final, TypeVar, cast

import msgspec

from tizim.answer.ask import Answer
from tizim.answer.ask import ask as ask_now
from tizim.answer.calendar import Calendar, due
from tizim.answer.history import History
from tizim.answer.history import history as history_now
from tizim.answer.members import Members
from tizim.answer.members import members as members_now
from tizim.answer.overview import Overview
from tizim.answer.overview import overview as overview_now
from tizim.domain.dates import AsOf, Basis
from tizim.domain.lists import ListId
from tizim.publish.site import Site
from tizim.register.view import View

T = TypeVar("T", Answer, Calendar, History, Members, Overview)

_MOST: Final = 128


def _remembered(view: View, site: Site, as_of: AsOf, what: tuple[object, ...], make: Callable[[], T]) -> T:
    known = "now"
    if site.to.asked.known_at or as_of.basis is Basis.PUBLISHED:
        known = as_of.known_at.isoformat() if as_of.basis is Basis.RECORDED else as_of.known_at.date().isoformat()
    key = (*what, as_of.valid_at, as_of.basis, known)
    memory = view.shared.bounded("answers of pages", _MOST)
    kept = memory.get(key)
    found: T = cast("T", kept) if kept is not None else make()
    if kept is None:
        memory.put(key, found)
    return msgspec.structs.replace(found, as_of=as_of)


def ask(view: View, site: Site, subject: str, list_id: str, as_of: AsOf) -> Answer:
    """`tizim.answer.ask.ask`, remembered."""
    what = ("ask", subject, list_id)
    return _remembered(view, site, as_of, what, lambda: ask_now(view, subject, ListId(list_id), as_of))


def history(view: View, site: Site, subject: str, as_of: AsOf) -> History:
    """`tizim.answer.history.history`, remembered."""
    return _remembered(view, site, as_of, ("history", subject), lambda: history_now(view, subject, as_of))


def members(view: View, site: Site, list_id: str, as_of: AsOf) -> Members:
    """`tizim.answer.members.members`, remembered."""
    return _remembered(view, site, as_of, ("members", list_id), lambda: members_now(view, ListId(list_id), as_of))


def overview(view: View, site: Site, as_of: AsOf) -> Overview:
    """`tizim.answer.overview.overview`, remembered."""
    return _remembered(view, site, as_of, ("overview",), lambda: overview_now(view, as_of))


def calendar(view: View, site: Site, as_of: AsOf, until: dt.date | None = None) -> Calendar:
    """`tizim.answer.calendar.due`, remembered."""
    return _remembered(view, site, as_of, ("due", until), lambda: due(view, None, as_of, until))
