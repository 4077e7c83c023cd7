"""The first page of a copy of the site: which languages it has."""

from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site


def page(site: Site) -> Page:
    """The languages, each by its own name; a script goes on to that which the reader's browser asks for."""
    words = site.words
    title = words.say("Who is on which list, since when, and on whose word")
    return made("languages", site, None, here_of("home"), title, values={})
