"""Reading the register at two times.

A `View` answers small questions over one consistent reading; it returns rows as they were stated and
computes no state (that is ``domain.listing``). Every method that takes an `AsOf` returns only what was
known then, on the basis it names.
"""

import bisect
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tizim.domain.dates import AsOf, Basis, instant_of
from tizim.domain.documents import Layer
from tizim.domain.lists import ListId
from tizim.domain.statements import Property
from tizim.register import schema as t
from tizim.register.projector import read_claims
from tizim.register.schema import EARLIEST, LATEST
from tizim.text import fold

_CHUNK = 500


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


class Line(msgspec.Struct, frozen=True):
    """The documents of one source that are known, in the order of document time."""

    docs: tuple[Doc, ...]
    moments: tuple[int, ...]

    def around(self, day: dt.date) -> tuple[Doc | None, Doc | None]:
        """The last document up to the end of *day*, and the first one after it."""
        index = bisect.bisect_right(self.docs, day, key=lambda doc: doc.day)
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


class Fact(msgspec.Struct, frozen=True):
    """A statement that stands by itself (an act, a judgement, a rule, a measure)."""

    claim_id: int
    property: str
    subject: str
    list: str
    other: str
    published: str
    recorded_us: int
    document_id: int
    place: str
    claim_key: int
    value: str
    facets: dict[str, str]


class SightedClaim(msgspec.Struct, frozen=True):
    """A claim of an entry and one span of documents that make it. ``value`` is ``None`` if withheld."""

    claim_id: int
    entry_id: int
    claim_key: int
    property: str
    first: int
    last: int
    value: str | None
    facets: dict[str, str]


class NameRow(msgspec.Struct, frozen=True):
    """A name, folded and as printed, of a subject."""

    subject: str
    folded: str
    text: str
    property: str


_HEADLINE = [t.headline.c[name] for name in Headline.__struct_fields__]


