"""How the served data are kept new: a snapshot is made aside, in a process of its own, and taken when it is whole."""

import asyncio
import contextlib
import datetime as dt
import multiprocessing
import multiprocessing.process
import os
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import click
import msgspec

from tizim.answer.times import Asked
from tizim.app import App, clock
from tizim.errors import BadInput, Busy, TizimError
from tizim.memory import give_back
from tizim.screen.current import Current, Shelf
from tizim.screen.from_files import EntityFile, LeftOut, version_of
from tizim.screen.from_files import snapshot as of_files
from tizim.screen.snapshot import Snapshot
from tizim.settings import Settings

LOOKED_EVERY = 5.0
"""seconds after which it is looked whether the data are newer"""
_GIVEN_BACK_EVERY = 60.0
"""seconds after which memory that is free goes back to the machine"""
_NOTICED_EVERY = 0.5
_LONGEST_WAIT = 900.0
_SHOWN = 5
_MOST_WANTED = 20
"""snapshots of other dates that may wait to be made"""
_HELD = 4
"""snapshots of other dates that one process holds"""
_LESS_URGENT = 10
"""how far a snapshot in the making stands back where processors are short: the niceness added"""
_TODAY = Asked()


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is served: the register, or files of entities in its place; and where snapshots are kept."""

    settings: Settings
    files: tuple[EntityFile, ...]
    folder: Path

    @property
    def shelf(self) -> Shelf:
        """Where snapshots are kept."""
        return Shelf(self.folder)

    def version(self, asked: Asked = _TODAY) -> str:
        """Names the data as they are now, or by the dates *asked* for.

        Raises `TizimError` where they cannot be read, `BadInput` for dates that are none, or of files.
        """
        if self.files:
            if asked != _TODAY:
                raise BadInput("files of entities have no dates to be asked for")
            return version_of(self.files)
        app = App(self.settings)
        try:
            return app.screening_version(asked)
        finally:
            app.close()

    @property
    def wanted(self) -> Path:
        """Where it is noted which snapshots of other dates are to be made."""
        return self.folder / "wanted"


def make(plan: Plan, asked: Asked = _TODAY) -> None:
    """Make a snapshot of the data as they are now, or by the dates *asked* for, and put it on the shelf.

    Says on stderr which lines of files were left out.
    """
    if plan.files:
        left_out: list[LeftOut] = []
        plan.shelf.put(_warmed(of_files(plan.files, clock(), left_out)))
        _say_left_out(left_out)
        return
    app = App(plan.settings)
    try:
        if asked == _TODAY:
            plan.shelf.put(_warmed(app.snapshot()))
        else:
            plan.shelf.put_dated(_warmed(app.snapshot(asked)))
    finally:
        app.close()


def _warmed(snapshot: Snapshot) -> Snapshot:
    """*snapshot*, asked once: on a new machine that compiles the matcher, which is kept for all who take the snapshot.

    Otherwise every worker would compile it by itself, at the same time, and answer nothing meanwhile.
    """
    snapshot.warm()
    return snapshot


def _say_left_out(left_out: list[LeftOut]) -> None:
    for one in left_out[:_SHOWN]:
        click.echo(f"tizim: left out: {one.path}, line {one.line}: {one.reason}", err=True)
    if len(left_out) > _SHOWN:
        click.echo(f"tizim: left out: {len(left_out) - _SHOWN} lines more", err=True)


def first(plan: Plan) -> Current:
    """What there is to answer from at once: a snapshot of now, else an older one, else none yet."""
    current = Current()
    current.newest = plan.version()
    for path in (plan.shelf.path(current.newest), plan.shelf.marked()):
        if path is None or not path.exists():
            continue
        found = _opened(plan, path)
        if found is not None:
            current.snapshot = found
            if found.about.version == current.newest:
                plan.shelf.mark(path)
            break
    return current


def _opened(plan: Plan, path: Path) -> Snapshot | None:
    """The snapshot in a file. One that is damaged is told of and taken off the shelf: then it is made anew."""
    try:
        return Snapshot.open(path)
    except BadInput as error:
        click.echo(f"tizim: {error}; that is done now", err=True)
        plan.shelf.drop(path)
        return None


class Keeper:
    """Sees to it that a newer snapshot is made as soon as the data are newer. One a service, however many workers."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._making: multiprocessing.process.BaseProcess | None = None
        self._looked = 0.0
        self._wanted = ""
        self._dated: Path | None = None
        """the note of a snapshot of other dates that is being made"""
        self._failed = ""
        """the version of which none could be made: it is not tried again and again"""

    def look(self) -> None:
        """Look whether anything is to be done; returns at once."""
        if self._making is not None:
            if self._making.is_alive():
                return
            self._making.join()
            if self._dated is not None:
                self._dated.unlink(missing_ok=True)
            elif self._making.exitcode:
                self._failed = self._wanted
                click.echo("tizim: no newer snapshot could be made; the older one is answered from", err=True)
            self._making = self._dated = None
        asked = self._plan.folder / "asked"
        is_asked = asked.exists()
        if not is_asked and time.monotonic() - self._looked < LOOKED_EVERY:
            self._look_for_wanted()
            return
        asked.unlink(missing_ok=True)
        self._looked = time.monotonic()
        try:
            version = self._plan.version()
        except TizimError as error:
            click.echo(f"tizim: {error}", err=True)
            return
        shelf = self._plan.shelf
        if shelf.marked() == shelf.path(version) or (version == self._failed and not is_asked):
            return
        self._wanted = version
        self._make(_TODAY)

    def _look_for_wanted(self) -> None:
        """Make a snapshot of other dates, if one is wanted."""
        for path in sorted(self._plan.wanted.glob("*.json")):
            try:
                asked = msgspec.json.decode(path.read_bytes(), type=Asked)
            except (OSError, msgspec.DecodeError):
                path.unlink(missing_ok=True)
                continue
            self._dated = path
            self._make(asked)
            return

    def _make(self, asked: Asked) -> None:
        self._making = multiprocessing.get_context("spawn").Process(
            target=_made_aside, args=(self._plan, asked, self._plan.shelf.marked() is not None)
        )
        self._making.start()

    def end(self) -> None:
        """Stop making."""
        if self._making is not None and self._making.is_alive():
            self._making.terminate()
            self._making.join()


