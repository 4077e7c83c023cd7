"""What a snapshot remembers of its answers, in such a way that it is gone as soon as nobody holds it.

A remembered method that held its object would be held by it in turn, and the two would stay in memory until somebody
looks for such rings: whole lists that nobody is answered from any longer.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast
from weakref import WeakMethod

from tizim.errors import Broken

Given = ParamSpec("Given")
Told = TypeVar("Told")


def remembered(method: Callable[Given, Told], most: int) -> Callable[Given, Told]:
    """*method* of an object, which keeps the last *most* answers and does not keep the object."""
    weak = WeakMethod(method)

    def ask(*given: Given.args, **named: Given.kwargs) -> Told:
        own = weak()
        if own is None:
            raise Broken("what is asked is gone: it was asked by somebody who did not hold it")
        return own(*given, **named)

    return cast("Callable[Given, Told]", lru_cache(maxsize=most)(ask))  # what is given can be hashed
