"""The columns of a worksheet: what was found, what a person fills in, on what it rests, and the ids of each row."""

import datetime as dt
import enum
from collections.abc import Iterator
from typing import Final

import msgspec

from tizim.answer.days import day
from tizim.audit import telling
from tizim.audit.findings import Audit, Side
from tizim.audit.wire import row_key
from tizim.domain.decisions import DecisionKind

FINDINGS: Final = "Findings"
ABOUT: Final = "About"
DIGEST: Final = "Digest of the audit"
"""what the about sheet calls the audit's own digest"""
NOTHING: Final = "nothing"
"""what is written where somebody looked and decides nothing"""

Value = str | int | float | dt.date | None


class Group(enum.StrEnum):
    """Parts of a row."""

    FOUND = "what was found"
    FILL = "to fill in"
    EVIDENCE = "on what it rests"
    IDS = "ids: leave as they are"


class Look(enum.StrEnum):
    """How a column's cells are shown."""

    TEXT = "text"
    LONG = "long text"
    NUMBER = "number"
    SCORE = "score"
    DATE = "date"


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column of a worksheet."""

    key: str
    title: str
    group: Group
    look: Look
    width: float
    help: str = ""
    """what to write, for those that are filled in"""
    choices: tuple[str, ...] = ()
    """what can be chosen; a person may write another act kind"""


def _found(key: str, title: str, width: float, look: Look = Look.TEXT) -> Column:
    return Column(key=key, title=title, group=Group.FOUND, look=look, width=width)


def _fill(key: str, title: str, width: float, told: str, choices: tuple[str, ...] = ()) -> Column:
    return Column(key=key, title=title, group=Group.FILL, look=Look.TEXT, width=width, help=told, choices=choices)


def _rests(key: str, title: str, width: float, look: Look = Look.TEXT) -> Column:
    return Column(key=key, title=title, group=Group.EVIDENCE, look=look, width=width)


def _id(key: str, title: str, width: float, look: Look = Look.TEXT) -> Column:
    return Column(key=key, title=title, group=Group.IDS, look=look, width=width)


_ACT_KINDS: Final = ("law", "decree", "order", "regulation", "resolution", "judgment", "ruling", "notice")
_AS_FAR_AS_KNOWN: Final = "as far as known: 2024-06-03, 2024-06 or 2024"

COLUMNS: Final = (
    _found("number", "No.", 6, Look.NUMBER),
    _found("kind", "finding", 13),
    _found("national_name", "national entry", 34),
    _found("national_original", "its original script", 28),
    _found("national_number", "its number", 14),
    _found("national_state", "its state", 18),
    _found("national_since", "since", 13, Look.DATE),
    _found("reference_name", "reference entry", 34),
    _found("reference_original", "its original script (reference)", 28),
    _found("reference_number", "its number (reference)", 14),
    _found("reference_state", "its state (reference)", 18),
    _found("reference_since", "since (reference)", 13, Look.DATE),
    _found("reasons", "why", 46),
    _found("differences", "what differs", 40),
    _found("rivals", "entries that may be meant", 40),
    _found("action", "proposed action", 34),
    _found("basis_needed", "legal basis needed", 34),
    _fill(
        "decision", "decision", 13,
        f"What is decided of the entry on the national list; '{NOTHING}' where nothing is. An empty row is skipped.",
        (*(kind.value for kind in DecisionKind), NOTHING),
    ),
    _fill("body", "deciding body", 24, "Who decided: the court, ministry or council. Leave it empty where not known."),
    _fill("act_kind", "kind of act", 14, "What sort of act: choose, or write another.", _ACT_KINDS),
    _fill("act_number", "number of act", 14, "Its number, as printed."),
    _fill("act_date", "date of act", 12, f"Its date, {_AS_FAR_AS_KNOWN}."),
    _fill("article", "article", 14, "The article relied on."),
    _fill(
        "basis_not_stated_by", "basis not stated by", 22,
        "Where no act is shown: the source that tells of the decision. Leave it empty where an act is given.",
    ),
    _fill("effective", "effective", 12, f"From when it holds, {_AS_FAR_AS_KNOWN}."),
    _fill("expires", "expires", 12, "Until when a listing or renewal runs, where the act says so."),
    _fill("reason", "reason", 36, "Why."),
    _fill("author", "author", 18, "Who enters it."),
    _fill(
        "second_person", "second person", 10, "'wanted' if it shall change nothing until another person approves it.",
        ("wanted",),
    ),
    _rests("ties", "tied by", 30),
    _rests("score", "score", 8, Look.SCORE),
    _rests("lag_days", "days after the reference list", 12, Look.NUMBER),
    _rests("associated", "entries of associates", 12, Look.NUMBER),
    _rests("associated_on", "on the list", 16),
    _rests("review_due", "review due", 13, Look.DATE),
    _rests("national_act", "act of the national entry", 32),
    _rests("reference_act", "act of the reference entry", 32),
    _rests("national_observed", "national entry last observed", 13, Look.DATE),
    _rests("national_age", "days before the day asked for", 10, Look.NUMBER),
    _rests("reference_observed", "reference entry last observed", 13, Look.DATE),
    _rests("reference_age", "days before the day asked for (reference)", 10, Look.NUMBER),
    _rests("statements", "statements", 24, Look.LONG),
    _id("national", "national list", 14),
    _id("reference", "reference list", 14),
    _id("kind_id", "kind", 14),
    _id("national_subject", "national subject", 24),
    _id("reference_subject", "reference subject", 24),
    _id("seen", "seen", 10, Look.NUMBER),
    _id("audit", "audit", 20),
    _id("key", "key", 18),
)  # fmt: skip
BY_KEY: Final = {column.key: column for column in COLUMNS}
FILL: Final = tuple(column for column in COLUMNS if column.group is Group.FILL)
DATES: Final = frozenset({"act_date", "effective", "expires"})
"""columns that take a partial date; they are text, since a spreadsheet makes a first of the month of a month"""
KEYED: Final = (
    "audit", "kind_id", "national", "reference", "national_subject", "reference_subject", "seen", "national_name",
    "reference_name",
)  # fmt: skip
"""columns of which a row's key is made, in the order of ``wire.key_of``"""


