"""Answers as they are sent: status, headers and bytes, and what goes wrong as an answer."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

JSON: Final = "application/json"
encode: Final = msgspec.json.Encoder().encode


class Reply(msgspec.Struct, frozen=True):
    """An answer."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    media_type: str = JSON


class Refused(Exception):
    """A request that cannot be answered, with its status and the reason as clients read it."""

    def __init__(self, status: int, detail: object, **more: object) -> None:
        super().__init__(str(detail))
        self.status = status
        self.body: dict[str, object] = {"detail": detail, **more}

    def reply(self) -> Reply:
        """As an answer."""
        return Reply(encode(self.body), self.status)


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong with a request: what kind of thing, where, in words, and what stood there."""

    type: str
    loc: Sequence[str | int]
    msg: str
    input: Any
    ctx: Mapping[str, Any] | None = None

    def told(self) -> dict[str, Any]:
        """As clients read it."""
        found = {"type": self.type, "loc": list(self.loc), "msg": self.msg, "input": self.input}
        return found if self.ctx is None else {**found, "ctx": dict(self.ctx)}


class Invalid(Refused):
    """A request of which parameters or body are not of the form that they must have."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(422, [fault.told() for fault in faults])


class Waiting(Refused):
    """Something that is being made: it can be asked for again."""

    def __init__(self, detail: str) -> None:
        super().__init__(503, detail)

    def reply(self) -> Reply:
        """With the seconds after which it is worth asking."""
        return Reply(encode(self.body), self.status, (("retry-after", str(_AGAIN)),))


_AGAIN: Final = 10


def of(value: object, status: int = 200, *headers: tuple[str, str]) -> Reply:
    """An answer of JSON."""
    return Reply(encode(value), status, headers)


def sends(method: str, *allowed: str) -> None:
    """Raise `Refused` if a route is not asked by *method*."""
    if method not in allowed:
        raise NotAllowed(allowed)


class NotAllowed(Refused):
    """A route that is asked by another method."""

    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__(405, "Method Not Allowed")
        self._allowed = allowed

    def reply(self) -> Reply:
        """With the methods that there are."""
        return Reply(encode(self.body), self.status, (("allow", ", ".join(self._allowed)),))
