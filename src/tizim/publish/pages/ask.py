"""Was this subject on that list, on that day? The answer in parts; without a question, the form and how to use it."""

from collections.abc import Sequence
from typing import Any, Final

from markupsafe import Markup

from tizim.answer import wire
from tizim.answer.ask import Answer, Elsewhere
from tizim.answer.official import official_list, official_lists
from tizim.answer.records import entity
from tizim.answer.subjects import LEDGER, Clusters, main_names
from tizim.claims import wire as claims_wire
from tizim.domain.dates import AsOf
from tizim.domain.listing import ENDED, Status
from tizim.publish import answers
from tizim.publish.cards import Card
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told import claims as told_claims
from tizim.publish.told.conflicts import question, reading
from tizim.publish.told.lists import choices_of, list_name, none_said, place, unseen_said, whose
from tizim.publish.told.names import own_name
from tizim.publish.told.rules import bound
from tizim.publish.told.statements import row
from tizim.publish.told.states import state_said
from tizim.register.view import View

_SHOWN: Final = 8


def page(view: View, site: Site, as_of: AsOf, subject: str = "", list_id: str = "") -> Page:
    """The answer. Raises `NotFound` for an unknown subject or list, `BadInput` for a name of several subjects."""
    words, to = site.words, site.to
    choices = choices_of(words, official_lists(view).values())
    if not subject.strip() or not list_id:
        return made(
            "ask", site, as_of, here_of("ask", subject, list_id), words.say("Ask the register"), section="ask",
            values={"found": None, "choices": choices, "subject": subject, "list_id": list_id,
                    "ready": _ready(view, site, as_of)},
        )  # fmt: skip
    found = answers.ask(view, site, subject, list_id, as_of)
    called = words.data(found.subject.main_name)
    if not words.is_main:
        called = own_name(words, entity(view, found.subject, as_of))
    named = words.link(to.subject(found.subject.id), called)
    title = words.say(
        "{name} on {list}, on {day}", name=called, list=list_name(words, found.list),
        day=words.time(as_of.valid_at),
    )  # fmt: skip
    known = [e for e in found.held_elsewhere if e.state.status is not Status.UNKNOWN]
    unknown = [e for e in found.held_elsewhere if e.state.status is Status.UNKNOWN]
    told = {s.id for one in found.conflicts for s in one.statements}
    own = _own(site, found, named)
    return made(
        "ask", site, as_of, here_of("ask", found.subject.id, list_id), title, section="ask",
        card=Card(said=own["said"], trail=[(words.say("Ask the register"), to.ask())]),
        values={
            "found": found,
            "choices": choices,
            "subject": subject,
            "list_id": list_id,
            "list_link": words.link(to.list(found.list.id), whose(words, found.list)),
            "before_list": found.list.begins is not None and as_of.valid_at < found.list.begins,
            "own": own,
            "associated": _associated(site, found),
            "collisions": found.collisions[:_SHOWN],
            "more_collisions": max(len(found.collisions) - _SHOWN, 0),
            "listed_in": lambda lists: words.listed(
                words.link(to.list(one), list_name(words, official_list(view, one))) for one in lists
            ),
            "measures": [bound(words, one) for one in found.measures],
            "binds": found.own_state is not None and found.own_state.status not in ENDED,
            "elsewhere": _elsewhere(site, known, named),
            "unknown": _elsewhere(site, unknown, named),
            "proposed": _elsewhere(site, found.proposed, named),
            "before": _elsewhere(site, found.held_before, named),
            "conflicts": [
                {
                    "question": question(words, one),
                    "reading": reading(words, one, found.own_state),
                    "rows": [row(words, to, s) for s in one.statements],
                }
                for one in found.conflicts
            ],
            "statements": [
                row(words, to, s)
                for s in sorted(found.statements, key=lambda s: (s.date or "~", s.source_class.rank))
                if s.id not in told
            ],
            "claimed": [
                told_claims.act(view, words, to, one)
                for one in answers.claimed(view, site, found.subject.id, found.list.id, as_of).acts
            ],
            "unseen": unseen_said(words, found),
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf, subject: str = "", list_id: str = "") -> dict[str, Any]:
    """What ``tizim ask`` tells; without a whole question, what can be asked about."""
    if not subject.strip() or not list_id:
        return {"lists": [{"list": one.id, "name": one.name} for one in official_lists(view).values()]}
    found = answers.ask(view, site, subject, list_id, as_of, None)
    claimed = answers.claimed(view, site, found.subject.id, found.list.id, as_of)
    return {**wire.answer(found), "claimed": [claims_wire.act(one) for one in claimed.acts]}


def _ready(view: View, site: Site, as_of: AsOf) -> list[tuple[str, Markup, Markup]]:
    """The questions that a copy of the site answers: subject, its name, and a link by the name of the list."""
    words, to = site.words, site.to
    if to.still is None:
        return []
    view.rests_on("q", "")
    clusters = Clusters(view, as_of)
    keys = {subject: clusters.of(f"{LEDGER}{subject}" if ":" not in subject else subject)[0]
            for subject, _ in to.still.answers}  # fmt: skip
    called = main_names(view, keys, as_of)
    found = [
        (subject, words.data(called[subject]),
         words.link(to.ask(subject, list_id), whose(words, official_list(view, list_id))))
        for subject, list_id in to.still.answers
    ]  # fmt: skip
    return sorted(found, key=lambda one: (called[one[0]].casefold(), one[0]))


def _own(site: Site, found: Answer, named: Markup) -> dict[str, Any]:
    words = site.words
    own, state = found.own, found.own_state
    if own is None or state is None:
        return {"said": none_said(words, named, found), "state": None, "references": [], "printed": None}
    where = words.link(site.to.list(own.list), list_name(words, own.official))
    return {
        "said": state_said(words, named, where, own, state),
        "state": state,
        "references": [words.machine(number) for number in own.references],
        "printed": words.name(own.name) if own.name else None,
    }


def _associated(site: Site, found: Answer) -> dict[str, Any] | None:
    if not found.associated:
        return None
    words, to = site.words, site.to
    beside = found.beside
    said = []
    if found.regime:
        said.append(
            words.say(
                "{people} persons and {others} other entries stand under the regime that names it.",
                people=beside.kinds.get("person", 0), others=beside.count - beside.kinds.get("person", 0),
            )
        )  # fmt: skip
    if beside.printed:
        said.append(
            words.count(
                "{n} entry prints a relation to its number.",
                "{n} entries print a relation to its number.",
                beside.printed,
            )
        )
    members = [one.member for one in found.associated]
    return {
        "said": said,
        "shown": [words.link(to.subject(one.subject), words.name(one.name or one.reference)) for one in members],
        "rest": beside.count - len(members),
        "all": to.list(beside.lists[0]),
    }


def _elsewhere(site: Site, found: Sequence[Elsewhere], named: Markup) -> list[dict[str, Any]]:
    words, to = site.words, site.to
    lines = []
    for one in sorted(found, key=lambda one: (words.order.key(words.text(place(words, one.on.official))), one.on.list)):
        where = words.link(to.list(one.on.list), whose(words, one.on.official))
        sources = dict.fromkeys(
            words.link(to.statement(s.id), words.data(s.source_title or s.id)) for s in one.on.statements if s.verified
        )
        lines.append({
            "said": state_said(words, named, where, one.on, one.state),
            "status": one.state.status,
            "sources": list(sources)[:3],
            "more": max(len(sources) - 3, 0),
        })  # fmt: skip
    return lines
