"""The drawing of lanes: one small SVG each, its bars in percentages and its marks in pixels.

No ``viewBox``: bars stretch with the page, marks and text keep their size. No ``style`` attribute, which the
policy of the pages refuses; colours come from classes.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from markupsafe import Markup

from tizim.publish.figures.labels import has_second, label, of_axis
from tizim.publish.figures.marks import Sign, mark, sign_of
from tizim.publish.figures.places import Plane, Span, ticks
from tizim.publish.figures.saying import Say
from tizim.publish.figures.timeline import Bar, Bracket, Cap, Fill, Lane, Point, Seen

_HEIGHT: Final = 44
_TOP, _THICK = -7, 14
"""bars lie around the middle of their lane, which is as tall as its row"""
_NARROW: Final = 2.0
"""a bracket narrower than this, in percent, may have no room for hatching between its two ends"""
_CROWDED: Final = 2.8
"""marks nearer than this, in percent, overlap where the plot is narrow: ten of 358 pixels"""


def timeline(
    lanes: Sequence[Lane], span: Span, say: Say, *, learned_later: int = 0, how_to_read: Markup | None = None
) -> Markup:
    """The figure of *lanes*, in the order given: axis, lanes, key, caption, and the same facts as a table.

    *learned_later* counts the statements that were learned after the moment of knowing; *how_to_read* is a link.
    """
    plane = Plane(span=span, mirrored=say.mirrored)
    caption = say.caption(lanes[0].now, learned_later) if lanes else Markup("")
    more = Markup(" {}").format(how_to_read) if how_to_read is not None else ""
    return Markup(
        '<figure class="fig">{}<ol class="lanes">{}</ol>{}<figcaption>{}{}</figcaption></figure>{}'
    ).format(
        axis(plane, say), Markup("").join(_item(lane, plane, say) for lane in lanes), _key(lanes, say), caption, more,
        _table(lanes, say),
    )  # fmt: skip


def axis(plane: Plane, say: Say) -> Markup:
    """The axis above the lanes, for the eye only: what it says stands in each lane's sentences."""
    return Markup(
        '<div class="axis" aria-hidden="true"><svg class="{}" width="100%" height="{}">{}</svg></div>'
    ).format(*(("two", 42) if has_second(plane, say) else ("one", 26)), Markup("").join(of_axis(plane, say, 17)))


def _item(lane: Lane, plane: Plane, say: Say) -> Markup:
    signs = mark(sign_of(lane.state), say.state(lane), mirrored=say.mirrored)
    if lane.overdue is not None:  # on top of the state, never instead of it
        signs += mark(Sign.OVERDUE, say.sign(Sign.OVERDUE), mirrored=say.mirrored)
    return Markup(
        '<li><span class="who">{}<small>{}</small></span><span class="signs">{}</span>{}</li>'
    ).format(say.keeper(lane), say.list_name(lane), signs, drawn(lane, plane, say))  # fmt: skip


def drawn(lane: Lane, plane: Plane, say: Say) -> Markup:
    """One lane as a picture whose label says all of it."""
    shapes = [
        *(_bar(bar, plane) for bar in lane.bars), *_overdue(lane, plane),
        *(_bracket(one, plane) for one in lane.brackets), *(_cap(one, plane) for one in lane.caps),
        *_points(lane.points, plane), *_counts(lane, plane, say),
    ]  # fmt: skip
    return Markup(
        '<svg class="lane" width="100%" height="{}" role="img" aria-label="{}">{}<svg class="ov" y="50%">{}</svg></svg>'
    ).format(_HEIGHT, say.lane(lane), Markup("").join([*_grid(plane), *_now(lane, plane)]), Markup("").join(shapes))


def _grid(plane: Plane) -> Iterator[Markup]:
    for tick in ticks(plane.span):
        x = plane.x(tick.day.toordinal())
        odd = " odd" if tick.wide_only else ""
        yield Markup('<line class="gridl{}" x1="{}" x2="{}" y2="100%"/>').format(odd, x, x)


