"""The worksheet of an audit: the findings as a workbook and as a page, and a filled-in one read back.

Does not know the register: it shows an `Audit` and returns drafts; entering one is another step, with its own
checks. Start with ``columns.py``: what a worksheet shows, what a person fills in, and what ties the two.
"""

from tizim.audit.worksheet.page import to_page
from tizim.audit.worksheet.read_back import FilledRow, ReadBack, RefusedRow, filled
from tizim.audit.worksheet.sheet import to_workbook

__all__ = ["FilledRow", "ReadBack", "RefusedRow", "filled", "to_page", "to_workbook"]
