"""Models and engines that others run, asked over HTTP.

Owns: what asking one may cost in time and size, whatever the other side does (``asking.py``), and the common chat
completions form (``chat.py``). Does not know: what is asked, or what makes an answer a good one. Nothing here believes
an answer: it gives what was said, or `EngineProblem` with the reason.
"""

from tizim.models.asking import Bounds, ask, checked_address
from tizim.models.chat import Chat, Said, without_fence

__all__ = ["Bounds", "Chat", "Said", "ask", "checked_address", "without_fence"]