def _now(lane: Lane, plane: Plane) -> Iterator[Markup]:
    end = lane.now.toordinal() + 1
    if plane.span.start <= end <= plane.span.end:
        yield Markup('<line class="nowl" x1="{}" x2="{}" y2="100%"/>').format(plane.x(end), plane.x(end))


def _use(shape: str, x: str) -> Markup:
    return Markup('<use href="#{}" x="{}"/>').format(shape, x)


def _rect(of: str, place: tuple[str, str], y: int = _TOP, thick: int = _THICK) -> Markup:
    return Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(of, place[0], y, place[1], thick)


_CLASS: Final = {
    Fill.SURE: ("b-sure",), Fill.CARRIED: ("b-carry",), Fill.DOUBT: ("b-doubt",),
    Fill.DOUBT_HELD: ("b-carry", "b-doubt"), Fill.PAUSED: ("b-pause",), Fill.ANNULLED: ("b-annul",),
}  # fmt: skip


def _bar(bar: Bar, plane: Plane) -> Markup:
    place = plane.bar(bar.start if bar.start is not None else plane.span.start, bar.end)
    return Markup("").join(_rect(of, place) for of in _CLASS[bar.fill])


def _overdue(lane: Lane, plane: Plane) -> Iterator[Markup]:
    end = lane.now.toordinal() + 1
    if lane.overdue is not None and lane.overdue < end and plane.span.start < end:
        yield _rect("b-late", plane.bar(lane.overdue, end), _TOP - 5, 4)


def _bracket(one: Bracket, plane: Plane) -> Markup:
    """Both ends of a vague date; which of them stands at the right depends on the direction of reading."""
    first, last = ("m-to", "m-from") if plane.mirrored else ("m-from", "m-to")
    span = plane.span
    parts = []
    if span.percent(one.end) - span.percent(one.start) < _NARROW and one.kind is not Seen.MOOTED:
        parts.append(_use("m-narrow", plane.x((one.start + one.end) / 2)))
    if one.start >= span.start:
        parts.append(_use(first, plane.x(one.start)))
    if one.closed and one.end <= span.end:
        parts.append(_use(last, plane.x(one.end)))
    return Markup("").join(parts)


def _cap(cap: Cap, plane: Plane) -> Markup:
    turned = "-r" if plane.mirrored and cap.status.value == "annulled" else ""
    return _use(f"m-cap-{cap.status.value}{turned}", plane.x(cap.day))


_OVER: Final = (Seen.MISSING, Seen.SEEN, Seen.TOLD, Seen.MOOTED, Seen.REPORTED, Seen.ACT)
"""the order of drawing: acts come last, and lie above copies of the same days"""


def _points(points: Sequence[Point], plane: Plane) -> Iterator[Markup]:
    for point in sorted(points, key=lambda one: (_OVER.index(one.kind), one.day)):
        turned = "-r" if plane.mirrored and point.kind is Seen.MOOTED else ""
        yield _use(f"m-{point.kind.value}{turned}", plane.x(point.day + 0.5))


def _counts(lane: Lane, plane: Plane, say: Say) -> Iterator[Markup]:
    """How many copies show it, and how many do not, where their marks overlap: one count of each kind, over the
    middle of what it counts. A label without room is dropped, for the table has it.
    """
    last = -100.0
    for kind, copies in ((Seen.SEEN, lane.copies_with), (Seen.MISSING, lane.copies_without)):
        own = [one for one in lane.points if one.kind is kind]
        steps = (plane.span.percent(b.day) - plane.span.percent(a.day) for a, b in pairwise(own))
        place = plane.span.percent((own[0].day + own[-1].day) / 2) if own else 0.0
        if copies and any(step < _CROWDED for step in steps) and abs(place - last) > 22 and 9 < place < 91:
            last = place
            yield label(plane, "t", (own[0].day + own[-1].day) / 2, -12, say.count_of_copies(copies))


# -- key and table -----------------------------------------------------------------------------------

