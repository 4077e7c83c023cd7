"""The review calendar: what falls due on lists, by the rules in force on the day asked for.

Nothing is guessed. What has no day has the reason in its place, and a list without a rule is named.
The day of a review or expiry follows from the last day on which the entry was listed, reviewed,
renewed, retained or resumed, as statements and copies give it; where only a month or year is given
its last day counts, as everywhere.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from tizim.answer.evidence import age
from tizim.answer.listings import Held, Listings, held_of
from tizim.answer.official import official_list, official_lists, parts_of
from tizim.answer.printed import PrintedEnd, ends_printed
from tizim.answer.reviewing import Due, DueState, ground, of_listing
from tizim.answer.rules import DueRule, changed, in_words, laws_of, span_in_words, told
from tizim.answer.subjects import Clusters
from tizim.domain.acts import Action
from tizim.domain.dates import AsOf, add_period
from tizim.domain.listing import NOT_ENDED
from tizim.domain.lists import ListId, RuleKind
from tizim.errors import BadInput
from tizim.register.view import View


class Silent(msgspec.Struct, frozen=True, kw_only=True):
    """A list by whose law nothing falls due, or of whose law that is not known."""

    list: ListId
    name: str
    law: DueRule | None
    state: DueState
    """``none`` where the law sets neither review nor expiry, else ``unknown``"""
    reason: str


class Age(msgspec.Struct, frozen=True, kw_only=True):
    """The newest day on which anything known speaks of a list."""

    list: ListId
    last_observed: dt.date | None
    stale: bool


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """What falls due, in the order in which a reviewer works: overdue first, the longest first, then by day."""

    as_of: AsOf
    until: dt.date | None
    dues: tuple[Due, ...]
    silent: tuple[Silent, ...]
    ages: tuple[Age, ...]


def due(view: View, lists: Sequence[ListId] | None, as_of: AsOf, until: dt.date | None = None) -> Calendar:
    """What is due, overdue, expiring and expired on *lists*, or on all.

    *until* leaves out what falls due after that day; what is overdue, has expired, or has no day stays.
    Raises `NotFound` for an unknown list, `BadInput` if *until* lies before the day asked for.
    """
    if until is not None and until < as_of.valid_at:
        raise BadInput(f"nothing can fall due until {until} as of {as_of.valid_at}: give a later day")
    asked = official_lists(view) if lists is None else lists
    wanted = [part for one in asked for part in parts_of(view, one)]
    clusters = Clusters(view, as_of)
    dues: list[Due] = []
    silent: list[Silent] = []
    ages: list[Age] = []
    for list_id in dict.fromkeys(wanted):
        held = held_of(view, list_id, as_of)
        found, why = _of_list(view, held, as_of, clusters)
        dues += found
        if why is not None:
            silent.append(why)
        if found:
            observed, stale = age(view, official_list(view, list_id), as_of, held.copies, held.statements)
            ages.append(Age(list=list_id, last_observed=observed, stale=stale))
    return Calendar(
        as_of=as_of, until=until, dues=tuple(sorted(_within(dues, until), key=_in_order)), silent=tuple(silent),
        ages=tuple(ages),
    )  # fmt: skip


def _within(dues: Iterable[Due], until: dt.date | None) -> list[Due]:
    stays = {DueState.OVERDUE, DueState.EXPIRED}
    return [one for one in dues if until is None or one.due is None or one.due <= until or one.state in stays]


def _in_order(one: Due) -> tuple[int, dt.date, str, str, str]:
    rank = 0 if one.state is DueState.OVERDUE else 2 if one.due is None else 1
    return rank, one.due or dt.date.max, one.list, one.reference or "~", one.name


def _of_list(view: View, held: Held, as_of: AsOf, clusters: Clusters) -> tuple[list[Due], Silent | None]:
    """What falls due on one list, and why nothing does by its law where that is so."""
    day = as_of.valid_at
    laws = laws_of(view, held.list, as_of)
    now = [law for law in laws if law.is_in_force(day)]
    timed = [law for law in now if law.is_timed and law.rule.verified]
    printed = ends_printed(view, held, as_of)
    found: list[Due] = []
    why = None if timed else _silence(view, held, laws, now)
    stated = any(one.term_ends or one.action is Action.EXPIRED for one in held.statements)
    if timed or stated or printed:
        whole = [law for law in timed if _is_of_the_whole(law)]
        single = [law for law in now if law not in whole]
        ends: dict[str, list[PrintedEnd]] = defaultdict(list)
        for end in printed:
            ends[end.subject].append(end)
        # Without a rule in force nothing falls due for those of whom neither an act nor a copy states an end, but
        # for what lapsed by a rule of before.
        rules, everyone = [law.rule for law in laws], bool(timed or stated)
        every = Listings(view, held, as_of, clusters, rules, ends.keys(), everyone=everyone)
        members = 0
        for one in every.alone():
            members += one.state is not None and one.state.status in NOT_ENDED
            own = [end for key in one.keys for end in ends.get(key, ())]
            found += of_listing(one, single, laws, own, held.list, day)
        for one, called in every.groups() if everyone else ():
            if one.state is not None and one.state.status in NOT_ENDED:
                members += len(called)
            dues = of_listing(one, single, laws, (), held.list, day)
            found += [
                msgspec.structs.replace(due, subject=other.subject, reference=other.reference, name=other.name)
                for due in dues
                for other in called
            ]
        if members:
            for law in whole:
                found += _of_the_whole(view, held, law, laws, members, day)
        elif timed:
            name = official_list(view, held.list).name
            reason = f"{in_words(timed[0])}, but nothing known has a member of this list on that day"
            why = Silent(list=held.list, name=name, law=timed[0], state=DueState.UNKNOWN, reason=reason)
    return found, why


_NOT_SEEN = re.compile(r"\bseen\b(?!.*treat as none)")
"""wording of a rule ``none`` that says only that no law was seen, not that there is none"""


def _silence(view: View, held: Held, laws: Sequence[DueRule], now: Sequence[DueRule]) -> Silent:
    """Why nothing falls due by the law of a list on the day."""
    law = next((one for one in now if one.is_timed), now[0] if now else None)
    state = DueState.UNKNOWN
    wording = f": {law.wording}" if law is not None and law.wording else ""
    if law is None and laws:
        reason = f"no rule is known for that day; known are: {told(laws)}"
    elif law is None:
        speaks = held.copies or held.statements
        reason = "no rule of this list is known" if speaks else "no rule of this list is known, nor anything of it held"
    elif law.is_timed:
        reason = (
            f"the rule of that day ({in_words(law)}{span_in_words(law.rule)}) is general knowledge, not seen in its"
            " source: it sets no day"
        )
    elif law.rule.kind is RuleKind.FOLLOWS:
        state = DueState.NONE
        reason = f"it follows another list, and what falls due there{wording}"
    elif not law.rule.verified or _NOT_SEEN.search(law.wording):
        reason = f"whether its law sets a review or an end is not known{wording}"
    else:
        state = DueState.NONE
        reason = f"its law sets no review and no end, as far as known{wording}"
    return Silent(list=held.list, name=official_list(view, held.list).name, law=law, state=state, reason=reason)


# -- reviews of a list as a whole -------------------------------------------------------------------------

_ANNIVERSARY = re.compile(r"\bwhole list reviewed every \d+ \w+ from (\d{1,2}) ([A-Z][a-z]+) (\d{4})")
_LAST_ACT = re.compile(r"due = last_act \+ ")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_REVIEWING = frozenset({Action.REVIEWED, Action.RENEWED, Action.RETAINED})


def _is_of_the_whole(law: DueRule) -> bool:
    """Whether the rule reviews the list at one time, not each entry at its own."""
    whole = "whole list" in law.wording or _LAST_ACT.search(law.wording) is not None
    return law.rule.kind is RuleKind.REVIEW and whole


def _of_the_whole(
    view: View, held: Held, law: DueRule, laws: Sequence[DueRule], members: int, day: dt.date
) -> list[Due]:
    """The review of the whole list: on each anniversary, or a period after the last act that reviewed or renewed it."""
    # An act that renews or reviews entries does it for all of them by such a rule.
    acts = [one for one in held.statements if one.verified and one.action in _REVIEWING]
    dated = [(latest, one) for one in acts if (latest := one.when.latest) is not None and latest <= day]
    last = max((latest for latest, _ in dated), default=None)
    grounds = tuple(ground(one) for latest, one in dated if latest == last)
    grounds = tuple({ground.date: ground for ground in reversed(grounds)}.values())

    def made(on: dt.date | None, state: DueState, reason: str) -> Due:
        return Due(
            list=held.list, subject=f"list:{held.list}", reference="",
            name=f"{official_list(view, held.list).name}: the whole list", due=on, law=law, state=state, status=None,
            rests_on=grounds, members=members, last_observed=last,
            reasons=tuple(text for text in (reason, changed(law, laws, on) if on else "") if text),
        )  # fmt: skip

    anniversary = _ANNIVERSARY.search(law.wording)
    if anniversary is not None:
        begun = dt.date(int(anniversary[3]), _MONTHS.index(anniversary[2]) + 1, int(anniversary[1]))
        passed, coming = begun, add_period(begun, law.rule.period)
        while coming < day:
            passed, coming = coming, add_period(coming, law.rule.period)
        found = [made(coming, DueState.DUE, "")]
        if passed > begun and (last is None or last < passed):
            found.insert(0, made(passed, DueState.OVERDUE, "no review of the list since that day is on record here"))
        return found
    if _LAST_ACT.search(law.wording) is None:
        return [made(None, DueState.UNKNOWN, f"from which day its period runs is not told: {law.wording}")]
    if last is None:
        return [made(None, DueState.UNKNOWN, "no act that reviews or renews the list is known by that day")]
    on = add_period(last, law.rule.period)
    if on < day:
        return [made(on, DueState.OVERDUE, "no act that reviews or renews the list since then is on record here")]
    return [made(on, DueState.DUE, "")]
