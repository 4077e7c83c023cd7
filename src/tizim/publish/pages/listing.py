"""One listing: a subject on a list, its state on the day, its periods, and everything that they rest on."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import msgspec
from markupsafe import Markup

from tizim.answer import wire
from tizim.answer.ask import measures
from tizim.answer.conflicts import conflicts
from tizim.answer.history import OnList
from tizim.answer.official import official_list, official_lists, parts_of, shown_by
from tizim.answer.records import entity, statements
from tizim.answer.rules import laws_of
from tizim.domain.dates import AsOf
from tizim.domain.documents import Layer
from tizim.domain.listing import Evidence, Mark
from tizim.domain.lists import ListId
from tizim.domain.statements import Property, Statement
from tizim.errors import NotFound
from tizim.publish import answers, audits, figures
from tizim.publish.acts import acts_of
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.conflicts import question, reading
from tizim.publish.told.lists import list_name, whose
from tizim.publish.told.names import own_name
from tizim.publish.told.rules import bound, rule_said, span_said
from tizim.publish.told.statements import row
from tizim.publish.told.states import state_said
from tizim.publish.vocabulary import PROPERTY
from tizim.register.view import Line, View

_BETWEEN: Final = "--"
_PRINTED: Final = 200
"""printed values, and changes of them, on the page"""
_SEEN: Final = frozenset({Mark.SEEN, Mark.MISSING})


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """A value that copies print, and in which."""

    what: Markup
    value: Markup
    span: Markup


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a copy prints that the one before did not, or no longer prints."""

    day: Markup
    came: Sequence[Markup]
    went: Sequence[Markup]


