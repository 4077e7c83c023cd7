"""The members of a list, as of a day, as known."""

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
    of_lines,
    review_of,
    rules_of,
)
from tizim.answer.official import official_list, parts_of
from tizim.answer.subjects import WHOLE_LIST, Clusters, main_names, public_id
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.listing import IN_FORCE, NOT_ENDED, ListingState, Status, state
from tizim.domain.lists import ListId, Rule, RuleKind
from tizim.register.schema import EARLIEST
from tizim.register.view import Doc, Headline, Line, View, covers


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
    expired: tuple[Member, ...]
    """those whose listing lapsed by rule or by its stated term, and of whom nothing newer tells"""
    last_observed: dt.date | None
    stale: bool
    copy_before: dt.date | None
    copy_after: dt.date | None


def members(view: View, list_id: ListId, as_of: AsOf) -> Members:
    """Who is on *list_id*, by all copies and statements known."""
    official = official_list(view, list_id)
    lists = parts_of(view, list_id)
    clusters = Clusters(view, as_of)
    acts: dict[str, list[Designation]] = defaultdict(list)
    for statement in designations(view, as_of, lists=lists):
        if statement.subject != WHOLE_LIST:
            acts[clusters.id_of(statement.subject)].append(statement)
    rules = rules_of(view, lists, as_of)
    copies = copies_of(view, list_id, as_of)
    found: list[Member] = []
    for own, shown in _grouped(lists, copies).items():
        if len(own) == 1 and all(doc.complete for doc in own[0].line.docs):
            found += _by_copies(view, shown, own[0], as_of, clusters, acts, rules)
        elif own:
            for part in shown:
                found += _by_several(view, part, own, as_of, clusters, acts, rules)
    taken = {(member.subject, member.list) for member in found}
    for subject, statements in acts.items():
        elsewhere = [s for s in statements if (subject, s.list) not in taken]
        found += _by_acts(view, subject, elsewhere, as_of, clusters, copies, rules)
    kept = [member for member in found if member.status in NOT_ENDED]
    if len(lists) > 1 and list_id in lists:  # documents show it whole: a part tells nothing new of those it shows
        whole = {member.subject for member in kept if member.list == list_id}
        kept = [member for member in kept if member.list == list_id or member.subject not in whole]
    nameless = {member.subject: member.keys for member in found if not member.name}
    if nameless:  # a list may print nothing but aliases of an entry
        names = main_names(view, nameless, as_of)
        kept = [one if one.name else msgspec.structs.replace(one, name=names[one.subject]) for one in kept]
        found = [one if one.name else msgspec.structs.replace(one, name=names[one.subject]) for one in found]
    kept.sort(key=_in_order)
    expired = sorted((member for member in found if member.status is Status.EXPIRED), key=_in_order)
    observed, stale = age(official, as_of, copies, [s for group in acts.values() for s in group])
    around = [one.line.around(as_of.valid_at) for one in copies]
    return Members(
        list=list_id, as_of=as_of, members=tuple(kept), expired=tuple(expired), last_observed=observed, stale=stale,
        copy_before=max((before.day for before, _ in around if before), default=None),
        copy_after=min((after.day for _, after in around if after), default=None),
    )  # fmt: skip


def _in_order(member: Member) -> tuple[str, str, str, str]:
    return (member.list, member.reference or "~", member.name, member.subject)


def _grouped(lists: Sequence[ListId], copies: Sequence[Copies]) -> dict[tuple[Copies, ...], list[ListId]]:
    """The lists by the lines of documents that show them."""
    found: dict[tuple[str, ...], tuple[tuple[Copies, ...], list[ListId]]] = {}
    for list_id in lists:
        own = tuple(one for one in copies if list_id in one.lists)
        found.setdefault(tuple(one.source for one in own), (own, []))[1].append(list_id)
    return dict(found.values())


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
    moments = [doc.moment for doc in (before, after) if doc is not None]
    rows = view.headlines(copies.source, lists, moments, frame.begun)
    grouped: dict[tuple[str, int], list[Headline]] = {}
    for row in rows:
        if frame.bears(row):
            grouped.setdefault((row.list, row.entry_id), []).append(row)
    # Of an entry whose printed date was changed once, every date counts that a known copy prints.
    changed = view.redated(lists) & grouped.keys()
    if changed:
        every = view.headlines_of({grouped[one][0].subject for one in changed}, lists)
        for one in changed:
            grouped[one] = [row for row in every if (row.list, row.entry_id) == one and frame.knows(row)]
    # Entries of which statements speak, that came and went, or that may lapse by rule want all their periods.
    subjects = {row.subject: clusters.id_of(row.subject) for own in grouped.values() for row in own}
    lapses = {rule.list for rule in rules if rule.kind is RuleKind.EXPIRY}
    wanted = {
        entry_id
        for (list_id, entry_id), own in grouped.items()
        if own[0].periods > 1 or list_id in lapses or subjects[own[0].subject] in acts
    }
    periods = view.memberships(lists, wanted) if wanted else {}
    of_list = {list_id: [rule for rule in rules if rule.list == list_id] for list_id in lists}
    due_of: dict[tuple[str, ...], tuple[dt.date | None, bool]] = {}
    found = []
    for (list_id, entry_id), own in grouped.items():
        best = own[0] if len(own) == 1 else _best(own, before, after)
        subject = subjects[best.subject]
        spans = periods.get((list_id, entry_id))
        own_rules = of_list[ListId(list_id)]
        now: ListingState | _Now | None
        if subject in acts or list_id in lapses:
            evidence = of_copies(copies.line, spans or (), {row.listed_on for row in own}, day)
            evidence += evidence_of(view, [s for s in acts.get(subject, ()) if s.list == list_id])
            now = state(evidence, day, own_rules)
        else:
            now = frame.state(own, spans)
        if now is None:
            continue
        due, overdue = now.review_due, now.overdue
        if own_rules:
            dates = tuple(text for row in own for text in (row.listed_on, row.reviewed_on))
            if dates not in due_of:
                due_of[dates] = review_of(own, own_rules, day)
            printed, late = due_of[dates]
            if printed is not None and (due is None or due < printed):
                due, overdue = printed, late and now.status in NOT_ENDED
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


