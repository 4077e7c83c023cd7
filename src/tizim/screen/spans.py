"""The documents that make a claim without a break, and what they tell of times."""

import datetime as dt
from collections.abc import Iterable

import msgspec

from tizim.answer.profiles import LAYER_OF
from tizim.domain.dates import AsOf
from tizim.domain.documents import Layer
from tizim.register.view import Line, View, is_open


def midnight_text(day: dt.date | None) -> str | None:
    """A day as a time of entities."""
    return f"{day.isoformat()}T00:00:00" if day else None


class Span(msgspec.Struct, frozen=True, gc=False):
    """Documents known that make a claim without a break: one for the many claims that the same documents make."""

    number: int
    first: dt.date
    last: dt.date
    """the days of the first and of the last of them"""
    changed: dt.date
    """when the line told something else than before: with the first of them, or with the one after the last"""
    line: str
    """the line and the layer that they are of, if the newest document of it is one of them"""


class Spans:
    """The spans of documents that claims have, made once for each."""

    def __init__(self, view: View, as_of: AsOf) -> None:
        self._view = view
        self._as_of = as_of
        self._lines: dict[tuple[str, str], Line] = {}
        self._met: dict[tuple[str, str, int, int], Span | None] = {}

    def of(self, source: str, prop: str, first: int, last: int) -> Span | None:
        """The documents known of *source* between two moments, if there are any, as far as they tell of *prop*."""
        key = (source, prop, first, last)
        if key not in self._met:
            self._met[key] = self._made(*key)
        return self._met[key]

    def newest(self, line: str) -> str | None:
        """The day of the newest document of a line and layer, as a time of entities."""
        source, _, layer = line.rpartition(" ")
        days = self._view.line(source, self._as_of, Layer(int(layer))).days
        return midnight_text(days[-1]) if days else None

    def _made(self, source: str, prop: str, first: int, last: int) -> Span | None:
        layer = LAYER_OF[prop]
        line = self._lines.get((source, prop))
        if line is None:
            line = self._lines[source, prop] = self._view.line(source, self._as_of, layer)
        begin, end = line.within(first, last)
        if begin >= end:
            return None
        begun = line.days[begin]
        gone = line.days[end] if end < len(line.days) else begun
        told = f"{source} {int(layer)}" if is_open(last) else ""
        return Span(len(self._met), begun, line.days[end - 1], max(begun, gone), told)


Times = tuple[str | None, str | None, str | None]
"""of an entity: when documents first and last tell of it, and when they last told something else than before"""


def times_of(spans: Iterable[Span]) -> Times:
    """The times of a subject of which *spans* of documents tell."""
    found = list(spans)
    if not found:
        return None, None, None
    return (
        midnight_text(min(one.first for one in found)), midnight_text(max(one.last for one in found)),
        midnight_text(max(one.changed for one in found)),
    )  # fmt: skip
