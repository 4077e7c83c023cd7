"""Marks and figures as pages use them: a state's mark with its word, in the language of the page."""

from markupsafe import Markup

from tizim.domain.listing import Status
from tizim.publish import figures
from tizim.publish.vocabulary import STATUS
from tizim.publish.words import Words


def mark(words: Words, status: Status) -> Markup:
    """A state: its shape and its word."""
    return figures.mark(status, words.say(STATUS[status]), mirrored=words.direction == "rtl")


def defs() -> Markup:
    """The shapes that the marks and figures of a page refer to, once on each page."""
    return figures.defs()
