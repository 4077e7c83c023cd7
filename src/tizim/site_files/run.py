"""Publishing: a plan, what is stale of the copy that is there, and the pages made by as many processes as asked for."""

import contextlib
import json
import multiprocessing
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Final

import msgspec

from tizim.errors import BadInput, Broken, Busy
from tizim.publish import sitemap
from tizim.publish.assets import PREFIX, assets
from tizim.publish.forms import Form
from tizim.publish.pages import languages, problem
from tizim.publish.roll import Roll, roll
from tizim.publish.site import Head
from tizim.register import marks
from tizim.register.account import Accounted
from tizim.register.archive import Archive
from tizim.register.protocol import Clock
from tizim.register.sql import SqlRegister
from tizim.site_files import index
from tizim.site_files.changes import bring_up
from tizim.site_files.making import Done, Maker, Task, Written, as_json
from tizim.site_files.manifest import FOLDER, File, Manifest, opened
from tizim.site_files.plan import Contributed, Job, Plan, Wanted, catalogue_digest, plan_of

_SMALL: Final = 60
"""pages that are sooner made than a worker is there"""
_BATCH: Final = 16
"""pages handed to a worker at once"""
_SHARED: Final = "(shared)"
"""the page that the manifest has the files under that belong to none"""
_SITEMAP: Final = "(sitemap)"
"""the same for those that name every page"""
_IN_SITEMAP: Final = frozenset({"subjects", "acts", "listings"})
"""rooms whose pages the sitemap names one by one"""

Progress = Callable[[str, int, int], None]


