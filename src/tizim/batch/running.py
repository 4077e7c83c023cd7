"""A file of customers in, a file of those on lists that they may be out: once and whole, however often it is begun.

    the input → chunks → an engine → parts in the folder of the run → the output, in the order of the rows

The folder of a run lies beside the output until that is there. Killed at any moment and called again, the run goes on
with what is left, and the output has the same bytes as if it had never been stopped.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Protocol

import msgspec

from tizim import __version__
from tizim.batch import places
from tizim.batch.rows import Reject, Table
from tizim.batch.screening import Found, LeftOut, Order, encoded, part_in, scope_for
from tizim.batch.terms import Terms
from tizim.batch.work import Asked, Manifest, Work, clear, difference, locked
from tizim.batch.writing import WRITERS, outputs, write_rejects
from tizim.errors import BadInput
from tizim.match.model import ALGORITHM
from tizim.screen.snapshot import Snapshot

CHUNK: Final = 2_000
"""rows that are handed out together"""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be screened, and where to."""

    input: str
    output: str
    terms: Terms
    form: str = ""
    """of the input: csv, jsonl or parquet; empty: by its ending"""
    output_form: str = ""
    delimiter: str = ","
    rejects: str = ""
    """where rows go that cannot be screened; empty: beside the output"""
    work: str = ""
    """the folder of the run; empty: beside the output"""
    chunk: int = CHUNK
    afresh: bool = False
    """whether what an earlier run left counts for nothing"""

    @property
    def reject_file(self) -> str:
        """Where rows go that cannot be screened."""
        return self.rejects or f"{self.output}.rejects.csv"

    @property
    def account_file(self) -> str:
        """Where it stands what the output was made of."""
        return f"{self.output}.manifest.json"

    @property
    def folder(self) -> Path:
        """The folder of the run. Raises `BadInput` where the output is in a store and none is said."""
        if self.work:
            return Path(self.work)
        if places.is_address(self.output):
            raise BadInput("the output is in a store: say with --work which folder here keeps what is done")
        return Path(f"{self.output}.work")


class Supply(msgspec.Struct, frozen=True, kw_only=True):
    """What is screened against."""

    version: str
    """names the data as they are now"""
    against: str
    """what was asked for: dates, or files"""
    snapshot: Callable[[], Path]
    """the file of a snapshot of that version, made if need be"""


