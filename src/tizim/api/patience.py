"""How long a connection may say nothing: a sender that never finishes its head holds no place for ever."""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_HEAD: Final = 15.0
"""seconds in which the head of a request must be there"""


class Patient(HttpToolsProtocol):
    """A connection that is closed where the head of a request does not come; bodies are waited for elsewhere."""

    _waits: asyncio.TimerHandle | None = None
    longest = LONGEST_HEAD

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401 - as uvicorn has it
        """A connection begins: its first request is waited for."""
        super().connection_made(transport)
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

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection has ended."""
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._waits = self.loop.call_later(self.longest, self._give_up)

    def _wait_no_more(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
            self._waits = None

    def _give_up(self) -> None:
        self._waits = None
        if not self.transport.is_closing():
            self.transport.close()
