"""``tizim serve``."""

import contextlib
import gc
import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from tizim.app import App
from tizim.cli.options import app, as_json, print_json
from tizim.errors import BadInput
from tizim.memory import in_few_arenas

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from tizim.api.wire import Door, Screening, Supply, Terms
    from tizim.api.wire.application import Tooling
    from tizim.cli.screening import Plan
    from tizim.cli.service import Shared
    from tizim.cli.telemetry import Following
    from tizim.screen.current import Current

HOST, PORT = "127.0.0.1", 8000
_BACKLOG = 2_048
_MOST_WORKERS = 256
_GRACE = 30.0
_KEPT = 75
"""seconds for which a connection is kept after an answer: longer than clients keep theirs, so that it is they who
close; otherwise a request now and then meets a connection that is being closed, and is lost
"""
"""seconds in which workers may end what they are at"""
_MOST_FILES = 8_192
"""files that a worker asks to have open at once, where it may have fewer"""
_AGAIN = 1.0
"""seconds before a worker that ended by itself is begun anew"""


class Ways(msgspec.Struct, frozen=True, kw_only=True):
    """How to serve, besides where."""

    workers: int = 1
    compatible: bool = False
    origins: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    """files of entities to be served in place of the register, as ``FILE=NAME``"""
    tools: bool = False
    """to answer tools of the Model Context Protocol"""
    journal: bool = False
    """a line of JSON for each request, on stderr"""


@click.command("serve")
@click.option("--host", metavar="HOST", default=HOST, show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=PORT,
    show_default=True,
    help="The port; 0 takes any that is free.",
)
@click.option(
    "--workers", type=click.IntRange(1, _MOST_WORKERS), default=1, show_default=True,
    help="How many processes answer; they share the data.",
)  # fmt: skip
@click.option(
    "--entities", "files", metavar="FILE=NAME", multiple=True,
    help="Screen against the FollowTheMoney entities in FILE (a line of JSON each), as the dataset NAME, in place of"
    " the register; may be given several times.",
)  # fmt: skip
@click.option(
    "--yente-compat", "compatible", is_flag=True,
    help="Name OpenSanctions' identifier space as this service's, and let scripts of any site ask, as yente does.",
)  # fmt: skip
@click.option(
    "--cors", "origins", metavar="ORIGIN", multiple=True,
    help="A site whose scripts may ask, as https://desk.example; may be given several times.  [default: none]",
)  # fmt: skip
@click.option(
    "--mcp", "tools", is_flag=True,
    help="Answer programs that speak the Model Context Protocol at /mcp, as 'tizim mcp' does (needs the extra 'mcp').",
)  # fmt: skip
@click.option(
    "--log", "journal", type=click.Choice(["none", "json"]), default="none", show_default=True,
    help="A line of JSON on stderr for each request: its route, status and time, never what was asked.",
)  # fmt: skip
@as_json
def command(
    host: str,
    port: int,
    workers: int,
    files: tuple[str, ...],
    compatible: bool,
    origins: tuple[str, ...],
    tools: bool,
    journal: str,
    json_: bool,
) -> None:
    """Serve the register as a site, and for screening over HTTP, until it is stopped; say where.

    The screening interface is that of yente: /match, /search, /entities, /reconcile and what belongs to them. It
    answers as soon as everything on the lists is indexed, which takes a moment when the register has changed.
    """
    if tools:
        from tizim.cli.mcp import needed

        needed()
        if files:
            raise BadInput("--mcp answers from the register: leave --entities out")
    wired = app()
    if not files:
        wired.existing()
    ways = Ways(
        workers=workers, compatible=compatible, origins=origins, files=files, journal=journal == "json", tools=tools
    )
    serve(wired, host, port, json_=json_, ways=ways)


