"""What the register has to say to an act that is claimed.

An official copy that shows the opposite contradicts; an official document or act, or a person, confirms; other
statements of the register make it known already. Silence proves nothing: what no document shows is
*unconfirmed*, never false.
"""

import datetime as dt
import enum
from collections.abc import Iterable, Sequence

import msgspec

from tizim.answer.evidence import copies_of
from tizim.answer.history import OnList, on_lists
from tizim.answer.official import official_lists
from tizim.answer.subjects import Clusters, Subject, subject
from tizim.claims.tellings import Confirmation, Group, Telling
from tizim.domain.claims import HAPPENED, ClaimAction, Standing
from tizim.domain.dates import AsOf
from tizim.domain.documents import OFFICIAL_RELEASE
from tizim.domain.listing import ENDED, IN_FORCE, Mark, Status
from tizim.domain.lists import ListId
from tizim.register.view import View

_ENDS = frozenset({ClaimAction.DELIST, ClaimAction.ANNUL})


class GroundKind(enum.StrEnum):
    """What it rests on."""

    PERSON = "person"
    """a person confirmed a claim"""
    SHOWS = "copy shows it"
    """a copy of the list shows an entry"""
    LACKS = "copy lacks it"
    """a copy of the list shows no entry"""
    PRINTS = "list prints the day"
    OFFICIAL = "official"
    """an official document or act that the register holds"""
    STATEMENT = "statement"
    """another statement that the register holds"""
    STATE = "state"
    """what the register holds of that day, by whatever sources"""
    OTHER_ACT = "other act"
    """the register holds another act of the same days: what is told as a delisting may be a suspension"""
    NONE = "nothing"


class Weight(enum.StrEnum):
    """What a ground does to a claim."""

    FOR = "for"
    AGAINST = "against"
    SAME = "same"
    """it tells the same, and proves no more"""
    NOTHING = "nothing"


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """One reason for what the register says to a claim."""

    kind: GroundKind
    weight: Weight
    day: str = ""
    list: str = ""
    telling: Telling | None = None
    """the claim that a person confirmed, or that a copy speaks to; or the statement that the register holds"""


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """A group with what the register says to it, the grounds of that, and the lists that it can be about."""

    group: Group
    confirmation: Confirmation
    grounds: tuple[Ground, ...]
    lists: tuple[ListId, ...]
    """the lists of whoever is named that the subject was tied to; all of theirs where nothing ties it to any"""

    @property
    def is_open(self) -> bool:
        """Whether nothing official and nobody has settled it: it is unconfirmed or contradicted, and not judged."""
        return self.confirmation in {Confirmation.UNCONFIRMED, Confirmation.CONTRADICTED} and any(
            one.standing is Standing.UNCONFIRMED for one in self.group.news
        )

    @property
    def list(self) -> ListId | None:
        """The list that it is about, where there is no doubt."""
        return self.lists[0] if len(self.lists) == 1 else None


class Held:
    """What the register holds of one subject on the lists of one state or body, on any day."""

    def __init__(self, view: View, whose: str, keys: Sequence[str], as_of: AsOf, clusters: Clusters) -> None:
        self.theirs = lists_of(view, whose)
        self._view, self._as_of = view, as_of
        self._subject: Subject | None = None
        if keys and self.theirs:
            self._subject = subject(view, tuple(keys), clusters.of(keys[0])[1], as_of)

    def on(self, day: dt.date) -> tuple[OnList, ...]:
        """The subject on each of the lists, with the copies around the day."""
        if self._subject is None:
            return ()
        return on_lists(self._view, self._subject, msgspec.structs.replace(self._as_of, valid_at=day), self.theirs)


def weigh(view: View, group: Group, held: Held, as_of: AsOf, others: Sequence[Telling] = ()) -> Weighed:
    """What the register says to a group; *others* are what the register holds of the subject beside."""
    now = held.on(as_of.valid_at)
    lists = tuple(one.list for one in now) or held.theirs
    named = {one.list for one in group.tellings if one.list is not None} & set(lists)
    if len(named) == 1:
        lists = tuple(named)
    copies = _of_status(view, group, held, as_of) if group.is_status else _copies(view, group, now, held.theirs, as_of)
    grounds = [*_persons(group), *copies, *_statements(group), *_other_acts(group, others)]
    if not grounds:
        grounds.append(Ground(kind=GroundKind.NONE, weight=Weight.NOTHING))
    return Weighed(group=group, confirmation=_confirmation(group, grounds), grounds=tuple(grounds), lists=lists)


