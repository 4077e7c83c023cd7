"""A string as a cell of a table that somebody may open with a spreadsheet."""

from typing import Final

_RUN: Final = tuple("=+-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}"
                    "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip
"""signs with which a cell begins that spreadsheets run"""


def neutral(text: str) -> str:
    """*text* as a cell that no spreadsheet runs."""
    return f"'{text}" if text.lstrip(" ").startswith(_RUN) else text
