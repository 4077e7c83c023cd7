"""The cell ``ids``: papers, numbers, dates, websites and measures of an entry, in two orders of words.

Until 2022 a piece ends with its type (``SY, 2017-03-09, 606, Passport``: country, expiry, issue, number), since
2023 it begins with it (``Passport, 606, SY, 09 Mar 2012, 09 Mar 2017``: number, country, issue, expiry).
"""

import re
from functools import lru_cache
from typing import Final

import msgspec

from tizim.domain.statements import Property
from tizim.sources.dates import english
from tizim.sources.entries import Making

_PAPER: Final = re.compile(
    r"Passport|No\b|No\.|Number|\bID\b|#|Code|Gazette|SWIFT|ISIN|MMSI|License|Credencial|Cartilla|FEIN|SSN|RSIN|D-U-N-S"
    r"|Ticker|Digital Currency Address|^[A-Z](?:\.[A-Z])+\.?$|^(?:RFC|RTN|License|UN/LOCODE)$|Identif|VisaNumberID"
    r"|Romanian|BIK|Numero|Document|Registration ID|C\.R\.|Card|Tail",
)
_FEATURE: Final = {
    "Organization Established Date": "established",
    "Aircraft Model": "aircraft model",
    "Aircraft Manufacture Date": "build date",
    "Aircraft Operator": "operator",
    "Target Type": "target type",
    "Organization Type": "organisation type",
    "Former Vessel Flag": "former flag",
    "Other Vessel Flag": "other flag",
    "Other Vessel Type": "other vessel type",
    "Other Vessel Call Sign": "other call sign",
    "Nationality of Registration": "country of registration",
    "Registration Country": "country of registration",
    "Nationality Country": "country of registration",
}
_CONTACT: Final = {"Website": "website", "Email Address": "e-mail", "Phone Number": "phone", "Fax": "fax"}
_MEASURE: Final = re.compile(
    r"(?:Secondary sanctions risk|Additional Sanctions Information|Executive Order \d+ .*|Transactions Prohibited .*"
    r"|CAATSA Section .*|IFCA Determination|PEESA Information|Purchase/Sales For Divestment Date .*)",
    re.IGNORECASE,
)
_DAY_OF: Final = re.compile(r"(Listing|Effective) Date \(([^()]+)\)")
_IMO: Final = re.compile(r"IMO\s?(\d{7})")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]{2} \d{4}")


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of the cell: its type, what it says of it, and which of the two orders it has."""

    kind: str
    parts: tuple[str, ...]
    """what is left of it, type taken off, in the order number, country, issue, expiry"""


def _known(word: str) -> bool:
    bare = word.rstrip(" :-")
    return (
        bare in _FEATURE or bare in _CONTACT or bare in {"Gender", "Issuer Name"} or bool(_MEASURE.fullmatch(bare))
        or bool(_DAY_OF.fullmatch(bare)) or (not bare[:1].isdigit() and bool(_PAPER.search(bare)))
    )  # fmt: skip


@lru_cache(maxsize=8192)
def paper(piece: str) -> Paper | None:
    """The piece read, or ``None`` where neither end of it is a type that is known."""
    parts = [part.strip() for part in piece.split(", ")]
    if len(parts) < 2:
        return None
    first, last = _known(parts[0]), _known(parts[-1])
    if first and last:
        # ``Website, www.x-code.com``, ``NIE: No., Passport``: the one that is a type to the letter
        last = parts[-1].rstrip(" :-") in _FEATURE or not _PAPER.search(parts[0]) or parts[-1] in _PLAIN
        first = not last
    if last:
        return Paper(
            kind=parts[-1].rstrip(" :-"),
            parts=tuple(reversed(parts[:-1])) if _is_paper(parts) else (", ".join(parts[:-1]),),
        )
    if first:
        rest = parts[1:]
        return Paper(
            kind=parts[0].rstrip(" :-"), parts=tuple(rest) if _is_number(parts[0], rest) else (", ".join(rest),)
        )
    return None


_PLAIN: Final = frozenset({"Passport", "Tax ID No.", "National ID No.", "Registration Number", "Registration ID"})


def _is_paper(parts: list[str]) -> bool:
    kind, rest = parts[-1], list(reversed(parts[:-1]))
    return _is_number(kind, rest)


def _is_number(kind: str, rest: list[str]) -> bool:
    """Whether what is beside the type is a number with a country and days, and not words with commas."""
    bare = kind.rstrip(" :-")
    if bare in _FEATURE or bare in _CONTACT or _MEASURE.fullmatch(bare) or _DAY_OF.fullmatch(bare):
        return False
    return all(_COUNTRY.fullmatch(part) or _DATE.fullmatch(part) for part in rest[1:])


def say_paper(making: Making, piece: str, place: str) -> None:
    """The claim of one piece; one whose type is not known is unread."""
    found = paper(piece)
    if found is None:
        making.leave(place, "ids", piece)
        return
    kind, value = found.kind, found.parts[0]
    day_of = _DAY_OF.fullmatch(kind)
    if kind == "Gender":
        making.say(Property.GENDER, value.casefold(), place)
    elif kind == "Issuer Name":
        making.say(Property.ALIAS, value, place, kind="issuer name")
    elif day_of:
        _say_day(making, day_of, value, piece, place)
    elif kind in _FEATURE:
        making.say(Property.FEATURE, _iso(value), place, field=_FEATURE[kind])
    elif kind in _CONTACT:
        making.say(Property.CONTACT, value, place, kind=_CONTACT[kind])
    elif _MEASURE.fullmatch(kind):
        making.say(Property.IMPOSED_MEASURE, _iso(value), place, kind=kind)
    else:
        _say_number(making, found, piece, place)


def _iso(value: str) -> str:
    read = english(value) if _DATE.fullmatch(value) else None
    return read.date if read else value


def _say_day(making: Making, day_of: re.Match[str], value: str, piece: str, place: str) -> None:
    read = english(value)
    if read is None:
        making.leave(place, "ids", piece)
        return
    prop = Property.LISTED_ON if day_of[1] == "Listing" else Property.EFFECTIVE_ON
    making.say(prop, read.date, place, programme=day_of[2], printed=value if value != read.date else "")


def _say_number(making: Making, found: Paper, piece: str, place: str) -> None:
    number, *rest = found.parts
    imo = _IMO.fullmatch(number)
    if imo:
        making.say(Property.IDENTIFIER, imo[1], place, type="IMO number")
        return
    countries = [part for part in rest if _COUNTRY.fullmatch(part)]
    days = sorted(_iso(part) for part in rest if _DATE.fullmatch(part))
    if len(countries) > 1 or len(days) > 2:
        making.leave(place, "ids", piece)
        return
    # One day alone may be that of issue or of expiry: the list does not say which.
    making.say(
        Property.IDENTIFIER, number, place, type=found.kind, country=countries[0] if countries else "",
        issued=days[0] if len(days) == 2 else "", expires=days[1] if len(days) == 2 else "",
        date=days[0] if len(days) == 1 else "",
    )  # fmt: skip
