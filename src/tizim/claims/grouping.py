"""Which tellings are of one act.

An act is told by its subject, by whose list it is, and by what was done. Two tellings of one kind are of one
act unless the register holds that the opposite was done between them, or they lie too far apart. An
announcement repeated after half a year is still of the same delisting: nobody is taken off twice without
being put on in between. Where the register ties the subject to just one list of theirs, that holds over any
time; a state may have several. Pure rules: the order in which tellings come makes no difference.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from tizim.claims.origins import origins
from tizim.claims.points import points
from tizim.claims.tellings import Group, Telling
from tizim.domain.claims import PLAIN, ClaimAction, Modality
from tizim.text import fold

WINDOW: Final[Mapping[ClaimAction, int]] = {
    ClaimAction.LIST: 400,
    ClaimAction.DELIST: 400,
    ClaimAction.SUSPEND: 400,
    ClaimAction.ANNUL: 400,
    ClaimAction.RENEW: 45,
    ClaimAction.AMEND: 45,
    ClaimAction.REVIEW: 45,
}
"""days without any telling after which the next one is of another act; what recurs has a narrow one"""
_RECURRING: Final = frozenset({ClaimAction.RENEW, ClaimAction.AMEND, ClaimAction.REVIEW})
_OPPOSITE: Final[Mapping[ClaimAction, frozenset[ClaimAction]]] = {
    ClaimAction.DELIST: frozenset({ClaimAction.LIST}),
    ClaimAction.SUSPEND: frozenset({ClaimAction.LIST, ClaimAction.RENEW}),
    ClaimAction.ANNUL: frozenset({ClaimAction.LIST}),
    ClaimAction.LIST: frozenset({ClaimAction.DELIST}),
}
_Key = tuple[str, str, ClaimAction]


def group(tellings: Iterable[Telling]) -> list[Group]:
    """The acts that are told of, in the order of subject, list and day."""
    every = sorted(tellings, key=_in_time)
    by_key: dict[_Key, list[Telling]] = defaultdict(list)
    for one in every:
        if one.reported.action not in PLAIN:
            by_key[key_of(one)].append(one)
    made: list[Group] = []
    for key, own in by_key.items():
        made += [_made(key, some) for some in _acts(key, own, by_key)]
    plain = [one for one in every if one.reported.action in PLAIN]
    return sorted(_with_reactions(made, plain), key=lambda one: (fold(one.name), one.whose, _begins(one), one.id))


def key_of(one: Telling) -> _Key:
    """What two tellings of one act have in common."""
    claim = one.reported
    on_list = claim.action is ClaimAction.LIST and claim.modality is Modality.IN_FORCE
    action = ClaimAction.NOT_LISTED if on_list else claim.action
    return (one.subject or f"?{fold(claim.subject_name)}", claim.list, action)


def _in_time(one: Telling) -> tuple[dt.date, dt.date, str]:
    first, last = _span(one) or (dt.date.max, dt.date.max)
    return first, last, one.id


def _span(one: Telling) -> tuple[dt.date, dt.date] | None:
    """The days between which an act or the word of it lies."""
    last = one.when.latest or one.published
    if last is None:
        return None
    return (one.when.earliest or last, last)


def _begins(one: Group) -> dt.date:
    return min((span[0] for told in one.tellings if (span := _span(told)) is not None), default=dt.date.max)


# -- acts of one kind --------------------------------------------------------------------------------


def _acts(key: _Key, own: Sequence[Telling], by_key: Mapping[_Key, Sequence[Telling]]) -> list[list[Telling]]:
    """The tellings of one kind about one subject on one list, parted into acts."""
    subject, whose, action = key
    if action is ClaimAction.NOT_LISTED:
        return [list(own)]  # whether it is on the list is one question, whenever it is answered
    turns = sorted(
        span[0]
        for other in _OPPOSITE.get(action, ())
        for one in by_key.get((subject, whose, other), ())
        # Only what the register holds parts acts: a false claim must not make two of one.
        if not one.is_news and one.verified and one.reported.modality is Modality.DONE
        and (span := _span(one)) is not None
    )  # fmt: skip
    known = [one for kind in ClaimAction for one in by_key.get((subject, whose, kind), ()) if not one.is_news]
    window = WINDOW[action]
    if action not in _RECURRING and len({one.list for one in known}) == 1:
        window = (dt.date.max - dt.date.min).days
    dated = [one for one in own if one.reported.date]
    undated = [one for one in own if not one.reported.date]
    acts: list[list[Telling]] = []
    reach = dt.date.min
    for one in dated:
        first, last = _span(one) or (dt.date.max, dt.date.max)
        apart = bool(acts) and ((first - reach).days > window or _turned(turns, reach, first))
        if not acts or apart:
            acts.append([])
        acts[-1].append(one)
        reach = max(reach, last) if not apart else last
    placing = _Placing(_tied(acts), turns)
    for one in undated:
        placing.place(one)
    return placing.acts


def _turned(turns: Sequence[dt.date], after: dt.date, until: dt.date) -> bool:
    return any(after < turn <= until for turn in turns)


def _tied(acts: list[list[Telling]]) -> list[list[Telling]]:
    """The same, with those together that the register's own statements group as one event."""
    made: list[list[Telling]] = []
    events: list[set[str]] = []
    for act in acts:
        own = {one.conflict_group for one in act if one.conflict_group}
        found = next((number for number, event in enumerate(events) if event & own), None)
        if found is None:
            made.append(list(act))
            events.append(own)
        else:
            made[found] += act
            events[found] |= own
    return made


