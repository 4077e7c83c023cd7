"""The application: routes, headers, errors, and what is remembered of pages already made.

Reading the register takes moments in which nothing else of a process may wait, so pages are made in threads.
"""

import datetime as dt
import gzip
import hashlib
import logging
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Final

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tizim.answer.times import Asked
from tizim.api.asking import LONGEST_VALUE, Wanted, asked, bounded, preferred, wanted
from tizim.api.failing import for_the_web, where_of
from tizim.api.headers import SECURITY, Secured
from tizim.api.holding import Desk
from tizim.app import App, clock
from tizim.domain.bulletins import Bulletin
from tizim.domain.decisions import Decision
from tizim.errors import BadInput, Busy, NoRegister, NotFound, TizimError, TooLong
from tizim.memory import settle
from tizim.publish.addresses import Addresses, unfolded
from tizim.publish.answers import prepare
from tizim.publish.assets import PREFIX, assets
from tizim.publish.bulletins import main_language
from tizim.publish.forms import File, Form, of_data
from tizim.publish.pages import problem
from tizim.publish.rooms import ROOMS, Room, of_page
from tizim.publish.site import Head, Site
from tizim.publish.sitemap import FOLDER, INDEX, ROBOTS, index, part, robots
from tizim.publish.words import words
from tizim.publish.words.languages import MAIN
from tizim.register.view import View

_log: Final = logging.getLogger("tizim.api")
_YEAR: Final = "public, max-age=31536000, immutable"
_KEPT: Final = 2_000
"""pages remembered as they were sent, until the register grows or the day ends"""
_PAUSE: Final = dt.timedelta(minutes=1)
"""between two times of warming: while hundreds of documents are kept, one after the other, it would be in vain"""
_HOST: Final = re.compile(r"[A-Za-z0-9.\-]+(:\d+)?|\[[0-9A-Fa-f:]+\](:\d+)?")
_CODES: Final = ((TooLong, 414), (NotFound, 404), (NoRegister, 503), (BadInput, 400), (Busy, 503))

Clock = Callable[[], dt.datetime]


class Sent(msgspec.Struct, frozen=True):
    """A page or its data, ready to be sent: packed, as nearly everybody takes it, and as little as can be kept."""

    packed: bytes
    media_type: str
    status: int
    etag: str
    language: str

    @property
    def body(self) -> bytes:
        """The page as it is read."""
        return gzip.decompress(self.packed)


