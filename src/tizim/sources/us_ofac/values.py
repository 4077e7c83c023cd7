"""What a value of a named kind says: a birth date, a passport, a website, a measure.

Remarks write it in a row (``Passport A1 (Iran) expires 08 Jul 2019``), XML in elements; both come here.
"""

import re
from collections.abc import Callable
from typing import Final

import msgspec

from tizim.domain.statements import Property
from tizim.sources.dates import english, years_in
from tizim.sources.entries import Making
from tizim.sources.us_ofac.kinds import COUNTRIES, As, Sort, sort_of
from tizim.text import one_line

_DATE: Final = r"(\d{1,2} [A-Z][a-z]{2} \d{4}|[A-Z][a-z]{2} \d{4}|\d{4})"
_EXPIRES: Final = re.compile(rf"\s+expires {_DATE}$")
_ISSUED: Final = re.compile(rf"\s+issued {_DATE}$")
_UNDER_NAME: Final = re.compile(r",?\s+(issued (?:under|in) the name (?:of )?[^\d]+)$")
_BRACKET: Final = re.compile(r"\s*\(([^()]*)\)$")
_OF_THE_NUMBER: Final = re.compile(r"\d+|\w")
"""What in brackets is a part of the number itself: the check digit of ``K000000(0)``."""
_WORD_AFTER: Final = re.compile(r",\s+([A-Za-z][^\d,]*)$")
_UNCLEAR: Final = re.compile(r"\b(?:issued?|expire[sd]?|notice|and)\b", re.IGNORECASE)
_LETTERS: Final = frozenset({"SWIFT/BIC", "Equity Ticker", "Aircraft Tail Number", "Previous Aircraft Tail Number"})
"""Numbers that may be letters only."""
_IMO: Final = re.compile(r"IMO\s+(\d{7})")
_SHIP: Final = "Vessel Registration Identification"
_ONE_WORD: Final = frozenset({"website", "e-mail"})
_CURRENCY: Final = re.compile(r"([A-Z0-9]{2,6})\s+(\S+)")
_PLAIN_DATE: Final = re.compile(rf"{_DATE}")
_REMARKED: Final = re.compile(r"possibly\s+|Region:\s*", re.IGNORECASE)
_LINK: Final = re.compile(r"(for more information\b.*?):?\s+(https?://\S+)", re.IGNORECASE)
_CMIC_DATES: Final = {
    "Listing Date (CMIC)": Property.LISTED_ON,
    "Effective Date (CMIC)": Property.EFFECTIVE_ON,
}
"""The days on which an entry came on the list of Chinese companies, and its measures began. Those of directives
are days of one more measure of an entry that was listed before, so they stay features."""


class _Value(msgspec.Struct, frozen=True, kw_only=True):
    """A value, with what stands beside it: in elements in XML, in the same words in remarks."""

    text: str
    place: str
    alternative: str
    country: str = ""
    issued: str = ""
    expires: str = ""


def say_value(
    making: Making, text: str, place: str, *, alternative: bool = False, country: str = "", issued: str = "",
    expires: str = "",
) -> bool:  # fmt: skip
    """Say what *text*, which begins with the words for its kind, says; false if the kind is not known.

    A value that does not read as its kind should is left by the name of the kind.
    """
    link = _LINK.fullmatch(text)
    if link:
        making.say(Property.LINK, link[2].rstrip(".,"), place, kind=link[1].casefold())
        return True
    found = sort_of(text)
    if found is None:
        return False
    sort, rest = found
    if sort.becomes is As.IDENTIFIER and sort.called not in _LETTERS and not any(char.isdigit() for char in rest):
        return False  # "Passport issued in Sarajevo": prose
    value = _Value(
        text=one_line(rest), place=place, alternative="yes" if alternative else "", country=country, issued=issued,
        expires=expires,
    )  # fmt: skip
    if not value.text or not _SAY[sort.becomes](making, sort, value):
        making.leave(place, sort.called or sort.becomes.value, text)
    return True


def iso(text: str) -> str:
    """The ISO date of a date in English, if it is one and not about right only."""
    read = english(text) if text else None
    return read.date if read and not read.about else ""


def say_birth_date(making: Making, text: str, place: str, alternative: str = "") -> bool:
    """Day, month, year or span; *circa* becomes ``about``."""
    read = english(text)
    if read is None:
        return False
    printed = "" if _PLAIN_DATE.fullmatch(text) else text
    making.say(
        Property.BIRTH_DATE, read.date, place, about="circa" if read.about else "", printed=printed,
        alternative=alternative,
    )  # fmt: skip
    making.say(Property.BIRTH_YEAR, years_in(read.date), place)
    return True


def _birth_date(making: Making, _: Sort, value: _Value) -> bool:
    return say_birth_date(making, value.text, value.place, value.alternative)


