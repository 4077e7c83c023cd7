"""The review calendar as lines of text and as JSON."""

import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from tizim.answer.calendar import Calendar, Silent
from tizim.answer.days import day
from tizim.answer.prose import table, times
from tizim.answer.reviewing import NO_RENEWAL, NO_REVIEW, Due, DueState
from tizim.answer.rules import DueRule, Origin, in_words, span_in_words

Json = dict[str, Any]

_WIDTH = 96
_ENTRY = 44
_REFERENCE = 16
_NAMED = 6
"""how many entries are named where several are told of in one sentence"""


def as_lines(found: Calendar) -> list[str]:
    """The calendar for a terminal: overdue first, then by day, then what has no day and why, then the rules."""
    count = Counter(one.state for one in found.dues)
    coming = count[DueState.DUE] + count[DueState.EXPIRES]
    upto = f" by {day(found.until)}" if found.until else ""
    lines = _wrapped(
        f"{count[DueState.OVERDUE]} overdue, {count[DueState.EXPIRED]} expired, {coming} to come{upto},"
        f" {count[DueState.UNKNOWN]} without a known day. {times(found.as_of)}"
    )
    dated = [one for one in found.dues if one.due is not None]
    if dated:
        rows = [(str(one.due), one.state.value, one.list, _entry(one), _by(one)) for one in dated]
        lines += ["", *table(("day", "state", "list", "entry", "by"), rows, _ENTRY)]
    sections = (
        ("Notes", [*_usual(dated), *_noted(dated)]),
        ("No day is known", _noted(one for one in found.dues if one.due is None)),
        ("The rules", _rules(found.dues)),
        ("Lists by whose law nothing falls due on a day, and why", _silent(found.silent)),
        ("What this rests on", _ages(found)),
    )
    for title, body in sections:
        if body:
            lines += ["", title, *body]
    return lines


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent + ("  " if indent else ""),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _entry(one: Due) -> str:
    # A reference made of the name itself, as where a publisher gives no numbers, would hide the name.
    return f"{one.reference} {one.name}" if 0 < len(one.reference) <= _REFERENCE else one.name


def _by(one: Due) -> str:
    return in_words(one.law) if one.law is not None else ""


_USUAL = frozenset({NO_REVIEW, NO_RENEWAL})
"""what holds of nearly everything that is overdue or has expired, and is told once"""


def _usual(dues: Iterable[Due]) -> list[str]:
    if not any(reason in _USUAL for one in dues for reason in one.reasons):
        return []
    return _wrapped(
        "Overdue or expired: no review or renewal is on record here, which does not prove that there was none.", "  "
    )


def _noted(dues: Iterable[Due]) -> list[str]:
    """What is to be known about days, and of which entries: one sentence for all of which the same holds."""
    groups: dict[tuple[str, str], list[Due]] = defaultdict(list)
    for one in dues:
        for reason in one.reasons:
            if reason not in _USUAL:
                groups[one.list, reason].append(one)
    lines = []
    for (list_id, reason), own in groups.items():
        names = ", ".join(_entry(one) for one in own[:_NAMED])
        more = f" and {len(own) - _NAMED} more" if len(own) > _NAMED else ""
        lines += _wrapped(f"{list_id}: {reason} ({names}{more})", "  ")
    return lines


def _rules(dues: Sequence[Due]) -> list[str]:
    """The laws by which the days were found, each once, with source and standing."""
    laws = dict.fromkeys(one.law for one in dues if one.law is not None and one.law.origin is Origin.LAW)
    lines = []
    for law in laws:
        rule = law.rule
        act = f", {rule.legal_act}" if rule.legal_act else ""
        lines += _wrapped(
            f"{rule.list}: {in_words(law)}{span_in_words(rule)}{act} [{law.standing}: {rule.source or 'no source'}]",
            "  ",
        )
    return lines


def _silent(silent: Sequence[Silent]) -> list[str]:
    groups: dict[str, list[str]] = defaultdict(list)
    for one in silent:
        groups[one.reason].append(one.list)
    return [line for reason, lists in groups.items() for line in _wrapped(f"{', '.join(lists)}: {reason}", "  ")]


def _ages(found: Calendar) -> list[str]:
    lines = []
    for one in found.ages:
        what = f"seen up to {day(one.last_observed)}" if one.last_observed else "nothing seen up to that day"
        lines += _wrapped(f"{one.list}: {what}{' (stale)' if one.stale else ''}", "  ")
    return lines


def as_json(found: Calendar) -> list[Json]:
    """The calendar as JSON values, in its order; lists by whose law nothing falls due stand last, without a subject.

    Keys are relied on from outside: add, never rename.
    """
    return [_due(one) for one in found.dues] + [_silence(one) for one in found.silent]


def _due(one: Due) -> Json:
    return {
        "list": one.list,
        "subject": one.subject,
        "reference": one.reference or None,
        "name": one.name,
        "due": None if one.due is None else one.due.isoformat(),
        "rule": _rule(one.law),
        "state": one.state.value,
        "status": None if one.status is None else one.status.value,
        "reason": "; ".join(one.reasons) or None,
        "rests_on": [msgspec.to_builtins(ground) for ground in one.rests_on],
        "members": one.members,
        "last_observed": None if one.last_observed is None else one.last_observed.isoformat(),
    }


def _silence(one: Silent) -> Json:
    return {
        "list": one.list, "subject": None, "reference": None, "name": one.name, "due": None, "rule": _rule(one.law),
        "state": one.state.value, "status": None, "reason": one.reason, "rests_on": [], "members": None,
        "last_observed": None,
    }  # fmt: skip


def _rule(law: DueRule | None) -> Mapping[str, Any] | None:
    if law is None:
        return None
    rule = law.rule
    return {
        "kind": rule.kind.value,
        "period": rule.period or None,
        "act": rule.legal_act or None,
        "from": rule.valid_from or None,
        "to": rule.valid_to or None,
        "source": rule.source or None,
        "verified": rule.verified,
        "standing": law.standing,
        "set_by": law.origin.value,
        "wording": law.wording or None,
    }
