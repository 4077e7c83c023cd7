"""One act as statements tell of it: what it did and to whom, its dates, who says so, and what they disagree about."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import msgspec
from markupsafe import Markup

from tizim.answer import wire
from tizim.answer.conflicts import conflicts
from tizim.answer.history import on_lists
from tizim.answer.official import official_list
from tizim.answer.subjects import WHOLE_LIST, Clusters, main_names, subject
from tizim.domain.acts import EFFECT_OF, WORD_KINDS, DateRole, Effect
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.documents import ACT
from tizim.publish.acts import acts_of
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.conflicts import question, reading
from tizim.publish.told.lists import place, whose
from tizim.publish.told.statements import happened, row, stated
from tizim.publish.told.states import NOT_NAMED
from tizim.publish.vocabulary import ACTION
from tizim.publish.words.marking import InContext, noted_in
from tizim.register.view import View

_SHOWN: Final = 200
_DISPUTED: Final = 12
"""subjects of one act for which it is worked out what sources disagree about"""

_REPORTED: Final = "reported"
_DATES: Final = {
    DateRole.DECIDED.value: noted_in("date", "Done"),
    DateRole.EFFECTIVE.value: noted_in("date", "In effect"),
    DateRole.PUBLISHED.value: noted_in("date", "Published"),
    DateRole.ANNOUNCED.value: noted_in("date", "Announced"),
    DateRole.LISTED_ON.value: noted_in("date", "As the list prints it"),
    _REPORTED: noted_in("date", "Reported"),
    DateRole.OBSERVED.value: noted_in("date", "Seen in a copy"),
    DateRole.EXPIRES.value: noted_in("date", "Ends"),
}
"""the dates of an act, in the order in which they come to be"""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact of an act, and each way in which it is told."""

    label: Markup
    told: Sequence[Markup]


