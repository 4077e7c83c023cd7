"""One subject: its names, the answer in parts, its lists in time, what sources disagree about, and what it is not."""

import functools
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from markupsafe import Markup

from tizim.answer import wire
from tizim.answer.ask import Answer, measures
from tizim.answer.conflicts import conflicts
from tizim.answer.evidence import Copies, copies_of, designations
from tizim.answer.history import History, OnList
from tizim.answer.official import official_list, official_lists, parts_of
from tizim.answer.records import entity, statements
from tizim.answer.subjects import find
from tizim.domain.acts import EFFECT_OF, Effect
from tizim.domain.dates import AsOf, Basis
from tizim.domain.designations import Designation
from tizim.domain.listing import ENDED, IN_FORCE, Status
from tizim.domain.lists import ListId
from tizim.domain.names import Entity
from tizim.domain.statements import Property, Statement
from tizim.publish import answers, figures
from tizim.publish.acts import Acts, acts_of
from tizim.publish.addresses import Addresses
from tizim.publish.bulletins import published
from tizim.publish.cards import Card
from tizim.publish.changed import changes_of_subject
from tizim.publish.feeds import Feed, bulletins_of, entries_of, key_of, newest
from tizim.publish.linked import thing
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told import claims as told_claims
from tizim.publish.told.conflicts import question, reading
from tizim.publish.told.lists import choices_of, list_name, none_said, place, whose
from tizim.publish.told.names import names_of, own_name
from tizim.publish.told.rules import bound
from tizim.publish.told.statements import row
from tizim.publish.told.states import state_said
from tizim.publish.vocabulary import KIND, PROPERTY, SOURCE_CLASS
from tizim.publish.words import plain
from tizim.register.view import View

REFERENCE: Final = ListId("un-sc")
"""the list that is told of even where it is silent"""
_RECORDS: Final = 300
_BASED_ON: Final = 10
"""documents that machines are told of"""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which statements are asked for; what is empty leaves all."""

    list: str
    source: str
    """the rank of a kind of source"""
    year: str

    def has(self, one: Designation) -> bool:
        """Whether a statement is one of them."""
        return (
            self.list in {"", one.list}
            and self.source in {"", str(one.source_class.rank)}
            and (not self.year or one.date.startswith(self.year))
        )


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the short answer."""

    head: Markup
    said: Sequence[Markup]
    cites: Sequence[Markup] = ()


def page(
    view: View, site: Site, as_of: AsOf, subject_id: str, list_id: str = "", source: str = "", year: str = ""
) -> Page:
    """The page of the subject that an id, a number or a name means; of its statements those of a list, a kind of
    source and a year. Raises `NotFound`, or `BadInput` for a name of several.
    """
    words, to = site.words, site.to
    found = answers.history(view, site, subject_id, as_of)
    subject = found.subject
    reference = answers.ask(view, site, subject.id, REFERENCE, as_of)
    whole = entity(view, subject, as_of)
    first, every = names_of(words, whole, dict(official_lists(view)))
    named = own_name(words, whole)
    kind = reference.kind.value if whole.kind.value == "unknown" else whole.kind.value
    disputed = {one.list: _conflicts(site, as_of, one) for one in found.lists}
    parts = [part for part in _parts(site, found, reference, named, disputed) if part.said]
    acts = acts_of(view, as_of)
    claimed = answers.claimed(view, site, subject.id, "", as_of)
    wanted = Wanted(list=list_id, source=source, year=year)

    def here(other: Addresses) -> str:
        return other.subject(subject.id, list=list_id, source=source, year=year)

    records = [one for one in statements(view, subject, as_of) if one.property is not Property.ACT]

    @functools.cache  # namesakes by the hundred stand on the same few lists
    def listed_in(lists: tuple[ListId, ...]) -> Markup:
        return words.listed(words.link(to.list(one), list_name(words, official_list(view, one))) for one in lists)

    return made(
        "subject", site, as_of, here, named,
        card=_card(site, found, whole, kind, named, parts, records),
        values={
            "subject": subject,
            "kind": words.say(KIND.get(kind, KIND[""])),
            "names": first,
            "all_names": every,
            "parts": parts,
            "figure": _figure(view, site, as_of, found),
            "lists": [_on_list(view, site, as_of, subject.id, one, named, acts) for one in _ordered(found.lists)],
            "conflicts": [
                {"id": f"{one.list}-{number}", **made_of}
                for one in found.lists
                for number, made_of in enumerate(disputed[one.list], start=1)
            ],
            "claimed": [told_claims.act(view, words, to, one) for one in claimed.acts],
            "claimed_plain": [told_claims.plain(view, words, to, one) for one in claimed.plain],
            "associated": _associated(view, site, reference),
            "collisions": reference.collisions,
            "listed_in": listed_in,
            "filter": _filter(site, found, wanted, acts),
            "records": [_record(site, one) for one in records[:_RECORDS]],
            "more_records": max(len(records) - _RECORDS, 0),
            "judgements": subject.judgements,
            "bulletins": published(view, site, as_of, subject=subject.id),
            "later": _later(view, site, as_of, subject.keys),
            "learned": _learned(view, as_of, subject.keys),
        },
    )  # fmt: skip


