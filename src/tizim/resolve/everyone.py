"""Everyone in the register: each subject with the names known, its lists, its lines of documents, and from whom it
was judged to differ.
"""

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import msgspec

from tizim.answer.profiles import Profile, profiles
from tizim.answer.subjects import LEDGER, WHOLE_LIST, Clusters
from tizim.domain.dates import AsOf, Basis
from tizim.domain.names import Kind
from tizim.domain.statements import Property
from tizim.register.view import Tie, View, stands
from tizim.sources import decisions, judgements

_SAYING_NO_NAME = frozenset({decisions.SOURCE.info.id, judgements.SOURCE.info.id})
"""lines in which people write about others' entries: two of their rows may well be about one subject"""


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One subject of a pair, as known."""

    subject: str
    """the record of it by which it is judged: the ledger's, else the one whose id sorts first"""
    keys: tuple[str, ...]
    """all its records"""
    name: str
    kind: Kind
    lists: tuple[str, ...]
    """lists that it is or was on"""
    lines: tuple[str, ...]
    """lines of documents with an entry of it"""
    apart: tuple[str, ...]
    """records that a judgement says are others"""


class Everyone(msgspec.Struct, frozen=True, kw_only=True):
    """Every subject that has a name, by its judged record, and which record is whose."""

    sides: Mapping[str, Side]
    profiles: Mapping[str, Profile]
    owner: Mapping[str, str]
    verdicts: Mapping[frozenset[str], Tie]
    """the last judgement on each two records"""

    def judged(self, one: Side, other: Side) -> Tie | None:
        """The last judgement on any record of the one and any of the other: *different* before *unsure*."""
        found = [
            tie for mine in one.keys for theirs in other.keys
            if (tie := self.verdicts.get(frozenset((mine, theirs)))) is not None
        ]  # fmt: skip
        return min(found, key=lambda tie: (tie.verdict, -tie.known_us), default=None)


def everyone(view: View, as_of: AsOf) -> Everyone:
    """Every subject with a name, by what was known."""
    clusters = Clusters(view, as_of)
    keys_of: dict[str, tuple[str, ...]] = {}
    for key in view.all_subjects():
        if not key.startswith(("list:", "topic:")) and key != WHOLE_LIST:
            keys = clusters.of(key)[0]
            keys_of[_judged_by(keys)] = keys
    owner = {key: subject for subject, keys in keys_of.items() for key in keys}
    verdicts = last_verdicts(view, as_of)
    apart: dict[str, set[str]] = defaultdict(set)
    for pair, tie in verdicts.items():
        if tie.verdict == "different" and len(pair) > 1:
            one, other = pair
            apart[owner.get(one, one)].add(other)
            apart[owner.get(other, other)].add(one)
    lists, lines = _places(view, owner, as_of)
    known = {one: profile for one, profile in profiles(view, keys_of, as_of).items() if profile.names}
    sides = {
        one: Side(
            subject=one, keys=keys_of[one], name=profile.names[0].text, kind=profile.kind,
            lists=tuple(sorted(lists.get(one, ()))), lines=tuple(sorted(lines.get(one, ()))) or (one,),
            apart=tuple(sorted(apart.get(one, ()))),
        )
        for one, profile in known.items()
    }  # fmt: skip
    return Everyone(sides=sides, profiles=known, owner=owner, verdicts=verdicts)


def last_verdicts(view: View, as_of: AsOf) -> dict[frozenset[str], Tie]:
    """The judgement that counts of each two records: the last one recorded, as `tizim.answer.subjects` reads them."""
    recorded_by = as_of.known_us if as_of.basis is Basis.RECORDED else None
    found: dict[frozenset[str], Tie] = {}
    for tie in (tie for ties in view.ties().values() for tie in ties):
        if not stands(tie, recorded_by):
            continue
        pair = frozenset((tie.subject, tie.other))
        before = found.get(pair)
        if before is None or _order(tie) > _order(before):
            found[pair] = tie
    return found


def _order(tie: Tie) -> tuple[int, bool]:
    return (tie.known_us, tie.verdict != "same")


def _judged_by(keys: tuple[str, ...]) -> str:
    ordered = sorted(keys)
    return next((key for key in ordered if key.startswith(LEDGER)), ordered[0])


def _places(
    view: View, owner: Mapping[str, str], as_of: AsOf
) -> tuple[Mapping[str, AbstractSet[str]], Mapping[str, AbstractSet[str]]]:
    """The lists and the lines of documents of each subject, by what was known."""
    lists: dict[str, set[str]] = defaultdict(set)
    lines: dict[str, set[str]] = defaultdict(set)
    for source, _, subject in view.entries_of(owner).values():
        if source not in _SAYING_NO_NAME:
            lines[owner[subject]].add(source)
    for row in view.headlines_of(owner):
        first, end = view.line(row.source, as_of).within(row.first, row.last)
        if first < end:
            lists[owner[row.subject]].add(row.list)
    for fact in view.facts(Property.ACT, as_of):
        if fact.list and fact.subject in owner:
            lists[owner[fact.subject]].add(fact.list)
    return lists, lines
