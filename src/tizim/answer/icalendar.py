"""The review calendar as an iCalendar file (RFC 5545), byte for byte the same for the same question.

Each day is an all-day event. Its UID is made of the list, the subject and what sets the day, so that a
file made later moves the event instead of adding a second one; no clock is asked. What has no day, and
lists without a rule, stand in one journal entry, which calendars may show and never ring for.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator

from tizim.answer.calendar import Calendar
from tizim.answer.reviewing import Due, DueState
from tizim.answer.rules import Origin, in_words, span_in_words

_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "tizim:calendar")
_LONGEST = 75
"""octets in a line, without its end (RFC 5545, 3.1)"""


def icalendar(found: Calendar) -> bytes:
    """The calendar as a file: UTF-8, lines ended by CR LF and folded at 75 octets."""
    stamp = f"{found.as_of.valid_at:%Y%m%d}T000000Z"
    title = "Reviews and ends of listings"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//tizim//review calendar//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(title)}",
        f"X-WR-CALDESC:{_text(_about(found))}",
        *_journal(found, stamp, title),
    ]
    for one in found.dues:
        if one.due is not None:
            lines += _event(one, one.due, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _about(found: Calendar) -> str:
    at = found.as_of
    return f"As of {at.valid_at}, as known on {at.known_at.date()} ({at.basis.value})"


def _event(one: Due, on: dt.date, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(one, on)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{on + dt.timedelta(days=1):%Y%m%d}"
    number = f"{one.reference} " if one.reference else ""
    yield f"SUMMARY:{_text(f'{_TITLES[one.state]}: {number}{one.name} ({one.list})')}"
    yield f"DESCRIPTION:{_text(chr(10).join(_described(one)))}"
    yield f"CATEGORIES:{_text(one.state.value)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


_TITLES = {
    DueState.DUE: "Review due",
    DueState.OVERDUE: "Review overdue",
    DueState.EXPIRES: "Listing expires",
    DueState.EXPIRED: "Listing expired",
}


def _described(one: Due) -> Iterator[str]:
    if one.law is not None:
        rule = one.law.rule
        act = f", {rule.legal_act}" if rule.legal_act else ""
        yield f"{in_words(one.law)}{span_in_words(rule)}{act} ({one.law.standing})"
        if rule.source:
            yield f"Source of the rule: {rule.source}"
    for ground in one.rests_on:
        mark = f", statement {ground.statement}" if ground.statement else ""
        yield f"Rests on: {ground.what.replace('_', ' ')} {ground.date}{mark} ({ground.source})"
    for reason in one.reasons:
        yield f"Note: {reason}"
    yield f"Subject: {one.subject}"


def _uid(one: Due, on: dt.date) -> str:
    """The same for the same day of the same listing in every run, and on every machine."""
    law = one.law
    parts = [one.list, one.subject, *((law.origin.value, law.rule.kind.value) if law else ())]
    # Several such days of one listing can stand side by side: then the day itself tells them apart.
    if one.members != 1 or one.subject.startswith("list:") or (law and law.origin is Origin.DOCUMENT):
        parts.append(on.isoformat())
    return str(uuid.uuid5(_NAMES, "\n".join(parts)))


def _journal(found: Calendar, stamp: str, title: str) -> Iterator[str]:
    """What the calendar cannot show. A calendar without any component would be no calendar by the RFC."""
    undated = [f"{one.list}: {one.name}: {'; '.join(one.reasons)}" for one in found.dues if one.due is None]
    silent = [f"{one.list}: {one.reason}" for one in found.silent]
    told = [_about(found), *undated, *silent]
    yield "BEGIN:VJOURNAL"
    yield f"UID:{uuid.uuid5(_NAMES, 'what the calendar cannot show')}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{found.as_of.valid_at:%Y%m%d}"
    yield f"SUMMARY:{_text(f'{title}: what has no day')}"
    yield f"DESCRIPTION:{_text(chr(10).join(told))}"
    yield "END:VJOURNAL"


def _text(value: str) -> str:
    r"""A value of type TEXT (RFC 5545, 3.3.11): ``\``, ``;`` and ``,`` escaped, a line end as ``\n``.

    Other control characters are not allowed there and become blanks.
    """
    value = "\n".join(value.splitlines())
    value = "".join(c if c in "\n\t" or not _is_control(c) else " " for c in value)
    for plain, escaped in (("\\", "\\\\"), (";", r"\;"), (",", r"\,"), ("\n", r"\n")):
        value = value.replace(plain, escaped)
    return value


def _is_control(character: str) -> bool:
    return ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0


def _folded(line: str) -> bytes:
    """A content line with its end, folded so that no part has more than 75 octets and no character is cut."""
    if len(line) <= _LONGEST and line.isascii():  # as most are
        return line.encode() + b"\r\n"
    return b"\r\n ".join(_parts(line)) + b"\r\n"


def _parts(line: str) -> Iterable[bytes]:
    part, room = b"", _LONGEST
    for character in line:
        octets = character.encode("utf-8", "replace")
        if len(part) + len(octets) > room:
            yield part
            part, room = b"", _LONGEST - 1  # the blank that begins a continued line counts
        part += octets
    yield part
