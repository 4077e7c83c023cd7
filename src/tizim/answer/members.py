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
from tizim.domain.listing import IN_FORCE, NOT_ENDED, Status, state
from tizim.domain.lists import ListId, Rule, RuleKind
from tizim.register.schema import EARLIEST
from tizim.register.view import Doc, Headline, View, covers


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
    ordered = sorted(found.values(), key=lambda m: (m.list, m.reference or "~", m.name.casefold(), m.subject))
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
    day = as_of.valid_at
    before, after = copies.line.around(day)
    begun = ("" if before is None else before.day.isoformat(), day.isoformat())
    rows = view.headlines(lists, [doc.moment for doc in (before, after) if doc is not None], begun)
    grouped: dict[tuple[str, int], list[Headline]] = {}
    for row in rows:
        grouped.setdefault((row.list, row.entry_id), []).append(row)
    # Entries of which statements speak, or that came and went, want all their periods.
    subjects = {row.subject: clusters.id_of(row.subject) for row in rows}
    wanted = {row.entry_id for row in rows if row.periods > 1 or subjects[row.subject] in acts}
    periods = view.memberships(lists, wanted) if wanted else {}
    reviews = {rule.list: rule for rule in rules if rule.kind is RuleKind.REVIEW and rule.verified}
    day_text = day.isoformat()
    found = []
    for (list_id, entry_id), own in grouped.items():
        subject = subjects[own[0].subject]
        spans = periods.get((list_id, entry_id))
        if subject in acts:
            statements = [s for s in acts[subject] if s.list == list_id]
            evidence = of_copies(copies.line, spans or (), {row.listed_on for row in own}, day)
            evidence += evidence_of(view, statements)
            now = state(evidence, day, [rule for rule in rules if rule.list == list_id])
        else:
            now = _plain(own, before, after, day_text) or _quick(own, spans, copies, before, after, day)
        if now is None:
            continue
        best = own[0] if len(own) == 1 else next((row for row in own if covers(row.first, row.last, before)), own[-1])
        due, overdue = now.review_due, now.overdue
        rule = reviews.get(ListId(list_id))
        if rule is not None and subject not in acts:
            due, overdue = _review(best, rule, day, now.status)
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


def _plain(own: Sequence[Headline], before: Doc | None, after: Doc | None, day: str) -> _Now | None:
    """The commonest case at the least cost: one unchanged headline since the first copy held, seen in the copy
    before the day and in the one after it (or of the day itself), with a printed date before that copy."""
    row = own[0]
    if len(own) > 1 or before is None or row.period_first != EARLIEST or row.periods > 1:
        return None
    if not row.first <= before.moment <= row.last or len(row.listed_on) != 10:
        return None
    if before.day.isoformat() != day and (after is None or not row.first <= after.moment <= row.last):
        return None
    return _Now(Status.LISTED, row.listed_on, before.day) if row.listed_on < before.day.isoformat() else None


def _quick(
    own: Sequence[Headline],
    spans: Sequence[tuple[int, int]] | None,
    copies: Copies,
    before: Doc | None,
    after: Doc | None,
    day: dt.date,
) -> _Now | None:
    """The state of an entry of which only copies speak: what ``domain.listing.state`` gives, without its generality.

    A property test holds the two together.
    """
    spans = spans or [(own[0].period_first, max(row.last for row in own))]
    seen = any(covers(row.first, row.last, before) for row in own)
    comes = any(covers(row.first, row.last, after) for row in own)
    printed = max((row.listed_on for row in own if row.listed_on and _latest(row.listed_on) <= day), default="")
    started = printed and (before is None or _latest(printed) > before.day)
    if seen and before is not None:
        observed = before.day
        since = _since(own, spans, copies, before)
        if started:
            observed = _latest(printed)  # listed anew after the copy that shows it
        if before.day == day or comes or (started and observed == day):
            status = Status.LISTED
        elif after is None:
            status = Status.NOT_OBSERVED
        else:
            status = Status.UNKNOWN
    elif started:
        observed, since = _latest(printed), printed
        if observed == day:
            status = Status.LISTED
        elif after is None or comes:
            status = Status.NOT_OBSERVED
        else:
            status = Status.UNKNOWN
    elif comes and before is not None and not any(_earliest(r.listed_on) > before.day for r in own if r.listed_on):
        observed, status, since = before.day, Status.UNKNOWN, ""
    elif comes and before is None and not any(row.listed_on for row in own):
        return _Now(Status.UNKNOWN, "", None)
    else:
        return None
    return _Now(status, since, observed)


def _since(own: Sequence[Headline], spans: Sequence[tuple[int, int]], copies: Copies, before: Doc) -> str:
    """When the period that *before* shows began: as printed, or between the last copy without the entry
    and the first with it, if such a copy contradicts the printed date."""
    line = copies.line
    index = bisect.bisect_left(line.moments, before.moment)
    held: set[int] = set()
    for first, last in spans:
        held.update(range(*line.within(EARLIEST if first == EARLIEST else first, last)))
    if len(spans) == 1:
        held = set(range(line.within(*spans[0])[0], index + 1))
    start = index
    while start - 1 in held:
        start -= 1
    printed = max((row.listed_on for row in own if row.listed_on and _latest(row.listed_on) <= before.day), default="")
    missing = line.docs[start - 1].day if start else None
    if missing is None or (printed and _latest(printed) > missing):
        return printed or f"../{line.docs[start].day}"
    return f"{missing}/{line.docs[start].day}"


def _latest(text: str) -> dt.date:
    return dt.date.fromisoformat(text) if len(text) == 10 else PartialDate.parse(text).latest  # noqa: PLR2004 - YYYY-MM-DD


def _earliest(text: str) -> dt.date:
    return dt.date.fromisoformat(text) if len(text) == 10 else PartialDate.parse(text).earliest  # noqa: PLR2004 - YYYY-MM-DD


def _review(row: Headline, rule: Rule, day: dt.date, status: Status) -> tuple[dt.date | None, bool]:
    """When the next review of an entry is due, and whether it is overdue."""
    base = max((t for t in (row.listed_on, row.reviewed_on) if t and _latest(t) <= day), default="")
    if not base or not rule.period:
        return None, False
    due = add_period(_latest(base), rule.period)
    if rule.valid_from:
        due = max(due, _earliest(rule.valid_from))
    return due, due < day and status in NOT_ENDED


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
