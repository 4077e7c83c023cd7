"""One list on a day: who decides, members, how it changed, the rule in force, and a way to every other day."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec
from markupsafe import Markup

from tizim.answer import wire
from tizim.answer.ask import measures
from tizim.answer.evidence import copies_of
from tizim.answer.members import Member
from tizim.answer.official import official_list, parts_of
from tizim.answer.rules import laws_of
from tizim.answer.subjects import main_names
from tizim.domain.dates import AsOf
from tizim.domain.lists import OfficialList
from tizim.publish import answers, figures
from tizim.publish.addresses import Addresses
from tizim.publish.moves import Move, Moving, moves_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.lists import list_name, place, whose
from tizim.publish.told.rules import bound, rule_said, span_said
from tizim.publish.vocabulary import KIND
from tizim.register.view import View
from tizim.text import fold

PAGED: Final = 200
"""members of the longest list that is shown on one page"""
_CHANGES: Final = 12
_NAMED: Final = 5


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A member in the cells of a table."""

    member: Member
    name: Markup
    called: Markup
    """the name to call it by, where the list prints another"""
    kind: Markup
    part: Markup
    """the list of which it is a member, where the page shows several together"""


def page(view: View, site: Site, as_of: AsOf, list_id: str, letter: str = "") -> Page:
    """The list on the day. Raises `NotFound` for an unknown one."""
    words = site.words
    official = official_list(view, list_id)
    found = answers.members(view, site, official.id, as_of)
    copies = copies_of(view, official.id, as_of)
    moves = moves_of(view, official.id, as_of)
    groups = _letters(found.members)
    chosen = letter if letter in groups else next(iter(groups), "")
    past = [one for one in reversed(moves) if one.latest <= as_of.valid_at][:_CHANGES]
    moving = {one.subject: one.keys for move in past for one in (*move.added[:_NAMED], *move.gone[:_NAMED])}
    called = main_names(view, moving, as_of)
    shown = groups[chosen] if len(groups) > 1 else list(found.members)
    laws = [law for one in parts_of(view, official.id) for law in laws_of(view, one, as_of)]
    in_force = [law for law in laws if law.is_in_force(as_of.valid_at)]
    age = None if found.last_observed is None else (as_of.valid_at - found.last_observed).days

    def here(to: Addresses) -> str:
        return to.list(official.id, chosen if letter else "")

    return made(
        "list", site, as_of, here, list_name(words, official), section="lists",
        values={
            "official": official,
            "place": place(words, official),
            "decides": list(dict.fromkeys(law.rule.decides for law in in_force if law.rule.decides))[:2],
            "found": found,
            "age": age,
            "documents": [doc for one in copies for doc in one.line.docs],
            "first_day": _first_day(found.last_observed, moves, as_of),
            "begins": official.begins if official.begins and official.begins > as_of.valid_at else None,
            "before_words": official.before,
            "parts": [official_list(view, one) for one in parts_of(view, official.id) if one != official.id],
            "letters": list(groups) if len(groups) > 1 else [],
            "letter": chosen,
            "rows": _rows(view, site, as_of, official, shown),
            "copied_days": _copied_days(site, official),
            "chooser": _chooser(site, as_of, official, moves, here),
            "moves": [_told(site, official, one, called) for one in past],
            "more_moves": max(sum(one.latest <= as_of.valid_at for one in moves) - _CHANGES, 0),
            "laws": [(rule_said(words, law), span_said(words, law), law) for law in in_force],
            "measures": [bound(words, one) for one in measures(view, parts_of(view, official.id), as_of)],
            "whose": lambda one: whose(words, one),
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf, list_id: str) -> dict[str, Any]:
    """What ``tizim show`` tells."""
    return wire.members(answers.members(view, site, official_list(view, list_id).id, as_of))


def _copied_days(site: Site, official: OfficialList) -> list[tuple[str, str]]:
    """Address and day of every page that a copy of the site has of the list; none where the site is served."""
    to = site.to
    if to.still is None:
        return []
    own = to.undated()
    return [(own.on(day).list(official.id), day) for day in to.still.days(own.path_of_list(official.id))]


def _first_day(observed: dt.date | None, moves: Sequence[Move], as_of: AsOf) -> dt.date | None:
    """The first day of which anything can be said, where the day asked for lies before it."""
    if observed is not None:
        return None
    return min((one.latest for one in moves if one.latest > as_of.valid_at), default=None)


def _letters(members: Sequence[Member]) -> dict[str, list[Member]]:
    """Members by the first letter of their names, if there are too many for one page."""
    ordered = sorted(members, key=lambda one: (fold(one.name), one.reference, one.subject))
    if len(members) <= PAGED:
        return {"": ordered}
    groups: dict[str, list[Member]] = {}
    for one in ordered:
        first = fold(one.name)[:1].upper()
        groups.setdefault(first if first.isalpha() else "0", []).append(one)
    return groups


def _rows(view: View, site: Site, as_of: AsOf, official: OfficialList, shown: Sequence[Member]) -> list[Row]:
    words, to = site.words, site.to
    called = main_names(view, {one.subject: one.keys for one in shown}, as_of)
    rows = []
    for one in shown:
        name = one.name or called[one.subject]
        other = called[one.subject]
        rows.append(
            Row(
                member=one, name=words.link(to.subject(one.subject), words.name(name)),
                called=words.name(other) if fold(other) != fold(name) else Markup(""),
                kind=words.say(KIND.get(one.kind, KIND[""])) if one.kind else Markup(""),
                part=words.link(to.list(one.list), list_name(words, official_list(view, one.list)))
                if one.list != official.id
                else Markup(""),
            )
        )  # fmt: skip
    return rows


def _chooser(
    site: Site, as_of: AsOf, official: OfficialList, moves: Sequence[Move], here: Callable[[Addresses], str]
) -> Markup:
    """The strip of changes, and the ways to another day; nothing where no change is known."""
    words, to, day = site.words, site.to, as_of.valid_at
    if not moves:
        return Markup("")
    before = next((one for one in reversed(moves) if one.latest < day), None)
    after = next((one for one in moves if one.latest > day), None)
    days = [day, *(one.latest for one in moves)]
    first, last = min(days), max(days)
    room = dt.timedelta(days=max((last - first).days // 30, 30))

    def shown(one: Move | None, *, back: bool) -> figures.DayShown | None:
        if one is None:
            return None
        counts = words.say(
            "{day}: {added} added, {gone} gone", day=words.day(one.when), added=len(one.added), gone=len(one.gone)
        )
        said = words.say("previous change, {change}", change=counts)
        if not back:
            said = words.say("next change, {change}", change=counts)
        return figures.DayShown(address=here(to.on(one.latest.isoformat())), words=said)

    path = to.undated().list(official.id)
    kept = [(name, value) for name, value in to.dates.items() if name != "as_of"]
    return figures.strip(
        [figures.Moved(when=one.when, added=len(one.added), gone=len(one.gone)) for one in moves],
        figures.Span(first=first - room, last=last + room), day, figures.Say(words), action=path, kept=kept,
        before=shown(before, back=True), after=shown(after, back=False),
        understood=words.say("Shown is the end of {day}.", day=words.time(day)),
        days=() if to.still is None else to.still.days(to.path_of_list(official.id)),
    )  # fmt: skip


def _told(site: Site, official: OfficialList, one: Move, called: Mapping[str, str]) -> dict[str, Any]:
    """A change as lines: what came, what went, and on whose word."""
    words, to = site.words, site.to

    def named(found: Sequence[Moving]) -> Markup:
        shown = [
            words.link(to.subject(moving.subject), words.name(called[moving.subject])) for moving in found[:_NAMED]
        ]
        rest = len(found) - _NAMED
        if rest > 0:
            shown.append(words.count("{n} more", "{n} more", rest))
        return words.listed(shown)

    act = next((s.act.text for s in one.statements if s.act.text), "")
    if not one.statements:
        source = words.say("by two copies of the list")
    elif act:
        source = words.data(act)
    else:
        source = words.say("act not seen")
    return {
        "when": words.link(to.on(one.latest.isoformat()).list(official.id), words.day(one.when)),
        "added": named(one.added) if one.added else None,
        "gone": named(one.gone) if one.gone else None,
        "source": source,
        "statements": [(to.statement(s.id), s) for s in one.statements[:3]],
    }
