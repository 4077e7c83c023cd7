"""Reading the register at two times.

A `View` answers small questions over one consistent reading; it returns rows as they were stated and
computes no state (that is ``domain.listing``). Every method that takes an `AsOf` returns only what was
known then, on the basis it names.
"""

import bisect
import datetime as dt
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tizim.domain.dates import AsOf, Basis, instant_of
from tizim.domain.documents import Layer
from tizim.domain.lists import ListId
from tizim.domain.statements import Property
from tizim.register import schema as t
from tizim.register import since
from tizim.register.concordance import Concordance
from tizim.register.database import chunks, fetch
from tizim.register.schema import EARLIEST, LATEST
from tizim.register.values import read_claims, read_places, read_values
from tizim.text import fold


class Doc(msgspec.Struct, frozen=True, kw_only=True):
    """A document as the register knows it."""

    id: int
    source: str
    sha256: str
    moment: int
    """its place among its source's documents"""
    day: dt.date
    instant: dt.datetime
    recorded_at: dt.datetime
    held: bool
    entries: int
    complete: bool
    url: str
    title: str
    method: str
    retrieved_at: dt.datetime | None
    """when its bytes were fetched, where that is known"""


class Line(msgspec.Struct, frozen=True):
    """The documents of one source that are known, in the order of document time."""

    docs: tuple[Doc, ...]
    moments: tuple[int, ...]
    days: tuple[dt.date, ...]
    partial: tuple[int, ...]
    """places of those that do not show all entries"""

    @classmethod
    def of(cls, docs: Iterable[Doc]) -> "Line":
        """The line of *docs*, which stand in the order of document time."""
        own = tuple(docs)
        return cls(
            own, tuple(doc.moment for doc in own), tuple(doc.day for doc in own),
            tuple(place for place, doc in enumerate(own) if not doc.complete),
        )  # fmt: skip

    def around(self, day: dt.date) -> tuple[Doc | None, Doc | None]:
        """The last document up to the end of *day*, and the first one after it."""
        index = bisect.bisect_right(self.days, day)
        return (self.docs[index - 1] if index else None, self.docs[index] if index < len(self.docs) else None)

    def within(self, first: int, last: int) -> tuple[int, int]:
        """Index of the first document in the span, and of the one after the last."""
        return bisect.bisect_left(self.moments, first), bisect.bisect_right(self.moments, last)


class Headline(msgspec.Struct, frozen=True, gc=False):
    """An entry of a list over a stretch of documents in which its headline is the same."""

    list: str
    entry_id: int
    first: int
    last: int
    subject: str
    reference: str
    name: str
    kind: str
    listed_on: str
    reviewed_on: str
    periods: int
    period_first: int
    source: str
    """the line of documents that show it"""


class Fact(msgspec.Struct, frozen=True):
    """A statement that stands by itself (an act, a judgement, a rule, a measure)."""

    claim_id: int
    property: str
    subject: str
    list: str
    other: str
    published: str
    recorded_us: int
    """when the statement was recorded"""
    known_us: int
    superseded_us: int | None
    """from when to when it was known to stand (``None``: it stands)"""
    document_id: int
    place: str
    claim_key: int
    value: str
    facets: dict[str, str]


class SightedClaim(msgspec.Struct, frozen=True, gc=False):
    """A claim of an entry and one span of documents that make it. ``value`` is ``None`` if withheld."""

    claim_id: int
    entry_id: int
    claim_key: int
    property: str
    first: int
    last: int
    value: str | None
    facets: dict[str, str]


class NameRow(msgspec.Struct, frozen=True, gc=False):
    """A name, folded and as printed, of a subject."""

    subject: str
    folded: str
    text: str
    property: str


class Tie(msgspec.Struct, frozen=True):
    """A judgement as the register holds it, with the time in which it stood."""

    subject: str
    other: str
    verdict: str
    author: str
    known_us: int
    superseded_us: int | None


Made = TypeVar("Made")
_KNOWN = 256
"""times of knowing of which is remembered whether all was known"""


