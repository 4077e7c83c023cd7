"""What is held of each subject on one list: its rows in copies, the statements about it, and its state."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import msgspec

from tizim.answer.evidence import Copies, copies_of, designations, evidence_of, of_copies, of_lines
from tizim.answer.subjects import WHOLE_LIST, Clusters, main_names
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.listing import Evidence, ListingState, state
from tizim.domain.lists import ListId, Rule
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


def listings(
    view: View, held: Held, as_of: AsOf, clusters: Clusters, only: Callable[[str], bool] | None = None
) -> list[Listing]:
    """Every subject that a copy or a statement known ever had on the list, or *only* those asked for."""
    by_source = {one.source: one for one in held.copies}
    rows: dict[str, list[Headline]] = defaultdict(list)
    for row in view.headlines_on(held.list) if held.copies else ():
        if row.source in by_source and by_source[row.source].shows(row):
            rows[clusters.id_of(row.subject)].append(row)
    acts: dict[str, list[Designation]] = defaultdict(list)
    for one in held.statements:
        if one.subject != WHOLE_LIST:
            acts[clusters.id_of(one.subject)].append(one)
    subjects = [subject for subject in dict.fromkeys((*rows, *acts)) if only is None or only(subject)]
    entries = {row.entry_id for subject in subjects for row in rows.get(subject, ())}
    spans = view.memberships([held.list], entries) if entries else {}
    proved: dict[object, tuple[Evidence, ...]] = {}
    found = []
    nameless: dict[str, tuple[str, ...]] = {}
    for subject in subjects:
        own, said = rows.get(subject, []), acts.get(subject, [])
        keys, _ = clusters.of(own[0].subject if own else said[0].subject)
        shown = of_lines(view, held.copies, own, spans, keys)
        # Subjects of which the copies say the same have the same evidence: a list has few such groups.
        if shown not in proved:
            proved[shown] = tuple(
                item
                for source, printed, ranges, elsewhere in shown
                for item in of_copies(by_source[source].line, ranges, printed, as_of.valid_at, elsewhere=elsewhere)
            )
        best = _row_of(own, by_source, as_of.valid_at)
        name = best.name if best else _name_of(said, as_of.valid_at)
        if not name:
            nameless[subject] = keys
        found.append(
            Listing(
                subject=subject, keys=keys, name=name, rows=tuple(own), statements=tuple(said),
                reference=best.reference if best else next((s.reference for s in said if s.reference), ""),
                evidence=(*proved[shown], *evidence_of(view, said)),
            )
        )  # fmt: skip
    if nameless:
        names = main_names(view, nameless, as_of)
        found = [
            one if one.name else msgspec.structs.replace(one, name=names.get(one.subject, one.subject)) for one in found
        ]
    return found


class States:
    """States on a day, computed once for listings of which the same is known."""

    def __init__(self, day: dt.date) -> None:
        self._day = day
        self._known: dict[object, ListingState | None] = {}

    def of(self, listing: Listing, rules: Sequence[Rule]) -> ListingState | None:
        """The state of *listing* under *rules*."""
        key = (listing.evidence, tuple((rule.kind, rule.period, rule.valid_from, rule.legal_act) for rule in rules))
        if key not in self._known:
            self._known[key] = state(listing.evidence, self._day, rules)
        return self._known[key]


def _row_of(rows: Iterable[Headline], by_source: dict[str, Copies], day: dt.date) -> Headline | None:
    """The row that the newest copy up to *day* has, else that of the newest copy."""

    def shown_on(row: Headline) -> tuple[dt.date, int]:
        line = by_source[row.source].line
        first, end = line.within(row.first, row.last)
        return max((doc.day for doc in line.docs[first:end] if doc.day <= day), default=dt.date.min), row.first

    return max(rows, key=shown_on, default=None)


def _name_of(statements: Sequence[Designation], day: dt.date) -> str:
    """The name in the newest statement up to *day*, else in the newest."""
    named = [one for one in statements if one.name and one.verified]
    limit = day.isoformat()
    upto = [one for one in named if one.date and one.date <= limit]
    newest = max(upto or named, key=lambda one: one.date, default=None)
    return newest.name if newest else ""
