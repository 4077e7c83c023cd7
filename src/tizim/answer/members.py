"""The members of a list, as of a day, as known."""

import bisect
import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from tizim.answer.evidence import (
    Copies,
    age,
    copies_of,
    designations,
    evidence_of,
    of_copies,
    parts_of,
    rules_of,
)
from tizim.answer.subjects import WHOLE_LIST, Clusters, main_names, public_id
from tizim.domain.dates import AsOf, PartialDate, add_period
from tizim.domain.designations import Designation
from tizim.domain.listing import IN_FORCE, NOT_ENDED, ListingState, Status, state
from tizim.domain.lists import ListId, Rule, RuleKind
from tizim.register.schema import EARLIEST
from tizim.register.view import Headline, Line, View, covers


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A subject on a list on a day. ``since`` is an ISO date or interval, empty if unknown."""

    subject: str
    reference: str
    name: str
    status: Status
    since: str
    list: str
    kind: str
    listed_on: str
    last_observed: dt.date | None
    overdue: bool
    review_due: dt.date | None
    carrier: str
    keys: tuple[str, ...]
    by_judgement_of: tuple[str, ...]
    """authors of judgements that tie the subject's records together; empty where none was needed"""


class Members(msgspec.Struct, frozen=True, kw_only=True):
    """A list's members and the age of what they rest on."""

    list: ListId
    as_of: AsOf
    members: tuple[Member, ...]
    last_observed: dt.date | None
    stale: bool
    copy_before: dt.date | None
    copy_after: dt.date | None


def members(view: View, list_id: ListId, as_of: AsOf) -> Members:
    """Who is on *list_id*, by all copies and statements known."""
    lists = parts_of(list_id)
    clusters = Clusters(view, as_of)
    acts: dict[str, list[Designation]] = defaultdict(list)
    for statement in designations(view, as_of, lists=lists):
        if statement.subject != WHOLE_LIST:
            acts[clusters.id_of(statement.subject)].append(statement)
    rules = rules_of(view, lists, as_of)
    found: dict[tuple[str, str], Member] = {}
    copies = copies_of(view, list_id, as_of)
    for one in copies:
        for member in _by_copies(view, lists, one, as_of, clusters, acts, rules):
            found[member.subject, member.list] = member
    taken = {subject for subject, _ in found}
    for subject, statements in acts.items():
        if subject not in taken:
            for member in _by_acts(view, subject, statements, as_of, clusters, copies, rules):
                found[member.subject, member.list] = member
    ordered = sorted(found.values(), key=lambda m: (m.list, m.reference or "~", m.name, m.subject))
    kept = tuple(member for member in ordered if member.status in NOT_ENDED)
    observed, stale = age(list_id, as_of, copies, [s for group in acts.values() for s in group])
    before, after = copies[0].line.around(as_of.valid_at) if copies else (None, None)
    return Members(
        list=list_id, as_of=as_of, members=kept, last_observed=observed, stale=stale,
        copy_before=before.day if before else None, copy_after=after.day if after else None,
    )  # fmt: skip


def _by_copies(
    view: View,
    lists: Sequence[ListId],
    copies: Copies,
    as_of: AsOf,
    clusters: Clusters,
    acts: dict[str, list[Designation]],
    rules: Sequence[Rule],
) -> list[Member]:
    frame = _Frame(copies.line, as_of.valid_at)
    day = as_of.valid_at
    before, after = frame.before, frame.after
    begun = ("" if before is None else before.day.isoformat(), day.isoformat())
    rows = view.headlines(lists, [doc.moment for doc in (before, after) if doc is not None], begun)
    grouped: dict[tuple[str, int], list[Headline]] = {}
    for row in rows:
        if frame.knows(row):
            grouped.setdefault((row.list, row.entry_id), []).append(row)
    # Entries of which statements speak, or that came and went, want all their periods.
    subjects = {row.subject: clusters.id_of(row.subject) for own in grouped.values() for row in own}
    wanted = {
        entry_id for (_, entry_id), own in grouped.items() if own[0].periods > 1 or subjects[own[0].subject] in acts
    }
    periods = view.memberships(lists, wanted) if wanted else {}
    reviews = {rule.list: rule for rule in rules if rule.kind is RuleKind.REVIEW and rule.verified}
    due_of: dict[tuple[str, str], tuple[dt.date | None, bool]] = {}
    found = []
    for (list_id, entry_id), own in grouped.items():
        best = own[0] if len(own) == 1 else next((row for row in own if covers(row.first, row.last, before)), own[-1])
        subject = subjects[best.subject]
        spans = periods.get((list_id, entry_id))
        now: ListingState | _Now | None
        if subject in acts:
            evidence = of_copies(copies.line, spans or (), {row.listed_on for row in own}, day)
            evidence += evidence_of(view, [s for s in acts[subject] if s.list == list_id])
            now = state(evidence, day, [rule for rule in rules if rule.list == list_id])
        else:
            now = frame.state(own, spans)
        if now is None:
            continue
        due, overdue = now.review_due, now.overdue
        rule = reviews.get(ListId(list_id))
        if rule is not None and subject not in acts:
            dates = (best.listed_on, best.reviewed_on)
            if dates not in due_of:
                due_of[dates] = _review(best, rule, day)
            due, late = due_of[dates]
            overdue = late and now.status in NOT_ENDED
        keys, judgements = clusters.of(best.subject)
        found.append(
            Member(
                subject=subject, reference=best.reference, name=best.name, status=now.status, since=now.since,
                list=list_id, kind=best.kind, listed_on=best.listed_on, last_observed=now.last_observed,
                overdue=overdue, review_due=due, carrier=now.carrier, keys=keys,
                by_judgement_of=tuple(sorted({j.author for j in judgements})) if judgements else (),
            )
        )  # fmt: skip
    return found


