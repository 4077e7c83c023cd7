"""What a state is computed from: copies of lists, and statements about acts."""

import bisect
import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from tizim.domain.acts import Action, LegalAct
from tizim.domain.dates import AsOf, PartialDate, instant_of
from tizim.domain.designations import Designation
from tizim.domain.documents import OPINION, Method, Provenance, SourceClass, source_class
from tizim.domain.listing import Evidence, review
from tizim.domain.lists import ListId, Rule, RuleKind, SubjectId
from tizim.domain.statements import Property, statement_id
from tizim.errors import Broken
from tizim.register.view import Doc, Fact, Headline, Line, View
from tizim.sources import catalogue


class Copies(msgspec.Struct, frozen=True, kw_only=True):
    """The complete documents that show a list, as known."""

    source: str
    line: Line
    rhythm_days: int

    def shows(self, row: Headline) -> bool:
        """Whether any copy known shows the headline."""
        first, end = self.line.within(row.first, row.last)
        return first < end


def parts_of(list_id: ListId) -> tuple[ListId, ...]:
    """The list itself, or the lists of which it is a view. Raises `NotFound` for an unknown id."""
    official = catalogue.official_list(list_id)
    return official.parts or (official.id,)


def copies_of(view: View, list_id: ListId, as_of: AsOf) -> list[Copies]:
    """The sources whose complete documents show *list_id*, with those of them that were known."""
    parts = set(parts_of(list_id))
    found = []
    for source_id in catalogue.SOURCES:
        info = catalogue.source(source_id).info
        if info.complete and parts & set(info.lists):
            line = view.line(source_id, as_of)
            if line.docs:
                found.append(Copies(source=source_id, line=line, rhythm_days=info.rhythm_days))
    return found


def of_copies(
    line: Line, spans: Sequence[tuple[int, int]], printed: Iterable[str], valid_at: dt.date
) -> list[Evidence]:
    """The evidence that copies give about one entry: its printed beginnings, and the sightings and
    absences that bound its periods and the day asked for.
    """
    evidence = [Evidence.of_printed_date(PartialDate.parse(text)) for text in set(printed) if text]
    docs = line.docs
    ranges = [line.within(first, last) for first, last in spans]
    if not any(first < end for first, end in ranges):
        return evidence

    def upto(day: dt.date) -> int:
        """Index of the last copy up to the end of *day*, which speaks for it; -1 if there is none."""
        return bisect.bisect_right(docs, day, key=lambda doc: doc.day) - 1

    # Only the edges matter: of the line, of each period, of each printed beginning, and of the day asked for.
    edges = {0, len(docs) - 1, *(index for pair in ranges for index in pair)}
    for day in (valid_at, *(one.latest for one in evidence if one.latest)):
        edges.add(upto(day) + 1)
    keep = set()
    for index in edges:
        if index < len(docs):
            keep.add(upto(docs[index].day))
        if index:
            eve = docs[index].day - dt.timedelta(days=1) if index < len(docs) else docs[-1].day
            keep.add(upto(eve))
    keep.discard(-1)
    for index in sorted(keep):
        seen = any(first <= index < end for first, end in ranges)
        evidence.append(Evidence.of_copy(docs[index].day, seen=seen))
    return evidence


def designations(
    view: View,
    as_of: AsOf | None,
    *,
    subjects: Iterable[str] | None = None,
    lists: Sequence[ListId] | None = None,
) -> list[Designation]:
    """Statements about acts, as known."""
    made = []
    for fact in view.facts(Property.ACT, as_of, subjects=subjects, lists=lists):
        key = ("designation", fact.claim_id, fact.document_id)
        one = view.shared.memo.get(key)
        if not isinstance(one, Designation):
            one = view.shared.memo[key] = designation(view, fact)
        made.append(one)
    # By what they say, never by the order in which they came into this register.
    return sorted(made, key=lambda one: (one.list, one.date, one.source_class.rank, one.id))


