"""What documents ever showed of a list, read once for a head of the register, and its rows in groups.

Of a list of many thousand entries documents say few different things: which of them show an entry, and which dates
they print of it. Entries of which they say the same have the same state on every day, so a question is put to each
group once, and only what is shown is told of each entry.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from tizim.answer.evidence import speaks_of
from tizim.answer.subjects import Clusters
from tizim.domain.lists import ListId
from tizim.register.view import Headline, View

_ROSTERS: Final = 128
"""rosters remembered of those that change with what is known of their subjects: more than lists that documents show"""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """An entry of a list, with every headline that any document gives it."""

    id: int
    subject: str
    source: str
    """the line of documents that show it"""
    rows: tuple[Headline, ...]
    """in document time"""
    spans: tuple[tuple[int, int], ...]
    """the spans of documents that have it on the list"""


def entries_on(view: View, list_id: ListId) -> Sequence[Entry]:
    """Every entry that a document ever showed on the list itself."""
    return view.shared.once(("entries", list_id), lambda: _entries(view, list_id))


def _entries(view: View, list_id: ListId) -> tuple[Entry, ...]:
    rows: dict[int, list[Headline]] = defaultdict(list)
    for row in view.headlines_on(list_id):
        rows[row.entry_id].append(row)
    return tuple(
        Entry(entry_id, own[0].subject, own[0].source, tuple(own), spans_of(own)) for entry_id, own in rows.items()
    )


def entries_of(view: View, list_id: ListId, keys: Iterable[str]) -> list[Entry]:
    """The entries on the list of the records *keys*."""
    subjects = view.shared.once(("entries by subject", list_id), lambda: _by_record(entries_on(view, list_id)))
    return [one for key in keys for one in subjects.get(key, ())]


def _by_record(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        found[one.subject].append(one)
    return dict(found)


def spans_of(rows: Sequence[Headline]) -> tuple[tuple[int, int], ...]:
    """The spans of documents that have an entry on a list, from all its headlines there in document time."""
    last_of: dict[int, int] = {}
    for row in rows:
        last_of[row.period_first] = row.last
    return tuple(last_of.items())


def turnover(view: View, list_id: ListId, line: str, before: int, after: int) -> tuple[int, int]:
    """How many entries the copy of *line* at *after* shows that the one at *before* does not, and the reverse."""
    stays = view.shared.once(
        ("stays", list_id, line),
        lambda: Counter(one.spans for one in entries_on(view, list_id) if one.source == line),
    )
    came = went = 0
    for spans, count in stays.items():
        was = any(first <= before <= last for first, last in spans)
        now = any(first <= after <= last for first, last in spans)
        if was != now:
            came += count if now else 0
            went += count if was else 0
    return came, went


def stays_of(
    view: View, lists: tuple[ListId, ...], line: str
) -> Mapping[tuple[tuple[int, int], ...], Sequence[tuple[str, str]]]:
    """The subjects, and the newest names, of all entries that *line* ever showed on any of the lists, by the spans of
    its copies that have them there.
    """
    return view.shared.once(("stays on any", lists, line), lambda: _stays_of(view, lists, line))


def _stays_of(
    view: View, lists: Sequence[ListId], line: str
) -> dict[tuple[tuple[int, int], ...], list[tuple[str, str]]]:
    spans: dict[int, set[tuple[int, int]]] = defaultdict(set)
    newest: dict[int, Headline] = {}
    for list_id in lists:
        for one in entries_on(view, list_id):
            if one.source == line:
                spans[one.id] |= set(one.spans)
                last = one.rows[-1]
                if one.id not in newest or newest[one.id].first < last.first:
                    newest[one.id] = last
    found: dict[tuple[tuple[int, int], ...], list[tuple[str, str]]] = defaultdict(list)
    for entry_id, own in spans.items():
        found[tuple(sorted(own))].append((newest[entry_id].subject, newest[entry_id].name))
    return dict(found)


class Unit(msgspec.Struct, frozen=True, gc=False):
    """What may be one member of a list: an entry, or all entries of one subject."""

    subject: str
    """the public id; for an entry by itself the record's own subject"""
    rows: tuple[Headline, ...]
    entries: tuple[Entry, ...]
    initial: str | None
    """the first letter of its name; ``None`` where its headlines do not agree"""


class Group(msgspec.Struct, frozen=True, gc=False):
    """Units of which documents say the same."""

    units: tuple[Unit, ...]
    initials: Mapping[str, tuple[Unit, ...]]
    """by the first letter of their names, those that have one"""
    varying: tuple[Unit, ...]
    """those whose first letter depends on the day"""
    speaking: tuple[str, ...]
    """the lines whose copies without the units say that the list did not have them, although they never show them"""
    spans: Mapping[str, tuple[tuple[int, int], ...]]
    """by line the spans of copies that have a unit on the list; none where a line is only *speaking*"""
    printed: tuple[str, ...] | None
    """the days of listing that copies print; ``None`` where only the month or year of one is printed"""

    @property
    def first(self) -> Unit:
        """One of them, to ask of."""
        return self.units[0]


