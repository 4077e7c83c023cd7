"""The state of one subject on one list, computed from evidence for a valid date; never stored.

The rules, in words (docs/concepts.md tells them with examples):

* A day on which a document shows the entry, or an act concerns it, is *evidence*. Between two pieces
  of evidence that both have it on the list, it was listed.
* A listing date that a list prints proves a beginning, not unbroken membership: between it and the
  first sighting the state is *not observed*.
* After the last evidence it is *not observed since* that day.
* A complete copy without the entry proves that it was no member that day. An end between the last
  sighting and the first such copy, or a beginning between such a copy and the next sighting, has no
  day: in between the state is *unknown*.
* What an act ended or paused stays so until another statement; a missing row adds nothing to it.
* Evidence with a month or a year is no evidence for a day inside it.
"""

import datetime as dt
import enum
from collections.abc import Iterable, Sequence

import msgspec

from tizim.domain.acts import Action
from tizim.domain.dates import (
    End,
    EndedOn,
    NotObservedSince,
    OpenEnd,
    PartialDate,
    UnknownEnd,
    When,
    add_period,
)
from tizim.domain.lists import Rule, RuleKind


class Status(enum.StrEnum):
    """The state of a listing on a day, as known on a day."""

    PROPOSED = "proposed"
    LISTED = "listed"
    AMENDED = "amended"
    RENEWED = "renewed"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    DELISTED = "delisted"
    ANNULLED = "annulled"
    SUPERSEDED = "superseded"
    ABSENT = "absent"
    NOT_OBSERVED = "not_observed"
    UNKNOWN = "unknown"


IN_FORCE = frozenset({Status.LISTED, Status.AMENDED, Status.RENEWED})
NOT_ENDED = IN_FORCE | {Status.NOT_OBSERVED, Status.SUSPENDED, Status.ANNULLED, Status.UNKNOWN}
"""states that no statement ends: annulment is not removal, and unknown is not ended"""
ENDED = frozenset({Status.DELISTED, Status.EXPIRED, Status.SUPERSEDED, Status.ABSENT})


class Mark(enum.IntEnum):
    """Kinds of evidence, in the order in which they act within one day.

    An annulment comes before a sighting of the same day (the listing lives on); an act that ends or
    pauses comes last, because the copy of that day was made before it took effect.
    """

    ANNULLED = 0
    PROPOSED = 1
    BEGUN = 2
    PRINTED = 3
    SEEN = 4
    MISSING = 5
    PAUSED = 6
    ENDED = 7