class View:
    """One consistent reading of the register."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._docs: list[tuple[Doc, int]] | None = None

    # -- documents -------------------------------------------------------------------------------

    def first_recorded(self) -> dt.datetime | None:
        """When the register took in its first row."""
        us = self._db.execute(sa.select(t.log.c.recorded_us).order_by(t.log.c.seq).limit(1)).scalar()
        return None if us is None else instant_of(us)

    def documents(self) -> tuple[Doc, ...]:
        """All documents, in the order of source and document time."""
        return tuple(doc for doc, _ in self._all_documents())

    def line(self, source: str, as_of: AsOf) -> Line:
        """The documents of *source* that were known."""
        docs = [
            doc
            for doc, read_us in self._all_documents()
            if doc.source == source and (
                read_us <= as_of.known_us
                if as_of.basis is Basis.RECORDED
                else doc.day <= as_of.known_at.date()
            )
        ]  # fmt: skip
        return Line(tuple(docs), tuple(doc.moment for doc in docs))

    def _all_documents(self) -> list[tuple[Doc, int]]:
        if self._docs is None:
            d = t.document.c
            rows = self._db.execute(
                sa.select(
                    d.id, d.source, d.sha256, d.moment, d.day, d.instant_us, d.recorded_us, d.held_us, d.entries,
                    d.complete, d.url, d.title, d.method, t.coverage.c.recorded_us.label("read_us"),
                )
                .join(t.coverage, t.coverage.c.document_id == d.id)
                .where(t.coverage.c.layer == int(Layer.CORE))
                .order_by(d.source, d.moment)
            )  # fmt: skip
            self._docs = [
                (
                    Doc(
                        id=r.id, source=r.source, sha256=r.sha256, moment=r.moment, day=dt.date.fromisoformat(r.day),
                        instant=instant_of(r.instant_us), recorded_at=instant_of(r.recorded_us),
                        held=r.held_us is not None, entries=r.entries, complete=r.complete, url=r.url, title=r.title,
                        method=r.method,
                    ),
                    r.read_us,
                )
                for r in rows
            ]  # fmt: skip
        return self._docs

    # -- entries of lists ------------------------------------------------------------------------

    def headlines(
        self, lists: Sequence[ListId], moments: Sequence[int], begun: tuple[str, str] | None
    ) -> list[Headline]:
        """Entries of *lists* in the documents at *moments*, and those whose printed listing date lies in
        the half-open interval *begun* (after its first day, up to its second)."""
        h = t.headline.c
        wanted = [sa.and_(h.first <= moment, h.last >= moment) for moment in moments]
        if begun is not None:
            wanted.append(sa.and_(h.listed_on > begun[0], h.listed_on <= begun[1]))
        if not wanted:
            return []
        query = sa.select(*_HEADLINE).where(h.list.in_(lists), sa.or_(*wanted))
        return [Headline(*row) for row in self._db.execute(query)]

    def headlines_of(self, subjects: Iterable[str], lists: Sequence[ListId] = ()) -> list[Headline]:
        """Every headline of the *subjects*, on *lists* or on all."""
        rows: list[Headline] = []
        h, e = t.headline.c, t.entry.c
        for chunk in _chunks(subjects):
            ids = [number for (number,) in self._db.execute(sa.select(e.id).where(e.subject.in_(chunk)))]
            query = sa.select(*_HEADLINE).where(h.entry_id.in_(ids)).order_by(h.list, h.entry_id, h.first)
            if lists:
                query = query.where(h.list.in_(lists))
            rows += [Headline(*row) for row in self._db.execute(query)]
        return rows

    def memberships(self, lists: Sequence[ListId], entry_ids: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
        """Spans of documents that have the entries on *lists*, by entry."""
        m = t.membership.c
        found: dict[int, list[tuple[int, int]]] = {}
        for chunk in _chunks(entry_ids):
            rows = self._db.execute(
                sa.select(m.entry_id, m.first, m.last)
                .where(m.list.in_(lists), m.entry_id.in_(chunk))
                .order_by(m.entry_id, m.first)
            )
            for entry_id, first, last in rows:
                found.setdefault(entry_id, []).append((first, last))
        return found

    def entries(self, source: str) -> dict[int, tuple[str, str]]:
        """Key and subject of every entry of a source, by id."""
        rows = self._db.execute(sa.select(t.entry.c.id, t.entry.c.key, t.entry.c.subject).where(t.entry.c.source == source))
        return {row.id: (row.key, row.subject) for row in rows}

    def claims(self, subjects: Iterable[str]) -> list[SightedClaim]:
        """Every claim of the subjects' records, with the spans of documents that make it."""
        rows = []
        for chunk in _chunks(subjects):
            rows += self._db.execute(
                sa.select(
                    t.span.c.claim_id, t.span.c.entry_id, t.span.c.claim_key, t.span.c.property, t.span.c.first,
                    t.span.c.last,
                )
                .join(t.entry, t.entry.c.id == t.span.c.entry_id)
                .where(t.entry.c.subject.in_(chunk))
                .order_by(t.span.c.claim_id, t.span.c.first)
            ).all()  # fmt: skip
        return self._with_values(rows)

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
                    sa.and_(covers(first), sa.not_(covers(second))), sa.and_(covers(second), sa.not_(covers(first)))
                ),
            )
        )
        rows = self._db.execute(query).all()
        # A claim gone and back in between shows in both documents, by two spans: no difference.
        twice = {row.claim_id for row in rows if row.first <= first <= row.last} & {
            row.claim_id for row in rows if row.first <= second <= row.last
        }
        return self._with_values([row for row in rows if row.claim_id not in twice])

    def covered(self, document: Doc, layer: Layer) -> bool:
        """Whether the document was read in *layer*."""
        query = sa.select(t.coverage.c.layer).where(
            t.coverage.c.document_id == document.id, t.coverage.c.layer == int(layer)
        )
        return self._db.execute(query).first() is not None

    def _with_values(self, rows: Sequence[sa.Row[tuple[int, ...]]]) -> list[SightedClaim]:
        values = read_claims(self._db, {row.claim_id for row in rows})
        found = []
        for row in rows:
            value, facets = values.get(row.claim_id, (None, {}))
            found.append(SightedClaim(*row, value, facets))
        return found

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
        f = t.fact.c
        query = sa.select(
            f.claim_id, f.property, f.subject, f.list, f.other, f.published, f.recorded_us, f.document_id, f.place,
            f.claim_key, f.value, f.facets,
        ).where(f.property == prop.value)  # fmt: skip
        if lists is not None:
            query = query.where(f.list.in_(lists))
        if as_of is None:
            query = query.where(f.superseded_us.is_(None))
        elif as_of.basis is Basis.RECORDED:
            query = query.where(
                f.recorded_us <= as_of.known_us, sa.or_(f.superseded_us.is_(None), f.superseded_us > as_of.known_us)
            )
        else:
            query = query.where(f.superseded_us.is_(None))
            if prop is Property.ACT:
                # A statement whose source has no date at all was out, for certain, only when it was recorded here.
                query = query.where(
                    sa.or_(
                        sa.and_(f.published != "", f.published <= as_of.known_at.date().isoformat()),
                        sa.and_(f.published == "", f.recorded_us <= as_of.known_us),
                    )
                )
        decode = msgspec.json.decode
        queries = [query] if subjects is None else [query.where(f.subject.in_(chunk)) for chunk in _chunks(subjects)]
        return [
            Fact(*row[:-1], decode(row[-1], type=dict[str, str])) for one in queries for row in self._db.execute(one)
        ]

    def relations(self, others: Iterable[str]) -> list[tuple[Fact, int, int]]:
        """Relations that lists print to any of the subjects *others*, each with a span of documents that print it."""
        f = t.fact.c
        found = []
        for chunk in _chunks(others):
            query = (
                sa.select(
                    f.claim_id, f.property, f.subject, f.list, f.other, f.published, f.recorded_us, f.document_id,
                    f.place, f.claim_key, f.value, f.facets, t.span.c.first, t.span.c.last,
                )
                .join(t.span, t.span.c.claim_id == f.claim_id)
                .where(f.property == Property.RELATION.value, f.other.in_(chunk))
                .order_by(f.subject, f.claim_id, t.span.c.first)
            )  # fmt: skip
            for row in self._db.execute(query):
                fact = Fact(*row[:11], msgspec.json.decode(row.facets, type=dict[str, str]))
                found.append((fact, row.first, row.last))
        return found

    def judgements(self, as_of: AsOf | None) -> list[tuple[str, str, str, str]]:
        """Judgements as (subject, other subject, verdict, author)."""
        return [
            (fact.subject, fact.other, fact.value, fact.facets.get("author", ""))
            for fact in self.facts(Property.JUDGEMENT, as_of)
        ]

    def document(self, number: int) -> Doc | None:
        """A document by its id."""
        return next((doc for doc, _ in self._all_documents() if doc.id == number), None)

    # -- finding ---------------------------------------------------------------------------------

    def subjects_called(self, name: str) -> list[str]:
        """Subjects one of whose names folds to the same as *name*."""
        n = t.name.c
        return sorted(set(self._db.execute(sa.select(n.subject).where(n.folded == fold(name))).scalars()))

    def names_with(self, words: str) -> list[NameRow]:
        """Names in which the folded *words* stand together, as whole words."""
        n = t.name.c
        inside = fold(words)
        escaped = inside.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
        query = sa.select(n.subject, n.folded, n.text, n.property).where(n.folded.like(f"%{escaped}%", escape="\\"))
        return [row for found in self._db.execute(query) if f" {inside} " in f" {(row := NameRow(*found)).folded} "]

    def names_of(self, subjects: Iterable[str]) -> list[NameRow]:
        """All names of the subjects."""
        n = t.name.c
        rows: list[NameRow] = []
        for chunk in _chunks(subjects):
            query = sa.select(n.subject, n.folded, n.text, n.property).where(n.subject.in_(chunk)).order_by(n.claim_id)
            rows += [NameRow(*row) for row in self._db.execute(query)]
        return rows

    def subject_with_key(self, key: str) -> list[str]:
        """Subjects of entries whose key (reference number) is *key*, in any case."""
        e = t.entry.c
        query = sa.select(e.subject).where(sa.func.lower(e.key) == key.lower())
        return sorted(set(self._db.execute(query).scalars()))

    def has_subject(self, subject: str) -> bool:
        """Whether any record speaks of the subject."""
        return self._db.execute(sa.select(t.entry.c.id).where(t.entry.c.subject == subject).limit(1)).first() is not None

    def all_subjects(self) -> list[str]:
        """Every subject id."""
        return sorted(set(self._db.execute(sa.select(t.entry.c.subject)).scalars()))


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


def _chunks(items: Iterable[str] | Iterable[int]) -> "list[list[str]] | list[list[int]]":
    ordered = sorted(items)  # type: ignore[type-var]  # all of one type
    return [ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK)]  # type: ignore[return-value]
