"""What each kind of feature is, by the words that the publisher has for it."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from tizim.domain.statements import Property


class Meaning(msgspec.Struct, frozen=True, kw_only=True):
    """What a feature says: a property, and the facet that tells it from others of that property."""

    property: Property
    facet: str = ""
    word: str = ""
    date: bool = False
    """whether the value is a time, to be read from the days beside it"""


def _all(prop: Property, facet: str, words: Mapping[str, str], *, date: bool = False) -> dict[str, Meaning]:
    return {kind: Meaning(property=prop, facet=facet, word=word, date=date) for kind, word in words.items()}


def _same(prop: Property, facet: str, *kinds: str) -> dict[str, Meaning]:
    return _all(prop, facet, {kind: kind for kind in kinds})


_MEANINGS: Final[Mapping[str, Meaning]] = MappingProxyType({
    "Birthdate": Meaning(property=Property.BIRTH_DATE, date=True),
    "Place of Birth": Meaning(property=Property.BIRTH_PLACE),
    "Gender": Meaning(property=Property.GENDER),
    "Title": Meaning(property=Property.TITLE),
    "Location": Meaning(property=Property.ADDRESS),
    **_all(Property.NATIONALITY, "kind", {"Nationality Country": "", "Citizenship Country": "citizenship"}),
    **_all(Property.COUNTRY, "kind", {
        "Nationality of Registration": "registration", "Registration Country": "registration",
    }),
    **_all(Property.CONTACT, "kind", {
        "Website": "website", "Email Address": "e-mail", "Phone Number": "phone", "Fax Number": "fax",
    }),
    **_same(
        Property.IDENTIFIER, "type",
        "BIK (RU)", "SWIFT/BIC", "ISIN", "Equity Ticker", "D-U-N-S Number", "MICEX Code", "UN/LOCODE",
        "Aircraft Construction Number (also called L/N or S/N or F/N)",
        "Aircraft Manufacturer’s Serial Number (MSN)", "Aircraft Mode S Transponder Code",
        "Aircraft Tail Number", "Previous Aircraft Tail Number",
    ),
    **_all(Property.FEATURE, "field", {
        "Aircraft Model": "aircraft model", "Aircraft Operator": "operator", "Vessel Call Sign": "call sign",
        "Other Vessel Call Sign": "other call sign", "Vessel Flag": "flag", "Other Vessel Flag": "other flag",
        "Former Vessel Flag": "former flag", "VESSEL TYPE": "vessel type", "Vessel Type": "vessel type",
        "Other Vessel Type": "other vessel type", "Vessel Owner": "owner", "Vessel Tonnage": "tonnage",
        "Vessel Gross Registered Tonnage": "gross registered tonnage", "Vessel Year of Build": "build date",
        "Issuer Name": "issuer name", "Target Type": "target type", "Organization Type": "organisation type",
        "IFCA Determination": "IFCA determination",
    }),
    **_all(Property.FEATURE, "field", {
        "Aircraft Manufacture Date": "build date", "Organization Established Date": "established",
        "Purchase/Sales For Divestment Date (CMIC)": "purchase or sale for divestment until",
    }, date=True),
    **_same(
        Property.IMPOSED_MEASURE, "kind",
        "Secondary sanctions risk", "Additional Sanctions Information", "CAATSA Section 235 Information",
        "PEESA Information", "Executive Order 13662 Directive Determination",
        "Executive Order 13846 information", "Executive Order 14014 Directive Information",
        "Executive Order 14024 Directive Information", "Executive Order 14059 information",
        "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions",
    ),
})  # fmt: skip

_TAIL: Final = re.compile(r"\s*[-:]$")
_COIN: Final = re.compile(r"Digital Currency Address - [A-Z0-9]{2,10}")
_ORDER: Final = re.compile(r"(?:Executive Order|E\.?O\.?) \d{5}\b.{0,40} (?:information|determination)", re.IGNORECASE)
_DATE: Final = re.compile(r"(Listing|Effective) Date \((.{1,60})\)")


def kind_of(printed: str) -> str:
    """The kind of a feature without the mark that joins it to a value in running text."""
    return _TAIL.sub("", printed)


def meaning(kind: str) -> Meaning | None:
    """What a feature of the *kind* says, or nothing for one that no list held was seen or told to have."""
    found = _MEANINGS.get(kind)
    if found is None and _COIN.fullmatch(kind):
        return Meaning(property=Property.IDENTIFIER, facet="type", word=kind)
    if found is None and _ORDER.fullmatch(kind):
        return Meaning(property=Property.IMPOSED_MEASURE, facet="kind", word=kind)
    if found is None and (dated := _DATE.fullmatch(kind)):
        prop = Property.LISTED_ON if dated[1] == "Listing" else Property.EFFECTIVE_ON
        return Meaning(property=prop, facet="under", word=dated[2], date=True)
    return found
