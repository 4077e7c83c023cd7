"""The individual identification number of Kazakhstan: twelve digits that code a birth date, a sex and a check.

Digits one to six are the birth date (YYMMDD), the seventh the century and the sex (odd: male, even: female), the
twelfth a check over the eleven before it.
"""

import datetime as dt
import re
from typing import Final

_NUMBER: Final = re.compile(r"\d{12}")
_CENTURIES: Final = {"1": 18, "2": 18, "3": 19, "4": 19, "5": 20, "6": 20}
_WEIGHTS: Final = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))


def birth_of(number: str) -> str:
    """The birth date that *number* codes, in ISO; empty if it codes none."""
    century = _CENTURIES.get(number[6:7])
    if not _NUMBER.fullmatch(number) or century is None:
        return ""
    try:
        return dt.date(century * 100 + int(number[:2]), int(number[2:4]), int(number[4:6])).isoformat()
    except ValueError:
        return ""


def check_digit(number: str) -> int | None:
    """The twelfth digit that the first eleven ask for; ``None`` where no number begins so."""
    digits = [int(digit) for digit in number[:11]]
    for weights in _WEIGHTS:
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def conflict(number: str, birth: str) -> str:
    """What speaks against *number*, in a few words: its form, its check digit, or the printed *birth* (in ISO).

    Empty if nothing does.
    """
    if not _NUMBER.fullmatch(number):
        return "not twelve digits"
    if check_digit(number) != int(number[11]):
        return "its check digit does not fit"
    coded = birth_of(number)
    if not coded:
        # Organisations have numbers of the same length that code a day of registration instead.
        return "codes no birth date" if birth else ""
    if birth and not coded.startswith(birth):
        return "codes another birth date than the printed one"
    return ""
