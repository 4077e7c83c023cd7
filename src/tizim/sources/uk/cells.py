"""What the lists of the United Kingdom write into one cell: numbered lists, places, documents, notes in brackets."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import msgspec

from tizim.text import one_line

_MARK: Final = r"(?:\(\d{1,2}\)|(?<![\w.(])\d{1,2}\))"
_MARKS: Final = re.compile(rf"{_MARK}(?:\s*(?:[-–,&]|to|and)?\s*{_MARK})*")
_NUMBER_OR_SPAN: Final = re.compile(r"(\d{1,2})\)(?:\s*(?:[-–]|to)\s*\(?(\d{1,2})\))?")
_EDGES: Final = " ,;"
_NOTHING: Final = frozenset({"", "-", "–"})
_MOST: Final = 99


@lru_cache(maxsize=32768)
def numbered(cell: str) -> dict[int, str] | None:
    """The items of a list that a cell numbers, ``(1) Tunis (2)-(3) -``; ``None`` if it numbers nothing.

    Marks may stand together: ``(1)-(2) Tunisia``, ``(1) to (6) Algeria`` and ``(1) (2) (4) Libya`` say one thing
    of several items. A dash says that an item has nothing here. A number in brackets that is not the next of
    the list is a part of the words. The result is not to be changed.
    """
    found: dict[int, str] = {}
    marks: list[tuple[tuple[int, ...], int, int]] = []
    used: set[int] = set()
    for match in _MARKS.finditer(cell):
        numbers = tuple(_numbers(match[0]))
        lowest = next(number for number in range(1, _MOST + 2) if number not in used)
        if numbers and numbers[0] == lowest and used.isdisjoint(numbers):
            used.update(numbers)
            marks.append((numbers, match.start(), match.end()))
    if not marks or cell[: marks[0][1]].strip() or used != set(range(1, len(used) + 1)):
        return None
    ends = [start for _, start, _ in marks[1:]] + [len(cell)]
    for (numbers, _, begin), end in zip(marks, ends, strict=True):
        said = one_line(cell[begin:end]).strip(_EDGES)
        found.update(dict.fromkeys(numbers, "" if said in _NOTHING else said))
    return found


def _numbers(marks: str) -> Iterator[int]:
    for match in _NUMBER_OR_SPAN.finditer(marks):
        first, last = int(match[1]), int(match[2] or match[1])
        yield from range(first, last + 1)


def items(cell: str) -> list[str]:
    """Each thing that a cell says, whether it numbers them or says one thing only."""
    listed = numbered(cell)
    said = [one_line(cell)] if listed is None else [listed[number] for number in sorted(listed)]
    return list(dict.fromkeys(value for value in said if value not in _NOTHING))


class Spot(msgspec.Struct, frozen=True):
    """A place as a town and a country; either may be empty."""

    town: str
    country: str

    @property
    def line(self) -> str:
        """Both on one line, a country that the town ends in once."""
        if self.country and self.town.endswith(self.country):
            return self.town
        return ", ".join(part for part in (self.town, self.country) if part)


@lru_cache(maxsize=16384)
def spots(towns: str, countries: str) -> tuple[Spot, ...]:
    """The places that a cell of towns and a cell of countries say, joined by their numbers.

    One country beside numbered towns is the country of each: the cell has no other.
    """
    by_town, by_country = numbered(towns), numbered(countries)
    if by_town is None and by_country is None:
        found = [Spot(_said(towns), _said(countries))]
    elif by_town is not None and by_country is None:
        found = [Spot(by_town[number], _said(countries)) for number in sorted(by_town)]
    else:
        by_town, by_country = by_town or {}, by_country or {}
        found = [Spot("", "")] if by_town else [Spot(_said(towns), "")]
        numbers = sorted({*by_town, *by_country})
        found += [Spot(by_town.get(number, ""), by_country.get(number, "")) for number in numbers]
    return tuple(dict.fromkeys(spot for spot in found if spot.town or spot.country))


def _said(cell: str) -> str:
    said = one_line(cell).strip(_EDGES)
    return "" if said in _NOTHING else said


_BRACKET_AT_END: Final = re.compile(r"^(.*?)\s*\(([^()]*)\)$")


@lru_cache(maxsize=8192)
def bare(cell: str) -> tuple[str, str]:
    """A cell without the remarks in brackets at its end, and those: ``Iran (branch)`` is ``Iran`` and ``branch``."""
    notes: list[str] = []
    said = one_line(cell)
    while match := _BRACKET_AT_END.match(said):
        said = match[1]
        notes.insert(0, match[2].strip())
    return said, "; ".join(note for note in notes if note)


class Document(msgspec.Struct, frozen=True):
    """A document of identity: its number, what kind it is called, whose it is, and what else is said of it."""

    number: str
    detail: str
    country: str
    note: str
    is_prose: bool
    """whether no number could be told from the words, so that ``number`` is all of them"""


_DOCUMENT: Final = re.compile(
    r"^(?P<detail>(?:[^\d.;]|\b[Nn]o\.)*?)(?:\b(?:[Nn]o\.?|[Nn]umber:?|#)\s*)?(?<![\w/])"
    r"(?P<number>(?:(?:[A-Z]{1,4}[ ./-]?){0,2}|[A-Za-z]{1,8}(?=\d{4}))\d[\dA-Za-z/.-]*"
    r"(?:[ ](?=[A-Z/-]*\d)[\dA-Z/.-]+)*)"
    r"(?P<rest>(?:[\s(.,;].*)?)$",
    re.DOTALL,
)
_NOT_A_KIND: Final = re.compile(r"^\W*(?:issued|expire|valid|under|born|dob)", re.IGNORECASE)
_BRACKET: Final = re.compile(r"^\s*\(([^()]*)\)")
_OF_A_STATE: Final = frozenset({
    "Afghan", "Afghanistan", "Algeria", "Algerian", "American", "Australian", "Azerbaijani", "Bahrain", "Bahraini",
    "Bangladeshi", "Belarus", "Belarusian", "Belgian", "Bosnia", "Bosnia and Herzegovina", "Bosnian", "British",
    "Burkina Faso", "China", "Chinese", "Congolese", "DPRK", "Democratic People's Republic of Korea", "Dutch",
    "Egypt", "Egyptian", "Eritrean", "Ethiopian", "Filipino", "France", "French", "Georgian", "German", "Germany",
    "Guinea-Bissau", "India", "Indian", "Indonesia", "Indonesian", "Iran", "Iranian", "Iraq", "Iraqi", "Israeli",
    "Italian", "Italy", "Ivorian", "Ivory Coast", "Jordan", "Jordanian", "Kazakh", "Kenya", "Kenyan", "Kuwait",
    "Kuwaiti", "Kyrgyz", "Lebanese", "Lebanon", "Liberian", "Libya", "Libyan", "Malaysia", "Malaysian", "Mali",
    "Malian", "Mauritanian", "Moroccan", "Morocco", "Nigerian", "North Korea", "North Korean", "Norwegian",
    "Pakistan", "Pakistani", "Palestinian", "Philippines", "Qatar", "Qatari", "Russia", "Russian", "Rwanda",
    "Rwandan", "Saudi", "Saudi Arabia", "Saudi Arabian", "Singapore", "Somali", "Somalia", "South African",
    "Spanish", "Sri Lankan", "Sudan", "Sudanese", "Swedish", "Swiss", "Syria", "Syrian", "Tajik", "Tanzania",
    "Tanzanian", "Tunisia", "Tunisian", "Turkey", "Turkish", "Turkmen", "UAE", "UK", "US", "USA", "Uganda",
    "Ugandan", "Ukraine", "Ukrainian", "United Kingdom", "United States of America", "Uzbek", "Uzbekistan",
    "Venezuelan", "Yemen", "Yemeni", "Zimbabwean",
})  # fmt: skip
"""What the lists write in brackets after a number for the state that gave the document; others are remarks."""


@lru_cache(maxsize=8192)
def document(item: str) -> Document:
    """What one item of a cell of documents says, such as ``X000123 (Tunisian). Issued on 1 May 1999``."""
    said = one_line(item)
    match = _DOCUMENT.match(said)
    detail = one_line(match["detail"]).strip(" ,:") if match else ""
    if match is None or _NOT_A_KIND.match(detail) or len(detail) > 60:
        return Document(number=said, detail="", country="", note="", is_prose=True)
    rest, country = match["rest"], ""
    bracket = _BRACKET.match(rest)
    if bracket and one_line(bracket[1]) in _OF_A_STATE:
        country, rest = one_line(bracket[1]), rest[bracket.end() :]
    number = match["number"].rstrip(".-")
    return Document(number=number, detail=detail, country=country, note=rest.strip(" .,;"), is_prose=False)