def _confirmation(group: Group, grounds: Iterable[Ground]) -> Confirmation:
    weights = {one.weight for one in grounds}
    if group.news and not any(one.counts for one in group.news):
        return Confirmation.DISMISSED
    if Weight.AGAINST in weights:
        return Confirmation.CONTRADICTED
    if Weight.FOR in weights:
        return Confirmation.CONFIRMED
    return Confirmation.KNOWN if Weight.SAME in weights else Confirmation.UNCONFIRMED


def lists_of(view: View, whose: str) -> tuple[ListId, ...]:
    """The lists of a state or body, as claims name it; a list of users' own by its id."""
    found = official_lists(view)
    own = tuple(sorted(one.id for one in found.values() if one.jurisdiction.lower() == whose))
    return own or ((ListId(whose),) if whose in found else ())


# -- people and statements ---------------------------------------------------------------------------


def _persons(group: Group) -> list[Ground]:
    """The claims that people confirmed."""
    return [
        Ground(kind=GroundKind.PERSON, weight=Weight.FOR, day=one.judged.at.date().isoformat(), telling=one)
        for one in group.news
        if one.judged is not None and one.judged.standing is Standing.CONFIRMED
    ]


def _statements(group: Group) -> list[Ground]:
    """What the register holds of the same act beside the news, the strongest first."""
    as_so = not group.news or any(one.reported.modality in HAPPENED for one in group.news)
    own = [
        one for one in group.tellings
        if not one.is_news and one.verified and (one.reported.modality in HAPPENED) == as_so
    ]  # fmt: skip
    found = []
    for one in sorted(own, key=lambda one: (one.source_class.rank, one.id)):
        official = one.source_class.rank <= OFFICIAL_RELEASE
        found.append(
            Ground(
                kind=GroundKind.OFFICIAL if official else GroundKind.STATEMENT,
                weight=Weight.FOR if official else Weight.SAME, list=one.list or "", telling=one,
            )
        )  # fmt: skip
    return found


def _other_acts(group: Group, others: Sequence[Telling]) -> list[Ground]:
    """Acts of another kind that the register holds of the very days on which this one is told to have happened."""
    if group.action not in _LIKE or any(not one.is_news for one in group.tellings):
        return []
    days = {one.reported.date for one in group.news if one.counts and one.reported.modality in HAPPENED}
    return [
        Ground(
            kind=GroundKind.OTHER_ACT, weight=Weight.NOTHING, day=one.reported.date, list=one.list or "", telling=one
        )
        for one in others
        if one.verified and one.reported.date and one.reported.date in days
        and one.reported.list == group.whose and one.reported.action in _LIKE - {group.action}
    ]  # fmt: skip


_LIKE = frozenset({ClaimAction.DELIST, ClaimAction.SUSPEND, ClaimAction.ANNUL})
"""acts that are told for one another"""


# -- copies of lists ---------------------------------------------------------------------------------


class _Days(msgspec.Struct, frozen=True):
    """On which days copies of one list show the entry, and do not."""

    list: ListId
    seen: tuple[dt.date, ...]
    missing: tuple[dt.date, ...]
    printed: tuple[tuple[dt.date, dt.date, str], ...]


def _days(one: OnList, as_of: AsOf) -> _Days:
    shown = [e for e in one.evidence if not e.statement and e.latest is not None and e.latest <= as_of.valid_at]
    return _Days(
        list=one.list,
        seen=tuple(sorted(e.latest for e in shown if e.mark is Mark.SEEN and e.latest is not None)),
        missing=tuple(sorted(e.latest for e in shown if e.mark is Mark.MISSING and e.latest is not None)),
        printed=tuple((e.earliest or e.latest, e.latest, e.text) for e in shown if e.mark is Mark.PRINTED and e.latest),
    )


def _copies(view: View, group: Group, held: Sequence[OnList], theirs: Sequence[ListId], as_of: AsOf) -> list[Ground]:
    """What copies of the lists show of the subject, before and after what is claimed."""
    by = min(
        (
            one.when.latest for one in group.news
            if one.counts and one.reported.modality in HAPPENED and one.when.latest is not None
        ),
        default=None,
    )  # fmt: skip
    if by is None:
        return []
    found: list[Ground] = []
    for one in held:
        days = _days(one, as_of)
        if group.action in _ENDS:
            found += _of_end(one, days, by)
        elif group.action is ClaimAction.LIST:
            found += _of_beginning(group, days, by)
    if not held and group.action is ClaimAction.LIST and (copy := _first_copy(view, theirs, by, as_of)) is not None:
        found.append(_lacks(*copy, Weight.NOTHING))
    return found


