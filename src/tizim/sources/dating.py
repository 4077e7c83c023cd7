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


def placed_after(hints: Hints, name: str, newest: dt.date | None) -> tuple[dt.date, dt.datetime, str]:
    """As `placed`, of a document that prints days of its own past, the *newest* of which it cannot be older than.

    A name or a word that says an earlier day is mistaken (one copy held is called by a day a year before its
    rows were written), so that the newest day printed in it is all that is known.
    """
    if hints.instant is not None and newest is not None and hints.instant.date() < newest:
        return newest, midnight(newest), f"the newest day printed in it; {hints.instant.date()} cannot be its day"
    return placed(hints, name, at_earliest=newest)
