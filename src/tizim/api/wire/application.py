"""Which route answers what: a thin application in front of the site, which gets everything else.

One request is answered by one snapshot from its first byte to its last, whatever is swapped meanwhile. What takes
long is answered beside the loop that takes in requests.
"""

import asyncio
import gzip
import hashlib
import hmac
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, Protocol, TypeVar
from urllib.parse import unquote, urlencode

import msgspec
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tizim.answer.times import Asked as Dates
from tizim.api.failing import for_the_web, where_of
from tizim.api.wire import (
    algorithms,
    catalogue,
    entities,
    forms,
    matching,
    openapi,
    page,
    reconciling,
    searching,
    tracing,
)
from tizim.api.wire.answering import ROUTES as ANSWERED
from tizim.api.wire.answering import Answering
from tizim.api.wire.asking import Asked
from tizim.api.wire.clearing import Clearing
from tizim.api.wire.deciding import LONGEST_DECISION, LONGEST_DOCUMENT, Deciding, token_of
from tizim.api.wire.feeding import Feeding
from tizim.api.wire.guarding import Guard, checked
from tizim.api.wire.journal import Journal
from tizim.api.wire.metrics import Counter, Metrics
from tizim.api.wire.rates import Rates
from tizim.api.wire.replies import NotAllowed, Refused, Reply, Waiting, encode, of, sends
from tizim.api.wire.scopes import dataset_of
from tizim.customers.clearances import Cleared
from tizim.customers.keys import Key, KeyScope
from tizim.customers.log import Noted
from tizim.customers.policies import PolicyVersion
from tizim.errors import BadInput, Busy, NotFound, TizimError
from tizim.screen.current import Current
from tizim.screen.matching import Example
from tizim.screen.snapshot import Snapshot

Answered = TypeVar("Answered")
_log: Final = logging.getLogger("tizim.api.wire")
ROUTES: Final = frozenset({
    "match", "search", "entities", "reconcile", "catalog", "manifest", "algorithms", "healthz", "readyz", "updatez",
    "openapi.json", "openapi", "clearances", "metrics", "imports", "watched", "mcp", *ANSWERED,
})  # fmt: skip
"""first parts of the addresses that are answered here"""
LONGEST_ADDRESS: Final = 60_000
LONGEST_BODY: Final = 16 * 1024 * 1024
LONGEST_CALL: Final = 64 * 1024
"""bytes of what asks a tool"""
_PACKED_FROM: Final = 500
_PACKED_ASIDE: Final = 500_000
"""bytes from which on packing takes so long that nobody should wait for it"""
_BESIDE: Final = 2
"""requests that are answered beside the loop at once"""
_TOO_LONG: Final = "The answer takes too long: ask again later, or for less at once."
_IN_A_ROW: Final = 8
"""queries of one request that are answered before other requests have their turn"""
_SECURITY: Final = (
    (b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)  # fmt: skip
METHODS: Final = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})
_BEARER: Final = "tizim.key"
"""where the id of a request's key is noted in its scope"""
_OPEN: Final = frozenset({"healthz", "readyz"})
"""asked by machines that watch over the service: by any number, without a key"""
_LONGEST_BODY: Final = 30.0
"""seconds in which what a request brings must be there"""
_LONGEST_ANSWER: Final = 60.0
"""seconds after which whoever asked is told that it takes too long"""


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What the service was told to do."""

    compatible: bool = False
    """to call its name spaces, and let other sites ask, as the system does whose clients it serves"""
    origins: tuple[str, ...] = ()
    """sites whose scripts may ask"""
    update_token: str = ""
    """who has it may ask for newer data; empty: nobody may"""
    longest_body: float = _LONGEST_BODY
    longest_answer: float = _LONGEST_ANSWER


class Supply(msgspec.Struct, frozen=True, kw_only=True):
    """Where data come from that are not there yet."""

    update: Callable[[bool], Awaitable[None]]
    """have it looked for newer data; if told to, wait until they are answered from"""
    of: Callable[[Dates], Snapshot | None]
    """the snapshot of other dates than today's; none while it is being made"""
    answering: Answering | None = None
    """the register itself, for what no snapshot tells; none where files are served"""
    tools: "Tooling | None" = None
    """what programs that speak the Model Context Protocol are answered with; none where none are"""


