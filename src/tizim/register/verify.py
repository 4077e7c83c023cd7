"""Proving the chain: every row follows the one before, every value fits its leaf, every held document is there."""

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tizim.domain.dates import instant_of
from tizim.register import schema as t
from tizim.register.archive import Archive
from tizim.register.chain import GENESIS, LEAF, leaves_of, row_hash
from tizim.register.protocol import Head, Verification

_MOST_FAULTS: Final = 20
_BATCH = 5_000


def verify(connection: Connection, archive: Archive, expected: Head | None) -> Verification:
    """Recompute the chain from its first row.

    Found are: a row that was changed, inserted, removed or re-ordered; a value that does not fit its
    leaf, or is gone without an act; a held document whose file is gone; and, against *expected*, a
    chain that was rewritten or cut since that head was published.
    """
    faults: list[str] = []
    previous, last, time_us = GENESIS, 0, 0
    proved = expected is None or expected.sequence == 0
    withheld = {seq for (seq,) in connection.execute(sa.select(t.withheld.c.seq))}
    for seq, recorded_us, kind, body, leaves, stored, data in _rows(connection):
        if len(faults) >= _MOST_FAULTS:
            faults.append("more faults follow")
            break
        if seq != last + 1:
            faults.append(f"row {last + 1} is missing: the next one is {seq}")
        computed = row_hash(previous, seq, recorded_us, kind, body, leaves)
        if computed != stored:
            faults.append(f"row {seq} was changed, or a row before it: its hash does not follow")
        if recorded_us < time_us:
            faults.append(f"row {seq} is older than the row before it")
        if leaves or data:
            faults += _leaf_faults(seq, leaves, data, seq in withheld)
        if expected is not None and seq == expected.sequence:
            proved = stored == expected.hash
            if not proved:
                faults.append(f"row {seq} has not the hash of the published head: the chain was rewritten")
        previous, last, time_us = stored, seq, recorded_us
    if expected is not None and expected.sequence > last:
        faults.append(f"the chain ends at row {last}, the published head is row {expected.sequence}: its tail was cut")
    elif not proved and not faults:
        faults.append("the published head is not in the chain")
    extra = connection.execute(
        sa.select(sa.func.count()).select_from(t.payload).where(t.payload.c.seq.not_in(sa.select(t.log.c.seq)))
    ).scalar()
    if extra:
        faults.append(f"{extra} payload rows belong to no row of the log")
    for (sha256,) in connection.execute(sa.select(t.document.c.sha256).where(t.document.c.held_us.is_not(None))):
        if not archive.has(sha256):
            faults.append(f"document {sha256[:12]} is held by the log, but its file is not in the archive")
    head = Head(sequence=last, hash=previous, time=instant_of(time_us) if last else None)
    return Verification(head=head, faults=tuple(faults))


def _rows(connection: Connection) -> Iterator[tuple[int, int, str, str, str, str, str | None]]:
    query = (
        "SELECT l.seq, l.recorded_us, l.kind, l.body, l.leaves, l.hash, p.data"
        " FROM log l LEFT JOIN payload p ON p.seq = l.seq ORDER BY l.seq"
    )
    result = connection.execution_options(stream_results=True, yield_per=_BATCH).exec_driver_sql(query)
    for part in result.partitions(_BATCH):
        for row in part:
            yield tuple(row)  # type: ignore[misc]  # the columns are those of the query above


def _leaf_faults(seq: int, leaves: str, data: str | None, withheld: bool) -> list[str]:
    if data is None:
        return [f"the values of row {seq} are gone"]
    lines = data.split("\n")
    if leaves_of(lines) == leaves:
        return []
    if len(lines) * LEAF != len(leaves):
        return [f"row {seq} has {len(lines)} values and {len(leaves) // LEAF} leaves"]
    faults = []
    for index, line in enumerate(lines):
        if line and leaves_of([line]) != leaves[index * LEAF : (index + 1) * LEAF]:
            faults.append(f"value {index} of row {seq} was changed: it does not fit its leaf")
        if not line and not withheld:
            faults.append(f"value {index} of row {seq} was taken away without an act")
    return faults
