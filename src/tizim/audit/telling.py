"""What a finding is called and told as: the words that the terminal, the page and the workbook share.

Wording rules: no yes or no; a finding names both lists; that nothing was found proves no absence, and an
absence is no delisting; a proposal is told as one.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Final

import msgspec

from tizim.answer.days import day, on, since
from tizim.audit.findings import Audit, Finding, FindingKind, Side
from tizim.domain.dates import AsOf
from tizim.domain.listing import Status
from tizim.domain.lists import OfficialList


class KindWords(msgspec.Struct, frozen=True, kw_only=True):
    """A class of findings in words; ``{national}`` and ``{reference}`` stand for the two lists."""

    title: str
    of_entries: str
    note: str


KINDS: Final[Mapping[FindingKind, KindWords]] = {
    FindingKind.EXPIRED: KindWords(
        title="Expired",
        of_entries="the term on {national} has ended",
        note="By its rule or stated term the listing has ended; no renewal is on record here.",
    ),
    FindingKind.OVERDUE: KindWords(
        title="Overdue",
        of_entries="a review on {national} is late",
        note="A review was due and none is on record here. The listing stands.",
    ),
    FindingKind.EXTRA: KindWords(
        title="Extra",
        of_entries="on {national}, no counterpart found on {reference}",
        note="That no counterpart was found rests on the names and numbers held here; it is no proof that there is"
        " none, and no ground of its own for a delisting.",
    ),
    FindingKind.MEMBERS_ONLY: KindWords(
        title="Members only",
        of_entries="on {national}; {reference} has entries of associates, none of its own",
        note="The reference list names the subject in a regime and lists associates of it, not the subject itself.",
    ),
    FindingKind.MISSING: KindWords(
        title="Missing",
        of_entries="on {reference}, no counterpart found on {national}",
        note="That no counterpart was found rests on the names and numbers held here. A row that is not in a copy is"
        " an absence, not a delisting.",
    ),
    FindingKind.AMBIGUOUS: KindWords(
        title="Ambiguous",
        of_entries="a person must say which entry of {reference} is meant, if any",
        note="Several entries bear the name, or one bears it that may be another subject.",
    ),
    FindingKind.DIFFERING: KindWords(
        title="Differing",
        of_entries="on both lists, which say different things of it",
        note="The same subject as far as is known here; what differs is told for each.",
    ),
    FindingKind.SAME: KindWords(
        title="Same",
        of_entries="on both lists",
        note="The same subject as far as is known here, with no difference found in what was compared.",
    ),
}


def title(audit: Audit) -> str:
    """What was compared, in a line."""
    if is_over_time(audit):
        return f"{list_name(audit.national)} compared with itself"
    return f"{list_name(audit.national)} against {list_name(audit.reference)}"


def list_name(official: OfficialList) -> str:
    """A list's name with its id."""
    return f"{official.name} ({official.id})" if official.name and official.name != official.id else official.id


def is_over_time(audit: Audit) -> bool:
    """Whether a list is compared with itself, or two lists as of two different times."""
    return audit.national.id == audit.reference.id or audit.as_of != audit.reference_as_of


def short_names(audit: Audit) -> tuple[str, str]:
    """What the two lists are called in headings: their ids, with the day where the ids do not tell them apart."""
    own, other = audit.national.id, audit.reference.id
    if own != other:
        return own, other
    return f"{own} of {day(audit.as_of.valid_at)}", f"{other} of {day(audit.reference_as_of.valid_at)}"


def heading(audit: Audit, kind: FindingKind) -> str:
    """What the findings of a class have in common: ``on kz-list, no counterpart found on un-sc``."""
    national, reference = short_names(audit)
    return KINDS[kind].of_entries.format(national=national, reference=reference)


def ages(audit: Audit) -> tuple[str, str]:
    """How far the evidence for each of the two lists reaches, a sentence for each."""
    national, reference = short_names(audit)
    return (
        _age(audit.national, national, audit.national_observed, audit.as_of, stale=audit.national_stale),
        _age(audit.reference, reference, audit.reference_observed, audit.reference_as_of, stale=audit.reference_stale),
    )


