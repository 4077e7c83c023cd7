"""What a check of a translation gives: findings, each with its place, and whether the text may be published."""

from typing import Any, Literal

import msgspec

Code = Literal[
    "number", "date", "negation", "quote", "name", "country", "term", "dropped", "added", "language", "placeholder",
    "spelling", "non-word", "elision", "wrong-word",
]  # fmt: skip
Severity = Literal["severe", "minor"]
Side = Literal["source", "target"]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a person has to look at."""

    code: Code
    severity: Severity
    """``severe``: as it stands, the translation must not be published"""
    side: Side
    """which of the two texts *start* and *end* count characters of"""
    start: int
    end: int
    message: str
    suggestion: str | None
    """what to write there instead, where that is known"""


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a check."""

    findings: tuple[Finding, ...]
    """by side and place"""
    publishable: bool
    """whether no finding is severe"""
    source_language: str
    target_language: str | None

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values, as ``tizim check-translation --json`` prints it."""
        return {
            "findings": [msgspec.to_builtins(one) for one in self.findings],
            "publishable": self.publishable,
        }