def rows(audit: Audit, sha256: str) -> Iterator[dict[str, Value]]:
    """The cells of each finding by column; those to be filled in are left out."""
    for number, one in enumerate(audit.findings, start=1):
        own, other = one.national, one.reference
        row: dict[str, Value] = {
            "number": number,
            "kind": telling.KINDS[one.kind].title,
            **_side("national", own),
            **_side("reference", other),
            "reasons": "\n".join(one.reasons),
            "differences": "\n".join(f"{d.what}: {d.national or '–'} ↔ {d.reference or '–'}" for d in one.differences),
            "rivals": "\n".join(telling.entry(side) for side in one.rivals),
            "action": one.action,
            "basis_needed": one.basis_needed,
            "ties": f"judgement of {', '.join(one.judged_by)}" if one.judged_by else "",
            "score": one.score,
            "lag_days": one.lag_days,
            "associated": one.associated or None,
            "associated_on": one.associated_on,
            "review_due": own.member.review_due if own else None,
            "national_age": telling.age_days(own, audit.as_of) if own else None,
            "reference_age": telling.age_days(other, audit.reference_as_of) if other else None,
            "statements": " ".join(telling.statements(one)),
            "national": audit.national.id,
            "reference": audit.reference.id,
            "kind_id": one.kind.value,
            "seen": audit.seen,
            "audit": sha256,
        }
        yield {**row, "key": row_key(sha256, audit, one)}


def _side(which: str, side: Side | None) -> dict[str, Value]:
    if side is None:
        return {f"{which}_subject": "", f"{which}_name": ""}
    one = side.member
    return {
        f"{which}_name": one.name,
        f"{which}_original": "\n".join(telling.other_names(side)),
        f"{which}_number": one.reference,
        f"{which}_state": telling.status(side),
        f"{which}_since": _since(one.since),
        f"{which}_act": side.act,
        f"{which}_observed": one.last_observed,
        f"{which}_subject": one.subject,
    }


def _since(text: str) -> Value:
    """A full day as a date; a month, a year or bounds in words, since no cell can hold them as what they are."""
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return day(text)


_RIGHT_TO_LEFT: Final = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "pes", "prs", "ps", "sd", "ug", "ur", "yi"})


def is_right_to_left(language: str) -> bool:
    """Whether a language (BCP 47) is written from right to left; a script in its tag decides."""
    first, *rest = language.casefold().replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    if script:
        return script in {"arab", "aran", "hebr", "nkoo", "syrc", "thaa"}
    return first in _RIGHT_TO_LEFT
