"""The desk at which versions that wait are reviewed and news is drafted: for keys of the scope 'decide' alone.

A browser asks for the key by itself and sends it as a password; a script sends it as 'Authorization: Bearer KEY'.
What is decided is recorded under the name of the key.
"""

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tizim.api.asking import Wanted, preferred, wanted
from tizim.api.failing import for_the_web, where_of
from tizim.api.sent import act_of, fields_of
from tizim.api.steps import StepAct, step_of_form
from tizim.api.versions import Act, Versions, of_form
from tizim.app import App
from tizim.customers.keys import Key, Keys, KeyScope, read_keys
from tizim.domain.bulletins import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    Own,
    Standing,
    Waiting,
    Withdrawing,
    Withdrawn,
    version_of,
    waiting_of,
)
from tizim.errors import BadInput, Busy, NoRegister, NotFound, NotSupported, Overtaken, TizimError, TooLong
from tizim.newsroom import found, held, parse, state_seen, versions_of
from tizim.publish.forms import File, Form, form_of, of_data
from tizim.publish.pages import draft as drafts
from tizim.publish.pages import held as pages
from tizim.publish.rooms import of_page
from tizim.publish.site import Site

_LONGEST_BODY: Final = 1024 * 1024
"""bytes of what is sent about a version: all its sentences are, as they stand in their fields"""
_LONGEST_DRAFT: Final = 512 * 1024
_HEADERS: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "Vary": "Authorization"}
_STATUSES: Final[Mapping[type[TizimError], int]] = {
    NotFound: 404, TooLong: 413, Overtaken: 409, NoRegister: 503, BadInput: 400, NotSupported: 400, Busy: 503,
}  # fmt: skip
"""the first that fits"""