def _of_end(one: OnList, days: _Days, by: dt.date) -> list[Ground]:
    """A delisting is shown by copies with the entry before and without it after, and denied by one with it after.

    A copy that comes late shows the entry for a while; that it is gone in the end is what counts.
    """
    gone = [day for day in days.missing if day >= by and any(seen < day for seen in days.seen)]
    if gone:
        return [_lacks(gone[0], one.list, Weight.FOR)]
    still = [day for day in days.seen if day > by]
    listed_again = any(period.since.partition("/")[0] > by.isoformat() for period in one.periods)
    return [_shows(still[-1], one.list, Weight.AGAINST)] if still and not listed_again else []


def _of_beginning(group: Group, days: _Days, by: dt.date) -> list[Ground]:
    """A listing is shown by the day that the list prints for it, or by the first copy after it with the entry."""
    told = [
        (one.when.earliest or one.when.latest, one.when.latest)
        for one in group.news
        if one.counts and one.reported.date and one.when.latest is not None
    ]
    for first, last, text in days.printed:
        if any(begin <= last and first <= end for begin, end in told):
            return [Ground(kind=GroundKind.PRINTS, weight=Weight.FOR, day=text, list=days.list)]
    after = [day for day in days.seen if day >= by]
    lacking = [day for day in days.missing if day >= by]
    if after and not any(day < after[0] for day in lacking):
        return [_shows(after[0], days.list, Weight.FOR)]
    return [_lacks(lacking[0], days.list, Weight.NOTHING)] if lacking else []


def _of_status(view: View, group: Group, held: Held, as_of: AsOf) -> list[Ground]:
    """Whether copies up to the days of the claims show an entry, or none."""
    found: list[Ground] = []
    for claim in group.news:
        if not claim.counts or claim.told is None:
            continue
        at = msgspec.structs.replace(as_of, valid_at=min(claim.told, as_of.valid_at))
        is_on, told = claim.reported.action is ClaimAction.LIST, at.valid_at.isoformat()
        own = held.on(at.valid_at)
        states = [(_days(one, at), one.list) for one in own]
        shown = [(days.seen[-1], where) for days, where in states if days.seen and _is_last(days.seen, days.missing)]
        gone = [(days.missing[-1], where) for days, where in states if days.seen and _is_last(days.missing, days.seen)]
        if shown:
            found.append(_shows(*max(shown), Weight.FOR if is_on else Weight.AGAINST, claim))
        elif gone:
            found.append(_lacks(*max(gone), Weight.AGAINST if is_on else Weight.FOR, claim))
        elif fitting := [one for one in own if one.state is not None and one.state.status in (_ON if is_on else ENDED)]:
            found.append(
                Ground(kind=GroundKind.STATE, weight=Weight.SAME, day=told, list=fitting[0].list, telling=claim)
            )
        elif (copy := _last_copy(view, held.theirs, at)) is not None:
            found.append(_lacks(*copy, Weight.NOTHING if is_on else Weight.FOR, claim))
    return found


_ON = IN_FORCE | {Status.NOT_OBSERVED}


def _is_last(days: Sequence[dt.date], others: Sequence[dt.date]) -> bool:
    return bool(days) and (not others or others[-1] < days[-1])


def _shows(day: dt.date, where: ListId, weight: Weight, claim: Telling | None = None) -> Ground:
    return Ground(kind=GroundKind.SHOWS, weight=weight, day=day.isoformat(), list=where, telling=claim)


def _lacks(day: dt.date, where: ListId, weight: Weight, claim: Telling | None = None) -> Ground:
    return Ground(kind=GroundKind.LACKS, weight=weight, day=day.isoformat(), list=where, telling=claim)


def _complete(view: View, lists: Sequence[ListId], as_of: AsOf) -> list[tuple[dt.date, ListId]]:
    """The days of complete copies of the lists, up to the day asked for."""
    return sorted(
        (doc.day, list_id)
        for list_id in lists
        for copies in copies_of(view, list_id, as_of)
        for doc in copies.line.docs
        if doc.complete and doc.day <= as_of.valid_at
    )


def _first_copy(view: View, lists: Sequence[ListId], by: dt.date, as_of: AsOf) -> tuple[dt.date, ListId] | None:
    return next((one for one in _complete(view, lists, as_of) if one[0] >= by), None)


def _last_copy(view: View, lists: Sequence[ListId], as_of: AsOf) -> tuple[dt.date, ListId] | None:
    return max(_complete(view, lists, as_of), default=None)
