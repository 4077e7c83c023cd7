"""What articles claim: the acts that nothing official and nobody has settled yet, or all."""

from typing import Any, Final

from tizim.answer.subjects import find
from tizim.claims import wire
from tizim.claims.asking import Claimed
from tizim.domain.dates import AsOf
from tizim.errors import BadInput
from tizim.publish import answers
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told import claims as told
from tizim.register.view import View

ALL: Final = "all"
_SHOWN: Final = 60
"""acts on one page; the others are in its data"""


def page(view: View, site: Site, as_of: AsOf, show: str = "") -> Page:
    """The claims: open ones, or all where *show* says so. Raises `BadInput` for another word."""
    words, to = site.words, site.to
    found = _found(view, site, as_of, show)
    acts = told.in_order(found.acts)
    only_open = show != ALL
    return made(
        "claims", site, as_of, here_of("claims", show),
        words.say("Claimed in the news, not confirmed") if only_open else words.say("Claimed in the news"),
        section="claims",
        values={
            "only_open": only_open,
            "count_acts": len(acts),
            "articles": found.articles,
            "rows": [told.act(view, words, to, one) for one in acts[:_SHOWN]],
            "more": max(len(acts) - _SHOWN, 0),
            "plain": [told.plain(view, words, to, one) for one in found.plain[:_SHOWN]],
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf, show: str = "", subject: str = "", list_id: str = "") -> dict[str, Any]:
    """What ``tizim claims`` tells, with ``--open`` unless *show* says all or something is asked for."""
    if subject or list_id:
        about = find(view, subject, as_of).id if subject else ""
        return wire.claimed(answers.claimed(view, site, about, list_id, as_of))
    return wire.claimed(_found(view, site, as_of, show))


def _found(view: View, site: Site, as_of: AsOf, show: str) -> Claimed:
    if show not in {"", ALL}:
        raise BadInput(f"show is '{ALL}' or left out, not '{show}'")
    found = answers.claimed(view, site, "", "", as_of)
    return found if show == ALL else found.left_open()
