"""The strip of changes of a list, and the chooser of a day under it.

Without a script a day is chosen by typing it, or by the links to the changes before and after; the slider waits
hidden until the script that moves it is there.
"""

import datetime as dt
import functools
from collections.abc import Sequence
from typing import Final

import msgspec
from markupsafe import Markup

from tizim.domain.dates import PartialDate
from tizim.publish.figures.labels import SECOND, has_second, of_axis
from tizim.publish.figures.places import Plane, Span
from tizim.publish.figures.saying import Say
from tizim.publish.words import Words


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """How many entries came and went; ``when`` is an ISO date, a month, a year or two bounds (``a/b``, ``../b``)."""

    when: str
    added: int
    gone: int


class DayShown(msgspec.Struct, frozen=True, kw_only=True):
    """A day to choose by a link: the day before or after at which the list changed, and the words of the link."""

    address: str
    words: Markup


class Stack(msgspec.Struct, frozen=True, kw_only=True):
    """What is drawn at one place: changes of a day, or of days too near to each other to be told apart."""

    start: int
    end: int
    added: int
    gone: int
    vague: bool
    """whether the day of any of it is not known"""
    long: bool
    """whether it is a stretch of days rather than a place: its days are not known, and it shows"""


_DESK: Final = 0.8
_PHONE: Final = 2.6
"""bars nearer than this, in percent of the width, are one: eight pixels of about 1,000 and of about 310"""
_UP, _LINE, _DOWN = 16, 56, 96
"""the highest bar, the line that both kinds stand on, and the lowest bar"""
_PLACE: Final = 1.6
"""stretches longer than this, in percent, are bands along the line: as bars they would look like more than they are"""
_BAND: Final = 8
_ROOM: Final = {"desk": 3.4, "phone": 10.0}
"""labels nearer than this, in percent, would touch"""


def strip(
    moves: Sequence[Moved],
    span: Span,
    now: dt.date,
    say: Say,
    *,
    action: str,
    kept: Sequence[tuple[str, str]] = (),
    before: DayShown | None = None,
    after: DayShown | None = None,
    understood: Markup | None = None,
    days: Sequence[str] = (),
) -> Markup:
    """The strip of *moves* with the day *now*, and the ways to another day.

    *action* is the page's own address; *kept* are fields (such as ``known_at``) that a new day leaves as they are;
    *understood* says how a typed day was read, or what was wrong with it. *days* are those that there are pages of
    where the page is one of a copy of the site: a script takes to them, and without one nothing can be typed.
    """
    words = say.words
    plane = Plane(span=span, mirrored=say.mirrored)
    hidden = Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(name, value) for name, value in kept
    )
    earlier, later = (
        Markup('<a class="step" rel="{}" href="{}">{}</a>').format(rel, one.address, one.words) if one else ""
        for rel, one in (("prev", before), ("next", after))
    )
    return Markup(
        '<section class="slide" id="day" aria-labelledby="day-h"{still}><h2 class="vh" id="day-h">{heading}'
        "</h2>{picture}"
        '<div class="range" hidden><label class="vh" for="day-r">{heading}</label>'
        '<input id="day-r" type="range" min="0" max="{most}" value="{value}" step="1" data-first="{first}"'
        ' data-stops="{stops}" aria-valuetext="{said}"></div>'
        '<div class="row">{earlier}<form class="pick" method="get" action="{action}"{waiting}>{hidden}'
        '<label for="day-t">'
        '{label}</label><input id="day-t" name="as_of" dir="ltr" inputmode="numeric" autocomplete="off" size="11"'
        ' maxlength="10" value="{now}" aria-describedby="day-s"><button>{show}</button></form>{later}</div>'
        '<p class="note" id="day-s" role="status">{understood}</p>{table}</section>'
    ).format(
        still=Markup(' data-at="{}" data-base="{}"').format(" ".join(days), action) if days else "",
        waiting=Markup(" hidden data-still") if days else "",
        heading=words.say("Choose a day"), picture=_picture(moves, plane, now, say),
        most=span.end - span.start - 1, value=min(max(now.toordinal(), span.start), span.end - 1) - span.start,
        first=span.first.isoformat(), stops=" ".join(str(one.end - 1 - span.start) for one in _stacks(moves, span, 0)),
        said=words.text(words.day(now)), earlier=earlier, later=later, action=action, hidden=hidden,
        label=words.say("Day (year-month-day)"), now=now.isoformat(), show=words.say("Show"),
        understood=understood or "", table=_table(tuple(moves), words),
    )  # fmt: skip


def _picture(moves: Sequence[Moved], plane: Plane, now: dt.date, say: Say) -> Markup:
    begun, shapes = _drawn(tuple(moves), plane.span, say.words)
    line = Markup("")
    if plane.span.start <= now.toordinal() < plane.span.end:
        x = plane.x(now.toordinal() + 0.5)
        line = Markup('<line class="nowl" id="day-now" x1="{}" x2="{}" y1="0" y2="102"/>').format(x, x)
    return begun + line + shapes


