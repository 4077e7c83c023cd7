"""How much a run of the tests looks at: a share of what is many of a kind, or every one where all is asked for."""

import os
from collections.abc import Collection, Sequence
from typing import Final, TypeVar

WHOLE: Final = "TIZIM_TEST_WHOLE" in os.environ
"""every copy, every version, every language: minutes that a run before each change has not"""

T = TypeVar("T")


def some(every: Sequence[T], step: int, always: Collection[T] = ()) -> list[T]:
    """The first, each *step*-th after it, the last, and those of *always*, in their order; all where `WHOLE` is set.

    The same ones each time: a run that fails can be repeated.
    """
    last = len(every) - 1
    return [one for at, one in enumerate(every) if WHOLE or at % step == 0 or at == last or one in always]
