"""How a list changed over the years: between its copies, and by the acts that statements tell of."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from tizim.answer.evidence import Copies, copies_of, designations
from tizim.answer.official import parts_of
from tizim.answer.sheets import stays_of
from tizim.answer.subjects import WHOLE_LIST, Clusters
from tizim.domain.acts import EFFECT_OF, Effect
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.lists import ListId
from tizim.register.view import Doc, View


class Moving(msgspec.Struct, frozen=True, kw_only=True):
    """A subject that came or went."""

    subject: str
    keys: tuple[str, ...]
    """its records"""
    name: str
    """as the strongest source, or the copy, has it"""


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A change of a list: ``when`` is an ISO date or interval, ``latest`` the day from which it shows for certain."""

    when: str
    latest: dt.date
    added: tuple[Moving, ...]
    gone: tuple[Moving, ...]
    statements: tuple[Designation, ...]
    """what tells of it; empty where copies do"""
    copies: tuple[Doc, Doc] | None = None
    """the copy before and the copy that first shows it; none where statements tell"""


def moves_of(view: View, list_id: ListId, as_of: AsOf) -> tuple[Move, ...]:
    """Every change known of a list, of all days, the earliest first."""
    key = (list_id, view.knowledge(as_of))
    return view.shared.recent("moves", key, lambda: _moves_of(view, list_id, as_of), _KNOWN)


_KNOWN: Final = 128
"""lists whose changes are remembered, as of some time of knowing"""


def _moves_of(view: View, list_id: ListId, as_of: AsOf) -> tuple[Move, ...]:
    found = seen_moves_of(view, list_id, as_of)
    seen = {moving.subject for move in found for moving in (*move.added, *move.gone)}
    return tuple(sorted([*found, *_told(view, list_id, as_of, seen)], key=lambda one: (one.latest, one.when)))


def seen_moves_of(view: View, list_id: ListId, as_of: AsOf) -> Sequence[Move]:
    """Those of them that copies show: complete ones, for who is missing from a part of a list may stand in the rest."""
    clusters = Clusters(view, as_of)
    copies = [one.complete() for one in copies_of(view, list_id, as_of)]

    def seen() -> Sequence[Move]:
        return [move for one in copies for move in _between_copies(view, one, clusters)]

    # Whatever else becomes known, they are the same as long as the same copies are, and records are tied as before.
    documents = tuple((one.source, one.lists, tuple(doc.id for doc in one.line.docs)) for one in copies)
    subjects = view.shared.once(
        ("moments of ties on", list_id, *(one.source for one in copies)),
        lambda: clusters.moments_of(
            subject
            for one in copies
            for entries in stays_of(view, one.lists, one.source).values()
            for subject, _ in entries
        ),
    )
    return view.shared.recent("seen moves", (list_id, documents, clusters.place_in(subjects)), seen, _KNOWN)


def _between_copies(view: View, copies: Copies, clusters: Clusters) -> Iterator[Move]:
    """What one copy has and the next has not. The first copy is no change: the list was there before it."""
    docs = copies.line.docs
    came: dict[int, list[Moving]] = defaultdict(list)
    went: dict[int, list[Moving]] = defaultdict(list)
    for spans, entries in stays_of(view, copies.lists, copies.source).items():
        starts, ends = _edges(copies.line.within(first, last) for first, last in spans)
        starts.discard(0)
        ends.discard(len(docs))
        if not starts and not ends:
            continue
        own = [_moving(clusters, subject, name) for subject, name in entries]
        for index in starts:
            came[index] += own
        for index in ends:
            went[index] += own
    for index in sorted(came.keys() | went.keys()):
        before, day = docs[index - 1].day, docs[index].day
        yield Move(
            when=str(day) if before == day else f"{before}/{day}", latest=day, added=_by_name(came[index]),
            gone=_by_name(went[index]), statements=(), copies=(docs[index - 1], docs[index]),
        )  # fmt: skip


def _edges(ranges: Iterable[tuple[int, int]]) -> tuple[set[int], set[int]]:
    """Where an entry that is in all of the ranges of copies comes, and where it goes."""
    starts: set[int] = set()
    ends: set[int] = set()
    upto = -1
    for first, end in sorted(one for one in ranges if one[0] < one[1]):
        if first > upto:
            starts.add(first)
            ends.add(end)
        elif end > upto:
            ends.discard(upto)
            ends.add(end)
        upto = max(upto, end)
    return starts, ends


def _moving(clusters: Clusters, subject: str, name: str) -> Moving:
    return Moving(subject=clusters.id_of(subject), keys=clusters.of(subject)[0], name=name)


def _by_name(found: list[Moving]) -> tuple[Moving, ...]:
    return tuple(sorted(found, key=lambda one: (one.name, one.subject)))


def _told(view: View, list_id: ListId, as_of: AsOf, seen: set[str]) -> Iterator[Move]:
    """Beginnings and ends that statements tell of, several of one event as one; not of those whom copies show."""
    clusters = Clusters(view, as_of)
    groups: dict[tuple[str, Effect, str], list[Designation]] = defaultdict(list)
    for one in designations(view, as_of, lists=parts_of(view, list_id)):
        effect = EFFECT_OF[one.action]
        if effect in {Effect.BEGIN, Effect.END} and one.verified and one.subject != WHOLE_LIST and one.when.latest:
            event = one.conflict_group or one.date
            groups[clusters.id_of(one.subject), effect, event].append(one)
    by_event: dict[tuple[str, dt.date], list[tuple[Effect, Moving, list[Designation]]]] = defaultdict(list)
    for (subject, effect, _), told in groups.items():
        if subject in seen:
            continue
        told.sort(key=lambda one: (one.source_class.rank, -len(one.date), one.date))
        first = min(told, key=lambda one: (one.when.latest or dt.date.max, one.source_class.rank))
        moving = _moving(clusters, told[0].subject, next((one.name for one in told if one.name), subject))
        by_event[first.when.text, first.when.latest or dt.date.max].append((effect, moving, told))
    for (when, latest), parts in by_event.items():
        yield Move(
            when=when, latest=latest,
            added=_by_name([moving for effect, moving, _ in parts if effect is Effect.BEGIN]),
            gone=_by_name([moving for effect, moving, _ in parts if effect is Effect.END]),
            statements=tuple(one for _, _, told in parts for one in told),
        )  # fmt: skip
