"""What is held of each subject on one list: its rows in copies, the statements about it, and its state."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

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
    return view.shared.recent("held", (list_id, view.knowledge(as_of)), lambda: _held_of(view, list_id, as_of), _KNOWN)


_KNOWN: Final = 512
"""lists of which what is held is remembered, as of some time of knowing"""


def _held_of(view: View, list_id: ListId, as_of: AsOf) -> Held:
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
        apart: AbstractSet[str],
        *,
        everyone: bool,
    ) -> None:
        """*everyone*: whether all others are asked for as well."""
        self._view = view
        self._clusters = clusters
        self._rules = rules
        self._day = as_of.valid_at
        self._around = Around(view, held.copies, as_of)
        self._acts: dict[str, list[Designation]] = defaultdict(list)
        for one in held.statements:
            if one.subject != WHOLE_LIST:
                self._acts[clusters.id_of(one.subject)].append(one)
        self._apart = apart
        alone = {key for subject in apart for key in clusters.of(subject)[0]}
        alone |= {key for said in self._acts.values() for key in clusters.of(said[0].subject)[0]}
        sources = tuple(one.source for one in held.copies)
        self._roster = by_subject(view, held.list, sources, clusters, None if everyone else frozenset(alone))
        self._left_out = {id(unit) for key in alone for _, unit in self._roster.of_subject.get(key, ())}
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
        met: set[int] = set()
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
        lapses = any(rule.kind is RuleKind.EXPIRY for rule in self._rules)
        for group in self._roster.groups:
            if not lapses and self._around.shows(group) is False:
                continue
            units = [unit for unit in group.units if id(unit) not in self._left_out]
            if units and self._around.known(group.first.rows):
                called = [self._called(unit) for unit in units]
                keys = self._clusters.of(units[0].rows[0].subject)[0]
                yield self._listing(group, units[0], called[0].subject, keys, (), called[0]), called

    def _called(self, unit: Unit) -> Called:
        best = unit.rows[0]
        if len(unit.rows) > 1:
            best = self._around.nearest(self._around.known(unit.rows), together=False)
        return Called(subject=unit.subject, reference=best.reference, name=best.name or self._names[unit.subject])

    def _listing(
        self,
        group: Group | None,
        unit: Unit | None,
        subject: str,
        keys: tuple[str, ...],
        said: Sequence[Designation],
        called: Called | None = None,
    ) -> Listing:
        rows = self._around.known(unit.rows) if unit is not None else ()
        if group is None or unit is None or not rows:
            name = _name_of(said, self._day) or self._names.get(subject, subject)
            reference = next((one.reference for one in said if one.reference), "")
            copied: tuple[Evidence, ...] = ()
        else:
            called = called or self._called(unit)
            name, reference = called.name, called.reference
            if id(group) not in self._evidence:
                self._evidence[id(group)] = tuple(self._around.evidence(group))
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
