"""Asking a service over HTTP: bounded in time and size, whatever the other side does."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import httpx
import msgspec

from tizim.errors import BadInput, EngineProblem

Ticks = Callable[[], float]
_LONGEST_REASON: Final = 200


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """What one answer may cost, and what the service is called when it costs more."""

    seconds: float = 120.0
    """from the question to the last byte"""
    most_bytes: int = 1024 * 1024
    called: str = "the engine"
    """in what is told of it"""


def checked_address(url: str, setting: str) -> str:
    """*url* without a stroke at its end. Raises `BadInput`, naming the setting, for one that cannot be asked."""
    try:
        parts = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise BadInput(f"{setting}: {error}") from None
    if parts.scheme not in {"http", "https"} or not parts.host:
        raise BadInput(f"{setting}: '{url}' is no address: write it whole, such as http://127.0.0.1:5000")
    if parts.userinfo:
        raise BadInput(f"{setting}: no password stands in an address; there is a setting for the key")
    return url.rstrip("/")


def ask(
    url: str,
    body: Mapping[str, Any] | None,
    bounds: Bounds,
    *,
    headers: Mapping[str, str],
    ticks: Ticks = time.monotonic,
) -> bytes:
    """What the service answers to *body* (``None``: it is only asked). Raises `EngineProblem` with what went wrong."""
    who = who_at(url, bounds)
    end = ticks() + bounds.seconds
    try:
        # Where it is asked is the operator's own word: no redirect leads the text or the key elsewhere.
        with (
            httpx.Client(timeout=bounds.seconds, trust_env=False, follow_redirects=False) as client,
            client.stream("GET" if body is None else "POST", url, json=body, headers=dict(headers)) as answer,
        ):
            data = b""
            for piece in answer.iter_bytes():
                data += piece
                if len(data) > bounds.most_bytes:
                    raise EngineProblem(f"{who} answers with more than {bounds.most_bytes:,} bytes")
                # A byte now and then keeps a connection alive for ever: the whole answer has one limit.
                if ticks() > end:
                    raise EngineProblem(f"{who} did not end its answer in {bounds.seconds:g} seconds")
            status = answer.status_code
    except httpx.TimeoutException:
        raise EngineProblem(f"{who} did not answer in {bounds.seconds:g} seconds") from None
    except httpx.HTTPError as error:
        raise EngineProblem(f"{who} did not answer: {type(error).__name__}") from None
    if status != httpx.codes.OK:
        raise EngineProblem(f"{who} answered with status {status}{_told(data)}")
    return data


def who_at(url: str, bounds: Bounds) -> str:
    """The service by scheme and host: nothing secret that may stand in an address."""
    parts = httpx.URL(url)
    return f"{bounds.called} at {parts.scheme}://{parts.host}{f':{parts.port}' if parts.port else ''}"


def _told(data: bytes) -> str:
    """The beginning of what a service says is wrong, as one line."""
    said = " ".join(data.decode("utf-8", "replace").split())
    plain = "".join(sign for sign in said if sign.isprintable())
    return f": {plain[:_LONGEST_REASON]}" if plain else ""