class Shared:
    """What readings of the same head share: small tables read once, and values derived from them.

    Everything in it follows from the log up to ``head``, so it is dropped as soon as the head moves.
    """

    def __init__(self, head: int) -> None:
        self.head = head
        self.docs: list[tuple[Doc, int]] | None = None
        self.by_id: dict[int, Doc] = {}
        self.ties: dict[str, list[Tie]] | None = None
        self.memo: dict[object, object] = {}
        """derived values by a key of the caller's choosing; pure functions of immutable rows only"""
        self._recent: dict[str, OrderedDict[object, object]] = {}
        self._lock = threading.Lock()

    def let_go(self) -> None:
        """Remember nothing of what was derived: there is another head.

        Derived values hold the readings that they come from, and those hold this. Such a ring goes only when the
        collector looks for it, and a server keeps that from whatever it has once held (`tizim.memory.settle`).
        """
        self.memo = {}
        self._recent = {}

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """What *make* gives, made once for the head. For keys of which the register's own size bounds the number."""
        memo = self.memo  # whoever still reads this head may have let go of it meanwhile
        if key not in memo:
            memo[key] = make()
        found: Made = memo[key]  # type: ignore[assignment]  # a key is made by one maker only
        return found

    def recent(self, slot: str, key: object, make: Callable[[], Made], most: int) -> Made:
        """What *make* gives for a key of which readers choose the number: the *most* used last are remembered."""
        with self._lock:
            kept = self._recent.setdefault(slot, OrderedDict())
            if key in kept:
                kept.move_to_end(key)
                found: Made = kept[key]  # type: ignore[assignment]  # a slot is filled by one maker only
                return found
        made = make()  # two threads may make the same; neither waits for the other
        with self._lock:
            kept[key] = made
            kept.move_to_end(key)
            while len(kept) > most:
                kept.popitem(last=False)
        return made


# Statements made once: building them anew for each question costs more than running them.
_HEADLINE = [t.entry.c.source if name == "source" else t.headline.c[name] for name in Headline.__struct_fields__]


def _any(column: sa.ColumnElement[str] | sa.ColumnElement[int], name: str) -> sa.ColumnElement[bool]:
    return column.in_(sa.bindparam(name, expanding=True))


class _About:
    """A query about some subjects, in two forms: that about one of them, which most questions need, is the quicker."""

    def __init__(self, query: sa.Select[Any], column: sa.ColumnElement[str]) -> None:
        self._some = query.where(_any(column, "subjects"))
        self._one = query.where(column == sa.bindparam("subject"))

    def rows(self, connection: Connection, subjects: Iterable[str], **values: object) -> Iterator[Any]:
        """The rows about *subjects*."""
        for chunk in chunks(subjects):
            if len(chunk) == 1:
                yield from fetch(connection, self._one, {"subject": chunk[0], **values})
            else:
                yield from fetch(connection, self._some, {"subjects": chunk, **values})


_h, _m, _e, _n, _f, _s = t.headline.c, t.membership.c, t.entry.c, t.name.c, t.fact.c, t.span.c
_HEADLINES = (
    sa.select(*_HEADLINE)
    .join(t.entry, _e.id == _h.entry_id)
    .where(
        _any(_h.list, "lists"),
        _e.source == sa.bindparam("source"),
        sa.or_(
            sa.and_(_h.first <= sa.bindparam("before"), _h.last >= sa.bindparam("before")),
            sa.and_(_h.first <= sa.bindparam("after"), _h.last >= sa.bindparam("after")),
            sa.and_(_h.listed_on > sa.bindparam("begun_after"), _h.listed_on <= sa.bindparam("begun_by")),
        ),
    )
)
_HEADLINES_ON = (
    sa.select(*_HEADLINE)
    .join(t.entry, _e.id == _h.entry_id)
    .where(_h.list == sa.bindparam("list"))
    .order_by(_h.entry_id, _h.first)
)
_HEADLINES_OF = _About(
    sa.select(*_HEADLINE).join(t.entry, _e.id == _h.entry_id).order_by(_h.list, _h.reference, _h.subject, _h.first),
    _e.subject,
)
_REDATED = (
    sa.select(_h.list, _h.entry_id)
    .group_by(_h.list, _h.entry_id)
    .having(sa.func.min(_h.listed_on) != sa.func.max(_h.listed_on))
)
_MEMBERSHIPS = (
    sa.select(_m.list, _m.entry_id, _m.first, _m.last)
    .where(_any(_m.list, "lists"), _any(_m.entry_id, "ids"))
    .order_by(_m.list, _m.entry_id, _m.first)
)
_CLAIMS_OF = _About(
    sa.select(_s.claim_id, _s.entry_id, _s.claim_key, _s.property, _s.first, _s.last)
    .join(t.entry, _e.id == _s.entry_id)
    .order_by(_e.source, _e.key, _e.subject, _s.property, _s.claim_key, _s.first),
    _e.subject,
)
_TRIED = [f"id{number}" for number in range(8)]
_SUBJECTS_AMONG = sa.select(_e.subject).distinct().where(_e.subject.in_([sa.bindparam(name) for name in _TRIED]))
_AT_ONCE = 500  # words of one query
_NAMES = sa.select(_n.subject, _n.folded, _n.text, _n.property)
_NAMES_OF = _About(_NAMES.order_by(_n.subject, _n.property, _n.text), _n.subject)
_NAMES_WITH_SPANS = _About(
    sa.select(_n.subject, _n.folded, _n.text, _n.property, _s.first, _s.last, _e.source)
    .join(t.span, _s.claim_id == _n.claim_id)
    .join(t.entry, _e.id == _n.entry_id)
    .order_by(_n.subject, _n.property, _n.text),
    _n.subject,
)
_FACT_COLUMNS = (
    _f.claim_id, _f.property, _f.subject, _f.list, _f.other, _f.published, _f.recorded_us, _f.known_us,
    _f.superseded_us, _f.document_id, _f.place, _f.claim_key, _f.value, _f.facets,
)  # fmt: skip
_CLAIM_ID, _KNOWN_US = 0, 7
_FACTS = (
    sa.select(*_FACT_COLUMNS).where(_f.property == sa.bindparam("prop")).order_by(_f.subject, _f.claim_key, _f.known_us)
)
_FACTS_OF = _About(_FACTS, _f.subject)
_FACTS_ON = _FACTS.where(_any(_f.list, "lists"))


