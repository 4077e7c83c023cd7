"""The headers by which a request is followed through several services (W3C Trace Context)."""

import re
import secrets
from typing import Final

_PARENT: Final = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?")
_VENDOR: Final = "yente"  # the key that clients of this interface look for
_LONGEST: Final = 2_000
_MOST: Final = 32


def trace(parent: str, state: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two headers of an answer: the trace that came in goes on, a broken one is begun anew."""
    match = _PARENT.fullmatch(parent)
    own = secrets.token_hex(8)
    if match is None or match[1] == "ff" or not match[2].strip("0") or not match[3].strip("0"):
        told = f"00-{secrets.token_hex(16)}-{own}-00"
    else:
        told = f"{match[1]}-{match[2]}-{own}-{match[4]}"
    kept = [f"{_VENDOR}={own}"]
    if state:
        for entry in state[:_LONGEST].split(","):
            vendor, equals, value = entry.partition("=")
            name = vendor.strip().lower()
            if equals and name != _VENDOR and "=" not in value and name:
                kept.append(f"{name}={value.strip().lower()}")
    return ("traceparent", told), ("tracestate", ",".join(kept[:_MOST]))
