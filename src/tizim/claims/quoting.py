"""Quotations: as many words of an article as a reader needs to find the place, and no more."""

from typing import Final

from tizim.text import one_line

WORDS: Final = 50
"""words of the longest quotation that is shown"""
_LETTERS: Final = 400
"""letters of the longest one, for scripts that do not part their words"""


def short(text: str) -> str:
    """*text* on one line, cut where it is longer than a quotation may be."""
    line = one_line(text)
    words = line.split(" ")
    cut = " ".join(words[:WORDS])[:_LETTERS]
    return line if cut == line else f"{cut.rstrip()} …"