def page(view: View, site: Site, as_of: AsOf, listing_id: str) -> Page:
    """The listing of an id. Raises `NotFound` where nothing known ties the subject to the list."""
    words, to = site.words, site.to
    list_id, asked = _parted(view, listing_id)
    found = answers.history(view, site, asked, as_of)
    one = _on(found.lists, list_id, asked)
    subject = found.subject
    named = words.link(to.subject(subject.id), own_name(words, entity(view, subject, as_of)))
    where = words.link(to.list(list_id), list_name(words, one.official))
    acts = acts_of(view, as_of)
    now = one.state
    shows = set(parts_of(view, list_id))
    own = [
        s for s in statements(view, subject, as_of)
        if s.property is not Property.ACT and s.claim is not None and shows & set(shown_by(s.first.source))
    ]  # fmt: skip
    laws = [law for law in laws_of(view, list_id, as_of) if law.is_in_force(as_of.valid_at)]
    return made(
        "listing", site, as_of, here_of("listing", list_id, subject.id),
        words.say("{name} on {list}", name=own_name(words, entity(view, subject, as_of)),
                  list=list_name(words, one.official)),
        values={
            "id": audits.id_of(list_id, subject.id),
            "one": one,
            "said": state_said(words, named, where, one, now) if now is not None else [],
            "none": words.say("Nothing known then has {name} on {list} on that day.", name=named, list=where),
            "figure": _figure(site, as_of, one),
            "periods": [
                words.say("{since}; ended {when}", since=words.since(period.since), when=words.on(period.ended))
                if period.ended
                else words.since(period.since)
                for period in one.periods
            ],
            "runs": list(_runs(site, one.evidence)),
            "references": [words.machine(number) for number in one.references],
            "printed_name": words.name(one.name) if one.name else None,
            "conflicts": [
                {
                    "question": question(words, conflict),
                    "reading": reading(words, conflict, now),
                    "rows": [row(words, to, s) for s in conflict.statements],
                }
                for conflict in conflicts(one.statements, one.evidence, now, as_of.valid_at)
            ],
            "rows": [
                row(words, to, s, acts.address(to, s))
                for s in sorted(one.statements, key=lambda s: (s.date or "~", s.source_class.rank))
            ],
            "measures": [bound(words, m) for m in measures(view, parts_of(view, list_id), as_of)],
            "laws": [(rule_said(words, law), span_said(words, law), law) for law in laws],
            "review": words.time(now.review_due) if now is not None and now.review_due is not None else None,
            "overdue": now is not None and now.overdue,
            "expires": words.time(now.expires) if now is not None and now.expires is not None else None,
            "printed": [_printed(site, s) for s in own if _is_of(view, s, as_of)][:_PRINTED],
            "changes": _changes(site, own)[:_PRINTED],
            "more": [
                words.link(to.subject(subject.id), words.say("the subject, on all lists")),
                words.link(to.list(list_id), whose(words, one.official)),
                words.link(to.ask(subject.id, list_id), words.say("the answer in parts")),
            ],
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf, listing_id: str) -> dict[str, Any]:
    """The listing as ``tizim history`` tells of it, with its statements."""
    list_id, asked = _parted(view, listing_id)
    found = answers.history(view, site, asked, as_of)
    one = _on(found.lists, list_id, asked)
    return {
        "subject": found.subject.id, "as_of": wire.as_of(as_of), **wire.on_list(one),
        "statements": [wire.statement(s) for s in one.statements],
    }  # fmt: skip


def _parted(view: View, listing_id: str) -> tuple[ListId, str]:
    """List and subject of an id. Raises `NotFound` for a list that is not known."""
    known = official_lists(view)
    parts = listing_id.split(_BETWEEN)
    for number in range(len(parts) - 1, 0, -1):
        if _BETWEEN.join(parts[:number]) in known:
            return ListId(_BETWEEN.join(parts[:number])), _BETWEEN.join(parts[number:])
    if len(parts) > 1:
        official_list(view, parts[0])  # says which ids are near
    raise NotFound(f"no listing is called '{listing_id[:200]}': name a list and a subject, such as kz-list--taliban")


def _on(lists: Sequence[OnList], list_id: ListId, asked: str) -> OnList:
    found = next((one for one in lists if one.list == list_id), None)
    if found is None:
        others = ", ".join(one.list for one in lists)
        told = f"; it is told of on {others}" if others else ""
        raise NotFound(f"nothing known then ties {asked} to {list_id}{told}")
    return found


def _figure(site: Site, as_of: AsOf, one: OnList) -> Markup:
    if one.state is None:
        return Markup("")
    words = site.words
    span = figures.span_of([one], as_of.valid_at)
    say = figures.Say(
        words, statement=site.to.statement, list_name=lambda lane: list_name(words, lane.official)
    )  # fmt: skip
    how = words.link(site.to.how_to_read(), words.say("How to read this figure"))
    return figures.timeline([figures.lane_of(one, span, as_of.valid_at)], span, say, how_to_read=how)


def _runs(site: Site, evidence: Sequence[Evidence]) -> Iterator[Markup]:
    """The copies in the order of their days: as long as they have the entry, as long as they have it not."""
    words = site.words
    seen = sorted(
        ((one.latest, one.mark) for one in evidence if not one.statement and one.mark in _SEEN and one.latest),
        key=lambda pair: pair[0],
    )
    for mark, run in groupby(seen, key=lambda pair: pair[1]):
        days = [day for day, _ in run]
        first, last = words.time(days[0]), words.time(days[-1])
        match mark, len(days):
            case Mark.SEEN, 1:
                yield words.say("The copy of {day} has it.", day=first)
            case Mark.SEEN, _:
                yield words.say("The copies from {first} to {last} have it.", first=first, last=last)
            case _, 1:
                yield words.say("The copy of {day} has it not.", day=first)
            case _:
                yield words.say("The copies from {first} to {last} have it not.", first=first, last=last)


# -- what copies print ---------------------------------------------------------------------------------


def _is_of(view: View, one: Statement, as_of: AsOf) -> bool:
    """Whether the newest copy up to the day that speaks of such matters prints it, or else the first after it."""
    before, after = _line(view, one, as_of).around(as_of.valid_at)
    nearest = before or after
    first, last = one.first.date, one.last.date
    return nearest is not None and first is not None and last is not None and first <= nearest.day <= last


def _line(view: View, one: Statement, as_of: AsOf) -> Line:
    """The documents that could have printed it: not all of a line say everything."""
    assert one.claim is not None  # noqa: S101 - withheld ones were left out
    return view.line(one.first.source, as_of, one.claim.layer)


def _printed(site: Site, one: Statement) -> Printed:
    words = site.words
    first, last = one.first.date, one.last.date
    span = words.time(first) if first else words.say("day not given")
    if first and last and last != first:
        span = words.say("from {first} to {last}", first=words.time(first), last=words.time(last))
    return Printed(
        what=words.link(site.to.statement(one.id), words.say(PROPERTY[one.property])),
        value=_value(site, one),
        span=span,
    )


def _value(site: Site, one: Statement) -> Markup:
    if one.claim is None:
        return site.words.say("(withheld)")
    return site.words.name(one.claim.value, one.claim.facet("language"))


def _changes(site: Site, own: Sequence[Statement]) -> list[Change]:
    """What changed in its entry between copies of each line of documents, the newest first."""
    words = site.words
    came: dict[dt.date, list[Markup]] = {}
    went: dict[dt.date, list[Markup]] = {}
    lines: dict[tuple[str, Layer], list[Statement]] = {}
    for one in own:
        if one.claim is not None:
            lines.setdefault((one.first.source, one.claim.layer), []).append(one)
    for line in lines.values():
        days = sorted({day for one in line for day in (one.first.date, one.last.date) if day is not None})
        if not days:
            continue
        for one in line:
            said = words.say("{property}: {value}", property=words.say(PROPERTY[one.property]), value=_value(site, one))
            if one.first.date and one.first.date > days[0]:
                came.setdefault(one.first.date, []).append(said)
            if one.last.date and one.last.date < days[-1]:
                went.setdefault(one.last.date, []).append(said)
    return [
        Change(day=words.time(day), came=came.get(day, ()), went=went.get(day, ()))
        for day in sorted({*came, *went}, reverse=True)
    ]