@functools.lru_cache(maxsize=64)
def _drawn(moves: tuple[Moved, ...], span: Span, words: Words) -> tuple[Markup, Markup]:
    """What is the same on every day: how the picture begins, and what is drawn over the line of the day."""
    say = Say(words)
    plane = Plane(span=span, mirrored=say.mirrored)
    added, gone = sum(one.added for one in moves), sum(one.gone for one in moves)
    label = words.say(
        "Changes of the list from {first} to {last}: {added} added and {gone} gone.",
        first=words.day(span.first), last=words.day(span.last), added=words.number(added), gone=words.number(gone),
    )  # fmt: skip
    begun = Markup('<svg class="moves{}" width="100%" height="{}" role="img" aria-label="{}">').format(
        *((" two", 122 + SECOND) if has_second(plane, say) else ("", 122)), words.text(label)
    ) + Markup('<line class="base" x2="100%" y1="{}" y2="{}"/>').format(_LINE + 0.5, _LINE + 0.5)
    shapes = []
    for of, near in (("desk", _DESK), ("phone", _PHONE)):
        stacks = _stacks(moves, span, near)
        most = max((max(s.added, s.gone) for s in stacks if not s.long), default=1) or 1
        drawn = [_stack(one, plane, most) for one in sorted(stacks, key=lambda one: one.start - one.end)]
        shapes.append(
            Markup('<g class="{}">{}{}</g>').format(of, Markup("").join(drawn), _labels(stacks, plane, most, say, of))
        )
    return begun, Markup("").join((*shapes, *of_axis(plane, say, 116), Markup("</svg>")))


def _stacks(moves: Sequence[Moved], span: Span, near: float) -> list[Stack]:
    """The moves inside the span. Those of days nearer to each other than *near* percent are one; what has no day
    stays by itself, with all that has the same bounds.
    """
    found: list[Stack] = []
    for one in sorted((_placed(move, span) for move in moves), key=lambda stack: (stack.end, -stack.start)):
        if one.end <= span.start or one.start >= span.end:
            continue
        last = found[-1] if found else None
        if last is not None and (
            (last.start, last.end) == (one.start, one.end)
            or (not (last.long or one.long) and _apart(last, one, span) < near)
        ):
            found[-1] = _both(last, one)
        else:
            found.append(one)
    return found


def _apart(one: Stack, other: Stack, span: Span) -> float:
    return span.percent((other.start + other.end) / 2) - span.percent((one.start + one.end) / 2)


def _both(one: Stack, other: Stack) -> Stack:
    return Stack(
        start=min(one.start, other.start), end=max(one.end, other.end), added=one.added + other.added,
        gone=one.gone + other.gone, vague=one.vague or other.vague, long=one.long,
    )  # fmt: skip


def _placed(move: Moved, span: Span) -> Stack:
    first, _, last = move.when.partition("/")
    end = PartialDate.parse(last or first).latest.toordinal() + 1
    start = span.start if first == ".." else PartialDate.parse(first).earliest.toordinal()
    return Stack(
        start=start, end=end, added=move.added, gone=move.gone, vague=end - start > 1,
        long=(end - start) / (span.end - span.start) * 100 > _PLACE,
    )  # fmt: skip


def _height(count: int, most: int) -> int:
    return max(round(count / most * (_LINE - _UP)), 4) if count else 0


def _stack(one: Stack, plane: Plane, most: int) -> Markup:
    """A stack's bars, six pixels wide; hatched where the day is not known; a band along the line if that is long."""
    up, down = _reach(one, -1, most), _reach(one, 1, most)
    x, width = plane.bar(one.start, one.end)
    hatched = "-w" if one.vague else ""
    parts = []
    for of, y, height in (("up", _LINE - up, up), ("dn", _LINE + 1, down)):
        if height and one.long:
            parts.append(
                Markup('<rect class="{}-w" x="{}" width="{}" y="{}" height="{}"/>').format(of, x, width, y, height)
            )
        elif height:
            parts.append(
                Markup('<svg x="{}" class="ov"><rect class="{}{}" x="-3" width="6" y="{}" height="{}"/></svg>').format(
                    plane.x((one.start + one.end) / 2), of, hatched, y, height
                )
            )
    return Markup("").join(parts)


def _reach(one: Stack, side: int, most: int) -> int:
    """How far a stack reaches from the line, up (-1) or down (1)."""
    count = one.gone if side > 0 else one.added
    return min(count, 1) * _BAND if one.long else _height(count, most)


def _labels(stacks: Sequence[Stack], plane: Plane, most: int, say: Say, of: str) -> Markup:
    """Counts over the bars, the largest first; one without room is dropped, for the table has it."""
    taken: list[float] = []
    parts = []
    for one in sorted(stacks, key=lambda stack: -(stack.added + stack.gone)):
        middle = (max(one.start, plane.span.start) + min(one.end, plane.span.end)) / 2
        place = plane.span.percent(middle)
        if any(abs(place - other) < _ROOM[of] for other in taken) or not 1.5 < place < 98.5:
            continue
        taken.append(place)
        near = [other for other in stacks if other is not one and abs(_apart(one, other, plane.span)) < _ROOM[of] / 2]
        for added, gone, side in ((one.added, 0, -1), (0, one.gone, 1)):
            reach = _reach(one, side, most)
            if not (added or gone) or any(_reach(other, side, most) > reach for other in near):
                continue
            y = _LINE + reach + 14 if side > 0 else _LINE - reach - 5
            parts.append(
                Markup('<text class="tb" direction="ltr" text-anchor="middle" x="{}" y="{}">{}</text>').format(
                    plane.x(middle), y, say.signed(added, gone)
                )
            )
    return Markup("").join(parts)


@functools.lru_cache(maxsize=64)
def _table(moves: tuple[Moved, ...], own: Words) -> Markup:
    say = Say(own)
    words = say.table_words()
    rows = [
        Markup('<tr><th scope="row">{}</th><td class="num">{}</td><td class="num">{}</td></tr>').format(
            say.words.day(one.when), say.number(one.added), say.number(one.gone)
        )
        for one in sorted(moves, key=lambda move: (move.when.rpartition("/")[2], move.when))
    ]
    return Markup(
        '<details class="more"><summary>{}</summary><table><caption>{}</caption><thead><tr><th scope="col">{}</th>'
        '<th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table></details>'
    ).format(
        words["open"], words["changes"], words["day"], words["added"], words["gone"], Markup("").join(rows)
    )  # fmt: skip
