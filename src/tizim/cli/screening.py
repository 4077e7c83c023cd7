"""How the served data are kept new: a snapshot is made aside, in a process of its own, and taken when it is whole."""

import asyncio
import contextlib
import datetime as dt
import multiprocessing
import multiprocessing.process
import sys
import threading
import time
from pathlib import Path

import click
import msgspec

from tizim.app import App, clock
from tizim.errors import BadInput, TizimError
from tizim.screen.current import Current, Shelf
from tizim.screen.from_files import EntityFile, LeftOut, version_of
from tizim.screen.from_files import snapshot as of_files
from tizim.screen.snapshot import Snapshot
from tizim.settings import Settings

LOOKED_EVERY = 5.0
"""seconds after which it is looked whether the data are newer"""
_NOTICED_EVERY = 0.5
_LONGEST_WAIT = 900.0
_SHOWN = 5


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is served: the register, or files of entities in its place; and where snapshots are kept."""

    settings: Settings
    files: tuple[EntityFile, ...]
    folder: Path

    @property
    def shelf(self) -> Shelf:
        """Where snapshots are kept."""
        return Shelf(self.folder)

    def version(self) -> str:
        """Names the data as they are now. Raises `TizimError` where they cannot be read."""
        if self.files:
            return version_of(self.files)
        app = App(self.settings)
        try:
            return app.screening_version()
        finally:
            app.close()


def make(plan: Plan) -> None:
    """Make a snapshot of the data as they are now and put it on the shelf; says on stderr which lines were left out."""
    if plan.files:
        left_out: list[LeftOut] = []
        plan.shelf.put(of_files(plan.files, clock(), left_out))
        _say_left_out(left_out)
        return
    app = App(plan.settings)
    try:
        plan.shelf.put(app.snapshot())
    finally:
        app.close()


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
        with contextlib.suppress(BadInput):  # damaged, or another version's: it is made anew
            found = Snapshot.open(path)
            current.snapshot = found
            if found.about.version == current.newest:
                plan.shelf.mark(path)
            break
    return current


class Keeper:
    """Sees to it that a newer snapshot is made as soon as the data are newer. One a service, however many workers."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._making: multiprocessing.process.BaseProcess | None = None
        self._looked = 0.0
        self._wanted = ""
        self._failed = ""
        """the version of which none could be made: it is not tried again and again"""

    def look(self) -> None:
        """Look whether anything is to be done; returns at once."""
        if self._making is not None:
            if self._making.is_alive():
                return
            self._making.join()
            if self._making.exitcode:
                self._failed = self._wanted
                click.echo("tizim: no newer snapshot could be made; the older one is answered from", err=True)
            self._making = None
        asked = self._plan.folder / "asked"
        is_asked = asked.exists()
        if not is_asked and time.monotonic() - self._looked < LOOKED_EVERY:
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
        self._making = multiprocessing.get_context("spawn").Process(target=_made_aside, args=(self._plan,))
        self._making.start()

    def end(self) -> None:
        """Stop making."""
        if self._making is not None and self._making.is_alive():
            self._making.terminate()
            self._making.join()


def _made_aside(plan: Plan) -> None:
    try:
        make(plan)
    except TizimError as error:
        click.echo(f"tizim: {error}", err=True)
        sys.exit(1)


class Follower:
    """Takes what is on the shelf as soon as it is marked: one in each process that answers."""

    def __init__(self, plan: Plan, current: Current, keeper: Keeper | None) -> None:
        self._plan = plan
        self._current = current
        self._keeper = keeper
        self._taken: Path | None = None
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
        while not self._over.wait(_NOTICED_EVERY):
            if self._keeper is not None:
                self._keeper.look()
            self.look()

    def look(self) -> None:
        """Take the marked snapshot, if it is another one than that which is answered from."""
        if time.monotonic() - self._looked > LOOKED_EVERY:
            self._looked = time.monotonic()
            with contextlib.suppress(TizimError):  # the keeper says so
                self._current.newest = self._plan.version()
        marked = self._plan.shelf.marked()
        if marked is None or marked == self._taken:
            return
        try:
            found = Snapshot.open(marked)
        except BadInput as error:
            click.echo(f"tizim: {error}", err=True)
            self._taken = marked
            return
        found.warm()
        self._taken = marked
        self._current.take(found)

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