class Tools(msgspec.Struct, frozen=True, kw_only=True):
    """Where the register is, so that every worker opens it for itself."""

    url: str
    archive: Path

    @contextlib.contextmanager
    def reading(self) -> Iterator[Accounted]:
        """A reading that keeps account."""
        register = SqlRegister(self.url, Archive(self.archive))
        try:
            with register.accounted() as view:
                yield view
        finally:
            register.close()


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What came of publishing."""

    as_of: str
    known_at: str
    basis: str
    languages: tuple[str, ...]
    head: Head
    pages: int
    """HTML files"""
    files: int
    bytes: int
    new: int
    """files that were not there before"""
    changed: int
    same: int
    removed: int
    made: int
    """pages made this time, in how many languages ever"""
    left_out: tuple[str, ...]
    """pages that cannot be files, because of what they are called"""


def publish(
    tools: Tools,
    out: Path,
    wanted: Wanted,
    entered: Contributed,
    clock: Clock,
    *,
    workers: int = 0,
    progress: Progress | None = None,
) -> Summary:
    """Bring the copy in the folder *out* up to date, by *workers* processes (0: as many as there are cores).

    Raises `BadInput` for a folder with files of others, for something wanted that cannot be had, or an empty register;
    `Busy` where another run writes to the folder, or where the register grew meanwhile.
    """
    with opened(out) as manifest, tools.reading() as view:
        head = marks.head_of(view)
        if head.time is None:
            raise BadInput("there is nothing to publish: the register is empty")
        plan = plan_of(
            view, wanted, entered, Head(sequence=head.sequence, hash=head.hash), head.time, clock()
        )  # fmt: skip
        run = _Run(manifest, view, plan, out, tools)
        return run.run(workers or os.cpu_count() or 1, progress)


class _Run:
    def __init__(self, manifest: Manifest, view: Accounted, plan: Plan, out: Path, tools: Tools) -> None:
        self._manifest = manifest
        self._view = view
        self._plan = plan
        self._out = out
        self._tools = tools
        self._folder = out / FOLDER / "waiting"
        self._new = self._changed = self._removed = self._made = 0
        self._lost = self._damaged()
        self._catalogues = {one: catalogue_digest(one) for one in plan.languages}

    def run(self, workers: int, progress: Progress | None) -> Summary:
        """Make what has to be made, and take away what is no longer wanted."""
        plan, manifest = self._plan, self._manifest
        shutil.rmtree(self._folder, ignore_errors=True)  # what waited when a run was stopped
        self._folder.mkdir()
        maker = Maker(self._view, plan, self._folder)
        names = roll(self._view, maker.site(plan.languages[0]), plan.as_of)
        bring_up(manifest, self._view, plan, names)
        with manifest.step():
            manifest.make_stale(self._lost.values())
        tasks, stamps = self._tasks()
        total = len(tasks) + len(stamps)
        report = _Pace(progress, total)
        self._take_away({job.name for job in plan.jobs})
        for some in _batches(stamps, 200):
            self._settle([maker.stamp(task, self._out) for task in some], stamped=True)
            report(len(some))
        for done in self._all_done(tasks, maker, min(workers, max(len(tasks) // _SMALL, 1))):
            self._settle(done)
            report(len(done))
        self._shared(maker, names)
        self._sitemap(maker)
        shutil.rmtree(self._folder)
        pages, files, size = manifest.count()
        at = plan.as_of
        return Summary(
            as_of=at.valid_at.isoformat(), known_at=at.known_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            basis=at.basis.value, languages=plan.languages, head=plan.head, pages=pages, files=files, bytes=size,
            new=self._new, changed=self._changed, same=files - self._new - self._changed, removed=self._removed,
            made=len(tasks), left_out=plan.left_out,
        )  # fmt: skip

    # -- what is to be done ----------------------------------------------------------------------

    def _damaged(self) -> dict[str, str]:
        """Files that are not in their places as they were written, and their pages."""
        found: dict[str, str] = {}
        for path, page, size, coming in self._manifest.files():
            try:
                there = (self._out / path).stat().st_size
            except OSError:
                there = -1
            if coming or there != size:
                found[path] = page
        return found

    def _tasks(self) -> tuple[list[Task], list[Task]]:
        """Pages to be made, and pages of which only the day of knowing has moved."""
        kept = self._manifest.pages()
        known = self._plan.known.isoformat()
        tasks: list[Task] = []
        stamps: list[Task] = []
        for job in self._plan.jobs:
            page = kept.get(job.name)
            if page is None or page.stale:
                stale = self._plan.languages
            else:
                old = json.loads(page.catalogues)
                stale = tuple(one for one in self._plan.languages if old.get(one) != self._catalogues[one])
            if not stale and page is not None and page.known == known:
                continue
            held = self._held(job.name)
            if page is not None and page.known != known and (stale or Form.CALENDAR in job.room_of.forms):
                stale = self._plan.languages  # one way is enough; and calendars tell the day of knowing as theirs
            (tasks if stale else stamps).append(Task(job=job, languages=stale, held=held))
        return tasks, stamps

    def _held(self, page: str) -> dict[str, bytes]:
        """The digests of the files of a page that are in their places."""
        files = self._manifest.files_of(page)
        return {path: file.digest for path, file in files.items() if path not in self._lost}

    # -- doing it --------------------------------------------------------------------------------

    def _all_done(self, tasks: Sequence[Task], maker: Maker, workers: int) -> Iterator[list[Done]]:
        if workers == 1:
            for some in _batches(tasks, _BATCH):
                yield [maker.make(task) for task in some]
            return
        pool = ProcessPoolExecutor(
            workers, mp_context=multiprocessing.get_context("spawn"), initializer=_begin,
            initargs=(self._tools, self._plan, self._folder),
        )  # fmt: skip
        todo = _batches(tasks, _BATCH)
        waiting: set[Future[list[Done]]] = set()
        try:
            for some in todo:
                with _uninterrupted():  # a worker is begun here, and has the mask of whoever begins it
                    waiting.add(pool.submit(_work, some))
                if len(waiting) >= 3 * workers:
                    ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    for one in ready:
                        yield one.result()
            while waiting:
                ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for one in ready:
                    yield one.result()
        except BrokenProcessPool:
            raise Broken(
                "a worker was ended from outside, or ran out of memory: run again with fewer --workers"
            ) from None
        finally:
            _end(pool)

    def _settle(self, done: Sequence[Done], *, stamped: bool = False) -> None:
        """Bring files into their places: noted first, then renamed, then noted as there."""
        manifest = self._manifest
        old = {one.job.name: manifest.files_of(one.job.name) for one in done}
        with manifest.step():
            for one in done:
                manifest.coming(one.job.name, [w.file for w in one.files if w.waiting])
        for one in done:
            for written in one.files:
                self._in_place(written, is_new=written.file.path not in old[one.job.name])
        with manifest.step():
            for one in done:
                mine = {w.file.path for w in one.files}
                manifest.there([w.file for w in one.files])
                if stamped:
                    manifest.stamped(one.job.name, self._plan.known.isoformat())
                    continue
                kept = {} if one.languages == self._plan.languages else _others(old[one.job.name], one.languages)
                gone = old[one.job.name].keys() - mine - kept.keys()
                self._unlink(gone)
                self._made += 1
                manifest.made(
                    one.job.name, json.dumps(self._catalogues, sort_keys=True), self._plan.known.isoformat(), one.words,
                    besides=bool(kept),
                )  # fmt: skip

    def _in_place(self, written: Written, *, is_new: bool) -> None:
        if not written.waiting:
            return
        place = self._out / written.file.path
        try:
            Path(written.waiting).replace(place)
        except FileNotFoundError:
            place.parent.mkdir(parents=True, exist_ok=True)
            Path(written.waiting).replace(place)
        self._new += is_new
        self._changed += not is_new

    def _unlink(self, paths: Iterable[str]) -> None:
        every = list(paths)
        for path in every:
            place = self._out / path
            place.unlink(missing_ok=True)
            self._removed += 1
            for folder in place.parents:
                if folder == self._out or any(folder.iterdir()):
                    break
                folder.rmdir()
        self._manifest.gone(every)

    def _take_away(self, wanted: set[str]) -> None:
        """Remove the files of pages that the copy is no longer to have."""
        gone = [name for name in self._manifest.pages() if name not in wanted and name not in {_SHARED, _SITEMAP}]
        stray = {page for _, page, _, _ in self._manifest.files()} - wanted - {_SHARED, _SITEMAP}
        with self._manifest.step():
            for name in sorted({*gone, *stray}):
                self._unlink(self._manifest.files_of(name))
                self._manifest.forget(name)

    # -- files of no page ------------------------------------------------------------------------

    def _shared(self, maker: Maker, names: Roll) -> None:
        """What stands beside the pages: the way in, the page for what is not there, styles and scripts, names, head."""
        plan = self._plan
        site = maker.site(plan.languages[0])
        made: dict[str, bytes] = {
            "index.html": languages.page(site).body.encode(),
            "404.html": problem.page(site, None, 404, "", {}).body.encode(),
            "head.json": as_json(self._head()),
        }
        made |= {(PREFIX + one.name).lstrip("/"): one.data for one in assets().values()}
        made |= dict(index.files(names))
        held = self._held(_SHARED)
        files = tuple(maker.write(path, data, held) for path, data in made.items())
        self._settle([Done(job=Job(room=_SHARED, key=""), languages=plan.languages, words=frozenset(), files=files)])

    def _sitemap(self, maker: Maker) -> None:
        """Every page for search engines, where it is known what the copy is called; made when pages come or go."""
        plan = self._plan
        site, at = maker.site(plan.languages[0]), plan.as_of
        pages = sitemap.part(self._view, site, at, "pages").body if plan.base else b""
        told = marks.digest((plan.fingerprint, pages, sorted(job.path for job in plan.jobs if job.room in _IN_SITEMAP)))
        held = self._held(_SITEMAP)
        if self._manifest.told("sitemap") == told and len(held) == len(self._manifest.files_of(_SITEMAP)):
            return
        made: dict[str, bytes] = {}
        if plan.base:
            made = {sitemap.ROBOTS: sitemap.robots(site).body, sitemap.INDEX: sitemap.index(self._view, site, at).body}
            for name in sitemap.part_names(self._view, site, at):
                made[f"{sitemap.FOLDER}{name}.xml"] = sitemap.part(self._view, site, at, name).body
        files = tuple(maker.write(path, data, held) for path, data in made.items())
        self._settle([Done(job=Job(room=_SITEMAP, key=""), languages=plan.languages, words=frozenset(), files=files)])
        with self._manifest.step():
            self._manifest.tell(sitemap=told)

    def _head(self) -> dict[str, object]:
        """How far the register went, and what the copy has: the one file that changes with every row."""
        plan = self._plan
        return {
            "format": "tizim-copy/1", "sequence": plan.head.sequence, "hash": plan.head.hash,
            "as_of": plan.as_of.valid_at.isoformat(), "known_at": plan.known.isoformat(),
            "basis": plan.as_of.basis.value, "languages": list(plan.languages),
        }  # fmt: skip


def _others(files: Mapping[str, File], languages: Sequence[str]) -> dict[str, File]:
    """Files of languages that were not made."""
    return {path: file for path, file in files.items() if path.partition("/")[0].removesuffix(".json") not in languages}


def _batches(tasks: Sequence[Task], size: int) -> Iterator[list[Task]]:
    for start in range(0, len(tasks), size):
        yield list(tasks[start : start + size])


class _Pace:
    """Progress with the rate and the time left."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0
        self._begun = time.monotonic()

    def __call__(self, more: int) -> None:
        self._done += more
        if self._progress is None:
            return
        rate = self._done / max(time.monotonic() - self._begun, 0.001)
        left = (self._total - self._done) / rate
        self._progress(f"{rate:.1f} a second, {int(left // 60)}:{int(left % 60):02d} left", self._done, self._total)


