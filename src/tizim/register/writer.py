"""The writer's side of one transaction: rows of the log, chained."""

import datetime as dt
from collections.abc import Collection, Sequence

import msgspec
from sqlalchemy.engine import Connection

from tizim.domain.dates import microseconds
from tizim.register import schema as t
from tizim.register.chain import Stated, row_hash, seal
from tizim.register.database import insert_rows
from tizim.register.entries import KIND_OF, Body
from tizim.register.projector import Projector
from tizim.register.protocol import Head

_encode = msgspec.json.Encoder().encode


class Writer:
    """Chains rows behind *head*; all of one transaction carry one recorded time."""

    def __init__(self, connection: Connection, projector: Projector, head: Head, now: dt.datetime) -> None:
        self.connection = connection
        self.projector = projector
        self.seq = head.sequence
        self.hash = head.hash
        # Time never goes backwards in the chain, whatever the machine's clock does.
        last = microseconds(head.time) if head.time else 0
        self.recorded_us = max(microseconds(now), last + 1)
        self._log: list[tuple[object, ...]] = []
        self._payload: list[tuple[object, ...]] = []

    def row(self, body: Body, values: Sequence[Stated] = (), *, withheld: Collection[int] = ()) -> int:
        """Chain one row; returns its sequence number. Values whose index is in *withheld* are not stored."""
        data, leaves = seal(values, withheld) if values else ("", "")
        self.seq += 1
        kind, text = KIND_OF[type(body)], _encode(body).decode()
        self.hash = row_hash(self.hash, self.seq, self.recorded_us, kind, text, leaves)
        self._log.append((self.seq, self.recorded_us, kind, text, leaves, self.hash))
        if values:
            self._payload.append((self.seq, data))
        return self.seq

    def flush(self) -> None:
        """Write the chained rows."""
        self.projector.flush_entries()
        insert_rows(self.connection, t.log, self._log)
        insert_rows(self.connection, t.payload, self._payload)
        self._log, self._payload = [], []