def page(view: View, site: Site, as_of: AsOf, act_id: str) -> Page:
    """The act of an id. Raises `NotFound` for one of which nothing known tells."""
    words, to = site.words, site.to
    acts = acts_of(view, as_of)
    told = acts.find(act_id)
    text = next((one.act.text for one in told if one.act.text), "")
    done = _done(view, site, as_of, told)
    title = _title(view, site, as_of, told, text, dated=not acts.is_text(act_id))
    return made(
        "act", site, as_of, here_of("act", act_id), title,
        values={
            "id": act_id,
            "text": words.data(text) if text else None,
            "seen": any(one.source_class.rank == ACT for one in told),
            "done": done[:_SHOWN],
            "more_done": max(len(done) - _SHOWN, 0),
            "dates": [] if acts.is_text(act_id) else _dates(site, told),
            "people": [] if acts.is_text(act_id) else _people(site, told),
            "under": acts.text_of(to, told[0]) if text and not acts.is_text(act_id) else "",
            "documents": _documents(site, told),
            "conflicts": _conflicts(view, site, as_of, told),
            "acts": [
                (words.link(to.act(one), words.day(own[0].date)), len(own)) for one, own in acts.under(act_id).items()
            ]
            if acts.is_text(act_id)
            else [],
            "rows": [row(words, to, one) for one in told[:_SHOWN]],
            "more_rows": max(len(told) - _SHOWN, 0),
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf, act_id: str) -> dict[str, Any]:  # noqa: ARG001 - as all pages
    """The act, and the statements that tell of it."""
    acts = acts_of(view, as_of)
    told = acts.find(act_id)
    return {
        "act": act_id,
        "text": next((one.act.text for one in told if one.act.text), None),
        "acts": list(acts.under(act_id)) if acts.is_text(act_id) else [],
        "statements": [wire.statement(one) for one in told],
    }


def _title(view: View, site: Site, as_of: AsOf, told: Sequence[Designation], text: str, *, dated: bool) -> Markup:
    words = site.words
    moving = [one for one in told if EFFECT_OF[one.action] is not Effect.NOTHING] or told
    first = _first(moving)
    day = happened(words, first)
    if text:
        return words.say("{act}, {date}", act=words.data(text), date=day) if dated else words.data(text)
    if len({one.subject for one in moving}) == 1 and first.subject != WHOLE_LIST:
        clusters = Clusters(view, as_of)
        public = clusters.id_of(first.subject)
        name = words.name(main_names(view, {public: clusters.of(first.subject)[0]}, as_of)[public])
        return words.say("{name}: {act}, {date}", name=name, act=words.say(ACTION[first.action]), date=day)
    return words.say(
        "{list}: {act}, {date}", list=whose(words, official_list(view, first.list)),
        act=words.say(ACTION[first.action]), date=day,
    )  # fmt: skip


def _first(told: Sequence[Designation]) -> Designation:
    """The statement that bounds the day of the act best: the earliest of the last days given."""
    return min(told, key=lambda one: (not one.verified, one.when.latest or dt.date.max, one.source_class.rank))


def _done(view: View, site: Site, as_of: AsOf, told: Sequence[Designation]) -> list[dict[str, Any]]:
    """What was done to whom on which list, each once."""
    words, to = site.words, site.to
    clusters = Clusters(view, as_of)
    groups: dict[tuple[str, str, str], list[Designation]] = {}
    for one in told:
        if EFFECT_OF[one.action] is not Effect.NOTHING:
            groups.setdefault((clusters.id_of(one.subject), one.list, one.action), []).append(one)
    keys = {public: clusters.of(own[0].subject)[0] for (public, _, _), own in groups.items()}
    called = main_names(view, keys, as_of)
    made_of = []
    for (public, list_id, _), own in groups.items():
        official = official_list(view, list_id)
        is_whole = own[0].subject == WHOLE_LIST
        name = words.name(called[public])
        made_of.append({
            "name": words.say("the list as a whole") if is_whole else words.link(to.subject(public), name),
            "act": words.say(ACTION[own[0].action]),
            "list": words.link(to.list(list_id), whose(words, official)),
            "listing": None if is_whole else words.link(to.listing(list_id, public), words.say("the listing")),
            "date": happened(words, _first(own)),
            "count": len(own),
            "wrong": all(not one.verified for one in own),
        })  # fmt: skip
    return made_of


# -- dates, people, documents --------------------------------------------------------------------------


def _dates(site: Site, told: Sequence[Designation]) -> list[Fact]:
    """Each of the dates of the act, with its precision and every statement that gives it."""
    words, to = site.words, site.to
    by_role: dict[str, dict[str, list[Designation]]] = {}
    for one in told:
        if one.date and one.verified:
            role = _REPORTED if one.date_kind in WORD_KINDS else one.role.value
            by_role.setdefault(role, {}).setdefault(str(stated(words, one)), []).append(one)
    facts = []
    for role, label in _DATES.items():
        lines = [
            words.say("{date}, as told by {sources}", date=stated(words, own[0]), sources=_sources(site, own))
            for own in by_role.get(role, {}).values()
        ]
        if lines:
            facts.append(Fact(label=words.say(label), told=lines))
    first = min(told, key=lambda one: one.recorded_at)
    facts.append(
        Fact(
            label=words.say_in("date", "Recorded here"),
            told=[
                words.say(
                    "{date}, first of all {statement}", date=words.time(first.recorded_at.date()),
                    statement=words.link(to.statement(first.id), words.say("this statement")),
                )
            ],
        )
    )  # fmt: skip
    return facts


def _sources(site: Site, told: Iterable[Designation]) -> Markup:
    """Statements by their sources, each source once."""
    words, to = site.words, site.to
    seen: dict[str, Markup] = {}
    for one in told:
        title = one.source_title or one.id
        seen.setdefault(title, words.link(to.statement(one.id), words.data(title)))
    shown = list(seen.values())[:_FEW]
    rest = len(seen) - len(shown)
    return words.listed([*shown, words.count("{n} more", "{n} more", rest)] if rest else shown)


_FEW: Final = 5


def _people(site: Site, told: Sequence[Designation]) -> list[Fact]:
    """Who is said to have decided, announced and reported it."""
    words = site.words

    def named(label: InContext, of: Callable[[Designation], str]) -> Iterable[Fact]:
        groups: dict[str, list[Designation]] = {}
        for one in told:
            who = of(one)
            if who and one.verified:
                groups.setdefault(who, []).append(one)
        if groups:
            lines = [
                words.say("{who}, as told by {sources}", who=words.data(who), sources=_sources(site, own))
                for who, own in groups.items()
            ]
            yield Fact(label=words.say(label), told=lines)

    decided = list(named(_DECIDED, lambda one: "" if one.decided_by.lower().startswith(NOT_NAMED) else one.decided_by))
    unknown = Fact(label=words.say(_DECIDED), told=[words.say("nobody who tells of it names who decided")])
    return [
        *(decided or [unknown]),
        *named(_ANNOUNCED, lambda one: one.announced_by),
        *named(_KEEPS, lambda one: one.authority),
    ]


_DECIDED: Final = noted_in("role", "Decided by")
_ANNOUNCED: Final = noted_in("role", "Announced by")
_KEEPS: Final = noted_in("role", "Authority of the list")


def _documents(site: Site, told: Sequence[Designation]) -> list[dict[str, Any]]:
    """The sources that tell of it, and the documents from which they were taken."""
    words, to = site.words, site.to
    found: dict[tuple[str, str], Designation] = {}
    for one in told:
        found.setdefault((one.source_title, one.provenance.sha256), one)
    return [
        {
            "source": words.link_out(one.source_address, words.data(one.source_title or one.id)),
            "kind": row(words, to, one).kind,
            "document": words.link(
                to.document(one.provenance.sha256, statement=one.id),
                words.data(one.provenance.title or one.provenance.source),
            ),
            "held": one.provenance.held,
        }
        for one in list(found.values())[:_SHOWN]
    ]


def _conflicts(view: View, site: Site, as_of: AsOf, told: Sequence[Designation]) -> list[dict[str, Any]]:
    """What sources disagree about, of each subject on each list."""
    words, to = site.words, site.to
    own = {one.id for one in told}
    clusters = Clusters(view, as_of)
    pairs = dict.fromkeys(
        (clusters.of(one.subject)[0], one.list) for one in told if one.conflict_group or not one.verified
    )  # fmt: skip
    made_of: list[dict[str, Any]] = []
    for keys, list_id in list(pairs)[:_DISPUTED]:
        whom = subject(view, keys, (), as_of)
        for listing in on_lists(view, whom, as_of, [list_id]):
            made_of += [
                {
                    "head": words.say(
                        "{country}: {question}", country=place(words, listing.official), question=question(words, one)
                    ),
                    "reading": reading(words, one, listing.state),
                    "rows": [row(words, to, s) for s in one.statements],
                }
                for one in conflicts(listing.statements, listing.evidence, listing.state, as_of.valid_at)
                if own & {s.id for s in one.statements}
            ]
    return made_of
