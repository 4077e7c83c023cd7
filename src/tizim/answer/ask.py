"""Was this subject on that list, on that day, as known on that day? The answer in parts, never yes or no."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from tizim.answer.conflicts import Conflict, conflicts, ranked
from tizim.answer.evidence import age, copies_of
from tizim.answer.history import OnList, on_lists
from tizim.answer.members import Member, Place, Roll
from tizim.answer.official import official_list, parts_of
from tizim.answer.subjects import LEDGER, Clusters, Judgement, Subject, find, main_name, names_by_record
from tizim.domain.acts import LegalAct
from tizim.domain.dates import AsOf, PartialDate
from tizim.domain.designations import Designation
from tizim.domain.documents import Layer
from tizim.domain.listing import NOT_ENDED, ListingState, Status
from tizim.domain.lists import ListId, OfficialList
from tizim.domain.measures import Measure, MeasureKind
from tizim.domain.names import Kind
from tizim.domain.statements import Property
from tizim.register.view import Headline, View
from tizim.sources import catalogue
from tizim.text import fold

_SHORTEST = 3
"""letters of the shortest name that is looked for inside other names"""
_MOST_WORDS = 3
"""words of the longest name that is looked for inside other names: longer ones are no one's short name"""


class Collision(msgspec.Struct, frozen=True, kw_only=True):
    """Another subject of a like name."""

    subject: str
    reference: str
    name: str
    shares: str
    """the name or part of a name that both have"""
    reason: str
    lists: tuple[str, ...]


