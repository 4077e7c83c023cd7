"""Birth dates as this list prints them: real dates, years, lists of either, and prose."""

import re
from functools import lru_cache
from typing import Final

import msgspec

from tizim.sources.dates import between, english, iso_day, numeric
from tizim.text import one_line

_LETTERED: Final = re.compile(r"(?:^|(?<=[\s,;.]))\(?[a-z]\)\s*")
_MARKS: Final = re.compile(r"\s*(?:[,;]|(?<=\d{4})\.(?=\s?\d)|\n)\s*")
_RUN: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{4}(?:\s+\d{1,2}/\d{1,2}/\d{4})+|\d{4}\s+\d{1,2}/\d{1,2}/\d{4}")
_MONTH: Final = re.compile(r"/?(\d{1,2})/(\d{4})")
_BETWEEN_DAYS: Final = re.compile(r"(.+?)\s*>>\s*(.+)")
_YEAR: Final = re.compile(r"\d{4}")
_ISO_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")


class Birth(msgspec.Struct, frozen=True, kw_only=True):
    """One birth date: an ISO date or interval, whether about right only, and the words or run it was read from."""

    date: str
    about: bool = False
    printed: str = ""


@lru_cache(maxsize=8192)
def births(cell: str) -> tuple[tuple[Birth, ...], tuple[str, ...]]:
    """Every date of the cell, years and months that follow one another as one span, and what is no date."""
    found: list[Birth] = []
    unread: list[str] = []
    for piece in _pieces(cell):
        date = _date(piece)
        if date is None:
            unread.append(piece)
        else:
            found.append(date)
    return tuple(dict.fromkeys(_spans(found))), tuple(unread)


def _pieces(cell: str) -> list[str]:
    pieces = []
    for lettered in _LETTERED.split(cell):
        for part in _MARKS.split(lettered.strip()):
            piece = one_line(part).strip(" ,;.")
            pieces += piece.split() if _RUN.fullmatch(piece) else [piece]
    return [piece for piece in pieces if piece]


def _date(piece: str) -> Birth | None:
    plain = iso_day(piece) or numeric(piece, "dmy")
    if plain:
        return Birth(date=plain)
    month = _MONTH.fullmatch(piece)
    if month:
        date = numeric(f"0/{month[1]}/{month[2]}", "dmy")
        return Birth(date=date, printed=piece) if date else None
    span = _BETWEEN_DAYS.fullmatch(piece)
    read = english(f"{span[1]} to {span[2]}" if span else piece)
    if read is None:
        return None
    return Birth(date=read.date, about=read.about, printed="" if read.date == piece else piece)


def _spans(found: list[Birth]) -> list[Birth]:
    """Years that follow one another stand for a span (``1945, 1946, 1947`` was printed *about 1946* before 2026)."""
    years = _runs([b for b in found if not b.about and _YEAR.fullmatch(b.date)])
    months = _runs([b for b in found if not b.about and _ISO_MONTH.fullmatch(b.date)])
    kept = [b for b in found if not any(b in run for run in (*years, *months))]
    for run in years:
        date = between(run[0].date, run[-1].date)
        printed = ", ".join(b.date for b in found if b in run)
        kept.append(Birth(date=date or "", printed=printed))
    for run in months:
        printed = ", ".join(b.printed for b in found if b in run)
        kept.append(Birth(date=f"{run[0].date}/{run[-1].date}", printed=printed))
    return [b for b in kept if b.date]


def _runs(dates: list[Birth]) -> list[list[Birth]]:
    """Groups of two or more years or months, each right after the one before."""
    runs: list[list[Birth]] = []
    for date in sorted(dict.fromkeys(dates), key=lambda b: b.date):
        if runs and _number(date.date) - _number(runs[-1][-1].date) == 1:
            runs[-1].append(date)
        else:
            runs.append([date])
    return [run for run in runs if len(run) > 1]


def _number(date: str) -> int:
    month = _ISO_MONTH.fullmatch(date)
    return int(month[1]) * 12 + int(month[2]) if month else int(date)
