"""What a state is computed from: copies of lists, and statements about acts."""

import bisect
import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import Final

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

    @property
    def has_complete(self) -> bool:
        """Whether any copy known shows all entries."""
        return any(doc.complete for doc in self.line.docs)

    def complete(self) -> "Copies":
        """Those of them that show all entries."""
        if not self.line.partial:
            return self
        return msgspec.structs.replace(self, line=Line.of(doc for doc in self.line.docs if doc.complete))

    def shows(self, row: Headline) -> bool:
        """Whether any copy known shows the headline."""
        if row.source != self.source:
            return False
        first, end = self.line.within(row.first, row.last)
        return first < end


def copies_of(view: View, list_id: ListId, as_of: AsOf) -> Sequence[Copies]:
    """The lines of documents that show *list_id* or a part of it, with those documents that were known."""
    known = view.knowledge(as_of)
    return view.shared.recent("copies", (list_id, known), lambda: _copies_of(view, list_id, as_of), _COPIES)


_COPIES: Final = 1_024
"""answers of `copies_of` and `rules_of` remembered: those of some ten times of knowing, for every list"""


def _copies_of(view: View, list_id: ListId, as_of: AsOf) -> tuple[Copies, ...]:
    parts = parts_of(view, list_id)
    found = []
    for held in view.lines_held():
        shown = shown_by(held)
        own = tuple(part for part in parts if part in shown)
        if own and (line := view.line(held, as_of)).docs:
            rhythm = _rhythm(view, held)
            found.append(Copies(source=held, line=line, rhythm_days=rhythm, lists=own))
    return tuple(found)


def _rhythm(view: View, line: str) -> int:
    """The days after which a line's newest document is stale: its source's, or that of a list of users' own."""
    source, _, list_id = line.partition("/")
    if source in catalogue.OWN:
        return official_list(view, list_id).rhythm_days
    return catalogue.source(source).info.rhythm_days


def speaks_of(view: View, line: str, keys: Iterable[str]) -> bool:
    """Whether a line numbers its entries as the records *keys* are numbered, so that a copy without them says
    that the list did not hold them: of an entry known by another publisher's number it says nothing.
    """
    numbering = view.shared.once(
        ("numbering", line),
        lambda: frozenset(subject.partition(":")[0] for _, subject in view.entries(line).values()),
    )
    return any(one.partition(":")[0] in numbering for one in keys)


class Edges(msgspec.Struct, frozen=True, gc=False):
    """What copies of one line say of one entry, but for those around the day asked for."""

    evidence: tuple[Evidence, ...]
    days: tuple[dt.date, ...]
    """of the copies that say whether the list has the entry; none where no copy does"""
    ranges: tuple[tuple[int, int], ...]
    """places of copies that have it"""
    kept: frozenset[int]
    """places of the copies that ``evidence`` is made of"""

    def upto(self, valid_at: dt.date) -> list[Evidence]:
        """All of it, with the last copy up to the end of the day *valid_at*, and the first after it."""
        found = list(self.evidence)
        if self.days:
            index = bisect.bisect_right(self.days, valid_at)
            around = (index - 1, bisect.bisect_right(self.days, self.days[index]) - 1 if index < len(self.days) else -1)
            found += (self._of_copy(place) for place in around if place >= 0 and place not in self.kept)
        return found

    def _of_copy(self, place: int) -> Evidence:
        return _of_copy(self.days[place], any(first <= place < end for first, end in self.ranges))


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
    return edges_of(line, spans, printed, elsewhere=elsewhere).upto(valid_at)