class Engine(Protocol):
    """What chunks are handed to."""

    name: str

    def parts(self, snapshot: Path, order: Order, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The parts of encoded *chunks*, in any order; closing it ends what is at work."""


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a run is."""

    rows: int
    """done by this run"""
    share: float
    """of the file that is done, from 0 to 1, as far as is known"""
    begun_at: float
    """the share that an earlier run had done"""
    found: int


Tell = Callable[[Progress], None]


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a run came to. It stands beside the output."""

    input: str
    output: str
    rejects: str
    """the file of the rows that were not screened; empty if there are none"""
    rows: int
    screened: int
    rejected: int
    matched: int
    """rows of which anybody was found"""
    found: int
    """rows of the output: one for each list that a subject is on"""
    left_out: dict[str, LeftOut]
    """values that are none of their property's type, by property"""
    algorithm: str
    data_version: str
    sha256: str
    """of the output"""
    asked: Asked


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """A summary, and what of it this call did."""

    summary: Summary
    resumed: int = 0
    """chunks that an earlier run had done"""
    was_done: bool = False
    """whether the output was there already, of the same input, settings and data"""


def run(job: Job, supply: Supply, engine: Engine, tell: Tell, notice: Callable[[str], None]) -> Outcome:
    """Screen a file. *notice* is told what somebody should know who waits.

    Raises `BadInput` for an input that cannot be read, and where an output or the folder of a run is there that is
    of something else; `Busy` if another process is at the same.
    """
    form = places.form_of(job.input, job.form, "--format")
    output_form = places.form_of(job.output, job.output_form, "--output-format")
    if "parquet" in {form, output_form}:
        places.arrow()
    table = Table(job.input, form, job.terms, job.delimiter)
    asked = Asked(
        input_sha256=places.sha256_of(table.files), input_form=form, delimiter=job.delimiter, output_form=output_form,
        terms=job.terms, chunk=job.chunk, against=supply.against, algorithm=ALGORITHM, tizim=__version__,
    )  # fmt: skip
    with locked(job.folder):
        if job.afresh:
            clear(job.folder)
        work = Work.found(job.folder, asked)
        done = _written(job, asked, work.manifest.data_version) if work else None
        if work is None and not job.afresh:
            done = _refused_or_done(job, asked, supply.version)
        if done is not None:
            clear(job.folder)
            return Outcome(summary=done, was_done=True)
        if work is None:
            snapshot = supply.snapshot()
            work = Work.begun(job.folder, Manifest(asked=asked, data_version=_version(snapshot, job.terms)), snapshot)
        elif work.manifest.data_version != supply.version:
            notice(
                f"goes on against the lists as of {work.manifest.data_version}, with which it was begun;"
                f" now they are {supply.version} (--afresh begins anew)"
            )
        count = _screened(table, work, engine, tell)
        summary = _put_together(job, work, count)
        resumed = len(work.done)
        clear(job.folder)
    return Outcome(summary=summary, resumed=resumed)


def _version(snapshot: Path, terms: Terms) -> str:
    """The version of a snapshot. Raises `BadInput` if it has not the lists that are asked for."""
    opened = Snapshot.open(snapshot)
    scope_for(opened, terms)
    return opened.about.version


def _written(job: Job, asked: Asked, version: str) -> Summary | None:
    """What the output says of itself, if it is there and is what was asked for, from data of that *version*."""
    told = places.content(job.account_file) if places.exists(job.output) else None
    if told is None:
        return None
    try:
        summary = msgspec.json.decode(told, type=Summary)
    except msgspec.DecodeError:
        return None
    return summary if (summary.asked, summary.data_version) == (asked, version) else None


def _refused_or_done(job: Job, asked: Asked, version: str) -> Summary | None:
    """The same; ``None`` where there is no output. Raises `BadInput` if there is one of anything else."""
    if not places.exists(job.output):
        return None
    found = _written(job, asked, version)
    if found is not None:
        return found
    told = places.content(job.account_file)
    if told is None:
        raise BadInput(f"{job.output} is there already, and no run tells of it: {_CHOOSE}")
    try:
        summary = msgspec.json.decode(told, type=Summary)
    except msgspec.DecodeError:
        raise BadInput(f"{job.output} is there already, of another version of tizim: {_CHOOSE}") from None
    told_apart = difference(summary.asked, asked) or f"its lists are as of {summary.data_version}, now {version}"
    raise BadInput(f"{job.output} is there already, of another run: {told_apart}; {_CHOOSE}")


_CHOOSE: Final = "make it anew with --afresh, or write to another file"


class _Handing:
    """Hands out chunks, and remembers how far that is."""

    def __init__(self, table: Table, work: Work, size: int) -> None:
        self._chunks = table.chunks(size, work.done)
        self.last = max(work.done, default=-1)
        self.shares: dict[int, tuple[float, int]] = {}
        """of chunks handed out: the share of the file that lies before their end, and their rows"""
        self.first = -1.0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            if self.first < 0:
                self.first = chunk.share if chunk.number else 0.0
            self.shares[chunk.number] = chunk.share, len(chunk.rows) + len(chunk.rejects)
            self.last = max(self.last, chunk.number)
            yield encoded(chunk)


def _screened(table: Table, work: Work, engine: Engine, tell: Tell) -> int:
    """Have every chunk screened that is not done yet; returns how many there are in all."""
    manifest = work.manifest
    order = Order(terms=manifest.asked.terms, layout=table.layout, data_version=manifest.data_version)
    handing = _Handing(table, work, manifest.asked.chunk)
    rows = found = 0
    share = 0.0
    parts = engine.parts(work.snapshot, order, iter(handing))
    for data in parts:
        part = part_in(data)
        work.put(part.number, data)
        reached, size = handing.shares.pop(part.number)
        rows += size
        found += len(part.found)
        share = max(share, reached)
        tell(Progress(rows=rows, share=share, begun_at=handing.first, found=found))
    return handing.last + 1


class _Counted:
    """Counts what goes by while parts are put together."""

    def __init__(self, work: Work, count: int) -> None:
        self._work = work
        self._count = count
        self.screened = self.rejected = self.matched = self.count = 0
        self.left_out: dict[str, LeftOut] = {}

    def found(self) -> Iterator[Found]:
        for part in self._work.parts(self._count):
            self.screened += part.rows
            self.matched += part.matched
            self.rejected += len(part.rejects)
            self.count += len(part.found)
            for name, one in part.left_out.items():
                was = self.left_out.get(name)
                self.left_out[name] = one if was is None else LeftOut(was.count + one.count, was.first)
            yield from part.found

    def rejects(self) -> Iterator[Reject]:
        for part in self._work.parts(self._count):
            yield from part.rejects


def _put_together(job: Job, work: Work, count: int) -> Summary:
    """Write the rejects, the output and its account, each whole, in this order."""
    counted = _Counted(work, count)
    asked, version = work.manifest.asked, work.manifest.data_version
    with places.writing(job.output) as file:
        WRITERS[asked.output_form](outputs(counted.found(), asked.algorithm, version), file)
        if counted.rejected:
            with places.writing(job.reject_file) as other:
                write_rejects(counted.rejects(), other)
        else:
            places.remove(job.reject_file)
        places.remove(job.account_file)
    summary = Summary(
        input=job.input, output=job.output, rejects=job.reject_file if counted.rejected else "",
        rows=counted.screened + counted.rejected, screened=counted.screened, rejected=counted.rejected,
        matched=counted.matched, found=counted.count, left_out=counted.left_out, algorithm=asked.algorithm,
        data_version=version, sha256=places.sha256_of([(job.output, 0)]), asked=asked,
    )  # fmt: skip
    with places.writing(job.account_file) as file:
        file.write(msgspec.json.format(msgspec.json.encode(summary), indent=2) + b"\n")
    return summary
