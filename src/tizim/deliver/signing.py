"""How a receiver knows that something came from here, and when: HMAC-SHA256 of the moment and the body."""

import hashlib
import hmac
from typing import Final

HEADER: Final = "tizim-signature"


def signature(secret: str, seconds: int, body: bytes) -> str:
    """The header's value: ``t=SECONDS,v1=HEX``, HEX being the HMAC of ``SECONDS.BODY``."""
    digest = hmac.new(secret.encode(), b"%d." % seconds + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={digest}"


def is_genuine(secret: str, header: str, body: bytes, now: int, *, most_seconds: int = 300) -> bool:
    """Whether a header signs *body*, not longer ago than *most_seconds*: what a receiver does."""
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    seconds = parts.get("t", "")
    if not seconds.isascii() or not seconds.isdigit() or abs(now - int(seconds)) > most_seconds:
        return False
    return hmac.compare_digest(signature(secret, int(seconds), body), header)