def edges_of(line: Line, spans: Sequence[tuple[int, int]], printed: Iterable[str], *, elsewhere: bool = False) -> Edges:
    """As much of `of_copies` as does not depend on the day asked for."""
    evidence = tuple(_printed(text) for text in set(printed) if text)
    ranges = [line.within(first, last) for first, last in spans]
    if not elsewhere and not any(first < end for first, end in ranges):
        return Edges(evidence, (), (), frozenset())
    # An export limited to a part says nothing of what it lacks.
    silent = {place for place in line.partial if not any(first <= place < end for first, end in ranges)}
    days = line.days
    if silent:
        speaks = [place not in silent for place in range(len(days))]
        days, moments = tuple(compress(days, speaks)), tuple(compress(line.moments, speaks))
        ranges = [(bisect.bisect_left(moments, first), bisect.bisect_right(moments, last)) for first, last in spans]
    if not days:
        return Edges(evidence, (), (), frozenset())
    # Only the edges matter: of the line, of each period and of each printed beginning.
    edges = {0, len(days) - 1, *(index for pair in ranges for index in pair)}
    edges |= {bisect.bisect_right(days, one.latest) for one in evidence if one.latest}
    keep = set()
    for index in edges:  # of several copies of one day the last speaks for its end
        if index < len(days):
            keep.add(bisect.bisect_right(days, days[index]) - 1)
            keep.add(bisect.bisect_left(days, days[index]) - 1)
        else:
            keep.add(len(days) - 1)
    keep.discard(-1)
    made = Edges(evidence, days, tuple(ranges), frozenset(keep))
    return msgspec.structs.replace(made, evidence=(*evidence, *(made._of_copy(place) for place in sorted(keep))))  # noqa: SLF001


@functools.lru_cache(maxsize=4_096)
def _printed(text: str) -> Evidence:
    return Evidence.of_printed_date(PartialDate.parse(text))


@functools.lru_cache(maxsize=4_096)
def _of_copy(day: dt.date, seen: bool) -> Evidence:  # noqa: FBT001 - as it is remembered
    return Evidence.of_copy(day, seen=seen)


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
        elsewhere = not own and bool(rows) and speaks_of(view, one.source, keys)
        found.append((one.source, frozenset(row.listed_on for row in own), tuple(sorted(ranges)), elsewhere))
    return tuple(found)


def designations(
    view: View,
    as_of: AsOf | None,
    *,
    subjects: Iterable[str] | None = None,
    lists: Sequence[ListId] | None = None,
) -> Sequence[Designation]:
    """Statements about acts, as known: by what they say, never by the order in which they came into this register."""
    told = _all_told(view, as_of)
    if subjects is None and lists is None:
        view.rests_on("f", Property.ACT.value)
        return _resting(view, told.every)
    if subjects is None:
        for list_id in set(lists or ()):
            view.rests_on("f", f"{Property.ACT.value} {list_id}")
        found = [one for list_id in set(lists or ()) for one in told.on_list.get(list_id, ())]
    else:
        wanted = set(subjects)
        for subject in wanted:
            view.rests_on("s", subject)
        found = [one for subject in wanted for one in told.of_subject.get(subject, ())]
        if lists is not None:
            found = [one for one in found if one.list in lists]
    return _resting(view, sorted(found, key=_in_order))


def designations_in(view: View, as_of: AsOf | None, sha256: str) -> Sequence[Designation]:
    """Statements about acts that stand by the word of the document with a hash, as known."""
    view.rests_on("t", sha256)
    return _resting(view, [one for one in _all_told(view, as_of).every if one.provenance.sha256 == sha256])


def designation_with(view: View, as_of: AsOf | None, statement: str) -> Designation | None:
    """The statement about an act that has an id, if it was known."""
    view.rests_on("v", str(claim_of(statement)))
    found = [one for one in _all_told(view, as_of).every if one.id == statement]
    for one in found:
        view.rests_on("s", one.subject)
    return next(iter(_resting(view, found)), None)


def claim_of(statement: str) -> int | None:
    """The key of the claim that a statement makes, from its id; ``None`` for what is no id."""
    claim, _, _ = statement.partition("-")
    try:
        key = int(claim, 16)
    except ValueError:
        return None
    return key if 0 < key < 2**63 else None


def _all_told(view: View, as_of: AsOf | None) -> "_Told":
    """All at once and remembered: an answer rests on those that it is made of."""
    with view.aside():
        return view.shared.recent("acts told", view.knowledge(as_of), lambda: _told(view, as_of), _KNOWN)


