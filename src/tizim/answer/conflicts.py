"""Where statements about one listing contradict each other: shown side by side, ranked, none hidden."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from tizim.answer.days import day, on
from tizim.domain.acts import EFFECT_OF, Action, Effect
from tizim.domain.dates import PartialDate
from tizim.domain.designations import Designation
from tizim.domain.listing import Evidence, ListingState, Mark, Status


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """Contradicting statements about one event: the question, the register's reading, and the siblings,
    the strongest source first.
    """

    question: str
    about: str
    """``day``, ``decider``, ``false statement`` or ``copy after end``"""
    list: str
    reading: str
    statements: tuple[Designation, ...]


_QUESTION = {
    Effect.BEGIN: "When was it listed?",
    Effect.END: "When was it taken off?",
    Effect.PAUSE: "When was it suspended?",
    Effect.ANNUL: "When was the listing annulled?",
    Effect.AFFIRM: "When was it amended or renewed?",
    Effect.PROPOSE: "When was it proposed?",
    Effect.NOTHING: "When was it told?",
}


def conflicts(
    statements: Sequence[Designation],
    evidence: Sequence[Evidence],
    now: ListingState | None,
    valid_at: dt.date,
) -> tuple[Conflict, ...]:
    """The conflicts among *statements* about one subject on one list."""
    found: list[Conflict] = []
    groups: dict[tuple[str, Effect], list[Designation]] = defaultdict(list)
    for one in statements:
        if one.verified and one.conflict_group:
            groups[one.conflict_group, EFFECT_OF[one.action]].append(one)
    for (_, effect), group in sorted(groups.items(), key=lambda item: item[0]):
        if _bears_on(group, now, valid_at):
            found += _of_group(effect, ranked(group), statements, now)
    for one in ranked(statements):
        if not one.verified and _bears_on([one], now, valid_at):
            found.append(
                Conflict(
                    question="Is that so?", about="false statement", list=one.list,
                    reading=f"Shown wrong by other statements{f': {one.note}' if one.note else ''}.",
                    statements=(one,),
                )
            )  # fmt: skip
    found += _copies_after_end(statements, evidence, valid_at)
    return tuple(found)


def _bears_on(group: Sequence[Designation], now: ListingState | None, valid_at: dt.date) -> bool:
    """Whether an event had happened by the day, by any of its statements, or makes the day's state unknown."""
    stated = [PartialDate.parse(one.date).earliest for one in group if one.date]
    return not stated or min(stated) <= valid_at or (now is not None and now.status is Status.UNKNOWN)


def ranked(statements: Sequence[Designation]) -> list[Designation]:
    """Statements by the strength of their source, then by how exact they are, then by their day."""
    return sorted(statements, key=lambda s: (s.source_class.rank, -len(s.date), s.date, s.source_title, s.id))


def _of_group(
    effect: Effect, group: Sequence[Designation], everything: Sequence[Designation], now: ListingState | None
) -> list[Conflict]:
    found = []
    if effect in {Effect.BEGIN, Effect.END, Effect.PAUSE, Effect.ANNUL}:
        for role in sorted({one.role for one in group}):
            same_role = [one for one in group if one.role is role and one.date]
            if _disagree(same_role):
                days = sorted({one.date for one in same_role})
                found.append(
                    Conflict(
                        question=_QUESTION[effect], about="day", list=group[0].list,
                        reading=_day_reading(effect, same_role, now, days), statements=tuple(same_role),
                    )
                )  # fmt: skip
    deciders = [one for one in _same_event(effect, group, everything) if _named(one)]
    unsettled = any(
        _word(a.decided_by) != _word(b.decided_by) and not _other_act(a, b)
        for i, a in enumerate(deciders)
        for b in deciders[i + 1 :]
    )
    if effect is not Effect.NOTHING and unsettled:
        found.append(
            Conflict(
                question="Who decided?", about="decider", list=group[0].list,
                reading="Not settled: the sources name different deciders.", statements=tuple(ranked(deciders)),
            )
        )  # fmt: skip
    return found


def _same_event(effect: Effect, group: Sequence[Designation], everything: Sequence[Designation]) -> list[Designation]:
    """The group, and what was announced or confirmed of the same event."""
    if effect is not Effect.END:
        return list(group)
    told = [
        one
        for one in everything
        if one.conflict_group == group[0].conflict_group
        and EFFECT_OF[one.action] is Effect.NOTHING
        and one.verified
        and one.action.value in {"announced", "confirmed", "decision_signed"}
    ]
    return [*group, *told]


def _day_reading(effect: Effect, group: Sequence[Designation], now: ListingState | None, days: Sequence[str]) -> str:
    first = min(when for one in group if (when := one.when.latest) is not None)
    given = _listed(days)
    if effect is Effect.END:
        after = now.ended.partition("/")[0] if now and "/" in now.ended and ".." not in now.ended else ""
        bounds = f", after {day(after)}" if after else ""
        return f"Ended by {day(first)}{bounds}; the days given are {given}, and no act seen settles which."
    return f"Read as {day(group[0].date)} after the strongest source; the days given are {given}."


def _listed(days: Sequence[str]) -> str:
    *most, last = (day(one) for one in days)
    return f"{', '.join(most)} and {last}" if most else last


def _disagree(group: Sequence[Designation]) -> bool:
    """Whether two statements of one event give days that cannot be the same."""
    return any(_disjoint(a, b) and not _other_act(a, b) for i, a in enumerate(group) for b in group[i + 1 :])


def _disjoint(one: Designation, other: Designation) -> bool:
    spans = [(w.earliest or w.latest, w.latest) for w in (one.when, other.when)]
    (a, b), (c, d) = spans
    return None not in {a, b, c, d} and (b < c or d < a)  # type: ignore[operator]  # none of them is None


def _other_act(one: Designation, other: Designation) -> bool:
    """Statements that name different acts (a judgment and the one that confirms it) speak of different events."""
    return bool(one.act.text) and bool(other.act.text) and one.act.text != other.act.text


def _named(one: Designation) -> bool:
    return bool(one.decided_by) and not one.decided_by.lower().startswith("not named")


def _word(decider: str) -> str:
    """A decider without what stands in brackets, for comparing: 'Supreme Court (judge N.)' is the Supreme Court."""
    return decider.partition("(")[0].strip().casefold()


def _copies_after_end(
    statements: Sequence[Designation], evidence: Sequence[Evidence], valid_at: dt.date
) -> list[Conflict]:
    """Copies that still show an entry after an act ended it, with no new listing between."""
    found = []
    for one in statements:
        own = next((e for e in one.evidence if e.mark is Mark.ENDED), None)
        if own is None or own.latest is None:
            continue
        later = sorted(
            e.latest for e in evidence
            if e.mark is Mark.SEEN and not e.statement and e.latest is not None and own.latest < e.latest <= valid_at
        )  # fmt: skip
        begun = (e.latest for e in evidence if e.mark in {Mark.BEGUN, Mark.PRINTED} and e.latest is not None)
        if later and not any(own.latest < again <= later[0] for again in begun):
            found.append(
                Conflict(
                    question="Is it still on the list?", about="copy after end", list=one.list,
                    reading=(
                        f"The copy of {day(later[0])} still shows the entry, {_PAST[one.action]} by a statement"
                        f" {on(one.when.text)}."
                    ),
                    statements=(one,),
                )
            )  # fmt: skip
    return found


_PAST = {Action.DELISTED: "taken off", Action.EXPIRED: "expired", Action.SUPERSEDED: "replaced"}
