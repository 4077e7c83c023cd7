"""One POST to one address that was looked at: no redirect is followed, and nobody keeps us waiting for long."""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import msgspec

from tizim.deliver.addresses import Resolve, look, resolved
from tizim.errors import AddressRefused

_WAIT: Final = 10.0
"""seconds for each step"""
_LONGEST: Final = 30.0
"""seconds for all of them"""
_DOWN: Final = frozenset({429, 502, 503, 504})
"""statuses that say nothing of what was sent"""


class Outcome(msgspec.Struct, frozen=True):
    """What a try came to."""

    arrived: bool
    told: str
    is_down: bool = False
    """whether anything else would have fared the same"""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What is allowed, and how long it may take."""

    is_private_allowed: bool
    wait: float = _WAIT
    longest: float = _LONGEST
    resolve: Resolve = resolved


class _Plain(http.client.HTTPConnection):
    """A connection over a socket that is there already."""

    def __init__(self, host: str, port: int, made: socket.socket) -> None:
        super().__init__(host, port)
        self.sock = made


def post(address: str, body: bytes, headers: Mapping[str, str], limits: Limits) -> Outcome:
    """Send *body*. It arrived where the answer is 2xx; errors tell nothing of what was sent."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = look(host, port, resolve=limits.resolve, is_private_allowed=limits.is_private_allowed)
    except AddressRefused as error:
        return Outcome(arrived=False, told=str(error), is_down=True)
    except OSError:
        return Outcome(arrived=False, told="its name has no address", is_down=True)
    opened: list[socket.socket] = []
    over = threading.Event()
    guard = threading.Timer(limits.longest, _cut, args=(opened, over))
    guard.daemon = True
    guard.start()
    try:
        made = socket.create_connection((found.ip, port), timeout=limits.wait)
        opened.append(made)
        if parts.scheme == "https":
            made = ssl.create_default_context().wrap_socket(made, server_hostname=host)
            opened.append(made)
        connection = _Plain(host, port, made)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, dict(headers))
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        late = over.is_set() or isinstance(error, TimeoutError)
        return Outcome(arrived=False, told="no answer in time" if late else _reason(error), is_down=True)
    finally:
        guard.cancel()
        for one in opened:
            one.close()
    if over.is_set():  # cut off before its head was whole
        return Outcome(arrived=False, told="no answer in time", is_down=True)
    if 200 <= status < 300:
        return Outcome(arrived=True, told=f"answered {status}")
    return Outcome(arrived=False, told=f"answered {status}", is_down=status in _DOWN)


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "its certificate is not good for its name"
    return f"no answer ({type(error).__name__})"


def _cut(opened: list[socket.socket], over: threading.Event) -> None:
    over.set()
    for one in opened:
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
