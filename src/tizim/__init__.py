"""tizim: the open register of who is on which terrorist or sanctions list, since when, and on whose word.

Rooms, from the ground up (imports go down only): ``errors`` and ``settings``; ``text`` (strings);
``domain`` (the words of the field); ``register``, ``sources``, ``match``, ``news`` and ``guard`` (tools); ``keep``,
``answer``, ``audit`` and ``screen`` (the jobs); ``app`` (wiring); ``cli`` (the door).

For use from Python: `check_translation`, `compare_names`, `explain_names`, `MATCH_THRESHOLD`, `Screener` and
`read_news`, loaded when first asked for.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tizim.guard.check import check_translation
    from tizim.match.compare import compare_names
    from tizim.match.explain import explain_names
    from tizim.match.model import MATCH_THRESHOLD
    from tizim.news.read import read_news
    from tizim.screen.screener import Screener

__version__ = "0.1.0"
__all__ = [
    "MATCH_THRESHOLD", "Screener", "__version__", "check_translation", "compare_names", "explain_names", "read_news",
]  # fmt: skip

_WHERE = {
    "MATCH_THRESHOLD": "tizim.match.model",
    "Screener": "tizim.screen.screener",
    "check_translation": "tizim.guard.check",
    "compare_names": "tizim.match.compare",
    "explain_names": "tizim.match.explain",
    "read_news": "tizim.news.read",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is asked for
    """Load what is asked for: compiled matching takes a moment that other uses need not spend."""
    if name not in _WHERE:
        raise AttributeError(f"module 'tizim' has no attribute '{name}'")
    return getattr(importlib.import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    """What there is, loaded or not."""
    return sorted({*globals(), *__all__})
