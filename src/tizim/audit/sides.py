"""The entries of one list as an audit sees them: with the names that the list prints, its acts and statements."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tizim.answer.evidence import designations
from tizim.answer.members import Member
from tizim.answer.official import shown_by
from tizim.answer.profiles import LAYER_OF, READ, Profile, known_claims, of_claims
from tizim.answer.subjects import Clusters
from tizim.audit.findings import Side
from tizim.domain.dates import AsOf
from tizim.domain.documents import Layer
from tizim.domain.lists import ListId
from tizim.domain.statements import Property, statement_id
from tizim.register.view import Doc, SightedClaim, View, covers
from tizim.text import script_of

_LATIN = frozenset({"Latn", "Zyyy", ""})
_RESTING = frozenset({Property.MEMBER, Property.LEGAL_BASIS, Property.IMPOSED_MEASURE})
_MEMBER, _BASIS, _IMPOSED = (p.value for p in (Property.MEMBER, Property.LEGAL_BASIS, Property.IMPOSED_MEASURE))


class Entries(msgspec.Struct, frozen=True, kw_only=True):
    """One list's entries by subject, each subject once."""

    members: Mapping[str, Member]
    profiles: Mapping[str, Profile]
    """by what the list itself prints; of a subject that no document shows, by all that is known"""
    sides: Mapping[str, Side]
    imposed: Mapping[str, tuple[str, ...]]
    """measures that the list prints for the entry"""
    claims: Mapping[str, Sequence[SightedClaim]]
    """what the profiles are made of: all that any document known says"""
    records: Mapping[int, tuple[str, str, str]]
    """source, key and subject of the records that say it"""


def entries(view: View, members: Iterable[Member], lists: Sequence[ListId], as_of: AsOf) -> Entries:
    """The entries for *members* of *lists*."""
    by_subject: dict[str, Member] = {}
    for member in members:
        by_subject.setdefault(member.subject, member)
    records = view.entries_of(key for member in by_subject.values() for key in member.keys)
    showing = {line for line in view.lines_held() if set(shown_by(line)) & set(lists)}
    printed = {subject for source, _, subject in records.values() if source in showing}
    keys = {
        subject: [key for key in member.keys if key in printed] or list(member.keys)
        for subject, member in by_subject.items()
    }
    claims = known_claims(view, keys, READ | _RESTING, as_of)
    found = of_claims(view, keys, claims)
    resting, imposed, basis = _resting(view, claims, records, as_of)
    clusters = Clusters(view, as_of)
    for statement in designations(view, as_of, lists=lists):
        subject = clusters.id_of(statement.subject)
        if subject in by_subject:
            resting[subject].append(statement.id)
            if statement.act.text:
                basis[subject] = statement.act.text
    sides = {
        subject: _side(member, found[subject], tuple(dict.fromkeys(resting[subject])), basis.get(subject, ""))
        for subject, member in by_subject.items()
    }
    return Entries(
        members=by_subject, profiles=found, sides=sides,
        imposed={subject: tuple(dict.fromkeys(texts)) for subject, texts in imposed.items()},
        claims=claims, records=records,
    )  # fmt: skip


def of_the_day(view: View, entries: Entries, subject: str, as_of: AsOf) -> Profile:
    """An entry by what the newest document of the day says that shows it and speaks of the matter: a birth date that
    was corrected since is none of it any more, and one that a newer document of another form leaves out still is.

    Entries are recognised by all that was ever said of them; where no document of the day shows one, that is all.
    """
    whole = entries.profiles[subject]
    newest: dict[str, tuple[dt.date, list[SightedClaim]]] = {}
    of_day: dict[tuple[str, Layer], Doc | None] = {}
    for claim in entries.claims.get(subject, ()):
        where = (entries.records[claim.entry_id][0], LAYER_OF[claim.property])
        if where not in of_day:
            before, after = view.line(where[0], as_of, where[1]).around(as_of.valid_at)
            of_day[where] = before or after
        doc = of_day[where]
        if doc is None or not covers(claim.first, claim.last, doc):
            continue
        day, said = newest.get(claim.property, (dt.date.min, []))
        if doc.day > day:
            newest[claim.property] = (doc.day, [claim])
        elif doc.day == day:
            said.append(claim)
    if not newest:
        return whole
    claims = [claim for _, said in newest.values() for claim in said]
    return of_claims(view, {subject: whole.keys}, {subject: claims})[subject]


def _resting(
    view: View, claims: Mapping[str, Iterable[SightedClaim]], records: Mapping[int, tuple[str, str, str]], as_of: AsOf
) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, str]]:
    """By subject: statements of membership, measures printed, and the legal basis printed, as known."""
    resting: dict[str, list[str]] = defaultdict(list)
    imposed: dict[str, list[str]] = defaultdict(list)
    basis: dict[str, str] = {}
    for subject, own in claims.items():
        for claim in own:
            if claim.property == _MEMBER:
                line = view.line(records[claim.entry_id][0], as_of, Layer.CORE)
                first, _ = line.within(claim.first, claim.last)
                resting[subject].append(statement_id(claim.claim_key, line.docs[first].sha256))
            elif claim.property == _IMPOSED and claim.value:
                imposed[subject].append(claim.value)
            elif claim.property == _BASIS and claim.value:
                basis.setdefault(subject, claim.value)
    return resting, imposed, basis


def _side(member: Member, profile: Profile, statements: tuple[str, ...], act: str) -> Side:
    names = tuple(dict.fromkeys((member.name, *(name.text for name in profile.names)) if member.name else ()))
    names = names or tuple(name.text for name in profile.names)
    return Side(
        member=member, names=names,
        original_names=tuple(name for name in names if script_of(name) not in _LATIN),
        statements=statements, act=act,
    )  # fmt: skip
