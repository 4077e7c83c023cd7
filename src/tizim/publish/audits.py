"""Which audits the site offers, by what criterion and on whose word, and how long one may be for a page.

An audit is known by its two lists: ``kz-list--un-sc``. It is offered where the law of a list says that it follows
another, or where whoever speaks for a list gave another as the reason of what they did; any other two lists can be
asked for.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from tizim.answer.evidence import copies_of, designations
from tizim.answer.official import official_list, official_lists, parts_of, shown_by
from tizim.answer.rules import DueRule, laws_of
from tizim.answer.subjects import WHOLE_LIST
from tizim.audit.findings import Audit
from tizim.domain.acts import Action
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.lists import ListId, OfficialList, RuleKind
from tizim.domain.statements import Property
from tizim.errors import BadInput, NotFound
from tizim.publish import answers
from tizim.publish.site import Site
from tizim.register.view import View
from tizim.sources.decisions import SOURCE as DECIDING

UN: Final = ListId("un-sc")
"""the list that others are held against where they name the United Nations"""
LONGEST: Final = 5_000
"""entries of both lists together, above which an audit takes longer than a page may"""
DECISIONS: Final = DECIDING.info.id
_DAYS: Final = 64
"""days of which the offer is remembered, and lists and times of knowing of which the reasons given are"""
_BETWEEN: Final = "--"
_MIRRORS: Final = re.compile(r"\bmirror ([a-z0-9-]+)")
"""how the ledger writes the list that another one follows"""
_REASON: Final = re.compile(r"\breason given: (?P<reason>[^;]*\b(?:UN|UNSC|United Nations|Security Council)\b[^;]*)")


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """What one list is held to, and on whose word: its law, or the reason that somebody who speaks for it gave."""

    law: DueRule | None = None
    reason: str = ""
    statement: Designation | None = None


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two lists to be compared. ``criterion`` is ``None`` where nothing known says that they must agree."""

    national: OfficialList
    reference: OfficialList
    criterion: Criterion | None

    @property
    def id(self) -> str:
        """What the audit is known by."""
        return id_of(self.national.id, self.reference.id)

    @property
    def asks_for_all(self) -> bool:
        """Whether the criterion asks that the national list have every entry of the other."""
        return self.criterion is not None and self.criterion.law is not None


def id_of(national: str, reference: str) -> str:
    """What the audit of one list against another is known by."""
    return f"{national}{_BETWEEN}{reference}"


def pair_of(view: View, audit_id: str, as_of: AsOf) -> Pair:
    """The two lists of an audit's id. Raises `NotFound` for unknown lists, `BadInput` for one with itself."""
    known = official_lists(view)
    parts = audit_id.split(_BETWEEN)
    for number in range(1, len(parts)):
        national, reference = _BETWEEN.join(parts[:number]), _BETWEEN.join(parts[number:])
        if national in known and reference in known:
            if national == reference:
                raise BadInput(f"{national} against itself says nothing on one day: choose another list")
            return Pair(
                national=known[ListId(national)], reference=known[ListId(reference)],
                criterion=_criterion(view, ListId(national), ListId(reference), as_of),
            )  # fmt: skip
    if len(parts) == 2:
        for one in parts:
            official_list(view, one)  # says which ids are near
    raise NotFound(f"no audit is called '{audit_id}': name two lists, such as {id_of('kz-list', UN)}")


def offered(view: View, as_of: AsOf) -> list[Pair]:
    """The audits whose criterion is known, and of whose list anything is, by the ids of their lists; remembered."""
    view.rests_on("f", Property.RULE.value)
    view.rests_on("R", "")
    known = official_lists(view)
    with view.aside():
        return view.shared.recent(
            "audits offered", (as_of.valid_at, view.knowledge(as_of)), lambda: _offered(view, as_of, known), _DAYS
        )


