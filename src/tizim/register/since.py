"""What the log tells after one of its rows: the records of which documents say anything else than before it.

Of every other record the same is said as before, by the same documents and by newer ones that stand after them in
their lines.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tizim.register import schema as t
from tizim.register.database import chunks, fetch
from tizim.register.entries import ClaimsBody, SightingsBody

_PAGE: Final = 2_000
_Reading = tuple[int, int]
"""a document, and which reading of it"""


def hash_of(connection: Connection, sequence: int) -> str:
    """The hash of a row of the log; empty where there is no such row."""
    return connection.execute(sa.select(t.log.c.hash).where(t.log.c.seq == sequence)).scalar() or ""


def rows_after(connection: Connection, after: int) -> Iterator[tuple[str, str]]:
    """Kind and body of the rows of the log after its row *after*, in their order, read some at a time."""
    log = t.log.c
    query = sa.select(log.seq, log.kind, log.body).where(log.seq > sa.bindparam("after")).order_by(log.seq).limit(_PAGE)
    while rows := fetch(connection, query, {"after": after}):
        yield from ((kind, body) for _, kind, body in rows)
        after = rows[-1][0]


def touched(connection: Connection, after: int) -> frozenset[str] | None:
    """The records, by the subjects that they alone would be, of which the log after its row *after* tells anything.

    ``None`` where values were withheld since: nothing that was read before may be used again.
    """
    records: set[str] = set()
    sighted: list[SightingsBody] = []
    for kind, body in rows_after(connection, after):
        match kind:
            case "claims":
                records.add(_CLAIMS(body).subject)
            case "sightings":
                sighted.append(_SIGHTINGS(body))
            case "withheld":
                return None
    lines, claims = _differing(connection, sighted)
    for line in lines:
        records |= set(connection.execute(sa.select(t.entry.c.subject).where(t.entry.c.source == line)).scalars())
    query_of = sa.select(t.entry.c.subject).distinct().join(t.span, t.span.c.entry_id == t.entry.c.id)
    for chunk in chunks(claims):
        records |= set(connection.execute(query_of.where(t.span.c.claim_id.in_(chunk))).scalars())
    return frozenset(records)


def _differing(connection: Connection, sighted: Iterable[SightingsBody]) -> tuple[set[str], set[int]]:
    """Lines into the midst of which documents came, and of all others the claims that ended or came again.

    Only a document at the end of its line that is told by what differs from the one before it names all that differs.
    """
    by_document: dict[int, list[SightingsBody]] = defaultdict(list)
    for body in sighted:
        by_document[body.document].append(body)
    d, c = t.document.c, t.coverage.c
    line_of: dict[int, str] = {}
    for chunk in chunks(by_document):
        line_of |= dict(fetch(connection, sa.select(d.id, d.source).where(d.id.in_(chunk))))
    new: dict[tuple[str, int], dict[_Reading, SightingsBody]] = defaultdict(dict)
    for number, bodies in by_document.items():
        for body in bodies:
            new[line_of[number], body.layer][number, body.reading] = body
    midst: set[str] = set()
    claims: set[int] = set()
    for (line, layer), own in new.items():
        query = sa.select(c.document_id, c.reading).join(t.document, d.id == c.document_id)
        places: list[_Reading] = [
            (number, reading)
            for number, reading in fetch(connection, query.where(d.source == line, c.layer == layer).order_by(c.moment))
        ]
        last = places[-len(own) - 1 :]
        follow = len(last) > len(own) and all(
            here in own and own[here].reading == 0 and own[here].base == before for before, here in pairwise(last)
        )
        if not follow:
            midst.add(line)
            continue
        for body in own.values():
            claims.update(body.gone, body.back)
    return midst, claims


_CLAIMS = msgspec.json.Decoder(ClaimsBody).decode
_SIGHTINGS = msgspec.json.Decoder(SightingsBody).decode