def data(view: View, site: Site, as_of: AsOf, subject_id: str) -> dict[str, Any]:
    """What ``tizim history`` tells."""
    return wire.history(answers.history(view, site, subject_id, as_of))


def feed(view: View, site: Site, as_of: AsOf, subject_id: str) -> Feed:
    """What changes about the subject, on any list. Raises as its page does."""
    words, subject = site.words, find(view, subject_id, as_of)
    return Feed(
        key=key_of(site, "subject", subject.id),
        title=words.say("What changed about {name}", name=words.name(subject.main_name)),
        subtitle=words.say("Acts that statements tell of, and copies of lists in which it first stands or is missing."),
        here=here_of("subject", subject.id),
        entries=newest(
            entries_of(view, site, as_of, changes_of_subject(view, subject, as_of)),
            bulletins_of(view, site, as_of, subject=subject.id),
        ),
    )  # fmt: skip


def _card(
    site: Site,
    found: History,
    whole: Entity,
    kind: str,
    named: Markup,
    parts: Sequence[Part],
    records: Sequence[Statement],
) -> Card:
    """The subject by its short answer; to machines by its kind and names alone."""
    names = [site.words.text(site.words.data(one.text)) for one in whole.names]
    links = [plain(one.claim.value) for one in records if one.property is Property.LINK and one.claim is not None]
    told = [s for one in found.lists for s in one.statements]
    documents = dict.fromkeys([*(s.provenance.sha256 for s in told), *(one.last.sha256 for one in records)])
    learned = [s.recorded_at for s in told]
    return Card(
        said=[said for part in parts for said in part.said],
        about=[thing(kind, site.words.text(named), names, links)],
        based_on=[site.to.document(one) for one in list(documents)[:_BASED_ON]],
        modified=max(learned, default=None),
    )  # fmt: skip


# -- the short answer --------------------------------------------------------------------------------


def _parts(
    site: Site, found: History, reference: Answer, named: Markup, disputed: Mapping[ListId, Sequence[object]]
) -> list[Part]:
    words, to = site.words, site.to
    by_state: dict[Status, list[OnList]] = {}
    for one in found.lists:
        if one.state is not None:
            by_state.setdefault(one.state.status, []).append(one)

    places = Counter(one.official.jurisdiction for one in found.lists)

    def short(one: OnList) -> Markup:
        """A list by its country alone, where no other list of that country is told of."""
        alone = one.official.jurisdiction and places[one.official.jurisdiction] == 1
        return place(words, one.official) if alone else whose(words, one.official)

    def lists(*states: Status) -> list[Markup]:
        return [
            words.link(f"#on-{one.list}", short(one))
            for state in states
            for one in by_state.get(state, ())
        ]  # fmt: skip

    held, old = lists(*sorted(IN_FORCE)), lists(Status.NOT_OBSERVED)
    now: list[Markup] = []
    if held:
        now.append(words.say("Held, by documents up to that day or around it: {lists}.", lists=words.listed(held)))
    if old:
        now.append(
            words.say(
                "Listed before that day, and no newer document shows it or takes it off: {lists}.",
                lists=words.listed(old),
            )
        )  # fmt: skip
    if paused := lists(Status.SUSPENDED):
        now.append(words.say("Suspended, while the listing stands: {lists}.", lists=words.listed(paused)))
    if annulled := lists(Status.ANNULLED):
        now.append(words.say("Annulled by a court, and not seen taken off: {lists}.", lists=words.listed(annulled)))
    if unknown := lists(Status.UNKNOWN):
        now.append(words.say("Not known for that day: {lists}.", lists=words.listed(unknown)))
    if proposed := lists(Status.PROPOSED):
        now.append(words.say("Proposed, no decision on record here: {lists}.", lists=words.listed(proposed)))
    if not now:
        now.append(words.say("Nothing known then has {name} on a list on that day.", name=named))
    before: list[Markup] = []
    if ended := lists(*sorted(ENDED)):
        before.append(words.say("Held before that day, and no longer: {lists}.", lists=words.listed(ended)))
    unsettled = [one for one in found.lists if disputed[one.list]]
    cites = [
        words.say("sources disagree: {lists}", lists=words.listed(
            words.link(f"#conflict-{one.list}-1", place(words, one.official) or list_name(words, one.official))
            for one in unsettled
        ))
    ] if unsettled else []  # fmt: skip
    silent: list[Markup] = []
    if reference.own is None:
        silent = none_said(words, named, reference)
        if reference.regime and reference.associated:
            silent.append(
                words.count(
                    "{n} entry stands under the regime that names it.",
                    "{n} entries stand under the regime that names it.", reference.beside.count,
                )
            )  # fmt: skip
    address = to.ask(found.subject.id, REFERENCE)
    return [
        Part(head=words.say("On lists that day"), said=now),
        Part(head=words.say("Held before, not then"), said=before, cites=cites if before else ()),
        Part(
            head=place(words, reference.list), said=silent,
            cites=[words.link(address, words.say("the answer in parts"))] if address else [],
        ),
    ]  # fmt: skip


