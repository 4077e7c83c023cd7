"""How the garbage collector is kept out of the way of work that makes many values, and memory is given back."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the garbage collector back, and leave it afterwards as it was found.

    For work that makes hundreds of thousands of values of which none is garbage before it ends, such as an audit
    or the reading of one document: looking through them again and again takes a sixth to a quarter of its time.
    Values without cycles are still freed at once.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def settle() -> None:
    """Let the garbage collector pass over all that has been made up to now, for as long as the process lives.

    For a server that holds what it remembers of a register: to look through it again and again would stop every
    answer for a fifth of a second, and nothing in it is garbage before it is let go of, which frees it at once.

    What is made afterwards is looked through more seldom than usual: a page makes tens of thousands of values, and what
    of them outlives it is what is remembered for the next.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SELDOM)


_SELDOM: Final = (5_000, 20, 50)
"""values made since the last look; looks at young values between two at older ones; and those between two at all"""


def in_few_arenas() -> None:
    """Have the threads of this process share one place to take memory from, and give back what is free of it.

    For a server. glibc gives each thread a place of its own and keeps what was freed in it; as a register grows, what
    is remembered of it is made anew by another thread each time, and twice as much is held as is in use. Threads that
    take turns anyway gain nothing by places of their own. Does nothing where the C library is another one.
    """
    libc = _glibc()
    if libc is not None:
        libc.mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """Give memory that is free back to the machine, also what lies between that in use; takes some milliseconds.

    Does nothing where the C library is not glibc: others give back by themselves.
    """
    libc = _glibc()
    if libc is not None:
        libc.malloc_trim(0)


_ARENA_MAX: Final = -8  # M_ARENA_MAX of glibc's malloc.h


@cache
def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    found = ctypes.CDLL(None)
    return found if hasattr(found, "malloc_trim") and hasattr(found, "mallopt") else None
