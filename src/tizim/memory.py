"""How the garbage collector is kept out of the way of work that makes many values and no garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
