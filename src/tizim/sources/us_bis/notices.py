"""Citations of the Federal Register, as the lists of the United States print them.

A cell holds one or many, in hand-typed spellings: ``67 F.R. 56530 9/4/02 67 F.R. 10890 3/11/02``,
``81.F.R. 22575``, ``80 F.R.44930``, ``63 FR 64322 (11/19/98)``, ``77 FR 61249 No. 195``. What is no citation
between them is told as printed.
"""

import re
from functools import lru_cache
from typing import Final

import msgspec

from tizim.domain.statements import Property
from tizim.sources.dates import parted
from tizim.sources.entries import Making
from tizim.text import one_line

_CITATION: Final = re.compile(
    r"(?:\b(\d{1,3})\s*\.?\s*)F\.?\s?R\.?\s*(\d+(?:\s?[-–]\s?\d+|,\s\d+(?=\s))?)"
    r"(?:\s*,?\s*\(?No\.\s?(\d+)\)?)?(?:\s*\(?\s*(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\d/])\)?)?",
    re.IGNORECASE,
)
_ISSUE: Final = re.compile(r"Vol\. (\d{1,3}), No\. (\d+), (\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_BETWEEN: Final = re.compile(r"^(?:and\b|[\s,;.])+|(?:\band|[\s,;.])+$", re.IGNORECASE)
_FIRST_VOLUME: Final = 1935
"""A volume of the Federal Register is a year: volume 1 is 1936."""


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """One citation: volume and page as ``82 F.R. 39105``, and the day it prints, where that can be the volume's."""

    value: str
    date: str = ""
    issue: str = ""
    printed: str = ""
    """as printed, where a day stands there that is not of the volume's year"""


@lru_cache(maxsize=4096)
def citations(text: str) -> tuple[Citation, ...]:
    """Every citation of *text* in its order, and what stands between them as it is."""
    found: list[Citation] = []
    at = 0
    for match in _CITATION.finditer(text):
        _loose(text[at : match.start()], found)
        at = match.end()
        date = _day(match)
        printed = one_line(match[0]) if match[6] and not date else ""
        pages = re.sub(r"\s?[-–]\s?", "-", match[2])
        found.append(Citation(value=f"{match[1]} F.R. {pages}", date=date, issue=match[3] or "", printed=printed))
    _loose(text[at:], found)
    return tuple(dict.fromkeys(found))


def _day(match: re.Match[str]) -> str:
    """The printed day, if it is of the volume's year, which also says the century of a year of two digits."""
    if not match[6]:
        return ""
    year = str(_FIRST_VOLUME + int(match[1]))
    return (parted(year, match[4], match[5]) or "") if year.endswith(match[6]) else ""


def _loose(text: str, found: list[Citation]) -> None:
    rest = one_line(_BETWEEN.sub("", text))
    issue = _ISSUE.fullmatch(rest)
    if issue:
        year = str(_FIRST_VOLUME + int(issue[1]))
        date = (parted(year, issue[3], issue[4]) or "") if year.endswith(issue[5]) else ""
        value = f"Vol. {issue[1]} F.R. No. {issue[2]}"
        found.append(Citation(value=value, date=date, issue=issue[2], printed="" if date else rest))
    elif rest:
        found.append(Citation(value=rest))


def say_notices(making: Making, text: str, place: str) -> None:
    """A `legal_basis` for each notice that *text* cites."""
    for cited in citations(text) if text else ():
        is_notice = " F.R. " in cited.value
        making.say(
            Property.LEGAL_BASIS, cited.value, place, date=cited.date, issue=cited.issue, printed=cited.printed,
            kind="Federal Register notice" if is_notice else "",
        )  # fmt: skip
