"""Lanes: what documents support of one subject on one list, in days, before anything is drawn.

What stands between two pieces of evidence is never supposed here: for each day of a bar, `state` says what it was.
So a lane and the words beside it cannot part ways, and a gap in what is known is a gap in the picture.
"""

import bisect
import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from tizim.answer.evidence import Copies
from tizim.answer.history import OnList
from tizim.domain.acts import Action
from tizim.domain.designations import Designation
from tizim.domain.documents import ACT, OFFICIAL_LIST
from tizim.domain.listing import Evidence, ListingState, Mark, Period, Status, state
from tizim.domain.lists import OfficialList
from tizim.publish.figures.places import Span


class Fill(enum.StrEnum):
    """What a stretch of a lane says."""

    SURE = "sure"
    """listed, between two documents"""
    CARRIED = "carried"
    """listed by the last document, and none newer shows it or takes it off"""
    DOUBT = "doubt"
    """the change lies somewhere in here; what came before is not known to be a listing"""
    DOUBT_HELD = "doubt_held"
    """the same, after a listing"""
    PAUSED = "paused"
    ANNULLED = "annulled"
    """annulled by a court, and nothing seen takes it off"""


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of days, the start in and the end out; ``start`` is ``None`` where no document bounds it."""

    start: int | None
    end: int
    fill: Fill


class Seen(enum.StrEnum):
    """A piece of evidence on a bar."""

    ACT = "act"
    """an act held here"""
    REPORTED = "reported"
    """an act told of, itself not seen"""
    SEEN = "seen"
    """a copy of the list shows the entry"""
    MISSING = "missing"
    """a copy of the list does not"""
    TOLD = "told"
    """somebody who is not the list's keeper says that it is on the list"""
    MOOTED = "mooted"
    """a listing was proposed"""


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """Evidence of one day; ``count`` pieces of a kind on the same day are one point."""

    day: int
    kind: Seen
    count: int


class Bracket(msgspec.Struct, frozen=True, kw_only=True):
    """A date stated as a month, a year or two bounds: as wide as it is vague, and never a point.

    ``closed`` is false where the day asked for lies inside.
    """

    start: int
    end: int
    kind: Seen
    closed: bool


class Cap(msgspec.Struct, frozen=True, kw_only=True):
    """An end of a bar on a day that is known, or by which it had ended."""

    day: int
    status: Status


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the table behind the figure: ISO date or interval, kind, how many, and on whose word."""

    when: str
    kind: Seen
    action: Action | None
    count: int
    by: Designation | None


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """One list's lane. All days are ordinal numbers; nothing in it lies after the day asked for."""

    official: OfficialList
    name: str
    """the entry's name as the list prints it; empty for a list that is silent"""
    state: ListingState | None
    periods: tuple[Period, ...]
    now: dt.date
    bars: tuple[Bar, ...]
    points: tuple[Point, ...]
    brackets: tuple[Bracket, ...]
    caps: tuple[Cap, ...]
    overdue: int | None
    """from which day a review is overdue"""
    rows: tuple[Row, ...]
    copies_with: int
    copies_without: int
    first_copy: dt.date | None
    last_copy: dt.date | None
    undated: int
    later: int
    """pieces of evidence that the picture cannot hold: those without a date, and those of later days"""


_ON: Final = (Mark.BEGUN, Mark.PRINTED, Mark.SEEN)
_FILL: Final[Mapping[Status, Fill]] = {
    Status.LISTED: Fill.SURE, Status.AMENDED: Fill.SURE, Status.RENEWED: Fill.SURE, Status.NOT_OBSERVED: Fill.CARRIED,
    Status.UNKNOWN: Fill.DOUBT, Status.SUSPENDED: Fill.PAUSED, Status.ANNULLED: Fill.ANNULLED,
}  # fmt: skip
_CAPPED: Final = frozenset({Status.DELISTED, Status.EXPIRED, Status.SUPERSEDED})


