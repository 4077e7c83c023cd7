"""What work costs."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Work:
    """Seconds of a processor that something took."""

    seconds = 0.0


@contextmanager
def work() -> Iterator[Work]:
    """Measure what is done inside, by this thread.

    The collector of garbage waits: it would look through whatever tests before this one have left in the process,
    which takes seconds and says nothing of the work.
    """
    done = Work()
    collecting = gc.isenabled()
    gc.disable()
    begun = time.thread_time()
    try:
        yield done
    finally:
        done.seconds = time.thread_time() - begun
        if collecting:
            gc.enable()
