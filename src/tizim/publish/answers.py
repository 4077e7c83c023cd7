"""Answers that several pages ask for, remembered for as long as the register does not grow.

They follow from the log, the day asked for, and what was known. Where no time of knowing is given it is the present,
and as nothing is recorded without the head moving, an answer of a moment ago is that of now: only its own line of
dates is brought up to date.
"""

import datetime as dt
from collections.abc import Callable
from typing import Final, TypeVar

import msgspec

from tizim.answer.ask import Answer
from tizim.answer.ask import ask as ask_now
from tizim.answer.calendar import Calendar, due
from tizim.answer.history import History
from tizim.answer.history import history as history_now
from tizim.answer.members import Members, Roll
from tizim.answer.members import members as members_now
from tizim.answer.official import official_lists
from tizim.answer.overview import Overview
from tizim.answer.overview import overview as overview_now
from tizim.domain.dates import AsOf
from tizim.domain.lists import ListId
from tizim.publish.moves import moves_of
from tizim.publish.rendering import load_templates
from tizim.publish.site import Site
from tizim.register.view import View

T = TypeVar("T")
Dated = TypeVar("Dated", Answer, Calendar, History, Members, Overview)

_MOST: Final = 128


def _remembered(view: View, as_of: AsOf, what: tuple[object, ...], make: Callable[[], T]) -> T:
    key = (*what, as_of.valid_at, view.knowledge(as_of))
    return view.shared.recent("answers of pages", key, make, _MOST)


def _dated(found: Dated, as_of: AsOf) -> Dated:
    return msgspec.structs.replace(found, as_of=as_of)


def prepare(view: View, as_of: AsOf) -> None:
    """Make what pages of any list and subject need, before anybody asks for one."""
    view.concord()
    for list_id in official_lists(view):
        moves_of(view, list_id, as_of)
    load_templates()


def ask(view: View, site: Site, subject: str, list_id: str, as_of: AsOf) -> Answer:  # noqa: ARG001 - as all answers
    """`tizim.answer.ask.ask`, remembered."""
    what = ("ask", subject, list_id)
    view.concord()
    return _dated(_remembered(view, as_of, what, lambda: ask_now(view, subject, ListId(list_id), as_of)), as_of)


def history(view: View, site: Site, subject: str, as_of: AsOf) -> History:  # noqa: ARG001 - as all answers
    """`tizim.answer.history.history`, remembered."""
    view.concord()
    return _dated(_remembered(view, as_of, ("history", subject), lambda: history_now(view, subject, as_of)), as_of)


def members(view: View, site: Site, list_id: str, as_of: AsOf) -> Members:  # noqa: ARG001 - as all answers
    """`tizim.answer.members.members`: so many may be on a list that they are made for whoever asks, and let go."""
    return members_now(view, ListId(list_id), as_of)


def roll(view: View, site: Site, list_id: str, as_of: AsOf) -> Roll:  # noqa: ARG001 - as all answers
    """`tizim.answer.members.Roll`, remembered."""
    return _remembered(view, as_of, ("roll", list_id), lambda: Roll(view, ListId(list_id), as_of))


def overview(view: View, site: Site, as_of: AsOf) -> Overview:  # noqa: ARG001 - as all answers
    """`tizim.answer.overview.overview`, remembered."""
    return _dated(_remembered(view, as_of, ("overview",), lambda: overview_now(view, as_of)), as_of)


def calendar(view: View, site: Site, as_of: AsOf, until: dt.date | None = None) -> Calendar:  # noqa: ARG001 - as all answers
    """`tizim.answer.calendar.due`, remembered."""
    return _dated(_remembered(view, as_of, ("due", until), lambda: due(view, None, as_of, until)), as_of)