_MOST_KEYS: Final = 6
_SPARED: Final = ("overdue", "paused", "mooted", "annulled", "told")
"""items left out first where there are too many: of most of them the state beside the lane says the word"""
_KEY: Final = {
    "sure": Markup('<rect class="b-sure" y="2" width="34" height="12"/>'),
    "carried": Markup('<rect class="b-carry" x=".5" y="2" width="33" height="12"/>'),
    "doubt": Markup('<rect class="b-doubt" y="2" width="34" height="12"/>'),
    "paused": Markup('<rect class="b-pause" x=".5" y="2" width="33" height="12"/>'),
    "annulled": Markup('<rect class="b-annul" x=".5" y="2" width="33" height="12"/>'),
    "acts": Markup('<use href="#m-act" x="10" y="8"/><use href="#m-reported" x="26" y="8"/>'),
    "copies": Markup('<use href="#m-seen" x="10" y="8"/><use href="#m-missing" x="26" y="8"/>'),
    "told": Markup('<use href="#m-told" x="17" y="8"/>'),
    "mooted": Markup('<use href="#m-mooted{r}" x="17" y="8"/>'),
    "overdue": Markup('<rect class="b-late" y="6" width="34" height="4"/>'),
}
_KEY_OF: Final = {
    Fill.SURE: "sure", Fill.CARRIED: "carried", Fill.DOUBT: "doubt", Fill.DOUBT_HELD: "doubt", Fill.PAUSED: "paused",
    Fill.ANNULLED: "annulled", Seen.ACT: "acts", Seen.REPORTED: "acts", Seen.SEEN: "copies", Seen.MISSING: "copies",
    Seen.TOLD: "told", Seen.MOOTED: "mooted",
}  # fmt: skip


def keys(lanes: Iterable[Lane]) -> list[str]:
    """What the key explains: what the figure has, in the order of appearance, and at most six items."""
    found: dict[str, None] = {}
    for lane in lanes:
        shown = [*((bar.start or 0, bar.fill) for bar in lane.bars), *((one.day, one.kind) for one in lane.points)]
        shown += [(one.start, Fill.DOUBT) for one in lane.brackets if one.kind is not Seen.MOOTED]
        for _, kind in sorted(shown, key=lambda pair: pair[0]):
            found.setdefault(_KEY_OF[kind])
        if lane.overdue is not None:
            found.setdefault("overdue")
    for spared in _SPARED:
        if len(found) > _MOST_KEYS:
            found.pop(spared, None)
    return list(found)


def _key(lanes: Sequence[Lane], say: Say) -> Markup:
    turned = "-r" if say.mirrored else ""
    items = Markup("").join(
        Markup('<li><svg width="34" height="16" aria-hidden="true">{}</svg><span>{}</span></li>').format(
            _KEY[of].format(r=turned), say.key(of)
        )
        for of in keys(lanes)
    )
    return Markup('<ul class="key">{}</ul>').format(items) if items else Markup("")


def _table(lanes: Sequence[Lane], say: Say) -> Markup:
    """All marks as a table: nothing stands in the picture alone."""
    words = say.table_words()
    bodies = []
    for lane in lanes:
        rows = [
            Markup('<tr><td data-l="{}">{}</td><td data-l="{}">{}</td><td data-l="{}">{}</td></tr>').format(
                say.words.text(words["when"]), say.when(row), say.words.text(words["what"]), say.row(row),
                say.words.text(words["source"]), say.source(row.by),
            )
            for row in lane.rows
        ]  # fmt: skip
        head = Markup('<tr><th scope="rowgroup" colspan="3">{}</th></tr>').format(say.head(lane))
        bodies.append(Markup("<tbody>{}</tbody>").format(Markup("").join([head, *rows])))
    return Markup(
        '<details class="more"><summary>{}</summary><table class="cards"><caption>{}</caption><thead><tr>'
        '<th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th></tr></thead>{}</table></details>'
    ).format(
        words["open"], words["caption"], words["when"], words["what"], words["source"], Markup("").join(bodies)
    )  # fmt: skip
