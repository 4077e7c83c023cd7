"""Dates in words, with no more precision than their sources give.

A date is text of the register's form: a day, a month or a year (``2005-03``), an interval
(``2015-11-02/2023-12-20``, ``../2023-12-20``), or nothing. Each way of standing in a sentence is a message
of its own: languages put their prepositions, cases and particles where they like.
"""

import abc
import datetime as dt
from typing import Final

from babel import Locale
from babel.dates import format_date, format_skeleton
from markupsafe import Markup

from tizim.domain.dates import PartialDate
from tizim.domain.solar import AFGHANISTAN, IRAN, solar
from tizim.publish.words.languages import Language

Text = str | dt.date | None
_REMEMBERED: Final = 50_000
"""days of a language remembered as they are told: there are not many more in all lists"""
_DIGITS: Final = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}
"""digits by CLDR's numbering systems"""


class Days(abc.ABC):
    """The dates of a language; see `Words`, which adds the sentences."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.locale = Locale.parse(language.locale)
        self._times: dict[str, Markup] = {}
        self._own_digits = str.maketrans("0123456789", _DIGITS.get(self.locale.default_numbering_system, "0123456789"))

    @abc.abstractmethod
    def say(self, message: str, /, **values: Markup) -> Markup:
        """A message, filled."""

    # -- how dates stand in sentences ------------------------------------------------------------

    def day(self, text: Text) -> Markup:
        """A date by itself: *15 March 2005*, *March 2005*, *between … and …*, *by …*, *day unknown*."""
        raw = str(text or "")
        if not raw:
            return self.say("day unknown")
        first, slash, last = raw.partition("/")
        if not slash:
            return self.time(raw)
        if first == "..":
            return self.say("by {day}", day=self.time(last))
        return self.say("between {first} and {last}", first=self.time(first), last=self.time(last))

    def on(self, text: Text) -> Markup:
        """When something happened: *on 15 March 2005*, *in March 2005*, *on a day not known*."""
        raw = str(text or "")
        if not raw:
            return self.say("on a day not known")
        if "/" in raw:
            return self.day(raw)
        if len(raw) == len("2005-03-15"):
            return self.say("on {day}", day=self.time(raw))
        if len(raw) == len("2005-03"):
            return self.say("in {month}", month=self.time(raw))
        return self.say("in {year}", year=self.time(raw))

    def since(self, text: Text) -> Markup:
        """Since when something goes on: *since 15 March 2005*, *since a day between … and …*."""
        raw = str(text or "")
        if not raw:
            return self.say("since a day not known")
        first, slash, last = raw.partition("/")
        if slash and first == "..":
            return self.say("since {day} at the latest", day=self.time(last))
        if slash:
            return self.say("since a day between {first} and {last}", first=self.time(first), last=self.time(last))
        if len(raw) == len("2005-03-15"):
            return self.say("since {day}", day=self.time(raw))
        if len(raw) == len("2005-03"):
            return self.say("since {month}", month=self.time(raw))
        return self.say("since {year}", year=self.time(raw))

    # -- one date --------------------------------------------------------------------------------

    def time(self, text: str | dt.date) -> Markup:
        """One date in a ``time`` element; a day in the calendar of the language too, if it has another one."""
        raw = str(text)
        found = self._times.get(raw)
        if found is None:
            said = self.date_text(raw)
            other = self._solar(raw)
            found = Markup('<time datetime="{}">{}</time>').format(raw, said)
            if other:
                found = Markup('<time datetime="{}">{} <span class="cal">({})</span></time>').format(raw, other, said)
            if len(self._times) < _REMEMBERED:
                self._times[raw] = found
        return found

    def known_day(self, day: dt.date) -> Markup:
        """The day up to which a whole copy of the site is known; marked, so that it can be brought up to date."""
        return Markup(str(self.time(day)).replace("<time ", '<time class="known" ', 1))  # noqa: S704 - made of markup

    def date_text(self, text: str | dt.date) -> str:
        """One date in the calendar in which it was stated, without markup."""
        partial = PartialDate.parse(str(text))
        first = partial.earliest
        if partial.day is not None:
            said = format_date(first, "long", locale=self.locale)
        elif partial.month is not None:
            said = format_skeleton("yMMMM", first, locale=self.locale)
        else:
            said = format_skeleton("y", first, locale=self.locale)
        return self.digits(said)

    def _solar(self, raw: str) -> str:
        """A whole day by the Solar Hijri calendar, for languages that count by it."""
        if not self.language.solar or len(raw) != len("2005-03-15"):
            return ""
        found = solar(dt.date.fromisoformat(raw))
        if found is None:
            return ""
        year, month, day = found
        months = AFGHANISTAN if self.language.code == "prs" else IRAN
        return self.digits(f"{day} {months[month - 1]} {year}")

    def digits(self, text: str) -> str:
        """*text* with its digits as the language writes them. Never for what a source prints."""
        return text.translate(self._own_digits)
