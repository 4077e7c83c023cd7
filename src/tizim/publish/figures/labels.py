"""Labels of an axis: years or months, and under them the new year's days of a second calendar."""

from collections.abc import Iterator

from markupsafe import Markup

from tizim.publish.figures.places import Plane, ticks
from tizim.publish.figures.saying import Say

SECOND = 17
"""how far the second calendar stands below the first, in pixels"""


def label(plane: Plane, of: str, day: float, y: int, text: str) -> Markup:
    """Text over the middle of a place."""
    return Markup('<text class="{}" direction="{}" text-anchor="middle" x="{}" y="{}">{}</text>').format(
        of, plane.direction, plane.x(day), y, text
    )


def of_axis(plane: Plane, say: Say, y: int) -> Iterator[Markup]:
    """The labels of an axis whose base line is *y*; those of the second calendar stand at their own days."""
    for tick in ticks(plane.span):
        odd = " odd" if tick.wide_only else ""
        yield label(plane, f"t{odd}", tick.day.toordinal(), y, say.tick(tick))
        beside = say.second_tick(tick)
        if beside is not None and plane.span.first <= beside[0] <= plane.span.last:
            yield label(plane, f"t2{odd}", beside[0].toordinal(), y + SECOND, beside[1])


def has_second(plane: Plane, say: Say) -> bool:
    """Whether the axis has a second calendar."""
    return any(say.second_tick(tick) is not None for tick in ticks(plane.span))
