"""A line for each request, for machines: what route, which status, how long. Never who asked about whom."""

import datetime as dt
from collections.abc import Callable
from typing import Final

import msgspec

_encode: Final = msgspec.json.Encoder().encode


class Journal:
    """Writes lines of JSON."""

    def __init__(self, write: Callable[[bytes], object], now: Callable[[], dt.datetime]) -> None:
        self._write = write
        self._now = now

    def answered(self, route: str, method: str, status: int, seconds: float, key: str, trace: str) -> None:
        """A request was answered. *key*: the id of the key that it bore; *trace*: the id of the trace it is part of."""
        line = {
            "time": self._now().isoformat(timespec="milliseconds"), "level": "error" if status >= 500 else "info",
            "event": "request", "route": route, "method": method, "status": status,
            "milliseconds": round(seconds * 1000, 2), "key": key or None, "trace": trace,
        }  # fmt: skip
        self._write(_encode(line) + b"\n")
