"""Withholding: a value's bytes leave store, archive and projections; its place, leaf and mark stay.

For a name published by mistake, or a court that orders it. The act itself (author, ground, scope) is
a row of the log, so that anyone sees that something was taken away, where, and on whose word.

Three places hold bytes, and a machine may stop between any two of them. So redacted copies are first
put aside; then the act is committed to the log, with the values taken from the payload; then the
copies take their documents' places and the store is rewritten. A file in the archive says that
something is still to be done, and the next writer does it.
"""

import hashlib
import os
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from tizim.domain.statements import Claim, Property, StatementId
from tizim.errors import BadInput, Busy, NotFound
from tizim.register import schema as t
from tizim.register.archive import Archive
from tizim.register.chain import Stated, blanked, mark_of
from tizim.register.database import chunks, driver_of, fetch, translated
from tizim.register.entries import WithheldBody, row_and_index
from tizim.register.facts import FACTS
from tizim.register.protocol import Withholding
from tizim.register.values import read_claims
from tizim.register.writer import Writer

STATEMENT, SUBJECT = "statement", "subject"
SCOPES: Final = (STATEMENT, SUBJECT)
"""``statement``: this claim of this entry, in every document that makes it; ``subject``: the same value
wherever records of the subject say it (a name that is also an alias, with other facets). A fact is
always withheld alone: its value is a word such as ``listed``."""

_MEMBER = Property.MEMBER.value
_NAMING: Final = ("name", "carrier", "note")
"""facets of facts that tell of a person in words of their own"""


def withhold(writer: Writer, archive: Archive, statement: StatementId, act: Withholding) -> int:
    """Take away the value of *statement*; returns the number of claims withheld.

    Raises `NotFound` for an unknown statement, or one that is withheld already, and `BadInput` for one
    that has no value of its own (membership of a list is an observation, not a value).
    """
    if act.scope not in SCOPES:
        raise BadInput(f"'{act.scope}' is not a scope: write one of {', '.join(SCOPES)}")
    claims = _claims_of(writer.connection, statement)
    if any(prop == _MEMBER for _, _, prop in claims):
        raise BadInput("membership of a list has no value to withhold")
    values = read_claims(writer.connection, [number for number, _, _ in claims])
    if act.scope == SUBJECT and not any(prop in FACTS for _, _, prop in claims):
        values |= _same_value(writer.connection, {entry for _, entry, _ in claims}, next(iter(values.values()))[0])
    numbers = tuple(sorted(values))
    redacted = _redacted(writer.connection, archive, numbers, texts_of(values.values()))
    archive.begin(redacted, store=True)
    salt = os.urandom(16)
    marks: dict[bytes, str] = {}
    body = WithheldBody(
        claims=numbers,
        author=act.author,
        ground=act.ground,
        scope=act.scope,
        act=act.act,
        salt=salt.hex(),
        marks=tuple(_mark(_marked(act.scope, values[number]), salt, marks) for number in numbers),
        redacted=digests(redacted),
    )
    seq = writer.row(body)
    writer.flush()
    writer.projector.withheld(seq, body)
    _blank(writer.connection, numbers)
    return len(numbers)


def texts_of(stated: Iterable[Stated]) -> set[str]:
    """The texts to be blacked out: values, and what facets tell of a person."""
    found = set()
    for value, facets in stated:
        own = [facets[name] for name in _NAMING if name in facets]
        found |= set(own) or {value}
    return found


