"""The one decorator of compiled functions: where compiled code is kept, and what to do where it cannot be.

Code is compiled when it is first called and kept for later processes in a folder named after the whole room's
source: numba by itself looks only at the file of the function that is called, and would run old code of a caller
with new code of what it calls, which ends in a crash. The folder is beside the modules or, where that may not be
written to, in the user's cache. Where neither may, every process compiles for itself.
"""

import hashlib
import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from numba import config, njit

_HERE = Path(__file__).parent
_NAME = f"compiled-{hashlib.sha256(os.fsencode(_HERE)).hexdigest()[:8]}-"
"""each installation has its own, so that none removes another's"""


@cache
def fingerprint() -> str:
    """What the compiled code is made from: a hash of the source of all modules of this room."""
    digest = hashlib.sha256()
    for path in sorted(_HERE.glob("*.py")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def folder() -> Path | None:
    """Where compiled code is kept, made if need be; none where nothing may be written."""
    asked = os.environ.get("NUMBA_CACHE_DIR")
    user = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    places = [Path(asked)] if asked else [_HERE / "__pycache__", Path(user).expanduser() / "tizim"]
    for place in places:
        found = place / f"{_NAME}{fingerprint()}"
        try:
            found.mkdir(parents=True, exist_ok=True)
        except (OSError, RuntimeError):  # not ours to write to, or no home at all
            continue
        if os.access(found, os.W_OK):
            _forget_older(found)
            return found
    return None


def _forget_older(current: Path) -> None:
    """Remove what other versions of the source left beside the *current* folder."""
    for path in current.parent.glob(f"{_NAME}*"):
        if path != current and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)


def is_kept(function: str) -> bool:
    """Whether compiled code of a *function* of this room is kept, so that calling it takes no time to compile."""
    place = folder()
    return place is not None and any(place.rglob(f"*.{function}-*.nbi"))


def _compile(function: Callable[..., Any], **options: Any) -> Any:  # noqa: ANN401 - what numba makes of it
    place = folder()
    if place is None:
        return njit(nogil=True, **options)(function)
    # Numba takes the folder from its own settings, at this moment: they are put back for whoever else uses it.
    settings: Any = config  # numba makes its settings at run time
    was = settings.CACHE_DIR
    settings.CACHE_DIR = str(place)
    try:
        return njit(cache=True, nogil=True, **options)(function)
    finally:
        settings.CACHE_DIR = was


def compiled(function: Callable[..., Any]) -> Any:  # noqa: ANN401 - what numba makes of it
    """Compile *function* when it is first called; it runs without the interpreter's lock."""
    return _compile(function)


def inlined(function: Callable[..., Any]) -> Any:  # noqa: ANN401 - what numba makes of it
    """The same for small functions of the inner loops, written into their callers: arrays are dear to hand over."""
    return _compile(function, forceinline=True)
