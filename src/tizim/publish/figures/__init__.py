"""Figures: what documents support, drawn, and nothing more.

Owns the marks of the states, the lanes of time, the strip of changes, the units of an audit and the two rails of a
conflict. Every figure is a pure model of days first and inline SVG second; every fact in a picture stands in its
label and in its table as well. Knows no pages, no addresses and no language: words come in as a `Say`.
Start reading at `timeline`.
"""

from tizim.publish.figures.changes import DayShown, Moved, strip
from tizim.publish.figures.figure import timeline
from tizim.publish.figures.marks import Sign, defs, mark, sign_of
from tizim.publish.figures.places import Span
from tizim.publish.figures.rails import rails
from tizim.publish.figures.saying import Say
from tizim.publish.figures.timeline import Lane, in_order, lane_of, silent_lane, span_of
from tizim.publish.figures.units import Group, units

__all__ = [
    "DayShown", "Group", "Lane", "Moved", "Say", "Sign", "Span", "defs", "in_order", "lane_of", "mark",
    "rails", "sign_of", "silent_lane", "span_of", "strip", "timeline", "units",
]  # fmt: skip