class Server:
    """Makes pages of one register for whoever asks."""

    def __init__(self, app: App, now: Clock) -> None:
        self._app = app
        self._now = now
        self._head = Head(sequence=-1, hash="")
        self._decisions: tuple[Decision, ...] = ()
        self._bulletins: tuple[Bulletin, ...] = ()
        self._main_language = main_language(app.settings.main_language)
        self._sent: OrderedDict[tuple[object, ...], Sent] = OrderedDict()
        self._lock = threading.Lock()
        self._warming = threading.Lock()
        self._warmed: dt.datetime | None = None

    # -- answering -------------------------------------------------------------------------------

    def answer(self, path: str, query_string: str, query: Mapping[str, str], base: str, theme: str) -> Sent:
        """A page or its data for an address."""
        asked_for = wanted(path)
        if asked_for is None:
            raise NotFound(f"there is no page at {path[:200]}")
        bounded(query_string, query)
        room = ROOMS.get(asked_for.room)
        asked_for, query = _as_in_a_copy(room, asked_for, query)
        if room is None or (room.needs_key and not asked_for.key) or (asked_for.key and not room.takes_key):
            raise NotFound(f"there is no page at {path[:200]}")
        dates = asked(query, asked_for.language)
        now = self._now()
        with self._app.asking(dates) as (view, _):
            head = self._known(view)
            key = (path, query_string, base, theme, head.sequence, now.date())
            kept = self._remembered(key)
            if kept is None:
                site = self.site(asked_for.language, dates, now, base, theme)
                kept = self._made(view, site, room, asked_for, query, dates)
                if asked_for.form is not Form.DATA:  # data tell the very moment of knowing
                    self._remember(key, kept)
            return kept

    def _made(
        self, view: View, site: Site, room: Room, asked_for: Wanted, query: Mapping[str, str], dates: Asked
    ) -> Sent:
        at = self._app.times(dates, view, site.now)
        return _sent(room.made(asked_for.form, view, site, at, asked_for.key, query))

    def beside(self, name: str, base: str) -> Sent:
        """What stands beside the pages for those who visit all of them: the sitemap, its parts, what to leave out."""
        now = self._now()
        with self._app.asking(Asked()) as (view, at):
            head = self._known(view)
            key = (name, base, head.sequence)
            kept = self._remembered(key)
            if kept is None:
                site = self.site(MAIN, Asked(), now, base, "")
                if name == ROBOTS:
                    kept = _sent(robots(site))
                elif name == INDEX:
                    kept = _sent(index(view, site, at))
                else:
                    kept = _sent(part(view, site, at, name.removeprefix(FOLDER).removesuffix(".xml")))
                self._remember(key, kept)
            return kept

    def site(self, language: str, dates: Asked, now: dt.datetime, base: str, theme: str) -> Site:
        """What pages share."""
        return Site(
            words=words(language), to=Addresses(language=language, asked=dates), now=now, head=self._head, base=base,
            assets={name: one.address for name, one in assets().items()}, decisions=self._decisions,
            bulletins=self._bulletins, main_language=self._main_language,
            theme=theme if theme in {"light", "dark"} else "",
        )  # fmt: skip

    def undated(self, language: str) -> Site:
        """What pages share that are of no day."""
        with self._app.asking(Asked()) as (view, _):
            self._known(view)
        return self.site(language, Asked(), self._now(), "", "")

    def problem(self, path: str, query: Mapping[str, str], error: Exception, language: str, base: str) -> Sent:
        """The page, or the data, about what could not be answered."""
        status = next((code for kind, code in _CODES if isinstance(error, kind)), 500)
        # What is wrong on our side is for the log: it may name files and machines.
        reason = for_the_web(str(error)) if status < 500 else ""
        if status == 500:
            _log.error("answering failed: %s", where_of(error))
        if path.rstrip("/").endswith(".json"):
            body = {"error": reason or "something is wrong on our side", "status": status}
            return _sent(of_data(body, language, status))
        site = self.site(language, Asked(), self._now(), base, "")
        known = wanted(path)
        parts = {"page": known.room, "id": known.key} if known else {}
        understood = {name: value[:LONGEST_VALUE] for name, value in (parts | dict(query)).items() if value}
        return _sent(of_page(problem.page(site, None, status, reason, understood)))

    # -- remembering -----------------------------------------------------------------------------

    def _known(self, view: View) -> Head:
        """The head of what is being read, and decisions and bulletins up to it; asked for only when it has moved."""
        if self._head.sequence != view.shared.head:
            head = self._app.register.head()
            self._decisions = tuple(self._app.last_decisions())
            self._bulletins = tuple(self._app.bulletins().bulletins.values())
            self._head = Head(sequence=head.sequence, hash=head.hash)
            if self._warmed is not None and self._now() - self._warmed > _PAUSE and not self._warming.locked():
                threading.Thread(target=self.warm, daemon=True).start()
        return self._head

    def _remembered(self, key: tuple[object, ...]) -> Sent | None:
        with self._lock:
            found = self._sent.get(key)
            if found is not None:
                self._sent.move_to_end(key)
            return found

    def _remember(self, key: tuple[object, ...], sent: Sent) -> None:
        with self._lock:
            self._sent[key] = sent
            while len(self._sent) > _KEPT:
                self._sent.popitem(last=False)

    def warm(self) -> None:
        """Make what most pages share, so that no reader waits for it: now, and again whenever the register grows.

        An audit is the last: names are compared by code that takes seconds to load. Where that code is not compiled
        yet it is left to the first who asks, for compiling would slow every other page for half a minute.
        """
        if not self._warming.acquire(blocking=False):
            return
        try:
            for path in ("/en/", "/en/lists/", "/en/reviews/", "/en/sources/", "/en/changes/"):
                self.answer(path, "", {}, "", "")
            with self._app.asking(Asked()) as (view, as_of):
                prepare(view, as_of)
            from tizim.screen.listed import needs_compiling  # noqa: PLC0415 - it loads that code

            if not needs_compiling():
                self.answer("/en/audits/kz-list--un-sc/", "", {}, "", "")
            settle()
        except TizimError:  # whoever asks will be told
            return
        finally:
            self._warmed = self._now()
            self._warming.release()

    # -- over HTTP -------------------------------------------------------------------------------

    async def page(self, request: Request) -> Response:
        """Any page of the site, or its data."""
        path: str = request.scope["path"]  # what stands between strokes is decoded already
        base = _base(request)
        name = path.strip("/")
        try:
            if name in {INDEX, ROBOTS} or (name.startswith(FOLDER) and name.endswith(".xml")):
                sent = await run_in_threadpool(self.beside, name, base)
            else:
                sent = await run_in_threadpool(
                    self.answer, path, request.url.query, dict(request.query_params), base,
                    request.cookies.get("theme", ""),
                )  # fmt: skip
        except Exception as error:  # noqa: BLE001 - the door: whatever was not foreseen is our fault, and said so
            known = wanted(path)
            language = known.language if known else preferred(request.headers.get("accept-language", ""))
            sent = await run_in_threadpool(
                self.problem, path, dict(list(request.query_params.items())[:12]), error, language, base
            )
        headers = {"ETag": sent.etag, "Cache-Control": "no-cache", "Vary": "Cookie", "Content-Language": sent.language}
        if sent.status == 200 and sent.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        headers["Vary"] = "Cookie, Accept-Encoding"
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(sent.packed, sent.status, {**headers, "Content-Encoding": "gzip"}, sent.media_type)
        return Response(sent.body, sent.status, headers, sent.media_type)


