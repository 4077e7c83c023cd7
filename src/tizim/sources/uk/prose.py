"""What the sentences of *Other Information* say in fixed words. The prose itself is kept whole beside it.

Until about 2020 it is prose alone (``UN Ref QI.A.86.03. Also referred to as Abu Omar.``); in newer files parts of
it carry labels in brackets (``(UN Ref):QDi.901 (Gender):Male``), which say what a part is.
"""

import re
from functools import lru_cache
from itertools import zip_longest
from typing import Final

import msgspec

from tizim.domain.statements import Property, facets
from tizim.sources.crossing import say_un_numbers
from tizim.sources.entries import Making
from tizim.sources.uk.cells import bare, items, numbered
from tizim.text import one_line

_LABEL: Final = re.compile(r"\(([A-Z][^():]{1,70})\)\s*:\s*")
_FREE: Final = frozenset(
    {"", "further identifying information", "further identifiying information", "other information"}
)
_UN_NUMBER: Final = r"[A-Z]{1,2}[ie]?\.\s?[A-Z0-9]{1,3}(?:\.[A-Z0-9]{1,3}){0,3}"
_UN_REFERENCES: Final = re.compile(
    rf"(?:\bUN (?:REF|Refs?)(?:erence)?(?: [Nn]o)?|also listed under number)[.:\s]*"
    rf"({_UN_NUMBER}(?:\.?\s*(?:,|;|and|&)\s*{_UN_NUMBER})*)"
)
_IRANIAN: Final = re.compile(r"\b([IE]\.\d{2}\.[A-Z]{1,3}\.\d{1,3})\b")
"""Numbers of the committee of resolution 1737 (2006) before March 2015; no other committee had this form."""

