"""Keep documents: archive, read, map, guard, append, report."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from tizim.domain.documents import DocumentFacts, Layer, Method, Record
from tizim.domain.statements import EntryReading, Unread
from tizim.errors import SourceProblem, SourceSuspicious
from tizim.keep import files
from tizim.keep.guard import check_band, check_drop, check_names, check_required, check_unread
from tizim.memory import uncollected
from tizim.register.archive import Archive
from tizim.register.protocol import Clock, DocumentBatch, Register, Seen
from tizim.register.view import Doc
from tizim.sources.protocol import Hints, Source

Progress = Callable[[str, int, int], None]
"""told the file at hand, how many are done and how many there are"""


class KeptDocument(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one document; counts are of subjects, ``unread`` of values."""

    source: str
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
    notices: tuple[str, ...] = ()
    """what was found out by looking at the file: its encoding, where its table begins"""
    unread_values: tuple[Unread, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether it was neither refused nor set aside."""
        return self.outcome in {"kept", "unchanged"}


class KeepReport(msgspec.Struct, frozen=True, kw_only=True):
    """The documents of one run, in the order in which they were taken."""

    documents: tuple[KeptDocument, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing was refused or set aside."""
        return all(doc.is_clean for doc in self.documents)


class Keeping(msgspec.Struct, frozen=True, kw_only=True):
    """With what documents are kept, and how."""

    register: Register
    archive: Archive
    clock: Clock
    accept_drop: bool = False
    """whether documents are kept that a guard would set aside"""
    dated: dt.date | None = None
    """the day of documents that print none, as given"""
    retrieved_at: dt.datetime | None = None
    """when they were fetched, where that is known"""
    method: Method = Method.READ
    seen: Seen | None = None
    """what the author of the documents had seen of the register, where they must not be written past another's"""


class _Dated(msgspec.Struct, frozen=True):
    order: tuple[str, str]
    given: files.GivenFile
    hints: Hints


def keep(source: Source, paths: Iterable[Path], keeping: Keeping, *, progress: Progress | None = None) -> KeepReport:
    """Keep the documents in *paths* in the order of their own dates; each is taken whole or not at all.

    A document that is refused or set aside changes nothing and does not stop the others. Each is read
    once for its date, where it prints one, and once to be kept, so that one document at a time is held
    in memory.
    """
    with files.Spool() as spool:
        dated: list[_Dated] = []
        done: list[KeptDocument] = []
        given = list(files.open_all(paths, spool))
        by_name = {(one.folder, one.own_name): one for one in given}
        for count, one in enumerate(given):
            if progress is not None:
                progress(f"looking at {one.name}", count, len(given) * 2)
            try:
                data = one.read()
                hints = _hints(one, by_name, source, keeping)
                instant = hints.instant
                if source.info.prints_date or instant is None:
                    instant = source.read(data, one.name, hints)[0].instant
            except SourceProblem as error:
                done.append(_not_kept(source, one, error))
                continue
            dated.append(_Dated((instant.isoformat(), hashlib.sha256(data).hexdigest()), one, hints))
        dated.sort(key=lambda one: one.order)
        for count, next_one in enumerate(dated):
            if progress is not None:
                progress(next_one.given.name, len(given) * 2 - len(dated) + count, len(given) * 2)
            with uncollected():
                done.append(keep_one(source, next_one.given, next_one.hints, keeping))
    if progress is not None:
        progress("", len(given) * 2, len(given) * 2)
    return KeepReport(documents=tuple(done))


def _hints(
    given: files.GivenFile, by_name: Mapping[tuple[str, str], files.GivenFile], source: Source, keeping: Keeping
) -> Hints:
    """What is known of a file besides its bytes: its day, and the files of its set."""
    beside = {
        name: other.read()
        for name in source.beside(given.own_name)
        if (other := by_name.get((given.folder, name))) is not None
    }
    if keeping.dated is not None:
        return Hints(instant=dt.datetime.combine(keeping.dated, dt.time(), dt.UTC), by="as given", beside=beside)
    if given.dated is not None:
        return Hints(instant=given.dated, by="by its file name", beside=beside)
    if keeping.retrieved_at is not None:
        return Hints(instant=keeping.retrieved_at, by="by the time of its fetching", beside=beside)
    return Hints(beside=beside)


def keep_one(source: Source, given: files.GivenFile, hints: Hints, keeping: Keeping) -> KeptDocument:
    """Keep one document."""
    try:
        data = given.read()
        facts, records = source.read(data, given.name, hints)
        readings = list(source.readings(records))
        rows = {record.place for record in records}
        unread = tuple(
            value
            # Where rows are grouped into an entry, the place begins with the row already.
            if value.place.partition("/")[0] in rows
            else msgspec.structs.replace(value, place=f"{reading.place}/{value.place}")
            for reading in readings
            for value in reading.unread
        )
        with keeping.register.view() as view:
            held = view.documents()
        known = any(doc.sha256 == facts.sha256 and doc.source == facts.source and doc.held for doc in held)
        if not known and not keeping.accept_drop:
            _guard(source, facts, records, readings, len(unread), held)
    except SourceProblem as error:
        return _not_kept(source, given, error)
    keeping.archive.put(data)
    batch = DocumentBatch(
        facts=facts,
        held=True,
        layers=(Layer.CORE, Layer.REST),
        entries=readings,
        method=keeping.method.value,
        retrieved_at=keeping.retrieved_at,
        seen=keeping.seen,
    )
    appended = keeping.register.append(batch, keeping.clock)
    return KeptDocument(
        source=source.info.id,
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
        notices=source.notices(data, given.name),
        unread_values=unread,
    )


def _guard(
    source: Source,
    facts: DocumentFacts,
    records: Sequence[Record],
    readings: Sequence[EntryReading],
    unread: int,
    held: Sequence[Doc],
) -> None:
    """Raise `SourceSuspicious` for a document that a person should look at first."""
    part = source.info.part_of(facts.source)
    if part is not None:
        check_band(facts, part)
        if part.lists:
            check_required(records, source.info.required)
            check_names(readings)
    if facts.complete:
        check_drop(facts, held, source.info.max_drop)
    check_unread(unread, sum(len(record.fields) for record in records), source.info.max_unread)


def _not_kept(source: Source, given: files.GivenFile, error: SourceProblem) -> KeptDocument:
    outcome = "suspicious" if isinstance(error, SourceSuspicious) else "refused"
    return KeptDocument(source=source.info.id, file=given.name, outcome=outcome, reason=str(error))
