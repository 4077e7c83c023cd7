"""Proving the chain: every row follows the one before, every value fits its leaf, every held document is there.

Only the log, the payload and the archive are asked: what a projection says proves nothing. One thing it
gives away: if it was made from rows that the log has no longer, the log was cut.
"""

import hashlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tizim.domain.dates import instant_of
from tizim.errors import Broken, NotFound
from tizim.register import schema as t
from tizim.register.archive import Archive
from tizim.register.chain import GENESIS, LEAF, fits, leaves_of, row_hash
from tizim.register.database import fetch
from tizim.register.entries import DocumentBody, HeldBody, WithheldBody, claim_id, row_and_index
from tizim.register.protocol import Head, Verification

_MOST_FAULTS: Final = 20
_PAGE: Final = 1_000

Row = tuple[int, int, str, str, str, str, str | None]


def verify(connection: Connection, archive: Archive, expected: Head | None) -> Verification:
    """Recompute the chain from its first row.

    Found are: a row that was changed, inserted, removed or re-ordered; a value that does not fit its
    leaf, or is gone without an act; a held document whose file is gone or altered; and, against
    *expected*, a chain that was rewritten or cut since that head was published. A log that was cut more
    carelessly than its projections is found without it.
    """
    projected = _last_projected(connection)  # before the rows: what is appended meanwhile is no cut
    with ThreadPoolExecutor(max_workers=1) as beside:  # unpacking files leaves this thread free
        chain = _Chain(expected, archive, beside)
        for row in _rows(connection):
            chain.take(row)
            if len(chain.faults) >= _MOST_FAULTS:
                chain.faults.append("more faults follow")
                beside.shutdown(cancel_futures=True)
                return Verification(head=chain.head, faults=tuple(chain.faults))
        chain.end()
    if projected > chain.head.sequence:
        chain.faults.append(f"the log ends at row {chain.head.sequence}, answers rest on row {projected}: it was cut")
    extra = connection.execute(_STRAY).scalar()
    if extra:
        chain.faults.append(f"{extra} payload rows belong to no row of the log")
    return Verification(head=chain.head, faults=tuple(chain.faults))


class _Chain:
    """What was found so far, row by row."""

    def __init__(self, expected: Head | None, archive: Archive, beside: ThreadPoolExecutor) -> None:
        self.faults: list[str] = []
        self.head = Head(sequence=0, hash=GENESIS, time=None)
        self._expected = expected
        self._archive = archive
        self._beside = beside
        self._previous, self._last, self._time_us = GENESIS, 0, 0
        self._empty: list[tuple[int, int]] = []
        """places of values that are gone"""
        self._withheld: set[int] = set()
        self._redacted: dict[str, str] = {}
        self._documents: dict[int, str] = {}
        self._files: dict[str, Future[_File]] = {}

    def take(self, row: Row) -> None:
        """Check the next row."""
        seq, recorded_us, kind, body, leaves, stored, data = row
        if seq != self._last + 1:
            self.faults.append(f"row {self._last + 1} is missing: the next one is {seq}")
        if row_hash(self._previous, seq, recorded_us, kind, body, leaves) != stored:
            self.faults.append(f"row {seq} was changed, or a row before it: its hash does not follow")
        if recorded_us < self._time_us:
            self.faults.append(f"row {seq} is older than the row before it")
        if leaves or data is not None:
            self._take_values(seq, leaves, data)
        if kind != "claims":
            self._take_body(seq, kind, body)
        if self._expected is not None and seq == self._expected.sequence and stored != self._expected.hash:
            self.faults.append(f"row {seq} has not the hash of the published head: the chain was rewritten")
        self._previous, self._last, self._time_us = stored, seq, recorded_us
        self.head = Head(sequence=seq, hash=stored, time=instant_of(recorded_us))

    def end(self) -> None:
        """Check what only the whole chain shows."""
        expected = self._expected
        if expected is not None and expected.sequence > self._last:
            self.faults.append(
                f"the chain ends at row {self._last}, the published head is row {expected.sequence}: its tail was cut"
            )
        if expected is not None and expected.sequence == 0 and expected.hash != GENESIS:
            self.faults.append("the published head is not that of an empty chain")
        for seq, index in self._empty:
            if claim_id(seq, index) not in self._withheld:
                self.faults.append(f"value {index} of row {seq} was taken away without an act")
        for sha256, file in self._files.items():
            self.faults += file.result().faults(sha256, self._redacted.get(sha256))

    def _take_values(self, seq: int, leaves: str, data: str | None) -> None:
        if data is None:
            self.faults.append(f"the values of row {seq} are gone")
            return
        if fits(data, leaves):
            return
        lines = data.split("\n")
        if len(lines) * LEAF != len(leaves):
            self.faults.append(f"row {seq} has {len(lines)} values and {len(leaves) // LEAF} leaves")
            return
        for index, line in enumerate(lines):
            if not line:
                self._empty.append((seq, index))
            elif leaves_of([line]) != leaves[index * LEAF : (index + 1) * LEAF]:
                self.faults.append(f"value {index} of row {seq} was changed: it does not fit its leaf")

    def _take_body(self, seq: int, kind: str, body: str) -> None:
        try:
            if kind == "document":
                document = msgspec.json.decode(body, type=DocumentBody)
                self._documents[seq] = document.sha256
                if document.held:
                    self._check_file(document.sha256)
            elif kind == "held":
                held = msgspec.json.decode(body, type=HeldBody)
                self._check_file(self._documents.get(held.document, ""))
            elif kind == "withheld":
                act = msgspec.json.decode(body, type=WithheldBody)
                self._withheld.update(act.claims)
                self._redacted |= dict(act.redacted)
        except msgspec.DecodeError as error:
            self.faults.append(f"row {seq} cannot be read: {error}")

    def _check_file(self, sha256: str) -> None:
        self._files[sha256] = self._beside.submit(_looked_at, self._archive, sha256)


