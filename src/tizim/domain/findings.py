"""What an audit of one list against another may find of an entry."""

import enum


class FindingKind(enum.StrEnum):
    """The classes, in the order in which an auditor works."""

    EXPIRED = "expired"
    """the national entry has lapsed by rule or by its stated term"""
    OVERDUE = "overdue"
    """a review of the national entry is late"""
    EXTRA = "extra"
    """on the national list only"""
    MEMBERS_ONLY = "members_only"
    """the reference list has no entry for it, but a regime that names it, with entries of its associates"""
    MISSING = "missing"
    """on the reference list only"""
    AMBIGUOUS = "ambiguous"
    """a person must say which entry is meant, if any"""
    DIFFERING = "differing"
    """the same subject, of which the two lists say different things"""
    SAME = "same"
