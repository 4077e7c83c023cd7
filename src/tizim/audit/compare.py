"""One list against another: what each entry's counterpart is, what differs, and what an auditor might do."""

import datetime as dt
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from tizim.answer.evidence import designations, rules_of
from tizim.answer.grounds import TOLD, Ground, counted, ground, read_back
from tizim.answer.history import on_lists
from tizim.answer.members import Member, Members, members
from tizim.answer.official import official_list, parts_of
from tizim.answer.profiles import Profile
from tizim.answer.subjects import LEDGER, Subject
from tizim.audit.differing import differences
from tizim.audit.findings import Audit, Difference, Finding, FindingKind, Side
from tizim.audit.regimes import Regime, named, names_its_subject, regimes
from tizim.audit.sides import Entries, entries, of_the_day
from tizim.domain.dates import AsOf, PartialDate
from tizim.domain.listing import ENDED, Status
from tizim.domain.lists import ListId, Rule
from tizim.errors import BadInput
from tizim.match.entities import Reason, noted
from tizim.memory import uncollected
from tizim.register.view import View
from tizim.resolve.choose import BY_ANY_NAME, TWICE, WHOLE, Choice, Verdict, choose, is_one_of_two, of_reason
from tizim.resolve.everyone import last_verdicts
from tizim.resolve.pairs import Comparer, Pair
from tizim.text import fold

_ORDER = {kind: number for number, kind in enumerate(FindingKind)}


