"""More than names: birth dates, countries, identifiers, gender and registration raise or lower a name's score.

They never replace it: what speaks for a match counts in proportion to the score of the names, so that the same
birth date alone is no match; what speaks against it counts whole.
"""

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Self

import msgspec

from tizim.errors import BadInput
from tizim.match.model import HIGHEST

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")
_SURE = 4.0
"""log-odds beyond which a name's score is taken as this much when facts are weighed"""
_NOT_ALONE = 0.5
"""names that score less are never lifted to a match"""
_HIGHEST_LIFTED = 0.65


class Facts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of an entity besides its names. Empty means not known, which counts neither way."""

    birth_dates: tuple[str, ...] = ()
    """ISO dates, as far as known: ``1965``, ``1965-05``, ``1965-05-25``"""
    countries: tuple[str, ...] = ()
    """ISO 3166 alpha-2 codes, lower-case"""
    identifiers: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    registrations: tuple[str, ...] = ()
    """numbers in registers of companies, IMO numbers, tax numbers"""

    def __bool__(self) -> bool:
        """Whether anything is known."""
        return bool(self.birth_dates or self.countries or self.identifiers or self.genders or self.registrations)

    def joined(self, other: Self) -> Self:
        """What is known by either."""
        return type(self)(
            **{
                field: tuple(dict.fromkeys((*getattr(self, field), *getattr(other, field))))
                for field in self.__struct_fields__
            }
        )


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One observation, in words a reviewer understands, and what it adds to the log-odds."""

    what: str
    gain: float


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A score with facts taken into account, and why."""

    score: float
    reasons: tuple[Reason, ...]


def facts_of(given: Mapping[str, Any]) -> Facts:
    """Facts from a mapping; values are texts or sequences of texts. Raises `BadInput` for what cannot be read."""
    found = {}
    for field, value in given.items():
        if field not in Facts.__struct_fields__:
            known = ", ".join(Facts.__struct_fields__)
            raise BadInput(f"no fact '{field}' is compared: there are {known}")
        values = [value] if isinstance(value, str | dt.date) else value
        if not isinstance(values, Sequence):
            raise BadInput(f"{field} must be a text or several, not {type(value).__name__}")
        found[field] = tuple(dict.fromkeys(_read(field, str(one).strip()) for one in values if str(one).strip()))
    return Facts(**found)


def _read(field: str, text: str) -> str:
    if field == "birth_dates":
        if _PARTIAL.match(text) is None:
            raise BadInput(f"a birth date is written 1965, 1965-05 or 1965-05-25, not '{text}'")
        return text
    if field in {"countries", "genders"}:
        return text.casefold()
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def adjusted(score: float, mine: Facts, theirs: Facts) -> Judged:
    """The score of two names, with what is known of both sides taken into account."""
    reasons = [
        *_birth(mine.birth_dates, theirs.birth_dates),
        *_shared("country", mine.countries, theirs.countries, 0.6, -0.8),
        *_shared("gender", mine.genders, theirs.genders, 0.1, -3.0),
        *_shared("identifier", mine.identifiers, theirs.identifiers, 4.0, -0.4),
        *_shared("registration number", mine.registrations, theirs.registrations, 4.0, -1.5),
    ]
    if not reasons:
        return Judged(score=score, reasons=())
    share = score if score >= _NOT_ALONE else score * score
    weighed = tuple(Reason(what=one.what, gain=one.gain * share if one.gain > 0 else one.gain) for one in reasons)
    total = sum(one.gain for one in weighed)
    if total >= 0 and score > HIGHEST:
        return Judged(score=score, reasons=weighed)
    safe = min(max(score, 1e-6), 1 - 1e-6)
    odds = math.log(safe / (1 - safe))
    if total < 0:
        odds = min(odds, _SURE)
    found = 1 / (1 + math.exp(-(odds + total)))
    if score < _NOT_ALONE:
        found = min(found, max(score, _HIGHEST_LIFTED))
    return Judged(score=min(found, HIGHEST) if total >= 0 else min(found, score), reasons=weighed)


def _birth(mine: tuple[str, ...], theirs: tuple[str, ...]) -> list[Reason]:
    if not mine or not theirs:
        return []
    found = [_two_births(one, other) for one in mine for other in theirs]
    return [max(found, key=lambda reason: reason.gain)]


def noted(message: str) -> str:
    """*message*, marked for translation: whoever tells of a reason in another language knows it by this."""
    return message


_SAME_BIRTH = (
    noted("the same year of birth, {date}"), noted("the same month of birth, {date}"),
    noted("the same day of birth, {date}"),
)  # fmt: skip
_EXCHANGED = noted("day and month of birth exchanged, {date} and {against}")
_SAME_YEAR = noted("born in the same year on another day, {date} and {against}")
_A_YEAR = noted("born 1 year apart, {date} and {against}")
_YEARS = noted("born {years} years apart, {date} and {against}")
_SHARED = {
    "country": (noted("the same country, {value}"), noted("another country, {value} and {against}")),
    "gender": (noted("the same gender, {value}"), noted("another gender, {value} and {against}")),
    "identifier": (noted("the same identifier, {value}"), noted("another identifier, {value} and {against}")),
    "registration number": (
        noted("the same registration number, {value}"), noted("another registration number, {value} and {against}"),
    ),
}  # fmt: skip
MESSAGES: Final = (
    *_SAME_BIRTH, _EXCHANGED, _SAME_YEAR, _A_YEAR, _YEARS, *(one for pair in _SHARED.values() for one in pair),
)  # fmt: skip
"""what reasons say, with placeholders for what differs"""


def _two_births(one: str, other: str) -> Reason:
    """Two dates of birth, each as far as it is known."""
    mine, theirs = one.split("-"), other.split("-")
    parts = min(len(mine), len(theirs))
    if mine[:parts] == theirs[:parts]:
        same = _SAME_BIRTH[parts - 1].format(date="-".join(mine[:parts]))
        return Reason(what=same, gain=(0.8, 1.3, 2.2)[parts - 1])
    years = abs(int(mine[0]) - int(theirs[0]))
    if years == 0 and parts == 3 and mine[1] == theirs[2] and mine[2] == theirs[1]:
        return Reason(what=_EXCHANGED.format(date=one, against=other), gain=1.2)
    if years == 0:
        return Reason(what=_SAME_YEAR.format(date=one, against=other), gain=-0.5)
    apart = _A_YEAR if years == 1 else _YEARS
    gain = -0.6 * years if years <= 2 else -3.0
    return Reason(what=apart.format(years=years, date=one, against=other), gain=gain)


def _shared(what: str, mine: tuple[str, ...], theirs: tuple[str, ...], same: float, other: float) -> list[Reason]:
    if not mine or not theirs:
        return []
    alike, unlike = _SHARED[what]
    both = [one for one in mine if one in theirs]
    if both:
        return [Reason(what=alike.format(value=both[0]), gain=same)]
    return [Reason(what=unlike.format(value=mine[0], against=theirs[0]), gain=other)]