class _Now(msgspec.Struct, frozen=True, gc=False):
    """As much of a `ListingState` as a member needs."""

    status: Status
    since: str
    last_observed: dt.date | None
    overdue: bool = False
    review_due: dt.date | None = None
    carrier: str = ""


class _Frame:
    """The copies around a day, and the states of entries of which only copies speak.

    It gives what ``domain.listing.state`` gives for the same evidence (a property test holds the two
    together) at a tenth of the cost, by comparing ISO days as text.
    """

    def __init__(self, line: Line, day: dt.date) -> None:
        self.before, self.after = line.around(day)
        self._line = line
        self._day = day.isoformat()
        self._first = "" if self.before is None else self.before.day.isoformat()
        self._moment = -1 if self.before is None else self.before.moment
        self._next = -1 if self.after is None else self.after.moment
        self._seen_on = None if self.before is None else self.before.day
        # What an entry of the copy before the day is, if the copy after shows it too, and if it does not.
        of_the_day = self._first == self._day
        self._ends = Status.LISTED if of_the_day else Status.NOT_OBSERVED if self.after is None else Status.UNKNOWN
        self._starts: dict[int, int] = {}
        self._missing: dict[int, tuple[str, str]] = {}
        self._states: dict[tuple[object, ...], _Now | None] = {}

    def knows(self, row: Headline) -> bool:
        """Whether any copy known shows the headline."""
        before, after = self.before, self.after
        if (before is not None and row.first <= before.moment <= row.last) or (
            after is not None and row.first <= after.moment <= row.last
        ):
            return True
        first, end = self._line.within(row.first, row.last)
        return first < end

    def state(self, own: Sequence[Headline], spans: Sequence[tuple[int, int]] | None) -> _Now | None:
        """The state of an entry with the headlines *own*; *spans* are its periods if it has several."""
        if len(own) == 1 and not spans:
            row = own[0]
            printed_on = row.listed_on
            full = len(printed_on) == 10
            if full and row.first <= self._moment <= row.last and printed_on <= self._first:
                comes = row.first <= self._next <= row.last
                return _Now(Status.LISTED if comes else self._ends, self._began(row, printed_on), self._seen_on)
        before, after = self.before, self.after
        seen = before is not None and any(row.first <= before.moment <= row.last for row in own)
        comes = after is not None and any(row.first <= after.moment <= row.last for row in own)
        printed = own[0].listed_on if len(own) == 1 else tuple(sorted({row.listed_on for row in own}))
        start = self._start(own, spans) if seen else -1
        # Entries listed on the same day and seen in the same copies have the same state: a list has few such groups.
        key = (seen, comes, printed, start)
        if key not in self._states:
            self._states[key] = self._state(seen, comes, (printed,) if isinstance(printed, str) else printed, start)
        return self._states[key]

    def _state(self, seen: bool, comes: bool, printed: Sequence[str], start: int) -> _Now | None:
        dates = [(_latest(text), text) for text in printed if text]
        begun, begun_text = max((pair for pair in dates if pair[0] <= self._day), default=("", ""))
        started = bool(begun) and begun > self._first
        last = self.after is None
        if seen and self.before is not None:
            observed = begun if started else self._first  # listed anew after the copy that shows it, or not
            on_the_day = observed == self._day
            status = Status.LISTED if on_the_day or comes else Status.NOT_OBSERVED if last else Status.UNKNOWN
            return _Now(status, self._since(dates, start), dt.date.fromisoformat(observed))
        if started:
            on_the_day = begun == self._day
            status = Status.LISTED if on_the_day else Status.NOT_OBSERVED if last or comes else Status.UNKNOWN
            return _Now(status, begun_text, dt.date.fromisoformat(begun))
        # It may have begun on the printed day, unless the copy that shows it is older than that.
        seen_by = self.after.day.isoformat() if comes and self.after else "9999"
        later = any((self._first or self._day) < _earliest(text) <= seen_by for _, text in dates)
        straddles = any(_earliest(text) <= self._day < latest for latest, text in dates)
        if straddles or (comes and not later):
            begins = f"{self._first}/{self.after.day}" if comes and self.before and self.after else ""
            return _Now(Status.UNKNOWN, begins, None if self.before is None else self.before.day)
        return None

    def _began(self, row: Headline, printed: str) -> str:
        """`_since` for an entry of one period with one full printed date, which is not after the copy before the day."""
        found = self._missing.get(row.period_first)
        if found is None:
            start = self._start((row,), None)
            docs = self._line.docs
            missing = docs[start - 1].day.isoformat() if start else ""
            found = self._missing[row.period_first] = (missing, f"{missing}/{docs[start].day}")
        return printed if printed > found[0] else found[1]

    def _start(self, own: Sequence[Headline], spans: Sequence[tuple[int, int]] | None) -> int:
        """The index of the copy with which the period that the copy before the day shows began, as known."""
        line = self._line
        if not spans:
            first = own[0].period_first
            if first not in self._starts:
                self._starts[first] = line.within(first, first + 1)[0] if first != EARLIEST else 0
            return self._starts[first]
        ranges = [line.within(first, last) for first, last in spans]
        index = bisect.bisect_left(line.moments, self.before.moment) if self.before else 0
        start = index
        for first, end in reversed(ranges):
            if first <= start < end or end == start:
                start = first  # periods with no known copy between them are one period, as known
        return start

    def _since(self, dates: Sequence[tuple[str, str]], start: int) -> str:
        """When the period began: as printed, or between the last copy without the entry and the first with
        it, if that copy contradicts the printed date."""
        docs = self._line.docs
        missing = docs[start - 1].day.isoformat() if start else ""
        printed, text = max((pair for pair in dates if pair[0] <= self._first), default=("", ""))
        if printed > missing:
            return text
        return f"{missing or '..'}/{docs[start].day}"


