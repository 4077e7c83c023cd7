"""What is held of each subject on one list: its rows in copies, the statements about it, and its state."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

import msgspec

from tizim.answer.around import Around
from tizim.answer.evidence import Copies, copies_of, designations, evidence_of
from tizim.answer.sheets import Group, Unit, by_subject
from tizim.answer.subjects import WHOLE_LIST, Clusters, main_names
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.listing import Evidence, ListingState, state
from tizim.domain.lists import ListId, Rule, RuleKind
from tizim.register.view import Headline, View


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """One subject on one list: everything known from which its state follows."""

    subject: str
    keys: tuple[str, ...]
    """the records that are this subject"""
    reference: str
    name: str
    """the name the newest copy up to the day prints, else that of the statements"""
    rows: tuple[Headline, ...]
    statements: tuple[Designation, ...]
    evidence: tuple[Evidence, ...]
    state: ListingState | None
    """its state on the day asked for"""


class Called(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one of several subjects is called of which everything else is the same."""

    subject: str
    reference: str
    name: str


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What is held of one list."""

    list: ListId
    copies: tuple[Copies, ...]
    statements: tuple[Designation, ...]
    """those about its subjects and those about the list as a whole"""
    whole: tuple[Designation, ...]
    """those of the statements that speak of the list as a whole"""


def held_of(view: View, list_id: ListId, as_of: AsOf) -> Held:
    """The copies and statements known of *list_id* itself, not of lists of which it is a view."""
    copies = tuple(one for one in copies_of(view, list_id, as_of) if list_id in one.lists)
    statements = tuple(designations(view, as_of, lists=[list_id]))
    whole = tuple(one for one in statements if one.subject == WHOLE_LIST)
    return Held(list=list_id, copies=copies, statements=statements, whole=whole)


class Listings:
    """Every subject that a copy or a statement known ever had on a list, and its state on a day under *rules*.

    Those of whom statements speak, and the records in *apart*, are told each by itself; of all others copies say few
    different things, so they are told in groups.
    """

    def __init__(
        self,
        view: View,
        held: Held,
        as_of: AsOf,
        clusters: Clusters,
        rules: Sequence[Rule],
        apart: Set[str],
    ) -> None:
        self._view = view
        self._clusters = clusters
        self._rules = rules
        self._day = as_of.valid_at
        self._around = Around(view, held.copies, self._day)
        self._acts: dict[str, list[Designation]] = defaultdict(list)
        for one in held.statements:
            if one.subject != WHOLE_LIST:
                self._acts[clusters.id_of(one.subject)].append(one)
        self._roster = by_subject(view, held.list, tuple(one.source for one in held.copies), clusters)
        self._apart = apart
        self._evidence: dict[int, tuple[Evidence, ...]] = {}
        self._states: dict[int, ListingState | None] = {}
        nameless = {unit.subject: clusters.of(unit.rows[0].subject)[0] for unit in self._roster.nameless}
        nameless |= {
            subject: clusters.of(own[0].subject)[0]
            for subject, own in self._acts.items()
            if not _name_of(own, self._day)
        }
        self._names = main_names(view, nameless, as_of) if nameless else {}

    def alone(self) -> Iterator[Listing]:
        """Those that are told each by itself."""
        met = set()
        for subject, said in self._acts.items():
            keys = self._clusters.of(said[0].subject)[0]
            own = {id(unit): (group, unit) for key in keys for group, unit in self._roster.of_subject.get(key, ())}
            met |= own.keys()
            group, unit = next(iter(own.values()), (None, None))
            yield self._listing(group, unit, subject, keys, said)
        for key in sorted(self._apart):
            for group, unit in self._roster.of_subject.get(key, ()):
                if id(unit) not in met:
                    met.add(id(unit))
                    yield self._listing(group, unit, unit.subject, self._clusters.of(key)[0], ())

    def groups(self) -> Iterator[tuple[Listing, list[Called]]]:
        """All others, but for those who are not on the list on the day: one of each group, and what each is called."""
        alone = {self._clusters.of(key)[0] for key in self._apart}
        records = {key for keys in alone for key in keys}
        records |= {key for said in self._acts.values() for key in self._clusters.of(said[0].subject)[0]}
        left_out = {id(unit) for key in records for _, unit in self._roster.of_subject.get(key, ())}
        lapses = any(rule.kind is RuleKind.EXPIRY for rule in self._rules)
        for group in self._roster.groups:
            if not lapses and self._around.shows(group) is False:
                continue
            units = [unit for unit in group.units if id(unit) not in left_out] if left_out else group.units
            if units and any(self._around.knows(row) for row in group.first.rows):
                first = units[0]
                listing = self._listing(group, first, first.subject, self._clusters.of(first.rows[0].subject)[0], ())
                yield listing, [self._called(unit) for unit in units] if listing.state is not None else []

    def _called(self, unit: Unit) -> Called:
        best = unit.rows[0]
        if len(unit.rows) > 1:
            best = self._around.nearest([row for row in unit.rows if self._around.knows(row)], together=False)
        return Called(subject=unit.subject, reference=best.reference, name=best.name or self._names[unit.subject])

    def _listing(
        self,
        group: Group | None,
        unit: Unit | None,
        subject: str,
        keys: tuple[str, ...],
        said: Sequence[Designation],
    ) -> Listing:
        rows = tuple(row for row in unit.rows if self._around.knows(row)) if unit is not None else ()
        if group is None or unit is None or not rows:
            name = _name_of(said, self._day) or self._names.get(subject, subject)
            reference = next((one.reference for one in said if one.reference), "")
            copied: tuple[Evidence, ...] = ()
        else:
            called = self._called(unit)
            name, reference = called.name, called.reference
            if id(group) not in self._evidence:
                self._evidence[id(group)] = tuple(self._around.evidence(unit, group.speaking))
            copied = self._evidence[id(group)]
        evidence = (*copied, *evidence_of(self._view, said)) if said else copied
        if said or group is None:
            now = state(evidence, self._day, self._rules)
        else:
            if id(group) not in self._states:
                self._states[id(group)] = state(evidence, self._day, self._rules)
            now = self._states[id(group)]
        return Listing(
            subject=subject, keys=keys, reference=reference, name=name, rows=rows, statements=tuple(said),
            evidence=evidence, state=now,
        )  # fmt: skip


def _name_of(statements: Sequence[Designation], day: dt.date) -> str:
    """The name in the newest statement up to *day*, else in the newest."""
    named = [one for one in statements if one.name and one.verified]
    limit = day.isoformat()
    upto = [one for one in named if one.date and one.date <= limit]
    newest = max(upto or named, key=lambda one: one.date, default=None)
    return newest.name if newest else ""
