"""What is held of each source, and how old that is."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from tizim.keep.remembered import Remembered
from tizim.register.view import Doc
from tizim.sources import catalogue
from tizim.sources.protocol import Part, SourceInfo

_OF_USERS: Final = "table/"
"""before the lines of lists that users keep themselves, whatever form they come in"""


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """A source and the newest document held, or known by its facts alone, of it."""

    info: SourceInfo
    newest: Doc | None
    days: int | None
    """since the source was last seen as it is held; ``None`` where nothing is"""

    @property
    def is_stale(self) -> bool | None:
        """Whether what is held was seen longer ago than the source's rhythm; ``None`` where nothing is held."""
        return None if self.days is None else self.days > self.info.rhythm_days


def of_source(info: SourceInfo, docs: Iterable[Doc]) -> list[Doc]:
    """Those of *docs* that belong to a line of the source."""
    if info.id in catalogue.OWN:
        return [doc for doc in docs if doc.source.startswith(_OF_USERS)]
    lines = {info.line_id(part.id) for part in info.lines} | {info.id}
    return [doc for doc in docs if doc.source in lines]


def newest(info: SourceInfo, docs: Iterable[Doc]) -> Doc | None:
    """The newest of *docs* by document time; of files of one set that of the first line."""
    lines = [info.line_id(part.id) for part in info.lines]
    order = {line: -place for place, line in enumerate(lines)}
    return max(docs, key=lambda doc: (doc.instant, order.get(doc.source, -len(lines)), doc.recorded_at), default=None)


def holding(info: SourceInfo, docs: Sequence[Doc], recalled: Iterable[Remembered], now: dt.datetime) -> Holding:
    """What is held of a source; *recalled* is what is remembered of its addresses."""
    found = newest(info, of_source(info, docs))
    moments = [one.seen_at for one in recalled if one.seen_at is not None] if found is not None else []
    if found is not None:
        moments.append(found.retrieved_at or found.instant)
    return Holding(info=info, newest=found, days=days_between(max(moments), now) if moments else None)


def last_seen(
    info: SourceInfo, part: Part, url: str, docs: Sequence[Doc], recalled: Mapping[str, Remembered]
) -> dt.datetime | None:
    """When an address was last seen to serve what is held; ``None`` where nothing of its line is held.

    A document kept by hand counts from when it was retrieved, or else from its own date, where its line
    has no other address to fetch.
    """
    of_line = [doc for doc in docs if doc.source == info.line_id(part.id)]
    found = newest(info, of_line)
    if found is None:
        return None
    moments = [found.retrieved_at or found.instant]
    remembered = recalled.get(url)
    if remembered is not None and len(part.urls) > 1:
        moments = []
    if remembered is not None and remembered.seen_at is not None:
        moments.append(remembered.seen_at)
    return max(moments, default=None)


def days_between(then: dt.datetime, now: dt.datetime) -> int:
    """Days by the calendar, in UTC: a run that comes a minute earlier than yesterday's comes a day later."""
    return (now.astimezone(dt.UTC).date() - then.astimezone(dt.UTC).date()).days
