"""Decisions that were entered into this register: what, about whom, on what basis, by whom."""

from typing import Any

import msgspec

from tizim.answer.official import official_lists
from tizim.domain.dates import AsOf, Basis
from tizim.domain.decisions import Decision
from tizim.domain.lists import ListId
from tizim.publish.bulletins import telling_of_decisions
from tizim.publish.cards import Card
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.lists import list_name
from tizim.publish.vocabulary import DECISION
from tizim.register.view import View


def page(view: View, site: Site, as_of: AsOf) -> Page:
    """The decisions, the newest first."""
    words, to = site.words, site.to
    lists = official_lists(view)
    told = telling_of_decisions(site, as_of)
    rows = []
    for one in known(site, as_of):
        official = lists.get(ListId(one.list))
        basis = words.data(one.basis.cited) if one.basis.cited else words.say(
            "basis not stated; told by {source}", source=words.data(one.basis.not_stated_by)
        )  # fmt: skip
        rows.append({
            "one": one,
            "what": words.link(to.decision(one.id), words.say(DECISION[one.kind])),
            "name": words.link(to.subject(one.subject), words.name(one.name or one.subject)),
            "list": words.link(to.list(one.list), list_name(words, official)) if official else words.data(one.list),
            "effective": words.day(one.effective),
            "body": words.data(one.body) if one.body else words.say("not known"),
            "basis": basis,
            "bulletin": to.bulletin(told[one.key]) if one.key in told else "",
        })  # fmt: skip
    return made(
        "decisions",
        site,
        as_of,
        here_of("decisions"),
        words.say("Decisions entered here"),
        values={"rows": rows},
        card=Card(
            said=[
                words.count(
                    "{n} decision was entered into this register, with its basis or with who tells of it.",
                    "{n} decisions were entered into this register, with their bases or with who tells of them.",
                    len(rows),
                )
            ]
        ),
    )


def data(view: View, site: Site, as_of: AsOf) -> list[dict[str, Any]]:  # noqa: ARG001 - as all pages
    """The decisions as JSON values."""
    made_of = []
    for one in known(site, as_of):
        built: dict[str, Any] = msgspec.to_builtins(one)
        made_of.append(built)
    return made_of


def known(site: Site, as_of: AsOf) -> list[Decision]:
    """What had been entered by the moment of knowing, the last first."""
    known = [one for one in site.decisions if as_of.basis is Basis.PUBLISHED or one.recorded <= as_of.known_at]
    return sorted(known, key=lambda one: (one.recorded, one.id), reverse=True)
