"""The members of a list, as of a day, as known."""

import copy
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, partial
from itertools import islice
from typing import Any, Final, NamedTuple

import msgspec

from tizim.answer.around import Around
from tizim.answer.evidence import (
    Copies,
    age,
    around,
    copies_of,
    designations,
    evidence_of,
    of_copies,
    review_of,
    rules_of,
)
from tizim.answer.official import official_list, parts_of
from tizim.answer.sheets import Group, Unit, by_entry, by_subject, entries_of, initial
from tizim.answer.subjects import WHOLE_LIST, Clusters, main_names, public_id
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.listing import IN_FORCE, NOT_ENDED, Evidence, ListingState, Status, state
from tizim.domain.lists import ListId, Rule, RuleKind
from tizim.register.view import Headline, View


class Member(msgspec.Struct, frozen=True, kw_only=True, gc=False):
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
    roll = Roll(view, list_id, as_of)
    return Members(
        list=list_id, as_of=as_of, members=tuple(sorted(roll.members(), key=_in_order)), expired=roll.expired,
        last_observed=roll.last_observed, stale=roll.stale, copy_before=roll.copy_before, copy_after=roll.copy_after,
    )  # fmt: skip


def _in_order(member: Member) -> tuple[str, str, str, str]:
    return (member.list, member.reference or "~", member.name, member.subject)


class Roll:
    """The members of a list on a day: counted, by the first letter of their names, and told as far as asked for.

    Of a list of many thousand entries a page shows two hundred, and another only how many there are.
    """

    def __init__(self, view: View, list_id: ListId, as_of: AsOf) -> None:
        """Raises `NotFound` for an unknown list."""
        official = official_list(view, list_id)
        lists = parts_of(view, list_id)
        clusters = Clusters(view, as_of)
        acts = acts_on(view, lists, as_of, clusters)
        rules = rules_of(view, lists, as_of)
        copies = copies_of(view, list_id, as_of)
        self._parts = [
            part_of(view, part, own, as_of, clusters)
            for part in lists
            if (own := tuple(one for one in copies if part in one.lists))
        ]
        spoken_of = [one for part in self._parts for one in part.spoken_of]
        taken = {(one.subject, one.list) for one in spoken_of}
        for subject, statements in acts.items():
            elsewhere = [s for s in statements if (subject, s.list) not in taken]
            spoken_of += _by_acts(view, subject, elsewhere, as_of, clusters, copies, rules)
        self._spoken_of = [one for one in spoken_of if one.status in NOT_ENDED]
        if len(lists) > 1 and list_id in lists:
            self._keep_whole(list_id)
        lapsed = [*spoken_of, *(one for part in self._parts for one in part.lapsed())]
        self.expired = tuple(sorted((one for one in lapsed if one.status is Status.EXPIRED), key=_in_order))
        self.last_observed, self.stale = age(
            view, official, as_of, copies, [s for group in acts.values() for s in group]
        )
        days = around(copies, as_of.valid_at)
        self.copy_before = max((before.day for _, before, _ in days if before), default=None)
        self.copy_after = min((after.day for _, _, after in days if after), default=None)

    def _keep_whole(self, list_id: ListId) -> None:
        """Documents show the list whole: a part of it tells nothing new of those whom they show."""
        whole = [part for part in self._parts if part.list == list_id]
        spoken_of = {one.subject for one in self._spoken_of if one.list == list_id}
        self._parts = [part if part.list == list_id else part.without(spoken_of, whole) for part in self._parts]
        self._spoken_of = [
            one
            for one in self._spoken_of
            if one.list == list_id or not (one.subject in spoken_of or any(part.has(one.keys) for part in whole))
        ]

    @cached_property
    def count(self) -> int:
        """How many members there are."""
        return len(self._spoken_of) + sum(part.count() for part in self._parts)

    def members(self) -> list[Member]:
        """Every member, in no order."""
        return [*self._spoken_of, *(part.member(group, unit) for part in self._parts for group, unit in part.units())]

    @cached_property
    def initials(self) -> Mapping[str, int]:
        """How many members' names begin with each letter or number, as it is written."""
        found = Counter(initial(one.name) for one in self._spoken_of)
        for part in self._parts:
            found.update(part.initials())
        return {letter: count for letter, count in found.items() if count}

    def under(
        self, initials: AbstractSet[str], by_name: Callable[[str], Any], first: int = 0, end: int | None = None
    ) -> list[Member]:
        """Of the members whose names begin with one of the letters, in the order that *by_name* gives names, those
        from the place *first* to before *end*.
        """
        own: list[tuple[tuple[str, str, str], Member | tuple[Part, Group, Unit]]] = [
            ((one.name, one.reference, one.subject), one) for one in self._spoken_of if initial(one.name) in initials
        ]
        own += (
            (part.place_of(unit), (part, group, unit)) for part in self._parts for group, unit in part.under(initials)
        )
        own.sort(key=lambda pair: (by_name(pair[0][0]), *pair[0][1:]))
        return [one if isinstance(one, Member) else one[0].member(one[1], one[2]) for _, one in islice(own, first, end)]

    def places(self, records: AbstractSet[str] | None = None) -> list["Place"]:
        """The members, or those that are one of the *records*, in the order in which lists are told; none told yet."""
        found = [
            Place(one.list, one.kind, one.reference, one.name, one.subject, one.keys, partial(_same, one))
            for one in self._spoken_of
            if records is None or records & set(one.keys)
        ]
        for part in self._parts:
            found += part.places(records)
        return sorted(found, key=lambda one: (one.list, one.reference or "~", one.name, one.subject))


