"""Asking an engine over HTTP: bounded in time and size, whatever the other side does."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import httpx

from tizim.errors import BadInput, EngineProblem
from tizim.translate.protocol import EngineLimits

Ticks = Callable[[], float]
_LONGEST_REASON: Final = 200


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
    limits: EngineLimits,
    *,
    headers: Mapping[str, str],
    ticks: Ticks = time.monotonic,
) -> bytes:
    """What the engine answers to *body* (``None``: it is only asked). Raises `EngineProblem` with what went wrong."""
    place = _place(url)
    end = ticks() + limits.seconds
    try:
        # Where it is asked is the operator's own word: no redirect leads the text or the key elsewhere.
        with (
            httpx.Client(timeout=limits.seconds, trust_env=False, follow_redirects=False) as client,
            client.stream("GET" if body is None else "POST", url, json=body, headers=dict(headers)) as answer,
        ):
            data = b""
            for piece in answer.iter_bytes():
                data += piece
                if len(data) > limits.most_bytes:
                    raise EngineProblem(f"the engine at {place} answers with more than {limits.most_bytes:,} bytes")
                # A byte now and then keeps a connection alive for ever: the whole answer has one limit.
                if ticks() > end:
                    raise EngineProblem(f"the engine at {place} did not end its answer in {limits.seconds:g} seconds")
            status = answer.status_code
    except httpx.TimeoutException:
        raise EngineProblem(f"the engine at {place} did not answer in {limits.seconds:g} seconds") from None
    except httpx.HTTPError as error:
        raise EngineProblem(f"the engine at {place} did not answer: {type(error).__name__}") from None
    if status != httpx.codes.OK:
        raise EngineProblem(f"the engine at {place} answered with status {status}{_told(data)}")
    return data


def _told(data: bytes) -> str:
    """The beginning of what an engine says is wrong, as one line."""
    said = " ".join(data.decode("utf-8", "replace").split())
    plain = "".join(sign for sign in said if sign.isprintable())
    return f": {plain[:_LONGEST_REASON]}" if plain else ""


def _place(url: str) -> str:
    """Scheme and host: nothing secret that may stand in an address."""
    parts = httpx.URL(url)
    return f"{parts.scheme}://{parts.host}{f':{parts.port}' if parts.port else ''}"
