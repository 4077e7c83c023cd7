"""The processes that answer: copies of one that is ready, where that is safe; else this process alone."""

import gc
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from tizim.batch.local import can_be_copied, end_with_parent
from tizim.errors import Broken
from tizim.screen.snapshot import Snapshot
from tizim.watch.answering import Answer, Answering
from tizim.watch.blocks import Block
from tizim.watch.differing import Difference
from tizim.watch.watched import Watched

_WAITING: Final = 2
"""pieces of work for each process: one at hand, one that waits"""
T = TypeVar("T")
R = TypeVar("R")


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """All that a process needs to answer."""

    answering: Answering
    before: Snapshot | None
    """the lists as they were, where anything differs"""
    differs: Difference | None
    warm: npt.NDArray[np.int64]
    """numbers of customers of whom anybody was found before, sorted"""

    def answers(self, customers: list[Watched]) -> list[Answer]:
        """What is found of *customers*."""
        return self.answering.answers(customers)

    def concerned(self, path: Path) -> npt.NDArray[np.int64]:
        """Numbers of the customers of a block in a file whose answer may be another one."""
        assert self.differs is not None  # noqa: S101 - whoever asks knows
        assert self.before is not None  # noqa: S101 - as above
        return self.answering.concerned(Block.open(path), self.differs, self.before, self.warm)


def build_block(given: tuple[Path, list[Watched]]) -> Path:
    """Make the file of a block."""
    path, customers = given
    Block.build(customers).save(path)
    return path


class Workers:
    """Hands out pieces of work, and gives back what came of them, in any order."""

    def __init__(self, pool: ProcessPoolExecutor | None, count: int, ready: Ready) -> None:
        self._pool = pool
        self._count = count
        self._ready = ready

    def answers(self, pieces: Iterable[list[Watched]]) -> Iterator[list[Answer]]:
        """What is found of customers."""
        return self._each(_answers, self._ready.answers, pieces)

    def concerned(self, blocks: Iterable[Path]) -> Iterator[npt.NDArray[np.int64]]:
        """Numbers of the customers in the files of blocks whose answer may be another one."""
        return self._each(_concerned, self._ready.concerned, blocks)

    def built(self, blocks: Iterable[tuple[Path, list[Watched]]]) -> Iterator[Path]:
        """Make the files of blocks."""
        return self._each(build_block, build_block, blocks)

    def _each(self, there: Callable[[T], R], here: Callable[[T], R], pieces: Iterable[T]) -> Iterator[R]:
        if self._pool is None:
            yield from map(here, pieces)
            return
        held: deque[Future[R]] = deque()
        try:
            for piece in pieces:
                held.append(self._pool.submit(there, piece))
                if len(held) >= _WAITING * self._count:
                    yield held.popleft().result()
            while held:
                yield held.popleft().result()
        except BrokenProcessPool:
            raise Broken(
                "a process that screens died; perhaps there is too little memory for so many (--workers). What was"
                " done is kept: run it again"
            ) from None


@contextmanager
def working(count: int, ready: Ready) -> Iterator[Workers]:
    """*count* processes that are ready; one alone is this process itself."""
    if count == 1 or not can_be_copied():
        yield Workers(None, 1, ready)
        return
    copies = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(count, copies, initializer=_go_on, initargs=(ready,))
    try:
        yield Workers(pool, count, ready)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_own: list[Ready] = []
"""what answers in this process, set when it begins"""


def _go_on(ready: Ready) -> None:
    """Go on as a copy of the process that is ready."""
    end_with_parent()
    gc.freeze()  # what is shared would be copied if it were gone through again and again
    _own.append(ready)


def _answers(customers: list[Watched]) -> list[Answer]:
    return _own[-1].answers(customers)


def _concerned(path: Path) -> npt.NDArray[np.int64]:
    return _own[-1].concerned(path)
