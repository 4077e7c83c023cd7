"""One decision entered into this register: what, about whom, on what basis, and what became of it."""

from typing import Any

import msgspec
from markupsafe import Markup

from tizim.answer.official import official_lists
from tizim.domain.dates import AsOf
from tizim.domain.decisions import Decision
from tizim.domain.lists import ListId
from tizim.errors import NotFound
from tizim.publish.pages.decisions import known
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.lists import whose
from tizim.publish.vocabulary import DECISION, KIND
from tizim.register.view import View
from tizim.sources.decisions import SOURCE


def page(view: View, site: Site, as_of: AsOf, decision_id: str) -> Page:
    """The decision of an id, or the one that stands in its place. Raises `NotFound` for one not entered by then."""
    words, to = site.words, site.to
    one = _found(site, as_of, decision_id)
    official = official_lists(view).get(ListId(one.list))
    on_list = words.link(to.list(one.list), whose(words, official)) if official else words.data(one.list)
    name = words.name(one.name or one.subject)
    basis = words.data(one.basis.cited) if one.basis.cited else words.say(
        "basis not stated; told by {source}", source=words.data(one.basis.not_stated_by)
    )  # fmt: skip
    facts: list[tuple[Markup, Markup | None]] = [
        (words.say("What"), words.say(DECISION[one.kind])),
        (words.say("About"), words.link(to.subject(one.subject), name)),
        (words.say("What it is"), words.say(KIND.get(one.new_kind, KIND[""])) if one.new_kind else None),
        (words.say("List"), on_list),
        (words.say("Who decided"), words.data(one.body) if one.body else words.say("not known")),
        (words.say("Basis"), basis),
        (words.say("Reason given"), words.data(one.reason) if one.reason else None),
    ]
    dates: list[tuple[Markup, Markup | None]] = [
        (words.say_in("date", "Done"), words.day(one.decided)),
        (words.say_in("date", "In effect"), words.day(one.effective)),
        (words.say_in("date", "Published"), words.day(one.published)),
        *(
            (
                words.say_in("date", "Announced"),
                words.say("{day}, by {who}", day=words.day(told.date), who=words.data(told.by))
                if told.by
                else words.day(told.date),
            )
            for told in one.announced
        ),
        (words.say_in("date", "Ends"), words.day(one.expires) if one.expires else None),
        (words.say_in("date", "Recorded here"), words.time(one.recorded.date())),
    ]
    docs = [doc for doc in view.documents() if doc.source == SOURCE.info.id and _is_of(doc.title, one)]
    return made(
        "decision", site, as_of, here_of("decision", one.id),
        words.say("{name}: {act}", name=name, act=words.say(DECISION[one.kind])),
        values={
            "one": one,
            "replaced": decision_id != one.id,
            "facts": [(label, value) for label, value in facts if value is not None],
            "dates": [(label, value) for label, value in dates if value is not None],
            "author": words.data(one.author),
            "second": words.data(one.approved_by) if one.approved_by else None,
            "listing": words.link(to.listing(one.list, one.subject), words.say("the listing")),
            "documents": [words.link(to.document(doc.sha256), words.data(doc.title)) for doc in docs],
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf, decision_id: str) -> dict[str, Any]:  # noqa: ARG001 - as all pages
    """The decision as JSON values."""
    built: dict[str, Any] = msgspec.to_builtins(_found(site, as_of, decision_id))
    return built


def _found(site: Site, as_of: AsOf, decision_id: str) -> Decision:
    entered = known(site, as_of)
    found = next((one for one in entered if decision_id in {one.id, one.key}), None)
    if found is None:
        raise NotFound(f"no decision {decision_id[:200]} had been entered by then")
    return found


def _is_of(title: str, one: Decision) -> bool:
    return any(title.startswith(f"Decision {name},") for name in {one.id, one.key})
