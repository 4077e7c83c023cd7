"""Job 1: run a source's documents into the register and report what was new, changed, absent, unread.

Does not know the layout of any one source. Start with ``run.py``; ``files.py`` opens what the user
names, ``guard.py`` compares sizes, ``starter.py`` loads what ships with the package.
"""

from tizim.keep.run import Keeping, KeepReport, keep

__all__ = ["KeepReport", "Keeping", "keep"]