def _latest(text: str) -> str:
    return text if len(text) == 10 else PartialDate.parse(text).latest.isoformat()


def _earliest(text: str) -> str:
    return text if len(text) == 10 else PartialDate.parse(text).earliest.isoformat()


def _review(row: Headline, rule: Rule, day: dt.date) -> tuple[dt.date | None, bool]:
    """When the next review of an entry is due, and whether that day has passed."""
    limit = day.isoformat()
    base = max((late for text in (row.listed_on, row.reviewed_on) if text and (late := _latest(text)) <= limit), default="")
    if not base or not rule.period:
        return None, False
    due = add_period(dt.date.fromisoformat(base), rule.period)
    if rule.valid_from:
        due = max(due, PartialDate.parse(rule.valid_from).earliest)
    return due, due < day


def _by_acts(
    view: View,
    subject: str,
    statements: Sequence[Designation],
    as_of: AsOf,
    clusters: Clusters,
    copies: Sequence[Copies],
    rules: Sequence[Rule],
) -> list[Member]:
    keys, judgements = clusters.of(statements[0].subject)
    found = []
    for list_id in sorted({s.list for s in statements}):
        own = [s for s in statements if s.list == list_id]
        evidence = evidence_of(view, own)
        rows = view.headlines_of(keys, [list_id]) if copies else []
        for one in copies:
            spans = view.memberships([list_id], {row.entry_id for row in rows})
            for (_, entry_id), held in spans.items():
                printed = {row.listed_on for row in rows if row.entry_id == entry_id}
                evidence += of_copies(one.line, held, printed, as_of.valid_at)
        now = state(evidence, as_of.valid_at, [rule for rule in rules if rule.list == list_id])
        if now is None:
            continue
        reference = next((s.reference for s in own if s.reference), "")
        name = now.name or own[-1].name or main_names(view, {subject: keys})[subject]
        found.append(
            Member(
                subject=public_id(keys), reference=reference, name=name, status=now.status, since=now.since,
                list=list_id, kind="", listed_on="", last_observed=now.last_observed, overdue=now.overdue,
                review_due=now.review_due, carrier=now.carrier, keys=keys,
                by_judgement_of=tuple(sorted({j.author for j in judgements})),
            )
        )  # fmt: skip
    return found


def in_force(found: Members) -> list[Member]:
    """Members that a document on both sides of the day, or of the day itself, has on the list."""
    return [member for member in found.members if member.status in IN_FORCE]
