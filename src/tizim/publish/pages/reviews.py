"""What falls due on lists: overdue first, the longest first, then day by day; and what has no day, with its reason."""

import functools
from collections import defaultdict
from typing import Any, Final

from markupsafe import Markup

from tizim.answer.agenda import as_json
from tizim.answer.icalendar import icalendar
from tizim.answer.official import official_list, official_lists
from tizim.answer.reviewing import Due, DueState
from tizim.answer.rules import DueRule
from tizim.domain.dates import AsOf
from tizim.domain.lists import ListId
from tizim.publish import answers
from tizim.publish.cards import Card
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.changes import listed
from tizim.publish.told.lists import whose
from tizim.publish.told.rules import rule_said, span_said
from tizim.publish.vocabulary import DUE
from tizim.register.view import View

_MOST: Final = 100
_UNDATED: Final = 50


def page(view: View, site: Site, as_of: AsOf, list_id: str = "") -> Page:
    """The review calendar, of one list or of all. Raises `NotFound` for an unknown list."""
    words, to = site.words, site.to
    official = official_list(view, list_id) if list_id else None
    found = answers.calendar(view, site, as_of, list_id=list_id)
    dated = [one for one in found.dues if one.due is not None]
    without = [one for one in found.dues if one.due is None]
    counts: dict[DueState, int] = defaultdict(int)
    for one in found.dues:
        counts[one.state] += 1
    laws = list(dict.fromkeys(one.law for one in found.dues if one.law is not None and one.law.origin.value == "law"))

    @functools.cache  # hundreds of lines are of the same few lists and rules
    def on_list(list_id: ListId) -> Markup:
        return words.link(to.list(list_id), whose(words, official_list(view, list_id)))

    said_of: dict[int, Markup] = {}

    def rule(law: DueRule) -> Markup:
        if id(law) not in said_of:
            said_of[id(law)] = rule_said(words, law)
        return said_of[id(law)]

    def line(one: Due) -> dict[str, Any]:
        name = words.name(one.name)
        return {
            "one": one,
            "day": words.time(one.due) if one.due else words.say("day unknown"),
            "name": name if one.subject.startswith("list:") else words.link(to.subject(one.subject), name),
            "list": on_list(one.list),
            "state": words.say(DUE[one.state]),
            "late": one.state is DueState.OVERDUE,
            "rule": rule(one.law) if one.law else words.say("no rule known"),
            "grounds": [
                words.link(to.statement(ground.statement), words.day(ground.date))
                if ground.statement
                else words.day(ground.date)
                for ground in one.rests_on[:2]
            ],
        }  # fmt: skip

    title = words.say("Reviews due")
    if official is not None:
        title = words.say("Reviews due on {list}", list=listed(words, official))
    overdue = counts[DueState.OVERDUE]
    choices = [(words.text(whose(words, one)), one.id) for one in official_lists(view).values()]
    return made(
        "reviews", site, as_of, here_of("reviews", list_id), title, section="reviews",
        card=Card(
            said=[
                words.count(
                    "{n} review is overdue on {day}, by the rules in force that day and what is on record here.",
                    "{n} reviews are overdue on {day}, by the rules in force that day and what is on record here.",
                    overdue, day=words.time(as_of.valid_at),
                )
            ],
            trail=[(words.say("Reviews due"), to.reviews())] if list_id else (),
        ),
        values={
            "list_id": list_id,
            "choices": sorted(choices),
            "overdue": overdue,
            "coming": counts[DueState.DUE] + counts[DueState.EXPIRES],
            "expired": counts[DueState.EXPIRED],
            "rows": [line(one) for one in dated[:_MOST]],
            "more": max(len(dated) - _MOST, 0),
            "undated": [line(one) for one in without[:_UNDATED]],
            "more_undated": max(len(without) - _UNDATED, 0),
            "laws": [
                (on_list(law.rule.list), rule_said(words, law), span_said(words, law), law)
                for law in laws
            ],
            "silent": [
                (on_list(one.list), one.state is DueState.NONE)
                for one in found.silent
            ],
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf, list_id: str = "") -> list[dict[str, Any]]:
    """What ``tizim due`` tells."""
    return as_json(answers.calendar(view, site, as_of, list_id=list_id))


def calendar(view: View, site: Site, as_of: AsOf, list_id: str = "") -> bytes:
    """What ``tizim due --ics`` writes, for programs that keep it up to date."""
    return icalendar(answers.calendar(view, site, as_of, list_id=list_id))