def _resting(view: View, found: Sequence[Designation]) -> Sequence[Designation]:
    for sha256 in {one.provenance.sha256 for one in found}:
        view.rests_on("H", sha256)
    return found


_KNOWN: Final = 16
"""times of knowing of which the statements are remembered"""


class _Told(msgspec.Struct, frozen=True, gc=False):
    every: tuple[Designation, ...]
    on_list: Mapping[str, Sequence[Designation]]
    of_subject: Mapping[str, Sequence[Designation]]


def _told(view: View, as_of: AsOf | None) -> _Told:
    made = []
    for fact in view.facts(Property.ACT, as_of):
        key = ("designation", fact.claim_id, fact.document_id)
        made.append(view.shared.once(key, functools.partial(designation, view, fact)))
    every = tuple(sorted(made, key=_in_order))
    on_list: dict[str, list[Designation]] = defaultdict(list)
    of_subject: dict[str, list[Designation]] = defaultdict(list)
    for one in every:
        on_list[one.list].append(one)
        of_subject[one.subject].append(one)
    return _Told(every, dict(on_list), dict(of_subject))


def _in_order(one: Designation) -> tuple[str, str, int, str]:
    return one.list, one.date, one.source_class.rank, one.id


def evidence_of(view: View, statements: Iterable[Designation]) -> list[Evidence]:
    """What statements prove; remembered, for a statement never changes."""
    found: list[Evidence] = []
    for one in statements:
        found += view.shared.once(("evidence", one.id), functools.partial(getattr, one, "evidence"))
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
        claim=f.get("claim", ""),
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


def rules_of(view: View, lists: Sequence[ListId], as_of: AsOf) -> Sequence[Rule]:
    """The rules of *lists*, as known."""
    key = (tuple(lists), view.knowledge(as_of))
    return view.shared.recent("rules", key, lambda: _rules_of(view, lists, as_of), _COPIES)


def _rules_of(view: View, lists: Sequence[ListId], as_of: AsOf) -> list[Rule]:
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
    view: View,
    official: OfficialList,
    as_of: AsOf,
    copies: Sequence[Copies],
    statements: Sequence[Designation],
    rows: Sequence[Headline] = (),
) -> tuple[dt.date | None, bool]:
    """The newest day, up to the day asked for, of a copy or other evidence of the list; and whether it is stale.

    Of one subject with the headlines *rows* an export limited to a programme tells as well, if it shows it.
    """
    copied = [(doc.day, one.rhythm_days) for one, doc, _ in around(copies, as_of.valid_at) if doc is not None]
    copied += [
        (doc.day, one.rhythm_days)
        for one in copies
        for place in one.line.partial
        if (doc := one.line.docs[place]).day <= as_of.valid_at
        and any(row.source == one.source and row.first <= doc.moment <= row.last for row in rows)
    ]
    if copied:
        newest, rhythm = max(copied)
        return newest, (as_of.valid_at - newest).days > rhythm
    rhythm = min((one.rhythm_days for one in copies), default=official.rhythm_days)
    days = [e.latest for e in evidence_of(view, statements) if e.latest is not None and e.latest <= as_of.valid_at]
    last = max(days, default=None)
    return last, last is None or (as_of.valid_at - last).days > rhythm


def around(copies: Sequence[Copies], day: dt.date) -> list[tuple[Copies, Doc | None, Doc | None]]:
    """Of each line the last copy of the list up to the end of *day*, and the first one after it."""
    whole = whole_of(copies)
    return [(one, *one.line.around(day)) for one in whole]


def whole_of(copies: Sequence[Copies]) -> list[Copies]:
    """The copies that show the whole list, if there are any: beside them an export limited to a programme is no copy
    of the list, and says nothing of how old what is known of it is.
    """
    if not any(one.has_complete for one in copies):
        return list(copies)
    return [one.complete() for one in copies if one.has_complete]