class Place(NamedTuple):
    """Where a member has its place, before its state is asked for."""

    list: str
    kind: str
    reference: str
    name: str
    subject: str
    keys: tuple[str, ...]
    member: Callable[[], Member]


def _same(member: Member) -> Member:
    return member


def acts_on(
    view: View, lists: tuple[ListId, ...], as_of: AsOf, clusters: Clusters
) -> Mapping[str, Sequence[Designation]]:
    """The statements known about subjects on *lists*, by the public ids of the subjects."""

    def told() -> Mapping[str, Sequence[Designation]]:
        acts: dict[str, list[Designation]] = defaultdict(list)
        for statement in designations(view, as_of, lists=lists):
            if statement.subject != WHOLE_LIST:
                acts[clusters.id_of(statement.subject)].append(statement)
        return dict(acts)

    return view.shared.recent("acts on lists", (lists, view.knowledge(as_of)), told, _PARTS)


def part_of(view: View, list_id: ListId, copies: Sequence[Copies], as_of: AsOf, clusters: Clusters) -> "Part":
    """The members of *list_id* by itself, as *copies* show it; remembered, for lists share their parts."""
    key = (list_id, tuple(one.source for one in copies), as_of.valid_at, view.knowledge(as_of))
    return view.shared.recent("parts", key, lambda: Part(view, list_id, copies, as_of, clusters), _PARTS)


_PARTS: Final = 256
"""parts of lists remembered, those of some days, for all lists; and lists of which the acts upon them are"""


class _Standing(msgspec.Struct, frozen=True, gc=False):
    """The state that all units of a group have, and when its review is due."""

    now: ListingState
    review_due: dt.date | None
    overdue: bool