def lane_of(on_list: OnList, span: Span, now: dt.date) -> Lane:
    """The lane of one subject on one list, up to the day asked for; only what *span* shows is kept."""
    evidence = list(dict.fromkeys(on_list.evidence))
    known = [e for e in evidence if e.latest is not None]
    told = {str(one.id): one for one in on_list.statements}
    spells = list(_spells(evidence, _lapses(known, on_list.periods), now))
    copied = _copies(on_list, known)
    past = [e for e in known if (e.earliest or e.latest or now) <= now]
    rows = sorted(_rows(evidence, copied, told), key=lambda row: (row.when.rpartition("/")[2] or "9999", row.kind))
    shown = [day for day, _ in copied if day <= now]
    late = on_list.state.review_due if on_list.state and on_list.state.overdue else None
    return Lane(
        official=on_list.official, name=on_list.name, state=on_list.state, periods=on_list.periods, now=now,
        bars=tuple(one for one in _bars(spells) if one.end > span.start and (one.start or 0) < span.end),
        points=tuple(one for one in _points(past, copied, told, now) if span.start <= one.day < span.end),
        brackets=tuple(one for one in _brackets(past, told, now) if one.end > span.start and one.start < span.end),
        caps=tuple(one for one in _caps(spells, known) if span.start <= one.day <= span.end),
        overdue=None if late is None else late.toordinal() + 1,
        rows=tuple(rows), copies_with=on_list.copies_with, copies_without=on_list.copies_without,
        first_copy=min(shown, default=None), last_copy=max(shown, default=None),
        undated=len(evidence) - len(known), later=len(known) - len(past),
    )  # fmt: skip


def silent_lane(official: OfficialList, copies: Sequence[Copies], span: Span, now: dt.date) -> Lane:
    """The lane of a list that shows no entry in any copy known: a ring for each complete copy, and no bar."""
    copied = sorted((doc.day, False) for one in copies for doc in one.line.docs if doc.complete)
    days = [day for day, _ in copied if day <= now]
    points = _points([], copied, {}, now)
    return Lane(
        official=official, name="", state=None, periods=(), now=now, bars=(),
        points=tuple(one for one in points if span.start <= one.day < span.end), brackets=(), caps=(), overdue=None,
        rows=tuple(_rows([], copied, {})), copies_with=0, copies_without=len(days),
        first_copy=min(days, default=None), last_copy=max(days, default=None), undated=0, later=0,
    )  # fmt: skip