def evidence_of(view: View, statements: Iterable[Designation]) -> list[Evidence]:
    """What statements prove; remembered, for a statement never changes."""
    found: list[Evidence] = []
    for one in statements:
        key = ("evidence", one.id)
        proved = view.shared.memo.get(key)
        if not isinstance(proved, tuple):
            proved = view.shared.memo[key] = one.evidence
        found += proved
    return found


def designation(view: View, fact: Fact) -> Designation:
    """One statement about an act, from the register's row."""
    f = fact.facets
    doc = view.document(fact.document_id)
    if doc is None:
        raise Broken(f"statement {fact.claim_id} comes from a document that the register does not know")
    published = f.get("published", "")
    ranked = source_class(f.get("source_class", ""))
    return Designation(
        id=statement_id(fact.claim_key, doc.sha256),
        subject=SubjectId(fact.subject),
        list=ListId(fact.list),
        action=Action(fact.value),
        name=f.get("name", ""),
        carrier=f.get("carrier", ""),
        date=f.get("date", ""),
        precision=f.get("precision", ""),
        date_kind=f.get("date_kind", ""),
        date_until=f.get("date_until", ""),
        act=LegalAct(text=f.get("legal_act", "")),
        authority=f.get("authority", ""),
        decided_by=f.get("decided_by", ""),
        announced_by=f.get("announced_by", ""),
        reference=f.get("reference", ""),
        conflict_group=f.get("conflict_group", ""),
        note=f.get("note", ""),
        source_title=f.get("source_title", ""),
        source_address=f.get("source_address", ""),
        source_class=ranked or _UNRANKED,
        verified=f.get("vk", "V") == "V",
        published=PartialDate.parse(published).latest if published else None,
        provenance=provenance(doc, fact.place),
        recorded_at=instant_of(fact.recorded_us),
    )


_UNRANKED = SourceClass(name="unranked", rank=OPINION)


def provenance(doc: Doc, place: str) -> Provenance:
    """Where a statement stands."""
    return Provenance(
        source=doc.source, sha256=doc.sha256, url=doc.url, title=doc.title, date=doc.day, place=place,
        method=Method(doc.method), held=doc.held, retrieved_at=doc.retrieved_at,
    )  # fmt: skip


def rules_of(view: View, lists: Sequence[ListId], as_of: AsOf) -> list[Rule]:
    """The rules of *lists*, as known."""
    found = []
    for fact in view.facts(Property.RULE, as_of, lists=lists):
        f = fact.facets
        found.append(
            Rule(
                list=ListId(fact.list), kind=RuleKind(fact.value), period=f.get("period", ""),
                valid_from=f.get("rule_from", ""), valid_to=f.get("rule_to", ""), legal_act=f.get("legal_act", ""),
                decides=f.get("decides", ""), removal=f.get("removal", ""), source=f.get("source", ""),
                verified=f.get("vk", "V").startswith("V"),
            )
        )  # fmt: skip
    return found


def review_of(rows: Iterable[Headline], rules: Sequence[Rule], day: dt.date) -> tuple[dt.date | None, bool]:
    """When the next review is due by the dates of listing and review that copies print, and whether it is late."""
    printed = {text for row in rows for text in (row.listed_on, row.reviewed_on) if text}
    dates = [last for text in printed if (last := PartialDate.parse(text).latest) <= day]
    return review(max(dates, default=None), rules, day)


def age(
    list_id: ListId, as_of: AsOf, copies: Sequence[Copies], statements: Sequence[Designation]
) -> tuple[dt.date | None, bool]:
    """The newest day, up to the day asked for, of a copy or other evidence of the list; and whether it is stale."""
    days = [doc.day for one in copies if (doc := one.line.around(as_of.valid_at)[0]) is not None]
    rhythm = min((one.rhythm_days for one in copies), default=catalogue.official_list(list_id).rhythm_days)
    if not days:
        evidence = [e for s in statements for e in s.evidence]
        days = [e.latest for e in evidence if e.latest is not None and e.latest <= as_of.valid_at]
    newest = max(days, default=None)
    return newest, newest is None or (as_of.valid_at - newest).days > rhythm
