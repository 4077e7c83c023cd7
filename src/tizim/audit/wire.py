"""An audit as plain JSON values and as text. Keys are relied on from outside: add, never rename."""

import hashlib
import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

import msgspec

from tizim.answer import prose, wire
from tizim.audit import telling
from tizim.audit.findings import Audit, Finding, FindingKind, Side
from tizim.domain.dates import AsOf
from tizim.domain.decisions import Decision
from tizim.text import fold

Json = dict[str, Any]
_WIDTH: Final = 96
_NAME: Final = 1000
"""characters of a name that count for a key: a cell holds no more than 32,767"""
_CONTROLS: Final = dict.fromkeys((*range(32), *range(127, 160)))
"""what a name from outside could say to a terminal in place of being shown"""


def to_json(audit: Audit) -> Json:
    """The audit; ``sha256`` is the digest of all the rest, and each finding's ``key`` ties a decision to it.

    ``decision`` is null in every finding. Filled in (``worksheet.read_back`` names the keys), the whole can be
    given back as a worksheet.
    """
    made = _without_digest(audit)
    sha256 = _digest(made)
    for one, finding in zip(audit.findings, made["findings"], strict=True):
        finding["key"] = row_key(sha256, audit, one)
        finding["decision"] = None
    return {**made, "sha256": sha256}


def audit_digest(audit: Audit) -> str:
    """The digest by which an audit is known again: the same for the same findings as of the same times."""
    return _digest(_without_digest(audit))


def row_key(sha256: str, audit: Audit, one: Finding) -> str:
    """What ties a decision to a finding of the audit with the digest *sha256*: see `key_of`."""
    return key_of(
        sha256, one.kind.value, audit.national.id, audit.reference.id, _subject(one.national), _subject(one.reference),
        str(audit.seen), _name(one.national), _name(one.reference),
    )  # fmt: skip


def key_of(*parts: str) -> str:
    """A short digest of what a row is about: the audit's digest, class, national and reference list, national and
    reference subject, the register's row seen, and the names on both sides.

    It is there for accidents, not against forgers: a sheet sorted or pasted so that a name no longer stands
    beside its own ids is told by it. Of names only letters and digits count, which no spreadsheet changes.
    """
    *ids, national, reference = parts
    plain = [*ids, fold(national[:_NAME]), fold(reference[:_NAME])]
    return hashlib.sha256(msgspec.json.encode(plain)).hexdigest()[:16]


def _subject(side: Side | None) -> str:
    return "" if side is None else side.member.subject


def _name(side: Side | None) -> str:
    return "" if side is None else side.member.name


def _digest(made: Json) -> str:
    return hashlib.sha256(msgspec.json.encode(made, order="deterministic")).hexdigest()


def _without_digest(audit: Audit) -> Json:
    return {
        "national": audit.national.id,
        "reference": audit.reference.id,
        "as_of": wire.as_of(audit.as_of),
        "reference_as_of": wire.as_of(audit.reference_as_of),
        "national_list": _list(audit, national=True),
        "reference_list": _list(audit, national=False),
        "seen": audit.seen,
        "counts": audit.counts(),
        "findings": [_finding(one, audit) for one in audit.findings],
    }


def _list(audit: Audit, *, national: bool) -> Json:
    """One of the two lists, and the age of what is held of it."""
    official = audit.national if national else audit.reference
    observed = audit.national_observed if national else audit.reference_observed
    at = audit.as_of if national else audit.reference_as_of
    return {
        "id": official.id,
        "name": official.name,
        "jurisdiction": official.jurisdiction,
        "last_observed": None if observed is None else observed.isoformat(),
        "age_days": None if observed is None else (at.valid_at - observed).days,
        "stale": audit.national_stale if national else audit.reference_stale,
    }


