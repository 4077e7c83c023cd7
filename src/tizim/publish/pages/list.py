"""One list on a day: who decides, members, how it changed, the rule in force, and a way to every other day."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final

import msgspec
from markupsafe import Markup

from tizim.answer import wire
from tizim.answer.ask import measures
from tizim.answer.evidence import copies_of, whole_of
from tizim.answer.members import Member, Roll
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
_A_PAGE: Final = 100
"""members on each page of a letter that has more"""
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


def page(view: View, site: Site, as_of: AsOf, list_id: str, letter: str = "", number: int = 1) -> Page:
    """The list on the day; of a long one the members of a letter, of those page *number*. Raises `NotFound` for an
    unknown one.
    """
    words = site.words
    official = official_list(view, list_id)
    found = answers.roll(view, site, official.id, as_of)
    copies = copies_of(view, official.id, as_of)
    moves = moves_of(view, official.id, as_of)
    letters = _letters(found)
    chosen = letter if letter in letters else next(iter(letters), "")
    under, count = letters.get(chosen, (frozenset(), 0))
    size = PAGED if len(letters) < 2 else _A_PAGE
    pages = max((count + size - 1) // size, 1)
    number = min(max(number, 1), pages)
    shown = found.under(under, (number - 1) * size, number * size)
    past = [one for one in reversed(moves) if one.latest <= as_of.valid_at][:_CHANGES]
    moving = {one.subject: one.keys for move in past for one in (*move.added[:_NAMED], *move.gone[:_NAMED])}
    called = main_names(view, moving, as_of)
    laws = [law for one in parts_of(view, official.id) for law in laws_of(view, one, as_of)]
    in_force = [law for law in laws if law.is_in_force(as_of.valid_at)]
    age = None if found.last_observed is None else (as_of.valid_at - found.last_observed).days

    def here(to: Addresses) -> str:
        return to.list(official.id, chosen if letter or number > 1 else "", page=str(number) if number > 1 else "")

    return made(
        "list", site, as_of, here, list_name(words, official), section="lists",
        values={
            "official": official,
            "place": place(words, official),
            "decides": list(dict.fromkeys(law.rule.decides for law in in_force if law.rule.decides))[:2],
            "found": found,
            "age": age,
            "documents": [doc for one in copies for doc in one.line.docs],
            "whole": sum(len(one.line.docs) for one in whole_of(copies)),
            "first_day": _first_day(found.last_observed, moves, as_of),
            "begins": official.begins if official.begins and official.begins > as_of.valid_at else None,
            "before_words": official.before,
            "parts": [official_list(view, one) for one in parts_of(view, official.id) if one != official.id],
            "letters": list(letters) if len(letters) > 1 else [],
            "letter": chosen,
            "under": count,
            "number": number,
            "pages": pages,
            "rows": _rows(view, site, as_of, official, shown),
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


def _first_day(observed: dt.date | None, moves: Sequence[Move], as_of: AsOf) -> dt.date | None:
    """The first day of which anything can be said, where the day asked for lies before it."""
    if observed is not None:
        return None
    return min((one.latest for one in moves if one.latest > as_of.valid_at), default=None)


def _letters(found: Roll) -> dict[str, tuple[AbstractSet[str], int]]:
    """The first letters of names if there are too many members for one page; each as it is folded, with how many
    there are.
    """
    if found.count <= PAGED:
        return {"": (found.initials.keys(), found.count)}
    letters: dict[str, tuple[AbstractSet[str], int]] = {}
    for folded, count in found.initials.items():
        shown = folded.upper() if folded.isalpha() else "0"
        under, before = letters.get(shown, (frozenset(), 0))
        letters[shown] = (under | {folded}, before + count)
    return letters


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
