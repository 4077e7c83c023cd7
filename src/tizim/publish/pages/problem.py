"""The page that says what could not be answered, what was understood, and what to do."""

from markupsafe import Markup

from tizim.domain.dates import AsOf
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site


def page(site: Site, as_of: AsOf | None, status: int, reason: str, understood: dict[str, str]) -> Page:
    """A page about a question that cannot be answered: *status* 404 or 400 for the asker's turn, 5xx for ours."""
    words = site.words
    titles = {
        404: words.say("Not found here"),
        400: words.say("This cannot be answered as it was asked"),
        414: words.say("This question is too long"),
        503: words.say("There is no register here yet"),
    }
    title: Markup = titles.get(status, words.say("Something is wrong on our side"))
    return made(
        "problem", site, as_of, here_of("home"), title, status=status,
        values={
            "reason": words.data(reason, "" if words.is_main else "en") if reason else None,
            "understood": [(words.machine(key), words.data(value)) for key, value in understood.items()],
            "status": status,
        },
    )  # fmt: skip
