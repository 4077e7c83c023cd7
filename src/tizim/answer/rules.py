"""The rules of lists as they stood on a day: which was in force, what it says, and how far it is verified.

A rule of review or expiry is law, and law changes: Canada reviewed its whole list every two years until
2019 and reviews each entry every five since; in Australia a listing lapsed after two years, then after
three, and since 2023 not at all. What falls due on a day falls due by the rule in force on that day.
"""

import datetime as dt
import enum
import functools
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from tizim.answer.evidence import rules_of
from tizim.domain.dates import AsOf, PartialDate
from tizim.domain.lists import ListId, Rule, RuleKind
from tizim.domain.statements import Property
from tizim.register.view import View


class Origin(enum.StrEnum):
    """Who sets a day: the law of the list for all its entries, the act on one entry, or the document that prints it."""

    LAW = "law"
    ACT = "act"
    DOCUMENT = "document"


class DueRule(msgspec.Struct, frozen=True, kw_only=True):
    """By what something falls due: the list's rule, or a term that an act or a document states for one entry."""

    rule: Rule
    origin: Origin
    wording: str
    """the rule in the words of the ledger; empty where none are given"""
    standing: str
    """how far it was seen in its source: ``verified``, ``verified in part`` or ``general knowledge``"""

    @property
    def is_timed(self) -> bool:
        """Whether time alone does something by it."""
        return self.rule.kind in TIMED

    @property
    def begins(self) -> dt.date:
        """The first day of the rule; the first of all days where no bound is known."""
        return PartialDate.parse(self.rule.valid_from).earliest if self.rule.valid_from else dt.date.min

    @property
    def ends(self) -> dt.date:
        """The day from which the rule is no longer in force; the last of all days where no bound is known."""
        return PartialDate.parse(self.rule.valid_to).earliest if self.rule.valid_to else dt.date.max

    def is_in_force(self, day: dt.date) -> bool:
        """Whether the rule was in force on *day*."""
        return self.begins <= day < self.ends


TIMED = frozenset({RuleKind.REVIEW, RuleKind.EXPIRY})
_STANDING = {"V": "verified", "V/K": "verified in part"}


def laws_of(view: View, list_id: ListId, as_of: AsOf) -> Sequence[DueRule]:
    """The rules of a list as known, of all times, the earliest first."""
    key = (list_id, view.knowledge(as_of))
    return view.shared.recent("laws", key, lambda: _laws_of(view, list_id, as_of), _KNOWN)


_KNOWN: Final = 512
"""lists whose rules are remembered, as of some time of knowing"""


def _laws_of(view: View, list_id: ListId, as_of: AsOf) -> Sequence[DueRule]:
    facts = view.facts(Property.RULE, as_of, lists=[list_id])
    made = [
        DueRule(
            rule=rule, origin=Origin.LAW, wording=fact.facets.get("machine_rule", ""),
            standing=_STANDING.get(fact.facets.get("vk", "V"), "general knowledge"),
        )
        for fact, rule in zip(facts, rules_of(view, [list_id], as_of), strict=True)
    ]  # fmt: skip
    return sorted(made, key=lambda law: (law.begins, law.rule.kind, law.rule.legal_act))


@functools.lru_cache(maxsize=1_024)  # a list prints the same for hundreds of entries
def stated_term(list_id: ListId, origin: Origin, *, legal_act: str, decides: str, source: str) -> DueRule:
    """A term that is stated for one entry, in the form of a rule without a period of its own."""
    rule = Rule(
        list=list_id, kind=RuleKind.EXPIRY, period="", valid_from="", valid_to="", legal_act=legal_act,
        decides=decides, removal="", source=source, verified=True,
    )  # fmt: skip
    return DueRule(rule=rule, origin=origin, wording="", standing="verified")


def in_words(law: DueRule) -> str:
    """What a rule does, in few words: ``review every 3 years``, ``expiry after 2 years``."""
    rule = law.rule
    if rule.kind is RuleKind.REVIEW:
        return f"review every {period_in_words(rule.period).removeprefix('1 ')}"
    if rule.kind is RuleKind.EXPIRY:
        if rule.period:
            return f"expiry after {period_in_words(rule.period)}"
        return "term stated by the act" if law.origin is Origin.ACT else "end printed by the document"
    return "no review or expiry" if rule.kind is RuleKind.NONE else rule.kind.value


_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}


@functools.lru_cache(maxsize=256)
def period_in_words(period: str) -> str:
    """An ISO period in words: ``P3Y`` is ``3 years``."""
    parts = [(int(number), _UNITS[unit]) for number, unit in re.findall(r"(\d+)([YMWD])", period)]
    return " and ".join(f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts)


def told(laws: Sequence[DueRule]) -> str:
    """Several rules in one phrase, each with its span."""
    return "; ".join(f"{in_words(law)}{span_in_words(law.rule)}" for law in laws)


def span_in_words(rule: Rule) -> str:
    """The span of a rule, to stand after it: `` from 2004``, `` from 1997 until 2004``, or nothing."""
    first = f" from {rule.valid_from}" if rule.valid_from else ""
    return first + (f" until {rule.valid_to}" if rule.valid_to else "")


def changed(law: DueRule, laws: Sequence[DueRule], on: dt.date) -> str:
    """What is to be said where the rule of the day asked for is no longer in force *on* the day it sets."""
    if on < law.ends:
        return ""
    after = [one for one in laws if one.begins >= law.ends]
    then = f", then {told(after)}" if after else ""
    return f"that rule is in force until {law.rule.valid_to}{then}"
