"""Values of claims, out of the payload; withheld ones are missing."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tizim.register import schema as t
from tizim.register.chain import Stated, unseal_line
from tizim.register.database import chunks, fetch
from tizim.register.entries import ClaimsBody, claim_id, row_and_index


def read_claims(connection: Connection, numbers: Iterable[int]) -> dict[int, Stated]:
    """Values and facets of claims by id."""
    wanted: dict[int, list[int]] = defaultdict(list)
    for number in numbers:
        seq, index = row_and_index(number)
        wanted[seq].append(index)
    found: dict[int, Stated] = {}
    for chunk in chunks(wanted):
        for seq, data in fetch(connection, _PAYLOADS, {"seqs": chunk}):
            lines = data.split("\n")
            for index in wanted[seq]:
                stated = unseal_line(lines[index])
                if stated is not None:
                    found[claim_id(seq, index)] = stated
    return found


def read_values(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """The values of claims by id."""
    return {number: value for number, (value, _) in read_claims(connection, numbers).items()}


def read_places(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """Where the claims stand: the place of the record in its document and that of the field in the record."""
    wanted: dict[int, list[int]] = defaultdict(list)
    for number in numbers:
        seq, index = row_and_index(number)
        wanted[seq].append(index)
    found: dict[int, str] = {}
    for chunk in chunks(wanted):
        for seq, text in fetch(connection, sa.select(t.log.c.seq, t.log.c.body).where(t.log.c.seq.in_(chunk))):
            body = _decode(text)
            for index in wanted[seq]:
                found[claim_id(seq, index)] = place_of(body.place, body.claims[index][1])
    return found


def place_of(record: str, field: str) -> str:
    """A place for readers: the record, and the field within it."""
    return f"{record}, {field}" if record and field else record or field


_decode = msgspec.json.Decoder(ClaimsBody).decode
_PAYLOADS = sa.select(t.payload.c.seq, t.payload.c.data).where(
    t.payload.c.seq.in_(sa.bindparam("seqs", expanding=True))
)
