"""Job 2: compare two lists as of a date.

Does not know how pages look, nor HTTP. Start with ``beside.py``.
"""

from tizim.audit.beside import Beside, Pair, beside

__all__ = ["Beside", "Pair", "beside"]