class _Placing:
    """Puts tellings without a day, in the order in which they were told, to the acts of those that give one."""

    def __init__(self, acts: list[list[Telling]], turns: Sequence[dt.date]) -> None:
        self.acts = acts
        self._turns = turns
        self._spans = [_whole(act) for act in acts]
        self._events = {one.conflict_group: act for act in reversed(acts) for one in act if one.conflict_group}

    def place(self, one: Telling) -> None:
        """Put it to the event that it names, or to the last act told of by then; else it is of an act of its own."""
        span = _span(one)
        act = self._events.get(one.conflict_group) if one.conflict_group else None
        if act is None:
            act = self._last_by(span)
        if act is None:
            act = []
            self.acts.append(act)
            self._spans.append(span)
        act.append(one)
        if one.conflict_group:
            self._events.setdefault(one.conflict_group, act)

    def _last_by(self, span: tuple[dt.date, dt.date] | None) -> list[Telling] | None:
        begun = [
            (own[0], number)
            for number, own in enumerate(self._spans)
            if own is not None and (span is None or (own[0] <= span[1] and not _turned(self._turns, own[1], span[0])))
        ]
        if not begun or (span is None and len(begun) > 1):
            return None
        return self.acts[max(begun)[1]]


def _whole(act: Sequence[Telling]) -> tuple[dt.date, dt.date] | None:
    """From the first to the last day on which an act is told to have been."""
    spans = [span for one in act if (span := _span(one)) is not None]
    return (min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None


# -- what is made of an act --------------------------------------------------------------------------


def _made(key: _Key, tellings: Sequence[Telling]) -> Group:
    subject, whose, action = key
    ordered = tuple(sorted(tellings, key=_in_time))
    return Group(
        id=_id(key, ordered), subject="" if subject.startswith("?") else subject, name=_name(ordered), whose=whose,
        action=action, tellings=ordered, origins=origins(ordered), points=points(ordered),
    )  # fmt: skip


def _id(key: _Key, tellings: Sequence[Telling]) -> str:
    """An id by what the group is about and when it begins to be told of."""
    first = _span(tellings[0])
    # Nothing but their statements tells acts apart of which no day is told.
    day = first[0].isoformat() if first is not None else tellings[0].number or tellings[0].id
    return "G-" + hashlib.sha256("\x1f".join((*key, day)).encode("utf-8", "surrogatepass")).hexdigest()[:10]


def _name(tellings: Sequence[Telling]) -> str:
    """A name to call the subject by, where the register has none: the strongest source's."""
    named = min(tellings, key=lambda one: (one.source_class.rank, one.id))
    return named.reported.subject_name


def _with_reactions(groups: Sequence[Group], plain: Sequence[Telling]) -> list[Group]:
    """The groups, each with what is said of it; what is said of no act that is told of stands by itself."""
    reactions: dict[str, list[Telling]] = defaultdict(list)
    alone: dict[_Key, list[Telling]] = defaultdict(list)
    for one in plain:
        subject, whose, _ = key_of(one)
        near = [
            made for made in groups
            if (made.subject or f"?{fold(made.name)}", made.whose) == (subject, whose) and not made.is_status
        ]  # fmt: skip
        found = _nearest(one, near)
        if found is not None and one.reported.action is not ClaimAction.STATEMENT:
            reactions[found.id].append(one)
        else:
            alone[key_of(one)].append(one)
    made = [msgspec.structs.replace(one, reactions=tuple(reactions.get(one.id, ()))) for one in groups]
    return [*made, *(_made(key, some) for key, some in alone.items())]


def _nearest(one: Telling, groups: Sequence[Group]) -> Group | None:
    """The act that a reaction is about: the last one told of by then, else the next."""
    if not groups:
        return None
    day = _span(one)
    if day is None:
        return groups[-1] if len(groups) == 1 else None
    return min(groups, key=lambda group: (_begins(group) > day[1], abs((_begins(group) - day[1]).days), group.id))
