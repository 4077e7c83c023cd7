"""The checks that a version has to stand before anybody reads it, behind one small port."""

from collections.abc import Callable, Sequence
from typing import Final

from tizim.claims.naming import known
from tizim.domain.versions import Severity, Side, VersionFinding
from tizim.guard import check_translation
from tizim.register.view import View

Check = Callable[[str, str, str, str], Sequence[VersionFinding]]
"""compares a text with its translation: source, target, the language of each; gives what a person has to look at.
May raise `NotSupported` for a language that it cannot read, `BadInput` for texts that it does not take"""
CHECKS: Final = "answers/1, guard/1"
"""the checks of a version, each with the version of its rules"""


def unchecked(reason: str) -> VersionFinding:
    """That nobody compared the two texts, and why: as grave as the gravest difference."""
    return VersionFinding(
        code="unchecked", severity=Severity.SEVERE, side=Side.TARGET, start=0, end=0, message=reason, suggestion=""
    )


def the_guard(view: View) -> Check:
    """The guard, by the names that ship with tizim and those of the register that either text has."""

    def check(source: str, target: str, language: str, other: str) -> Sequence[VersionFinding]:
        names = known(view, f"{source}\n{target}")
        found = check_translation(
            source, target, source_language=language, target_language=other, known=names
        )  # fmt: skip
        return tuple(
            VersionFinding(
                code=one.code, severity=Severity(one.severity), side=Side(one.side), start=one.start, end=one.end,
                message=one.message, suggestion=one.suggestion or "",
            )
            for one in found.findings
        )  # fmt: skip

    return check
