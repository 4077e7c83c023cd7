"""The desk at which versions that wait are reviewed and news is drafted: for keys of the scope 'decide' alone.

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

from tizim.api.asking import Wanted, wanted
from tizim.api.failing import for_the_web, where_of
from tizim.app import App
from tizim.customers.keys import Key, Keys, KeyScope, read_keys
from tizim.domain.bulletins import LONGEST_TEXT, LONGEST_TITLE, Own, Waiting
from tizim.domain.versions import Releasing, TakingBack
from tizim.errors import BadInput, NotFound, TizimError, TooLong
from tizim.newsroom import found, held, parse
from tizim.publish.forms import File, Form, of_data
from tizim.publish.pages import draft as drafts
from tizim.publish.pages import held as pages
from tizim.publish.rooms import of_page
from tizim.publish.site import Site

_LONGEST_BODY: Final = 16 * 1024
_LONGEST_DRAFT: Final = 512 * 1024
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
        if asked is None or asked.room not in {"held", "draft"}:
            return _plain("There is no such page.\n", 404)
        try:
            if asked.room == "draft":
                file = await self._drafting(request, key, asked)
                if isinstance(file, Response):
                    return file
            elif request.method == "POST":
                await self._decide(request, key, asked.key)
                return RedirectResponse(request.url.path, 303, dict(_HEADERS))
            else:
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
        given = await _given(request, _LONGEST_BODY)
        step = _STEPS.get(given.get("do", ""))
        reason = " ".join(given.get("reason", "").split())
        if step is None or not version:
            raise BadInput(f"say what is to be done with which version: do is one of {', '.join(_STEPS)}")
        if not reason or len(reason) > _LONGEST_REASON:
            raise BadInput(f"say why, in at most {_LONGEST_REASON} signs: readers will see it")
        await run_in_threadpool(self._rule, step, version, key.name, reason)

    # -- news ------------------------------------------------------------------------------------

    async def _drafting(self, request: Request, key: Key, asked: Wanted) -> File | Response:
        """The form, filled or not; a draft that was kept; or the way to one that has just been. Raises `BadInput`."""
        if request.method != "POST":
            return await run_in_threadpool(self._drafted, asked)
        if asked.key or asked.form is not Form.PAGE:
            raise BadInput(f"news is drafted at /{asked.language}/draft/")
        given = await _given(request, _LONGEST_DRAFT)
        do = given.get("do", "")
        if do not in {"look_over", "keep"}:
            raise BadInput("say what is to be done with the words: do is look_over or keep")
        filled = _filled(given)
        try:
            if do == "keep":
                where = await run_in_threadpool(self._keep, asked.language, filled, key.name)
                return RedirectResponse(where, 303, dict(_HEADERS))
            looked = await run_in_threadpool(self._looked_over, _own(filled))
        except BadInput as error:  # what was typed is given back, with what is wrong with it
            return await run_in_threadpool(self._form, asked.language, filled, None, for_the_web(str(error)))
        return await run_in_threadpool(self._form, asked.language, filled, looked)

    def _form(
        self, language: str, filled: drafts.Filled, looked: drafts.LookedOver | None = None, problem: str = ""
    ) -> File:  # fmt: skip
        return of_page(drafts.page(self._site(language), filled, self._waiting(), looked, problem))

    def _waiting(self) -> list[Waiting]:
        """News that is drafted and not published, the newest first."""
        every = self._app.bulletins().bulletins.values()
        found = [one for one in every if isinstance(one, Waiting) and one.version.version.own is not None]
        return sorted(found, key=lambda one: one.version.version.drafted.at, reverse=True)

    def _drafted(self, asked: Wanted) -> File:
        """The form, or a draft."""
        if not asked.key:
            if asked.form is Form.DATA:
                return of_data(drafts.all_data(self._waiting()), asked.language)
            return self._form(asked.language, drafts.Filled())
        one = self._app.bulletins().bulletins.get(asked.key)
        if not isinstance(one, Waiting) or one.version.version.own is None:
            raise NotFound(f"no news that waits is called '{asked.key[:_LONGEST_REASON]}'")
        looked = self._looked_over(one.version.version.own)
        if asked.form is Form.DATA:
            return of_data(drafts.data(one, looked), asked.language)
        return of_page(drafts.kept_page(self._site(asked.language), one, looked))

    def _looked_over(self, own: Own) -> drafts.LookedOver:
        return drafts.LookedOver(own=own, findings=tuple(self._app.look_over(own)))

    def _keep(self, language: str, filled: drafts.Filled, by: str) -> str:
        """Keep what was typed; gives the address of its page."""
        own = _own(filled)
        told = None
        if typed := filled.day.strip():
            try:
                told = dt.date.fromisoformat(typed)
            except ValueError:
                raise BadInput(f"'{typed}' is no day such as 2024-06-03") from None
        subjects = [line.strip() for line in filled.subjects.splitlines() if line.strip()]
        bulletin, _ = self._app.draft_news(own, by, told, filled.list.strip(), subjects)
        return self._site(language).to.undated().draft(bulletin)

    def _rule(self, step: type[Releasing] | type[TakingBack], version: str, by: str, reason: str) -> None:
        one, own = found(self._app.bulletins(), version)
        at = max(self._now(), own.made.at)
        self._app.rule(step(bulletin=one.id, version=own.id, by=by, at=at, reason=reason))


async def _given(request: Request, longest: int) -> dict[str, str]:
    """The fields of a form. Raises `BadInput` unless it is our own page's, `TooLong` for more than *longest* bytes."""
    # A browser sends the key with whatever another site has it ask; only our own page may have it decide.
    is_browser = request.headers.get("authorization", "").lower().startswith("basic")
    if is_browser and request.headers.get("sec-fetch-site", "") != "same-origin":
        raise BadInput("a decision is entered by the form of its own page, in a browser that says where it is from")
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > longest:
            raise TooLong(f"a decision has at most {longest} bytes")
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


def _filled(given: Mapping[str, str]) -> drafts.Filled:
    """The fields as they were typed."""
    fields = drafts.Filled.__struct_fields__
    return drafts.Filled(**{name: given.get(name, "").replace("\r\n", "\n") for name in fields})


def _own(filled: drafts.Filled) -> Own:
    """The words, by the rules of a file of news. Raises `BadInput`."""
    title = " ".join(filled.title.split())
    if not title:
        raise BadInput("a headline is needed")
    if len(title) > LONGEST_TITLE or len(filled.text) > LONGEST_TEXT:
        raise BadInput(f"a headline has at most {LONGEST_TITLE} signs and a text {LONGEST_TEXT}")
    return parse(f"{title}\n\n{filled.text}", "the draft")


def _plain(text: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return Response(text, status, {**_HEADERS, **(headers or {})}, "text/plain; charset=utf-8")
