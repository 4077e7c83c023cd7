"""Marks of states: a shape and a word, the colour third. And the shapes that all figures of a page share.

A page holds `defs()` once; marks and figures refer to its shapes by id, all of which begin with ``m-``.
"""

import enum
import functools
from typing import Final

from markupsafe import Markup

from tizim.domain.listing import ListingState, Status


class Sign(enum.StrEnum):
    """What a mark can say: the states, an end without a day, and the two that come on top of a state."""

    PROPOSED = "proposed"
    LISTED = "listed"
    AMENDED = "amended"
    RENEWED = "renewed"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    DELISTED = "delisted"
    ANNULLED = "annulled"
    SUPERSEDED = "superseded"
    ABSENT = "absent"
    NOT_OBSERVED = "not_observed"
    UNKNOWN = "unknown"
    ENDED_ON_UNKNOWN_DAY = "ended_on_unknown_day"
    OVERDUE = "overdue"
    DISAGREEMENT = "disagreement"


def sign_of(state: ListingState | None) -> Sign:
    """The sign of a state. An absence after sightings is an end whose day is unknown; no state at all is absence."""
    if state is None:
        return Sign.ABSENT
    if state.status is Status.ABSENT and state.ended:
        return Sign.ENDED_ON_UNKNOWN_DAY
    return Sign(state.status.value)


_TONE: Final = {
    Sign.PROPOSED: "prop", Sign.LISTED: "force", Sign.AMENDED: "force", Sign.RENEWED: "force",
    Sign.NOT_OBSERVED: "force", Sign.UNKNOWN: "end", Sign.SUSPENDED: "pause", Sign.EXPIRED: "end",
    Sign.DELISTED: "end", Sign.ANNULLED: "end", Sign.SUPERSEDED: "end", Sign.ABSENT: "end",
    Sign.ENDED_ON_UNKNOWN_DAY: "end", Sign.OVERDUE: "warn", Sign.DISAGREEMENT: "warn",
}  # fmt: skip

# Shapes on 16 by 16. Classes: g filled, gl outlined, gs soft, gp cut out in the colour of the paper.
_SHAPES: Final = {
    Sign.PROPOSED: '<path class="gl" d="M3 2.2 13.6 8 3 13.8Z"/>',
    Sign.LISTED: '<path class="g" d="M1.5 1.5h13v13h-13z"/>',
    Sign.AMENDED: '<path class="g" d="M1.5 1.5h13v13h-13z"/><path class="gp" d="M4 11h8M4 7.5h4"/>',
    Sign.RENEWED: '<path class="g" d="M1.5 1.5h13v13h-13z"/><path class="gp" d="M11 5.2A4 4 0 1 0 12 8"/>',
    Sign.NOT_OBSERVED: '<path class="gs" d="M2 2h12v12H2z"/><path class="gl" d="M2 2h12v12H2z"/>',
    Sign.UNKNOWN: '<path class="gl" d="M2 2h12v12H2zM2 8l6-6M2 14 14 2M8 14l6-6"/>',
    Sign.SUSPENDED: '<path class="gl" d="M2 2h12v12H2z"/><path class="g" d="M5 4.6h2v6.8H5zM9 4.6h2v6.8H9z"/>',
    Sign.EXPIRED: '<path class="gl" stroke-dasharray="3 2.1" d="M2 2h12v12H2z"/>',
    Sign.DELISTED: '<path class="gl" d="M9.5 2H2v12h7.5M6 8h8.4M11.2 4.8 14.4 8l-3.2 3.2"/>',
    Sign.ANNULLED: '<path class="gl" d="M2 2h12v12H2zM5 5l6 6M11 5l-6 6"/>',
    Sign.SUPERSEDED: ('<path class="gl" d="M1.5 4.5h5v7h-5zM11 3.5h3.8v9H11M6.5 8h6M10.2 5.6 12.6 8l-2.4 2.4"/>'),
    Sign.ABSENT: '<circle class="gl" cx="8" cy="8" r="5.8"/>',
    Sign.ENDED_ON_UNKNOWN_DAY: '<circle class="gl" stroke-dasharray="3 2.2" cx="8" cy="8" r="5.8"/>',
    Sign.OVERDUE: '<path class="g" d="M1.5 1.5h13v13h-13z"/><path class="gp" d="M8 4v4.3l2.8 1.7"/>',
    Sign.DISAGREEMENT: '<path class="gl" d="M1.5 5H11M8 2l3 3-3 3M14.5 11H5M8 8l-3 3 3 3"/>',
}
_TURNS: Final = frozenset({Sign.PROPOSED, Sign.DELISTED, Sign.SUPERSEDED})
"""arrows of direction: turned for readers from right to left; squares, clocks and crosses are not"""


