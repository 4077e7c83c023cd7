"""``/decisions`` and ``/imports``: what changes the register, entered by who has a key for it, and once.

The use cases are those of ``tizim decide`` and ``tizim keep``. Whose key it is stands as the author: nobody enters
anything in another's name, and the second person of a decision is another holder of a key.
"""

import asyncio
import datetime as dt
import hashlib
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from tizim.answer.times import instant
from tizim.api.failing import for_the_web
from tizim.api.wire.asking import Asked
from tizim.api.wire.replies import Fault, Invalid, Refused, Reply, Waiting, of
from tizim.app import App
from tizim.audit import wire as audit_wire
from tizim.audit.decide import Draft, latest
from tizim.customers import Store
from tizim.customers.entered import Begun, Ended, begin, end, give_up
from tizim.customers.keys import Key
from tizim.domain.decisions import Announcement, Basis, Decision, DecisionKind
from tizim.errors import BadInput, Busy, NoRegister, NotFound, Overtaken, SourceProblem, TizimError
from tizim.keep import wire as keep_wire
from tizim.sources import catalogue

T = TypeVar("T")
LONGEST_DECISION: Final = 20_000
LONGEST_DOCUMENT: Final = 128 * 1024 * 1024
"""bytes of a document that comes over HTTP; larger ones are kept by ``tizim keep``"""
_TOKEN: Final = re.compile(r"[!-~]{1,200}")
_FILE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_TARS: Final = (".tar", ".tgz", ".tar.gz", ".tar.xz", ".tar.bz2")
_AT_ONCE: Final = dt.timedelta(minutes=1)
"""after which a decision that was begun and not entered is taken for broken off"""
_AT_LENGTH: Final = dt.timedelta(minutes=30)
"""the same of a document"""
_CORRECTING: Final = dt.timedelta(seconds=2)
"""by which a decision may be dated later than it was asked for: one that takes another's place comes after it"""
_GOES_ON: Final = "It is still being entered: ask again with the same Idempotency-Key."


