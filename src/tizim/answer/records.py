"""Every statement that documents make of a subject, and the subject as those statements have it."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from tizim.answer.evidence import provenance
from tizim.answer.subjects import Subject
from tizim.domain.dates import AsOf
from tizim.domain.names import Entity, Kind, Name, NameKind
from tizim.domain.statements import Claim, Property, Statement, statement_id
from tizim.register.view import Headline, Line, SightedClaim, View
from tizim.text import script_of


def statements(view: View, subject: Subject, as_of: AsOf) -> tuple[Statement, ...]:
    """The statements of documents about *subject* that were known, in the order of its records and their fields.

    A claim that several documents make is one statement here: that of the earliest document, with the
    span of documents that repeat it. A page tells of them several times, so those of a few subjects are remembered.
    """
    key = (subject.keys, view.knowledge(as_of))
    return view.shared.recent("statements of subjects", key, lambda: _statements(view, subject, as_of), _SUBJECTS)


_SUBJECTS: Final = 64
"""subjects whose statements are remembered: pages ask for those of one more than once"""


def _statements(view: View, subject: Subject, as_of: AsOf) -> tuple[Statement, ...]:
    spans: dict[int, list[SightedClaim]] = defaultdict(list)
    for row in view.claims(subject.keys):
        spans[row.claim_id].append(row)
    entries = view.entries_of(subject.keys)
    places = view.places(spans)
    found = []
    for number, rows in spans.items():
        source, _, key = entries[rows[0].entry_id]
        layer = Claim(property=Property(rows[0].property), value="").layer
        one = _statement(view.line(source, as_of, layer), key, rows, _ORDINAL.sub("", places.get(number, "")))
        if one is not None:
            found.append(one)
    return tuple(found)


# The ordinal of an element differs from one document to the next; its name and its record do not.
_ORDINAL = re.compile(r"\[\d+\]")


def _statement(line: Line, subject: str, rows: Sequence[SightedClaim], place: str) -> Statement | None:
    ranges = [line.within(row.first, row.last) for row in rows]
    held = {index for first, end in ranges for index in range(first, end)}
    if not held:
        return None
    first, last = line.docs[min(held)], line.docs[max(held)]
    row = rows[0]
    prop = Property(row.property)
    claim = None
    if row.value is not None:
        claim = Claim(property=prop, value=row.value, facets=tuple(sorted(row.facets.items())), place=place)
    return Statement(
        id=statement_id(row.claim_key, first.sha256),
        subject=subject,
        property=prop,
        claim=claim,
        first=provenance(first, place),
        last=provenance(last, place),
        documents=len(held),
    )


def entity(view: View, subject: Subject, as_of: AsOf) -> Entity:
    """The subject as the documents known have it: its names with script and language, its kind, its references."""
    key = (subject.keys, subject.main_name, view.knowledge(as_of))
    return view.shared.recent("entities", key, lambda: _entity(view, subject, as_of), _SUBJECTS)


def _entity(view: View, subject: Subject, as_of: AsOf) -> Entity:
    names, kinds = [], []
    for one in statements(view, subject, as_of):
        claim = one.claim
        if claim is None:
            continue
        if one.property is Property.KIND:
            kinds.append(claim.value)
        kind = _KIND.get(one.property)
        if kind is not None:
            named = _named(claim, kind, one.first.source)
            if named not in names:
                names.append(named)
    headlines = [row for row in view.headlines_of(subject.keys) if _shows(view.line(row.source, as_of), row)]
    return Entity(
        id=subject.id, kind=Kind(kinds[0]) if kinds else Kind.UNKNOWN, main_name=subject.main_name, names=tuple(names),
        references=tuple(sorted({row.reference for row in headlines})), keys=subject.keys,
    )  # fmt: skip


def names_known(view: View, clusters: Mapping[str, Sequence[str]], as_of: AsOf) -> dict[str, tuple[Name, ...]]:
    """The names of many subjects, by their ids, as `entity` has those of one; *clusters* has the records of each."""
    owner = {key: public for public, keys in clusters.items() for key in keys}
    with view.aside():  # what an entry is called never changes, and no entry is told of but for its names
        entries = view.entries_of(owner)
    found: dict[str, dict[Name, None]] = defaultdict(dict)
    for row in view.claims(owner, {prop.value for prop in _KIND}):
        source, _, key = entries[row.entry_id]
        prop = Property(row.property)
        line = view.line(source, as_of, Claim(property=prop, value="").layer)
        first, end = line.within(row.first, row.last)
        if first < end and row.value is not None:
            claim = Claim(property=prop, value=row.value, facets=tuple(sorted(row.facets.items())), place="")
            found[owner[key]][_named(claim, _KIND[prop], source)] = None
    return {public: tuple(names) for public, names in found.items()}


def _named(claim: Claim, kind: NameKind, source: str) -> Name:
    return Name(
        text=claim.value, kind=_alias(claim) if claim.property is Property.ALIAS else kind,
        script=claim.facet("script") or script_of(claim.value), language=claim.facet("language", "und"),
        stated_by=claim.facet("stated_by") or source,
    )  # fmt: skip


_KIND = {
    Property.NAME: NameKind.PRIMARY,
    Property.ALIAS: NameKind.ALIAS,
    Property.ORIGINAL_NAME: NameKind.ORIGINAL_SCRIPT,
}


def _alias(claim: Claim) -> NameKind:
    if claim.facet("quality") == "low":
        return NameKind.WEAK_ALIAS
    if claim.facet("kind") == NameKind.FORMER.value:
        return NameKind.FORMER
    return NameKind.AS_STATED if claim.facet("name_kind").startswith("as stated") else NameKind.ALIAS


def _shows(line: Line, row: Headline) -> bool:
    first, end = line.within(row.first, row.last)
    return first < end
