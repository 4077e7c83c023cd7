"""Withholding: a value's bytes leave store, archive and projections; its place, leaf and mark stay.

For a name published by mistake, or a court that orders it. The act itself (author, ground, scope) is
a row of the log, so that anyone sees that something was taken away, where, and on whose word.
"""

import os
import re
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tizim.domain.statements import Property
from tizim.errors import BadInput, NotFound
from tizim.register import schema as t
from tizim.register.archive import Archive
from tizim.register.chain import mark_of
from tizim.register.entries import WithheldBody, row_and_index
from tizim.register.projector import read_claims

if TYPE_CHECKING:
    from tizim.register.protocol import Withholding
    from tizim.register.sql import _Write

SCOPES = ("statement", "subject")
"""``statement``: this claim of this entry, in every document that makes it; ``subject``: the same
value wherever the entry's records say it (a name that is also an alias, with other facets)"""
_NEVER = frozenset({Property.MEMBER.value})


def withhold(write: "_Write", archive: Archive, statement: str, act: "Withholding") -> int:
    """Take away the value of *statement*; returns the number of claims withheld.

    Raises `NotFound` for an unknown statement and `BadInput` for one whose value carries the
    chain's own structure (membership of a list is an observation, not a value).
    """
    if act.scope not in SCOPES:
        raise BadInput(f"'{act.scope}' is not a scope: write one of {', '.join(SCOPES)}")
    connection = write.connection
    rows = _claims_of(write, statement)
    entry_id = rows[0].entry_id
    values = read_claims(connection, [row.claim_id for row in rows])
    if not values:
        raise BadInput(f"the value of statement {statement} is withheld already")
    if any(row.property in _NEVER for row in rows):
        raise BadInput("membership of a list has no value to withhold")
    text = next(iter(values.values()))[0]
    if act.scope == "subject":
        others = connection.execute(
            sa.select(t.span.c.claim_id, t.span.c.property).distinct().where(t.span.c.entry_id == entry_id)
        ).all()
        found = read_claims(connection, [row.claim_id for row in others if row.property not in _NEVER])
        values |= {number: value for number, value in found.items() if value[0] == text}
    numbers = tuple(sorted(values))
    redacted = _redact(write, archive, numbers, {value for value, _ in values.values()})
    salt = os.urandom(16)
    marks = tuple(mark_of(msgspec.json.encode(values[number]), salt) for number in numbers)
    body = WithheldBody(
        claims=numbers, author=act.author, ground=act.ground, scope=act.scope, act=act.act,
        salt=salt.hex(), marks=marks, redacted=redacted,
    )  # fmt: skip
    seq = write.row(body)
    write.flush()
    write.projector.withheld(seq, body)
    _blank(write, numbers)
    return len(numbers)


def _claims_of(write: "_Write", statement: str) -> list[sa.Row[tuple[int, int, str]]]:
    key, _, document = statement.partition("-")
    try:
        number = int(key, 16)
    except ValueError:
        raise BadInput(f"'{statement}' is not a statement's id") from None
    rows = write.connection.execute(
        sa.select(t.span.c.claim_id, t.span.c.entry_id, t.span.c.property).distinct().where(t.span.c.claim_key == number)
    ).all()
    if not rows or not document:
        raise NotFound(f"there is no statement {statement} in this register")
    return list(rows)


def _blank(write: "_Write", numbers: tuple[int, ...]) -> None:
    """Empty the payload lines of the claims."""
    for seq in sorted({row_and_index(number)[0] for number in numbers}):
        gone = {row_and_index(number)[1] for number in numbers if row_and_index(number)[0] == seq}
        data = write.connection.execute(sa.select(t.payload.c.data).where(t.payload.c.seq == seq)).scalar_one()
        lines = ["" if index in gone else line for index, line in enumerate(data.split("\n"))]
        write.connection.execute(t.payload.update().where(t.payload.c.seq == seq).values(data="\n".join(lines)))


def _redact(write: "_Write", archive: Archive, numbers: tuple[int, ...], texts: set[str]) -> tuple[str, ...]:
    """Black the values out of every archived document that makes one of the claims."""
    documents = write.connection.execute(
        sa.select(t.document.c.sha256)
        .distinct()
        .join(t.entry, t.entry.c.source == t.document.c.source)
        .join(t.span, t.span.c.entry_id == t.entry.c.id)
        .where(
            t.span.c.claim_id.in_(numbers),
            t.document.c.held_us.is_not(None),
            t.span.c.first <= t.document.c.moment,
            t.span.c.last >= t.document.c.moment,
        )
    ).scalars()
    done = []
    for sha256 in sorted(documents):
        if archive.has(sha256):
            archive.redact(sha256, redact_bytes(archive.get(sha256), texts))
            done.append(sha256)
    return tuple(done)


def redact_bytes(data: bytes, texts: set[str]) -> bytes:
    """*data* with every occurrence of *texts* blacked out, in UTF-8, also where a run of white
    space or the tags between two parts of a name stand inside the value."""
    for text in sorted(texts, key=len, reverse=True):
        parts = [re.escape(_escaped(word)) for word in text.split()]
        pattern = re.compile(r"(?:[\s;,]|<[^<>]*>)+".join(parts)) if parts else None
        if pattern is not None:
            decoded = data.decode("utf-8", "surrogateescape")
            decoded = pattern.sub(lambda match: "█" * len(match.group()), decoded)
            data = decoded.encode("utf-8", "surrogateescape")
    return data


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def compact(engine: Engine) -> None:
    """Rewrite the store so that freed pages and the write-ahead log keep no old bytes."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            for table in ("payload", "span", "name", "fact", "headline"):
                connection.exec_driver_sql(f"VACUUM FULL {table}")
            return
        raw = connection.connection.driver_connection
        if raw is not None:
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