# -- statements asked for ----------------------------------------------------------------------------


def _filter(site: Site, found: History, wanted: Wanted, acts: Acts) -> dict[str, Any]:
    """The choices of the form, and, where something was chosen, the statements that it leaves."""
    words, to = site.words, site.to
    every = [one for on in found.lists for one in on.statements]
    ranks = sorted({one.source_class.rank for one in every})
    own = [one for one in every if wanted.has(one)] if any((wanted.list, wanted.source, wanted.year)) else []
    return {
        "count": len(every),
        "asked": any((wanted.list, wanted.source, wanted.year)),
        "lists": choices_of(words, {on.list: on.official for on in found.lists if on.statements}.values()),
        "sources": [
            (words.text(words.say(SOURCE_CLASS[rank])), str(rank)) for rank in ranks if rank in SOURCE_CLASS
        ],
        "years": sorted({one.date[:4] for one in every if one.date}),
        "wanted": wanted,
        "rows": [
            row(words, to, one, acts.address(to, one))
            for one in sorted(own, key=lambda one: (one.date or "~", one.source_class.rank, one.id))
        ],
    }  # fmt: skip


# -- lists in time -----------------------------------------------------------------------------------


def _ordered(found: Sequence[OnList]) -> list[OnList]:
    """Lists that ended first, for they are what is asked about; then those that hold it."""
    return sorted(
        found, key=lambda one: (one.state is None, one.state is not None and one.state.status not in ENDED, one.list)
    )


def _figure(view: View, site: Site, as_of: AsOf, found: History) -> Markup:
    words, now = site.words, as_of.valid_at
    silent = []
    span_copies: Sequence[Copies] = ()
    if not any(one.list in parts_of(view, REFERENCE) for one in found.lists):
        span_copies = copies_of(view, REFERENCE, as_of)
        silent = [official_list(view, REFERENCE)]
    if not found.lists and not span_copies:
        return Markup("")
    span = figures.span_of(found.lists, now, copies=span_copies)
    lanes = [figures.lane_of(one, span, now) for one in found.lists if one.state is not None]
    lanes += [figures.silent_lane(one, span_copies, span, now) for one in silent if span_copies]
    if not lanes:
        return Markup("")
    say = figures.Say(
        words, statement=site.to.statement, list_name=lambda lane: list_name(words, lane.official)
    )  # fmt: skip
    how = words.link(site.to.how_to_read(), words.say("How to read this figure"))
    return figures.timeline(figures.in_order(lanes), span, say, how_to_read=how)


def _on_list(
    view: View, site: Site, as_of: AsOf, subject_id: str, one: OnList, named: Markup, acts: Acts
) -> dict[str, Any]:
    words, to = site.words, site.to
    where = words.link(to.list(one.list), list_name(words, one.official))
    said = state_said(words, named, where, one, one.state) if one.state is not None else []
    copies: list[Markup] = []
    if one.copies_with:
        copies.append(
            words.count("{n} copy up to that day has it.", "{n} copies up to that day have it.", one.copies_with)
        )
    if one.copies_without:
        copies.append(
            words.count(
                "{n} copy up to that day has it not.", "{n} copies up to that day have it not.", one.copies_without
            )
        )
    periods = []
    if len(one.periods) > 1:
        for period in one.periods:
            if period.ended:
                periods.append(
                    words.say("{since}; ended {when}", since=words.since(period.since), when=words.on(period.ended))
                )
            else:
                periods.append(words.since(period.since))
    days = _announced(site, one)
    return {
        "id": one.list,
        "one": one,
        "head": whose(words, one.official),
        "said": said,
        "announced": days,
        "references": [words.machine(number) for number in one.references],
        "printed": words.name(one.name) if one.name else None,
        "periods": periods,
        "copies": copies,
        "rows": [
            row(words, to, s, acts.address(to, s))
            for s in sorted(one.statements, key=lambda s: (s.date or "~", s.source_class.rank))
        ],
        "listing": to.listing(one.list, subject_id),
        "measures": [bound(words, m) for m in measures(view, parts_of(view, one.list), as_of)],
        "ask": to.ask(subject_id, one.list),
    }


