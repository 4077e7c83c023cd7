"""Answers that several pages ask for, remembered for as long as the register does not grow.

They follow from the log, the day asked for, and what was known. Where no time of knowing is given it is the present,
and as nothing is recorded without the head moving, an answer of a moment ago is that of now: only its own line of
dates is brought up to date.
"""

import datetime as dt
import threading
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
from tizim.audit.findings import Audit
from tizim.claims.asking import Claimed
from tizim.claims.asking import claimed as claimed_now
from tizim.domain.dates import AsOf
from tizim.domain.lists import ListId
from tizim.errors import Busy
from tizim.publish.moves import moves_of
from tizim.publish.rendering import load_templates
from tizim.publish.site import Site
from tizim.register.view import View

T = TypeVar("T")
Dated = TypeVar("Dated", Answer, Calendar, Claimed, History, Members, Overview)

ASSOCIATED: Final = 8
"""entries beside a subject that a page names"""
_MOST: Final = 128
_auditing: Final = threading.Lock()
_PATIENCE: Final = 8.0
"""seconds that a reader waits for another's audit"""


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


def ask(
    view: View,
    site: Site,
    subject: str,
    list_id: str,
    as_of: AsOf,
    most: int | None = ASSOCIATED,
) -> Answer:
    """`tizim.answer.ask.ask`, remembered; of associated entries as many as a page shows, unless others are wanted."""
    what = ("ask", subject, list_id, most)
    if not site.is_alone:
        view.concord()
    return _dated(_remembered(view, as_of, what, lambda: ask_now(view, subject, ListId(list_id), as_of, most)), as_of)


def history(view: View, site: Site, subject: str, as_of: AsOf) -> History:
    """`tizim.answer.history.history`, remembered."""
    if not site.is_alone:
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


def calendar(
    view: View,
    site: Site,  # noqa: ARG001 - as all answers
    as_of: AsOf,
    until: dt.date | None = None,
    list_id: str = "",
) -> Calendar:
    """`tizim.answer.calendar.due` of one list, or of all, remembered."""
    lists = [ListId(list_id)] if list_id else None
    return _dated(_remembered(view, as_of, ("due", until, list_id), lambda: due(view, lists, as_of, until)), as_of)


def audit(view: View, site: Site, national: ListId, reference: ListId, as_of: AsOf) -> Audit:
    """`tizim.audit.compare.compare_lists`, remembered.

    It takes seconds, so one is made at a time: whoever asks for another waits, and is refused with `Busy` after a
    while, so that audits never take all the threads in which pages are made.
    """
    what = ("audit", national, reference, site.head.sequence)

    def compared() -> Audit:
        from tizim.audit.compare import compare_lists  # noqa: PLC0415 - names are compared by code that loads slowly

        if not _auditing.acquire(timeout=_PATIENCE):
            raise Busy("other audits are being made: ask again in a moment")
        try:
            return compare_lists(view, national, reference, as_of, site.head.sequence)
        finally:
            _auditing.release()

    found = _remembered(view, as_of, what, compared)
    return msgspec.structs.replace(found, as_of=as_of, reference_as_of=as_of)


def claimed(view: View, site: Site, subject: str, list_id: str, as_of: AsOf) -> Claimed:  # noqa: ARG001 - as all answers
    """`tizim.claims.asking.claimed`, remembered."""
    what = ("claimed", subject, list_id)
    return _dated(
        _remembered(view, as_of, what, lambda: claimed_now(view, as_of, about=subject, list_id=list_id)), as_of
    )