def grounds(view: View, as_of: AsOf) -> tuple[tuple[str, ...], ...]:
    """What the offer rests on besides the rules: the reasons given, and the lists of which statements tell."""
    reasons = tuple(f"{one.id} {reason}" for one, reason in _reasons(view, as_of))
    told_of = {one.list for one in designations(view, as_of)}
    return reasons, tuple(sorted(told_of)), tuple(line for line in view.lines_held() if shown_by(line))


def _offered(view: View, as_of: AsOf, known: Mapping[ListId, OfficialList]) -> list[Pair]:
    told_of = {one.list for one in designations(view, as_of)}
    found: dict[tuple[ListId, ListId], Criterion] = {}
    for national in known:
        for law in laws_of(view, national, as_of):
            mirrored = _mirrored(law)
            if mirrored in known and law.is_in_force(as_of.valid_at):
                found[national, mirrored] = Criterion(law=law)
    for one, reason in _reasons(view, as_of):
        if known[one.list].jurisdiction != known[UN].jurisdiction:
            found.setdefault((one.list, UN), Criterion(reason=reason, statement=one))
    return [
        Pair(national=known[national], reference=known[reference], criterion=criterion)
        for (national, reference), criterion in sorted(found.items(), key=lambda pair: pair[0])
        if national in told_of or copies_of(view, national, as_of)
    ]


def _criterion(view: View, national: ListId, reference: ListId, as_of: AsOf) -> Criterion | None:
    """By the law of the list, else by what was said for it."""
    for law in laws_of(view, national, as_of):
        if law.is_in_force(as_of.valid_at) and _mirrored(law) == reference:
            return Criterion(law=law)
    if reference in {UN, *parts_of(view, UN)}:
        for one, reason in _reasons(view, as_of, national):
            return Criterion(reason=reason, statement=one)
    return None


def _mirrored(law: DueRule) -> ListId:
    """The list that a rule says is followed; empty for other rules."""
    told = _MIRRORS.search(law.wording) if law.rule.kind is RuleKind.FOLLOWS else None
    return ListId(told[1]) if told else ListId("")


def _reasons(view: View, as_of: AsOf, national: ListId | None = None) -> Sequence[tuple[Designation, str]]:
    """Statements for a list that give the lists of the United Nations as their reason, the strongest source first."""
    key = (national, view.knowledge(as_of))
    return view.shared.recent("reasons given", key, lambda: tuple(_reasons_given(view, as_of, national)), _DAYS)


def _reasons_given(view: View, as_of: AsOf, national: ListId | None) -> Iterator[tuple[Designation, str]]:
    said = designations(view, as_of, lists=[national] if national else None)
    for one in sorted(said, key=lambda one: (one.list, one.source_class.rank, one.date, one.id)):
        found = _REASON.search(one.note) if one.verified and one.subject != WHOLE_LIST else None
        if found:
            yield one, found["reason"].strip()


def entries_of(view: View, site: Site, pair: Pair, as_of: AsOf) -> int:
    """How many entries both lists have together, by which it is told how long an audit takes."""
    return sum(answers.roll(view, site, one.id, as_of).count for one in (pair.national, pair.reference))


def audit(view: View, site: Site, pair: Pair, as_of: AsOf) -> Audit | None:
    """What was found; ``None`` where the two lists are too long to compare them while a reader waits."""
    if entries_of(view, site, pair, as_of) > LONGEST:
        return None
    return answers.audit(view, site, pair.national.id, pair.reference.id, as_of)


def decided_later(view: View, one: Audit, as_of: AsOf) -> Mapping[str, list[Designation]]:
    """What is known to have been done about the national list's entries after the day of the audit, by record."""
    later: dict[str, list[Designation]] = {}
    for said in designations(view, as_of, lists=parts_of(view, one.national.id)):
        latest = said.when.latest
        seen = said.action is Action.ON_LIST or said.provenance.source == DECISIONS  # decisions are told by themselves
        if said.verified and not seen and latest is not None and latest > as_of.valid_at:
            later.setdefault(said.subject, []).append(said)
    return later
