"""The history of one subject: its periods on every list, its names, and who says so."""

import bisect
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

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
from tizim.answer.official import official_list
from tizim.answer.subjects import Subject, find
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.listing import NOT_ENDED, Evidence, ListingState, Period, periods, state
from tizim.domain.lists import ListId, OfficialList
from tizim.register.view import Headline, View, covers


class OnList(msgspec.Struct, frozen=True, kw_only=True):
    """One subject on one list: its state on the day, its periods, and what they rest on."""

    list: ListId
    official: OfficialList
    references: tuple[str, ...]
    name: str
    state: ListingState | None
    periods: tuple[Period, ...]
    copies_with: int
    copies_without: int
    last_observed: dt.date | None
    stale: bool
    statements: tuple[Designation, ...]
    copies: tuple[Copies, ...]
    evidence: tuple[Evidence, ...]


class History(msgspec.Struct, frozen=True, kw_only=True):
    """A subject's history as known."""

    subject: Subject
    as_of: AsOf
    lists: tuple[OnList, ...]
    last_observed: dt.date | None
    stale: bool


def history(view: View, text: str, as_of: AsOf) -> History:
    """The history of the subject that *text* names, on every list that any statement or copy ties it to."""
    subject = find(view, text, as_of)
    found = on_lists(view, subject, as_of)
    observed = [one.last_observed for one in found if one.last_observed is not None]
    return History(
        subject=subject, as_of=as_of, lists=found, last_observed=max(observed, default=None),
        stale=all(one.stale for one in found) if found else True,
    )  # fmt: skip


def on_lists(view: View, subject: Subject, as_of: AsOf, lists: Sequence[ListId] | None = None) -> tuple[OnList, ...]:
    """The subject on *lists*, or on all that anything ties it to; of a few subjects remembered, for several parts of a
    page are made of it.
    """
    key = (subject.keys, None if lists is None else tuple(lists), as_of.valid_at, view.knowledge(as_of))
    return view.shared.recent("on lists", key, lambda: _on_lists(view, subject, as_of, lists), _SUBJECTS)


_SUBJECTS: Final = 64
"""subjects whose listings on some day are remembered"""


def _on_lists(view: View, subject: Subject, as_of: AsOf, lists: Sequence[ListId] | None) -> tuple[OnList, ...]:
    headlines = view.headlines_of(subject.keys, lists or ())
    statements = designations(view, as_of, subjects=subject.keys, lists=lists)
    named = {ListId(row.list) for row in headlines} | {s.list for s in statements}
    spans = _periods(view, headlines)
    return tuple(
        one
        for list_id in sorted(named)
        if (
            one := _on_list(
                view, subject, list_id, [row for row in headlines if row.list == list_id],
                [s for s in statements if s.list == list_id],
                {entry: own for (where, entry), own in spans.items() if where == list_id}, as_of,
            )
        )
        is not None
    )  # fmt: skip


def _periods(view: View, headlines: Sequence[Headline]) -> dict[tuple[str, int], list[tuple[int, int]]]:
    """The spans of documents that have each entry on each list; one period needs no look into the register."""
    again = {row.entry_id for row in headlines if row.periods > 1}
    spans = view.memberships(sorted({ListId(row.list) for row in headlines}), again) if again else {}
    for row in headlines:
        if row.periods == 1:
            own = spans.setdefault((row.list, row.entry_id), [(row.period_first, row.last)])
            own[0] = (row.period_first, max(own[0][1], row.last))
    return spans


def _on_list(
    view: View,
    subject: Subject,
    list_id: ListId,
    rows: Sequence[Headline],
    statements: Sequence[Designation],
    spans: Mapping[int, Sequence[tuple[int, int]]],
    as_of: AsOf,
) -> OnList | None:
    copies = copies_of(view, list_id, as_of)
    evidence = evidence_of(view, statements)
    with_it = without = 0
    seen_rows: list[Headline] = []
    current: list[Headline] = []
    known = [row for row in rows if any(one.shows(row) for one in copies)]
    shown = of_lines(view, copies, known, {(list_id, entry): own for entry, own in spans.items()}, subject.keys)
    for one, (_, printed, ranges, elsewhere) in zip(copies, shown, strict=True):
        docs = one.line.docs
        held = {i for first, last in ranges for i in range(*one.line.within(first, last))}
        if not held and not elsewhere:
            continue
        # A subject with several entries is on the list as long as one of them is.
        evidence += of_copies(one.line, ranges, printed, as_of.valid_at, elsewhere=elsewhere)
        until = bisect.bisect_right(docs, as_of.valid_at, key=lambda doc: doc.day)
        with_it += sum(i < until for i in held)
        without += sum(i < until and i not in held and docs[i].complete for i in range(len(docs)))
        for doc in one.line.around(as_of.valid_at):
            current += [row for row in known if row.source == one.source and covers(row.first, row.last, doc)]
        seen_rows += [row for row in known if row.source == one.source]
    if not statements and not seen_rows:
        return None  # nothing known then ties the subject to the list
    rules = rules_of(view, [list_id], as_of)
    now = state(evidence, as_of.valid_at, rules)
    due, late = review_of(current, rules, as_of.valid_at)
    if now is not None and due is not None and (now.review_due is None or now.review_due < due):
        now = msgspec.structs.replace(now, review_due=due, overdue=late and now.status in NOT_ENDED)
    official = official_list(view, list_id)
    observed, stale = age(view, official, as_of, copies, statements, known)
    named = (row.name for row in (*current, *reversed(seen_rows)) if row.name)
    name = next(named, now.name if now else "")
    references = {row.reference for row in seen_rows} | {s.reference for s in statements if s.reference}
    return OnList(
        list=list_id, official=official, references=tuple(sorted(references)), name=name, state=now,
        periods=tuple(periods(evidence, as_of.valid_at, rules)), copies_with=with_it, copies_without=without,
        last_observed=observed, stale=stale, statements=tuple(statements), copies=tuple(copies),
        evidence=tuple(evidence),
    )  # fmt: skip
