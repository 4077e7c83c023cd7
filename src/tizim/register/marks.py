"""What has changed between two heads, in the words in which an account says what was read (``account.py``).

Of everything that can be read of a line of documents there is a mark, a short digest of its rows. Kept from one head
to the next, marks show what has changed: only the lines of which the log tells anything new are looked at again.
Rows refer to claims by their number, and what a claim says never changes; withholding it takes its rows away.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tizim.domain.dates import instant_of
from tizim.domain.statements import Property
from tizim.register import schema as t
from tizim.register.account import COARSE, FOLLOWED, NAMING, Accounted, called, coarse
from tizim.register.chain import GENESIS
from tizim.register.database import chunks, fetch
from tizim.register.entries import ClaimsBody, DocumentBody, HeldBody, SightingsBody, WithheldBody
from tizim.register.protocol import Head
from tizim.register.since import rows_after

Marks = Mapping[str, str]
"""a digest by the word for what it is of"""

_POINTING: Final = frozenset({Property.RELATION.value, Property.CROSS_REFERENCE.value})
_FOLLOWED: Final = frozenset(prop.value for prop in FOLLOWED)


def head_of(view: Accounted) -> Head:
    """The end of the log, as the view reads it."""
    log = t.log.c
    row = view.connection.execute(sa.select(log.hash, log.recorded_us).where(log.seq == view.shared.head)).first()
    if row is None:
        return Head(sequence=0, hash=GENESIS, time=None)
    return Head(sequence=view.shared.head, hash=row.hash, time=instant_of(row.recorded_us))


def grown(view: Accounted, after: int) -> frozenset[str]:
    """The lines of documents of which the rows of the log after *after* tell anything."""
    connection = view.connection
    documents: set[int] = set()
    claims: set[int] = set()
    lines: set[str] = set()
    for kind, body in rows_after(connection, after):
        match kind:
            case "document":
                lines.add(msgspec.json.decode(body, type=DocumentBody).source)
            case "claims":
                documents.add(msgspec.json.decode(body, type=ClaimsBody).document)
            case "sightings":
                documents.add(msgspec.json.decode(body, type=SightingsBody).document)
            case "held":
                documents.add(msgspec.json.decode(body, type=HeldBody).document)
            case _:
                claims |= set(msgspec.json.decode(body, type=WithheldBody).claims)
    for chunk in chunks(documents):
        lines |= set(connection.execute(sa.select(t.document.c.source).where(t.document.c.id.in_(chunk))).scalars())
    for chunk in chunks(claims):
        query_of = sa.select(t.entry.c.source).join(t.span, t.span.c.entry_id == t.entry.c.id)
        lines |= set(connection.execute(query_of.where(t.span.c.claim_id.in_(chunk))).scalars())
    return frozenset(lines)


def of_line(view: Accounted, line: str) -> dict[str, str]:
    """The marks of one line of documents."""
    connection, e = view.connection, t.entry.c
    entries = {
        number: (key, subject)
        for number, key, subject in fetch(connection, sa.select(e.id, e.key, e.subject).where(e.source == line))
    }
    hashes = dict(fetch(connection, sa.select(t.document.c.id, t.document.c.sha256).where(t.document.c.source == line)))
    found: dict[str, _Digest] = defaultdict(_Digest)
    found[f"e {line}"].add(sorted((key, subject) for key, subject in entries.values()))
    for table, columns in _READ:
        rows = fetch(
            connection,
            sa.select(*columns).join(t.entry, e.id == table.c.entry_id).where(e.source == line).order_by(*columns),
        )
        for entry_id, own in _grouped(rows):
            found[f"s {entries[entry_id][1]}"].add((table.name, entry_id, own))
        if table is t.headline or table is t.membership:
            for row in rows:
                found[f"h {row[-1]}"].add(tuple(row))
        elif table is t.fact:
            _facts(found, rows, hashes)
        elif table is t.name:
            for row in rows:
                found[f"m {entries[row[0]][1]}"].add(tuple(row))
        elif table is t.span:
            for row in rows:
                if row[-1] in _FOLLOWED:
                    found[f"P {row[-1]}"].add(tuple(row))
                if row[-1] in NAMING:
                    found[f"m {entries[row[0]][1]}"].add(tuple(row))
    _documents(connection, found, line)
    return {word: digest.text for word, digest in found.items()}


def _facts(found: dict[str, "_Digest"], rows: Iterable[Sequence[Any]], hashes: Mapping[int, str]) -> None:
    for row in rows:
        _, claim_id, known_us, superseded_us, document, prop, _, other, list_id = row
        told = (claim_id, known_us, superseded_us, document)
        found[f"f {prop}"].add(told)
        found[f"f {prop} {list_id}"].add(told)
        found[f"t {hashes.get(document, '')}"].add(told)
        if prop in _POINTING:
            found[f"o {other}"].add(told)


def _documents(connection: Connection, found: dict[str, "_Digest"], line: str) -> None:
    d, c = t.document.c, t.coverage.c
    for row in fetch(connection, sa.select(*t.document.columns).where(d.source == line).order_by(d.id)):
        told = tuple(row)
        found["D"].add(told)
        found[f"D {line}"].add(told)
        found[f"d {row[0]}"].add(told)
        found[f"H {row[2]}"].add(told)
    query = sa.select(c.layer, c.document_id, c.reading, c.moment, c.recorded_us).join(
        t.document, d.id == c.document_id
    )
    for row in fetch(connection, query.where(d.source == line).order_by(c.layer, c.moment)):
        # A line is told with the facts of its documents.
        found[f"l {line} {row[0]}"].add((tuple(row), found[f"d {row[1]}"].text))


_h, _m, _n, _f, _s = t.headline.c, t.membership.c, t.name.c, t.fact.c, t.span.c
_READ: Final = (
    (
        t.headline,
        (_h.entry_id, _h.first, _h.last, _h.subject, _h.reference, _h.name, _h.kind, _h.listed_on, _h.reviewed_on,
         _h.periods, _h.period_first, _h.list),
    ),
    (t.membership, (_m.entry_id, _m.first, _m.last, _m.list)),
    (t.name, (_n.entry_id, _n.claim_id, _n.recorded_us)),
    (
        t.fact,
        (_f.entry_id, _f.claim_id, _f.known_us, _f.superseded_us, _f.document_id, _f.property, _f.subject, _f.other,
         _f.list),
    ),
    (t.span, (_s.entry_id, _s.claim_id, _s.first, _s.last, _s.claim_key, _s.property)),
)  # fmt: skip
"""the rows about an entry, put in order by all that is read of them; first the entry, last the list or the property"""


def _grouped(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """Rows by the entry that they begin with; they come in its order."""
    own: list[tuple[Any, ...]] = []
    at = -1
    for row in rows:
        if row[0] != at:
            if own:
                yield at, own
            at, own = row[0], []
        own.append(tuple(row))
    if own:
        yield at, own


class _Digest:
    """A digest of values in the order in which they come."""

    __slots__ = ("_hash",)

    def __init__(self) -> None:
        self._hash = hashlib.blake2b(digest_size=12)

    def add(self, value: object) -> None:
        self._hash.update(repr(value).encode("utf-8", "surrogatepass"))

    @property
    def text(self) -> str:
        return self._hash.hexdigest()


def digest(value: object) -> str:
    """A short digest of a value by what it looks like."""
    one = _Digest()
    one.add(value)
    return one.text


def last_entry(view: Accounted) -> int:
    """The number of the newest record."""
    return view.connection.execute(sa.select(sa.func.max(t.entry.c.id))).scalar() or 0


def new_records(view: Accounted, after: int) -> frozenset[str]:
    """What is touched by the records that came after the one with the number *after*: what they are called by, and
    the claims that they make.
    """
    e, words = t.entry.c, set[str]()
    rows = fetch(view.connection, sa.select(e.id, e.key, e.subject).where(e.id > after))
    for _, key, subject in rows:
        words |= {"a", f"k {key.lower()}", f"k {called(subject)}", f"k {subject.lower()}"}
    for chunk in chunks([row[0] for row in rows]):
        keys = view.connection.execute(sa.select(_s.claim_key).where(_s.entry_id.in_(chunk))).scalars()
        words |= {f"v {key}" for key in keys}
    return frozenset(words)


def of_changed_subjects(view: Accounted, subjects: Iterable[str]) -> frozenset[str]:
    """What else is touched where rows about *subjects* have changed: names that may be found by their words now,
    and statements that make a claim again.
    """
    words = set[str]()
    for chunk in chunks(set(subjects)):
        for (folded,) in fetch(view.connection, sa.select(_n.folded).where(_n.subject.in_(chunk))):
            own = folded.split()
            words |= {
                f"n {' '.join(own[first:end])}" for first in range(len(own)) for end in range(first + 1, len(own) + 1)
            }
        keys = view.connection.execute(sa.select(_f.claim_key).where(_f.subject.in_(chunk))).scalars()
        words |= {f"v {key}" for key in keys}
    return frozenset(words)


def with_coarse(words: Iterable[str]) -> frozenset[str]:
    """The same, with the words that stand for all subjects of their publishers and all pages of their kinds."""
    every = set(words)
    return frozenset(every | {coarse(word) for word in every if word[:2] in COARSE})
