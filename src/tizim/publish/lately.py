"""What changed lately: acts that statements tell of, and what came and went between the newest copies of lists."""

import bisect
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import msgspec

from tizim.answer.evidence import copies_of, designations
from tizim.answer.official import official_lists
from tizim.answer.sheets import turnover
from tizim.answer.subjects import WHOLE_LIST, Clusters
from tizim.domain.acts import EFFECT_OF, Action, Effect
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.lists import ListId
from tizim.register.view import View

_MOVES = frozenset({Effect.BEGIN, Effect.END, Effect.PAUSE, Effect.ANNUL})
_NAMED = 3


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """Something done to one subject on one list, told by one or more statements."""

    day: dt.date
    list: ListId
    subject: str
    name: str
    action: Action
    statements: tuple[Designation, ...]
    """the strongest source first"""


class Turnover(msgspec.Struct, frozen=True, kw_only=True):
    """What came and went between the two newest copies of a list."""

    day: dt.date
    before: dt.date
    list: ListId
    added: int
    gone: int


def lately(view: View, as_of: AsOf, most: int) -> list[Act | Turnover]:
    """The newest changes up to the day asked for, newest first."""
    found: list[Act | Turnover] = [*acts(view, as_of, most), *_turnovers(view, as_of)]
    found.sort(key=lambda one: (one.day, one.list), reverse=True)
    return found[:most]


class _Event(msgspec.Struct, frozen=True, kw_only=True):
    """Statements of one thing done, of all days, by the latest day that each can mean."""

    first: dt.date
    list: ListId
    subject: str
    told: tuple[tuple[dt.date, Designation], ...]


_KNOWN: Final = 8
"""times of knowing of which events are remembered"""


def acts(
    view: View,
    as_of: AsOf,
    most: int | None = None,
    *,
    subjects: Iterable[str] | None = None,
    lists: Sequence[ListId] | None = None,
) -> Iterator[Act]:
    """The acts that statements tell of, up to the day asked for, the newest first: *most* of them, or all; several
    statements of one event are one act.

    Those about records *subjects* (all that are one subject) and on *lists*, or about any and on all.
    """
    if subjects is None and lists is None:
        events = view.shared.recent("events", view.knowledge(as_of), lambda: _events(view, as_of), _KNOWN)
    else:
        events = _events(view, as_of, subjects, lists)
    upto = (event for event in events if event.first <= as_of.valid_at)
    for event in islice(upto, most):
        told = [one for latest, one in event.told if latest <= as_of.valid_at]
        told.sort(key=lambda one: (one.source_class.rank, -len(one.date), one.date))
        yield Act(
            day=event.first, list=event.list, subject=event.subject,
            name=next((one.name for one in told if one.name), event.subject), action=told[0].action,
            statements=tuple(told),
        )  # fmt: skip


def _events(
    view: View, as_of: AsOf, subjects: Iterable[str] | None = None, lists: Sequence[ListId] | None = None
) -> list[_Event]:
    """What statements tell of, the newest first."""
    clusters = Clusters(view, as_of)
    groups: dict[tuple[str, str, str], list[tuple[dt.date, Designation]]] = {}
    for one in designations(view, as_of, subjects=subjects, lists=lists):
        latest = one.when.latest
        if EFFECT_OF[one.action] in _MOVES and one.verified and one.subject != WHOLE_LIST and latest is not None:
            event = f"{EFFECT_OF[one.action]} {one.conflict_group or f'{one.action} {one.date}'}"
            groups.setdefault((one.list, clusters.id_of(one.subject), event), []).append((latest, one))
    found = [
        _Event(first=min(latest for latest, _ in told), list=ListId(list_id), subject=subject, told=tuple(told))
        for (list_id, subject, _), told in groups.items()
    ]
    return sorted(found, key=lambda event: (event.first, event.list), reverse=True)


def _turnovers(view: View, as_of: AsOf) -> Iterator[Turnover]:
    for list_id in official_lists(view):
        for one in copies_of(view, list_id, as_of):
            last = bisect.bisect_right(one.line.days, as_of.valid_at) - 1
            if last < 1 or not one.line.docs[last].complete or list_id not in one.lists:
                continue
            old, new = one.line.docs[last - 1], one.line.docs[last]
            added, gone = turnover(view, list_id, one.source, old.moment, new.moment)
            if added or gone:
                yield Turnover(day=new.day, before=old.day, list=list_id, added=added, gone=gone)