class Desk:
    """Answers those who may decide."""

    def __init__(self, app: App, site: Callable[[str], Site], now: Callable[[], dt.datetime]) -> None:
        self._app = app
        self._site = site
        self._now = now
        self._versions = Versions(app)

    async def page(self, request: Request) -> Response:
        """All versions that wait, or one of them; the news that wait; or what comes of an act about one."""
        path: str = request.scope["path"]
        asked = wanted(path)
        language = asked.language if asked else preferred(request.headers.get("accept-language", ""))
        try:
            key = await run_in_threadpool(self._key, request.headers.get("authorization", ""))
            if key is None:
                told = "A key of the scope 'decide' is needed: see 'tizim key'."
                asks = {"WWW-Authenticate": 'Basic realm="tizim, a key as password", charset="UTF-8"'}
                return await self._refusal(path, language, told, 401, asks)
            if KeyScope.DECIDE not in key.scopes:
                return await self._refusal(path, language, "This key has not the scope 'decide'.", 403)
            if asked is None or asked.room not in {"held", "draft"}:
                raise NotFound("there is no such page")
            answer = await (self._drafting if asked.room == "draft" else self._holding)(request, key, asked)
        except TizimError as error:
            status = _status(error)
            if status == 500:
                return _plain(f"Something is wrong on our side: {where_of(error)}\n", 500)
            again = {"Retry-After": "10"} if status == 503 else {}
            return await self._refusal(path, language, for_the_web(str(error)), status, again)
        if isinstance(answer, Response):
            return answer
        return Response(answer.body, answer.status, {**_HEADERS, "Content-Language": answer.lang}, answer.media_type)

    async def _refusal(
        self, path: str, language: str, reason: str, status: int, headers: Mapping[str, str] | None = None
    ) -> Response:
        """A page, or data where those were asked for, that says why nothing was done."""
        if form_of(path.rstrip("/"))[1] is Form.DATA:
            file = of_data({"error": reason, "status": status}, language, status)
        else:
            try:
                site = await run_in_threadpool(self._site, language)
            except TizimError:  # without a register there is no page of any kind
                return _plain(f"{reason}\n", status, headers)
            file = of_page(pages.problem_page(site, status, reason))
        sent = {**_HEADERS, "Content-Language": language, **(headers or {})}
        return Response(file.body, status, sent, file.media_type)

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

    # -- versions --------------------------------------------------------------------------------

    async def _holding(self, request: Request, key: Key, asked: Wanted) -> File | Response:
        """What waits, or one version; or what comes of an act about it."""
        if asked.form not in {Form.PAGE, Form.DATA}:
            raise NotFound("there is no such page")
        if request.method != "POST":
            return await run_in_threadpool(self._held, asked)
        body = await _body(request, _LONGEST_BODY)
        if asked.form is Form.DATA:
            return await run_in_threadpool(self._done, asked, act_of(body, Act), key.name)
        return await run_in_threadpool(self._sent, asked, of_form(body), key.name)

    def _held(self, asked: Wanted) -> File:
        now = self._app.bulletins()
        if asked.key:
            found(now, asked.key)
            return self._data(asked) if asked.form is Form.DATA else self._version(asked)
        waiting = [(one.bulletin, one.version) for one in held(now)]
        if asked.form is Form.DATA:
            return of_data(pages.data(waiting), asked.language)
        return of_page(pages.page(self._site(asked.language), waiting))

    def _done(self, asked: Wanted, act: Act, by: str) -> File:
        """Do what is asked; the version that came of it, as data."""
        after = self._versions.do(act, asked.key, by)
        return self._data(asked, after.id)

    def _sent(self, asked: Wanted, act: Act, by: str) -> File | Response:
        """Do what is asked, and on to the version that came of it; what was typed is given back with what is wrong."""
        try:
            after = self._versions.do(act, asked.key, by)
        except NotFound:
            raise
        except (BadInput, NotSupported, Busy) as error:
            if not asked.key:
                raise
            told = pages.Trouble(reason=for_the_web(str(error)), status=_status(error), typed=act.typed)
            return self._version(asked, told)
        where = self._site(asked.language).to.undated().held(after.id)
        return RedirectResponse(where, 303, dict(_HEADERS))

    def _version(self, asked: Wanted, trouble: pages.Trouble | None = None) -> File:
        one, own = found(self._app.bulletins(), asked.key)
        desk = pages.AtTheDesk(
            seen=state_seen(one, own), versions=versions_of(one), may_mend=self._versions.may_mend(one, own),
            may_make_anew=self._versions.may_make_anew(one),
        )  # fmt: skip
        return of_page(pages.version_page(self._site(asked.language), one.id, own, desk, trouble))

    def _data(self, asked: Wanted, version: str = "") -> File:
        one, own = found(self._app.bulletins(), version or asked.key)
        return of_data(pages.version_data(one.id, own, state_seen(one, own)), asked.language)

    # -- news ------------------------------------------------------------------------------------

    async def _drafting(self, request: Request, key: Key, asked: Wanted) -> File | Response:
        """The form, filled or not; a draft that was kept; or the way to one that has just been. Raises `BadInput`."""
        if request.method != "POST":
            return await run_in_threadpool(self._drafted, asked)
        if asked.key:
            return await self._going_on(request, key, asked)
        if asked.form is not Form.PAGE:
            raise BadInput(f"news is drafted at /{asked.language}/draft/")
        given = fields_of(await _body(request, _LONGEST_DRAFT))
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

    def _waiting(self) -> list[Waiting | Standing]:
        """News that is drafted or corrected and not published, the newest first."""
        every = [one for one in self._app.bulletins().bulletins.values() if not isinstance(one, Withdrawn)]
        found = [(waiting, one) for one in every if (waiting := waiting_of(one)) and waiting.version.own is not None]
        return [one for _, one in sorted(found, key=lambda each: each[0].version.drafted.at, reverse=True)]

    def _drafted(self, asked: Wanted) -> File:
        """The form, or a bulletin of an editor's own words."""
        if asked.key:
            return self._bulletin(asked)
        if asked.form is Form.DATA:
            return of_data(drafts.all_data(self._waiting()), asked.language)
        return self._form(asked.language, drafts.Filled())

    def _bulletin(self, asked: Wanted, trouble: drafts.Trouble | None = None) -> File:
        """A bulletin of an editor's own words, with what can be done about it. Raises `NotFound`."""
        now = self._app.bulletins()
        one = now.bulletins.get(asked.key)
        if one is None or isinstance(one, Withdrawn):
            raise NotFound(f"no news that waits or is published is called '{asked.key[:200]}'")
        told = waiting_of(one)
        own = (version_of(one) if told is None else told.version).own
        if own is None:
            raise NotFound(f"'{asked.key[:200]}' has no words of an editor's own")
        looked, seen = self._looked_over(own), len(now.steps[one.id])
        if asked.form is Form.DATA:
            return of_data(drafts.data(one, looked, seen), asked.language)
        return of_page(drafts.kept_page(self._site(asked.language), one, looked, seen, trouble))

    async def _going_on(self, request: Request, key: Key, asked: Wanted) -> File | Response:
        """What comes of approving, publishing, withdrawing or rewriting a bulletin. Raises `BadInput`."""
        body = await _body(request, _LONGEST_DRAFT)
        act = act_of(body, StepAct) if asked.form is Form.DATA else step_of_form(body)
        return await run_in_threadpool(self._gone_on, asked, act, key.name)

    def _gone_on(self, asked: Wanted, act: StepAct, by: str) -> File | Response:
        try:
            self._step(asked.key, act, by)
        except NotFound:
            raise
        except BadInput as error:
            if asked.form is Form.DATA:
                raise
            trouble = drafts.Trouble(
                reason=for_the_web(str(error)),
                status=_status(error),
                typed=drafts.Typed(act.reason, act.title, act.text),
            )
            return self._bulletin(asked, trouble)
        is_gone = act.kind is Withdrawing
        if asked.form is Form.DATA:
            told = {"bulletin": asked.key, "state": "withdrawn"}
            return of_data(told, asked.language) if is_gone else self._bulletin(asked)
        to = self._site(asked.language).to.undated()
        return RedirectResponse(to.draft("" if is_gone else asked.key), 303, dict(_HEADERS))

    def _step(self, bulletin: str, act: StepAct, by: str) -> None:
        if act.kind is not None:
            self._app.go_on(act.kind, bulletin, by, act.seen, act.checked_reason)
            return
        own = _own(drafts.Filled(title=act.title, text=act.text))
        if isinstance(self._app.bulletins().bulletins.get(bulletin), Waiting):
            self._app.draft_again(bulletin, by, own, act.seen)
        else:
            self._app.correct(bulletin, by, act.checked_reason, own, act.seen)

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


def _status(error: TizimError) -> int:
    """The status in which an error is told; 500 where it is our fault."""
    return next((status for kind, status in _STATUSES.items() if isinstance(error, kind)), 500)


async def _body(request: Request, longest: int) -> bytes:
    """What was sent. Raises `BadInput` unless it is our own page's, `TooLong` for more than *longest* bytes."""
    # A browser sends the key with whatever another site has it ask; only our own page may have it decide.
    is_browser = request.headers.get("authorization", "").lower().startswith("basic")
    if is_browser and request.headers.get("sec-fetch-site", "") != "same-origin":
        raise BadInput("a decision is entered by the form of its own page, in a browser that says where it is from")
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > longest:
            raise TooLong(f"a decision has at most {longest} bytes")
    return body


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