_AUTHORITIES: Final = (
    (re.compile(r"\b(EU [Ll]ist(?:ing|ed)(?:\. Not UN| only))\b"), "EU"),
    (re.compile(r"\b(UK [Ll]isting only)\b"), "UK"),
    (re.compile(r"(?<!Not )\b(UN [Ll]isting)\b"), "UN"),
)
_GENDER: Final = re.compile(r"(?:^|(?<=[.;] ))(Male|Female)(?=\.|$)")
_PARENT: Final = re.compile(r"\b([Ff]ather|[Mm]other)['’]?s name is ((?:(?! and (?:father|mother))[^.;,(])+)")
_ALSO: Final = re.compile(r"\bAlso (?:referred to as|referred to|known as) ([^.;]+)")
_BETWEEN_NAMES: Final = re.compile(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+")
_A_NAME: Final = re.compile(r"^['‘’\"]?(?:[A-Z]|'?[a-z]{2}[- ]?[A-Z]|`)[^()]*$")
_PHONE: Final = r"[+(]?\d[\d ()/+-]{3,}\d"
_PHONES: Final = rf"({_PHONE}(?:(?:\s*,\s*|\s+and\s+|\s+or\s+){_PHONE})*)"
_EMAIL: Final = r"[^\s,;@]{1,64}@[^\s,;@]{1,80}\.\w+"
_CONTACTS: Final = (
    ("phone", re.compile(rf"\b(?:Tel|Telephone)(?:\s+(?:[Nn]o|[Nn]umber)s?)?[.:\s]*{_PHONES}")),
    ("fax", re.compile(rf"\bFax(?:\s+(?:[Nn]o|[Nn]umber)s?)?[.:\s]*{_PHONES}")),
    ("phone", re.compile(rf"\bMob(?:ile)?[.:\s]*{_PHONES}")),
    ("e-mail", re.compile(rf"\b[Ee]-?mails?(?:\s+address(?:es)?)?[:\s]+({_EMAIL}(?:(?:,\s*|\s+and\s+){_EMAIL})*)")),
    ("website", re.compile(r"\b[Ww]ebsite[:\s]+((?:https?://|www\.)[^\s,;]+[^\s,;.])")),
)
_NUMBERS: Final = (
    ("IMO number", re.compile(r"\bIMO (?:[Nn]o|[Nn]umber)\.?:?\s*(\d{7})\b")),
    (
        "business registration",
        re.compile(
            r"\b(?:Business )?Reg(?:istration)?(?: Document)?\.?\s*(?:[Nn]o\.?|[Nn]umber|#)\s*:?\s*"
            r"((?:[A-Z]{1,3} ?)?\d[\d/-]*\d)\b(?:\s?\(([A-Z][A-Za-z ]+)\))?"
        ),
    ),
    ("SWIFT/BIC", re.compile(r"\bSWIFT(?:/BIC| [Cc]ode)\s*:?\s*([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")),
)
_LINK: Final = re.compile(r"https?://[^\s,;()]+[^\s,;().]")
_ABOUT_RIGHT: Final = re.compile(r"\b(?:DOB|[Dd]ate of birth) is appr?oximate\b")

# What a label of newer files says of its part. Labels that are not here are kept within the prose alone.
_LABELLED: Final[dict[str, tuple[Property, str, str]]] = {
    "uk sanctions list ref": (Property.REFERENCE, "of", "UK Sanctions List"),
    "gender": (Property.GENDER, "", ""),
    "phone number": (Property.CONTACT, "kind", "phone"),
    "fax number": (Property.CONTACT, "kind", "fax"),
    "email address": (Property.CONTACT, "kind", "e-mail"),
    "website": (Property.CONTACT, "kind", "website"),
    "imo number": (Property.IDENTIFIER, "type", "IMO number"),
    "business reg no": (Property.IDENTIFIER, "type", "business registration"),
    "hull identification number": (Property.IDENTIFIER, "type", "hull identification number"),
    "hull identification number (hin)": (Property.IDENTIFIER, "type", "hull identification number"),
    "parent company": (Property.RELATED_NAME, "phrase", "parent company"),
    "subsidiaries": (Property.RELATED_NAME, "phrase", "subsidiary"),
    "type of entity": (Property.FEATURE, "field", "type of entity"),
    "type of ship": (Property.FEATURE, "field", "vessel type"),
    "tonnage of ship": (Property.FEATURE, "field", "tonnage"),
    "length of ship": (Property.FEATURE, "field", "length"),
    "year built": (Property.FEATURE, "field", "build date"),
    "current believed flag of ship": (Property.FEATURE, "field", "flag"),
    "previous flags": (Property.FEATURE, "field", "former flag"),
    "current owner/operator": (Property.FEATURE, "field", "owner or operator"),
    "current owners": (Property.FEATURE, "field", "owner or operator"),
    "previous owner/operator": (Property.FEATURE, "field", "former owner or operator"),
}


class Said(msgspec.Struct, frozen=True):
    """One thing that the prose says in fixed words."""

    property: Property
    value: str
    pairs: tuple[tuple[str, str], ...]


def say_all(making: Making, prose: str, place: str, *, is_person: bool) -> None:
    """A `comment` of the whole, and a claim of each thing that it says in fixed words."""
    line = one_line(prose)
    making.state(Property.COMMENT, line, place)
    for numbers in _un_references(line):
        say_un_numbers(making, numbers, place)
        for number in _IRANIAN.findall(numbers):
            making.say(Property.CROSS_REFERENCE, number, place, list="un-1737", source="un-sc")
    for said in _read(line, is_person=is_person):
        making.state(said.property, said.value, place, said.pairs)


def is_about_right(prose: str) -> bool:
    """Whether the prose says that the date of birth is about right only."""
    return _ABOUT_RIGHT.search(prose) is not None


def _un_references(line: str) -> list[str]:
    """Numbers that the prose says are the entry's own; those that it mentions otherwise are other entries'."""
    labelled = [text for label, text in _parts(line) if label == "un ref"]
    return labelled + _UN_REFERENCES.findall(line)


@lru_cache(maxsize=8192)
def _parts(line: str) -> tuple[tuple[str, str], ...]:
    """The parts of the prose with their labels in small letters; what stands before the first has none."""
    marks = list(_LABEL.finditer(line))
    found = [("", line[: marks[0].start()] if marks else line)]
    for mark, after in zip_longest(marks, marks[1:]):
        text = line[mark.end() : after.start() if after else len(line)]
        found.append((one_line(mark[1]).casefold(), text.strip(" ,;")))
    return tuple((label, text) for label, text in found if text.strip())


@lru_cache(maxsize=8192)
def _read(line: str, *, is_person: bool) -> tuple[Said, ...]:
    said: list[Said] = []
    for label, text in _parts(line):
        if label in _FREE:
            said += _free(text, is_person=is_person)
        elif label in _LABELLED:
            said += _labelled(label, text)
    return tuple(said)


def _labelled(label: str, text: str) -> list[Said]:
    prop, facet, value = _LABELLED[label]
    made = [item.rstrip(".").strip() for item in items(text)]
    if prop is Property.GENDER:
        return [Said(prop, item.casefold(), ()) for item in made]
    return [Said(prop, item, facets(**{facet: value})) for item in made if item]


def _free(text: str, *, is_person: bool) -> list[Said]:
    prose = "prose"
    said = [
        Said(Property.AUTHORITY, authority, facets(printed=match[1]))
        for pattern, authority in _AUTHORITIES
        if (match := pattern.search(text))
    ]
    said += [Said(Property.GENDER, match[1].casefold(), ()) for match in _GENDER.finditer(text)]
    said += [
        Said(Property.RELATED_NAME, one_line(match[2]), facets(phrase=match[1].casefold(), form=prose))
        for match in _PARENT.finditer(text)
    ]
    if is_person:  # the names of organisations hold commas and "and"
        said += [
            Said(Property.ALIAS, name, facets(quality="low", form=prose))
            for match in _ALSO.finditer(text)
            for name in _names(match[1])
        ]
    for kind, pattern in _CONTACTS:
        for match in pattern.finditer(text):
            for value in re.split(r"\s*,\s*|\s+and\s+|\s+or\s+", match[1]):
                said.append(Said(Property.CONTACT, value.strip(), facets(kind=kind)))
    for kind, pattern in _NUMBERS:
        for match in pattern.finditer(text):
            country = match[2] or "" if match.re.groups > 1 else ""
            said.append(Said(Property.IDENTIFIER, match[1], facets(type=kind, country=country, form=prose)))
    said += [Said(Property.LINK, link, ()) for link in _LINK.findall(text)]
    return said


def _names(listed: str) -> list[str]:
    """Names that a sentence lists. If one of them does not look like a name, none is taken for one."""
    if numbered(listed) is not None:
        return []
    names = [bare(name)[0].strip(" '‘’\"") for name in _BETWEEN_NAMES.split(listed) if name.strip()]
    return names if all(_A_NAME.match(name) and len(name.split()) <= 6 for name in names) else []
