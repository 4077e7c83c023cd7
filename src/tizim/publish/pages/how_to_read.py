"""What the words, the dates and the marks of the site mean."""

from typing import Any, Final

from tizim.domain.dates import AsOf
from tizim.domain.listing import Status
from tizim.publish.cards import Card
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.vocabulary import SOURCE_CLASS, STATUS
from tizim.publish.words.marking import noted
from tizim.register.view import View

_MEANING: Final = {
    Status.PROPOSED: noted("Somebody proposed to list it; no decision is on record here."),
    Status.LISTED: noted("A document shows it on the list on that day, or documents before and after it do."),
    Status.AMENDED: noted("It is listed, and the entry was changed."),
    Status.RENEWED: noted("It is listed, and the listing was renewed."),
    Status.SUSPENDED: noted("The ban is suspended; the listing itself stands."),
    Status.EXPIRED: noted("Its term ran out, and no renewal is on record here."),
    Status.DELISTED: noted("A statement says that it was taken off."),
    Status.ANNULLED: noted("A court annulled the listing; that alone does not take it off the list."),
    Status.SUPERSEDED: noted("Another entry took its place."),
    Status.ABSENT: noted("A copy of the list does not have it, and no act seen takes it off. That is not a delisting."),
    Status.NOT_OBSERVED: noted("The last document known had it; no newer one shows it or takes it off."),
    Status.UNKNOWN: noted("It changed between two documents, on a day not known, and the day asked for lies between."),
}


def page(view: View, site: Site, as_of: AsOf) -> Page:  # noqa: ARG001 - as all pages
    """How to read the site."""
    words = site.words
    return made(
        "how_to_read", site, as_of, here_of("how_to_read"), words.say("How to read this"), section="how_to_read",
        card=Card(said=[words.say("What the words, the dates and the marks of this register mean.")]),
        values={
            "states": [(status, words.say(_MEANING[status])) for status in STATUS],
            "classes": [words.say(one) for _, one in sorted(SOURCE_CLASS.items())],
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf) -> dict[str, Any]:  # noqa: ARG001 - as all pages
    """The states and what they mean, in the language of the page."""
    say, text = site.words.say, site.words.text
    return {
        "states": [
            {"status": one.value, "word": text(say(STATUS[one])), "meaning": text(say(_MEANING[one]))} for one in STATUS
        ]
    }