class Roster(msgspec.Struct, frozen=True, gc=False):
    """The units of one list in groups, as some lines of documents show it."""

    groups: tuple[Group, ...]
    of_subject: Mapping[str, tuple[tuple[Group, Unit], ...]]
    """by the subject of each record"""
    nameless: tuple[Unit, ...]
    """those of which a document prints no name, but perhaps aliases"""


def by_entry(view: View, list_id: ListId, source: str) -> Roster:
    """The roster of a list by its entries, as one line of documents shows them."""
    return view.shared.once(("roster", list_id, source), lambda: _by_entry(view, list_id, source))


def _by_entry(view: View, list_id: ListId, source: str) -> Roster:
    return _grouped(
        [
            (Unit(one.subject, one.rows, (one,), _initial(one.rows)), ())
            for one in entries_on(view, list_id)
            if one.source == source
        ]
    )


def by_subject(
    view: View, list_id: ListId, sources: tuple[str, ...], clusters: Clusters, only: frozenset[str] | None = None
) -> Roster:
    """The roster of a list by its subjects, as known, as several lines of documents show them: of all subjects, or
    *only* of those that have one of these records.
    """
    entries = entries_on(view, list_id)
    moments = view.shared.once(("moments", list_id), lambda: clusters.moments_of(one.subject for one in entries))
    key = (list_id, sources, clusters.place_in(moments), only)
    return view.shared.recent(
        "rosters", key,
        lambda: _by_subject(view, entries if only is None else entries_of(view, list_id, only), sources, clusters),
        _ROSTERS,
    )  # fmt: skip


def _by_subject(view: View, entries: Sequence[Entry], sources: tuple[str, ...], clusters: Clusters) -> Roster:
    own: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        if one.source in sources:
            own[clusters.id_of(one.subject)].append(one)
    units = []
    speaking: dict[frozenset[str], tuple[str, ...]] = {}  # by whose numbers the records have: few are so together
    for subject, found in own.items():
        keys = clusters.of(found[0].subject)[0]
        rows = found[0].rows if len(found) == 1 else tuple(row for one in found for row in one.rows)
        numbered = frozenset(key.partition(":")[0] for key in keys)
        if numbered not in speaking:
            speaking[numbered] = tuple(source for source in sources if speaks_of(view, source, keys))
        units.append((Unit(subject, rows, tuple(found), _initial(rows)), speaking[numbered]))
    return _grouped(units)


def _grouped(units: Sequence[tuple[Unit, tuple[str, ...]]]) -> Roster:
    groups: dict[object, list[Unit]] = defaultdict(list)
    for unit, speaking in units:
        said = tuple(
            (one.source, one.spans, tuple((row.listed_on, row.reviewed_on, row.first, row.last) for row in one.rows))
            for one in unit.entries
        )
        groups[said, speaking].append(unit)
    made = []
    of_subject: dict[str, list[tuple[Group, Unit]]] = defaultdict(list)
    for (_, speaking), own in groups.items():  # type: ignore[misc]  # the keys are made above
        initials: dict[str, list[Unit]] = defaultdict(list)
        for unit in own:
            if unit.initial is not None:
                initials[unit.initial].append(unit)
        spans: dict[str, tuple[tuple[int, int], ...]] = dict.fromkeys(speaking, ())
        for one in own[0].entries:
            spans[one.source] = (*spans.get(one.source, ()), *one.spans)
        group = Group(
            tuple(own), {letter: tuple(under) for letter, under in initials.items()},
            tuple(unit for unit in own if unit.initial is None), speaking, spans, printed_days(own[0].rows),
        )  # fmt: skip
        made.append(group)
        for unit in own:
            for subject in {one.subject for one in unit.entries}:
                of_subject[subject].append((group, unit))
    return Roster(
        tuple(made), {subject: tuple(found) for subject, found in of_subject.items()},
        tuple(unit for unit, _ in units if not all(row.name for row in unit.rows)),
    )  # fmt: skip


def printed_days(rows: Iterable[Headline]) -> tuple[str, ...] | None:
    """The days of listing that headlines print; ``None`` where only the month or year of one is printed."""
    found = {row.listed_on for row in rows} - {""}
    return tuple(sorted(found)) if all(len(text) == len("2005-03-15") for text in found) else None


def _initial(rows: Sequence[Headline]) -> str | None:
    if len(rows) == 1:
        return initial(rows[0].name) if rows[0].name else None
    found = {initial(row.name) if row.name else None for row in {row.name: row for row in rows}.values()}
    return found.pop() if len(found) == 1 else None


def initial(name: str) -> str:
    """The first letter or number of a name, as it is written; empty where it has none."""
    if name and (first := name[0]).isascii() and first.isalnum() and name[1:2] < "\u0300":
        return first  # nothing follows that would make one letter with it
    return next((sign for sign in unicodedata.normalize("NFC", name) if sign.isalnum()), "")
