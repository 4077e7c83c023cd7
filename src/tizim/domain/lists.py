"""Official lists: who keeps them, under what rule, and how one contains another."""

import datetime as dt
import enum
from typing import NewType

import msgspec

ListId = NewType("ListId", str)
SubjectId = NewType("SubjectId", str)
"""An id of a subject: the ledger's organisation id, or ``source:key`` of a list's entry."""


class RuleKind(enum.StrEnum):
    """What time does to a listing under a list's own law."""

    NONE = "none"
    REVIEW = "review"
    EXPIRY = "expiry"
    FOLLOWS = "follows"
    SUSPENSION = "suspension"


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A list's rule, and the span in which the rule itself was in force (rules change)."""

    list: ListId
    kind: RuleKind
    period: str
    """ISO 8601 period; empty where the rule has none"""
    valid_from: str
    valid_to: str
    """partial dates; empty: no bound known"""
    legal_act: str
    decides: str
    removal: str
    source: str
    verified: bool


class OfficialList(msgspec.Struct, frozen=True, kw_only=True):
    """A roster that an authority keeps."""

    id: ListId
    jurisdiction: str
    name: str
    parts: tuple[ListId, ...] = ()
    """the lists of which this one is a view, if it is a view"""
    about: tuple[SubjectId, ...] = ()
    """the subjects whose associates the regime names (1988: the Taliban)"""
    begins: dt.date | None = None
    """the first day on which the list existed under this id, where known"""
    before: str = ""
    """what stood in its place before ``begins``, in words"""
    rhythm_days: int = 183
    """a newest observation older than this many days is *stale*"""
