"""Dates as this list writes them: in digits or Indonesian words, several in a cell or within prose."""

import re
from typing import Final

import msgspec

from tizim.sources.dates import from_hijri, iso_day, numeric, parted

_MONTHS: Final = (
    ("januari", "january", "jan"), ("februari", "february", "pebruari", "feb"), ("maret", "march", "mar"),
    ("april", "apr", "apil"), ("mei", "may"), ("juni", "june", "jun"), ("juli", "july", "jul"),
    ("agustus", "augustus", "august", "agu", "ags", "aug"), ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"), ("november", "nopember", "nov"), ("desember", "december", "des", "dec"),
)  # fmt: skip
"""Indonesian and English names of the months, short and long; the list mixes both."""
_NUMBER_OF: Final = {name: str(number) for number, names in enumerate(_MONTHS, start=1) for name in names}
_MONTH: Final = "|".join(sorted(_NUMBER_OF, key=len, reverse=True))
_DATE: Final = (
    rf"(?:(?:\d{{1,2}}\s+)?(?:{_MONTH})\b\.?\s+\d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}\s?-\s?\d{{4}}"
    r"|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}|(?:tahun\s+)?\d{4}(?:\s?-\s?\d{4})?)(?!\d|[/-]\d{1,3}\b)"
)
_ABOUT: Final = r"(?:perkiraan|sekitar|approximately|kira-kira)\s+(?:tahun\s+)?"
_HIJRI: Final = r"\s*\(?\s*kalender\s+hij\w+\s*\)?"
_ITEM: Final = re.compile(
    rf"(?P<about>{_ABOUT})?(?:antara\s+(?:tahun\s+)?(?P<first>{_DATE})\s*(?:dan|and|s\.d\.|-)\s*(?P<last>{_DATE})"
    rf"|antara\s+(?:tahun\s+)?(?P<span>\d{{4}}\s?-\s?\d{{4}})|(?P<date>{_DATE})(?P<hijri>{_HIJRI})?)(?P<also>\s*\(\s*(?:sekitar|perkiraan)\s*\))?",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(r"[\s,;:]*(?:[a-h]\)\s*|\d\.\s+(?=\S))?")
_BETWEEN: Final = re.compile(r"\s*(?:,|;|/|\batau\b|\bor\b|\n)?\s*(?:[a-h]\)\s*)?", re.IGNORECASE)
_UNCLEAR: Final = re.compile(r"\s*\bdan\s+\d", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:tahun\s+)?(\d{4})(?:\s?-\s?(\d{4}))?", re.IGNORECASE)
_DAY_TO_YEAR: Final = re.compile(r"(\d{1,2}/\d{1,2}/\d{4})\s?-\s?(\d{4})")
_WORDS: Final = re.compile(rf"(?:(\d{{1,2}})\s+)?({_MONTH})\.?\s+(\d{{4}})", re.IGNORECASE)
_EARLIEST: Final = 1850
"""A year before it is of another calendar, or a mistake."""
UNKNOWN: Final = re.compile(r"(?:00/00/0000|[-–\s;.]*|n/?a|-\s?na)", re.IGNORECASE)
"""what stands in a cell of which nothing is known"""


class Born(msgspec.Struct, frozen=True, kw_only=True):
    """A date of birth: ISO date or span, how it is qualified, and the words if it was read from words."""

    date: str
    about: bool
    hijri: bool
    printed: str


def dates(text: str) -> list[Born] | None:
    """The dates that the whole of *text* gives, or ``None`` where a part of it is something else."""
    found, end = leading(text)
    return found if found and not text[end:].strip(" \n\t;.,") else None


def leading(text: str) -> tuple[list[Born], int]:
    """The dates with which *text* begins, parted by commas, slashes, ``atau`` or letters, and where they end.

    Nothing is taken where ``dan`` (and) follows: whether two dates or a span are meant cannot be told.
    """
    found: list[Born] = []
    begin = _BEFORE.match(text)
    at = end = begin.end() if begin else 0
    while match := _ITEM.match(text, at):
        born = _born(match)
        if born is None:
            break
        found.append(born)
        end = match.end()
        between = _BETWEEN.match(text, end)
        at = between.end() if between and between.end() > end else end
        if at == end:
            break
    if found and _UNCLEAR.match(text, end):
        return [], 0
    return found, end


def _born(match: re.Match[str]) -> Born | None:
    hijri = bool(match["hijri"])
    date = _span(match["first"], match["last"]) if match["first"] else one(match["span"] or match["date"], hijri=hijri)
    if date is None:
        return None
    about = bool(match["about"] or match["also"])
    printed = " ".join(match[0].split())
    return Born(date=date, about=about, hijri=hijri, printed="" if _is_plain(printed, date) else printed)


def _is_plain(printed: str, date: str) -> bool:
    """Whether the printed form says the same by digits alone, so that it need not be repeated."""
    return printed == date or numeric(printed, "dmy") == date


def _span(first: str, last: str) -> str | None:
    one_end, other = one(first), one(last)
    return f"{one_end}/{other}" if one_end and other and "/" not in one_end + other and one_end <= other else None


def one(text: str, *, hijri: bool = False) -> str | None:
    """One date: ``07/02/1969``, ``5 Oktober 1991``, ``1965``, ``1955-1958``, ``00/00/1970-1973``, ``1978-06-26``."""
    said = text.strip()
    if hijri:
        day, _, rest = said.partition("/")
        month, _, year = rest.partition("/")
        return from_hijri(int(year), int(month), int(day)) if year.isdigit() else None
    date = iso_day(said) or numeric(said, "dmy")
    if not date and (words := _WORDS.fullmatch(said)):
        date = parted(words[3], _NUMBER_OF[words[2].casefold()], words[1] or "")
    if not date and (years := _YEAR.fullmatch(said)):
        date = f"{years[1]}/{years[2]}" if years[2] and years[1] <= years[2] else None if years[2] else years[1]
    if not date and (to_year := _DAY_TO_YEAR.fullmatch(said)):
        first = numeric(to_year[1], "dmy")
        date = f"{first}/{to_year[2]}" if first and first[:4] <= to_year[2] else None
    return date if date and int(date[:4]) >= _EARLIEST else None