class _Counterpart(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the other list for a national entry."""

    reference: str = ""
    """its subject there; empty if there is none"""
    judged_by: tuple[str, ...] = ()
    choice: Choice | None = None
    regime: Regime | None = None
    by_name: str = ""
    """the name by which the regime's subject was recognised"""


def compare_lists(
    view: View, national: ListId, reference: ListId, as_of: AsOf, seen: int, *, reference_at: dt.date | None = None
) -> Audit:
    """All findings of *national* against *reference*, as of the same two times.

    *reference_at* is another day for the reference list: with the same list on both sides it is that list over
    time. Raises `NotFound` for an unknown list, `BadInput` for a list against itself on one day.
    """
    reference_as_of = msgspec.structs.replace(as_of, valid_at=reference_at) if reference_at else as_of
    if national == reference and reference_as_of == as_of:
        raise BadInput(f"{national} against itself says nothing: give another day with --reference-as-of")
    with uncollected():
        return _compared(view, national, reference, as_of, reference_as_of, seen)


def _compared(view: View, national: ListId, reference: ListId, as_of: AsOf, reference_as_of: AsOf, seen: int) -> Audit:
    own, other = members(view, national, as_of), members(view, reference, reference_as_of)
    lists, others = parts_of(view, national), parts_of(view, reference)
    mine = _entries(view, (*own.members, *own.expired), lists, as_of)
    theirs = _entries(view, other.members, others, reference_as_of)
    found = _counterparts(view, mine, theirs, reference, reference_as_of)
    making = _Making(view, own, other, mine, theirs, rules_of(view, lists, as_of), national, reference)
    alone = [subject for subject, one in found.items() if not one.reference]
    making.ended = _ended(view, [mine.members[subject] for subject in alone], others, reference_as_of)
    findings = [making.of_national(subject, found[subject]) for subject in mine.members]
    taken = {one.reference for one in found.values() if one.reference}
    claimed = {pair.right for one in found.values() for pair in _meant(one)}
    findings += [making.missing(subject, claimed) for subject in theirs.members if subject not in taken]
    findings.sort(key=lambda one: (_ORDER[one.kind], *_named(one)))
    return Audit(
        national=official_list(view, national), reference=official_list(view, reference), as_of=as_of,
        reference_as_of=reference_as_of, findings=tuple(findings), national_observed=own.last_observed,
        reference_observed=other.last_observed, national_stale=own.stale, reference_stale=other.stale, seen=seen,
    )  # fmt: skip


def _entries(view: View, members: Sequence[Member], lists: Sequence[ListId], as_of: AsOf) -> Entries:
    """The entries for *members* of *lists*; those of the last audit are remembered, for they take it half its time."""
    key = (tuple(lists), as_of.valid_at, view.knowledge(as_of), len(members))
    return view.shared.recent("entries of audits", key, lambda: entries(view, members, lists, as_of), _SIDES)


_SIDES: Final = 2
"""lists whose entries are remembered as audits see them: the largest takes a hundred megabytes"""


def _ended(view: View, alone: Sequence[Member], others: Sequence[ListId], as_of: AsOf) -> dict[str, Ground]:
    """For national entries without a counterpart: that one of *others* had the same subject, and how that ended."""
    owner = {key: member for member in alone for key in member.keys}
    seen = {row.subject for row in view.headlines_of(owner, others)}
    seen |= {statement.subject for statement in designations(view, as_of, lists=others)}
    found = {}
    for member in {owner[key].subject: owner[key] for key in sorted(seen & owner.keys())}.values():
        subject = Subject(id=member.subject, keys=member.keys, judgements=(), names=(), asked="")
        for one in on_lists(view, subject, as_of, others):
            if one.state is not None and one.state.status in ENDED and one.state.since:  # not one of later days
                found[member.subject] = ground(
                    "{list} had an entry for it: {status} {since}",
                    list=one.list, status=one.state.status.value, since=one.state.since,
                )  # fmt: skip
    return found


def _named(finding: Finding) -> tuple[str, str]:
    side = finding.national or finding.reference
    return (side.member.name.casefold(), side.member.subject) if side is not None else ("", "")


def _meant(one: _Counterpart) -> Iterable[Pair]:
    """The entries that may be meant by one whose counterpart is not settled."""
    choice = one.choice
    if choice is not None and choice.verdict is Verdict.AMBIGUOUS and choice.best is not None:
        yield choice.best
        yield from choice.rivals


def _counterparts(
    view: View, mine: Entries, theirs: Entries, reference: ListId, as_of: AsOf
) -> dict[str, _Counterpart]:
    """For each national entry: by judgement, by a regime that names it, or by the matcher."""
    found: dict[str, _Counterpart] = {}
    open_: dict[str, None] = {}
    about = regimes(view, reference, as_of)
    for subject, member in mine.members.items():
        regime = next((one for one in about if one.subject == subject), None)
        if subject in theirs.members:
            authors = {*member.by_judgement_of, *theirs.members[subject].by_judgement_of}
            found[subject] = _Counterpart(reference=subject, judged_by=tuple(sorted(authors)))
        elif regime is not None:
            found[subject] = _Counterpart(regime=regime)
        else:
            open_[subject] = None
    own = {subject: mine.profiles[subject] for subject in open_}
    by_regime = named(own, about)
    apart = _apart(view, mine, theirs, as_of)
    choices = _settled(choices_among(own, theirs.profiles, apart, _index(view)), mine, theirs, found)
    for subject in open_:
        choice = choices[subject]
        best = choice.best
        known = by_regime.get(subject)
        if known is not None and best is not None:
            other = theirs.profiles[best.right]
            is_it = choice.verdict is Verdict.SAME and best.main >= WHOLE  # the same main name says more than an alias
            known = None if is_it or names_its_subject(other.main_names, known[0]) else known
        listed = known is not None and known[0].subject in theirs.members
        if known is not None and listed and known[1] not in mine.profiles[subject].main_names:
            known = None  # what the list prints of it was compared, so only the entry's own name says more
        if known is not None and known[0].subject in theirs.members:
            found[subject] = _Counterpart(reference=known[0].subject, by_name=known[1])
        elif known is not None:
            # Another entry that merely has such a name is not the regime's subject.
            found[subject] = _Counterpart(regime=known[0], by_name=known[1], choice=choice)
        else:
            meant = best.right if best is not None and choice.verdict is Verdict.SAME else ""
            found[subject] = _Counterpart(reference=meant, choice=choice)
    return found


def _index(view: View) -> Callable[[Mapping[str, Profile]], Comparer]:
    """Makes indexes of entries, and remembers the last one: the next audit is often of the same lists."""

    def made(profiles: Mapping[str, Profile]) -> Comparer:
        key = tuple((subject, id(profile)) for subject, profile in profiles.items())
        # The profiles stay with the index, so that none of their ids is another's meanwhile.
        return view.shared.recent("index of audits", key, lambda: (profiles, Comparer(profiles)), 1)[1]

    return made


def choices_among(
    own: Mapping[str, Profile],
    others: Mapping[str, Profile],
    apart: Container[tuple[str, str]] = (),
    index: Callable[[Mapping[str, Profile]], Comparer] = Comparer,
) -> dict[str, Choice]:
    """What the matcher makes of the entries of one list among those of another; no pair of *apart* is one.

    The smaller side is looked up in an index of the larger.
    """
    if not own:
        return {}
    ranked: dict[str, list[Pair]] = {subject: [] for subject in own}
    if len(own) <= len(others):
        comparer = index(others)
        for subject, profile in own.items():
            ranked[subject] = [pair for pair in comparer.candidates(profile) if (subject, pair.right) not in apart]
    else:
        comparer = index(own)
        for profile in others.values():
            for pair in comparer.candidates(profile):
                if (pair.right, pair.left) not in apart:
                    ranked[pair.right].append(pair.turned())
        for pairs in ranked.values():
            pairs.sort(key=lambda pair: pair.rank)
    return choose(ranked, own, others)


def _apart(view: View, mine: Entries, theirs: Entries, as_of: AsOf) -> set[tuple[str, str]]:
    """National and reference entries that a judgement says are two."""
    ours, others = (
        {key: subject for subject, member in side.members.items() for key in member.keys} for side in (mine, theirs)
    )
    found = set()
    for pair, tie in last_verdicts(view, as_of).items():
        if tie.verdict == "different" and len(pair) > 1:
            one, other = pair
            found |= {(ours[a], others[b]) for a, b in ((one, other), (other, one)) if a in ours and b in others}
    return found


def _settled(
    choices: Mapping[str, Choice], mine: Entries, theirs: Entries, found: Mapping[str, _Counterpart]
) -> dict[str, Choice]:
    """The choices, with what the matcher does not know: which entries have their counterpart already."""
    taken = {one.reference: subject for subject, one in found.items() if one.reference}
    return {
        subject: _settle(choice, mine, theirs, taken) if choice.verdict is Verdict.SAME else choice
        for subject, choice in choices.items()
    }


def _settle(choice: Choice, mine: Entries, theirs: Entries, taken: Mapping[str, str]) -> Choice:
    best = choice.best
    assert best is not None  # noqa: S101 - a choice of one has one
    if best.right not in taken:
        return _by_the_ledger(choice, best, mine, theirs)
    first = mine.members[taken[best.right]].name
    if is_one_of_two(best):
        reason = Reason(what=TWICE.format(other=first), gain=0.0)
        return msgspec.structs.replace(
            choice, best=msgspec.structs.replace(best, reasons=(*best.reasons, reason))
        )  # fmt: skip
    if best.score < BY_ANY_NAME:
        return msgspec.structs.replace(
            choice, verdict=Verdict.NONE, best=None, rivals=(best, *choice.rivals)
        )  # fmt: skip
    return msgspec.structs.replace(
        choice, verdict=Verdict.AMBIGUOUS,
        against=ground(
            "“{name}” is a name of {entry}, for which “{other}” stands", name=best.names.right,
            entry=theirs.members[best.right].name, other=first,
        ),
    )  # fmt: skip  # fmt: skip


def _by_the_ledger(choice: Choice, best: Pair, mine: Entries, theirs: Entries) -> Choice:
    """The choice, where the ledger has the two as two subjects: then only the very same name is more than likeness."""
    one, other = (
        next((key.removeprefix(LEDGER) for key in member.keys if key.startswith(LEDGER)), "")
        for member in (mine.members[best.left], theirs.members[best.right])
    )
    if not one or not other:
        return choice
    if fold(best.names.left) == fold(best.names.right):
        doubt = Reason(what=_BUT_TWO.format(value=one, against=other), gain=0.0)
        return msgspec.structs.replace(choice, best=msgspec.structs.replace(best, reasons=(*best.reasons, doubt)))
    two = ground("the ledger has the two as two subjects, {value} and {against}", value=one, against=other)
    return msgspec.structs.replace(choice, verdict=Verdict.NONE, best=None, rivals=(best, *choice.rivals), against=two)


_BUT_TWO: Final = noted("but the ledger has the two as two subjects, {value} and {against}")


def _of_reason(reason: Reason) -> Ground:
    """A reason as a ground, also the one that only an audit has."""
    found = read_back(reason.what, [_BUT_TWO])
    return found if found.message != TOLD else of_reason(reason)


class _Making:
    """Findings of one audit."""

    def __init__(
        self, view: View, own: Members, other: Members, mine: Entries, theirs: Entries, rules: Sequence[Rule],
        national: ListId, reference: ListId,
    ) -> None:  # fmt: skip
        self._view = view
        self._own, self._other = own, other
        self._mine, self._theirs = mine, theirs
        self._national, self._reference = national, reference
        self.ended: Mapping[str, Ground] = {}
        """by national subject: that the reference list had it and does not now"""
        self._decides = next((rule.decides for rule in rules if rule.decides), "")
        self._law = next((rule.legal_act for rule in rules if rule.legal_act), "")

    def of_national(self, subject: str, found: _Counterpart) -> Finding:
        """The finding of a national entry; each class excludes those after it."""
        member = self._mine.members[subject]
        side = self._mine.sides[subject]
        reference = self._theirs.sides.get(found.reference)
        grounds = [*([self.ended[subject]] if subject in self.ended else []), *self._why(found, reference)]
        differ: tuple[Difference, ...] = ()
        if reference is not None:
            differ = differences(
                of_the_day(self._view, self._mine, subject, self._own.as_of),
                of_the_day(self._view, self._theirs, found.reference, self._other.as_of), side, reference,
                self._mine.imposed.get(subject, ()), self._theirs.imposed.get(found.reference, ()),
                found.choice.best if found.choice else None,
            )  # fmt: skip
        kind = self._kind(member, found, reference, differ)
        if kind is FindingKind.EXPIRED:
            lapsed = ground(
                "by its rule or its own term the listing ended ({when}); no renewal is on record here",
                when=member.since,
            )  # fmt: skip
            grounds.insert(0, lapsed)
        if kind is FindingKind.OVERDUE:
            late = ground(
                "its review was due on {day}; none since is on record here", day=str(member.review_due)
            )  # fmt: skip
            grounds.insert(0, late)
        if kind is FindingKind.EXTRA:
            grounds += self._unseen(member, self._other, self._reference)
        choice = found.choice
        best = choice.best if choice else None
        regime = found.regime
        return Finding(
            kind=kind, national=side, reference=reference if kind is not FindingKind.AMBIGUOUS else None,
            rivals=tuple(self._theirs.sides[pair.right] for pair in _meant(found)), grounds=tuple(grounds),
            differences=differ, judged_by=found.judged_by, score=round(best.score, 4) if best else None,
            associated=self._associated(regime), associated_on=regime.list if regime else "",
            lag_days=self._lag(member, reference.member) if reference else None,
            action=_ACTIONS[kind].format(national=self._national, reference=self._reference),
            basis_needed=self._basis(kind),
        )  # fmt: skip

    def missing(self, subject: str, claimed: set[str]) -> Finding:
        """The finding of a reference entry that no national entry stands for."""
        member = self._theirs.members[subject]
        grounds = [
            ground("no entry of {list} was found for it, by number, judgement or name", list=self._national)
        ]  # fmt: skip
        grounds += self._unseen(member, self._own, self._national)
        if subject in claimed:
            grounds.append(ground("a national entry of a like name may be meant: see the ambiguous ones"))
        return Finding(
            kind=FindingKind.MISSING, national=None, reference=self._theirs.sides[subject], rivals=(),
            grounds=tuple(grounds), differences=(), judged_by=(), score=None, associated=0, associated_on="",
            lag_days=self._late(member), action=_ACTIONS[FindingKind.MISSING].format(
                national=self._national, reference=self._reference
            ),
            basis_needed=self._basis(FindingKind.MISSING),
        )  # fmt: skip

    def _kind(
        self, member: Member, found: _Counterpart, reference: Side | None, differ: tuple[Difference, ...]
    ) -> FindingKind:
        if member.status is Status.EXPIRED:
            return FindingKind.EXPIRED
        if found.regime is None and found.choice is not None and found.choice.verdict is Verdict.AMBIGUOUS:
            return FindingKind.AMBIGUOUS
        if member.overdue:
            return FindingKind.OVERDUE
        if reference is not None:
            return FindingKind.DIFFERING if differ else FindingKind.SAME
        return FindingKind.MEMBERS_ONLY if found.regime and self._associated(found.regime) else FindingKind.EXTRA

    def _why(self, found: _Counterpart, reference: Side | None) -> list[Ground]:
        """Why the counterpart is what it is."""
        choice, best = found.choice, found.choice.best if found.choice else None
        if found.regime is not None:
            return [self._by_regime(found, found.regime)]
        if reference is not None and found.judged_by:
            return [ground("one subject by the word of {who}", who=", ".join(found.judged_by))]
        if reference is not None and best is None:
            if found.by_name:
                return [ground("“{name}” is a name of it", name=found.by_name)]
            return [ground("one subject, under one number")]
        if choice is not None and choice.verdict is Verdict.AMBIGUOUS and choice.against is not None:
            return [choice.against]
        if reference is not None and best is not None:
            alike = ground(
                "“{name}” and “{other}” are alike ({score})",
                name=best.names.left, other=best.names.right, score=f"{best.score:.2f}",
            )  # fmt: skip
            return [alike, *(_of_reason(reason) for reason in best.reasons)]
        near = choice.rivals[0] if choice and choice.rivals else None
        if near is None:
            return [ground("no entry of {list} has a name like it", list=self._reference)]
        called = self._theirs.members[near.right].reference or near.right
        name, score = near.names.right, f"{near.score:.2f}"
        if choice and choice.against is not None:
            apart = ground(
                "no entry of {list} was taken for it: the nearest is “{name}” ({number}, {score})",
                list=self._reference, name=name, number=called, score=score,
            )  # fmt: skip
            return [apart, choice.against]
        return [
            ground(
                "no entry of {list} is like it: the nearest is “{name}” ({number}, {score})",
                list=self._reference, name=name, number=called, score=score,
            )
        ]  # fmt: skip

    def _by_regime(self, found: _Counterpart, regime: Regime) -> Ground:
        n = self._associated(regime)
        if found.by_name:
            return counted(
                "{list} has no entry for it, but {regime} is the regime that names it (“{name}” names it): {n} entry"
                " there is its associate",
                "{list} has no entry for it, but {regime} is the regime that names it (“{name}” names it): {n} entries"
                " there are its associates",
                n, list=self._reference, regime=regime.list, name=found.by_name,
            )  # fmt: skip
        return counted(
            "{list} has no entry for it, but {regime} is the regime that names it: {n} entry there is its associate",
            "{list} has no entry for it, but {regime} is the regime that names it: {n} entries there are its"
            " associates",
            n, list=self._reference, regime=regime.list,
        )  # fmt: skip

    def _associated(self, regime: Regime | None) -> int:
        return sum(one.list == regime.list for one in self._other.members) if regime else 0

    def _unseen(self, member: Member, among: Members, name: ListId) -> Iterable[Ground]:
        """Why an entry may not be seen on a list although it is there: what is held of the list is older than it."""
        reach = _reach(among)
        if reach is None:
            yield ground("nothing held here shows {list} on that day or before it", list=name)
            return
        listed = _day(member)
        if listed is not None and listed > reach and not self._is_over_time:
            yield ground(
                "it is listed since {listed}, and {list} was last seen on {day}: a newer copy may have it",
                listed=str(listed), list=name, day=str(reach),
            )  # fmt: skip

    def _lag(self, national: Member, reference: Member) -> int | None:
        """Days by which the national list came after the reference list."""
        own, other = _day(national), _day(reference)
        return (own - other).days if own and other and not self._is_over_time else None

    def _late(self, member: Member) -> int | None:
        """Days for which the national list did not have an entry, up to the day on which it was last seen."""
        listed, reach = _day(member), _reach(self._own)
        known = listed is not None and reach is not None and reach >= listed and not self._is_over_time
        return (reach - listed).days if known and reach and listed else None

    @property
    def _is_over_time(self) -> bool:
        return self._national == self._reference

    def _basis(self, kind: FindingKind) -> str:
        if kind in {FindingKind.SAME, FindingKind.AMBIGUOUS}:
            return ""
        who = f"an act of {self._decides}" if self._decides else "an act of whoever decides on this list"
        return f"{who}, under {self._law}" if self._law else who


_ACTIONS = {
    FindingKind.EXPIRED: "renew, or record that it was delisted",
    FindingKind.OVERDUE: "review, then renew, retain or delist",
    FindingKind.EXTRA: "retain on grounds of its own, or delist",
    FindingKind.MEMBERS_ONLY: "retain on grounds of its own, or delist; see which associates {reference} lists",
    FindingKind.MISSING: "examine whether {national} must list it",
    FindingKind.AMBIGUOUS: "say which entry is meant, if any",
    FindingKind.DIFFERING: "amend, or confirm what {national} says",
    FindingKind.SAME: "nothing",
}


def _reach(found: Members) -> dt.date | None:
    """The day up to which what is held shows a list: the day asked for, if a later copy shows it as well."""
    return found.as_of.valid_at if found.copy_after is not None else found.last_observed


def _day(member: Member) -> dt.date | None:
    """The day from which an entry is listed, where it is known to the day.

    The date that a list prints may be that of a listing that ended long before the one of now.
    """
    if member.status in ENDED:  # then it is the end that is known
        return _exactly(member.listed_on)
    first, between, _ = member.since.partition("/")
    if not between:
        return _exactly(member.since) or _exactly(member.listed_on)
    printed = _exactly(member.listed_on)
    return None if printed is not None and printed.isoformat() < first and first != ".." else printed


def _exactly(text: str) -> dt.date | None:
    date = PartialDate.parse(text) if text and "/" not in text else None
    return date.earliest if date is not None and date.day else None
