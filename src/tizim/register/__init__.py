"""The append-only log, its two-time reading, and the projections that make reading fast.

Does not know where statements come from or how names are matched. Start with ``protocol.py`` (what
any register can do), then ``sql.py`` (SQLite and PostgreSQL by one path); ``chain.py`` says what is
hashed, ``spans.py`` how a document's sightings become intervals, ``view.py`` how it is read.
"""

from tizim.register.protocol import Appended, DocumentBatch, Head, Register, Verification
from tizim.register.view import View

__all__ = ["Appended", "DocumentBatch", "Head", "Register", "Verification", "View"]