def _announced(site: Site, one: OnList) -> list[Markup]:
    """Announcements of an end, where there are several: one removal told twice is not two."""
    words = site.words
    told = [
        s for s in one.statements
        if s.verified and s.announced_by and s.date and s.action.value in {"delisted", "announced"}
    ]  # fmt: skip
    days: dict[str, str] = {}
    for s in sorted(told, key=lambda s: (s.date, s.source_class.rank)):
        days.setdefault(s.date, s.announced_by)
    if len(days) < 2 or one.state is None or one.state.status not in ENDED:
        return []
    said = [
        words.say("It was announced {when} by {who}.", when=words.on(day), who=words.data(who))
        for day, who in days.items()
    ]  # fmt: skip
    return [*said, words.say("Told more than once, it is one removal.")]


# -- conflicts, associates, records ------------------------------------------------------------------


def _conflicts(site: Site, as_of: AsOf, one: OnList) -> list[dict[str, Any]]:
    words, to = site.words, site.to
    say = figures.Say(words, statement=to.statement)
    made_of = []
    for found in conflicts(one.statements, one.evidence, one.state, as_of.valid_at):
        event = [s for s in one.statements if s.verified and s.conflict_group == found.statements[0].conflict_group]
        drawn = found.about == "day" and EFFECT_OF[found.statements[0].action] is Effect.END
        made_of.append({
            "head": words.say(
                "{country}: {question}", country=place(words, one.official) or list_name(words, one.official),
                question=question(words, found),
            ),
            "reading": reading(words, found, one.state),
            "rails": figures.rails([s for s in event if s.date and s.published], say) if drawn else Markup(""),
            "rows": [row(words, to, s) for s in found.statements],
        })  # fmt: skip
    return made_of


def _associated(view: View, site: Site, found: Answer) -> dict[str, Any] | None:
    """Entries of their own that stand beside the subject, and what they carry."""
    if not found.associated:
        return None
    words, to = site.words, site.to
    beside, members = found.beside, [one.member for one in found.associated]
    people = beside.kinds.get("person", 0)
    return {
        "said": words.say(
            "{people} persons and {others} other entries have entries of their own beside it, on {lists}.",
            people=people, others=beside.count - people,
            lists=words.listed(
                words.link(to.list(one), list_name(words, official_list(view, one))) for one in beside.lists
            ),
        ),
        "shown": [
            (words.link(to.subject(one.subject), words.name(one.name)), one, words.since(one.since))
            for one in members
        ],
        "rest": beside.count - len(members),
        "all": to.list(beside.lists[0]),
        "measures": [bound(words, one) for one in measures(view, beside.lists, found.as_of)],
    }  # fmt: skip


def _record(site: Site, one: Statement) -> dict[str, Markup]:
    words, to = site.words, site.to
    language = one.claim.facet("language") if one.claim else ""
    value = words.say("(withheld)") if one.claim is None else words.name(one.claim.value, language)
    span = words.time(one.first.date) if one.first.date else words.say("day not given")
    if one.documents > 1 and one.last.date and one.first.date:
        span = words.say("from {first} to {last}", first=words.time(one.first.date), last=words.time(one.last.date))
    return {
        "what": words.link(to.statement(one.id), words.say(PROPERTY[one.property])),
        "value": value,
        "span": span,
        "source": words.link(to.document(one.first.sha256), words.data(one.first.source)),
        "held": Markup("") if one.first.held else words.say("document not held here"),
    }


def _later(view: View, site: Site, as_of: AsOf, keys: Sequence[str]) -> int:
    """How many statements were learned since the moment of knowing that was asked for."""
    if not site.to.asked.known_at:
        return 0
    now = AsOf(valid_at=as_of.valid_at, known_at=site.now, basis=Basis.RECORDED)
    known = {one.id for one in designations(view, as_of, subjects=keys)}
    return sum(one.id not in known for one in designations(view, now, subjects=keys))


def _learned(view: View, as_of: AsOf, keys: Sequence[str]) -> list[tuple[Any, int]]:
    """On which days how many statements about acts were taken in, newest first."""
    days = Counter(one.recorded_at.date() for one in designations(view, as_of, subjects=keys))
    return sorted(days.items(), reverse=True)[:10]