def digests(redacted: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    """The redacted documents and the digests of their copies."""
    return tuple((sha256, hashlib.sha256(data).hexdigest()) for sha256, data in sorted(redacted.items()))


def _claims_of(connection: Connection, statement: StatementId) -> list[tuple[int, int, str]]:
    """Claim, entry and property of a statement: its claim may be made of one row under two subjects."""
    key, _, document = statement.partition("-")
    try:
        number = int(key, 16)
    except ValueError:
        raise BadInput(f"'{statement}' is not a statement's id") from None
    s = t.span.c
    query = sa.select(s.claim_id, s.entry_id, s.property).distinct().where(s.claim_key == number)
    rows = fetch(connection, query) if 0 < number < 2**63 else []
    d = t.document.c
    known = (
        document
        and connection.execute(
            sa.select(d.id)
            .join(t.entry, t.entry.c.source == d.source)
            .where(t.entry.c.id.in_({row[1] for row in rows}), d.sha256.startswith(document, autoescape=True))
            .limit(1)
        ).first()
    )
    if not rows or not known:
        raise NotFound(f"no statement {statement} in this register has a value: see 'tizim show'")
    return rows


def _same_value(connection: Connection, entry_ids: set[int], text: str) -> dict[int, Stated]:
    """All claims of the entries' subjects with the value *text*, facts and memberships apart."""
    s, e = t.span.c, t.entry.c
    subjects = sa.select(e.subject).where(e.id.in_(entry_ids))
    rows = fetch(
        connection,
        sa.select(s.claim_id)
        .distinct()
        .join(t.entry, e.id == s.entry_id)
        .where(e.subject.in_(subjects), s.property.not_in({*FACTS, _MEMBER})),
    )
    found = read_claims(connection, [number for (number,) in rows])
    return {number: stated for number, stated in found.items() if stated[0] == text}


def _blank(connection: Connection, numbers: Sequence[int]) -> None:
    """Empty the payload lines of the claims."""
    gone: dict[int, set[int]] = defaultdict(set)
    for number in numbers:
        seq, index = row_and_index(number)
        gone[seq].add(index)
    p = t.payload
    for chunk in chunks(gone):
        for seq, data in fetch(connection, sa.select(p.c.seq, p.c.data).where(p.c.seq.in_(chunk))):
            connection.execute(p.update().where(p.c.seq == seq).values(data=blanked(data, gone[seq])))


# -- values that come back -----------------------------------------------------------------------


class Mark(msgspec.Struct, frozen=True):
    """What is known of a withheld claim."""

    claim_id: int
    entry_id: int
    subject: str
    property: str
    by_seq: int
    scope: str
    salt: str
    mark: str


class Marks:
    """The values withheld so far, for recognising them when a publisher prints them again."""

    def __init__(self, connection: Connection) -> None:
        w, e = t.withheld.c, t.entry.c
        query = sa.select(w.claim_id, w.entry_id, e.subject, w.property, w.by_seq, w.scope, w.salt, w.mark).join(
            t.entry, e.id == w.entry_id
        )
        self._of: dict[str, list[Mark]] = defaultdict(list)
        for row in fetch(connection, query):
            mark = Mark(*row)
            self._of[mark.subject].append(mark)
        self._made: dict[str, dict[bytes, str]] = defaultdict(dict)

    def __bool__(self) -> bool:
        """Whether any value is withheld."""
        return bool(self._of)

    def recognise(self, subject: str, entry_id: int | None, claim: Claim) -> tuple[int | None, Mark | None]:
        """The withheld claim that *claim* repeats, and the mark by which its value is withheld.

        Where the mark reaches further than the claims met so far there is no such claim yet.
        """
        covering: Mark | None = None
        for mark in self._of.get(subject, ()):
            same = mark.entry_id == entry_id and mark.property == claim.property.value
            if not same and (mark.scope == STATEMENT or claim.property.value in {*FACTS, _MEMBER}):
                continue
            stated = (claim.value, dict(claim.facets))
            if self._fits(mark, _marked(mark.scope, stated)):
                if same:
                    return mark.claim_id, mark
                covering = mark
        return None, covering

    def _fits(self, mark: Mark, value: object) -> bool:
        return _mark(value, bytes.fromhex(mark.salt), self._made[mark.salt]) == mark.mark


def _marked(scope: str, stated: Stated) -> object:
    """What a mark is made of: the value, and for a single statement its facets too."""
    return stated[0] if scope == SUBJECT else stated


def _mark(value: object, salt: bytes, made: dict[bytes, str]) -> str:
    """`mark_of`, once for each value."""
    key = msgspec.json.encode(value)
    if key not in made:
        made[key] = mark_of(value, salt)
    return made[key]


# -- archived documents --------------------------------------------------------------------------


def _redacted(connection: Connection, archive: Archive, numbers: Sequence[int], texts: set[str]) -> dict[str, bytes]:
    """Redacted copies of every archived document that makes one of the claims."""
    d, c, e, s = t.document.c, t.coverage.c, t.entry.c, t.span.c
    found: set[str] = set()
    for chunk in chunks(numbers):
        found |= {
            sha256
            for (sha256,) in fetch(
                connection,
                sa.select(d.sha256)
                .distinct()
                .join(t.coverage, c.document_id == d.id)
                .join(t.entry, e.source == d.source)
                .join(t.span, sa.and_(s.entry_id == e.id, s.layer == c.layer))
                .where(s.claim_id.in_(chunk), d.held_us.is_not(None), s.first <= c.moment, s.last >= c.moment),
            )
        }
    return {sha256: redact_bytes(archive.get(sha256), texts) for sha256 in sorted(found) if archive.has(sha256)}


_BETWEEN = r"(?:[\s;,]|&nbsp;|&#160;|&#x[aA]0;|<[^<>]*>)+"
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
_TAG_OR_TEXT = re.compile(r"(<[^<>]*>|\s+)|[^<>\s]+")
BLACK: Final = "█████"
"""stands for a word withheld, whatever its length"""


def redact_bytes(data: bytes, texts: set[str]) -> bytes:
    """*data*, which is UTF-8, with every occurrence of *texts* blacked out.

    Found too are values between whose words stand white space or the tags of a name's parts (the tags
    stay), and letters written as XML references. A text that cannot be found word for word, because
    the document is packed or words it otherwise, leaves nothing of the document: rather too much is
    lost than a value kept.
    """
    decoded = data.decode("utf-8", "surrogateescape")
    done: list[str] = []
    for text in sorted(texts, key=lambda one: (-len(one), one)):
        parts = [_spellings(word) for word in text.split()]
        if not parts:
            continue
        inner = _BETWEEN.join(parts)
        decoded, count = re.subn(rf"(?<!\w){inner}(?!\w)", _black, decoded)
        if not count:
            decoded, count = re.subn(inner, _black, decoded)  # scripts without blanks between words
        if not count and not any(text in longer for longer in done):
            return b""
        done.append(text)
    return decoded.encode("utf-8", "surrogateescape")


def _black(match: re.Match[str]) -> str:
    return _TAG_OR_TEXT.sub(lambda part: part[1] or BLACK, match.group())


def _spellings(word: str) -> str:
    """A pattern of the ways in which XML and CSV write *word*."""
    return "".join(_spelling(letter) for letter in word)


def _spelling(letter: str) -> str:
    if letter.isascii() and letter.isalnum():
        return letter
    ways = [re.escape(letter), f"&#0*{ord(letter)};", f"&#[xX]0*(?i:{ord(letter):x});"]
    if letter in _NAMED:
        ways.insert(0, _NAMED[letter])
    if letter == '"':
        ways.insert(0, '""')
    return f"(?:{'|'.join(ways)})"


# -- after the act -------------------------------------------------------------------------------


def ordered(connection: Connection) -> dict[str, str]:
    """The digest of the newest redacted copy of each redacted document, as the log orders it."""
    found: dict[str, str] = {}
    query = sa.select(t.log.c.body).where(t.log.c.kind == "withheld").order_by(t.log.c.seq)
    for (text,) in fetch(connection, query):
        found |= dict(msgspec.json.decode(text, type=WithheldBody).redacted)
    return found


def compact(engine: Engine, wait_seconds: float) -> None:
    """Rewrite the store so that freed pages and the write-ahead log keep no old bytes.

    Raises `Busy` while a reader holds on to the old pages.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            if engine.dialect.name == "postgresql":
                _rewrite_tables(connection, wait_seconds)
                return
            driver = driver_of(connection)
            driver.execute("VACUUM")
            busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except (sa.exc.DBAPIError, engine.dialect.loaded_dbapi.Error) as error:
            found = translated(error, engine)
            raise (Busy(_STILL) if isinstance(found, Busy) else found) from error
        if busy:
            raise Busy(_STILL)


def _rewrite_tables(connection: Connection, wait_seconds: float) -> None:
    """Write each table anew with the rows that stand, and no other.

    A column set to what it is does that. ``VACUUM (FULL)`` would not: it keeps freed rows for as long as a transaction
    older than their end runs anywhere on the server, be it in a database that is none of ours.
    """
    _await_older_readers(connection, wait_seconds)
    connection.exec_driver_sql(f"SET lock_timeout = {max(1, int(wait_seconds * 1000))}")
    try:
        for table in (t.payload, *t.TELLING):
            number = next(column.name for column in table.primary_key if isinstance(column.type, sa.BigInteger))
            connection.exec_driver_sql(
                f'ALTER TABLE {table.name} ALTER COLUMN "{number}" TYPE bigint USING "{number}" + 0'
            )
    finally:
        connection.exec_driver_sql("RESET lock_timeout")


def _await_older_readers(connection: Connection, wait_seconds: float) -> None:
    """Wait for whoever may still see the rows as they were: a rewrite keeps those rows for them without a word.

    The server's own gathering of statistics is one of them, also while it is between two looks at its rows and has
    only the number of its transaction. Raises `Busy` when they take too long.
    """
    now = connection.exec_driver_sql("SELECT pg_current_xact_id()::xid::text").scalar()
    older = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND greatest(age(backend_xmin), age(backend_xid)) > age(CAST(CAST(:now AS text) AS xid))"
    )
    end = time.monotonic() + wait_seconds
    while connection.execute(older, {"now": now}).scalar():
        if time.monotonic() > end:
            raise Busy(_STILL)
        time.sleep(_LOOK_AGAIN)


_LOOK_AGAIN = 0.05
"""seconds between two looks whether older readers have ended"""
_STILL = (
    "the value is withheld, but its bytes stay in the store until readers that began before have finished:"
    " write again (or withhold anything) to remove them"
)
