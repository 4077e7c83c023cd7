"""The first page: search, what changed lately, the lists and their age, reviews due soon."""

import datetime as dt
from collections import defaultdict
from typing import Any, Final

import msgspec
from markupsafe import Markup

from tizim.answer import wire
from tizim.answer.evidence import age, copies_of, designations
from tizim.answer.official import official_list, official_lists
from tizim.answer.reviewing import Due, DueState
from tizim.claims import wire as claims_wire
from tizim.claims.confirming import Weighed
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.lists import OfficialList
from tizim.publish import answers
from tizim.publish.acts import Acts, acts_of
from tizim.publish.audits import offered
from tizim.publish.bulletins import published
from tizim.publish.cards import Card
from tizim.publish.lately import Act, Turnover, lately
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told import claims as told_claims
from tizim.publish.told.lists import whose
from tizim.publish.told.statements import stated
from tizim.publish.vocabulary import ACTION, DUE
from tizim.register.view import View

SOON: Final = 90
"""days ahead for which reviews are shown"""
_LATELY: Final = 10
_DUES: Final = 8
_LISTS: Final = 12
_BULLETINS: Final = 3
_CLAIMED: Final = 5


class Aged(msgspec.Struct, frozen=True, kw_only=True):
    """A list, and how old what is held of it is."""

    official: OfficialList
    last_observed: dt.date | None
    stale: bool


def ages(view: View, as_of: AsOf) -> list[Aged]:
    """The lists of which anything known speaks, those with the newest evidence first."""
    told: dict[str, list[Designation]] = defaultdict(list)
    for one in designations(view, as_of):
        told[one.list].append(one)
    found = []
    for list_id, official in official_lists(view).items():
        copies = copies_of(view, list_id, as_of)
        if copies or told[list_id]:
            observed, stale = age(view, official, as_of, copies, told[list_id])
            found.append(Aged(official=official, last_observed=observed, stale=stale))
    return sorted(found, key=lambda one: (one.last_observed or dt.date.min, one.official.id), reverse=True)


def page(view: View, site: Site, as_of: AsOf) -> Page:
    """The first page in a language."""
    words = site.words
    acts = acts_of(view, as_of)
    known = ages(view, as_of)
    # A list that is shown whole stands for its parts.
    parts = {part for one in known for part in one.official.parts}
    lines = [one for one in known if one.official.id not in parts][:_LISTS]
    # The calendar takes its time; of a day that was asked for it is a page of its own.
    is_dated = bool(site.to.asked.as_of)
    until = as_of.valid_at + dt.timedelta(days=SOON)
    dues = () if is_dated else answers.calendar(view, site, as_of, until).dues
    coming = [one for one in dues if one.due is not None and one.state in {DueState.DUE, DueState.EXPIRES}]
    newest = max((doc.recorded_at for doc in view.documents() if doc.recorded_at <= as_of.known_at), default=None)
    return made(
        "home", site, as_of, here_of("home"), words.say("Who is on which list, since when, and on whose word"),
        card=Card(modified=newest), follows=site.to.undated().changes(),
        values={
            "changes": [_change(view, site, one, acts) for one in lately(view, as_of, _LATELY)],
            "lists": [(one, answers.roll(view, site, one.official.id, as_of).count) for one in lines],
            "whose": lambda one: whose(words, one),
            "total": len(known),
            "stale": sum(one.stale for one in known),
            "dues": [_due(view, site, one) for one in coming[:_DUES]],
            "overdue": sum(one.state is DueState.OVERDUE for one in dues),
            "audits": [
                words.link(
                    site.to.audit(one.id),
                    words.say(
                        "{national} against {reference}", national=whose(words, one.national),
                        reference=whose(words, one.reference),
                    ),
                )
                for one in offered(view, as_of)
            ],
            "is_dated": is_dated,
            "soon": SOON,
            "bulletins": published(view, site, as_of, most=_BULLETINS),
            "claimed": [told_claims.brief(view, words, site.to, one) for one in _claimed(view, site, as_of)],
        },
    )  # fmt: skip


def _claimed(view: View, site: Site, as_of: AsOf) -> list[Weighed]:
    """The acts of which news told last up to the day, and which nothing official and nobody has settled."""
    found = answers.claimed(view, site, "", "", as_of).left_open()
    told = [
        one for one in found.acts if any(telling.told and telling.told <= as_of.valid_at for telling in one.group.news)
    ]
    return told_claims.in_order(told)[:_CLAIMED]


def data(view: View, site: Site, as_of: AsOf) -> dict[str, Any]:
    """The lists and what changed lately."""
    changed = [
        {
            "list": one.list, "day": one.day.isoformat(), "subject": one.subject, "name": one.name,
            "action": one.action.value, "statements": [s.id for s in one.statements],
        }
        if isinstance(one, Act)
        else {
            "list": one.list, "day": one.day.isoformat(), "before": one.before.isoformat(), "added": one.added,
            "gone": one.gone,
        }
        for one in lately(view, as_of, _LATELY)
    ]  # fmt: skip
    return {
        **wire.overview(answers.overview(view, site, as_of)),
        "changed_lately": changed,
        "claimed_lately": [claims_wire.act(one) for one in _claimed(view, site, as_of)],
    }


def _change(view: View, site: Site, one: Act | Turnover, acts: Acts) -> dict[str, Markup]:
    """A line of what changed: day, list, what, and on whose word."""
    words, to = site.words, site.to
    official = official_list(view, one.list)
    on_list = words.link(to.list(one.list), whose(words, official))
    if isinstance(one, Turnover):
        return {
            "day": words.time(one.day),
            "list": on_list,
            "what": words.say("added: {added}; missing: {gone}", added=one.added, gone=one.gone),
            "word": words.say(
                "by the copies of {before} and {day}", before=words.time(one.before), day=words.time(one.day)
            ),
        }  # fmt: skip
    first = one.statements[0]
    whole = acts.address(to, first)
    act = next((s.act.text for s in one.statements if s.act.text), "")
    said = words.link(to.statement(first.id), words.say("the statement"))
    more = len(one.statements) - 1
    if more:
        said = words.count("{link} and {n} more", "{link} and {n} more", more, link=said)
    return {
        "day": stated(words, first),
        "list": on_list,
        "what": words.say(
            "{name}: {act}", name=words.link(to.subject(one.subject), words.name(one.name)),
            act=words.link(whole, words.say(ACTION[one.action])) if whole else words.say(ACTION[one.action]),
        ),
        "word": words.say("{act}; {link}", act=words.data(act), link=said)
        if act
        else words.say("act not seen; {link}", link=said),
    }  # fmt: skip


def _due(view: View, site: Site, one: Due) -> dict[str, Markup]:
    words, to = site.words, site.to
    name = words.name(one.name)
    named = name if one.subject.startswith("list:") else words.link(to.subject(one.subject), name)
    return {
        "day": words.time(one.due or dt.date.min),
        "name": named,
        "list": words.link(to.list(one.list), whose(words, official_list(view, one.list))),
        "state": words.say(DUE[one.state]),
    }
