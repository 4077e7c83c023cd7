"""Keep documents: archive, read, map, guard, append, report."""

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from tizim.domain.documents import Layer, Method
from tizim.domain.statements import Unread
from tizim.errors import SourceProblem, SourceRefused, SourceSuspicious
from tizim.keep import files
from tizim.keep.guard import check_drop
from tizim.register.archive import Archive
from tizim.register.protocol import Clock, DocumentBatch, Register
from tizim.sources.protocol import Source

Progress = Callable[[str, int, int], None]
"""told the file at hand, how many are done and how many there are"""


class KeptDocument(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one document; counts are of subjects, ``unread`` of values."""

    file: str
    outcome: str
    """``kept``, ``unchanged``, ``refused`` or ``suspicious``"""
    reason: str = ""
    date: str = ""
    sha256: str = ""
    entries: int = 0
    new: int = 0
    changed: int = 0
    absent: int = 0
    unread: int = 0
    statements: int = 0
    new_keys: tuple[str, ...] = ()
    changed_keys: tuple[str, ...] = ()
    absent_keys: tuple[str, ...] = ()
    unread_values: tuple[Unread, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether it was neither refused nor set aside."""
        return self.outcome in {"kept", "unchanged"}


class KeepReport(msgspec.Struct, frozen=True, kw_only=True):
    """The documents of one run, in the order in which they were taken."""

    source: str
    documents: tuple[KeptDocument, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing was refused or set aside."""
        return all(doc.is_clean for doc in self.documents)


class _Dated(msgspec.Struct, frozen=True):
    order: tuple[str, str]
    given: files.GivenFile


def keep(
    source: Source,
    paths: Iterable[Path],
    register: Register,
    archive: Archive,
    clock: Clock,
    *,
    accept_drop: bool = False,
    retrieved_at: dt.datetime | None = None,
    progress: Progress | None = None,
) -> KeepReport:
    """Keep the documents in *paths* in the order of their own dates; each is taken whole or not at all.

    A document that is refused or set aside changes nothing and does not stop the others. Each is read
    once for its date and once to be kept, so that one document at a time is held in memory.
    """
    with files.Spool() as spool:
        dated, done = [], []
        for one in files.open_all(paths, spool):
            try:
                facts, _ = source.read(one.read(), one.name)
            except SourceRefused as error:
                done.append(KeptDocument(file=one.name, outcome="refused", reason=str(error)))
                continue
            dated.append(_Dated((facts.instant.isoformat(), facts.sha256), one))
        dated.sort(key=lambda one: one.order)
        for count, next_one in enumerate(dated):
            if progress is not None:
                progress(next_one.given.name, count, len(dated))
            done.append(
                keep_one(
                    source, next_one.given, register, archive, clock, accept_drop=accept_drop, retrieved_at=retrieved_at
                )
            )
    if progress is not None:
        progress("", len(dated), len(dated))
    return KeepReport(source=source.info.id, documents=tuple(done))


def keep_one(
    source: Source,
    given: files.GivenFile,
    register: Register,
    archive: Archive,
    clock: Clock,
    *,
    accept_drop: bool = False,
    retrieved_at: dt.datetime | None = None,
) -> KeptDocument:
    """Keep one document; *retrieved_at* is when it was fetched, where that is known."""
    try:
        data = given.read()
        facts, records = source.read(data, given.name)
        readings = list(source.readings(records))
        with register.view() as view:
            held = view.documents()
        known = any(doc.sha256 == facts.sha256 and doc.source == facts.source and doc.held for doc in held)
        if source.info.complete and not known and not accept_drop:
            check_drop(facts, held, source.info.max_drop)
    except SourceProblem as error:
        outcome = "suspicious" if isinstance(error, SourceSuspicious) else "refused"
        return KeptDocument(file=given.name, outcome=outcome, reason=str(error))
    archive.put(data)
    batch = DocumentBatch(
        facts=facts,
        held=True,
        layers=(Layer.CORE, Layer.REST),
        entries=readings,
        method=Method.READ.value,
        retrieved_at=retrieved_at,
    )
    appended = register.append(batch, clock)
    unread = tuple(
        msgspec.structs.replace(value, place=f"{reading.place}/{value.place}")
        for reading in readings
        for value in reading.unread
    )
    return KeptDocument(
        file=given.name,
        outcome=appended.outcome,
        date=facts.date.isoformat(),
        sha256=facts.sha256,
        entries=facts.entries,
        new=len(appended.new),
        changed=len(appended.changed),
        absent=len(appended.absent),
        unread=len(unread),
        statements=appended.statements,
        new_keys=appended.new,
        changed_keys=appended.changed,
        absent_keys=appended.absent,
        unread_values=unread,
    )
