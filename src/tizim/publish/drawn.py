"""Marks and figures as pages use them: a state's mark with its word, in the language of the page."""

import datetime as dt

from markupsafe import Markup

from tizim.domain.listing import Status
from tizim.publish import figures
from tizim.publish.vocabulary import STATUS
from tizim.publish.words import Words


def mark(words: Words, status: Status, observed: dt.date | None = None) -> Markup:
    """A state: its shape and its word; with the day of the last sight, where nothing newer is known."""
    word = words.say(STATUS[status])
    if status is Status.NOT_OBSERVED and observed is not None:
        word = words.say("listed, not observed since {day}", day=words.time(observed))
    return figures.mark(status, word, mirrored=words.direction == "rtl")


def overdue(words: Words, text: Markup) -> Markup:
    """That a review is overdue, in the words *text*: it comes on top of a state."""
    return figures.mark(figures.Sign.OVERDUE, text, mirrored=words.direction == "rtl")


def defs() -> Markup:
    """The shapes that the marks and figures of a page refer to, once on each page."""
    return figures.defs()