def _as_in_a_copy(room: Room | None, asked_for: Wanted, query: Mapping[str, str]) -> tuple[Wanted, Mapping[str, str]]:
    """The page, where its address is that of one in a copy of the site: what a query says stands in the path there."""
    keyed = None if room is None else room.keyed or room
    if keyed is None or not asked_for.key:
        return asked_for, query
    key, more = unfolded(asked_for.key, keyed.parameters, dated=keyed.is_dated)
    return msgspec.structs.replace(asked_for, key=key), {**query, **more}


def _sent(file: File) -> Sent:
    return Sent(_packed(file.body), file.media_type, file.status, _etag(file.body), file.lang)


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, 5, mtime=0)


def _etag(body: bytes) -> str:
    return f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'  # weak: the same page may be sent packed or not


def _base(request: Request) -> str:
    """Scheme and host as the reader has them; nothing where the host is no host."""
    host = request.url.netloc
    return f"{request.url.scheme}://{host}" if _HOST.fullmatch(host) else ""


async def _first(request: Request) -> Response:
    """The root of the site: on to the language that the browser asks for."""
    language = preferred(request.headers.get("accept-language", ""))
    return RedirectResponse(f"/{language}/", 302, {"Vary": "Accept-Language", "Cache-Control": "no-cache"})


async def _health(request: Request) -> Response:  # noqa: ARG001 - as Starlette calls it
    return Response('{"status": "ok"}\n', media_type="application/json", headers={"Cache-Control": "no-store"})


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    found = next((one for one in assets().values() if one.name == name), None)
    if found is None:
        return Response("not found\n", 404, media_type="text/plain")
    return Response(found.data, headers={"Cache-Control": _YEAR}, media_type=found.media_type)


def application(app: App, now: Clock = clock) -> Starlette:
    """The site of one register."""
    server = Server(app, now)
    desk = Desk(app, server.undated, now)
    made = Starlette(
        routes=[
            Route("/", _first),
            Route("/healthz", _health),
            Route(f"{PREFIX}{{name}}", _asset),
            Route("/{language}/held{rest:path}", desk.page, methods=["GET", "POST"]),
            Route("/{language}/draft{rest:path}", desk.page, methods=["GET", "POST"]),
            Route("/{rest:path}", server.page),
        ],
        middleware=[Middleware(Secured, headers=SECURITY), Middleware(GZipMiddleware, minimum_size=500)],
    )
    made.state.server = server
    return made
