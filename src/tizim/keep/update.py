"""Fetch the newest documents of sources and keep them: what is held becomes what the publishers show.

A source's documents come as one set: they are fetched first, archived, and then kept together, so that a
document is read with the files it belongs to or not at all. What is known to be held already is asked
for conditionally and not read again.
"""

import datetime as dt
import re
import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import msgspec

from tizim.errors import BadInput, SourceRefused, TizimError
from tizim.keep import holdings
from tizim.keep.incoming import on_its_way
from tizim.keep.remembered import Memory, Remembered
from tizim.keep.run import KeepReport, KeptDocument
from tizim.register.archive import Archive
from tizim.register.protocol import Clock
from tizim.register.view import Doc
from tizim.sources.fetch import NOTHING_KNOWN, Fetched, Fetching, policy
from tizim.sources.network import Policy
from tizim.sources.protocol import Part, Source, SourceInfo
from tizim.text.folding import one_line

KeepFiles = Callable[[str, Sequence[Path], dt.datetime], KeepReport]
"""keeps the files of a source, by its id, that were retrieved then"""
Progress = Callable[[str, int, int], None]
"""told the document at hand, how many are done and how many there are"""

KEPT: Final = "kept"
UNCHANGED: Final = "unchanged"
NOT_MODIFIED: Final = "not modified"
REFUSED: Final = "refused"
SET_ASIDE: Final = "set aside"
FAILED: Final = "failed"
NOT_DUE: Final = "not due"
DUE: Final = "due"
CLEAN: Final = frozenset({KEPT, UNCHANGED, NOT_MODIFIED, NOT_DUE, DUE})

SECONDS: Final = 600.0
"""for one document, all tries together"""
_OF_KEEPING: Final = {"kept": KEPT, "unchanged": UNCHANGED, "refused": REFUSED, "suspicious": SET_ASIDE}
_NOT_OF_NAMES: Final = re.compile(r"[^\w. ()+-]+")
_LONGEST_NAME: Final = 100
_PACKED: Final = (".gz", ".tgz", ".tar", ".bz2", ".xz")
"""a copy of what is packed would keep a value that is withheld from what was in it"""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """One document to fetch."""

    info: SourceInfo
    part: Part
    url: str
    file: str
    """what it is called here: the last part of its address, told apart within its source"""
    seen_at: dt.datetime | None
    """when it was last seen to be what is held"""

    @property
    def line(self) -> str:
        """The line of documents that it belongs to."""
        return self.info.line_id(self.part.id)


