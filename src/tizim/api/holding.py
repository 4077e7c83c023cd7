"""The desk at which versions that wait are reviewed: for whoever has a key of the scope 'decide', and nobody else.

A browser asks for the key by itself and sends it as a password; a script sends it as 'Authorization: Bearer KEY'.
What is decided is recorded under the name of the key.
"""

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tizim.api.asking import wanted
from tizim.api.failing import where_of
from tizim.app import App
from tizim.customers.keys import Key, Keys, KeyScope, read_keys
from tizim.domain.versions import Releasing, TakingBack
from tizim.errors import BadInput, NotFound, TizimError, TooLong
from tizim.newsroom import found, held
from tizim.publish.forms import File, Form, of_data
from tizim.publish.pages import held as pages
from tizim.publish.rooms import of_page
from tizim.publish.site import Site

_LONGEST_BODY: Final = 16 * 1024
_LONGEST_REASON: Final = 500
_HEADERS: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "Vary": "Authorization"}
_STEPS: Final[Mapping[str, type[Releasing] | type[TakingBack]]] = {"release": Releasing, "take_back": TakingBack}


class Desk:
    """Answers those who may decide."""

    def __init__(self, app: App, site: Callable[[str], Site], now: Callable[[], dt.datetime]) -> None:
        self._app = app
        self._site = site
        self._now = now

    async def page(self, request: Request) -> Response:
        """All versions that wait, or one of them; or a decision about one."""
        key = await run_in_threadpool(self._key, request.headers.get("authorization", ""))
        if key is None:
            told = "A key of the scope 'decide' is needed: see 'tizim key'.\n"
            return _plain(told, 401, {"WWW-Authenticate": 'Basic realm="tizim, a key as password", charset="UTF-8"'})
        if KeyScope.DECIDE not in key.scopes:
            return _plain("This key has not the scope 'decide'.\n", 403)
        asked = wanted(request.scope["path"])
        if asked is None or asked.room != "held":
            return _plain("There is no such page.\n", 404)
        try:
            if request.method == "POST":
                await self._decide(request, key, asked.key)
                return RedirectResponse(request.url.path, 303, dict(_HEADERS))
            file = await run_in_threadpool(self._made, asked.language, asked.key, asked.form)
        except NotFound as error:
            return _plain(f"{error}\n", 404)
        except TooLong as error:
            return _plain(f"{error}\n", 413)
        except BadInput as error:
            return _plain(f"{error}\n", 400)
        except TizimError as error:
            return _plain(f"Something is wrong on our side: {where_of(error)}\n", 500)
        return Response(file.body, file.status, {**_HEADERS, "Content-Language": file.lang}, file.media_type)

    def _key(self, authorization: str) -> Key | None:
        """The key that a request bears, as a password or by itself; read anew, for it may have been revoked."""
        form, _, text = authorization.partition(" ")
        if form.lower() == "basic":
            try:
                text = base64.b64decode(text.strip(), validate=True).decode().partition(":")[2]
            except (binascii.Error, UnicodeDecodeError):
                return None
        elif form.lower() not in {"bearer", "apikey"}:
            return None
        return Keys(read_keys(self._app.customers)).of(text.strip(), self._now().date())

    def _made(self, language: str, version: str, form: Form) -> File:
        site = self._site(language)
        now = self._app.bulletins()
        if version:
            one, own = found(now, version)
            if form is Form.DATA:
                return of_data(pages.version_data(one.id, own), language)
            return of_page(pages.version_page(site, one.id, own))
        waiting = [(one.bulletin, one.version) for one in held(now)]
        return of_data(pages.data(waiting), language) if form is Form.DATA else of_page(pages.page(site, waiting))

    async def _decide(self, request: Request, key: Key, version: str) -> None:
        """Enter what the holder of a key decides. Raises `BadInput`."""
        # A browser sends the key with whatever another site has it ask; only our own page may have it decide.
        is_browser = request.headers.get("authorization", "").lower().startswith("basic")
        if is_browser and request.headers.get("sec-fetch-site", "") != "same-origin":
            raise BadInput("a decision is entered by the form of its own page, in a browser that says where it is from")
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > _LONGEST_BODY:
                raise TooLong(f"a decision has at most {_LONGEST_BODY} bytes")
        given = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        step = _STEPS.get(given.get("do", ""))
        reason = " ".join(given.get("reason", "").split())
        if step is None or not version:
            raise BadInput(f"say what is to be done with which version: do is one of {', '.join(_STEPS)}")
        if not reason or len(reason) > _LONGEST_REASON:
            raise BadInput(f"say why, in at most {_LONGEST_REASON} signs: readers will see it")
        await run_in_threadpool(self._rule, step, version, key.name, reason)

    def _rule(self, step: type[Releasing] | type[TakingBack], version: str, by: str, reason: str) -> None:
        one, own = found(self._app.bulletins(), version)
        at = max(self._now(), own.made.at)
        self._app.rule(step(bulletin=one.id, version=own.id, by=by, at=at, reason=reason))


def _plain(text: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return Response(text, status, {**_HEADERS, **(headers or {})}, "text/plain; charset=utf-8")