def _by_several(
    view: View,
    list_id: ListId,
    copies: Sequence[Copies],
    as_of: AsOf,
    clusters: Clusters,
    acts: dict[str, list[Designation]],
    rules: Sequence[Rule],
) -> list[Member]:
    """Members of a list that several lines of documents show: each subject by the evidence of all of them."""
    day = as_of.valid_at
    by_source = {one.source: one for one in copies}
    by_subject: dict[str, list[Headline]] = defaultdict(list)
    for row in view.headlines_on(list_id):
        if row.source in by_source and by_source[row.source].shows(row):
            by_subject[clusters.id_of(row.subject)].append(row)
    spans = view.memberships([list_id], {row.entry_id for rows in by_subject.values() for row in rows})
    own_rules = [rule for rule in rules if rule.list == list_id]
    states: dict[object, ListingState | None] = {}
    found = []
    for subject, rows in by_subject.items():
        keys, judgements = clusters.of(rows[0].subject)
        statements = [s for s in acts.get(subject, ()) if s.list == list_id]
        shown = of_lines(view, copies, rows, spans, keys)
        # Subjects of which the copies say the same have the same state: a list has few such groups.
        if statements or shown not in states:
            evidence = evidence_of(view, statements)
            for one, printed, ranges, elsewhere in shown:
                evidence += of_copies(by_source[one].line, ranges, printed, day, elsewhere=elsewhere)
            now = state(evidence, day, own_rules)
            if not statements:
                states[shown] = now
        else:
            now = states[shown]
        if now is None:
            continue
        best = max(rows, key=lambda row: (_shown_on(by_source[row.source].line, row, day), row.first))
        due, overdue = now.review_due, now.overdue
        printed_due, late = review_of([best], own_rules, day)
        if printed_due is not None and (due is None or due < printed_due):
            due, overdue = printed_due, late and now.status in NOT_ENDED
        found.append(
            Member(
                subject=subject, reference=best.reference, name=best.name, status=now.status, since=now.since,
                list=list_id, kind=best.kind, listed_on=best.listed_on, last_observed=now.last_observed,
                overdue=overdue, review_due=due, carrier=now.carrier, keys=keys,
                by_judgement_of=tuple(sorted({j.author for j in judgements})),
            )
        )  # fmt: skip
    return found


def _shown_on(line: Line, row: Headline, day: dt.date) -> dt.date:
    """The day of the last copy up to *day* that shows the headline; before all days if there is none."""
    first, end = line.within(row.first, row.last)
    return next((doc.day for doc in reversed(line.docs[first:end]) if doc.day <= day), dt.date.min)