class _File(msgspec.Struct, frozen=True):
    """An archived file as found."""

    fault: str
    is_redacted: bool
    digest: str

    def faults(self, sha256: str, redacted: str | None) -> list[str]:
        """What is wrong with it, if the log orders the *redacted* copy or (``None``) the document itself."""
        if self.fault:
            return [self.fault]
        if self.is_redacted and self.digest != redacted:
            return [f"the redacted copy of document {sha256[:12]} is not the one that the log orders"]
        if not self.is_redacted and redacted is not None:
            return [f"document {sha256[:12]} is archived whole, although the log orders a redacted copy"]
        return []


def _looked_at(archive: Archive, sha256: str) -> _File:
    is_redacted = archive.is_redacted(sha256)
    try:
        return _File("", is_redacted, hashlib.sha256(archive.get(sha256)).hexdigest())
    except NotFound:
        fault = f"document {sha256[:12]} is held by the log, but its file is not in the archive"
    except Broken as error:
        fault = str(error)
    return _File(fault, is_redacted, "")


def _rows(connection: Connection) -> Iterator[Row]:
    log, payload = t.log.c, t.payload.c
    query = (
        sa.select(log.seq, log.recorded_us, log.kind, log.body, log.leaves, log.hash, payload.data)
        .outerjoin(t.payload, payload.seq == log.seq)
        .where(log.seq > sa.bindparam("after"))
        .order_by(log.seq)
        .limit(_PAGE)
    )
    last = -(2**62)
    while rows := fetch(connection, query, {"after": last}):
        yield from rows
        last = rows[-1][0]


def _last_projected(connection: Connection) -> int:
    """The last row of the log, as far as the projections tell, from which they were made."""
    claim, document = (connection.execute(sa.select(sa.func.max(column))).scalar() for column in _NEWEST)
    return max(row_and_index(claim or 0)[0], document or 0)


_NEWEST = (t.span.c.claim_id, t.document.c.id)
_STRAY = (
    sa.select(sa.func.count())
    .select_from(t.payload.outerjoin(t.log, t.log.c.seq == t.payload.c.seq))
    .where(t.log.c.seq.is_(None))
)
