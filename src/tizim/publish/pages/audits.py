"""The audits: those whose criterion is known, and a form for any other two lists."""

from typing import Any

from tizim.answer.official import official_lists
from tizim.domain.dates import AsOf
from tizim.publish.audits import Pair, id_of, offered
from tizim.publish.pages import audit
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.lists import choices_of, whose
from tizim.register.view import View


def page(view: View, site: Site, as_of: AsOf, national: str = "", reference: str = "") -> Page:
    """The audits; of two lists that were asked for, theirs."""
    if national and reference:
        return audit.page(view, site, as_of, id_of(national, reference))
    words, to = site.words, site.to
    choices = choices_of(words, official_lists(view).values())

    def told(one: Pair) -> dict[str, Any]:
        title = words.say(
            "{national} against {reference}", national=whose(words, one.national), reference=whose(words, one.reference)
        )
        return {"link": words.link(to.audit(one.id), title), "criterion": audit.criterion_said(site, one)}

    return made(
        "audits", site, as_of, here_of("audits"), words.say("Audits"), section="audits",
        values={
            "offered": [told(one) for one in offered(view, as_of)],
            "choices": choices,
            "national": national,
            "reference": reference or "un-sc",
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf, national: str = "", reference: str = "") -> Any:  # noqa: ANN401 - JSON
    """The audits offered; of two lists that were asked for, what was found."""
    if national and reference:
        return audit.data(view, site, as_of, id_of(national, reference))
    return [
        {
            "audit": one.id, "national": one.national.id, "reference": one.reference.id,
            "follows_by_law": one.asks_for_all,
            "reason": (one.criterion.reason or None) if one.criterion else None,
            "statement": one.criterion.statement.id if one.criterion and one.criterion.statement else None,
        }
        for one in offered(view, as_of)
    ]  # fmt: skip
