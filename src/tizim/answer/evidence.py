"""What a state is computed from: copies of lists, and statements about acts."""

import bisect
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tizim.answer.official import official_list, parts_of, shown_by
from tizim.domain.acts import Action, LegalAct
from tizim.domain.dates import AsOf, PartialDate, instant_of
from tizim.domain.designations import Designation
from tizim.domain.documents import OPINION, Method, Provenance, SourceClass, source_class
from tizim.domain.listing import Evidence, review
from tizim.domain.lists import ListId, OfficialList, Rule, RuleKind, SubjectId
from tizim.domain.statements import Property, statement_id
from tizim.errors import Broken
from tizim.register.view import Doc, Fact, Headline, Line, View
from tizim.sources import catalogue


class Copies(msgspec.Struct, frozen=True, kw_only=True):
    """The documents of one line that show a list, as known.

    Those that are not complete (exports limited to a programme) show members, and say nothing of others.
    """

    source: str
    """the line"""
    line: Line
    rhythm_days: int
    lists: tuple[ListId, ...]
    """those of the lists asked for that the line shows"""

    def shows(self, row: Headline) -> bool:
        """Whether any copy known shows the headline."""
        if row.source != self.source:
            return False
        first, end = self.line.within(row.first, row.last)
        return first < end


def copies_of(view: View, list_id: ListId, as_of: AsOf) -> list[Copies]:
    """The lines of documents that show *list_id* or a part of it, with those documents that were known."""
    parts = parts_of(view, list_id)
    found = []
    for held in view.lines_held():
        shown = shown_by(held)
        own = tuple(part for part in parts if part in shown)
        if own and (line := view.line(held, as_of)).docs:
            rhythm = _rhythm(view, held)
            found.append(Copies(source=held, line=line, rhythm_days=rhythm, lists=own))
    return found


def _rhythm(view: View, line: str) -> int:
    """The days after which a line's newest document is stale: its source's, or that of a list of users' own."""
    source, _, list_id = line.partition("/")
    if source in catalogue.OWN:
        return official_list(view, list_id).rhythm_days
    return catalogue.source(source).info.rhythm_days


def speaks_of(view: View, copies: Copies, keys: Iterable[str]) -> bool:
    """Whether the line numbers its entries as the records *keys* are numbered, so that a copy without them says
    that the list did not hold them: of an entry known by another publisher's number it says nothing.
    """
    key = ("numbering", copies.source)
    numbering = view.shared.memo.get(key)
    if not isinstance(numbering, frozenset):
        numbering = frozenset(subject.partition(":")[0] for _, subject in view.entries(copies.source).values())
        view.shared.memo[key] = numbering
    return any(one.partition(":")[0] in numbering for one in keys)


def of_copies(
    line: Line,
    spans: Sequence[tuple[int, int]],
    printed: Iterable[str],
    valid_at: dt.date,
    *,
    elsewhere: bool = False,
) -> list[Evidence]:
    """The evidence that copies give about one entry: its printed beginnings, and the sightings and
    absences that bound its periods and the day asked for.

    *elsewhere*: another line shows the entry, so that copies of this one which never do are absences too.
    """
    evidence = [Evidence.of_printed_date(PartialDate.parse(text)) for text in set(printed) if text]
    docs = line.docs
    ranges = [line.within(first, last) for first, last in spans]
    if not elsewhere and not any(first < end for first, end in ranges):
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
        if not seen and not docs[index].complete:
            continue  # an export limited to a part says nothing of what it lacks
        evidence.append(Evidence.of_copy(docs[index].day, seen=seen))
    return evidence


Shown = tuple[tuple[str, frozenset[str], tuple[tuple[int, int], ...], bool], ...]
"""For each line: its id, the listing dates that it prints, its spans with the entry, and whether its copies
without the entry are absences, although they never show it"""


def of_lines(
    view: View,
    copies: Sequence[Copies],
    rows: Sequence[Headline],
    spans: Mapping[tuple[str, int], Sequence[tuple[int, int]]],
    keys: Iterable[str],
) -> Shown:
    """What each line of documents says of one subject on one list, for `of_copies`.

    *rows* are headlines that copies known show, *spans* the spans with their entries, *keys* its records.
    """
    found = []
    for one in copies:
        own = [row for row in rows if row.source == one.source]
        ranges = {span for row in own for span in spans[row.list, row.entry_id]}
        elsewhere = not own and bool(rows) and speaks_of(view, one, keys)
        found.append((one.source, frozenset(row.listed_on for row in own), tuple(sorted(ranges)), elsewhere))
    return tuple(found)


def designations(
    view: View,
    as_of: AsOf | None,
    *,
    subjects: Iterable[str] | None = None,
    lists: Sequence[ListId] | None = None,
) -> list[Designation]:
    """Statements about acts, as known."""
    return _told(view, view.facts(Property.ACT, as_of, subjects=subjects, lists=lists))


def designations_in(view: View, as_of: AsOf | None, sha256: str) -> list[Designation]:
    """Statements about acts that stand by the word of the document with a hash, as known."""
    every = (view.facts_in(Property.ACT, as_of, doc.id) for doc in view.documents_with(sha256))
    return _told(view, [fact for facts in every for fact in facts])


def designation_with(view: View, as_of: AsOf | None, statement: str) -> Designation | None:
    """The statement about an act that has an id, if it was known."""
    key = claim_of(statement)
    found = () if key is None else _told(view, view.facts_saying(Property.ACT, as_of, key))
    return next((one for one in found if one.id == statement), None)


def claim_of(statement: str) -> int | None:
    """The key of the claim that a statement makes, from its id; ``None`` for what is no id."""
    claim, _, _ = statement.partition("-")
    try:
        key = int(claim, 16)
    except ValueError:
        return None
    return key if 0 < key < 2**63 else None


def _told(view: View, facts: Iterable[Fact]) -> list[Designation]:
    made = []
    for fact in facts:
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
    official: OfficialList, as_of: AsOf, copies: Sequence[Copies], statements: Sequence[Designation]
) -> tuple[dt.date | None, bool]:
    """The newest day, up to the day asked for, of a copy or other evidence of the list; and whether it is stale."""
    copied = [(doc.day, one.rhythm_days) for one in copies if (doc := one.line.around(as_of.valid_at)[0]) is not None]
    if copied:
        newest, rhythm = max(copied)
        return newest, (as_of.valid_at - newest).days > rhythm
    rhythm = min((one.rhythm_days for one in copies), default=official.rhythm_days)
    evidence = [e for s in statements for e in s.evidence]
    days = [e.latest for e in evidence if e.latest is not None and e.latest <= as_of.valid_at]
    last = max(days, default=None)
    return last, last is None or (as_of.valid_at - last).days > rhythm
