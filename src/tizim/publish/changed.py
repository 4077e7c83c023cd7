"""What changed, and when this register learned of it: acts that statements tell of, and what copies of lists show.

Unlike `tizim.publish.lately`, which tells of the newest days, this is everything, each change with a key that stays
the same for as long as the register stands.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from tizim.answer.evidence import copies_of
from tizim.answer.official import official_lists, parts_of
from tizim.answer.subjects import Subject
from tizim.domain.acts import Action
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.lists import ListId
from tizim.publish.lately import Act, acts
from tizim.publish.moves import Moving, seen_moves_of
from tizim.register.view import Doc, View


class Told(msgspec.Struct, frozen=True, kw_only=True, tag="told"):
    """An act upon one subject on one list, as statements tell it."""

    key: tuple[str, ...]
    when: str
    """a partial date, or an interval, as the strongest source has it"""
    latest: dt.date
    list: ListId
    learned: dt.datetime
    """when the register took in the first word of it"""
    amended: dt.datetime
    """when it took in the last"""
    subject: str
    name: str
    action: Action
    statements: tuple[Designation, ...]
    """the strongest source first"""


class Seen(msgspec.Struct, frozen=True, kw_only=True, tag="seen"):
    """What one copy of a list shows that the copy before it does not, and the other way round."""

    key: tuple[str, ...]
    when: str
    latest: dt.date
    list: ListId
    learned: dt.datetime
    amended: dt.datetime
    added: tuple[Moving, ...]
    gone: tuple[Moving, ...]
    copies: tuple[Doc, Doc]
    """the copy before, and the copy that shows it"""
    subject: str = ""
    """the subject, where only one is told of"""


Change = Told | Seen


def changes(view: View, as_of: AsOf) -> list[Change]:
    """Every change known up to the day asked for, on all lists: what was learned last comes first."""
    parts = {part for one in official_lists(view).values() for part in one.parts}
    found: list[Change] = [_told(act) for act in acts(view, as_of)]
    for list_id in official_lists(view):
        if list_id not in parts:  # a list that is shown whole stands for its parts
            found += _seen(view, list_id, as_of)
    return _ordered(found)


ALL: Final = ""
"""the span of everything in `by_span`"""
_KNOWN: Final = 8
"""days and times of knowing of which the changes are remembered"""


def changes_of_span(view: View, as_of: AsOf, span: str) -> Sequence[Change]:
    """Those of a year, of a month, or `ALL` of them; none of a span in which nothing changed. An answer rests on the
    changes of that span, whatever else changed.
    """
    view.rests_on("Y", span)
    return _by_span(view, as_of).get(span, ())


def years(view: View, as_of: AsOf) -> Sequence[str]:
    """The years in which something changed, the last first; an answer rests on which they are, not on what changed."""
    view.rests_on("Y", "years")
    return years_among(_by_span(view, as_of))


def years_among(spans: Iterable[str]) -> Sequence[str]:
    """The years among spans, the last first."""
    return sorted((span for span in spans if len(span) == _YEAR), reverse=True)


def by_span(view: View, as_of: AsOf) -> Mapping[str, Sequence[Change]]:
    """Every change by its year and by its month, and all of them; in each what was learned last comes first."""
    every = changes(view, as_of)
    found: dict[str, list[Change]] = {ALL: every}
    for one in every:
        month = month_of(one)
        for span in {month, month[:_YEAR]}:
            found.setdefault(span, []).append(one)
    return found


def month_of(one: Change) -> str:
    """The month in which a change shows for certain, or the year where no month is given."""
    return one.latest.isoformat()[:7] if "/" in one.when or not one.when else one.when[:7]


_YEAR: Final = 4
"""characters of a year"""


def _by_span(view: View, as_of: AsOf) -> Mapping[str, Sequence[Change]]:
    """As `by_span`, remembered: each page of a copy tells of a part."""
    with view.aside():
        key = (view.knowledge(as_of), as_of.valid_at)
        return view.shared.recent("changes", key, lambda: by_span(view, as_of), _KNOWN)


def changes_of_list(view: View, list_id: ListId, as_of: AsOf) -> list[Change]:
    """Those of one list."""
    parts = {list_id, *parts_of(view, list_id)}
    found: list[Change] = [_told(act) for act in acts(view, as_of, lists=sorted(parts))]
    return _ordered([*found, *_seen(view, list_id, as_of)])


def changes_of_subject(view: View, subject: Subject, as_of: AsOf) -> list[Change]:
    """Those of one subject, on every list."""
    found: list[Change] = [_told(act) for act in acts(view, as_of, subjects=subject.keys)]
    for list_id in sorted({ListId(row.list) for row in view.headlines_of(subject.keys)}):
        found += _seen_of(view, subject, list_id, as_of)
    return _ordered(found)


def _ordered(found: Sequence[Change]) -> list[Change]:
    """By the day of learning, then by the day in the world: what came in with one document stands in its own order."""
    return sorted(found, key=lambda one: (one.amended.date(), one.latest, one.key), reverse=True)


def _told(act: Act) -> Told:
    strongest = act.statements[0]
    # Whoever tells of it later, the word that was recorded first stays the first: the change keeps its key.
    first = min(act.statements, key=lambda one: (one.recorded_at, one.id))
    return Told(
        key=("told", first.id), when=strongest.when.text, latest=act.day, list=act.list, learned=first.recorded_at,
        amended=max(one.recorded_at for one in act.statements), subject=act.subject, name=act.name,
        action=act.action, statements=act.statements,
    )  # fmt: skip


def _seen(view: View, list_id: ListId, as_of: AsOf) -> Iterator[Seen]:
    for move in seen_moves_of(view, list_id, as_of):
        if move.copies is not None and move.latest <= as_of.valid_at:
            key = ("seen", list_id, move.copies[1].sha256)
            yield _between(view, list_id, move.copies, move.added, move.gone, key)


def _seen_of(view: View, subject: Subject, list_id: ListId, as_of: AsOf) -> Iterator[Seen]:
    """Copies in which a subject first stands, or first does not. That an entry got another number is no change."""
    for one in (each.complete() for each in copies_of(view, list_id, as_of)):
        docs = one.line.docs
        if list_id not in one.lists:
            continue
        rows = [row for row in view.headlines_of(subject.keys, [list_id]) if row.source == one.source]
        records = {row.entry_id: row.subject for row in rows}
        held: dict[int, set[str]] = defaultdict(set)
        for (_, entry_id), spans in view.memberships([list_id], records).items():
            for first, last in spans:
                for index in range(*one.line.within(first, last)):
                    held[index].add(records[entry_id])
        moving = Moving(
            subject=subject.id, keys=subject.keys, name=next((row.name for row in rows if row.name), subject.main_name)
        )
        for index in range(1, len(docs)):
            if bool(held[index]) == bool(held[index - 1]) or docs[index].day > as_of.valid_at:
                continue
            added, gone = ((moving,), ()) if held[index] else ((), (moving,))
            # By the record that came or went: which records are one subject is judged, and can be judged anew.
            key = ("seen", list_id, docs[index].sha256, min(held[index] or held[index - 1]))
            seen = _between(view, list_id, (docs[index - 1], docs[index]), added, gone, key)
            yield msgspec.structs.replace(seen, subject=subject.id)


def _between(
    view: View,
    list_id: ListId,
    copies: tuple[Doc, Doc],
    added: tuple[Moving, ...],
    gone: tuple[Moving, ...],
    key: tuple[str, ...],
) -> Seen:
    """What one copy shows and the one before it does not.

    The key names the copy that shows it alone: where one between the two is kept later, it is still the same change.
    """
    before, after = copies
    return Seen(
        key=key, when=str(after.day) if before.day == after.day else f"{before.day}/{after.day}", latest=after.day,
        list=list_id, learned=max(after.recorded_at, _compared(view, after.source)[after.id]),
        amended=max(before.recorded_at, after.recorded_at), added=added, gone=gone, copies=copies,
    )  # fmt: skip


def _compared(view: View, line: str) -> dict[int, dt.datetime]:
    """When the first copy before each document of a line was recorded, with which it can be compared."""
    kept = view.shared.memo.get(("first copies before", line))
    if isinstance(kept, dict):
        return kept
    found: dict[int, dt.datetime] = {}
    first: dt.datetime | None = None
    for doc in view.documents_of(line):  # in the order of document time
        found[doc.id] = doc.recorded_at if first is None else first
        first = min(found[doc.id], doc.recorded_at)
    view.shared.memo["first copies before", line] = found
    return found


def as_json(one: Change) -> dict[str, Any]:
    """A change as JSON values."""
    shared = {
        "list": one.list, "when": one.when, "latest": one.latest.isoformat(),
        "recorded_at": one.learned.isoformat(timespec="seconds"),
        "amended_at": one.amended.isoformat(timespec="seconds"),
    }  # fmt: skip
    if isinstance(one, Told):
        return shared | {
            "subject": one.subject, "name": one.name, "action": one.action.value,
            "statements": [s.id for s in one.statements],
        }  # fmt: skip
    before, after = one.copies
    return shared | {
        "copies": [before.sha256, after.sha256],
        "added": [{"subject": moving.subject, "name": moving.name} for moving in one.added],
        "gone": [{"subject": moving.subject, "name": moving.name} for moving in one.gone],
    }
