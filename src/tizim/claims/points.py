"""Who agrees and who contradicts whom, on the day, the decider, the reason, and whether it is done."""

from collections.abc import Callable, Sequence
from typing import Final

from tizim.claims.tellings import Answer, Point, Telling
from tizim.domain.acts import DateRole
from tizim.domain.claims import HAPPENED, ClaimAction, Modality
from tizim.text import fold, script_of

_TO_COME: Final = frozenset({
    Modality.PLANNED, Modality.REQUESTED, Modality.POSSIBLE, Modality.ORDERED, Modality.PRECONDITION, Modality.DENIED
})  # fmt: skip

_KINDS: Final = frozenset(role.value for role in DateRole)
_NEAR: Final = 62
"""days within which the day of an act may be signed, told, published and in effect: where a telling does not say
which of these it gives, it contradicts others only beyond that"""


def points(tellings: Sequence[Telling]) -> tuple[Point, ...]:
    """The questions that more than nothing is said to. Tellings that do not count are not asked."""
    asked = [one for one in tellings if one.counts]
    found = (_dates(asked), _words("decider", asked, lambda one: one.reported.decider),
             _words("reason", asked, lambda one: one.reported.reason), _modalities(asked))  # fmt: skip
    return tuple(one for one in found if one is not None)


def _dates(tellings: Sequence[Telling]) -> Point | None:
    """The days told; they contradict each other if two of one kind cannot be the same day."""
    dated = [one for one in tellings if one.reported.date and one.reported.modality in HAPPENED]
    if not dated:
        return None
    by_day: dict[str, list[Telling]] = {}
    for one in dated:
        by_day.setdefault(one.reported.date, []).append(one)
    told = list({(one.role, one.reported.date): one for one in dated}.values())
    is_conflict = any(
        _apart(first, second, 0 if first.role == second.role else _NEAR)
        and (first.role == second.role or not {first.role, second.role} <= _KINDS)
        for number, first in enumerate(told)
        for second in told[number + 1 :]
    )
    return _point("date", is_conflict, by_day)


def _apart(one: Telling, other: Telling, days: int) -> bool:
    """Whether the days told lie more than so many days apart."""
    (a, b), (c, d) = ((one.when.earliest, one.when.latest), (other.when.earliest, other.when.latest))
    # A day that is only the last possible one is told all the same: two such days are two answers.
    first, second = (a or b, b), (c or d, d)
    if None in (*first, *second):
        return False
    gap = max((second[0] - first[1]).days, (first[0] - second[1]).days)  # type: ignore[operator]  # none is None
    return gap > days


def _words(about: str, tellings: Sequence[Telling], said: Callable[[Telling], str]) -> Point | None:
    """What is said in words; only words of one script can be seen to differ."""
    answers: dict[str, list[Telling]] = {}
    shown: dict[str, str] = {}
    for one in tellings:
        words = said(one)
        if words:
            folded = fold(words.partition("(")[0]) or fold(words)
            shown.setdefault(folded, words)
            answers.setdefault(folded, []).append(one)
    if not answers:
        return None
    told = [(script_of(words), frozenset(folded.split())) for folded, words in shown.items()]
    is_conflict = any(
        script == other and not (said <= also or also <= said)  # "the court" is no other than "the court of Astana"
        for number, (script, said) in enumerate(told)
        for other, also in told[number + 1 :]
    )
    return _point(about, is_conflict, {shown[key]: own for key, own in answers.items()})


def _modalities(tellings: Sequence[Telling]) -> Point | None:
    """Whether it is done; what was planned first and done later is no contradiction."""
    by_modality: dict[str, list[Telling]] = {}
    for one in tellings:
        by_modality.setdefault(_state(one), []).append(one)
    if not by_modality:
        return None
    happened = [one for one in tellings if one.reported.modality in HAPPENED]
    by = min((one.when.latest for one in happened if one.when.latest is not None), default=None)
    later = max(
        (one.told for one in tellings if one.reported.modality in _TO_COME and one.told is not None), default=None
    )
    is_conflict = by is not None and later is not None and later >= by
    listed = {_state(one) for one in happened} & {"in_force", "not_listed"}
    return _point("modality", is_conflict or len(listed) > 1, by_modality)


def _state(one: Telling) -> str:
    claim = one.reported
    return claim.action.value if claim.action is ClaimAction.NOT_LISTED else claim.modality.value


def _point(about: str, is_conflict: bool, answers: dict[str, list[Telling]]) -> Point:  # noqa: FBT001
    return Point(
        about=about, is_conflict=is_conflict,
        answers=tuple(Answer(value=value, tellings=tuple(own)) for value, own in sorted(answers.items())),
    )  # fmt: skip