_ON_LIST = (Mark.BEGUN, Mark.PRINTED, Mark.SEEN)


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of evidence: between ``earliest`` and ``latest`` something happened or was seen."""

    earliest: dt.date | None
    latest: dt.date | None
    mark: Mark
    text: str
    action: Action | None = None
    expires: dt.date | None = None
    statement: str = ""
    carrier: str = ""
    name: str = ""
    rank: int = 2

    @classmethod
    def of_copy(cls, day: dt.date, *, seen: bool) -> "Evidence":
        """A complete copy of *day* that shows the entry, or does not."""
        return cls(earliest=day, latest=day, mark=Mark.SEEN if seen else Mark.MISSING, text=day.isoformat())

    @classmethod
    def of_printed_date(cls, date: PartialDate) -> "Evidence":
        """A listing date that the list prints of its own past."""
        return cls(
            earliest=date.earliest,
            latest=date.latest,
            mark=Mark.PRINTED,
            text=str(date),
            action=Action.LISTED,
        )


class ListingState(msgspec.Struct, frozen=True, kw_only=True):
    """The state on a day: its word, since when, on what it rests and what flags it carries."""

    status: Status
    since: str
    """ISO date or interval in which the listing period (or the ended state) began; empty: unknown"""
    last_observed: dt.date | None
    """newest day, up to the day asked for, on which evidence speaks of the entry"""
    ended: str
    """ISO date or interval of the end, where there is one"""
    overdue: bool
    review_due: dt.date | None
    expires: dt.date | None
    carrier: str
    name: str
    rests_on: tuple[str, ...]
    """ids of the statements nearest to the day, before and after it"""

    @property
    def end(self) -> End:
        """The end of the listing: open, unknown, not observed since, or ended by a statement."""
        if self.status in {Status.DELISTED, Status.EXPIRED, Status.SUPERSEDED}:
            return EndedOn(when=_when(self.ended))
        if self.status is Status.ABSENT or (self.status is Status.UNKNOWN and self.ended):
            return UnknownEnd(between=_when(self.ended))
        if self.status is Status.NOT_OBSERVED and self.last_observed is not None:
            return NotObservedSince(day=self.last_observed)
        return OpenEnd()


def _when(text: str) -> When:
    if not text:
        return When.unknown()
    first, _, last = text.partition("/")
    if not last:
        return When.on(PartialDate.parse(first))
    latest = PartialDate.parse(last).latest
    return When.by(latest) if first == ".." else When.between(PartialDate.parse(first).earliest, latest)


class _Past:
    """What the evidence up to the day amounts to, built in one pass in the order of time."""

    def __init__(self) -> None:
        self.word: Status | None = None
        self.since = ""
        self.begun = ""
        self.ended = ""
        self.last: Evidence | None = None
        self.last_on: Evidence | None = None
        self.last_missing: dt.date | None = None
        self.review_base: dt.date | None = None
        self.term_base: dt.date | None = None
        self.term: dt.date | None = None
        self.observed: dt.date | None = None

    def take(self, evidence: Evidence) -> None:
        day = evidence.latest
        mark = evidence.mark
        if mark is not Mark.PROPOSED:
            self.observed = day
        if mark in _ON_LIST:
            self._take_on(evidence, day)
        elif mark is Mark.MISSING:
            self._take_missing(day)
        elif mark is Mark.PROPOSED:
            if self.word in {None, Status.ABSENT}:
                self.word, self.since, self.last = Status.PROPOSED, evidence.text, evidence
            return
        elif mark is Mark.ENDED and self.word in _ENDED_BY_ACT:
            return  # told again: the first word of it bounds the end best
        else:
            self.word = {
                Mark.PAUSED: Status.SUSPENDED,
                Mark.ANNULLED: Status.ANNULLED,
                Mark.ENDED: _END_WORD.get(evidence.action, Status.DELISTED),
            }[mark]
            if mark is Mark.ENDED:
                self.ended = self._bounded(evidence)
            self.since = evidence.text
        if mark is not Mark.MISSING or self.word is Status.ABSENT:
            self.last = evidence

    def _take_on(self, evidence: Evidence, day: dt.date | None) -> None:
        if self.word in _INTERRUPTED and self.begun:
            self.since = self.begun  # neither ended the listing: it goes on
        elif self.word not in _HELD:
            self.since = self._beginning(evidence)
            self.begun = self.since
            self.ended = ""
        self.word = Status.LISTED if evidence.action is None else _ON_WORD.get(evidence.action, Status.LISTED)
        self.last_on = evidence
        if self.term is not None and day is not None and day >= self.term:
            self.term = None
        if evidence.expires is not None:
            self.term = evidence.expires
        if evidence.mark is not Mark.SEEN or evidence.action in _DECIDED:
            self.term_base = self.review_base = day
        if evidence.action is Action.REVIEWED:
            self.review_base = day

    def _beginning(self, evidence: Evidence) -> str:
        """When a period that *evidence* is the first to show began."""
        if evidence.mark is not Mark.SEEN:
            return evidence.text
        without = self.last_missing if self.word is Status.ABSENT else None
        if self.word in _ENDED_BY_ACT and self.last is not None:
            without = self.last.latest
        return f"{without or '..'}/{evidence.text}"

    def _take_missing(self, day: dt.date | None) -> None:
        if self.word in _HELD:
            seen = self.last.latest if self.last else None
            self.word = Status.ABSENT
            self.ended = f"{seen}/{day}"
            self.since = self.ended
        elif self.word is None or self.word is Status.PROPOSED:
            self.word = Status.ABSENT
        self.last_missing = day

    def _bounded(self, evidence: Evidence) -> str:
        """The end as stated, bounded below by the last day it was on the list where the source gives no bound."""
        last_on = self.last_on.latest if self.last_on else None
        if evidence.earliest is None and evidence.latest is not None and last_on is not None:
            return f"{last_on}/{evidence.latest}"
        return evidence.text


# Tuples: to look a word up in a set is slower, and this is asked for every listing of a list.
_HELD = (Status.LISTED, Status.AMENDED, Status.RENEWED)
_INTERRUPTED = (Status.ANNULLED, Status.SUSPENDED)
_ON_WORD: dict[Action | None, Status] = {Action.AMENDED: Status.AMENDED, Action.RENEWED: Status.RENEWED}
_END_WORD: dict[Action | None, Status] = {
    Action.EXPIRED: Status.EXPIRED,
    Action.DELISTED: Status.DELISTED,
    Action.SUPERSEDED: Status.SUPERSEDED,
}
_ENDED_BY_ACT = tuple(_END_WORD.values())
_NO_END = (Mark.PAUSED, Mark.ANNULLED)
_NO_RENEWAL = (Mark.BEGUN, Mark.PRINTED, Mark.PROPOSED, Mark.MISSING)
_BEGINNING = (Mark.BEGUN, Mark.SEEN)
_DECIDED = (Action.REVIEWED, Action.RENEWED, Action.RETAINED, Action.RESUMED)


def state(evidence: Iterable[Evidence], valid_at: dt.date, rules: Sequence[Rule] = ()) -> ListingState | None:
    """The state that *evidence* gives for the end of the day *valid_at*, or ``None`` before it began.

    *rules* are those of the list; only rules in force on the day count. The order in which evidence
    is given does not matter.
    """
    known = sorted(evidence, key=_in_time)
    past = _Past()
    ahead: list[Evidence] = []
    undated: list[Evidence] = []
    for item in known:
        if item.latest is None:
            undated.append(item)
        elif item.latest <= valid_at:
            past.take(item)
        else:
            ahead.append(item)
    word = past.word
    if word is None:
        word = _before_any(ahead, undated, _nearest(ahead), valid_at)
        if word is None:
            return None
    elif word in _HELD:
        return _held(past, ahead, valid_at, rules)
    elif word is Status.ABSENT and past.last_missing != valid_at:  # a copy of that day without it leaves no doubt
        nearest = _nearest(ahead)
        if nearest is not None and nearest.mark is Mark.SEEN:
            word = Status.UNKNOWN  # it came onto the list between the last copy without it and the next sighting
            past.since, past.ended = f"{past.last_missing}/{nearest.text}", ""
    return _made(past, word, valid_at, ahead, rules)


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """One listing period: its beginning and end as ISO dates or intervals, and how it ended."""

    since: str
    ended: str
    """empty while nothing ends it"""
    end_status: Status
    """the state that followed, or the state on the day asked for"""


def periods(evidence: Iterable[Evidence], valid_at: dt.date, rules: Sequence[Rule] = ()) -> list[Period]:
    """The listing periods up to *valid_at*, earliest first."""
    known = list(evidence)
    days = sorted({e.latest for e in known if e.latest is not None and e.latest <= valid_at} | {valid_at})
    found: list[Period] = []
    begun: str | None = None
    for day in days:
        now = state(known, day, rules)
        if now is None:
            continue
        if now.status in ENDED:
            if begun is not None:
                found.append(Period(since=begun, ended=now.ended, end_status=now.status))
                begun = None
        elif (
            now.status is not Status.PROPOSED
            and begun is None
            and (now.status is not Status.UNKNOWN or day == valid_at)
        ):
            begun = now.since
    last = state(known, valid_at, rules)
    if begun is not None and last is not None:
        found.append(Period(since=begun, ended="", end_status=last.status))
    return found


def _in_time(evidence: Evidence) -> tuple[dt.date, int, int, str]:
    # Weaker sources first, so that among equals of one day the strongest has the last word.
    return (evidence.latest or dt.date.min, evidence.mark, -evidence.rank, evidence.statement)


def _nearest(ahead: Sequence[Evidence]) -> Evidence | None:
    """What may come first of what lies ahead."""
    return min(ahead, key=lambda e: (e.earliest or e.latest or dt.date.max, e.mark), default=None)


def _before_any(
    ahead: Sequence[Evidence], undated: Sequence[Evidence], nearest: Evidence | None, valid_at: dt.date
) -> Status | None:
    """Nothing dated lies before the day: has it begun?"""
    if any(e.mark in {Mark.BEGUN, Mark.PRINTED} and (e.earliest is None or e.earliest <= valid_at) for e in ahead):
        return Status.UNKNOWN  # begun in this very month or year, or by a day that is still to come
    if nearest is not None and nearest.mark in {Mark.BEGUN, Mark.PRINTED, Mark.PROPOSED, Mark.MISSING}:
        return None
    if nearest is not None or any(e.mark is not Mark.PROPOSED for e in undated):
        return Status.UNKNOWN  # on the list, or taken off it, later: it began on a day no source gives
    return None


def _held(past: _Past, ahead: Sequence[Evidence], valid_at: dt.date, rules: Sequence[Rule]) -> ListingState:
    """On the list by the last evidence up to the day: does it reach the day? *ahead* is in the order of time."""
    last = past.last_on
    word = past.word or Status.LISTED
    expires = past.term or _by_rule(rules, RuleKind.EXPIRY, past.term_base)
    lived_on = past.observed is not None and expires is not None and past.observed >= expires
    # A renewal, a sighting or a delisting after the term shows that it did not lapse: some renewal is not held here.
    if expires is not None and expires <= valid_at and not (lived_on or any(e.mark not in _NO_RENEWAL for e in ahead)):
        past.ended = expires.isoformat()
        past.since = past.ended
        return _made(past, Status.EXPIRED, valid_at, ahead, rules, expires=expires)
    # A beginning printed for a later day says nothing of the days before it; a sighting does.
    on_again = next((e.latest for e in ahead if e.mark in _BEGINNING), None)
    contrary = next((e for e in ahead if e.mark not in _ON_LIST and e.mark is not Mark.PROPOSED), None)
    ends_first = (
        contrary is not None and contrary.latest is not None and (on_again is None or contrary.latest <= on_again)
    )
    if last is not None and last.latest == valid_at:
        pass  # the evidence is of this very day
    elif contrary is not None and ends_first:
        has_day = contrary.mark is not Mark.MISSING and contrary.earliest is not None
        if not has_day or (contrary.earliest is not None and contrary.earliest <= valid_at):
            word = Status.UNKNOWN
            if contrary.mark not in _NO_END:
                begins = contrary.earliest if has_day else last.latest if last else ".."
                past.ended = f"{begins}/{contrary.latest}"
    elif on_again is None or (last is not None and last.mark is Mark.PRINTED):
        word = Status.NOT_OBSERVED
    return _made(past, word, valid_at, ahead, rules, expires=expires)


def _made(
    past: _Past,
    word: Status,
    valid_at: dt.date,
    ahead: Sequence[Evidence],
    rules: Sequence[Rule],
    expires: dt.date | None = None,
) -> ListingState:
    due, late = review(past.review_base, rules, valid_at)
    after = ahead[0] if ahead else None
    near = tuple(e.statement for e in (past.last, after) if e is not None and e.statement)
    on = past.last_on
    return ListingState(
        status=word,
        since=past.since,
        last_observed=past.observed,
        ended=past.ended if word in ENDED or word is Status.UNKNOWN else "",
        overdue=late and word in NOT_ENDED,
        review_due=due,
        expires=expires,
        carrier=on.carrier if on else "",
        name=on.name if on else "",
        rests_on=near,
    )


def review(base: dt.date | None, rules: Sequence[Rule], valid_at: dt.date) -> tuple[dt.date | None, bool]:
    """When the review that follows a listing or review on *base* is due, and whether that day has passed."""
    due = _by_rule(rules, RuleKind.REVIEW, base)
    late = due is not None and due < valid_at and _in_force(rules, RuleKind.REVIEW, valid_at) is not None
    return due, late


def _in_force(rules: Sequence[Rule], kind: RuleKind, day: dt.date) -> Rule | None:
    for rule in rules:
        if rule.kind is not kind:
            continue
        starts = not rule.valid_from or PartialDate.parse(rule.valid_from).earliest <= day
        if starts and (not rule.valid_to or day < PartialDate.parse(rule.valid_to).earliest):
            return rule
    return None


def _by_rule(rules: Sequence[Rule], kind: RuleKind, base: dt.date | None) -> dt.date | None:
    """*base* plus the period of the rule of *kind*, if the rule is in force when the period ends.

    A rule that is only general knowledge (not seen in its source) moves no state and sets no date.
    """
    if base is None:
        return None
    for rule in rules:
        if rule.kind is kind and rule.period and rule.verified:
            due = add_period(base, rule.period)
            if rule.valid_from and kind is RuleKind.REVIEW:
                due = max(due, PartialDate.parse(rule.valid_from).earliest)
            if _in_force((rule,), kind, due):
                return due
    return None