def span_of(found: Iterable[OnList], now: dt.date, *, copies: Iterable[Copies] = ()) -> Span:
    """A span for all lanes of a figure: from before the earliest date to a little after the day asked for.

    There is room before the earliest date, because what has an unknown start runs off that edge.
    """
    days = [day for one in found for e in one.evidence for day in (e.earliest or e.latest,) if day and day <= now]
    days += [doc.day for one in copies for doc in one.line.docs if doc.day <= now]
    first = min(days, default=now)
    room = max((now - first).days // 16, 60)
    return Span(first=_earlier(first, room), last=now + dt.timedelta(days=max(room // 3, 20)))


def _earlier(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(max(day.toordinal() - days, 1))


def in_order(lanes: Iterable[Lane]) -> list[Lane]:
    """Lanes as they are told: first those that changed, the latest change first; then those that hold the subject;
    last those that are silent.
    """
    return sorted(lanes, key=_rank)


def _rank(lane: Lane) -> tuple[int, int, str]:
    changed = _changed(lane)
    if changed:
        return (0, -changed, lane.official.id)
    if lane.bars or lane.brackets:
        begun = min((one.start or 0 for one in lane.bars), default=0)
        return (1, begun, lane.official.id)
    return (2, 0, lane.official.id)


def _changed(lane: Lane) -> int:
    """The day on which something other than a listing last happened; 0 if nothing did."""
    if lane.state is None or (lane.state.status is Status.ABSENT and not lane.bars):
        return 0
    ends = [one.end for one in lane.bars if one.end <= lane.now.toordinal()]
    starts = [one.start or 0 for one in lane.bars if one.fill in {Fill.PAUSED, Fill.ANNULLED}]
    mooted = [one.day for one in lane.points if one.kind is Seen.MOOTED and not lane.bars]
    return max([*ends, *starts, *mooted], default=0)


# -- stretches ---------------------------------------------------------------------------------------

Spell = tuple[int | None, int, Status | None, bool]
"""from, to, the state in between, and whether the last evidence before it had the entry on the list"""


def _spells(evidence: Sequence[Evidence], lapses: Sequence[tuple[int, int]], now: dt.date) -> Iterator[Spell]:
    """The states, one after the other. A state can change only on the days that some evidence names."""
    end = now.toordinal() + 1
    cuts = {day for lapse in lapses for day in lapse}
    for e in evidence:
        for bound in (e.earliest, e.latest):
            if bound is not None:
                cuts |= {bound.toordinal(), bound.toordinal() + 1}
        if e.expires is not None:
            cuts.add(e.expires.toordinal())
    ordered = [*sorted(day for day in cuts if 1 < day < end), end]
    past = sorted(
        (e for e in evidence if e.mark is not Mark.PROPOSED and e.latest is not None),
        key=lambda e: (e.latest or now, e.mark),
    )
    for start, stop in zip([None, *ordered[:-1]], ordered, strict=True):
        day = stop - 1 if start is None else start
        found = state(evidence, dt.date.fromordinal(day))
        word = None if found is None else found.status
        if any(first <= day < last for first, last in lapses):
            word = Status.EXPIRED
        index = bisect.bisect_right(past, day, key=lambda e: (e.latest or now).toordinal())
        yield start, stop, word, index > 0 and past[index - 1].mark in _ON


def _lapses(known: Sequence[Evidence], periods: Sequence[Period]) -> list[tuple[int, int]]:
    """Stretches after terms that ran out, some of them by a list's own rule, until the list shows it again."""
    found = []
    for one in periods:
        if one.end_status is Status.EXPIRED and len(one.ended) == len("2013-02-10"):
            ended = dt.date.fromisoformat(one.ended)
            again = (e.latest for e in known if e.mark in _ON and e.latest is not None and e.latest > ended)
            found.append((ended.toordinal(), min(again, default=dt.date.max).toordinal()))
    return found


def _bars(spells: Sequence[Spell]) -> list[Bar]:
    joined: list[Bar] = []
    for start, end, word, held in spells:
        fill = None if word is None else _FILL.get(word)
        if fill is None:
            continue
        if fill is Fill.DOUBT and held:
            fill = Fill.DOUBT_HELD
        joined = _joined(joined, Bar(start=start, end=end, fill=fill))
    # One document alone bounds nothing: the day of a single sighting is no solid stretch.
    softened: list[Bar] = []
    for one in joined:
        alone = one.fill is Fill.SURE and one.start is not None and one.end - one.start <= 1
        softened = _joined(softened, msgspec.structs.replace(one, fill=Fill.CARRIED) if alone else one)
    return softened


def _joined(bars: list[Bar], one: Bar) -> list[Bar]:
    if bars and bars[-1].fill is one.fill and bars[-1].end == one.start:
        return [*bars[:-1], msgspec.structs.replace(bars[-1], end=one.end)]
    return [*bars, one]


def _caps(spells: Sequence[Spell], known: Sequence[Evidence]) -> Iterator[Cap]:
    """Ends on a day. An end stated as a month, a year or two bounds has a bracket instead."""
    before: Status | None = None
    for start, _, word, _ in spells:
        if start is not None and word is not None and word is not before:
            ended = word in _CAPPED and before in _FILL
            if (ended or word is Status.ANNULLED) and not _is_vague(known, start):
                yield Cap(day=start, status=word)
        before = word


def _is_vague(known: Sequence[Evidence], day: int) -> bool:
    """Whether what ended or annulled it on *day* is a date of which that day is only the last bound."""
    found = [e for e in known if e.latest is not None and e.latest.toordinal() == day and e.mark not in _ON]
    return bool(found) and all(_bounds(e) is not None for e in found if e.mark is not Mark.MISSING)


# -- evidence ----------------------------------------------------------------------------------------


def _bounds(e: Evidence) -> tuple[dt.date, dt.date] | None:
    """The two bounds of a date that is not a day; ``None`` for a day, or where only the last bound is known."""
    if e.earliest is None or e.latest is None or e.earliest == e.latest:
        return None
    return e.earliest, e.latest


def _kind(e: Evidence, told: Mapping[str, Designation]) -> Seen:
    by = told.get(e.statement)
    if e.mark is Mark.PROPOSED:
        return Seen.MOOTED
    if e.mark is Mark.MISSING:
        return Seen.MISSING
    if e.mark is Mark.SEEN and e.action in {None, Action.ON_LIST}:
        return Seen.SEEN if by is None or by.source_class.rank <= OFFICIAL_LIST else Seen.TOLD
    return Seen.ACT if by is not None and by.source_class.rank == ACT and e.mark is not Mark.PRINTED else Seen.REPORTED


def _points(
    past: Sequence[Evidence], copied: Sequence[tuple[dt.date, bool]], told: Mapping[str, Designation], now: dt.date
) -> list[Point]:
    counted: dict[tuple[int, Seen], int] = defaultdict(int)
    for day, has in copied:
        if day <= now:
            counted[day.toordinal(), Seen.SEEN if has else Seen.MISSING] += 1
    for e in past:
        if e.latest is not None and e.latest <= now and _bounds(e) is None and (e.statement or not _is_copy(e)):
            counted[e.latest.toordinal(), _kind(e, told)] += 1
    for number, kind in list(counted):
        if kind is Seen.REPORTED and (number, Seen.ACT) in counted:
            del counted[number, kind]  # the act itself is held: that others tell of it adds no mark
    return [Point(day=number, kind=kind, count=count) for (number, kind), count in sorted(counted.items())]


def _brackets(past: Sequence[Evidence], told: Mapping[str, Designation], now: dt.date) -> list[Bracket]:
    found = set()
    for e in past:
        bounds = _bounds(e)
        if bounds is not None:
            first, last = bounds
            end = min(last, now).toordinal() + 1
            found.add((first.toordinal(), end, _kind(e, told), last <= now))
    return [Bracket(start=a, end=b, kind=kind, closed=closed) for a, b, kind, closed in sorted(found)]


def _is_copy(e: Evidence) -> bool:
    return not e.statement and e.mark in {Mark.SEEN, Mark.MISSING}


def _copies(on_list: OnList, known: Sequence[Evidence]) -> list[tuple[dt.date, bool]]:
    """The copies of the list, by day, and whether each shows the entry.

    Evidence names only the copies at the edges of each period. Where one line of documents shows the list, those
    between two that agree say the same; of several lines that cannot be told, and only the edges are given.
    """
    edges = sorted({(e.latest, e.mark is Mark.SEEN) for e in known if _is_copy(e) and e.latest is not None})
    if len(on_list.copies) != 1 or len({day for day, _ in edges}) < len(edges):
        return edges
    days = [day for day, _ in edges]
    found = []
    for doc in on_list.copies[0].line.docs:
        index = bisect.bisect_left(days, doc.day)
        if index == len(days):
            continue
        day, has = edges[index]
        agrees = doc.day == day or (index > 0 and edges[index - 1][1] == has)
        if agrees and (has or doc.complete):
            found.append((doc.day, has))
    return found


def _rows(
    evidence: Sequence[Evidence], copied: Sequence[tuple[dt.date, bool]], told: Mapping[str, Designation]
) -> Iterator[Row]:
    """Everything, in words: each statement, and copies in runs of those that agree."""
    for e in evidence:
        if not _is_copy(e):
            yield Row(when=e.text, kind=_kind(e, told), action=e.action, count=1, by=told.get(e.statement))
    run: list[dt.date] = []
    for i, (day, has) in enumerate(copied):
        run.append(day)
        if i + 1 == len(copied) or copied[i + 1][1] != has:
            when = str(run[0]) if run[0] == run[-1] else f"{run[0]}/{run[-1]}"
            kind = Seen.SEEN if has else Seen.MISSING
            yield Row(when=when, kind=kind, action=None, count=len(run), by=None)
            run = []