def _made_aside(plan: Plan, asked: Asked, is_answered: bool) -> None:
    if is_answered and hasattr(os, "nice"):
        os.nice(_LESS_URGENT)  # whoever asks meanwhile comes first
    try:
        make(plan, asked)
    except TizimError as error:
        click.echo(f"tizim: {error}", err=True)
        sys.exit(1)


class Follower:
    """Takes what is on the shelf as soon as it is marked: one in each process that answers."""

    def __init__(
        self, plan: Plan, current: Current, keeper: Keeper | None, also: Callable[[], None] | None = None
    ) -> None:  # fmt: skip
        self._plan = plan
        self._also = also
        self._failed = ""
        self._current = current
        self._keeper = keeper
        self._taken: Path | None = None
        self._held: OrderedDict[str, Snapshot] = OrderedDict()
        self._holding = threading.Lock()
        self._looked = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="follower", daemon=True)
        if current.snapshot is not None:
            self._taken = plan.shelf.path(current.snapshot.about.version)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def end(self) -> None:
        """Stop following."""
        self._over.set()
        self._thread.join(timeout=5)
        if self._keeper is not None:
            self._keeper.end()

    def _follow(self) -> None:
        given_back = time.monotonic()
        while not self._over.wait(_NOTICED_EVERY):
            if time.monotonic() - given_back > _GIVEN_BACK_EVERY:
                give_back()
                given_back = time.monotonic()
            if self._keeper is not None:
                self._keeper.look()
            self.look()
            if self._also is not None:
                self._look_also(self._also)

    def _look_also(self, look: Callable[[], None]) -> None:
        """Where it cannot be looked, what is held goes on to count, and it is said once."""
        try:
            look()
            self._failed = ""
        except TizimError as error:
            if str(error) != self._failed:
                self._failed = str(error)
                click.echo(f"tizim: {error}", err=True)

    def look(self) -> None:
        """Take the marked snapshot, if it is another one than that which is answered from."""
        if time.monotonic() - self._looked > LOOKED_EVERY:
            self._looked = time.monotonic()
            with contextlib.suppress(TizimError):  # the keeper says so
                self._current.newest = self._plan.version()
        marked = self._plan.shelf.marked()
        if marked is None or marked == self._taken:
            return
        found = _opened(self._plan, marked)
        if found is None:
            return
        found.warm()
        self._taken = marked
        self._current.take(found)

    def of(self, asked: Asked) -> Snapshot | None:
        """The snapshot of the dates *asked* for; where there is none yet it is noted as wanted.

        Raises `BadInput` for dates that are none, `Busy` where too many are wanted already.
        """
        version = self._plan.version(asked)
        current = self._current.snapshot
        if current is not None and current.about.version == version:
            return current
        with self._holding:
            if version in self._held:
                self._held.move_to_end(version)
                return self._held[version]
        path = self._plan.shelf.dated(version)
        if not path.exists():
            self._want(version, asked)
            return None
        found = _opened(self._plan, path)
        if found is None:
            self._want(version, asked)
            return None
        with self._holding:
            self._held[version] = found
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
        return found

    def _want(self, version: str, asked: Asked) -> None:
        folder = self._plan.wanted
        note = folder / self._plan.shelf.path(version).with_suffix(".json").name
        if note.exists():
            return
        folder.mkdir(parents=True, exist_ok=True)
        if len(list(folder.glob("*.json"))) >= _MOST_WANTED:
            raise Busy("too many dates are being asked for at once: ask again in some minutes")
        half = note.with_suffix(".half")
        half.write_bytes(msgspec.json.encode(asked))
        half.replace(note)

    async def update(self, waits: bool) -> None:
        """Have it looked for newer data at once; *waits*: until they are answered from."""
        plan = self._plan
        await asyncio.to_thread((plan.folder / "asked").touch)
        end = dt.timedelta(seconds=_LONGEST_WAIT).total_seconds() + time.monotonic()
        while waits and time.monotonic() < end:
            wanted = await asyncio.to_thread(plan.version)
            found = self._current.snapshot
            if found is not None and found.about.version == wanted:
                return
            await asyncio.sleep(_NOTICED_EVERY)
