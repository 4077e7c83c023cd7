"""What a decision about one listing touches: other lists that hold the subject, its associates, measures."""

import datetime as dt

import msgspec

from tizim.answer.ask import Associated, ask, measures
from tizim.answer.history import OnList
from tizim.answer.official import parts_of
from tizim.answer.subjects import Subject
from tizim.domain.dates import AsOf
from tizim.domain.decisions import DecisionKind
from tizim.domain.listing import NOT_ENDED, ListingState
from tizim.domain.lists import ListId, OfficialList
from tizim.domain.measures import Measure, MeasureKind
from tizim.register.view import View

_ENDING = frozenset({DecisionKind.DELIST, DecisionKind.SUSPEND, DecisionKind.ANNUL})


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """The subject on another list, and what that list brings by itself."""

    on: OnList
    state: ListingState
    measures: tuple[Measure, ...]


class Impact(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision of one kind would touch, as of the two times. It concludes nothing of ownership or control."""

    subject: Subject
    list: OfficialList
    kind: DecisionKind
    as_of: AsOf
    state: ListingState | None
    """before the decision; ``None`` where nothing ties the subject to the list"""
    elsewhere: tuple[Held, ...]
    """other lists on which it stands, whatever is decided here"""
    associated: tuple[Associated, ...]
    """entries of the list beside it: they stand by themselves, and stay"""
    ends: tuple[Measure, ...]
    """what the list brings and no other list that holds the subject brings too"""
    remains: tuple[Measure, ...]
    """what another list that holds the subject brings too"""
    begins: tuple[Measure, ...]
    exemptions: tuple[Measure, ...]
    """what the list leaves free; with the listing they fall away or come"""
    silent: tuple[ListId, ...]
    """lists that hold the subject and of whose measures nothing is on record here"""
    last_observed: dt.date | None
    stale: bool


def impact(view: View, subject: str, list_id: ListId, kind: DecisionKind, as_of: AsOf) -> Impact:
    """What a decision of *kind* about *subject* on *list_id* would touch.

    Raises `NotFound` for an unknown list or subject, `BadInput` for a name of several subjects.
    """
    found = ask(view, subject, list_id, as_of)
    elsewhere = tuple(
        Held(on=one.on, state=one.state, measures=tuple(measures(view, parts_of(view, one.on.list), as_of)))
        for one in found.held_elsewhere
        if one.state.status in NOT_ENDED
    )
    binding = [one for one in found.measures if one.kind is MeasureKind.MEASURE]
    kept = {_plain(one) for held in elsewhere for one in held.measures if one.kind is MeasureKind.MEASURE}
    ending = kind in _ENDING
    return Impact(
        subject=found.subject, list=found.list, kind=kind, as_of=as_of, state=found.own_state, elsewhere=elsewhere,
        associated=found.associated,
        ends=tuple(one for one in binding if ending and _plain(one) not in kept),
        remains=tuple(one for one in binding if ending and _plain(one) in kept),
        begins=tuple(binding) if kind in {DecisionKind.LIST, DecisionKind.RESUME} else (),
        exemptions=tuple(one for one in found.measures if one.kind is MeasureKind.EXEMPTION),
        silent=tuple(held.on.list for held in elsewhere if not held.measures),
        last_observed=found.last_observed, stale=found.stale,
    )  # fmt: skip


def _plain(measure: Measure) -> str:
    return measure.what.casefold()