class Calling(Protocol):
    """What answering tools needs of the service."""

    async def apart(self, answer: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """What the register says, beside the loop. Raises `Waiting`."""
        ...

    async def match(self, example: Mapping[str, Any], lists: Sequence[str], parameters: Mapping[str, str]) -> bytes:
        """What `POST /match/default` answers to an example on *lists* (none: all), logged and by its policy as any
        other. Raises `Refused`, also for a list that nothing is held of.
        """
        ...

    def allows(self, scope: KeyScope) -> None:
        """Raise `Refused` where whoever asks has not a scope that is needed."""
        ...


Tooling = Callable[[Calling, Scope, bytes], Awaitable[Reply]]
"""answers a request of the Model Context Protocol, with what it brings"""
Log = Callable[[list[Noted], Snapshot, str, str], "Future[None]"]
"""has answers by a snapshot on a dataset written, with the id of whose key asked"""


class Door(msgspec.Struct, frozen=True, kw_only=True):
    """Who comes in; none of either: everybody, as often as they like."""

    guard: Guard | None = None
    rates: Rates | None = None
    policy: Callable[[str], PolicyVersion | None] | None = None
    """the policy of a name, the one that counts where none is named; none where none does. Raises `NotFound`"""
    log: "Log | None" = None
    """keeps what is answered; none where nothing is kept"""
    cleared: Callable[[Snapshot], Callable[[Example], Cleared | None] | None] | None = None
    """what is cleared for whom, in the entities of a snapshot; none while nothing is for anybody"""
    metrics: Metrics | None = None
    counter: Counter | None = None
    """of this worker"""
    journal: Journal | None = None
    """a line for each request; none where none is wanted"""
    feeding: Feeding | None = None
    """where matches of watched customers are kept; none where nobody is watched"""
    clearing: Clearing | None = None
    """where clearances are kept; none where none may be entered"""
    deciding: Deciding | None = None
    """enters decisions and documents; none where none may be entered over HTTP"""


class Screening:
    """The screening interface in front of a site."""

    def __init__(
        self, current: Current, site: ASGIApp, terms: Terms, supply: Supply, door: Door | None = None
    ) -> None:  # fmt: skip
        self._current = current
        self._site = site
        self._terms = terms
        self._supply = supply
        self._door = door or Door()
        self._private = self._door.guard is not None and self._door.guard.required
        self._beside = ThreadPoolExecutor(_BESIDE, thread_name_prefix="screening")
        self._readers = ThreadPoolExecutor(_BESIDE, thread_name_prefix="register")
        origins = ("*",) if terms.compatible else terms.origins
        self._own: ASGIApp = self._answer
        if origins:
            self._own = CORSMiddleware(
                self._answer, allow_origins=origins, allow_credentials=terms.compatible, allow_methods=("*",),
                allow_headers=("*",),
            )  # fmt: skip

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is ours, and leave all else to the site."""
        if scope["type"] == "http" and scope["path"][1:].partition("/")[0] in ROUTES:
            await self._own(scope, receive, send)
        elif scope["type"] == "http":
            await self._of_the_site(scope, receive, send)
        else:
            await self._site(scope, receive, send)

    async def _of_the_site(self, scope: Scope, receive: Receive, send: Send) -> None:
        door = self._door
        began, status = time.perf_counter(), 500

        async def counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            if door.rates is not None:
                door.rates.take(_address(scope))
            await self._site(scope, receive, counted)
        except Refused as refused:
            status = refused.reply().status
            await _send(refused.reply(), "", (), scope["method"], send)
        finally:
            if door.counter is not None:
                door.counter.answered("site", status, time.perf_counter() - began)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        headers = {
            name: value.decode("latin-1") for name, value in scope["headers"] if name in _LOOKED_AT
        }  # the last of several counts
        try:
            reply = await self._reply(scope, receive, headers)
        except Refused as refused:
            reply = refused.reply()
        except Exception as error:  # noqa: BLE001 - the door: whatever was not foreseen is our fault, and said so
            _log.error("answering failed: %s", where_of(error))
            reply = of({"status": "error"}, 500)
        if self._private:
            reply = _for_one_alone(reply)
        traced = tracing.trace(headers.get(b"traceparent", ""), headers.get(b"tracestate", ""))
        await _send(reply, headers.get(b"accept-encoding", ""), traced, scope["method"], send)
        self._count(scope, reply.status, time.perf_counter() - began, traced[0][1])

    def _count(self, scope: Scope, status: int, seconds: float, trace: str) -> None:
        door = self._door
        if door.counter is None and door.journal is None:
            return
        route = scope["path"][1:].partition("/")[0]
        if door.counter is not None:
            door.counter.answered(route, status, seconds)
        if door.journal is not None:
            method = scope["method"] if scope["method"] in METHODS else "other"
            bearer = scope.get(_BEARER, "")
            door.journal.answered(route, method, status, seconds, bearer, trace.split("-")[1])

    async def _reply(self, scope: Scope, receive: Receive, headers: dict[bytes, str]) -> Reply:
        raw: bytes = scope.get("raw_path") or scope["path"].encode()
        query: bytes = scope["query_string"]
        if len(raw) + len(query) + bool(query) > LONGEST_ADDRESS:
            raise Refused(414, "Request URI too long")
        parts = [unquote(part) for part in raw.decode("latin-1").split("/")[1:]]
        if parts[-1] == "" and len(parts) > 1:
            return Reply(b"", 307, (("location", raw.decode("latin-1").rstrip("/")),))
        asked = Asked(query)
        key = self._let_in(parts[0], headers, asked, scope)
        if key is not None:
            scope[_BEARER] = key.id
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        match parts:
            case ["match", dataset]:
                sends(method, "POST")
                return await self._match(dataset, asked, await self._body(receive, headers), key)
            case ["search", dataset]:
                sends(method, "GET")
                return await self._search(dataset, asked)
            case ["clearances", *rest]:
                return await self._clearances(method, rest, asked, await self._body(receive, headers), key)
            case ["watched"]:
                sends(method, "GET")
                return await self._hits(asked, key)
            case ["imports", source]:
                sends(method, "POST")
                return await self._imported(source, asked, receive, headers, key)
            case ["decisions", *rest] if method == "POST":
                return await self._decided(rest, receive, headers, key)
            case ["decisions"]:
                sends(method, "GET", "POST")
                return await self._read(lambda register: register.answer(parts, asked))
            case ["decisions", _, "approve"]:
                raise NotAllowed(("POST",))
            case [first, *_] if first in ANSWERED:
                sends(method, "GET")
                return await self._read(lambda register: register.answer(parts, asked))
            case ["mcp"] if self._supply.tools is not None:
                sends(method, "POST")
                _of_no_other_site(scope, self._terms)
                body = await self._body(receive, headers, LONGEST_CALL)
                return await self._called(self._supply.tools, scope, body, key)
            case ["entities", *rest]:
                sends(method, "GET")
                return await self._apart(lambda snapshot: _entities(snapshot, rest, asked))
            case ["reconcile", dataset, *rest]:
                return await self._reconcile(method, dataset, rest, asked, scope, receive, headers, key)
            case _:
                return await self._about(method, parts, asked, scope, headers)

    def _let_in(self, first: str, headers: dict[bytes, str], asked: Asked, scope: Scope) -> Key | None:
        """The key that a request bears. Raises `Refused` for whoever may not ask, or not so often."""
        guard, rates = self._door.guard, self._door.rates
        if first in _OPEN or (guard is None and rates is None):
            return None
        key = None if guard is None else guard.key(first, headers.get(b"authorization", ""), asked)
        if rates is not None:
            rates.take(_address(scope) if key is None else f"key {key.id}")
        if guard is not None:
            guard.check(first, key, enters=scope["method"] == "POST")
        return key

    async def _body(self, receive: Receive, headers: dict[bytes, str], longest: int = LONGEST_BODY) -> bytes:
        try:
            async with asyncio.timeout(self._terms.longest_body):
                return await _body(receive, headers, longest)
        except TimeoutError:
            raise Refused(408, "What the request brings took too long") from None

    # -- screening ---------------------------------------------------------------------------------

    def _snapshot(self) -> Snapshot:
        found = self._current.snapshot
        if found is None:
            raise Refused(500 if self._terms.compatible else 503, "Index not ready.")
        return found

    async def _apart(self, answer: Callable[[Snapshot], Reply]) -> Reply:
        snapshot = self._snapshot()
        return await self._beside_the_loop(lambda: answer(snapshot))

    async def _beside_the_loop(self, answer: Callable[[], Reply]) -> Reply:
        answering = asyncio.get_running_loop().run_in_executor(self._beside, answer)
        try:
            return await asyncio.wait_for(answering, self._terms.longest_answer)
        except TimeoutError:
            raise Waiting(_TOO_LONG) from None

    async def _read(self, answer: Callable[[Answering], Answered]) -> Answered:
        """What the register says. Raises `Refused` where there is none, or it takes too long."""
        register = self._supply.answering
        if register is None:
            raise Refused(404, "There is no register here: files of entities are served.")
        answering = asyncio.get_running_loop().run_in_executor(self._readers, answer, register)
        try:
            return await asyncio.wait_for(answering, self._terms.longest_answer)
        except TimeoutError:
            raise Waiting(_TOO_LONG) from None

    async def _of(self, asked: Asked) -> Snapshot:
        """The snapshot that a request is to be answered from: today's, unless it names other dates."""
        dates = asked.dates()
        if dates is None:
            return self._snapshot()
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._beside, self._supply.of, dates)
        except BadInput as error:
            raise Refused(400, for_the_web(str(error))) from None
        except Busy as error:
            raise Waiting(str(error)) from None
        if found is None:
            raise Waiting("The index of these dates is being made: ask again.")
        return found

    def _policy(self, asked: Asked) -> PolicyVersion | None:
        """The policy that a request is to be answered by."""
        if self._door.policy is None:
            return None
        name = asked.text("policy")
        try:
            return self._door.policy(name)
        except NotFound as error:
            raise Refused(400 if name else 503, str(error)) from None

    async def _match(self, dataset: str, asked: Asked, body: bytes, key: Key | None) -> Reply:
        snapshot = await self._of(asked)
        request = matching.read(snapshot, dataset, asked, body, self._policy(asked))
        extras = self._extras(snapshot, asked)
        if self._door.counter is not None:
            self._door.counter.matched(len(request.asked))
        parts = await self._parts(snapshot, request, extras)
        evidence = None
        if extras is not None and extras.found is not None:
            subjects = list(extras.found)
            evidence = await self._read(lambda register: register.behind(subjects, snapshot.about))
        reply = matching.answered(snapshot, request, parts, evidence)
        if self._door.log is not None and extras is not None:
            await self._logged(self._door.log, snapshot, dataset_of(snapshot, dataset), extras.noted or [], key)
        return reply

    async def _called(self, tools: Tooling, scope: Scope, body: bytes, key: Key | None) -> Reply:
        """What a tool is answered, in the time that any answer may take."""
        try:
            return await asyncio.wait_for(tools(_Caller(self, key), scope, body), self._terms.longest_answer)
        except TimeoutError:
            raise Waiting(_TOO_LONG) from None

    async def matched(
        self, example: Mapping[str, Any], lists: Sequence[str], parameters: Mapping[str, str], key: Key | None
    ) -> bytes:
        """What a match request of one example is answered, for the bearer of a key. Raises `Refused`."""
        asked = Asked(urlencode(parameters).encode())
        datasets = [_dataset_of_list(await self._of(asked), one) for one in lists]
        body = encode({"queries": {"name": {**example, "params": {"include_dataset": datasets}}}})
        return (await self._match("default", asked, body, key)).body

    async def apart(self, answer: Callable[[], Answered]) -> Answered:
        """What the register says, beside the loop. Raises `Refused` where there is none, or it takes too long."""
        return await self._read(lambda _: answer())

    def allows(self, scope: KeyScope, key: Key | None) -> None:
        """Raise `Refused` where a key is needed and this one has not a scope."""
        if self._private:
            checked(scope, key)

    async def _parts(
        self, snapshot: Snapshot, request: matching.Request, extras: matching.Extras | None
    ) -> list[bytes]:  # fmt: skip
        """The answers to the queries of a request; of few in one go, of many with others' turns between them."""
        if len(request.asked) < _IN_A_ROW:
            return list(matching.answers(snapshot, request, extras))
        parts: list[bytes] = []
        try:
            async with asyncio.timeout(self._terms.longest_answer):
                for part in matching.answers(snapshot, request, extras):
                    parts.append(part)
                    if len(parts) % _IN_A_ROW == 0:
                        await asyncio.sleep(0)  # others have their turn; a thread beside the loop would take it away
        except TimeoutError:
            raise Waiting(_TOO_LONG) from None
        return parts

    async def _hits(self, asked: Asked, key: Key | None) -> Reply:
        feeding = self._door.feeding
        checked(KeyScope.SCREEN, key)
        if feeding is None:
            raise Refused(404, "Nobody is watched here: the service has no secret for what belongs to customers.")
        return _for_one_alone(await self._beside_the_loop(lambda: feeding.feed(asked)))

    async def _clearances(
        self, method: str, rest: Sequence[str], asked: Asked, body: bytes, key: Key | None
    ) -> Reply:  # fmt: skip
        clearing = self._door.clearing
        bearer = checked(KeyScope.DECIDE, key)
        if clearing is None:
            raise Refused(404, "Nothing is cleared here: the service has no secret for what belongs to customers.")
        match rest:
            case []:
                sends(method, "GET", "POST")
                if method == "GET":
                    return await self._beside_the_loop(lambda: clearing.list(asked))
                return await self._apart(lambda snapshot: clearing.enter(snapshot, body, bearer))
            case [identifier, "end"]:
                sends(method, "POST")
                return await self._beside_the_loop(lambda: clearing.end(identifier, body, bearer))
            case _:
                raise Refused(404, "Not Found")

    def _deciding(self, key: Key | None) -> tuple[Deciding, Key]:
        """What enters, and for whom. Raises `Refused`."""
        bearer = checked(KeyScope.DECIDE, key)
        if self._door.deciding is None:
            raise Refused(404, "Nothing is entered over HTTP here.")
        return self._door.deciding, bearer

    async def _decided(
        self, rest: Sequence[str], receive: Receive, headers: dict[bytes, str], key: Key | None
    ) -> Reply:  # fmt: skip
        deciding, bearer = self._deciding(key)
        if rest and (len(rest) != 2 or rest[1] != "approve"):
            raise Refused(404, "Not Found")
        token = token_of(headers.get(b"idempotency-key", ""))
        body = await self._body(receive, headers, LONGEST_DECISION)
        if rest:
            return await deciding.approve(rest[0], body, bearer, token)
        return await deciding.decide(body, bearer, token)

    async def _imported(
        self, source: str, asked: Asked, receive: Receive, headers: dict[bytes, str], key: Key | None
    ) -> Reply:  # fmt: skip
        deciding, bearer = self._deciding(key)
        token = token_of(headers.get(b"idempotency-key", ""))
        document = deciding.expect(source, asked)
        digest = hashlib.sha256()
        try:
            with document.path.open("wb") as file:
                async with asyncio.timeout(self._terms.longest_body):
                    async for piece in _pieces(receive, headers, LONGEST_DOCUMENT):
                        digest.update(piece)
                        await asyncio.to_thread(file.write, piece)
        except TimeoutError:
            document.remove()
            raise Refused(408, "What the request brings took too long") from None
        except BaseException:
            document.remove()
            raise
        return await deciding.keep(document, digest.hexdigest(), bearer, token)

    def _extras(self, snapshot: Snapshot, asked: Asked, *, evident: bool = True) -> matching.Extras | None:
        """What is to be done besides answering; none where that is nothing. *evident*: evidence can be asked for."""
        door = self._door
        known = door.cleared(snapshot) if door.cleared is not None else None
        wants = evident and self._evidence(asked)
        if door.log is None and known is None and not wants:
            return None
        shows = bool(asked.flag("cleared")) if known is not None else False
        asked.checked()
        return matching.Extras(
            noted=None if door.log is None else [], cleared=known, shows=shows, found={} if wants else None
        )

    def _evidence(self, asked: Asked) -> bool:
        """Whether it is to be told what stands behind each hit. Raises `Refused`."""
        wants = bool(asked.flag("evidence"))
        asked.checked()
        if wants and self._supply.answering is None:
            raise Refused(400, "There is no register here, and no evidence behind files of entities.")
        return wants

    async def _logged(
        self, log: "Log", snapshot: Snapshot, dataset: str, noted: list[Noted], key: Key | None
    ) -> None:  # fmt: skip
        """Keep what is going to be answered; what cannot be kept is not answered. Raises `Waiting`."""
        who = key.id if key else ""
        try:
            await asyncio.wrap_future(log(noted, snapshot, dataset, who))
        except TizimError as error:
            _log.error("what was answered could not be logged: %s", where_of(error))
            raise Waiting("The answer could not be logged, and is not given without: ask again.") from None

    async def _search(self, dataset: str, asked: Asked) -> Reply:
        snapshot = await self._of(asked)
        request = searching.read(snapshot, dataset, asked, self._policy(asked))
        if self._evidence(asked):
            return await self._read(
                lambda register: searching.answered(
                    snapshot, request, lambda subjects: register.behind(subjects, snapshot.about)
                )
            )
        if searching.is_long(request):
            return await self._beside_the_loop(lambda: searching.answered(snapshot, request))
        return searching.answered(snapshot, request)

    async def _reconcile(
        self, method: str, dataset: str, rest: Sequence[str], asked: Asked, scope: Scope, receive: Receive,
        headers: dict[bytes, str], key: Key | None,
    ) -> Reply:  # fmt: skip
        match rest:
            case []:
                sends(method, "GET", "POST")
                if method == "POST":
                    form = forms.fields(await self._body(receive, headers), headers.get(b"content-type", ""))
                    return await self._reconciled(dataset, asked, form, key)
                base = _base(scope, headers)
                return reconciling.manifest(self._snapshot(), dataset, base, asked, foreign=self._terms.compatible)
            case ["suggest", "entity"]:
                sends(method, "GET")
                return await self._apart(lambda snapshot: reconciling.suggest_entity(snapshot, dataset, asked))
            case ["suggest", "property"]:
                sends(method, "GET")
                return reconciling.suggest_property(self._snapshot(), dataset, asked)
            case ["suggest", "type"]:
                sends(method, "GET")
                return reconciling.suggest_type(self._snapshot(), dataset, asked)
            case ["extend", "property"]:
                sends(method, "GET")
                return reconciling.extend_property(asked)
            case _:
                raise Refused(404, "Not Found")

    async def _reconciled(self, dataset: str, asked: Asked, form: Mapping[str, str], key: Key | None) -> Reply:
        snapshot = self._snapshot()
        policy, extras = self._policy(asked), self._extras(snapshot, asked, evident=False)
        reply = await self._beside_the_loop(
            lambda: reconciling.post(snapshot, dataset, asked, form, policy, extras)
        )  # fmt: skip
        if self._door.log is not None and extras is not None and extras.noted:
            await self._logged(self._door.log, snapshot, dataset_of(snapshot, dataset), extras.noted, key)
        return reply

    # -- about the service -------------------------------------------------------------------------

    async def _about(
        self, method: str, parts: Sequence[str], asked: Asked, scope: Scope, headers: dict[bytes, str]
    ) -> Reply:
        match parts:
            case ["catalog" | "manifest"]:
                sends(method, "GET")
                match_header = headers.get(b"if-none-match", "")
                return catalogue.catalogue(self._snapshot(), self._current.newest, match_header)
            case ["algorithms"]:
                sends(method, "GET")
                return of(algorithms.told())
            case ["healthz"]:
                sends(method, "GET")
                return of({"status": "ok"}, 200, ("cache-control", "no-store"))
            case ["readyz"]:
                sends(method, "GET")
                return _ready(self._current)
            case ["metrics"] if self._door.metrics is not None:
                sends(method, "GET")
                return self._door.metrics.told(self._current.snapshot, self._current.newest)
            case ["openapi.json"]:
                sends(method, "GET")
                return of(openapi.described(_base(scope, headers)))
            case ["openapi"]:
                sends(method, "GET")
                return page.page(openapi.described(_base(scope, headers)))
            case ["updatez"]:
                sends(method, "POST")
                return await self._updated(asked)
            case _:
                raise Refused(404, "Not Found")

    async def _updated(self, asked: Asked) -> Reply:
        waits = asked.flag("sync")
        asked.checked()
        token = asked.text("token")
        known = self._terms.update_token
        if not known or not token.strip() or not _same(token, known):
            raise Refused(403, "Invalid token.")
        await self._supply.update(bool(waits))
        return of({"status": "ok"})


