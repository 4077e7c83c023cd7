"""What answers tools, opened when it is needed: whoever begins a conversation is answered before it is loaded."""

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

from tizim.api.failing import for_the_web
from tizim.api.tools.protocol import Answers
from tizim.errors import BadInput, TizimError

_log: Final = logging.getLogger("tizim.api.tools")


class Opening:
    """Answers as what it opens does. What goes wrong in opening is told to everybody who asks, and tried again."""

    def __init__(self, opens: Callable[[], Answers]) -> None:
        self._opens = opens
        self._one = ThreadPoolExecutor(1, thread_name_prefix="opening")
        self._lock = threading.Lock()
        self._opened: Future[Answers] | None = None

    def begin(self) -> "Future[Answers]":
        """Open it beside whatever else is done, unless that was begun before and has not failed."""
        with self._lock:
            failed = self._opened is not None and self._opened.done() and self._opened.exception() is not None
            if self._opened is None or failed:
                self._opened = self._one.submit(self._opens)
            return self._opened

    async def call(self, name: str, given: Mapping[str, Any]) -> bytes:
        """What a tool says, as JSON. Raises `BadInput`, also where what answers cannot be opened."""
        try:
            answers = await asyncio.wrap_future(self.begin())
        except TizimError as error:
            _log.error("tools cannot be answered: %s", error)
            raise BadInput(for_the_web(str(error)) or "there is no register here yet") from None
        return await answers.call(name, given)

    def close(self) -> None:
        """Wait for what is being opened, and open nothing more."""
        self._one.shutdown(cancel_futures=True)
