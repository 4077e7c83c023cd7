"""What a log says of a fault of ours: where it happened, and nothing of what was asked."""

import traceback
from pathlib import Path


def where_of(error: BaseException) -> str:
    """What went wrong where, without any words of the error: they may be those of a request."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join([type(error).__name__, *(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(frames))])