_SpanRow = tuple[int, int, int, str, int, int]
"""claim, entry, claim key, property, first and last"""


class View:
    """One consistent reading of the register."""

    def __init__(self, connection: Connection, shared: Shared | None = None) -> None:
        self._db = connection
        self.shared = Shared(-1) if shared is None else shared

    # -- what an answer rests on -----------------------------------------------------------------

    def rests_on(self, kind: str, key: str) -> None:
        """Say that an answer rests on a thing that no method here names; see `tizim.register.account`."""

    def rests_on_names(self, subjects: Iterable[str]) -> None:
        """Say that an answer rests on the names of *subjects*, where they were remembered; see `names_of`."""

    def aside(self) -> AbstractContextManager[None]:
        """Read something of which only parts are used later: whoever uses a part says so by `rests_on`."""
        return nullcontext()

    # -- documents -------------------------------------------------------------------------------

    def first_recorded(self) -> dt.datetime | None:
        """When the register took in its first row."""
        memo = self.shared.memo
        if "first" not in memo:
            us = self._db.execute(sa.select(t.log.c.recorded_us).order_by(t.log.c.seq).limit(1)).scalar()
            memo["first"] = None if us is None else instant_of(us)
        found = memo["first"]
        return found if isinstance(found, dt.datetime) else None

    def documents(self) -> tuple[Doc, ...]:
        """All documents, in the order of source and document time."""
        readings = self._all_documents()
        return tuple(self.shared.by_id[number] for number in dict.fromkeys(doc.id for doc, _ in readings))

    def documents_of(self, source: str) -> tuple[Doc, ...]:
        """The documents of one line, in the order of document time."""
        numbers = dict.fromkeys(doc.id for doc, _ in self._all_documents() if doc.source == source)
        return tuple(self.shared.by_id[number] for number in numbers)

    def documents_with(self, sha256: str) -> tuple[Doc, ...]:
        """The documents whose bytes have the hash: one, or several lines that were given the same."""
        numbers = dict.fromkeys(doc.id for doc, _ in self._all_documents() if doc.sha256 == sha256)
        return tuple(self.shared.by_id[number] for number in numbers)

    def line(self, source: str, as_of: AsOf, layer: Layer = Layer.CORE) -> Line:
        """The documents of *source* that were known, as far as they had been read in *layer*."""
        limit = as_of.known_us if as_of.basis is Basis.RECORDED else as_of.known_at.date().toordinal()
        key = ("line", source, layer, as_of.basis, self._documents_known(source, as_of, limit, layer))
        found = self.shared.memo.get(key)
        if not isinstance(found, Line):
            # Of a document read twice, the later reading known stands in the place of the earlier.
            last = {
                doc.id: doc
                for doc, read_us in self._readings(layer)
                if doc.source == source and _was_out(doc, read_us, as_of, limit)
            }
            found = self.shared.memo[key] = Line.of(last.values())
        return found

    def readings_held(self, source: str) -> int:
        """How many readings of documents of *source* are held: as many as its documents, unless one was read twice."""
        counts = self.shared.once("readings held", lambda: Counter(doc.source for doc, _ in self._all_documents()))
        return counts[source]

    def _documents_known(self, source: str, as_of: AsOf, limit: int, layer: Layer) -> int:
        """How many documents of *source* were known; as knowing only grows, this names the set."""
        marks = self.shared.memo.get(("marks", source, layer, as_of.basis))
        if not isinstance(marks, list):
            marks = sorted(
                read_us if as_of.basis is Basis.RECORDED else doc.day.toordinal()
                for doc, read_us in self._readings(layer)
                if doc.source == source
            )
            self.shared.memo["marks", source, layer, as_of.basis] = marks
        return bisect.bisect_right(marks, limit)

    def _readings(self, layer: Layer) -> list[tuple[Doc, int]]:
        """Documents and when they were read in *layer*."""
        every = self._all_documents()
        if layer is Layer.CORE:
            return every
        found = self.shared.memo.get(("readings", layer))
        if not isinstance(found, list):
            c = t.coverage.c
            query = sa.select(c.document_id, c.moment, c.recorded_us).where(c.layer == int(layer)).order_by(c.moment)
            found = self.shared.memo["readings", layer] = [
                (msgspec.structs.replace(self.shared.by_id[number], moment=moment), read_us)
                for number, moment, read_us in self._db.execute(query)
                if number in self.shared.by_id
            ]
        return found

    def _all_documents(self) -> list[tuple[Doc, int]]:
        if self.shared.docs is None:
            d, c = t.document.c, t.coverage.c
            rows = self._db.execute(
                sa.select(
                    d.id, d.source, d.sha256, c.moment, d.day, d.instant_us, d.recorded_us, d.held_us, d.entries,
                    d.complete, d.url, d.title, d.retrieved_us, d.method, c.recorded_us.label("read_us"),
                )
                .join(t.coverage, c.document_id == d.id)
                .where(c.layer == int(Layer.CORE))
                .order_by(d.source, c.moment)
            )  # fmt: skip
            self.shared.docs = [
                (
                    Doc(
                        id=r.id, source=r.source, sha256=r.sha256, moment=r.moment, day=dt.date.fromisoformat(r.day),
                        instant=instant_of(r.instant_us), recorded_at=instant_of(r.recorded_us),
                        held=r.held_us is not None, entries=r.entries, complete=r.complete, url=r.url, title=r.title,
                        method=r.method,
                        retrieved_at=None if r.retrieved_us is None else instant_of(r.retrieved_us),
                    ),
                    r.read_us,
                )
                for r in rows
            ]  # fmt: skip
            self.shared.by_id = {doc.id: doc for doc, _ in self.shared.docs}
        return self.shared.docs

    # -- knowing ---------------------------------------------------------------------------------

    def knowledge(self, as_of: AsOf | None) -> tuple[object, ...]:
        """What was known, as a key: the same for all times of knowing between which nothing became known.

        Whatever is read for an `AsOf` depends, besides the day asked for, on nothing but this.
        """
        if as_of is None:
            return ("ever",)
        recorded, published = self.shared.once("moments of knowing", self._moments_of_knowing)
        known = bisect.bisect_right(recorded, as_of.known_us)
        if as_of.basis is Basis.RECORDED:
            return (as_of.basis, known)
        # What was published without a date counts from when it was recorded.
        return (as_of.basis, known, bisect.bisect_right(published, as_of.known_at.date().isoformat()))

    def last_learned(self) -> dt.datetime | None:
        """When what is read here last came to be known, or ceased to stand; none of a register without anything.

        Whatever is recorded after this reading is recorded later than that.
        """
        recorded, _ = self.shared.once("moments of knowing", self._moments_of_knowing)
        return instant_of(recorded[-1]) if recorded else None

    def _moments_of_knowing(self) -> tuple[list[int], list[str]]:
        """Every moment at which anything became known or ceased to stand, and every date of publication."""
        c, f, d = t.coverage.c, t.fact.c, t.document.c
        recorded: set[int] = set()
        for column in (c.recorded_us, d.recorded_us, f.recorded_us, f.known_us, f.superseded_us):
            recorded |= {us for us in self._db.execute(sa.select(column).distinct()).scalars() if us is not None}
        published: set[str] = set()
        for dated in (d.day, f.published):
            published |= set(self._db.execute(sa.select(dated).distinct()).scalars())
        return sorted(recorded), sorted(published)

    # -- what was read before --------------------------------------------------------------------

    def hash_of(self, sequence: int) -> str:
        """The hash of a row of the log; empty where there is no such row."""
        return since.hash_of(self._db, sequence)

    def touched(self, after: int) -> frozenset[str] | None:
        """The records of which the log after its row *after* tells anything; see `tizim.register.since`."""
        return since.touched(self._db, after)

    # -- entries of lists ------------------------------------------------------------------------

    def headlines(
        self, source: str, lists: Sequence[ListId], moments: Sequence[int], begun: tuple[str, str] | None
    ) -> list[Headline]:
        """Entries of *lists* in the documents of the line *source* at *moments*, and those whose printed listing
        date lies in the half-open interval *begun* (after its first day, up to its second).
        """
        if not moments and begun is None:
            return []
        before, after = (*moments, -1, -1)[:2]
        values = {
            "source": source, "lists": list(lists), "before": before, "after": after,
            "begun_after": begun[0] if begun else "~", "begun_by": begun[1] if begun else "",
        }  # fmt: skip
        return [Headline(*row) for row in fetch(self._db, _HEADLINES, values)]

    def headlines_on(self, list_id: ListId) -> Sequence[Headline]:
        """Every headline of a list, of all documents ever, by entry and in document time."""
        return self.shared.once(
            ("headlines", list_id),
            lambda: [Headline(*row) for row in fetch(self._db, _HEADLINES_ON, {"list": list_id})],
        )

    def redated(self, lists: Sequence[ListId]) -> set[tuple[str, int]]:
        """Entries of *lists*, as (list, entry id), of which the documents print more than one listing date."""
        found = self.shared.memo.get("redated")
        if not isinstance(found, frozenset):
            found = self.shared.memo["redated"] = frozenset(
                (row.list, row.entry_id) for row in self._db.execute(_REDATED)
            )
        return {one for one in found if one[0] in lists}

    def headlines_of(self, subjects: Iterable[str], lists: Sequence[ListId] = ()) -> list[Headline]:
        """Every headline of the *subjects*, on *lists* or on all."""
        rows = [Headline(*row) for row in _HEADLINES_OF.rows(self._db, subjects)]
        return [row for row in rows if row.list in lists] if lists else rows

    def memberships(
        self, lists: Sequence[ListId], entry_ids: Iterable[int]
    ) -> dict[tuple[str, int], list[tuple[int, int]]]:
        """Spans of documents that have the entries on *lists*, by list and entry."""
        found: dict[tuple[str, int], list[tuple[int, int]]] = {}
        for chunk in chunks(entry_ids):
            for list_id, entry_id, first, last in fetch(self._db, _MEMBERSHIPS, {"lists": list(lists), "ids": chunk}):
                found.setdefault((list_id, entry_id), []).append((first, last))
        return found

    def entries(self, source: str) -> dict[int, tuple[str, str]]:
        """Key and subject of every entry of a source, by id."""
        rows = self._db.execute(
            sa.select(t.entry.c.id, t.entry.c.key, t.entry.c.subject).where(t.entry.c.source == source)
        )
        return {row.id: (row.key, row.subject) for row in rows}

    def claims(self, subjects: Iterable[str], properties: Collection[str] | None = None) -> list[SightedClaim]:
        """Every claim of the subjects' records, or those of *properties*, with the spans of documents that make it."""
        rows = list(_CLAIMS_OF.rows(self._db, subjects))
        return self._with_values(rows if properties is None else [row for row in rows if row[3] in properties])

    def entries_of(self, subjects: Iterable[str]) -> dict[int, tuple[str, str, str]]:
        """Source, key and subject of the subjects' records, by entry."""
        found: dict[int, tuple[str, str, str]] = {}
        for chunk in chunks(subjects):
            query = sa.select(t.entry.c.id, t.entry.c.source, t.entry.c.key, t.entry.c.subject)
            rows = fetch(self._db, query.where(t.entry.c.subject.in_(chunk)))
            found |= {number: (source, key, subject) for number, source, key, subject in rows}
        return found

    def subjects_saying(self, claim_key: int) -> list[str]:
        """Subjects of the entries that make a claim, by the claim's key."""
        query = sa.select(_e.subject).distinct().join(t.span, _s.entry_id == _e.id).where(_s.claim_key == claim_key)
        return sorted(self._db.execute(query).scalars())

    def places(self, claims: Iterable[int]) -> dict[int, str]:
        """Where claims stand in the document that was the first to bring them here."""
        return read_places(self._db, claims)

    def differing(self, source: str, first: int, second: int) -> list[SightedClaim]:
        """Claims that exactly one of two documents of *source* makes."""
        s = t.span.c

        def covers(moment: int) -> sa.ColumnElement[bool]:
            return sa.and_(s.first <= moment, s.last >= moment)

        query = (
            sa.select(s.claim_id, s.entry_id, s.claim_key, s.property, s.first, s.last)
            .join(t.entry, t.entry.c.id == s.entry_id)
            .where(
                t.entry.c.source == source,
                sa.or_(
                    sa.and_(covers(first), sa.not_(covers(second))),
                    sa.and_(covers(second), sa.not_(covers(first))),
                ),
            )
        )
        rows: list[_SpanRow] = fetch(self._db, query)
        # A claim gone and back in between shows in both documents, by two spans: no difference.
        in_first = {number for number, *_, begin, end in rows if begin <= first <= end}
        in_second = {number for number, *_, begin, end in rows if begin <= second <= end}
        twice = in_first & in_second
        return self._with_values([row for row in rows if row[0] not in twice])

    def saying(self, prop: Property, moment: int, entry_ids: Iterable[int]) -> set[int]:
        """Those of the entries of which the document at *moment* makes a claim of the kind *prop*."""
        s, found = t.span.c, set[int]()
        for chunk in chunks(entry_ids):
            query = sa.select(s.entry_id).where(
                s.entry_id.in_(chunk), s.property == prop.value, s.first <= moment, s.last >= moment
            )
            found |= set(self._db.execute(query).scalars())
        return found

    def covered(self, document: Doc, layer: Layer, as_of: AsOf | None = None) -> bool:
        """Whether the document was read in *layer*, by the moment of knowing if the basis is *recorded*."""
        c = t.coverage.c
        query = sa.select(c.layer).where(
            c.document_id == document.id, c.layer == int(layer), c.moment == document.moment
        )
        if as_of is not None and as_of.basis is Basis.RECORDED:
            query = query.where(c.recorded_us <= as_of.known_us)
        return self._db.execute(query).first() is not None

    def _with_values(self, rows: Sequence[_SpanRow]) -> list[SightedClaim]:
        values = read_claims(self._db, {row[0] for row in rows})
        return [SightedClaim(*row, *values.get(row[0], (None, {}))) for row in rows]

    # -- facts -----------------------------------------------------------------------------------

    def facts(
        self,
        prop: Property,
        as_of: AsOf | None,
        *,
        subjects: Iterable[str] | None = None,
        lists: Sequence[ListId] | None = None,
    ) -> list[Fact]:
        """Facts of a kind about *subjects* and on *lists* (``None``: any) that were known (``None``: ever)."""
        if prop in _FEW or (prop in _WHOLE and subjects is None and lists is None):
            rows = self._every(prop)
            rows = rows if lists is None else [fact for fact in rows if fact.list in lists]
            rows = rows if subjects is None else [fact for fact in rows if fact.subject in subjects]
        elif subjects is not None:
            rows = self._made(_FACTS_OF.rows(self._db, subjects, prop=prop.value))
            rows = rows if lists is None else [fact for fact in rows if fact.list in lists]
        elif lists is not None:
            rows = self._facts(_FACTS_ON, prop, {"lists": list(lists)})
        else:
            rows = self._facts(_FACTS, prop, {})
        return [fact for fact in rows if _was_known(fact, as_of)]

    def _every(self, prop: Property) -> list[Fact]:
        """All facts of a kind of which there are few, or that are asked for all together: read once for a head."""
        found = self.shared.memo.get(("every", prop))
        if not isinstance(found, list):
            found = self.shared.memo["every", prop] = self._facts(_FACTS, prop, {})
        return found

    def _facts(self, query: sa.Select[tuple[object, ...]], prop: Property, values: dict[str, object]) -> list[Fact]:
        return self._made(fetch(self._db, query, {"prop": prop.value, **values}))

    def _made(self, rows: Iterable[tuple[Any, ...]]) -> list[Fact]:
        memo = self.shared.memo
        found = []
        for row in rows:
            key = ("fact", row[_CLAIM_ID], row[_KNOWN_US])
            fact = memo.get(key)
            if not isinstance(fact, Fact):
                fact = memo[key] = _fact(row)
            found.append(fact)
        return found

    def relations(self, others: Iterable[str]) -> list[tuple[Fact, str, int, int]]:
        """Relations that lists print to any of the subjects *others*, each with the line and a span of documents
        that print it.
        """
        f = t.fact.c
        found = []
        for chunk in chunks(others):
            query = (
                sa.select(*_FACT_COLUMNS, t.entry.c.source, t.span.c.first, t.span.c.last)
                .join(t.span, t.span.c.claim_id == f.claim_id)
                .join(t.entry, t.entry.c.id == f.entry_id)
                .where(f.property == Property.RELATION.value, f.other.in_(chunk))
                .order_by(f.subject, f.claim_key, t.span.c.first)
            )
            found += [(_fact(row), row.source, row.first, row.last) for row in self._db.execute(query).all()]
        return found

    def ties(self) -> dict[str, list[Tie]]:
        """Every judgement ever recorded, under both subjects it speaks of; see `stands`."""
        if self.shared.ties is None:
            f = t.fact.c
            query = sa.select(f.subject, f.other, f.value, f.facets, f.known_us, f.superseded_us).where(
                f.property == Property.JUDGEMENT.value
            )
            ties: dict[str, list[Tie]] = {}
            for subject, other, verdict, facets, known_us, superseded_us in self._db.execute(query):
                author = msgspec.json.decode(facets, type=dict[str, str]).get("author", "")
                tie = Tie(subject, other, verdict, author, known_us, superseded_us)
                for end in {subject, other}:
                    ties.setdefault(end, []).append(tie)
            self.shared.ties = ties
        return self.shared.ties

    def printed_numbers(self) -> list[tuple[str, str, str, int]]:
        """What lists print as another publisher's number of their entries: subject, the other subject, the line that
        prints it, and from when that was known.
        """
        query = (
            sa.select(_f.subject, _f.other, _e.source, _f.known_us)
            .join(t.entry, _e.id == _f.entry_id)
            .where(_f.property == Property.CROSS_REFERENCE.value)
            .order_by(_f.subject, _f.other, _f.known_us)
        )
        return [tuple(row) for row in fetch(self._db, query)]

    def said_first(self, prop: Property, prefix: str) -> list[tuple[str, str, int]]:
        """Value, subject and time of recording of every claim of the kind *prop* about subjects that begin with
        *prefix*; the time is that of the first document that makes the claim, 0 if that is the earliest held.
        """
        d = t.document.c
        query = (
            sa.select(_s.claim_id, _e.subject, d.recorded_us)
            .join(t.entry, _e.id == _s.entry_id)
            .join(t.document, sa.and_(d.source == _e.source, d.moment == _s.first), isouter=True)
            .where(_e.subject.startswith(prefix, autoescape=True), _s.property == prop.value)
        )
        rows = [(claim, subject, known_us or 0) for claim, subject, known_us in fetch(self._db, query)]
        values = read_values(self._db, [claim for claim, _, _ in rows])
        return [(values[claim], subject, known_us) for claim, subject, known_us in rows if claim in values]

    def document(self, number: int) -> Doc | None:
        """A document by its id."""
        self._all_documents()
        return self.shared.by_id.get(number)

    # -- finding ---------------------------------------------------------------------------------

    def subjects_called(self, name: str) -> list[str]:
        """Subjects one of whose names folds to the same as *name*."""
        n = t.name.c
        return sorted(set(self._db.execute(sa.select(n.subject).where(n.folded == fold(name))).scalars()))

    def names_called(self, names: Iterable[str]) -> list[NameRow]:
        """The names that fold to the same as one of *names*, in order."""
        wanted = sorted({fold(name) for name in names})
        found: dict[NameRow, None] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            rows = fetch(self._db, _NAMES.where(_n.folded.in_(wanted[start : start + _AT_ONCE])))
            found |= dict.fromkeys(NameRow(*row) for row in rows)
        return sorted(found, key=lambda row: (row.subject, row.property, row.text))

    def concord(self) -> None:
        """Put the names and numbers in order by their words, once for the head.

        Worth its while for whoever looks for many names; one or two are found as soon by reading all of them.
        """
        self.shared.once("concordance", self._concordance)

    def _concordance(self) -> Concordance[NameRow]:
        named = (NameRow(*found) for found in fetch(self._db, _NAMES.order_by(_n.subject, _n.property, _n.text)))
        made: Concordance[NameRow] = Concordance(
            ((row.folded, row) for row in named),
            fetch(self._db, sa.select(_e.key, _e.subject)),
        )
        return made

    def _ordered(self) -> Concordance[NameRow] | None:
        found = self.shared.memo.get("concordance")
        return found if isinstance(found, Concordance) else None

    def names_with(self, words: str) -> Iterator[NameRow]:
        """Names in which the folded *words* stand together, as whole words; the shortest first."""
        n = t.name.c
        inside = fold(words)
        ordered = self._ordered()
        if ordered is not None:
            yield from ordered.holding(inside)
            return
        escaped = inside.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
        query = _NAMES.where(n.folded.like(f"%{escaped}%", escape="\\")).order_by(n.subject, n.property, n.text)
        rows = sorted(
            (NameRow(*found) for found in fetch(self._db, query)), key=lambda row: (len(row.folded), row.folded)
        )
        yield from (row for row in rows if f" {inside} " in f" {row.folded} ")

    def names_of(self, subjects: Iterable[str], as_of: AsOf | None = None) -> list[NameRow]:
        """The names of the subjects that were known (``None``: ever)."""
        wanted = set(subjects)
        if as_of is None or self._is_all_known(as_of):
            return [NameRow(*row) for row in _NAMES_OF.rows(self._db, wanted)]
        rows: dict[NameRow, None] = {}
        for subject, folded, text, prop, first, last, source in _NAMES_WITH_SPANS.rows(self._db, wanted):
            start, end = 0, 1
            if not self._is_known_whole(source, as_of):
                start, end = self.line(source, as_of).within(first, last)
            if start < end:
                rows[NameRow(subject, folded, text, prop)] = None
        return list(rows)

    def lines_held(self) -> tuple[str, ...]:
        """The lines of documents of which any is known."""
        found = self.shared.memo.get("sources")
        if not isinstance(found, tuple):
            found = self.shared.memo["sources"] = tuple(dict.fromkeys(doc.source for doc in self.documents()))
        return found

    def _is_all_known(self, as_of: AsOf) -> bool:
        """Whether all documents held of all sources were known."""
        return self.shared.recent(
            "all known", self.knowledge(as_of),
            lambda: all(self._is_known_whole(source, as_of) for source in self.lines_held()), _KNOWN,
        )  # fmt: skip

    def known_in_part(self, as_of: AsOf) -> tuple[tuple[str, int], ...]:
        """The lines of which not all documents were known, and how many were."""
        return tuple(
            (source, len(self.line(source, as_of).docs))
            for source in self.lines_held()
            if not self._is_known_whole(source, as_of)
        )

    def _is_known_whole(self, source: str, as_of: AsOf) -> bool:
        """Whether all documents held of *source* were known. Those of a source that publishes no list of its own
        are how sources are read, and count as known when the basis is *published*.
        """
        own = self.shared.memo.get(("documents", source))
        if not isinstance(own, tuple):
            docs = [doc for doc in self.documents() if doc.source == source]
            own = self.shared.memo["documents", source] = (len(docs), any(doc.complete for doc in docs))
        count, publishes = own
        if as_of.basis is Basis.PUBLISHED and not publishes:
            return True
        return bool(len(self.line(source, as_of).docs) == count)

    def subject_with_key(self, key: str) -> list[str]:
        """Subjects of entries whose key (reference number) is *key*, in any case."""
        ordered = self._ordered()
        if ordered is not None:
            return ordered.numbered(key)
        e = t.entry.c
        query = sa.select(e.subject).where(sa.func.lower(e.key) == key.lower())
        return sorted(set(self._db.execute(query).scalars()))

    def subjects_among(self, ids: Sequence[str]) -> list[str]:
        """Those of *ids* that are subjects of any record."""
        found: list[str] = []
        for start in range(0, len(ids), len(_TRIED)):
            some = ids[start : start + len(_TRIED)]
            padded = [*some, *[some[-1]] * (len(_TRIED) - len(some))]
            found += [
                subject for (subject,) in fetch(self._db, _SUBJECTS_AMONG, dict(zip(_TRIED, padded, strict=True)))
            ]
        return found

    def all_subjects(self, prefix: str = "") -> list[str]:
        """Every subject id, or those that begin with *prefix*."""
        query = sa.select(_e.subject).distinct()
        if prefix:
            query = query.where(_e.subject >= prefix, _e.subject < prefix[:-1] + chr(ord(prefix[-1]) + 1))
        return sorted(self._db.execute(query).scalars())


