"""The two rails of a conflict: above, the day that a statement claims; below, the day on which it was said.

A line joins them. Upright means: said of its own day. What slants back was told later, so that two announcements
of one event are not taken for two events.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec
from markupsafe import Markup

from tizim.domain.dates import PartialDate
from tizim.domain.designations import Designation
from tizim.domain.documents import ACT
from tizim.publish.figures.labels import SECOND, has_second, of_axis
from tizim.publish.figures.places import Plane, Span, ticks
from tizim.publish.figures.saying import Say

_HEIGHT: Final = 236
_UPPER, _LOWER = 72, 136
_SIGN: Final = 2.4
"""the width of a sign of a label, in percent, where the plot is narrow: 8 of 358 pixels"""
_OVERLAP: Final = 1.7
"""marks nearer than this, in percent, overlap there: 6 of 358 pixels"""
_LINES: Final = 3


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One statement on the rails, by its number in the table: the days it claims, and the day it was said."""

    number: int
    first: int
    end: int
    said: int
    held: bool
    """whether it is the act itself"""


def told(statements: Sequence[Designation]) -> tuple[Told, ...]:
    """The statements that can be drawn: both a claimed date and a day of saying are known. Numbered from 1."""
    return tuple(_told(statements))


def _told(statements: Sequence[Designation]) -> Iterator[Told]:
    for number, one in enumerate(statements, start=1):
        if not one.date or one.published is None:
            continue
        stated = PartialDate.parse(one.date)
        until = PartialDate.parse(one.date_until) if one.precision == "between" and one.date_until else stated
        yield Told(
            number=number, first=stated.earliest.toordinal(), end=until.latest.toordinal() + 1,
            said=one.published.toordinal(), held=one.source_class.rank == ACT,
        )  # fmt: skip


def rails(statements: Sequence[Designation], say: Say) -> Markup:
    """The close-up of a conflict; empty where fewer than two statements have both days.

    The numbers are those of *statements* in the order given; the table behind the figure names them.
    """
    found = told(statements)
    if len(found) < 2:
        return Markup("")
    words = say.words
    span = _span(found)
    plane = Plane(span=span, mirrored=say.mirrored)
    missing = len(statements) - len(found)
    label = words.count(
        "{n} statement of one event: the day that it claims, and the day on which it was said.",
        "{n} statements of one event: the days that they claim, and the days on which they were said.", len(found),
    )  # fmt: skip
    caption = [
        words.say(
            "A line joins the day that a statement claims to the day on which it was said."
            " An upright line is a statement of its own day; what slants was told of another day."
            " The numbers are those of the table below."
        )
    ]
    if missing:
        caption.append(
            words.count("{n} statement gives no day and is not drawn.", "{n} statements give no day and are not drawn.",
                        missing)
        )  # fmt: skip
    spoken = " ".join([words.text(label), *(words.text(one) for one in _spoken(statements, found, say))])
    shapes = [*_frame(plane, say), *_lines(found, plane), *_marks(found, plane), *_numbers(found, plane, say)]
    height = _HEIGHT + (SECOND if has_second(plane, say) else 0)
    return Markup(
        '<figure class="fig"><svg class="rails" width="100%" height="{}" role="img" aria-label="{}">{}</svg>'
        "<figcaption>{}</figcaption></figure>{}"
    ).format(
        height, spoken, Markup("").join(shapes), Markup(" ").join(caption), _table(statements, found, say)
    )  # fmt: skip


def _spoken(statements: Sequence[Designation], found: Sequence[Told], say: Say) -> Iterator[Markup]:
    words = say.words
    for one in found:
        statement = statements[one.number - 1]
        yield words.say(
            "{number}: {claimed}, said on {said}.", number=words.number(one.number),
            claimed=words.day(_claimed(statement)), said=words.day(statement.published),
        )  # fmt: skip


def _span(found: Sequence[Told]) -> Span:
    first = min(min(one.first, one.said) for one in found)
    last = max(max(one.end, one.said) for one in found)
    room = max((last - first) // 10, 4)
    return Span(first=dt.date.fromordinal(max(first - room, 1)), last=dt.date.fromordinal(last + room))


def _frame(plane: Plane, say: Say) -> Iterator[Markup]:
    words = say.words
    for tick in ticks(plane.span):
        x = plane.x(tick.day.toordinal())
        odd = " odd" if tick.wide_only else ""
        yield Markup('<line class="gridl{}" x1="{}" x2="{}" y1="20" y2="216"/>').format(odd, x, x)
    yield from of_axis(plane, say, 231)
    for y, text in ((_UPPER, words.say("Day that is claimed")), (_LOWER, words.say("Day on which it was said"))):
        yield Markup('<line class="base" x2="100%" y1="{}" y2="{}"/>').format(y, y)
        at = 13 if y == _UPPER else _LOWER + 68
        yield Markup('<text class="tb" direction="{}" x="{}" y="{}">{}</text>').format(
            plane.direction, plane.placed(0), at, words.text(text)
        )


def _lines(found: Sequence[Told], plane: Plane) -> Iterator[Markup]:
    """A line for a day; for a month, a year or two bounds one from either bound, dashed: no day between is meant."""
    for one in sorted(found, key=_is_upright):
        exact = one.end - one.first == 1
        of = "sl hi" if _is_upright(one) else "sl" if exact else "sl dashed"
        for day in (one.first + 0.5,) if exact else (one.first, one.end):
            yield Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
                of, plane.x(day), plane.x(one.said + 0.5), _UPPER, _LOWER
            )