def serve(wired: App, host: str = HOST, port: int = PORT, *, json_: bool = False, ways: Ways | None = None) -> None:
    """Serve the site and say where. Raises `BadInput` if nothing can listen there."""
    in_few_arenas()
    told = ways or Ways()
    from tizim.cli.service import desk, shared
    from tizim.cli.telemetry import wanted

    own = shared(wired.settings, told.workers, journal=told.journal)
    wanted()
    desk(wired)  # what cannot be read is told before anything listens
    wired.customers.close()
    with _planned(wired, told) as plan, _listening(host, port) as listening:
        from tizim.cli.screening import first, make

        current = first(plan)
        if current.snapshot is None and plan.files:
            make(plan)
            current = first(plan)
        if current.snapshot is None:
            click.echo("tizim: the lists are being indexed for screening; the site answers at once", err=True)
        named = f"[{host}]" if ":" in host else host
        address = f"http://{named}:{listening.getsockname()[1]}/"
        if json_:
            print_json({"address": address})
            sys.stdout.flush()
        click.echo(f"Serving at {address} (Ctrl-C ends it)", err=True)
        if told.workers == 1:
            with suppress(KeyboardInterrupt):  # ending it is no failure
                _work(wired, plan, told, current, listening, own, 0, alone=True)
        else:
            _Workers(plan, told, current, listening, own).run()


@contextmanager
def _planned(wired: App, ways: Ways) -> "Iterator[Plan]":
    """What is served. Snapshots of files are kept only as long as they are served."""
    from tizim.cli.screening import Plan
    from tizim.screen.from_files import datasets_of, given

    files = tuple(map(given, ways.files))
    datasets_of(files)
    if not files:
        yield Plan(settings=wired.settings, files=(), folder=wired.settings.home / "screening")
        return
    folder = Path(tempfile.mkdtemp(prefix="tizim-"))
    try:
        yield Plan(settings=wired.settings, files=files, folder=folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    try:
        found = socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=_BACKLOG
        )
    except OSError as error:
        raise BadInput(
            f"nothing can listen at {host}, port {port}: {error.strerror or error}; choose another with --port"
        ) from None
    with found:
        yield found


