"""What a log says of a fault of ours, where it happened and nothing of what was asked; and what a reader is told."""

import re
import traceback
from pathlib import Path
from typing import Final

_OPTION: Final = re.compile(r"--([a-z]+(?:-[a-z]+)*)\b")


def where_of(error: BaseException) -> str:
    """What went wrong where, without any words of the error: they may be those of a request."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join([type(error).__name__, *(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(frames))])


def for_the_web(reason: str) -> str:
    """A message of the register as it fits a request: its options are parameters here, and commands are of no use."""
    kept = [part for part in reason.split("; ") if "'tizim " not in part]
    return _OPTION.sub(lambda found: found[1].replace("-", "_"), "; ".join(kept))
