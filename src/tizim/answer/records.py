"""Every statement that documents make of a subject, and the subject as those statements have it."""

from collections import defaultdict
from collections.abc import Sequence

from tizim.answer.evidence import provenance
from tizim.answer.subjects import Subject
from tizim.domain.dates import AsOf
from tizim.domain.names import Entity, Kind, Name, NameKind
from tizim.domain.statements import Claim, Property, Statement, statement_id
from tizim.register.view import Line, SightedClaim, View
from tizim.text import script_of


def statements(view: View, subject: Subject, as_of: AsOf) -> tuple[Statement, ...]:
    """The statements of documents about *subject* that were known, in the order of its records and their fields.

    A claim that several documents make is one statement here: that of the earliest document, with the
    span of documents that repeat it.
    """
    spans: dict[int, list[SightedClaim]] = defaultdict(list)
    for row in view.claims(subject.keys):
        spans[row.claim_id].append(row)
    sources = view.sources_of(subject.keys)
    found = []
    for rows in spans.values():
        one = _statement(view.line(sources[rows[0].entry_id][0], as_of), sources[rows[0].entry_id], rows)
        if one is not None:
            found.append(one)
    return tuple(found)


def _statement(line: Line, of: tuple[str, str, str], rows: Sequence[SightedClaim]) -> Statement | None:
    ranges = [line.within(row.first, row.last) for row in rows]
    held = [index for first, end in ranges for index in range(first, end)]
    if not held:
        return None
    _, key, subject = of
    first, last = line.docs[min(held)], line.docs[max(held)]
    row = rows[0]
    prop = Property(row.property)
    claim = None
    if row.value is not None:
        claim = Claim(
            property=prop, value=row.value, facets=tuple(sorted(row.facets.items())), place=row.place
        )
    return Statement(
        id=statement_id(row.claim_key, first.sha256), subject=subject, property=prop, claim=claim,
        first=provenance(first, _place(key, row.place)), last=provenance(last, key), documents=len(set(held)),
    )  # fmt: skip


def _place(key: str, field: str) -> str:
    return f"{key}: {field}" if field else key


def entity(view: View, subject: Subject, as_of: AsOf) -> Entity:
    """The subject as the documents known have it: its names with script and language, its kind, its references."""
    names, kinds = [], []
    for one in statements(view, subject, as_of):
        claim = one.claim
        if claim is None:
            continue
        if one.property is Property.KIND:
            kinds.append(claim.value)
        kind = _KIND.get(one.property)
        if kind is not None:
            named = Name(
                text=claim.value, kind=_alias(claim) if one.property is Property.ALIAS else kind,
                script=claim.facet("script") or script_of(claim.value), language=claim.facet("language", "und"),
                stated_by=claim.facet("stated_by") or one.first.source,
            )  # fmt: skip
            if named not in names:
                names.append(named)
    headlines = view.headlines_of(subject.keys)
    return Entity(
        id=subject.id, kind=Kind(kinds[0]) if kinds else Kind.UNKNOWN, main_name=subject.main_name, names=tuple(names),
        references=tuple(sorted({row.reference for row in headlines})), keys=subject.keys,
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