def _finding(one: Finding, audit: Audit) -> Json:
    return {
        "kind": one.kind.value,
        "national": _side(one.national, audit.as_of),
        "reference": _side(one.reference, audit.reference_as_of),
        "rivals": [_side(side, audit.reference_as_of) for side in one.rivals],
        "reasons": list(one.reasons),
        "statements": list(telling.statements(one)),
        "differences": [msgspec.to_builtins(difference) for difference in one.differences],
        "judged_by": list(one.judged_by),
        "score": one.score,
        "associated": one.associated,
        "associated_on": one.associated_on or None,
        "lag_days": one.lag_days,
        "proposed_action": one.action or None,
        "basis_needed": one.basis_needed or None,
    }


def _side(side: Side | None, at: AsOf) -> Json | None:
    if side is None:
        return None
    return {
        **wire.member(side.member),
        "names": list(side.names),
        "original_names": list(side.original_names),
        "act": side.act or None,
        "age_days": telling.age_days(side, at),
        "statements": list(side.statements),
    }


# -- text ----------------------------------------------------------------------------------------


def to_lines(audit: Audit) -> list[str]:
    """The audit as text: both ages, the counts, then each class under its heading in the order of an auditor's work."""
    lines = [*_wrapped(telling.title(audit)), *_wrapped(prose.times(audit.as_of))]
    if telling.is_over_time(audit):
        lines += _wrapped(f"{audit.reference.id}: {prose.times(audit.reference_as_of)}")
    for age in telling.ages(audit):
        lines += _wrapped(age)
    lines += _wrapped(
        f"Made of the register up to row {audit.seen}: a decision on it is entered with --seen {audit.seen}."
    )
    lines += ["", *_wrapped(telling.counts(audit))]
    if audit.findings:
        lines += _wrapped(telling.RULES)
    for kind, group in groupby(audit.findings, key=lambda one: one.kind):
        lines += ["", *_group(audit, kind, list(group))]
    return lines


def _group(audit: Audit, kind: FindingKind, findings: list[Finding]) -> Iterator[str]:
    words = telling.KINDS[kind]
    yield from _wrapped(f"{words.title} ({len(findings)}): {telling.heading(audit, kind)}")
    yield from _wrapped(words.note, "  ")
    reference = telling.short_names(audit)[1]
    for one in findings:
        yield from _told(one, reference)


def _told(one: Finding, reference: str) -> Iterator[str]:
    """A finding: its entries, then what is said of it, each under a word of its own."""
    first = one.national or one.reference
    if first is not None:
        yield from _wrapped(telling.entry(first), "  ", "    ")
        yield from _named("original script", telling.other_names(first))
    if one.national is not None and one.reference is not None:
        yield from _wrapped(f"{reference}: {telling.entry(one.reference)}", "    ", "      ")
        yield from _named("original script", telling.other_names(one.reference))
    yield from _named("may be", [telling.entry(side) for side in one.rivals])
    yield from _named("why", one.reasons)
    yield from _named("differs", [f"{d.what}: {d.national or '–'} ↔ {d.reference or '–'}" for d in one.differences])
    yield from _named("", [part for part in (telling.ties(one), telling.associates(one), telling.lag(one)) if part])
    yield from _named("proposed", [one.action] if one.action else [])
    yield from _named("basis needed", [one.basis_needed] if one.basis_needed else [])


def _named(word: str, parts: "tuple[str, ...] | list[str]") -> Iterator[str]:
    for part in parts:
        yield from _wrapped(f"{word}: {part}" if word else part, "      ", "        ")


def _wrapped(text: str, indent: str = "", further: str | None = None) -> list[str]:
    plain = " ".join(text.split()).translate(_CONTROLS)
    return textwrap.wrap(
        plain, _WIDTH, initial_indent=indent, subsequent_indent=indent if further is None else further,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def decision(one: Decision) -> Json:
    """A decision as it was entered."""
    found = msgspec.to_builtins(one)
    return {**found, "pending": one.is_pending, "legal_basis": one.basis.cited or None}