def _best(own: Sequence[Headline], before: Doc | None, after: Doc | None) -> Headline:
    """The headline to call an entry by: that of the copy before the day, else of the one after it, else the newest."""
    for doc in (before, after):
        for row in own:
            if covers(row.first, row.last, doc):
                return row
    return max(own, key=lambda row: row.first)


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

    The common case is computed here, by comparing ISO days as text; all others by ``domain.listing``,
    once for all entries of which the copies say the same. A property test holds the two together.
    """

    def __init__(self, line: Line, day: dt.date) -> None:
        self.before, first_after = line.around(day)
        # Of several copies of one day the last speaks for the end of that day.
        self.after = None if first_after is None else line.around(first_after.day)[0]
        self._line = line
        self._valid_at = day
        self._day = day.isoformat()
        self._first = "" if self.before is None else self.before.day.isoformat()
        self._second = "" if self.after is None else self.after.day.isoformat()
        self._moment = -1 if self.before is None else self.before.moment
        self._next = -1 if self.after is None else self.after.moment
        self._seen_on = None if self.before is None else self.before.day
        # What an entry of the copy before the day is if the copy after does not show it.
        of_the_day = self._first == self._day
        self._ends = Status.LISTED if of_the_day else Status.NOT_OBSERVED if self.after is None else Status.UNKNOWN
        self._began: dict[int, tuple[str, str, str]] = {}
        self._states: dict[tuple[object, ...], ListingState | None] = {}

    @property
    def begun(self) -> tuple[str, str]:
        """Bounds, as text, of the printed dates that may begin a listing between the copy before and the day.

        The first is the eve of that copy's year, so that a date of which only the year or month is
        printed is among them.
        """
        eve = f"{int(self._first[:4]) - 1:04d}-~" if self._first else ""
        return eve, self._day

    def bears(self, row: Headline) -> bool:
        """Whether a headline says anything of the day: a copy around it shows it, or one that is known prints
        a date that may begin it.
        """
        if row.first <= self._moment <= row.last or row.first <= self._next <= row.last:
            return True
        return (len(row.listed_on) < 10 or row.listed_on > self._first) and self.knows(row)

    def knows(self, row: Headline) -> bool:
        """Whether any copy known shows the headline."""
        first, end = self._line.within(row.first, row.last)
        return first < end

    def state(self, own: Sequence[Headline], spans: Sequence[tuple[int, int]] | None) -> "_Now | ListingState | None":
        """The state of an entry with the headlines *own*; *spans* are its periods if it has several.

        *own* must show every listing date that a known copy prints of the entry.
        """
        row = own[0]
        if len(own) == 1 and not spans and row.first <= self._moment <= row.last:
            printed = row.listed_on
            if len(printed) == 10 and printed <= self._first:
                status = Status.LISTED if row.first <= self._next <= row.last else self._ends
                return _Now(status, self._since(row.period_first, printed), self._seen_on)
        if len(own) == 1 and not spans and self.before is None and row.first <= self._next <= row.last:
            # Before the first copy, a full date printed there says all: it is no later than that copy.
            printed = row.listed_on
            if len(printed) == 10 and printed <= self._second:
                if printed > self._day:
                    return None
                status = Status.LISTED if printed == self._day else Status.NOT_OBSERVED
                return _Now(status, printed, dt.date.fromisoformat(printed))
        periods = spans or ((row.period_first, max(one.last for one in own)),)
        ranges = tuple(self._line.within(first, last) for first, last in periods)
        dates = frozenset(one.listed_on for one in own)
        # Entries listed on the same day and seen in the same copies have the same state: a list has few such groups.
        key = (dates, ranges)
        if key not in self._states:
            evidence = of_copies(self._line, periods, dates, self._valid_at)
            self._states[key] = state(evidence, self._valid_at)
        return self._states[key]

    def _since(self, first: int, printed: str) -> str:
        """When the period that the copy before the day shows began: as printed, or, where a copy contradicts
        that, between the last copy without the entry and the first with it.
        """
        found = self._began.get(first)
        if found is None:
            docs = self._line.docs
            start = 0 if first == EARLIEST else self._line.within(first, first)[0]
            seen = docs[start].day.isoformat()
            without = next((doc for doc in reversed(docs[:start]) if doc.day < docs[start].day), None)
            missing = "" if without is None else without.day.isoformat()
            found = self._began[first] = (missing, seen, f"{missing or '..'}/{seen}")
        return printed if found[0] < printed <= found[1] else found[2]


def _by_acts(
    view: View,
    subject: str,
    statements: Sequence[Designation],
    as_of: AsOf,
    clusters: Clusters,
    copies: Sequence[Copies],
    rules: Sequence[Rule],
) -> list[Member]:
    found: list[Member] = []
    if not statements:
        return found
    keys, judgements = clusters.of(statements[0].subject)
    for list_id in sorted({s.list for s in statements}):
        own = [s for s in statements if s.list == list_id]
        evidence = evidence_of(view, own)
        rows = view.headlines_of(keys, [list_id]) if copies else []
        for one in copies:
            spans = view.memberships([list_id], {row.entry_id for row in rows})
            for (_, entry_id), held in spans.items():
                known = [row for row in rows if row.entry_id == entry_id and one.shows(row)]
                evidence += of_copies(one.line, held, {row.listed_on for row in known}, as_of.valid_at)
        now = state(evidence, as_of.valid_at, [rule for rule in rules if rule.list == list_id])
        if now is None:
            continue
        reference = next((s.reference for s in own if s.reference), "")
        name = now.name or own[-1].name or main_names(view, {subject: keys}, as_of)[subject]
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
