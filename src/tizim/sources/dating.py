"""When a document stood: as it prints, else as whoever gave it says; a document without a day is refused."""

import datetime as dt

from tizim.errors import SourceRefused
from tizim.sources.protocol import Hints


def midnight(day: dt.date) -> dt.datetime:
    """The first moment of *day*, in UTC."""
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def placed(hints: Hints, name: str, *, at_earliest: dt.date | None = None) -> tuple[dt.date, dt.datetime, str]:
    """Day and instant of a document that prints neither, and how they are known, in words for its title.

    *at_earliest* is the newest day printed in it, by which it must have been out: it is what remains where
    nothing else is known, and tells an old sight for older than it is, never for newer.
    """
    if hints.instant is not None:
        return hints.instant.date(), hints.instant, f"dated {hints.by}" if hints.by else "dated as given"
    if at_earliest is not None:
        return at_earliest, midnight(at_earliest), "undated: the newest day printed in it"
    raise SourceRefused(
        f"{name}: prints no date, and neither does its name: say which day it is of with --dated YYYY-MM-DD"
    )