class Updated(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one document."""

    source: str
    line: str
    url: str
    file: str
    outcome: str
    """``kept``, ``unchanged``, ``not modified``, ``refused``, ``set aside``, ``failed``, ``due`` or ``not due``"""
    reason: str = ""
    size: int = 0
    """of the document as fetched, in bytes"""
    received: int = 0
    """bytes over the wire"""
    seconds: float = 0.0
    """for fetching it"""
    sha256: str = ""
    retrieved_at: dt.datetime | None = None
    seen_at: dt.datetime | None = None
    """when it was last seen, before this run, to be what is held"""
    kept: KeptDocument | None = None
    """what keeping it reported"""

    @property
    def is_clean(self) -> bool:
        """Whether what is held is what the publisher shows, as far as was asked."""
        return self.outcome in CLEAN


class UpdateReport(msgspec.Struct, frozen=True, kw_only=True):
    """All documents of a run, in the order of sources and addresses."""

    documents: tuple[Updated, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing failed, was refused or was set aside."""
        return all(one.is_clean for one in self.documents)


class Tools(msgspec.Struct, frozen=True, kw_only=True):
    """What an update works with."""

    fetcher: Fetching
    keep_files: KeepFiles
    documents: Callable[[], Sequence[Doc]]
    """all documents of the register; none where there is no register"""
    archive: Archive
    memory: Memory
    incoming: Path
    """folder for what is on its way"""
    clock: Clock
    allowed: Callable[[SourceInfo], Policy] = policy
    seconds: float = SECONDS
    ticks: Callable[[], float] = time.monotonic


def chosen(sources: Iterable[Source], named: Sequence[str]) -> list[Source]:
    """The sources to update: those *named*, or else all with addresses to fetch that are not experimental.

    Raises `BadInput` for a source that is named and has no address to fetch.
    """
    known = {source.info.id: source for source in sources}
    if not named:
        return [
            one for one in known.values() if not one.info.experimental and any(part.urls for part in one.info.lines)
        ]
    found = [known[name] for name in dict.fromkeys(named)]
    for source in found:
        if not any(part.urls for part in source.info.lines):
            where = f"; its page is {source.info.url}" if source.info.url else ""
            raise BadInput(
                f"{source.info.id} has no address of a document that could be fetched{where}:"
                f" keep its files with 'tizim keep {source.info.id} --from FILE'"
            )
    return found


def update(
    sources: Iterable[Source],
    tools: Tools,
    *,
    due_only: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> UpdateReport:
    """Fetch and keep the newest documents of *sources*; one that fails never stops the others.

    *due_only* passes over sources of which everything was seen within their rhythm; *dry_run* tells
    which are due, fetches nothing and writes nothing.
    """
    docs = tools.documents()
    jobs = [_job(source, tools.memory, docs) for source in sources]
    total = sum(len(job.wanted) for job in jobs)
    done: list[Updated] = []
    if dry_run:
        done = [_untouched(one, is_due=job.is_due(tools.clock())) for job in jobs for one in job.wanted]
        return UpdateReport(documents=tuple(done))
    with on_its_way(tools.incoming) as folder:
        for number, job in enumerate(jobs):
            if due_only and not job.is_due(tools.clock()):
                done += [_untouched(one, is_due=False) for one in job.wanted]
                continue
            own = folder / str(number)
            done += _update_one(job, docs, own, tools, _counted(progress, len(done), total))
            shutil.rmtree(own, ignore_errors=True)
    if progress is not None:
        progress("", total, total)
    return UpdateReport(documents=tuple(done))


# -- one source --------------------------------------------------------------------------------------


class _Job(msgspec.Struct, frozen=True):
    source: Source
    wanted: list[Wanted]
    recalled: Mapping[str, Mapping[str, Remembered]]
    """what is remembered, by line and address"""

    def is_due(self, now: dt.datetime) -> bool:
        rhythm = self.source.info.rhythm_days
        return any(one.seen_at is None or holdings.days_between(one.seen_at, now) >= rhythm for one in self.wanted)


class _Come(msgspec.Struct, frozen=True, kw_only=True):
    """A document on its way: what is left to do with it, if anything, and what has come of it."""

    wanted: Wanted
    held: Remembered | None
    """the document held from this address, if it is"""
    outcome: str
    """empty for new bytes, still to be kept"""
    reason: str = ""
    fetched: Fetched | None = None
    seconds: float = 0.0
    kept: KeptDocument | None = None

    @property
    def is_bad(self) -> bool:
        return bool(self.outcome) and self.outcome not in CLEAN


def _job(source: Source, memory: Memory, docs: Sequence[Doc]) -> _Job:
    info = source.info
    recalled = {info.line_id(part.id): memory.recall(info.line_id(part.id)) for part in info.lines if part.urls}
    wanted: list[Wanted] = []
    taken: set[str] = set()
    for part in info.lines:
        for url in part.urls:
            file = _file_name(url, taken)
            taken.add(file)
            seen_at = holdings.last_seen(info, part, url, docs, recalled[info.line_id(part.id)])
            wanted.append(Wanted(info=info, part=part, url=url, file=file, seen_at=seen_at))
    return _Job(source, wanted, recalled)


def _file_name(url: str, taken: set[str]) -> str:
    """The last part of an address as the name of a file; a number is put before its ending if it is taken."""
    last = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    name = _NOT_OF_NAMES.sub("_", last).lstrip(".")[-_LONGEST_NAME:] or "document"
    stem, dot, ending = name.partition(".")
    number = 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}{dot}{ending}"
    return name


def _update_one(
    job: _Job, docs: Sequence[Doc], folder: Path, tools: Tools, progress: Callable[[str, int], None]
) -> list[Updated]:
    """Fetch all documents of a source, keep what is new, and remember what came of each."""
    come = []
    for count, one in enumerate(job.wanted):
        progress(f"{one.info.id} {one.file}", count)
        come.append(_fetch(one, job.recalled[one.line].get(one.url), docs, folder, tools))
    progress(f"{job.source.info.id}: keeping", len(come))
    come = _keep(job.source, come, folder, tools)
    for line, recalled in job.recalled.items():
        own = [one for one in come if one.wanted.line == line]
        tools.memory.remember(line, {one.wanted.url: _remembered(one, recalled, tools.clock()) for one in own})
    return [_updated(one) for one in come]


def _fetch(one: Wanted, remembered: Remembered | None, docs: Sequence[Doc], folder: Path, tools: Tools) -> _Come:
    """Fetch one document and archive its bytes before anything reads them."""
    held = remembered if remembered is not None and _is_held(remembered, docs, tools.archive) else None
    asks = held is not None and _is_whole(held.sha256, tools.archive)
    begin = tools.ticks()
    outcome, reason, fetched = "", "", None
    try:
        fetched = tools.fetcher.fetch(
            one.url, tools.allowed(one.info), folder, seconds=tools.seconds, name=one.file,
            known=held.known if held is not None and asks else NOTHING_KNOWN, html="html" in one.info.format.lower(),
        )  # fmt: skip
        if fetched.path is None:
            outcome = NOT_MODIFIED
        elif held is not None and held.sha256 == fetched.sha256:
            outcome = UNCHANGED
        elif not one.file.lower().endswith(_PACKED):  # what is in it is archived as it is unpacked
            tools.archive.put(fetched.path.read_bytes())
    except Exception as error:  # noqa: BLE001 - one that fails, in whatever way, never stops the others
        outcome, reason = _failure(error)
    return _Come(wanted=one, held=held, outcome=outcome, reason=reason, fetched=fetched, seconds=tools.ticks() - begin)


def _is_held(one: Remembered, docs: Sequence[Doc], archive: Archive) -> bool:
    """Whether the document remembered is in the register, and its bytes, all of them, in the archive."""
    return any(doc.held and doc.sha256 == one.document for doc in docs) and _is_whole(one.document, archive)


def _is_whole(sha256: str, archive: Archive) -> bool:
    """Whether the archive can give these bytes, with nothing withheld."""
    return bool(sha256) and archive.has(sha256) and not archive.is_redacted(sha256)


def _failure(error: Exception) -> tuple[str, str]:
    """The outcome and its reason."""
    if isinstance(error, SourceRefused):
        return REFUSED, one_line(str(error))
    if isinstance(error, TizimError):
        return FAILED, one_line(str(error))
    if isinstance(error, OSError):
        return FAILED, f"this machine: {one_line(str(error))}"
    return FAILED, f"our fault: {type(error).__name__}: {one_line(str(error))}"


# -- keeping what came -------------------------------------------------------------------------------


def _keep(source: Source, come: Sequence[_Come], folder: Path, tools: Tools) -> list[_Come]:
    """Keep new bytes, together with the files that they are read with, and what is read with them."""
    come = [_with_companions(source, one, come) for one in come]
    fresh = {one.wanted.file for one in come if not one.outcome}
    if not fresh:
        return list(come)
    beside = {one.wanted.file: set(source.beside(one.wanted.file)) for one in come}
    read = fresh | {file for file, names in beside.items() if names & fresh}
    needed = read.union(*(beside[file] for file in read))
    given = [one for one in come if one.wanted.file in needed and not one.is_bad]
    try:
        paths = [_path(one, folder, tools.archive) for one in given]
        moment = max(one.fetched.retrieved_at for one in come if not one.outcome and one.fetched is not None)
        report = tools.keep_files(source.info.id, paths, moment)
    except Exception as error:  # noqa: BLE001 - one that fails, in whatever way, never stops the others
        outcome, reason = _failure(error)
        return [
            msgspec.structs.replace(one, outcome=outcome, reason=reason) if not one.outcome else one for one in come
        ]
    return [_kept(one, report) if one in given else one for one in come]


def _with_companions(source: Source, one: _Come, come: Sequence[_Come]) -> _Come:
    """*one*, failed if a file that it is read with did not come: read without it, it would say less."""
    if one.outcome:
        return one
    names = source.beside(one.wanted.file)
    lacking = [other.wanted.file for other in come if other.is_bad and other.wanted.file in names]
    if not lacking:
        return one
    return msgspec.structs.replace(
        one, outcome=FAILED, reason=f"{one.wanted.url}: not kept, as {lacking[0]}, which it is read with, did not come"
    )


def _path(one: _Come, folder: Path, archive: Archive) -> Path:
    """The document's file; of one not modified, made from the archive."""
    path = folder / one.wanted.file
    if not path.exists() and one.held is not None:
        path.write_bytes(archive.get(one.held.sha256))
    return path


def _kept(one: _Come, report: KeepReport) -> _Come:
    """What keeping said of a document; of several in one tar, the worst."""
    file = one.wanted.file
    own = [doc for doc in report.documents if doc.file == file or doc.file.startswith(f"{file}/")]
    if not own:
        return one if one.outcome else msgspec.structs.replace(one, outcome=FAILED, reason="nothing was told of it")
    worst = max(own, key=lambda doc: ("unchanged", "kept", "suspicious", "refused").index(doc.outcome))
    if one.outcome and worst.outcome == "unchanged":
        return one
    return msgspec.structs.replace(one, outcome=_OF_KEEPING[worst.outcome], reason=one_line(worst.reason), kept=worst)


# -- what is told and remembered ---------------------------------------------------------------------


def _remembered(one: _Come, recalled: Mapping[str, Remembered], now: dt.datetime) -> Remembered:
    """What to remember: of a document that was not taken, only that; the one before it still counts."""
    before = recalled.get(one.wanted.url)
    if one.is_bad or one.fetched is None:
        if before is None:
            return Remembered(outcome=one.outcome, reason=one.reason, tried_at=now)
        return msgspec.structs.replace(before, outcome=one.outcome, reason=one.reason, tried_at=now)
    fetched = one.fetched
    if one.held is not None and fetched.not_modified:
        return msgspec.structs.replace(
            one.held, outcome=one.outcome, reason="", tried_at=now, seen_at=fetched.retrieved_at,
            etag=fetched.etag or one.held.etag, last_modified=fetched.last_modified or one.held.last_modified,
        )  # fmt: skip
    document = one.kept.sha256 if one.kept is not None else one.held.document if one.held is not None else ""
    return Remembered(
        outcome=one.outcome, reason="", tried_at=now, seen_at=fetched.retrieved_at,
        retrieved_at=fetched.retrieved_at, from_url=fetched.url, etag=fetched.etag,
        last_modified=fetched.last_modified, sha256=fetched.sha256, document=document, size=fetched.size,
    )  # fmt: skip


def _updated(one: _Come) -> Updated:
    fetched, wanted = one.fetched, one.wanted
    came = fetched is not None and not fetched.not_modified
    held = one.held if fetched is not None else None
    return Updated(
        source=wanted.info.id, line=wanted.line, url=wanted.url, file=wanted.file, outcome=one.outcome,
        reason=one.reason, seconds=one.seconds, kept=one.kept, seen_at=wanted.seen_at,
        size=fetched.size if fetched is not None and came else held.size if held is not None else 0,
        received=fetched.received if fetched is not None else 0,
        sha256=fetched.sha256 if fetched is not None and came else held.sha256 if held is not None else "",
        retrieved_at=fetched.retrieved_at if fetched is not None else None,
    )  # fmt: skip


def _untouched(one: Wanted, *, is_due: bool) -> Updated:
    return Updated(
        source=one.info.id, line=one.line, url=one.url, file=one.file, outcome=DUE if is_due else NOT_DUE,
        seen_at=one.seen_at,
    )  # fmt: skip


def _counted(progress: Progress | None, done: int, total: int) -> Callable[[str, int], None]:
    """Told of one source, tells of all."""

    def tell(what: str, count: int) -> None:
        if progress is not None and done + count < total:
            progress(what, done + count, total)

    return tell
