"""One list against another on a day: what was found, kind by kind, and what that does not say."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from markupsafe import Markup

from tizim.answer.members import Roll
from tizim.answer.official import official_list
from tizim.audit import telling, wire
from tizim.audit.findings import Audit, Finding, FindingKind, Side
from tizim.domain.acts import EFFECT_OF, Effect
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.lists import ListId, OfficialList
from tizim.publish import answers, audits, figures
from tizim.publish.acts import Acts, acts_of
from tizim.publish.audits import LONGEST, Pair
from tizim.publish.rendering import here_of
from tizim.publish.rendering import page as made
from tizim.publish.site import Page, Site
from tizim.publish.told.findings import KINDS, difference_said, ground_said
from tizim.publish.told.lists import list_name, place, whose
from tizim.publish.told.statements import happened
from tizim.publish.vocabulary import ACTION, DECISION
from tizim.register.view import View

_SHOWN: Final = 200
"""findings of one kind on the page; all of them are in its data"""
_DIFFER: Final = (FindingKind.EXTRA, FindingKind.MEMBERS_ONLY, FindingKind.MISSING, FindingKind.DIFFERING)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A finding in the cells of a table."""

    entry: Markup
    number: Markup
    counterpart: Sequence[Markup]
    grounds: Sequence[Markup]
    decided: Sequence[Markup]
    rests: Sequence[Markup] = ()
    """on paper: what is proposed, by what legal basis, and on which statements the finding rests"""


class Later(msgspec.Struct, frozen=True, kw_only=True):
    """What was done after the day of an audit, by record, and the acts that it was done by."""

    acts: Acts
    statements: Mapping[str, Sequence[Designation]]


def page(view: View, site: Site, as_of: AsOf, audit_id: str) -> Page:
    """The audit of an id. Raises `NotFound` for lists that are not known, `BadInput` for a list against itself."""
    pair = audits.pair_of(view, audit_id, as_of)
    return _page(view, site, as_of, pair, audits.audit(view, site, pair, as_of))


def whole(view: View, site: Site, as_of: AsOf, found: Audit) -> Page:
    """Every finding of an audit, each with its legal basis and the statements that it rests on, to be printed.

    Raises `BadInput` for a list against itself.
    """
    pair = audits.pair_of(view, audits.id_of(found.national.id, found.reference.id), as_of)
    return _page(view, site, as_of, pair, found, is_whole=True)


def _page(view: View, site: Site, as_of: AsOf, pair: Pair, found: Audit | None, *, is_whole: bool = False) -> Page:
    words, to = site.words, site.to
    national, reference = _short(site, pair)
    title = words.say(
        "{national} against {reference}, {day}", national=national, reference=reference,
        day=words.time(as_of.valid_at),
    )  # fmt: skip
    values: dict[str, Any] = {
        "pair": pair,
        "national": words.link(to.list(pair.national.id), whose(words, pair.national)),
        "reference": words.link(to.list(pair.reference.id), whose(words, pair.reference)),
        "criterion": criterion_said(site, pair),
        "command": words.machine(_command(pair, as_of)),
        "other_way": words.link(
            to.audit(audits.id_of(pair.reference.id, pair.national.id)), words.say("The other way")
        ),
        "ages": [
            _age(site, as_of, answers.roll(view, site, one.id, as_of), one) for one in (pair.national, pair.reference)
        ],
        "found": found is not None,
        "is_whole": is_whole,
        "most": LONGEST,
    }  # fmt: skip
    if found is not None:
        values |= _told(view, site, as_of, pair, found, (national, reference), is_whole=is_whole)
    return made("audit", site, as_of, here_of("audit", pair.id), title, section="audits", values=values)


def data(view: View, site: Site, as_of: AsOf, audit_id: str) -> dict[str, Any]:
    """What ``tizim audit`` tells; of lists too long for that, the command that does."""
    pair = audits.pair_of(view, audit_id, as_of)
    found = audits.audit(view, site, pair, as_of)
    if found is None:
        return {
            "national": pair.national.id, "reference": pair.reference.id,
            "too_long": {
                "entries": audits.entries_of(view, site, pair, as_of), "most": LONGEST,
                "command": _command(pair, as_of),
            },
        }  # fmt: skip
    return wire.to_json(found)


def criterion_said(site: Site, pair: Pair) -> list[Markup]:
    """What the one list is held to, and on whose word; that nothing is known, where nothing is."""
    words, to = site.words, site.to
    if pair.criterion is None:
        return [
            words.say(
                "Nothing known here says that the one list must agree with the other: the audit tells what differs, not"
                " what is wrong."
            )
        ]
    law, said = pair.criterion.law, pair.criterion.statement
    if law is not None:
        return [
            words.say(
                "By its law the list follows the other, entry by entry: {act}.",
                act=words.data(law.rule.legal_act, "" if words.is_main else "en"),
            )
        ]
    assert said is not None  # noqa: S101 - a criterion is a law or a statement
    who = words.data(said.announced_by or said.decided_by or said.source_title)
    name = words.link(to.statement(said.id), words.name(said.name or said.subject))
    return [
        words.say(
            "The criterion is a reason that {who} gave {when} for what was done about {name}: {reason}.",
            who=who, when=words.on(said.date), name=name,
            reason=words.data(pair.criterion.reason, "" if words.is_main else "en"),
        )
    ]  # fmt: skip


