"""The folder of what is on its way: one for each run, and none that outlives it for long."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

_FOLDER: Final = "update-"


@contextmanager
def on_its_way(incoming: Path) -> Iterator[Path]:
    """A folder for one run, removed after it; those of runs that were killed are removed before."""
    incoming.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        with _locked(incoming, fcntl.LOCK_EX):
            for abandoned in incoming.glob(f"{_FOLDER}*"):
                _remove_if_abandoned(abandoned)
            made = Path(tempfile.mkdtemp(dir=incoming, prefix=_FOLDER))
            stack.enter_context(_locked(made, fcntl.LOCK_EX))
        stack.callback(shutil.rmtree, made, ignore_errors=True)
        yield made


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, how)  # let go of when the process ends, however it ends
        yield
    finally:
        os.close(descriptor)


def _remove_if_abandoned(folder: Path) -> None:
    try:
        with _locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
            shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return  # another run's
