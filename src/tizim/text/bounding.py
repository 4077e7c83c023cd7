"""Texts from outside, made safe for normalisation."""

import unicodedata
from typing import Final

_SHORT: Final = 64
_MARKS: Final = 30  # what Unicode's stream-safe format allows


def bounded(text: str) -> str:
    """*text* with at most 30 combining marks in a row.

    Normalisation sorts the marks of a row with a number of steps that grows with its square.
    Short texts are returned as they are.
    """
    if len(text) <= _SHORT or text.isascii():
        return text
    kept = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MARKS:
            kept.append(character)
    return "".join(kept)
