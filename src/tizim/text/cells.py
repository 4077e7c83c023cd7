"""A string as a cell of a table that somebody may open with a spreadsheet."""

import re
from typing import Final

_RUN: Final = tuple("=+-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}"
                    "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip
"""signs with which a cell begins that spreadsheets run"""
_RUN_INSIDE: Final = re.compile(r"([;\t\r\n][\s\"]*)(?=[=+\-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
                               r"\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}])")  # fmt: skip
"""the same behind a sign at which a spreadsheet that parts by other signs begins a cell or a row"""


def neutral(text: str) -> str:
    """*text* as a cell that no spreadsheet runs."""
    told = _RUN_INSIDE.sub(r"\1'", text)
    return f"'{told}" if text.lstrip(' "').startswith(_RUN) else told
