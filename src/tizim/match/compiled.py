"""The one decorator of compiled functions: where compiled code is kept, and what to do where it cannot be.

Code is compiled when it is first called and kept for later processes, beside the module or, where that folder may
not be written to, in the user's cache. Where neither may, every process compiles for itself.
"""

from collections.abc import Callable
from typing import Any

from numba import njit


def _compile(function: Callable[..., Any], **options: Any) -> Any:  # noqa: ANN401 - what numba makes of it
    try:
        return njit(cache=True, nogil=True, **options)(function)
    except RuntimeError:  # numba has found no folder to keep code in
        return njit(nogil=True, **options)(function)


def compiled(function: Callable[..., Any]) -> Any:  # noqa: ANN401 - what numba makes of it
    """Compile *function* when it is first called; it runs without the interpreter's lock."""
    return _compile(function)


def inlined(function: Callable[..., Any]) -> Any:  # noqa: ANN401 - what numba makes of it
    """The same for small functions of the inner loops, written into their callers: arrays are dear to hand over."""
    return _compile(function, forceinline=True)