class _Caller:
    """A service, for the bearer of a key."""

    def __init__(self, service: Screening, key: Key | None) -> None:
        self._service = service
        self._key = key

    async def apart(self, answer: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        return await self._service.apart(answer)

    async def match(self, example: Mapping[str, Any], lists: Sequence[str], parameters: Mapping[str, str]) -> bytes:
        return await self._service.matched(example, lists, parameters, self._key)

    def allows(self, scope: KeyScope) -> None:
        self._service.allows(scope, self._key)


def _dataset_of_list(snapshot: Snapshot, list_id: str) -> str:
    """The dataset that a list is. Raises `Refused` where nothing is held of it: an empty answer would say otherwise."""
    try:
        return dataset_of(snapshot, list_id)
    except Refused:
        raise Refused(404, f"Nothing is held of the list '{list_id}'.") from None


def _of_no_other_site(scope: Scope, terms: Terms) -> None:
    """Raise `Refused` for a page of another site that has a reader's browser ask: it may stand where we are not."""
    for name, value in scope["headers"]:
        if name == b"origin" and not terms.compatible and value.decode("latin-1") not in terms.origins:
            raise Refused(403, "Pages of other sites may not ask here.")


def _ready(current: Current) -> Reply:
    """Whether it can be answered, and from what that is old. A list that is stale is answered from all the same."""
    snapshot = current.snapshot
    if snapshot is None:
        raise Refused(503, "Index not ready.")
    stale = sorted(one.list for one in snapshot.about.datasets if one.list and one.stale and not one.is_collection)
    told: dict[str, object] = {"status": "ok"}
    if stale:
        told["stale"] = stale
    if current.newest != snapshot.about.version:
        told["outdated"] = True
    return of(told, 200, ("cache-control", "no-store"))


def _same(one: str, other: str) -> bool:
    """Whether two secrets are one, in a time that does not tell how much of them is."""
    return hmac.compare_digest(one.encode(), other.encode())


def _address(scope: Scope) -> str:
    """Where a request comes from, as far as the server knows."""
    client = scope.get("client")
    return f"address {client[0]}" if client else "nowhere"


def _for_one_alone(reply: Reply) -> Reply:
    """An answer that nobody may keep for others: whoever asked had a key."""
    kept = tuple((name, value) for name, value in reply.headers if name != "cache-control")
    return msgspec.structs.replace(reply, headers=(*kept, ("cache-control", "no-store")))


_LOOKED_AT: Final = frozenset({
    b"authorization", b"accept-encoding", b"traceparent", b"tracestate", b"if-none-match", b"content-type",
    b"content-length", b"host", b"idempotency-key",
})  # fmt: skip


def _entities(snapshot: Snapshot, rest: Sequence[str], asked: Asked) -> Reply:
    match rest:
        case [entity_id]:
            return entities.one(snapshot, entity_id, asked)
        case [entity_id, "adjacent"]:
            return entities.adjacent(snapshot, entity_id, asked)
        case [entity_id, "adjacent", name]:
            return entities.adjacent_by(snapshot, entity_id, name, asked)
        case _:
            raise Refused(404, "Not Found")


def _base(scope: Scope, headers: dict[bytes, str]) -> str:
    """Scheme and host as the client has them."""
    host = headers.get(b"host", "")
    if not host or any(sign in host for sign in "/\\@?# \"'<>"):
        server = scope.get("server") or ("localhost", None)
        host = f"{server[0]}:{server[1]}" if server[1] else server[0]
    return f"{scope['scheme']}://{host}{scope.get('root_path', '')}"


async def _pieces(receive: Receive, headers: dict[bytes, str], longest: int) -> AsyncIterator[bytes]:
    """What a request brings, as it comes. Raises `Refused` for more than *longest* bytes."""
    length = headers.get(b"content-length", "")
    if length.isdigit() and int(length) > longest:
        raise Refused(413, f"A request may have {longest} bytes")
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Refused(400, "The request broke off")
        piece: bytes = message.get("body", b"")
        size += len(piece)
        if size > longest:
            raise Refused(413, f"A request may have {longest} bytes")
        if piece:
            yield piece
        if not message.get("more_body"):
            return


async def _body(receive: Receive, headers: dict[bytes, str], longest: int) -> bytes:
    """What a request brings, whole. Raises `Refused` for more than *longest* bytes."""
    return b"".join([piece async for piece in _pieces(receive, headers, longest)])


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, 4, mtime=0)


async def _send(reply: Reply, accepts: str, traced: Sequence[tuple[str, str]], method: str, send: Send) -> None:
    body = reply.body
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in (*reply.headers, *traced)]
    headers += _SECURITY
    if body or reply.status not in {304, 307, 308}:
        headers.append((b"content-type", reply.media_type.encode()))
    if len(body) >= _PACKED_FROM:
        headers.append((b"vary", b"Accept-Encoding"))
        if "gzip" in accepts:
            if len(body) < _PACKED_ASIDE:
                body = _packed(body)
            else:
                body = await asyncio.to_thread(_packed, body)
            headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})