class Announced(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That a decision was announced."""

    date: str
    by: str = ""


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision to be entered: names are those of the options of ``tizim decide``."""

    kind: DecisionKind
    subject: str
    list: str
    effective: str = ""
    decided: str = ""
    expires: str = ""
    body: str = ""
    act: str = ""
    act_kind: str = ""
    act_number: str = ""
    act_date: str = ""
    article: str = ""
    issuer: str = ""
    basis_not_stated_by: str = ""
    announced: tuple[Announced, ...] = ()
    published: str = ""
    reason: str = ""
    name: str = ""
    new: str = ""
    second: bool = False
    corrects: str = ""
    seen: int | None = None
    anyway: bool = False

    def draft(self, author: str) -> Draft:
        """As it is entered."""
        return Draft(
            kind=self.kind, subject=self.subject, list=self.list, body=self.body, effective=self.effective,
            author=author, reason=self.reason, decided=self.decided, expires=self.expires,
            basis=Basis(
                kind=self.act_kind, number=self.act_number, date=self.act_date, article=self.article,
                issuer=self.issuer, text=self.act, not_stated_by=self.basis_not_stated_by,
            ),
            announced=tuple(Announcement(date=one.date, by=one.by) for one in self.announced),
            published=self.published, needs_second=self.second, corrects=self.corrects, new_kind=self.new,
            name=self.name, anyway=self.anyway,
        )  # fmt: skip


class Approved(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That a decision has its second person."""

    seen: int | None = None


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document that is coming, and what is said of it."""

    source: str
    folder: Path
    """its own, below which it is to be put; removed when it was kept or refused"""
    name: str
    dated: dt.date | None
    retrieved_at: dt.datetime | None
    accept_drop: bool

    @property
    def path(self) -> Path:
        """Where it is to be put."""
        return self.folder / self.name

    def remove(self) -> None:
        """Take it away again."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Deciding:
    """Enters decisions and documents, one after the other."""

    def __init__(self, app: App, now: Callable[[], dt.datetime], longest: float) -> None:
        """*longest*: seconds after which whoever asked is told to ask again; what was begun goes on."""
        self._app = app
        self._store: Store = app.customers
        self._now = now
        self._longest = longest
        self._one = ThreadPoolExecutor(1, thread_name_prefix="entering")

    async def decide(self, body: bytes, key: Key, token: str) -> Reply:
        """Enter a decision. Raises `Refused`."""
        told = _read(body, Wanted)
        _plain(told)
        draft = told.draft(key.name)

        def enter(begun: Begun) -> Reply:
            known = self._before(draft, begun) if begun.again else None
            if known is not None:
                return of(audit_wire.decision(known), 201)
            done = self._app.decide(draft, told.seen, begun.at)
            before = done.state_before.status.value if done.state_before else None
            return of({**audit_wire.decision(done.decision), "state_before": before}, 201)

        return await self._once(key, token, f"decide {told.kind.value}", _digest(b"decide", body), enter, _AT_ONCE)

    async def approve(self, decision: str, body: bytes, key: Key, token: str) -> Reply:
        """Give a decision its second person, who is whose key it is. Raises `Refused`."""
        told = _read(body, Approved) if body.strip() else Approved()

        def enter(begun: Begun) -> Reply:
            if begun.again:
                known = latest(self._app.decisions()).values()
                own = next((one for one in known if one.id == decision and one.approved_by == key.name), None)
                if own is not None:
                    return of(audit_wire.decision(own), 201)
            done = self._app.approve(decision, key.name, told.seen, begun.at)
            return of({**audit_wire.decision(done.decision), "state_before": None}, 201)

        digest = _digest(b"approve", decision.encode("utf-8", "replace"), body)
        return await self._once(key, token, "decide approve", digest, enter, _AT_ONCE)

    def expect(self, source: str, asked: Asked) -> Document:
        """Make room for a document of a source. Raises `Refused`."""
        name = asked.text("file")
        accept_drop = bool(asked.flag("accept_drop"))
        asked.checked()
        if _FILE.fullmatch(name) is None or name.endswith(_TARS):
            raise Refused(
                400, "Give the document's name as file: letters, digits, dots and dashes, not that of an archive of"
                " several."
            )  # fmt: skip
        try:
            if source not in catalogue.SOURCES or source in catalogue.OWN | catalogue.MADE_HERE:
                raise NotFound(f"there is no source {source[:80]} of which documents are taken over HTTP")
            dated, retrieved = _day(asked, "dated"), asked.text("retrieved_at").strip()
            retrieved_at = instant(retrieved, "retrieved_at") if retrieved else None
        except TizimError as error:
            raise _refused(error) from None
        incoming = self._app.settings.home / "incoming"
        incoming.mkdir(parents=True, exist_ok=True)
        return Document(
            source=source, folder=Path(tempfile.mkdtemp(dir=incoming)), name=name, dated=dated,
            retrieved_at=retrieved_at, accept_drop=accept_drop,
        )  # fmt: skip

    async def keep(self, document: Document, sha256: str, key: Key, token: str) -> Reply:
        """Keep a document that has come, and take it away again. Raises `Refused`."""

        def enter(_: Begun) -> Reply:
            report = self._app.keep(
                catalogue.source(document.source), [document.path], accept_drop=document.accept_drop,
                dated=document.dated, retrieved_at=document.retrieved_at,
            )  # fmt: skip
            told = keep_wire.report(document.source, report)
            if not report.is_clean:
                raise _NotKept(told)
            return of(told, 201 if any(one.outcome == "kept" for one in report.documents) else 200)

        said = f"{document.source} {document.dated} {document.retrieved_at} {document.accept_drop} {document.name}"
        digest = _digest(b"keep", said.encode(), sha256.encode())
        what = f"keep {document.source}"
        return await self._once(key, token, what, digest, enter, _AT_LENGTH, after=document.remove)

    async def _once(
        self, key: Key, token: str, what: str, digest: str, enter: Callable[[Begun], Reply], longest: dt.timedelta,
        after: Callable[[], None] | None = None,
    ) -> Reply:  # fmt: skip
        def entered() -> Reply:
            try:
                return self._entered(
                    lambda: begin(self._store, key.id, token, what, digest, self._now(), longest), enter
                )
            finally:
                if after is not None:
                    after()

        working = asyncio.get_running_loop().run_in_executor(self._one, entered)
        try:
            return await asyncio.wait_for(asyncio.shield(working), self._longest)
        except TimeoutError:
            raise Waiting(_GOES_ON) from None

    def _entered(self, begins: Callable[[], Begun | Ended], enter: Callable[[Begun], Reply]) -> Reply:
        try:
            begun = begins()
            if isinstance(begun, Ended):
                return Reply(begun.answer, begun.status, (("idempotent-replay", "true"),))
            try:
                reply = enter(begun)
            except (_NotKept, TizimError):
                give_up(self._store, begun)  # nothing was entered
                raise
            end(self._store, begun, reply.status, reply.body)
        except _NotKept as error:
            raise Refused(422, "The document was not kept.", **error.told) from None
        except TizimError as error:
            raise _refused(error) from None
        return reply

    def _before(self, draft: Draft, begun: Begun) -> Decision | None:
        """The decision that was entered when it was asked for the first time, if it was."""
        for one in self._app.decisions():
            is_then = begun.at <= one.recorded <= begun.at + _CORRECTING
            said = (one.author, one.kind, one.list, one.basis, one.effective, one.reason, one.body)
            if is_then and said == (
                draft.author, draft.kind, draft.list, draft.basis, draft.effective, draft.reason, draft.body,
            ):  # fmt: skip
                return one
        return None


def token_of(text: str) -> str:
    """What the sender calls a thing to be entered. Raises `Refused` where it is not called anything."""
    if _TOKEN.fullmatch(text) is None:
        raise Refused(
            400, "Send an Idempotency-Key of your own, of 1 to 200 signs, another for each thing to be entered: what is"
            " told twice is entered once."
        )  # fmt: skip
    return text


class _NotKept(Exception):
    """A document that was refused or set aside."""

    def __init__(self, told: Mapping[str, object]) -> None:
        super().__init__("not kept")
        self.told = told


def _read(body: bytes, kind: type[T]) -> T:
    if len(body) > LONGEST_DECISION:
        raise Refused(413, f"This may have {LONGEST_DECISION} bytes")
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid([Fault("value_error", ("body",), str(error), None)]) from None


def _plain(told: Wanted) -> None:
    """Raise `Refused` for signs that are no part of any text."""
    said = [(name, getattr(told, name)) for name in told.__struct_fields__]
    said += [("announced", text) for one in told.announced for text in (one.date, one.by)]
    for name, text in said:
        if isinstance(text, str) and any(unicodedata.category(sign) == "Cc" for sign in text):
            raise Refused(400, f"{name} has signs that are no text")


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.hexdigest()


def _day(asked: Asked, name: str) -> dt.date | None:
    text = asked.text(name).strip()
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{name} wants a day such as 2024-06-03, not '{text}'") from None


_STATUSES: Final[Sequence[tuple[type[TizimError], int]]] = (
    (Overtaken, 409), (NotFound, 404), (NoRegister, 503), (BadInput, 400), (SourceProblem, 422),
)  # fmt: skip


def _refused(error: TizimError) -> Refused:
    """An error as an answer. Raises it again where it is our fault."""
    if isinstance(error, Busy):
        return Waiting(for_the_web(str(error)))
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), None)
    if status is None:
        raise error
    return Refused(status, for_the_web(str(error)))