def _of_a_person(prop: Property, kind: str = "") -> "_Say":
    """A country or place; *possibly* and *region* are told apart, so that the value is the country alone."""

    def say(making: Making, _: Sort, value: _Value) -> bool:
        said = _REMARKED.match(value.text)
        text = value.text[said.end() :] if said else value.text
        note = said[0].rstrip(" :").casefold() if said else ""
        pairs = {"kind": kind, "note": note, "alternative": value.alternative}
        making.say(prop, text, value.place, **pairs)
        return True

    return say


def _gender(making: Making, _: Sort, value: _Value) -> bool:
    making.say(Property.GENDER, value.text.casefold(), value.place)
    return True


def _position(making: Making, _: Sort, value: _Value) -> bool:
    making.say(Property.POSITION, value.text, value.place)
    return True


def _linked(making: Making, _: Sort, value: _Value) -> bool:
    making.say(Property.RELATED_NAME, value.text, value.place, phrase="Linked To")
    return True


def _identifier(making: Making, sort: Sort, value: _Value) -> bool:
    """A number with, after it in remarks, country or remark in brackets and the days of issue and expiry."""
    number, expires = _taken(_EXPIRES, value.text, value.expires)
    number, issued = _taken(_ISSUED, number, value.issued)
    number, under = _taken(_UNDER_NAME, number, "")
    country = value.country
    notes = [under] if under else []
    while bracket := _BRACKET.search(number):
        if not bracket.start() or _OF_THE_NUMBER.fullmatch(bracket[1]):
            break
        if not country and bracket[1] in COUNTRIES:
            country = bracket[1]
        else:
            notes.insert(0, bracket[1])
        number = number[: bracket.start()]
    if word := _WORD_AFTER.search(number):  # "D000000000, Diplomatic"
        notes.insert(0, word[1])
        number = number[: word.start()]
    number = number.lstrip(":# ")
    dates = iso(issued), iso(expires)
    if (issued and not dates[0]) or (expires and not dates[1]) or _UNCLEAR.search(number):
        return False
    imo = _IMO.fullmatch(number)
    called = "IMO number" if imo else sort.called
    making.say(
        Property.IDENTIFIER, imo[1] if imo else number, value.place, type=called,
        detail=sort.called if imo and sort.called != _SHIP else "", country=country, issued=dates[0], expires=dates[1],
        note="; ".join(notes),
    )  # fmt: skip
    return True


def _taken(pattern: re.Pattern[str], text: str, given: str) -> tuple[str, str]:
    """The text without what *pattern* finds in it, and that; nothing is sought where it is given apart."""
    found = None if given else pattern.search(text)
    return (text[: found.start()], found[1]) if found else (text, given)


def _currency(making: Making, sort: Sort, value: _Value) -> bool:
    found = _CURRENCY.fullmatch(value.text)
    if found is None:
        return False
    making.say(Property.IDENTIFIER, found[2], value.place, type=sort.called, currency=found[1])
    return True


def _contact(making: Making, sort: Sort, value: _Value) -> bool:
    if sort.called in _ONE_WORD and " " in value.text:
        return False
    making.say(Property.CONTACT, value.text.lstrip(": "), value.place, kind=sort.called, country=value.country)
    return True


def _feature(making: Making, sort: Sort, value: _Value) -> bool:
    making.say(Property.FEATURE, value.text, value.place, field=sort.called)
    return True


def _feature_day(making: Making, sort: Sort, value: _Value) -> bool:
    read = english(value.text)
    if read is None:
        return False
    prop = _CMIC_DATES.get(sort.called)
    if prop is not None and not read.about and "/" not in read.date:
        making.say(prop, read.date, value.place, programme="CMIC")
    else:
        printed = "" if _PLAIN_DATE.fullmatch(value.text) else value.text
        about = "circa" if read.about else ""
        making.say(Property.FEATURE, read.date, value.place, field=sort.called, about=about, printed=printed)
    return True


def _measure(making: Making, sort: Sort, value: _Value) -> bool:
    if link := _LINK.fullmatch(value.text):
        making.say(Property.LINK, link[2].rstrip(".,"), value.place, kind=link[1].casefold(), of=sort.called)
    else:
        making.say(Property.IMPOSED_MEASURE, value.text, value.place, kind=sort.called)
    return True


_Say = Callable[[Making, Sort, _Value], bool]

_SAY: Final[dict[As, _Say]] = {
    As.BIRTH_DATE: _birth_date,
    As.BIRTH_PLACE: _of_a_person(Property.BIRTH_PLACE),
    As.NATIONALITY: _of_a_person(Property.NATIONALITY),
    As.CITIZENSHIP: _of_a_person(Property.NATIONALITY, "citizenship"),
    As.REGISTERED_IN: _of_a_person(Property.COUNTRY, "nationality of registration"),
    As.GENDER: _gender,
    As.POSITION: _position,
    As.IDENTIFIER: _identifier,
    As.CURRENCY: _currency,
    As.CONTACT: _contact,
    As.FEATURE: _feature,
    As.FEATURE_DAY: _feature_day,
    As.MEASURE: _measure,
    As.LINKED: _linked,
}
"""How a value of each kind is said; false where it does not read as its kind should."""
