"""What changed lately: acts that statements tell of, and what came and went between the newest copies of lists."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

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
    found: list[Act | Turnover] = [*acts(view, as_of), *_turnovers(view, as_of)]
    found.sort(key=lambda one: (one.day, one.list), reverse=True)
    return found[:most]


def acts(
    view: View, as_of: AsOf, *, subjects: Iterable[str] | None = None, lists: Sequence[ListId] | None = None
) -> Iterator[Act]:
    """Every act that statements tell of, up to the day asked for; several statements of one event are one act.

    Those about records *subjects* (all that are one subject) and on *lists*, or about any and on all.
    """
    clusters = Clusters(view, as_of)
    groups: dict[tuple[str, str, str], list[Designation]] = {}
    for one in designations(view, as_of, subjects=subjects, lists=lists):
        latest = one.when.latest
        moves = EFFECT_OF[one.action] in _MOVES and one.verified and one.subject != WHOLE_LIST
        if moves and latest is not None and latest <= as_of.valid_at:
            key = (one.list, clusters.id_of(one.subject), one.conflict_group or f"{one.action} {one.date}")
            groups.setdefault((key[0], key[1], f"{EFFECT_OF[one.action]} {key[2]}"), []).append(one)
    for (list_id, subject, _), told in groups.items():
        told.sort(key=lambda one: (one.source_class.rank, -len(one.date), one.date))
        first = min(when for one in told if (when := one.when.latest) is not None)
        yield Act(
            day=first, list=ListId(list_id), subject=subject,
            name=next((one.name for one in told if one.name), subject), action=told[0].action, statements=tuple(told),
        )  # fmt: skip


def _turnovers(view: View, as_of: AsOf) -> Iterator[Turnover]:
    for list_id in official_lists(view):
        for one in copies_of(view, list_id, as_of):
            docs = [doc for doc in one.line.docs if doc.day <= as_of.valid_at]
            if len(docs) < 2 or not docs[-1].complete or list_id not in one.lists:
                continue
            old, new = docs[-2], docs[-1]
            added, gone = turnover(view, list_id, one.source, old.moment, new.moment)
            if added or gone:
                yield Turnover(day=new.day, before=old.day, list=list_id, added=added, gone=gone)
