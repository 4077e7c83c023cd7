"""What a program that talks to people may ask of the register: tools of the Model Context Protocol.

Owns: which tools there are and what each is asked with (``arguments.py``), how each is answered (``answers.py``), and
the protocol's own forms by its SDK (``protocol.py``, ``over_http.py``: the extra ``mcp``). Every answer is that of the
command line's ``--json`` or of the route over HTTP, with the head of the register that it was read from.

All of them read. Nothing that stands in a list or an article is ever taken for anything but text to quote.
"""

from typing import TYPE_CHECKING, Any

from tizim.api.tools.arguments import TOOLS, Tool

if TYPE_CHECKING:
    from tizim.api.tools.answers import Asker, Tools

__all__ = ["TOOLS", "Asker", "Tool", "Tools"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is asked for
    """Load what answers when it is asked for: which tools there are is told before, and sooner."""
    if name not in __all__:
        raise AttributeError(f"module 'tizim.api.tools' has no attribute '{name}'")
    from tizim.api.tools import answers  # noqa: PLC0415

    return getattr(answers, name)
