"""The dates that the title of a source names, and the day by which that source was out.

Titles are written by hand: ``Reuters 2014-11-20``, ``Lords written answer 2001-02-28: draft order``,
``(May 2008)``, ``read 2026-08-14``. What looks like a date but numbers an act (``SI 2016/770``,
``SOR/2012-162``, ``Reg. 2580/2001``, ``2010-go1066``, ``Terrorism Act 2000``) is none.
"""

import datetime as dt
import re
from collections.abc import Iterator

from tizim.domain.dates import PartialDate, When
from tizim.errors import BadInput

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?<![\d./])(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# A year with nothing glued to it: no part of a number (2016/770, 2010-go1066, 1.2005) or of a word.
_LONE_YEAR = rf"(?<![\w/.-]){_YEAR}(?![\w/-]|\.\d)"

# Each kind of date, most exact first; a stretch of text is read by the first that fits it.
_DATED = (
    re.compile(rf"(?<![\w.-]){_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?=T\d|(?![\w-]))"),
    re.compile(rf"(?<![\w/.-])(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}(?![\w/-])"),
    re.compile(rf"{_DAY} (?:of )?{_MONTH},? {_YEAR}(?![\w/-])", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}(?![\w/-])", re.IGNORECASE),
    re.compile(rf"\b{_MONTH},? {_YEAR}(?![\w/-])", re.IGNORECASE),
    re.compile(rf"(?<![\w/.-]){_YEAR}-(?P<month>\d\d)(?![\w/-])"),
)
# A report on a year comes out in the next one (22 U.S.C. 2656f asks for the US one by 30 April).
_ON_A_YEAR = re.compile(
    rf"\b(?:Country Reports on [A-Z]\w+(?: \w+)*?|annual reports?(?: for| of| on)?) {_LONE_YEAR}",
    re.IGNORECASE,
)
# Where a lone year stands if it dates the source: in brackets, at the end, before the title proper.
_BARE = re.compile(rf"{_LONE_YEAR}(?=\)|$|:| on )")
_MARKED = re.compile(
    rf"\b(?:read|as of|as at|generated|retrieved|updated|published|released|edition(?: of)?) {_LONE_YEAR}",
    re.IGNORECASE,
)
# What stands before the number or year of an act: "Order 2025", "SI 2021-05", "resolution 1988 (2011)".
_ACT = re.compile(
    r"(?:\b(?:Acts?|Orders?|Laws?|Regulations?|Reg|Decree|Rules|Bill|Code|Directive|Decision|Ordinance|Instrument"
    r"|SI|SOR|SR|SL|No)\.? \(?|\b(?:UNSCRs?|resolutions?|res\.?) [\d(), /and]*)$",
    re.IGNORECASE,
)
# What stands before a year that is that of the event: "Law 7 of 2014", "in 2015".
_OF_THE_EVENT = re.compile(r"\b(?:of|in|since|from|until|before|after|by|and|to|for) \(?$", re.IGNORECASE)
# "Interfax, December 11: …", "…, Feb. 27": a day whose year the title leaves out.
_YEARLESS = (
    re.compile(rf", {_MONTH} (?P<day>\d{{1,2}})(?=:|$)", re.IGNORECASE),
    re.compile(rf", (?P<day>\d{{1,2}}) {_MONTH}(?=:|$)", re.IGNORECASE),
)


def dates_in(title: str, near: When | None = None) -> tuple[PartialDate, ...]:
    """The dates that *title* names as dates, in no order.

    A day without a year is taken to be the one nearest to *near*, the time of what the source tells,
    and is left out where that time is unknown.
    """
    left = title
    found: list[PartialDate] = []
    for pattern in _DATED:
        for match in pattern.finditer(left):
            if pattern is _DATED[-1] and _ACT.search(left[: match.start()]):
                continue  # a number of an act in the shape of a month
            if date := _date(**match.groupdict()):
                found.append(date)
                left = _blanked(left, match)
    for match in _ON_A_YEAR.finditer(left):
        found.append(PartialDate(year=int(match["year"]) + 1, month=None, day=None))
        left = _blanked(left, match)
    for match in [*_MARKED.finditer(left), *_BARE.finditer(left)]:
        before = left[: match.start()]
        if match.re is _MARKED or not (_ACT.search(before) or _OF_THE_EVENT.search(before)):
            found.append(PartialDate(year=int(match["year"]), month=None, day=None))
    found.extend(_without_year(left, near))
    return tuple(found)


def newest(title: str, near: When | None = None) -> PartialDate | None:
    """The latest of the dates that *title* names, by its last day; of two that end together the finer."""
    return max(dates_in(title, near), key=lambda date: (date.latest, date.earliest), default=None)


def published(title: str, event: When, *, event_is_the_word: bool) -> dt.date | None:
    """The day by which the source called *title* was out; ``None`` where nothing tells.

    Two days can tell: that of the event, where it is itself the day of the report or announcement
    (*event_is_the_word*), and the newest that the title names. The later one counts: a report of June
    that a thing became known in December was out in June. Where one is a month or year that holds the
    other, it says nothing more, and the finer one counts. Without either it is the event's own last
    day (the ledger's README, last paragraph).
    """
    printed = newest(title, event)
    if printed is None:
        return event.latest
    if not event_is_the_word or event.latest is None:
        return printed.latest
    if event.earliest is not None:
        if event.earliest <= printed.earliest and printed.latest <= event.latest:
            return printed.latest
        if printed.earliest <= event.earliest and event.latest <= printed.latest:
            return event.latest
    return max(event.latest, printed.latest)


def _date(*, year: str, month: str, day: str | None = None) -> PartialDate | None:
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].casefold()) + 1
    text = f"{year}-{number:02d}" if day is None else f"{year}-{number:02d}-{int(day):02d}"
    try:
        return PartialDate.parse(text)
    except BadInput:
        return None


def _blanked(text: str, match: re.Match[str]) -> str:
    """*text* with what *match* found blotted out, at the same length."""
    return text[: match.start()] + "\0" * (match.end() - match.start()) + text[match.end() :]


def _without_year(title: str, near: When | None) -> Iterator[PartialDate]:
    if near is None or near.latest is None:
        return
    first, last = near.earliest or near.latest, near.latest

    def distance(date: PartialDate) -> dt.timedelta:
        return max(first - date.earliest, date.earliest - last, dt.timedelta(0))

    for pattern in _YEARLESS:
        for match in pattern.finditer(title):
            years = range(first.year - 1, last.year + 2)
            dates = [date for year in years if (date := _date(year=str(year), **match.groupdict()))]
            if dates:
                yield min(dates, key=distance)
