"""How long a connection may say nothing, and how many there may be: whoever never asks holds no place for ever."""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_HEAD: Final = 15.0
"""seconds in which the head of a request must be there"""
MOST_OPEN: Final = 4_096
"""connections that one process holds open"""
_OTHER_FILES: Final = 256
"""files that a process may need besides connections: databases, documents, snapshots"""
_FEWEST: Final = 16
_TOLD: Final = b'{"detail":"Too many connections: ask again later"}'
_FULL: Final = (
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\n"
    b"content-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (len(_TOLD), _TOLD)
)


def most_open(files: int) -> int:
    """How many connections a process holds that may have so many *files* open."""
    return max(_FEWEST, min(MOST_OPEN, files - _OTHER_FILES))


class Places:
    """The connections of a process. Where there are too many, the one goes that has waited longest to be asked."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.open = 0
        self.waiting: dict[Patient, None] = {}
        """those on which no whole request has come, since when they were last answered, the earliest first"""


class Patient(HttpToolsProtocol):
    """A connection that is closed where no request comes; one of the `Places` of its process."""

    places: Places
    longest = LONGEST_HEAD
    _waits: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401 - as uvicorn has it
        """A connection begins: its first request is waited for."""
        super().connection_made(transport)
        places = self.places
        places.open += 1
        if places.open > places.most:
            earliest = next(iter(places.waiting), None)
            if earliest is None:  # all others are being answered
                self.transport.write(_FULL)
                self.transport.close()
                return
            earliest.give_up()
        places.waiting[self] = None
        self._wait()

    def on_message_begin(self) -> None:
        """A further request begins."""
        super().on_message_begin()
        if self._waits is None:
            self._wait()

    def on_headers_complete(self) -> None:
        """The head is there."""
        self._wait_no_more()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The whole request is there: it is being answered."""
        if not self.cycle.response_complete:
            self.places.waiting.pop(self, None)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """It is answered: the next is waited for."""
        super().on_response_complete()
        if not self.pipeline and not self.transport.is_closing():
            self.places.waiting[self] = None

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection has ended."""
        self.places.open -= 1
        self.places.waiting.pop(self, None)
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._waits = self.loop.call_later(self.longest, self.give_up)

    def _wait_no_more(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
            self._waits = None

    def give_up(self) -> None:
        """Close it, although nothing was asked."""
        self._wait_no_more()
        self.places.waiting.pop(self, None)
        if not self.transport.is_closing():
            self.transport.close()


def patient(most: int) -> type[Patient]:
    """The connections of a process that holds *most* of them."""
    return type("PatientHere", (Patient,), {"places": Places(most)})
