"""Findings: what an audit of one list against another found, each entry in exactly one class."""

import datetime as dt
from collections.abc import Collection

import msgspec

from tizim.answer.grounds import Ground
from tizim.answer.members import Member
from tizim.domain.dates import AsOf
from tizim.domain.findings import FindingKind
from tizim.domain.lists import OfficialList

__all__ = ["Audit", "Difference", "Finding", "FindingKind", "Side"]


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as its list has it."""

    member: Member
    names: tuple[str, ...]
    """names that the list itself prints, main names first"""
    original_names: tuple[str, ...]
    """those of them in another script than Latin"""
    statements: tuple[str, ...]
    """ids of the statements on which it rests"""
    act: str
    """the act by which it is listed, as cited; empty: none is known"""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One thing of which the two lists say different things."""

    what: str
    national: str
    reference: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of one entry."""

    kind: FindingKind
    national: Side | None
    reference: Side | None
    rivals: tuple[Side, ...]
    """of an ambiguous entry: the entries that may be meant"""
    grounds: tuple[Ground, ...]
    """why it is of this class"""
    differences: tuple[Difference, ...]
    judged_by: tuple[str, ...]
    """whose judgement ties the two; empty where only the matcher does"""
    score: float | None
    """the matcher's, where it compared the two"""
    associated: int
    """entries under a regime that names the subject"""
    associated_on: str
    lag_days: int | None
    """days by which the national list came after the reference list, where both days are known"""
    action: str
    """what to do, in words: a proposal, nothing decided"""
    basis_needed: str
    """the legal basis that doing it would need"""

    @property
    def reasons(self) -> tuple[str, ...]:
        """The grounds in English sentences."""
        return tuple(one.text for one in self.grounds)


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """All findings of one list against another, as of the same two times."""

    national: OfficialList
    reference: OfficialList
    as_of: AsOf
    reference_as_of: AsOf
    """differs from ``as_of`` where a list is compared with itself over time"""
    findings: tuple[Finding, ...]
    """in the order in which an auditor works"""
    national_observed: dt.date | None
    reference_observed: dt.date | None
    national_stale: bool
    reference_stale: bool
    seen: int
    """the register's row up to which it was made: a decision names it, so that none is made past another's"""

    def only(self, kinds: Collection[str]) -> "Audit":
        """The same with findings of *kinds* alone."""
        return msgspec.structs.replace(self, findings=tuple(one for one in self.findings if one.kind.value in kinds))

    def counts(self) -> dict[str, int]:
        """How many findings there are of each kind, those of none left out."""
        found: dict[str, int] = {}
        for kind in FindingKind:
            number = sum(one.kind is kind for one in self.findings)
            if number:
                found[kind.value] = number
        return found
