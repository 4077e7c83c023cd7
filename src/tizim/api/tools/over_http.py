"""One request of the protocol over HTTP, one answer: no session is kept and nothing is streamed. Needs ``mcp``."""

import logging
from typing import Any, Final

import msgspec
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.types import Message, Scope

from tizim.api.tools.answers import Asker, Tools, sources
from tizim.api.tools.arguments import Match
from tizim.api.tools.protocol import server
from tizim.api.wire.application import Calling, Tooling
from tizim.api.wire.replies import Reply

_NOT_TOLD: Final = frozenset({"content-length", "content-type"})


def tooling(tools: Tools) -> Tooling:
    """Answers requests from the register. Who a name may be is asked of the service, which has policies and a log."""
    _silence()

    async def answer(calling: Calling, scope: Scope, body: bytes) -> Reply:
        asker = Asker(
            tools=tools, beside=calling.apart, allows=calling.allows, match=lambda asked: _matched(calling, asked)
        )
        return await answered(asker, scope, body)

    return answer


async def _matched(calling: Calling, asked: Match) -> dict[str, Any]:
    """What the service answers to a match request, with the sources behind those found."""
    example = {"schema": asked.schema, "properties": {"name": [asked.name]}}
    given = {
        "limit": str(asked.limit), "cutoff": str(asked.threshold), "as_of": asked.as_of, "known_at": asked.known_at,
        "basis": asked.basis or "", "evidence": "true",
    }  # fmt: skip
    told = await calling.match(example, asked.lists, {name: one for name, one in given.items() if one})
    answer = msgspec.json.decode(told)
    found = sources(answer.pop("evidence"))
    return {"answer": answer, "register": {"data_version": answer["data_version"]}, "sources": found}


def _silence() -> None:
    """Have the SDK write no log: its lines may hold what was asked."""
    own = logging.getLogger("mcp")
    own.handlers = [logging.NullHandler()]
    own.propagate = False


async def answered(asker: Asker, scope: Scope, body: bytes) -> Reply:
    """The answer to a request, which must be a POST, with what it brings."""
    given: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
    status, headers, parts = 500, [], []

    async def receive() -> Message:
        return given.pop() if given else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], message.get("headers", [])
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    manager = StreamableHTTPSessionManager(server(asker), json_response=True, stateless=True)
    async with manager.run():
        await manager.handle_request(scope, receive, send)
    told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}
    more = tuple((name, value) for name, value in told.items() if name not in _NOT_TOLD)
    return Reply(b"".join(parts), status, more, told.get("content-type", "application/json"))