class Part:
    """The members of a list by itself, as lines of documents show it on a day; of those of whom statements speak
    each is asked alone, of all others whole groups.
    """

    def __init__(
        self,
        view: View,
        list_id: ListId,
        copies: Sequence[Copies],
        as_of: AsOf,
        clusters: Clusters,
    ) -> None:
        self.list = list_id
        self._day = as_of.valid_at
        self._clusters = clusters
        self._rules = rules_of(view, [list_id], as_of)
        self._lapses = any(rule.kind is RuleKind.EXPIRY for rule in self._rules)
        # One line of whole copies tells of each of its entries; each of several tells a part of what is known of
        # a subject.
        self._by_entry = len(copies) == 1 and all(doc.complete for doc in copies[0].line.docs)
        sources = tuple(one.source for one in copies)
        self._roster = by_entry(view, list_id, sources[0]) if self._by_entry else by_subject(
            view, list_id, sources, clusters
        )  # fmt: skip
        self._around = Around(view, copies, as_of)
        self._on: dict[int, bool] = {}
        self._standings: dict[int, _Standing | None] = {}
        self._left: list[tuple[Group, Unit]] | None = None
        nameless = {self.id_of(unit): self.keys_of(unit) for unit in self._roster.nameless}
        self._names = main_names(view, nameless, as_of) if nameless else {}
        self._alone: dict[int, Member | None] = {}
        self._alone_in: Counter[int] = Counter()
        told: dict[tuple[str, ...], list[Designation]] = defaultdict(list)
        for one in designations(view, as_of, lists=[list_id]):
            if one.subject != WHOLE_LIST:
                told[clusters.of(one.subject)[0]].append(one)
        for keys, statements in told.items():
            met = [own for key in keys for own in self._roster.of_subject.get(key, ())]
            if not met:
                continue
            proved = evidence_of(view, statements)
            for group, unit in met:
                if id(unit) not in self._alone:
                    standing = self._standing_of(group, unit, proved)
                    self._alone[id(unit)] = None if standing is None else self._member(unit, standing)
                    self._alone_in[id(group)] += 1

    @property
    def spoken_of(self) -> list[Member]:
        """Those of whom statements speak, whatever their state."""
        return [one for one in self._alone.values() if one is not None]

    def without(self, subjects: AbstractSet[str], others: Sequence["Part"]) -> "Part":
        """The same but for those that are one of the *subjects*, or on one of the other lists."""
        made = copy.copy(self)
        shown = [other.shows_record for other in others]
        made._left = [  # noqa: SLF001 - its own kind
            (group, unit)
            for group, unit in self.units()
            if not any([shows(unit.rows[0].subject) for shows in shown])  # noqa: C419 - mostly one: a generator costs more
            and self.id_of(unit) not in subjects
            and not any(other.has(self.keys_of(unit)) for other in others)
        ]
        return made

    @property
    def shows_record(self) -> Callable[[str], bool]:
        """Whether a record itself is one of them; `has` looks at those tied to it as well."""
        of_subject, on = self._roster.of_subject, self._on_groups - self._alone_in.keys()

        def shows(record: str) -> bool:
            for group, _ in of_subject.get(record, ()):  # noqa: SIM110 - asked of every entry of a list
                if id(group) in on:
                    return True
            return False

        return shows

    def has(self, records: Iterable[str]) -> bool:
        """Whether one of them is one of the *records*."""
        return next(self._own(records), None) is not None

    # -- the members of whom only copies speak ------------------------------------------------------

    def count(self) -> int:
        """How many there are."""
        if self._left is not None:
            return len(self._left)
        return sum(len(group.units) - self._alone_in.get(id(group), 0) for group in self._groups)

    def units(self) -> Iterator[tuple[Group, Unit]]:
        """Each of them, with its group."""
        if self._left is not None:
            yield from self._left
            return
        for group in self._groups:
            yield from ((group, unit) for unit in self._silent(group, group.units))

    def initials(self) -> Counter[str]:
        """How many of their names begin with each letter."""
        if self._left is not None:
            return Counter(self._initial(unit) for _, unit in self._left)
        found: Counter[str] = Counter()
        for group in self._groups:
            if self._alone_in.get(id(group)):
                found.update(self._initial(unit) for unit in self._silent(group, group.units))
            else:
                for letter, under in group.initials.items():
                    found[letter] += len(under)
                found.update(self._initial(unit) for unit in group.varying)
        return found

    def under(self, initials: AbstractSet[str]) -> Iterator[tuple[Group, Unit]]:
        """Those of them whose names begin with one of the letters."""
        if self._left is not None:
            yield from (own for own in self._left if self._initial(own[1]) in initials)
            return
        for group in self._groups:
            for letter in initials & group.initials.keys():
                yield from ((group, unit) for unit in self._silent(group, group.initials[letter]))
            for unit in self._silent(group, group.varying):
                if self._initial(unit) in initials:
                    yield group, unit

    def of_records(self, keys: AbstractSet[str]) -> Iterator[tuple[Group, Unit]]:
        """Those of them that are one of the records *keys*."""
        records = {own for one in keys for own in self._clusters.of(one)[0]}
        if self._left is not None:
            yield from (own for own in self._left if records & {one.subject for one in own[1].entries})
        else:
            yield from self._own(records)

    def _own(self, records: Iterable[str]) -> Iterator[tuple[Group, Unit]]:
        met = set()
        for key in records:
            for group, unit in self._roster.of_subject.get(key, ()):
                if id(unit) not in met and id(unit) not in self._alone and self._is_on(group):
                    met.add(id(unit))
                    yield group, unit

    def lapsed(self) -> list[Member]:
        """Those of them whose listing lapsed by a rule."""
        if not self._lapses:
            return []
        found = []
        for group in self._roster.groups:
            standing = self._standing(group)
            if standing is not None and standing.now.status is Status.EXPIRED:
                found += [self._member(unit, standing) for unit in group.units if id(unit) not in self._alone]
        return found

    def member(self, group: Group, unit: Unit) -> Member:
        """One of them, told."""
        standing = self._standing(group)
        assert standing is not None  # noqa: S101 - it is on the list: it has a state
        return self._member(unit, standing)

    def places(self, records: AbstractSet[str] | None) -> Iterator[Place]:
        """The place of each of them, or of those that are one of the *records*."""
        for group, unit in self.units() if records is None else self.of_records(records):
            best, subject = self._best(unit), self.id_of(unit)
            yield Place(
                self.list, best.kind, best.reference, best.name or self._names[subject], subject, self.keys_of(unit),
                partial(self.member, group, unit),
            )  # fmt: skip

    def place_of(self, unit: Unit) -> tuple[str, str, str]:
        """Its name, number and id, by which one of them has its place."""
        best = self._best(unit)
        subject = self.id_of(unit)
        return best.name or self._names[subject], best.reference, subject

    def id_of(self, unit: Unit) -> str:
        """The public id of its subject."""
        return self._clusters.id_of(unit.subject) if self._by_entry else unit.subject

    def keys_of(self, unit: Unit) -> tuple[str, ...]:
        """The records of its subject."""
        return self._clusters.of(unit.rows[0].subject)[0]

    def _silent(self, group: Group, units: Sequence[Unit]) -> Sequence[Unit]:
        """Those of the *units* of a group of whom no statement speaks."""
        if not self._alone_in.get(id(group)):
            return units
        return [unit for unit in units if id(unit) not in self._alone]

    def _initial(self, unit: Unit) -> str:
        if unit.initial is not None:
            return unit.initial
        return initial(self._best(unit).name or self._names[self.id_of(unit)])

    @cached_property
    def _groups(self) -> Sequence[Group]:
        return [group for group in self._roster.groups if self._is_on(group)]

    @cached_property
    def _on_groups(self) -> AbstractSet[int]:
        return {id(group) for group in self._groups}

    def _is_on(self, group: Group) -> bool:
        found = self._on.get(id(group))
        if found is None:
            found = None if self._lapses else self._around.shows(group)
            if found is None:
                standing = self._standing(group)
                found = standing is not None and standing.now.status in NOT_ENDED
            self._on[id(group)] = found
        return found

    # -- states ----------------------------------------------------------------------------------

    def _standing(self, group: Group) -> _Standing | None:
        if id(group) not in self._standings:
            self._standings[id(group)] = self._standing_of(group, group.first, None)
        return self._standings[id(group)]

    def _standing_of(self, group: Group, unit: Unit, acts: Sequence[Evidence] | None) -> _Standing | None:
        """The state by what copies say of a unit of *group*, and by *acts* where statements speak of its subject."""
        own = self._rows(unit)
        if not own:
            return None
        evidence = [*self._around.evidence(group), *(acts or ())]
        # Where nothing lapses and nobody speaks of it, an entry's review follows from the dates that copies print.
        rules = self._rules if self._lapses or acts is not None or not self._by_entry else ()
        now = state(evidence, self._day, rules)
        if now is None:
            return None
        due, overdue = now.review_due, now.overdue
        if self._rules:
            printed, late = review_of(own if self._by_entry else [self._best(unit)], self._rules, self._day)
            if printed is not None and (due is None or due < printed):
                due, overdue = printed, late and now.status in NOT_ENDED
        return _Standing(now, due, overdue)

    def _rows(self, unit: Unit) -> Sequence[Headline]:
        """The headlines that tell of the day: of an entry those of the copies around it; where the date printed was
        changed, and of a subject of which several lines tell, all that copies known show.
        """
        known = self._around.known(unit.rows)
        if not self._by_entry:
            return known
        bearing = [row for row in known if self._around.bears(row)]
        return known if bearing and len({row.listed_on for row in unit.rows}) > 1 else bearing

    def _best(self, unit: Unit) -> Headline:
        """The headline to call a unit by: that of the copy before the day, else of the one after, else the newest."""
        rows = unit.rows
        if len(rows) == 1:
            return rows[0]
        return self._around.nearest(self._rows(unit), together=self._by_entry)

    def _member(self, unit: Unit, standing: _Standing) -> Member:
        best, now = self._best(unit), standing.now
        subject = self.id_of(unit)
        keys, judgements = self._clusters.of(unit.rows[0].subject)
        return Member(
            subject=subject, reference=best.reference, name=best.name or self._names[subject], status=now.status,
            since=now.since, list=self.list, kind=best.kind, listed_on=best.listed_on,
            last_observed=now.last_observed, overdue=standing.overdue, review_due=standing.review_due,
            carrier=now.carrier, keys=keys,
            by_judgement_of=tuple(sorted({one.author for one in judgements})) if judgements else (),
        )  # fmt: skip


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
        for entry in entries_of(view, ListId(list_id), keys) if copies else ():
            for one in copies:
                if one.source == entry.source:
                    printed = {row.listed_on for row in entry.rows if one.shows(row)}
                    evidence += of_copies(one.line, entry.spans, printed, as_of.valid_at)
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
