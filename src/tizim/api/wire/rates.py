"""How many requests one key or address may send: counted in memory that all workers of a service share.

Each sender has one number: the moment from which on it has sent nothing too much. A request moves it on by the time
between two requests; where it would lie further ahead than a minute, the request came too early.
"""

import hashlib
import mmap
from collections.abc import Callable
from typing import Final

from tizim.api.wire.replies import Refused, Reply, encode

_PLACES: Final = 1 << 17
"""senders told apart; two of them share a place by chance, and then what they may send"""
_WINDOW: Final = 60.0
"""seconds in which all that a minute allows may come at once"""


class Rates:
    """Counts requests. To be made before workers are begun, so that they share it."""

    def __init__(self, per_minute: int, clock: Callable[[], float]) -> None:
        self._between = _WINDOW / per_minute
        self._clock = clock  # one that goes on evenly and is the same in all processes of a machine
        self._moments = memoryview(mmap.mmap(-1, _PLACES * 8)).cast("d")

    def take(self, sender: str) -> None:
        """Count a request. Raises `TooMany` if it comes too early."""
        place = int.from_bytes(hashlib.blake2b(sender.encode(), digest_size=4).digest()) % _PLACES
        now = self._clock()
        moment = max(self._moments[place], now) + self._between
        if moment - now > _WINDOW + 1e-6:
            raise TooMany(moment - now - _WINDOW)
        self._moments[place] = moment


class TooMany(Refused):
    """A sender that asks more often than it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(429, "Too many requests: ask again later.")
        self._seconds = int(seconds) + 1

    def reply(self) -> Reply:
        """With the seconds after which it may ask again."""
        return Reply(encode(self.body), self.status, (("retry-after", str(self._seconds)),))