def _work(
    wired: App, plan: "Plan", ways: Ways, current: "Current", listening: socket.socket, own: "Shared",
    place: int, *, alone: bool,
) -> None:  # fmt: skip
    """Answer in this process until it is told to end. *alone*: it also sees to newer data."""
    import uvicorn

    from tizim.api import application
    from tizim.api.patience import most_open, patient
    from tizim.api.wire import Answering, Supply, Terms
    from tizim.cli.screening import Follower, Keeper
    from tizim.cli.service import desk, door, log_writer
    from tizim.cli.telemetry import follow, wanted

    site = application(wired)
    held = desk(wired)
    writer = log_writer(wired, own)
    follower = Follower(plan, current, Keeper(plan) if alone else None, held.look)
    terms = Terms(compatible=ways.compatible, origins=ways.origins, update_token=wired.settings.update_token)
    answering = None if plan.files else Answering(asking=wired.asking, decisions=wired.last_decisions)
    supply = Supply(update=follower.update, of=follower.of, answering=answering, tools=_tools(wired, ways))
    inlet = door(wired, held, own, writer, place, of_register=not plan.files)
    asked = wanted()
    following = follow(asked, figures=place == 0) if asked else None
    screening = _screening(current, site, terms, supply, inlet, following)
    if current.snapshot is not None:
        current.snapshot.warm()
    gc.collect()
    gc.freeze()  # what is there now stays: it need not be gone through again and again
    follower.start()
    if not plan.files:
        threading.Thread(target=site.state.server.warm, daemon=True).start()
    config = uvicorn.Config(
        screening,
        log_level="warning",
        access_log=False,
        server_header=False,
        http=patient(most_open(_files())),
        ws="none",
        timeout_graceful_shutdown=int(_GRACE),
        timeout_keep_alive=_KEPT,
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        follower.end()
        if writer is not None:
            writer.end()
        if following is not None:
            following.end()


def _screening(
    current: "Current", site: "ASGIApp", terms: "Terms", supply: "Supply", inlet: "Door",
    following: "Following | None",
) -> "Screening":  # fmt: skip
    """The screening interface in front of the site, and what follows it."""
    from tizim.api.wire import Screening

    if following is None:
        return Screening(current, site, terms, supply, inlet)
    from tizim.api.wire.watched import Watched, export

    if following.meter is not None and inlet.metrics is not None:
        export(inlet.metrics, current, following.meter)
    if following.tracer is None:
        return Screening(current, site, terms, supply, inlet)
    return Watched(current, site, terms, supply, inlet, tracer=following.tracer)


def _tools(wired: App, ways: Ways) -> "Tooling | None":
    """What programs are answered with that speak the Model Context Protocol, where they are to be."""
    if not ways.tools:
        return None
    from tizim.api.tools import Tools
    from tizim.api.tools.over_http import tooling

    return tooling(Tools(at_head=wired.at_head, decisions=wired.last_decisions))


def _files() -> int:
    """How many files this process may have open; as many as the machine lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return _MOST_FILES if soft == resource.RLIM_INFINITY else soft
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


class _Workers:
    """Several processes that answer at one address. They begin as copies of this one, and so share all its data."""

    def __init__(
        self, plan: "Plan", ways: Ways, current: "Current", listening: socket.socket, own: "Shared"
    ) -> None:  # fmt: skip
        from tizim.cli.screening import Follower, Keeper

        self._plan = plan
        self._ways = ways
        self._current = current
        self._listening = listening
        self._own = own
        self._keeper = Keeper(plan)
        self._follower = Follower(plan, current, None)
        self._working: dict[int, float] = {}
        """by process: when it was begun"""
        self._places: dict[int, int] = {}
        """by process: its number among the workers"""
        self._over = False

    def run(self) -> None:
        """Keep as many workers at work as were asked for, until told to end."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._end)
        if self._current.snapshot is not None:
            self._current.snapshot.warm()
        gc.collect()
        gc.freeze()  # what workers share is not to be copied because somebody counts references to it
        while not self._over:
            while len(self._working) < self._ways.workers and not self._over:
                self._begin()
            time.sleep(0.2)
            self._reap()
            self._keeper.look()
            self._follower.look()
        self._keeper.end()
        self._stop()

    def _end(self, *_: object) -> None:
        self._over = True

    def _begin(self) -> None:
        above = os.getpid()
        place = next(one for one in range(self._ways.workers) if one not in self._places.values())
        number = os.fork()
        if number:
            self._working[number] = time.monotonic()
            self._places[number] = place
            return
        code = 1
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            threading.Thread(target=_end_with, args=(above,), daemon=True).start()
            wired = App(self._plan.settings)  # databases are not shared between processes
            _work(wired, self._plan, self._ways, self._current, self._listening, self._own, place, alone=False)
            code = 0
        except KeyboardInterrupt:
            code = 0
        finally:
            with contextlib.suppress(OSError, ValueError):
                sys.stderr.flush()
            os._exit(code)  # nothing of the process that it is a copy of may be ended twice

    def _reap(self) -> None:
        for number in self._ended():
            begun = self._working.pop(number)
            del self._places[number]
            if not self._over:
                click.echo(f"tizim: worker {number} ended; another takes its place", err=True)
                time.sleep(max(0.0, _AGAIN - (time.monotonic() - begun)))

    def _ended(self) -> Sequence[int]:
        return [number for number in self._working if os.waitpid(number, os.WNOHANG)[0]]

    def _stop(self) -> None:
        for number in self._working:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGTERM)
        end = time.monotonic() + _GRACE
        while self._working and time.monotonic() < end:
            for number in self._ended():
                del self._working[number]
            time.sleep(0.05)
        for number in self._working:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
            os.waitpid(number, 0)


def _end_with(above: int) -> None:
    """End this worker when the process that began it is gone: killed at once, it could tell nobody to end."""
    while os.getppid() == above:
        time.sleep(_AGAIN)
    os.kill(os.getpid(), signal.SIGTERM)
