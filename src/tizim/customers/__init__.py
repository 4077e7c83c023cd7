"""What users of the screening service keep of their own: keys, policies, what was asked and answered, what was cleared.

It lies in a database of its own, outside the register's chain: the register holds what lists publish and keeps it for
ever, this holds what belongs to customers and must be deleted one day. Knows no HTTP and no wire format, and never
writes to the register. Start with ``store.py`` (the database), then ``marks.py`` (what is found again unkept).
"""

from tizim.customers.marks import Marks
from tizim.customers.store import Store

__all__ = ["Marks", "Store"]
