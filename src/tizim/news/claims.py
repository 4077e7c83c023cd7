"""What a reading gives: claims of speakers, with the characters of the text they rest on."""

from typing import Any

import msgspec


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody says that a subject was, is or will be put on, taken off or kept on a list."""

    subject: str | None
    """the register's id; ``None`` for a subject that it does not know, ``*`` for the list as a whole"""
    subject_name: str
    """in the text's words, without endings"""
    list: str
    """whose list: ISO 3166 code in small letters, ``un``, ``eu``, or another body's key"""
    action: str
    modality: str
    date: str | None
    """ISO day, month, year or interval"""
    date_text: str | None
    date_kind: str | None
    """what the date is of: ``event``, ``announced``, ``since``"""
    announcer: str | None
    announcer_role: str | None
    decider: str | None
    reason: str | None
    act: str | None
    chain: tuple[str, ...]
    """outlets it came through, nearest to the speaker first"""
    start: int
    end: int
    evidence: str
    rule: str
    confidence: float


class Spelling(msgspec.Struct, frozen=True, kw_only=True):
    """Forms in which one text spells one name, or a form close to a known name and not among its spellings."""

    forms: tuple[str, ...]
    suggestion: str | None
    spans: tuple[tuple[int, int], ...]


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What an article says."""

    language: str
    machine_translated: dict[str, Any] | None
    published: str | None
    claims: tuple[Claim, ...]
    spelling: tuple[Spelling, ...]
    unread: int = 0
    """characters behind the longest text that is read"""

    def to_dict(self) -> dict[str, Any]:
        """The reading as plain values, as ``tizim read --json`` prints it."""
        made: dict[str, Any] = msgspec.to_builtins(self)
        if not self.unread:
            del made["unread"]
        return made