def _short(site: Site, pair: Pair) -> tuple[Markup, Markup]:
    """What the two lists are called in a heading: by who keeps them, where that tells them apart."""
    words = site.words
    apart = pair.national.jurisdiction != pair.reference.jurisdiction

    def short(one: OfficialList) -> Markup:
        return place(words, one) if apart and one.jurisdiction else list_name(words, one)

    return short(pair.national), short(pair.reference)


def _command(pair: Pair, as_of: AsOf) -> str:
    return f"tizim audit {pair.national.id} --against {pair.reference.id} --as-of {as_of.valid_at}"


def _age(site: Site, as_of: AsOf, found: Roll, official: OfficialList) -> Markup:
    """How far what is held of one of the lists reaches."""
    words, name = site.words, list_name(site.words, official)
    if found.last_observed is None:
        return words.say("Nothing held here shows {list} on that day or before it.", list=name)
    days = (as_of.valid_at - found.last_observed).days
    if days <= 0:
        return words.say("{list} was seen on that very day.", list=name)
    seen = words.time(found.last_observed)
    if found.stale:
        return words.count(
            "{list} rests on what was seen up to {seen}, {n} day before: that is old.",
            "{list} rests on what was seen up to {seen}, {n} days before: that is old.",
            days, list=name, seen=seen,
        )  # fmt: skip
    return words.count(
        "{list} rests on what was seen up to {seen}, {n} day before.",
        "{list} rests on what was seen up to {seen}, {n} days before.",
        days, list=name, seen=seen,
    )  # fmt: skip


def _told(
    view: View, site: Site, as_of: AsOf, pair: Pair, found: Audit, short: tuple[Markup, Markup], *, is_whole: bool
) -> dict[str, Any]:
    words = site.words
    own, other = short
    by_kind: dict[FindingKind, list[Finding]] = {kind: [] for kind in KINDS}
    for one in found.findings:
        by_kind[one.kind].append(one)
    missing = 0 if pair.asks_for_all or is_whole else len(by_kind[FindingKind.MISSING])
    if missing:
        by_kind[FindingKind.MISSING] = []
    later = Later(acts=acts_of(view, as_of), statements=audits.decided_later(view, found, as_of))
    differing = [one for kind in _DIFFER for one in by_kind[kind]]
    decided = sum(bool(_later(site, one.national, later, pair)) for one in differing if one.national is not None)
    groups, parts = [], []
    for kind, told in KINDS.items():
        own_findings = by_kind[kind]
        shown = own_findings if is_whole else own_findings[:_SHOWN]
        head = words.count(told.one, told.several, len(own_findings), national=own, reference=other)
        groups.append(figures.Group(count=len(own_findings), look=told.look, words=head, address=f"#{told.id}"))
        if own_findings:
            parts.append({
                "id": told.id,
                "head": head,
                "note": words.say(told.note),
                "rows": [_row(view, site, pair, short, one, later, is_whole=is_whole) for one in shown],
                "more": len(own_findings) - len(shown),
                "folds": kind is FindingKind.SAME,
                "first": own if kind is not FindingKind.MISSING else other,
                "second": other if kind is not FindingKind.MISSING else own,
            })  # fmt: skip
    return {
        "figure": figures.units(groups, figures.Say(words)) if any(one.count for one in groups) else Markup(""),
        "parts": parts,
        "counted": [
            words.count("{n} entry differs.", "{n} entries differ.", len(differing)),
            words.count(
                "Of {n} of them a later act is on record.", "Of {n} of them a later act is on record.", decided
            ),
        ],
        "unsaid": _unsaid(view, site, as_of, pair, missing, short),
        "only_by_matcher": any(one.score is not None and one.reference is not None for one in found.findings),
    }  # fmt: skip


# -- a row ---------------------------------------------------------------------------------------------


def _row(
    view: View,
    site: Site,
    pair: Pair,
    short: tuple[Markup, Markup],
    one: Finding,
    later: Later,
    *,
    is_whole: bool,
) -> Row:
    words, to = site.words, site.to
    first = one.national or one.reference
    assert first is not None  # noqa: S101 - a finding is of an entry

    called = {pair.national.id: short[0], pair.reference.id: short[1]}

    def list_named(list_id: str) -> Markup:
        if list_id in called:
            return called[ListId(list_id)]
        return words.link(to.list(list_id), list_name(words, official_list(view, list_id)))

    counterpart: list[Markup] = []
    if one.national is not None and one.reference is not None:
        counterpart.append(_entry(site, one.reference))
    counterpart += [words.say("It may be {name}.", name=_entry(site, rival)) for rival in one.rivals]
    if not counterpart:
        counterpart.append(words.say("no entry found"))
    if one.associated:
        counterpart.append(words.count("{n} associated entry", "{n} associated entries", one.associated))
    decided = _later(site, one.national, later, pair) if one.national is not None else []
    return Row(
        entry=words.link(to.subject(first.member.subject), words.name(first.member.name)),
        number=words.machine(first.member.reference) if first.member.reference else Markup(""),
        counterpart=counterpart,
        grounds=[
            *(ground_said(words, ground, list_named) for ground in one.grounds),
            *(difference_said(words, difference) for difference in one.differences),
        ],
        decided=decided or [words.say("none seen")],
        rests=_rests(site, short, one) if is_whole else (),
    )  # fmt: skip


