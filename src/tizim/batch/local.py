"""The engine of one machine: a process for each core, all of which map one snapshot.

Processes begin as copies of this one, made ready first, where that is safe: what makes one ready takes as long as some
ten thousand rows. A process that dies takes nothing with it but the chunks it had: others are begun and those chunks
handed out again.
"""

import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Final

from tizim.batch.screening import Order, Screening, answered, opened
from tizim.errors import Broken

_WAITING: Final = 2
"""chunks for each process: one at hand, one that waits"""
_TRIES: Final = 3
"""times that processes may die before any chunk is done"""


class Local:
    """Screens by *workers* processes of this machine; one alone is this process itself."""

    name = "local"

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def parts(self, snapshot: Path, order: Order, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The parts of *chunks*, in any order. Raises `Broken` if processes die again and again."""
        if self.workers == 1:
            screening = opened(snapshot, order)
            for chunk in chunks:
                yield answered(screening, chunk)
            return
        pending: deque[bytes] = deque()
        tries = 0
        ready = _ready(snapshot, order) if can_be_copied() else None
        while tries < _TRIES:
            held: dict[Future[bytes], bytes] = {}
            pool = self._pool(snapshot, order, ready)
            try:
                for part in self._answers(pool, held, pending, chunks):
                    tries = 0
                    yield part
                return
            except BrokenProcessPool:
                tries += 1
                pending.extendleft(reversed(held.values()))
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
        raise Broken(
            f"processes that screen died {_TRIES} times before any of them was done; perhaps there is too little"
            " memory for so many (--workers)"
        )

    def _pool(self, snapshot: Path, order: Order, ready: Screening | None) -> ProcessPoolExecutor:
        if ready is not None and can_be_copied():
            copies = multiprocessing.get_context("fork")
            return ProcessPoolExecutor(self.workers, copies, initializer=_go_on, initargs=(ready,))
        others = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.workers, others, initializer=_begin, initargs=(snapshot, order))

    def _answers(
        self, pool: ProcessPoolExecutor, held: dict[Future[bytes], bytes], pending: deque[bytes],
        chunks: Iterator[bytes],
    ) -> Iterator[bytes]:  # fmt: skip
        """Answers of *pool*: first to what is *pending*; what it has and has not answered is *held*."""
        while True:
            while len(held) < _WAITING * self.workers:
                if not pending:
                    following = next(chunks, None)
                    if following is None:
                        break
                    pending.append(following)
                future = pool.submit(_answer, pending[0])
                held[future] = pending.popleft()
            if not held:
                return
            for future in wait(held, return_when=FIRST_COMPLETED).done:
                part = future.result()
                del held[future]
                yield part


_own: list[Screening] = []
"""what answers in this process, made when it begins"""


def can_be_copied() -> bool:
    """Whether a copy of this process can go on: one with threads may be copied while one of them holds a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


def _ready(snapshot: Path, order: Order) -> Screening:
    screening = opened(snapshot, order)
    screening.warm()
    return screening


def _begin(snapshot: Path, order: Order) -> None:
    """Make ready in a new process."""
    end_with_parent()
    _own.append(opened(snapshot, order))


def _go_on(screening: Screening) -> None:
    """Go on as a copy of the process that is ready."""
    end_with_parent()
    gc.freeze()  # what is shared would be copied if it were gone through again and again
    _own.append(screening)


def end_with_parent() -> None:
    """End when the process does that began this one, however that ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the keyboard stops the run, which then ends its processes
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _answer(chunk: bytes) -> bytes:
    return answered(_own[-1], chunk)
