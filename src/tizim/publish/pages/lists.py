"""All lists: who decides, how many entries, how old what is held is; and those of which nothing is held."""

from itertools import groupby
from typing import Any

from tizim.answer import wire
from tizim.answer.official import official_list
from tizim.domain.dates import AsOf
from tizim.publish import answers
from tizim.publish.cards import Card
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.lists import list_name, place
from tizim.register.view import View


def page(view: View, site: Site, as_of: AsOf) -> Page:
    """The lists, by who keeps them."""
    words = site.words
    known = answers.overview(view, site, as_of)
    placed = sorted(
        ((words.text(place(words, one.official)), one) for one in known.lists),
        key=lambda pair: (words.order.key(pair[0]), pair[1].official.id),  # nobody's comes last
    )
    groups = [
        (
            place(words, own[0].official)
            if own[0].official.jurisdiction
            else words.say("Lists of this register's users"),
            own,
        )
        for _, pairs in groupby(placed, key=lambda pair: pair[0])
        if (own := [one for _, one in pairs])
    ]
    return made(
        "lists", site, as_of, here_of("lists"), words.say("Lists"), section="lists",
        card=Card(
            said=[
                words.count("Something is held of {n} list.", "Something is held of {n} lists.", len(known.lists)),
                words.say("Each with who keeps it, how many entries it has, and how old what is held of it is."),
            ]
        ),
        values={
            "groups": groups,
            "total": len(known.lists),
            "name": lambda official: list_name(words, official),
            "silent": [official_list(view, one) for one in known.silent],
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf) -> dict[str, Any]:
    """What ``tizim lists`` tells."""
    return wire.overview(answers.overview(view, site, as_of))
