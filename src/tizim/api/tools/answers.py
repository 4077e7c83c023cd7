"""How tools are answered: by the functions behind the command line's ``--json`` and the routes over HTTP."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final
from urllib.parse import quote, urlencode

import msgspec

from tizim.answer import wire
from tizim.answer.behind import behind
from tizim.answer.official import official_lists
from tizim.answer.times import Asked as Dates
from tizim.api.failing import for_the_web
from tizim.api.tools.arguments import TOOLS, Arguments, Ask, Audit, Changes, Dated, History, Lists, Match
from tizim.api.wire.answering import Answering
from tizim.api.wire.asking import Asked
from tizim.api.wire.replies import Refused
from tizim.audit import wire as audit_wire
from tizim.audit.compare import compare_lists
from tizim.customers.keys import KeyScope
from tizim.domain.dates import AsOf
from tizim.domain.decisions import Decision
from tizim.domain.lists import ListId
from tizim.errors import BadInput, NotFound, TizimError
from tizim.register.protocol import Head
from tizim.register.view import View

LONGEST: Final = 1_000_000
"""bytes of an answer"""
_encode: Final = msgspec.json.Encoder().encode

Json = dict[str, Any]
Beside = Callable[[Callable[[], Json]], Awaitable[Json]]
"""answers where nobody else has to wait for it"""
AtHead = Callable[[Dates], AbstractContextManager[tuple[View, AsOf, Head]]]
"""opens a reading of the register, with the two times of a question and the head that is read up to"""


class Tools(msgspec.Struct, frozen=True, kw_only=True):
    """Answers tools from a register."""

    at_head: AtHead
    decisions: Callable[[], Sequence[Decision]]

    def answer(self, asked: Arguments) -> Json:
        """What a tool says, and the register it was read from. Raises `TizimError`, or `Refused` as its route does."""
        match asked:
            case Ask():
                self._known(asked, asked.list)
                return self._routed(("ask",), {"subject": asked.subject, "list": asked.list}, asked)
            case History():
                flag = {"statements": "true"} if asked.statements else {}
                return self._routed(("history", asked.subject), flag, asked)
            case Lists():
                return self._routed(("lists",), {}, asked)
            case Changes():
                given = {"since": asked.since, "list": asked.list, "limit": str(asked.limit)}
                if asked.list:
                    self._known(None, asked.list)
                return self._routed(("changes",), given, None)
            case Audit():
                return self._audit(asked)
            case Match():
                return self._match(asked)

    def _routed(self, parts: Sequence[str], given: Mapping[str, str], dated: Dated | None) -> Json:
        """What the route at an address answers, whatever the address may hold."""
        heads: list[Head] = []

        @contextmanager
        def asking(dates: Dates) -> Iterator[tuple[View, AsOf]]:
            with self.at_head(dates) as (view, at, head):
                heads.append(head)
                yield view, at

        query = {name: value for name, value in {**given, **_written(dated)}.items() if value}
        register = Answering(asking=asking, decisions=self.decisions)
        reply = register.answer(parts, Asked(urlencode(query, quote_via=quote).encode()))
        return _told(msgspec.json.decode(reply.body), heads[-1])

    def _audit(self, asked: Audit) -> Json:
        self._known(asked, asked.national, asked.against)
        with self.at_head(_dates(asked)) as (view, at, head):
            found = compare_lists(view, ListId(asked.national), ListId(asked.against), at, head.sequence)
        if asked.kinds:
            found = found.only([kind.value for kind in asked.kinds])
        told = audit_wire.to_json(found)
        every = told["findings"]
        told["findings"] = every[asked.offset : asked.offset + asked.limit]
        told["findings_in_all"] = len(every)
        return _told(told, head)

    def _match(self, asked: Match) -> Json:
        from tizim.screen import words  # noqa: PLC0415 - loads the matcher, which other tools do without
        from tizim.screen.listed import Question, listed  # noqa: PLC0415

        self._known(asked, *asked.lists)
        question = Question(
            name=asked.name.encode(errors="replace").decode(), schema=asked.schema,
            lists=tuple(map(ListId, asked.lists)), limit=asked.limit, threshold=asked.threshold,
        )  # fmt: skip
        with self.at_head(_dates(asked)) as (view, at, head):
            told = words.to_json(listed(view, question, at))
            subjects = dict.fromkeys(one["subject"] for one in told["results"])
            found = {one: wire.behind(behind(view, one, at)) for one in subjects}
            return {**_told(told, head), "sources": sources(found)}

    def checked(self, asked: Match) -> Json:
        """Raise `NotFound` for lists that there are not, with those that there are."""
        self._known(asked, *asked.lists)
        return {}

    def _known(self, dated: Dated | None, *lists: str) -> None:
        """Raise `NotFound` for a list that there is not, with those that there are."""
        with self.at_head(_dates(dated)) as (view, _, _):
            known = official_lists(view)
        for one in lists:
            if one not in known:
                raise NotFound(f"no list is called '{one}'; there are {', '.join(sorted(known))}")


class Asker(msgspec.Struct, frozen=True, kw_only=True):
    """Answers whoever asks, within what they may."""

    tools: Tools
    beside: Beside
    match: Callable[[Match], Awaitable[Json]] | None = None
    """answers who a name may be in place of the register, as a service that screens does"""
    allows: Callable[[KeyScope], None] = lambda _: None
    """raises `Refused` where a key has not the scope"""

    async def call(self, name: str, given: Mapping[str, Any]) -> bytes:
        """What a tool says, as JSON. Raises `BadInput` with what is wrong, in words for whoever asked."""
        tool = TOOLS.get(name)
        if tool is None:
            raise BadInput(f"no tool is called '{name[:80]}'; there are {', '.join(TOOLS)}")
        asked = tool.read(given)
        try:
            self.allows(KeyScope(tool.scope))
            if self.match is not None and isinstance(asked, Match):
                await self.beside(lambda: self.tools.checked(asked))
                found = await self.match(asked)
            else:
                found = await self.beside(lambda: self.tools.answer(asked))
        except Refused as refused:
            raise BadInput(_reason(refused)) from None
        except TizimError as error:
            raise BadInput(for_the_web(str(error)) or "there is no register here yet") from None
        data = _encode(found)
        if len(data) > LONGEST:
            raise BadInput(f"the answer is longer than {LONGEST:,} bytes: ask for fewer, or without statements")
        return data


def _told(answer: object, head: Head) -> Json:
    return {"answer": answer, "register": {"row": head.sequence, "head": head.hash}}


def sources(found: Mapping[str, Json | None]) -> dict[str, list[Json]]:
    """On whose word those found stand on which lists, and how old what is held is, of what is told behind each."""
    return {
        subject: [
            {name: one[name] for name in ("list", "last_observed", "stale")}
            | {"statements": [_source(statement) for statement in one["statements"]]}
            for one in (told or {"listings": []})["listings"]
        ]
        for subject, told in found.items()
    }


def _source(statement: Json) -> Json:
    return {name: statement[name] for name in _OF_SOURCE} | {"document": statement["document"]["sha256"]}


_OF_SOURCE: Final = ("statement", "action", "date", "reference", "source", "address", "published")


def _dates(dated: Dated | None) -> Dates:
    if dated is None:
        return Dates()
    return Dates(as_of=dated.as_of or None, known_at=dated.known_at or None, basis=dated.basis)


def _written(dated: Dated | None) -> dict[str, str]:
    """The two times as parameters of an address."""
    if dated is None:
        return {}
    return {"as_of": dated.as_of, "known_at": dated.known_at, "basis": dated.basis or ""}


def _reason(refused: Refused) -> str:
    """Why something was refused, in a line."""
    detail = refused.body["detail"]
    if isinstance(detail, list):
        return "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in detail)
    return str(detail)
