"""The checks that a version has to stand before anybody reads it, behind one small port."""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from tizim.claims.naming import known
from tizim.domain.bulletins import Own
from tizim.domain.versions import Severity, Side, VersionFinding
from tizim.errors import NotSupported
from tizim.guard import Checked, check_translation
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
        return _kept(
            check_translation(source, target, source_language=language, target_language=other, known=names)
        )  # fmt: skip

    return check


def look_over(view: View, own: Own, language: str) -> Sequence[VersionFinding]:
    """What is found in an editor's words by themselves, title and text as `as_one` has them; where no check knows the
    language, that they are unchecked. Raises `BadInput` for words that are none or too long.
    """
    text = as_one(own)
    try:
        return _kept(check_translation(text, source_language=language, known=known(view, text)))
    except NotSupported as error:
        return (msgspec.structs.replace(unchecked(str(error)), side=Side.SOURCE),)


def as_one(own: Own) -> str:
    """Title and text as one text, in which findings have their places."""
    return "\n\n".join((own.title, *own.paragraphs))


def _kept(found: Checked) -> tuple[VersionFinding, ...]:
    return tuple(
        VersionFinding(
            code=one.code, severity=Severity(one.severity), side=Side(one.side), start=one.start, end=one.end,
            message=one.message, suggestion=one.suggestion or "",
        )
        for one in found.findings
    )  # fmt: skip