@functools.lru_cache(maxsize=1_024, typed=True)  # a page shows the same few hundreds of times
def mark(status: Status | Sign, word: str, *, mirrored: bool = False) -> Markup:
    """A state's mark and its *word*: text, never a link or a button."""
    sign = Sign(status.value)
    return Markup('<span class="st st-{}">{}<span>{}</span></span>').format(
        _TONE[sign], shape(sign, mirrored=mirrored), word
    )


def shape(status: Status | Sign, *, mirrored: bool = False) -> Markup:
    """The shape alone, for places where its word stands already (the head of a notice)."""
    sign = Sign(status.value)
    turned = "-r" if mirrored and sign in _TURNS else ""
    return Markup(
        '<svg class="sg" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        '<use href="#m-{}{}"/></svg>'
    ).format(sign.value.replace("_", "-"), turned)


# Shapes on the bars, drawn around the point they stand for.
_ON_BARS: Final = (
    '<path id="m-act" class="pf" d="M0-6.5 6.5 0 0 6.5-6.5 0Z"/>'
    '<path id="m-reported" class="ph" d="M0-6.5 6.5 0 0 6.5-6.5 0Z"/>'
    '<circle id="m-seen" class="pf" r="4"/><circle id="m-missing" class="pm" r="4.2"/>'
    '<path id="m-told" class="ph" d="M-3.2-3.2h6.4v6.4h-6.4z"/>'
    '<path id="m-mooted" class="ph" d="M-4-6 6 0-4 6Z"/><path id="m-mooted-r" class="ph" d="M4-6-6 0 4 6Z"/>'
    '<path id="m-cap-delisted" class="pc" d="M0-10V10"/>'
    '<path id="m-cap-expired" class="pc" stroke-dasharray="4 2.7" d="M0-10V10"/>'
    '<path id="m-cap-annulled" class="pc" d="M0-10V10M4-5 14 5M14-5 4 5"/>'
    '<path id="m-cap-annulled-r" class="pc" d="M0-10V10M-4-5-14 5M-14-5-4 5"/>'
    '<path id="m-cap-superseded" class="pc" d="M0-10V20M-3 16 0 20 3 16"/>'
    # A bracket is three pixels wider than its bounds on either side, so that the narrowest is six wide.
    '<path id="m-from" class="pb" d="M1-10H-3V10H1"/><path id="m-to" class="pb" d="M-1-10H3V10H-1"/>'
    '<path id="m-narrow" class="b-doubt" d="M-3-7H3V7H-3Z"/>'
    '<path id="m-u-same" class="u-same" d="M1 1h12v12H1z"/><path id="m-u-other" class="u-other" d="M2 2h10v10H2z"/>'
    '<path id="m-u-doubt" class="u-doubt" d="M2 2h10v10H2z"/><path id="m-u-late" class="u-late" d="M1 1h12v12H1z"/>'
    '<path id="m-u-late2" class="gp" d="M7 4v3.5l2.5 1.5"/><circle id="m-u-gone" class="u-other" cx="7" cy="7" r="5"/>'
)
_PATTERNS: Final = (
    '<pattern id="m-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="hatch" d="M1 0V6"/></pattern>'
    '<pattern id="m-stripes" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<path class="stripe-bg" d="M0 0H8V8H0Z"/><path class="stripe" d="M2.5 0V8"/></pattern>'
)


def defs() -> Markup:
    """The shapes and patterns that the figures of a page refer to: once on each page, unseen.

    Not ``display: none``: patterns in what is not displayed paint nothing.
    """
    states = "".join(
        f'<g id="m-{sign.value.replace("_", "-")}">{drawn}</g>'
        + (f'<g id="m-{sign.value}-r" transform="matrix(-1 0 0 1 16 0)">{drawn}</g>' if sign in _TURNS else "")
        for sign, drawn in _SHAPES.items()
    )
    return Markup(  # noqa: S704 - our own shapes, nothing from outside
        '<svg class="vh" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
        f"{_PATTERNS}{_ON_BARS}{states}</defs></svg>"
    )