class Associated(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that stands beside the subject: by the regime, or by a relation that the list prints."""

    member: Member
    relation: str
    printed: bool


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """How many entries stand beside the subject."""

    count: int
    kinds: Mapping[str, int]
    """by their kinds"""
    lists: tuple[ListId, ...]
    """the lists that they are on"""
    printed: int
    """of how many the list prints a relation"""


class Elsewhere(msgspec.Struct, frozen=True, kw_only=True):
    """The subject on another list."""

    on: OnList
    state: ListingState


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """Copies of the asked list: how many were known, their span, and the two around the day."""

    source: str
    count: int
    first: dt.date
    last: dt.date
    before: dt.date | None
    after: dt.date | None
    held: int
    address: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer in parts, in the order in which it is told."""

    subject: Subject
    kind: Kind
    list: OfficialList
    as_of: AsOf
    own: OnList | None
    own_state: ListingState | None
    regime: bool
    """whether the list's regime names the subject, so that its entries are associated with it"""
    associated: tuple[Associated, ...]
    """all of them; organisations first and no more than were asked for, where a number was given"""
    beside: Beside
    collisions: tuple[Collision, ...]
    measures: tuple[Measure, ...]
    held_elsewhere: tuple[Elsewhere, ...]
    held_before: tuple[Elsewhere, ...]
    proposed: tuple[Elsewhere, ...]
    conflicts: tuple[Conflict, ...]
    statements: tuple[Designation, ...]
    judgements: tuple[Judgement, ...]
    copies: tuple[Seen, ...]
    last_observed: dt.date | None
    stale: bool


def is_overtaken(copy: Seen, copies: Sequence[Seen]) -> bool:
    """Whether another source shows the whole list at a later day up to the one asked for."""
    return copy.before is not None and any(
        other.before is not None and other.before > copy.before and _is_another_whole(other.source, copy.source)
        for other in copies
    )


def _is_another_whole(line: str, than: str) -> bool:
    part = catalogue.source_of_line(line).info.part_of(line)
    return line.partition("/")[0] != than.partition("/")[0] and (part is None or part.complete)


def ask(view: View, text: str, list_id: ListId, as_of: AsOf, most: int | None = None) -> Answer:
    """The answer for the subject that *text* names on the list *list_id*; of associated entries the first *most*.

    Raises `NotFound` for an unknown list or subject, `BadInput` for a name of several subjects.
    """
    official = official_list(view, list_id)
    parts = parts_of(view, list_id)
    subject = find(view, text, as_of)
    everywhere = on_lists(view, subject, as_of)
    here = [one for one in everywhere if one.list in parts]
    own = _strongest(here)
    others = [one for one in everywhere if one.list not in parts and one.state is not None]
    copies = copies_of(view, list_id, as_of)
    statements = [s for one in here for s in one.statements]
    observed, stale = age(view, official, as_of, copies, statements, view.headlines_of(subject.keys, parts))
    regime = [part for part in parts if subject.id in official_list(view, part).about]
    kind = _kind(view, subject)
    found: list[Conflict] = []
    for one in here:
        found += conflicts(one.statements, one.evidence, one.state, as_of.valid_at)
    associated, beside = _associated(view, regime, parts, subject, as_of, most)
    elsewhere = [Elsewhere(on=one, state=one.state) for one in others if one.state is not None]
    return Answer(
        subject=subject,
        kind=kind,
        list=official,
        as_of=as_of,
        own=own,
        own_state=own.state if own else None,
        regime=bool(regime),
        associated=associated,
        beside=beside,
        collisions=tuple(_collisions(view, subject, kind, as_of, parts)),
        measures=tuple(measures(view, parts, as_of)),
        held_elsewhere=tuple(e for e in elsewhere if e.state.status in NOT_ENDED),
        held_before=tuple(e for e in elsewhere if e.state.status not in NOT_ENDED | {Status.PROPOSED}),
        proposed=tuple(e for e in elsewhere if e.state.status is Status.PROPOSED),
        conflicts=tuple(found),
        statements=tuple(ranked(statements)),
        judgements=subject.judgements,
        copies=tuple(
            Seen(
                source=one.source, count=len(one.line.docs), first=one.line.docs[0].day, last=one.line.docs[-1].day,
                before=before.day if (before := one.line.around(as_of.valid_at)[0]) else None,
                after=after.day if (after := one.line.around(as_of.valid_at)[1]) else None,
                held=len(view.line(one.source, as_of, Layer.REST).docs), address=one.line.docs[-1].url,
            )
            for one in copies
        ),
        last_observed=observed,
        stale=stale,
    )  # fmt: skip


def _strongest(here: Sequence[OnList]) -> OnList | None:
    """The entry to tell first where several parts of a list hold one: one that stands before one that ended."""
    dated = [one for one in here if one.state is not None]
    return min(
        dated,
        key=lambda one: (one.state is None or one.state.status not in NOT_ENDED, one.list),
        default=None,
    )


def _kind(view: View, subject: Subject) -> Kind:
    for row in view.headlines_of(subject.keys):
        if row.kind:
            return Kind(row.kind)
    # The ledger speaks of organisations unless a record says otherwise.
    return Kind.ORGANISATION if any(key.startswith(LEDGER) for key in subject.keys) else Kind.UNKNOWN


def _associated(
    view: View,
    regime: Sequence[ListId],
    parts: Sequence[ListId],
    subject: Subject,
    as_of: AsOf,
    most: int | None,
) -> tuple[tuple[Associated, ...], Beside]:
    """Entries of the lists whose regime names the subject, and entries that print a relation to its own number."""
    key = (subject.keys, view.knowledge(as_of))
    printed, lists = view.shared.recent("relations", key, lambda: _relations(view, subject, as_of), _SUBJECTS)
    linked = lists & set(parts)
    found: list[tuple[Place, str]] = []
    for list_id in sorted({*regime, *linked}):
        # Of a list whose regime is about the subject all members stand beside it, of any other those that say so.
        for place in Roll(view, list_id, as_of).places(None if list_id in regime else printed.keys()):
            own = next((printed[key] for key in place.keys if key in printed), "")
            if place.subject != subject.id and (own or list_id in regime):
                found.append((place, own))
    beside = Beside(
        count=len(found), kinds=Counter(place.kind for place, _ in found), printed=sum(bool(own) for _, own in found),
        lists=tuple(dict.fromkeys(ListId(place.list) for place, _ in found)),
    )  # fmt: skip
    if most is not None:
        found = sorted(found, key=lambda pair: (pair[0].kind != "organisation", pair[0].reference))[:most]
    told = tuple(
        Associated(
            member=place.member(), relation=own or "under the regime that names it", printed=bool(own)
        )
        for place, own in found
    )  # fmt: skip
    return told, beside


def _relations(view: View, subject: Subject, as_of: AsOf) -> tuple[dict[str, str], set[ListId]]:
    """What is printed of relations to the subject, and the lists on which those who print it ever stood."""
    printed = _printed_relations(view, subject, as_of)
    return printed, {ListId(row.list) for row in view.headlines_of(printed)} if printed else set()


def _printed_relations(view: View, subject: Subject, as_of: AsOf) -> dict[str, str]:
    """Record subjects whose copies, as known, print a relation to one of the subject's own numbers."""
    found: dict[str, str] = {}
    for fact, source, first, last in view.relations(subject.keys):
        start, end = view.line(source, as_of, Layer.REST).within(first, last)
        if start < end:
            found[fact.subject] = fact.facets.get("phrase", "mentions")
    return found


def _collisions(view: View, subject: Subject, kind: Kind, as_of: AsOf, parts: Sequence[ListId]) -> Sequence[Collision]:
    """Subjects of a like name with an entry on some list: what a naive match would return."""
    key = (subject.keys, kind, tuple(parts), view.knowledge(as_of))  # the names known follow from these
    return view.shared.recent("collisions", key, lambda: _colliding(view, subject, kind, as_of, parts), _SUBJECTS)


_SUBJECTS: Final = 256
"""subjects of whom is remembered who else has a like name"""


def _colliding(view: View, subject: Subject, kind: Kind, as_of: AsOf, parts: Sequence[ListId]) -> list[Collision]:
    clusters = Clusters(view, as_of)
    short = {fold(row.text) for row in subject.names}
    short = {name for name in short if len(name) >= _SHORTEST and len(name.split()) <= _MOST_WORDS}
    shared: dict[tuple[str, ...], str] = {}
    for name in sorted(short, key=lambda n: (-len(n), n)):
        for row in view.names_with(name):
            if row.subject in subject.keys:
                continue
            keys = clusters.of(row.subject)[0]
            if not set(keys) & set(subject.keys):
                shared.setdefault(keys, name)
    rows: dict[str, list[Headline]] = defaultdict(list)
    for headline in view.headlines_of(key for keys in shared for key in keys):
        start, end = view.line(headline.source, as_of).within(headline.first, headline.last)
        if start < end:
            rows[headline.subject].append(headline)
    named = names_by_record(view, {key for keys in shared for key in keys}, as_of)
    found = []
    for keys, name in shared.items():
        own = [row for key in keys for row in rows.get(key, ())]
        other_kind = next((row.kind for row in own if row.kind), "")
        if other_kind and kind is not Kind.UNKNOWN and other_kind != kind:
            continue
        if not own and not any(key.startswith(LEDGER) for key in keys):
            continue
        public = clusters.id_of(keys[0])
        reference = own[-1].reference if own else ""
        alike = [row for key in keys for row in named.get(key, ()) if f" {name} " in f" {row.folded} "]
        like = sorted((row.text for row in alike), key=lambda text: (len(text), text))
        if not like:
            continue  # the name was not known then
        how = f"a name of it, “{like[0]}”, {'is the same' if fold(like[0]) == name else 'contains this name'}"
        why = f"{how}, and it has an entry of its own" if reference else f"{how}, and it is kept apart under its own id"
        found.append(
            Collision(
                subject=public, reference=reference,
                name=own[-1].name if own else main_name(keys, named) or public, shares=name, reason=why,
                lists=tuple(sorted({row.list for row in own})),
            )
        )  # fmt: skip
    return sorted(found, key=lambda c: (not set(c.lists) & set(parts), not c.reference, c.reference, c.name))


def measures(view: View, lists: Sequence[ListId], as_of: AsOf) -> list[Measure]:
    """Measures and exemptions of *lists* in force on the day, measures first."""
    found = []
    for fact in view.facts(Property.MEASURE, as_of, lists=lists):
        f = fact.facets
        begins, ends = f.get("valid_from", ""), f.get("valid_to", "")
        if begins and PartialDate.parse(begins).earliest > as_of.valid_at:
            continue
        if ends and PartialDate.parse(ends).latest <= as_of.valid_at:
            continue
        found.append(
            Measure(
                list=ListId(fact.list), kind=MeasureKind(f.get("kind", "measure")), what=fact.value,
                scope=f.get("scope", ""), valid_from=begins, valid_to=ends, act=LegalAct(text=f.get("legal_act", "")),
                source_title=f.get("source_title", ""), source_address=f.get("source_address", ""),
                verified=f.get("vk", "V").startswith("V"),
            )
        )  # fmt: skip
    return sorted(found, key=lambda m: (m.kind is MeasureKind.EXEMPTION, m.valid_from, m.what))