def _is_upright(one: Told) -> bool:
    return one.end - one.first == 1 and one.first == one.said


def _marks(found: Sequence[Told], plane: Plane) -> Iterator[Markup]:
    first, last = ("m-to", "m-from") if plane.mirrored else ("m-from", "m-to")
    for start, end in sorted({(one.first, one.end) for one in found if one.end - one.first > 1}):
        x, width = plane.bar(start, end)
        yield Markup('<rect class="b-doubt" x="{}" width="{}" y="{}" height="14"/>').format(x, width, _UPPER - 7)
        for shape, day in ((first, start), (last, end)):
            yield Markup('<use href="#{}" x="{}" y="{}"/>').format(shape, plane.x(day), _UPPER)
    for held, day in sorted({(one.held, one.first) for one in found if one.end - one.first == 1}):
        kind = "act" if held else "reported"
        yield Markup('<use href="#m-{}" x="{}" y="{}"/>').format(kind, plane.x(day + 0.5), _UPPER)
    for day in sorted({one.said for one in found}):
        yield Markup('<use href="#m-told" x="{}" y="{}"/>').format(plane.x(day + 0.5), _LOWER)


def _numbers(found: Sequence[Told], plane: Plane, say: Say) -> Iterator[Markup]:
    """The numbers of statements over the upper and under the lower rail. Those of marks that overlap stand together;
    others that would touch stand on another line.
    """
    above: dict[float, list[int]] = defaultdict(list)
    below: dict[float, list[int]] = defaultdict(list)
    for one in found:
        above[plane.span.percent((one.first + one.end) / 2)].append(one.number)
        below[plane.span.percent(one.said + 0.5)].append(one.number)
    for places, first_line in ((above, _UPPER - 13), (below, _LOWER + 19)):
        free = [0.0] * _LINES
        for middle, numbers in _together(places):
            text = "\u00b7".join(say.number(n) for n in sorted(numbers))
            half = (len(text) + 0.5) * _SIGN / 2
            # Near an edge the text ends, or begins, just past its mark: in its middle it would run out of the plot.
            anchor = "start" if middle < half else "end" if middle > 100 - half else "middle"
            place = max(middle - _OVERLAP, 0) if anchor == "start" else min(middle + _OVERLAP, 100)
            first = place if anchor == "start" else place - 2 * half if anchor == "end" else middle - half
            line = next((i for i, end in enumerate(free) if end <= first), _LINES - 1)
            free[line] = first + 2 * half
            y = first_line + (line if places is below else -line) * 15
            yield Markup('<text class="tb" direction="{}" text-anchor="{}" x="{}" y="{}">{}</text>').format(
                plane.direction, anchor, plane.placed(middle if anchor == "middle" else place), y, text
            )


def _together(places: Mapping[float, list[int]]) -> list[tuple[float, list[int]]]:
    """Places so near to each other that their marks overlap, as one."""
    found: list[list[float]] = []
    for place in sorted(places):
        if found and place - found[-1][-1] < _OVERLAP:
            found[-1].append(place)
        else:
            found.append([place])
    return [((run[0] + run[-1]) / 2, [n for place in run for n in places[place]]) for run in found]


def _table(statements: Sequence[Designation], found: Sequence[Told], say: Say) -> Markup:
    """What the picture shows, as a table: the numbers lead to it."""
    words = say.words
    heads = [words.say("Number"), words.say("Day that is claimed"), words.say("Day on which it was said"),
             words.say("Source")]  # fmt: skip
    rows = []
    for one in found:
        by = statements[one.number - 1]
        cells = (words.day(_claimed(by)), words.day(by.published), say.source(by))
        filled = Markup("").join(
            Markup('<td data-l="{}">{}</td>').format(words.text(head), cell)
            for head, cell in zip(heads[1:], cells, strict=True)
        )
        rows.append(Markup('<tr><th scope="row">{}</th>{}</tr>').format(words.number(one.number), filled))
    return Markup(
        '<details class="more"><summary>{}</summary><table class="cards"><caption>{}</caption><thead><tr>{}</tr>'
        "</thead><tbody>{}</tbody></table></details>"
    ).format(
        say.table_words()["open"], words.say("The statements of the figure, by their numbers"),
        Markup("").join(Markup('<th scope="col">{}</th>').format(head) for head in heads), Markup("").join(rows),
    )  # fmt: skip


def _claimed(one: Designation) -> str:
    return f"{one.date}/{one.date_until}" if one.precision == "between" and one.date_until else one.date