def _fact(row: Sequence[Any]) -> Fact:
    """A fact from a row that begins with `_FACT_COLUMNS`."""
    *plain, facets = row[: len(_FACT_COLUMNS)]
    return Fact(*(*plain, msgspec.json.decode(facets, type=dict[str, str])))


_FEW = frozenset({Property.RULE, Property.MEASURE})
_WHOLE = frozenset({Property.ARTICLE, Property.CLAIM, Property.QUOTE, Property.STANDING})


def _was_known(fact: Fact, as_of: AsOf | None) -> bool:
    if as_of is None:
        return fact.superseded_us is None
    known = as_of.known_us
    if as_of.basis is Basis.RECORDED:
        return fact.known_us <= known and (fact.superseded_us is None or fact.superseded_us > known)
    if fact.superseded_us is not None:
        return False
    if fact.property != Property.ACT.value:
        return True  # a rule, a measure or a judgement is how sources are read, not what one of them said
    if not fact.published:
        return fact.recorded_us <= known  # no date at all: it was out, for certain, when it was recorded here
    return fact.published <= as_of.known_at.date().isoformat()


def stands(tie: Tie, recorded_by: int | None) -> bool:
    """Whether a judgement had been recorded by then. Under *published* (``None``) every one not superseded
    counts, because a judgement is how the register reads its sources and not what a source said.
    """
    if recorded_by is None:
        return tie.superseded_us is None
    return tie.known_us <= recorded_by and (tie.superseded_us is None or tie.superseded_us > recorded_by)


def _was_out(doc: Doc, read_us: int, as_of: AsOf, limit: int) -> bool:
    return (read_us if as_of.basis is Basis.RECORDED else doc.day.toordinal()) <= limit


def covers(first: int, last: int, doc: Doc | None) -> bool:
    """Whether a span holds a document."""
    return doc is not None and first <= doc.moment <= last


def is_open(last: int) -> bool:
    """Whether a span reaches the newest document held."""
    return last == LATEST


def is_from_start(first: int) -> bool:
    """Whether a span reaches the earliest document held."""
    return first == EARLIEST


def group_by_subject(rows: Iterable[Headline]) -> Mapping[str, list[Headline]]:
    """Headlines by subject."""
    found: dict[str, list[Headline]] = {}
    for row in rows:
        found.setdefault(row.subject, []).append(row)
    return found