def _age(official: OfficialList, name: str, observed: dt.date | None, at: AsOf, *, stale: bool) -> str:
    if observed is None:
        return f"Nothing held here shows {name} on that day or before it."
    days = (at.valid_at - observed).days
    before = f", {days} {_days(days)} before" if days > 0 else ""
    late = f"; that is stale: newer documents were to be expected within {official.rhythm_days} days" if stale else ""
    return f"{name} rests on what was seen up to {day(observed)}{before}{late}."


def _days(number: int) -> str:
    return "day" if abs(number) == 1 else "days"


def counts(audit: Audit) -> str:
    """How many findings there are, and of which kinds."""
    number = len(audit.findings)
    if not number:
        return "No findings: nothing held here has an entry on either list on that day."
    parts = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in audit.counts().items())
    return f"{number} {'finding' if number == 1 else 'findings'}: {parts}."


RULES: Final = (
    "Each entry stands in exactly one class. Actions are proposals: nothing is decided until a person enters a"
    " decision with its legal basis."
)


# -- one entry -----------------------------------------------------------------------------------


def status(side: Side) -> str:
    """The state of an entry as a few words: its status word, and what goes with it."""
    one = side.member
    word = "not observed since" if one.status is Status.NOT_OBSERVED else one.status.value
    if one.status is Status.NOT_OBSERVED and one.last_observed:
        word = f"{word} {day(one.last_observed)}"
    late = ", review overdue" if one.overdue else ""
    inside = f", as an alias in {one.carrier}" if one.carrier else ""
    return word + late + inside


def begun(side: Side) -> str:
    """Since when an entry stands, as a part of a sentence; empty where that is not known."""
    text = side.member.since
    if not text:
        return ""
    if text.startswith("../"):
        return f"seen first {on(text[3:])}"
    return since(text)


def entry(side: Side) -> str:
    """An entry in a line: number, name, state."""
    one = side.member
    told = ", ".join(part for part in (status(side), begun(side)) if part)
    return f"{f'{one.reference} ' if one.reference else ''}{one.name} ({told})"


def other_names(side: Side) -> tuple[str, ...]:
    """The names in their original scripts that the entry's own line does not show."""
    return tuple(name for name in side.original_names if name != side.member.name)


def age_days(side: Side, at: AsOf) -> int | None:
    """Days from the newest evidence of an entry to the day asked for."""
    observed = side.member.last_observed
    return None if observed is None else (at.valid_at - observed).days


def lag(one: Finding) -> str:
    """How much later, or earlier, the national list has the entry than the reference list."""
    if one.lag_days is None:
        return ""
    if one.kind is FindingKind.MISSING:
        return f"on the reference list for {one.lag_days:,} {_days(one.lag_days)} by then"
    if one.lag_days == 0:
        return "on the same day as the reference list"
    way = "after" if one.lag_days > 0 else "before"
    return f"{abs(one.lag_days):,} {_days(one.lag_days)} {way} the reference list"


def ties(one: Finding) -> str:
    """On whose word the two entries are held to be one subject's."""
    parts = []
    if one.judged_by:
        parts.append(f"tied by the judgement of {', '.join(one.judged_by)}")
    if one.score is not None:
        parts.append(f"names and data compared at {one.score:.2f} of 1")
    return "; ".join(parts)


def associates(one: Finding) -> str:
    """The entries of associates, where the reference list has some."""
    if not one.associated:
        return ""
    word = "entry" if one.associated == 1 else "entries"
    where = f" on {one.associated_on}" if one.associated_on else ""
    return f"{one.associated:,} {word} of associates{where}"


def statements(one: Finding) -> tuple[str, ...]:
    """Ids of the statements on which both sides rest, each once."""
    sides = (side for side in (one.national, one.reference) if side is not None)
    return tuple(dict.fromkeys(statement for side in sides for statement in side.statements))