def _rests(site: Site, short: tuple[Markup, Markup], one: Finding) -> list[Markup]:
    """By what act each list has the entry, what is proposed and by what basis, and the statements by their ids."""
    words = site.words
    own = "" if words.is_main else "en"
    sides = [(name, side) for name, side in zip(short, (one.national, one.reference), strict=True) if side is not None]
    said = [
        words.say("Act of the entry ({list}): {act}", list=name, act=words.data(side.act))
        if side.act
        else words.say("Act of the entry ({list}): none has been seen", list=name)
        for name, side in sides
    ]
    if one.action:
        said.append(words.say("Proposed: {action}", action=words.data(one.action, own)))
    if one.basis_needed:
        said.append(words.say("Legal basis that this needs: {basis}", basis=words.data(one.basis_needed, own)))
    if ids := telling.statements(one):
        said.append(words.say("Rests on: {statements}", statements=words.listed([words.machine(each) for each in ids])))
    return said


def _entry(site: Site, side: Side) -> Markup:
    """An entry of the other list: its name, and its number."""
    words, one = site.words, side.member
    name = words.link(site.to.subject(one.subject), words.name(one.name))
    return words.say("{name} ({number})", name=name, number=words.machine(one.reference)) if one.reference else name


def _later(site: Site, side: Side, later: Later, pair: Pair) -> list[Markup]:
    """What was done about an entry after the day: decisions entered here first, then what statements tell of."""
    words, to = site.words, site.to
    lists = {pair.national.id, *pair.national.parts}
    entered = [
        words.say(
            "{decision}, entered here {when}",
            decision=words.link(to.decision(one.id), words.say(DECISION[one.kind])), when=words.on(one.recorded.date()),
        )
        for one in site.decisions
        if one.list in lists and one.subject in {side.member.subject, *side.member.keys} and not one.is_pending
    ]  # fmt: skip
    # What moves the state comes before what was only said of it, and the earliest bound before later ones.
    told = sorted(
        (one for key in side.member.keys for one in later.statements.get(key, ())),
        key=lambda one: (EFFECT_OF[one.action] is Effect.NOTHING, one.when.latest, one.source_class.rank, one.id),
    )
    if not told:
        return entered
    first = told[0]
    address = later.acts.address(to, first) or to.statement(first.id)
    act = words.link(address, words.say(ACTION[first.action]))
    said = words.say("{act}: {date}", act=act, date=happened(words, first))
    more = [words.count("{n} more", "{n} more", len(told) - 1)] if len(told) > 1 else []
    return [*entered, said, *more]


# -- what it does not say ------------------------------------------------------------------------------


def _unsaid(
    view: View, site: Site, as_of: AsOf, pair: Pair, missing: int, short: tuple[Markup, Markup]
) -> list[Markup]:
    words = site.words
    own, other = short
    said: list[Markup] = []
    if missing and not pair.asks_for_all:
        said.append(
            words.count(
                "{n} entry of the other list ({reference}) has no counterpart and is no finding here: nothing known"
                " says that the first list must hold it. It is in the data of this page.",
                "{n} entries of the other list ({reference}) have no counterpart and are no findings here: nothing"
                " known says that the first list must hold them. They are in the data of this page.",
                missing, reference=other,
            )
        )  # fmt: skip
    for name, official in ((own, pair.national), (other, pair.reference)):
        copies = answers.roll(view, site, official.id, as_of)
        if copies.copy_before is None and copies.copy_after is None:
            said.append(
                words.say(
                    "No copy of this list is held here: {list}. What is told of it rests on statements.", list=name
                )
            )
        elif copies.copy_before is None and copies.copy_after is not None:
            said.append(
                words.say(
                    "The first copy held of this list, of {day}, is later than that day: {list}.", list=name,
                    day=words.time(copies.copy_after),
                )
            )  # fmt: skip
        elif copies.copy_before is not None and copies.copy_before != as_of.valid_at:
            said.append(
                words.say(
                    "No copy of this list is held between {day} and that day: {list}. An entry added and removed"
                    " between the two would not show.",
                    list=name, day=words.time(copies.copy_before),
                )
            )  # fmt: skip
    said.append(
        words.say(
            "That no counterpart was found proves no absence, and an absence is no delisting. A pair that names alone"
            " tie may be two subjects. The audit decides nothing."
        )
    )
    return said