# -- in a worker ---------------------------------------------------------------------------------------


class _Worker:
    """What a process makes pages with: one reading of the register for as long as it lives."""

    def __init__(self, tools: Tools, plan: Plan, folder: Path) -> None:
        self._given = tools, plan, folder
        self._open = contextlib.ExitStack()
        self._maker: Maker | None = None

    def make(self, tasks: Sequence[Task]) -> list[Done]:
        """Make pages; the register is opened for the first. Raises `Busy` if it is no longer as it was planned for."""
        if self._maker is None:
            tools, plan, folder = self._given
            view = self._open.enter_context(tools.reading())
            if marks.head_of(view).hash != plan.head.hash:
                raise Busy("the register grew while its copy was begun: run again")
            self._maker = Maker(view, plan, folder)
        return [self._maker.make(task) for task in tasks]


_workers: Final[list[_Worker]] = []
"""the one of this process"""


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C is heard afterwards, and never by what is begun meanwhile: who began the work ends it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(tools: Tools, plan: Plan, folder: Path) -> None:
    _workers.append(_Worker(tools, plan, folder))


def _work(tasks: list[Task]) -> list[Done]:
    return _workers[0].make(tasks)


def _end(pool: ProcessPoolExecutor) -> None:
    """End the workers, also in the middle of a page: what they wrote only waits."""
    processes = list((pool._processes or {}).values())  # noqa: SLF001 - the pool has no way to stop running work
    pool.shutdown(wait=False, cancel_futures=True)
    for one in processes:
        one.terminate()
    for one in processes:
        one.join()
