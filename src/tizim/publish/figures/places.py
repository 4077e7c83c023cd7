"""Where a day stands in a figure: percentages of the width, mirrored for readers who read from right to left."""

import datetime as dt
from collections.abc import Iterator

import msgspec


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """The stretch of time that a figure shows: whole days, the first and the last one in it.

    A day is a unit wide: it begins at its ordinal number and ends at the next one.
    """

    first: dt.date
    last: dt.date

    @property
    def start(self) -> int:
        """Where the first day begins."""
        return self.first.toordinal()

    @property
    def end(self) -> int:
        """Where the last day ends."""
        return self.last.toordinal() + 1

    def percent(self, day: float) -> float:
        """Where *day* (an ordinal number, whose half is noon) stands, in percent of the width."""
        return round((day - self.start) / (self.end - self.start) * 100, 3)


class Plane(msgspec.Struct, frozen=True, kw_only=True):
    """A span laid out in the reading direction.

    Mirroring is computed (100 − x), never left to a transform, which would turn text around.
    """

    span: Span
    mirrored: bool

    def x(self, day: float) -> str:
        """The x of a day, as an attribute."""
        return self.placed(self.span.percent(day))

    def placed(self, percent: float) -> str:
        """A place counted from where reading starts, as an attribute."""
        return number(100 - percent if self.mirrored else percent)

    def bar(self, start: float, end: float) -> tuple[str, str]:
        """The x and the width of a bar from *start* to *end*, cut to the span."""
        first = self.span.percent(max(start, self.span.start))
        last = self.span.percent(min(end, self.span.end))
        return number(100 - last if self.mirrored else first), number(last - first)

    @property
    def direction(self) -> str:
        """The direction of text in the figure: SVG does not take it from the page."""
        return "rtl" if self.mirrored else "ltr"


def number(percent: float) -> str:
    """A percentage as an attribute, as short as it can be."""
    text = f"{percent:.3f}".rstrip("0").rstrip(".")
    return f"{'0' if text in {'-0', ''} else text}%"


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """A mark of the axis: the first day of a year or a month."""

    day: dt.date
    by_month: bool
    wide_only: bool
    """left out where there is room for five ticks only"""


_MOST = 9
"""ticks on a desk; on a phone every second one is hidden"""
_EDGE = 2.0
"""a tick's label nearer than this to an edge of the plot, in percent, would run out of it"""


def ticks(span: Span) -> tuple[Tick, ...]:
    """At most nine ticks on round years, or on months where the span is short."""
    days = (span.last - span.first).days
    by_month = days < 3 * 365
    found: list[dt.date] = []
    for step in (1, 2, 3, 6, 12) if by_month else (1, 2, 3, 4, 5, 10, 20, 25, 50, 100, 1000):
        found = [day for day in _starts(span, step, by_month=by_month) if _EDGE <= span.percent(day.toordinal()) <= 98]
        if len(found) <= _MOST:
            break
    thin = len(found) > 5
    return tuple(Tick(day=day, by_month=by_month, wide_only=thin and i % 2 == 1) for i, day in enumerate(found))


def _starts(span: Span, step: int, *, by_month: bool) -> Iterator[dt.date]:
    for year in range(span.first.year, span.last.year + 1):
        for month in range(1, 13, step) if by_month else (1,):
            day = dt.date(year, month, 1)
            if span.first <= day <= span.last and (by_month or year % step == 0):
                yield day
