"""The remarks of an entry: segments parted by semicolons, each of a kind that its first words name.

The publisher closes the whole with one dot, also where the last segment ends in a dot itself. In the flat files
remarks are cut after a thousand characters, in the midst of a word; what follows stands in a file of its own. A
cut segment is told as such and never half understood.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from tizim.domain.statements import Property
from tizim.sources.entries import Making
from tizim.sources.us_ofac.kinds import sort_of
from tizim.sources.us_ofac.values import say_value
from tizim.text import one_line

LIMIT: Final = 1000
"""Characters that the flat files leave for remarks."""

_NO_TITLES: Final[Mapping[str, str]] = MappingProxyType({})
_PARTED: Final = re.compile(r"(;\s*)")
_ALIAS: Final = re.compile(r"([afn])\.k\.a\. (['\"])(.*)\2", re.IGNORECASE)
_ALIAS_OPENS: Final = re.compile(r"(?:alt\. )?[afn]\.k\.a\. ['\"]", re.IGNORECASE)
_ALIAS_CLOSED: Final = re.compile(r"['\"]\.?$")
_ALT: Final = re.compile(r"alt\. (?=\S)", re.IGNORECASE)
_MOST_JOINED: Final = 3
"""No value met holds more semicolons."""
# Ends of values that hold a semicolon themselves, by OFAC's own lists of values.
_GOES_ON: Final = ("tax consultancy", "U.S. Persons Must Continue to Block ")
_EVERYWHERE: Final = re.compile(r"all (?:offices|branches) worldwide", re.IGNORECASE)
_EVERYWHERE_FIRST: Final = re.compile(r"(all (?:offices|branches) worldwide)\. +(?=\S)", re.IGNORECASE)
_DOTTED_END: Final = re.compile(
    r"(?:\b[A-Z]\.\s?[A-Z]\.|\b(?:CO|PTE|PVT|PTY|BHD|CIA)\.,? LTD[AS]?\.|, (?:LTD|INC|CORP|LTDA|CO)\.|\bn\.e\.c\.)$"
)
_LONGEST_END: Final = 16
"""Characters that an abbreviation at the end has at the most, with some to spare."""
# Bounded and possessive, so that no text takes longer than its length.
_NUMBERED: Final = re.compile(
    r"(?:\b(?:No|Nos)\.|#|\b(?:Number|Code|ID)\b)\s?[^\s\d]{0,40}\d|\d{5}|^[^\s\d]*+\d\S*+$", re.IGNORECASE
)
_LONGEST: Final = 2_000
"""Characters of a segment; the longest met has six hundred."""
_BEFORE_NUMBER: Final = re.compile(r"\s*\S*\d.*$", re.DOTALL)


def tell(
    making: Making,
    text: str,
    place: str,
    *,
    titles: Mapping[str, str] = _NO_TITLES,
    cut: bool = False,
    continued: bool = False,
) -> None:
    """Say all that the remarks *text* says.

    *titles* are those the entry has already, by what `bare` makes of them: remarks repeat them. *cut*: the text
    breaks off, so its last segment is incomplete. *continued*: it begins in the midst of a segment.
    """
    found = segments(text if cut else closed(text))
    if continued and found:
        making.say(Property.COMMENT, found.pop(0).strip(), place, form="continued")
    last = found.pop() if cut and found else ""
    for segment in found:
        if said := segment.strip():
            _tell_one(making, one_line(said), place, titles)
    making.say(Property.COMMENT, last.strip(), place, form="cut")


def bare(text: str) -> str:
    """A title by which it is found again, whether or not a dot of its own closes the remarks too."""
    return text.casefold().rstrip(".")


def is_cut(cell: str) -> bool:
    """Whether the remarks in a flat file's *cell* break off: they fill it, or lack the closing dot."""
    said = cell.rstrip()
    return len(said) >= LIMIT or (bool(said) and not said.endswith("."))


def closed(text: str) -> str:
    """The remarks without the dot that closes them; one that belongs to an abbreviation stays."""
    said = text.strip()
    if not said.endswith(".") or _DOTTED_END.search(said, max(0, len(said) - _LONGEST_END)):
        return said
    return said[:-1].rstrip()


def segments(text: str) -> list[str]:
    """The segments of remarks; a semicolon within quotes, brackets or a value known to hold one parts nothing."""
    pieces = _PARTED.split(_EVERYWHERE_FIRST.sub(r"\1; ", text))
    found: list[str] = []
    at = 0
    while at < len(pieces):
        segment = pieces[at]
        at += 2
        taken = _needs(segment, pieces, at)
        if taken:
            segment += "".join(pieces[at - 1 : at - 1 + 2 * taken])
            at += 2 * taken
        found.append(segment)
    if len(found) > 1 and not found[-1].strip():
        found[-1] = ""
    return found


def _needs(segment: str, pieces: list[str], at: int) -> int:
    """How many of the pieces after *segment* belong to it."""
    if at < len(pieces) and pieces[at].startswith(_GOES_ON):
        return 1
    if _ALIAS_OPENS.match(segment):
        if _ALIAS_CLOSED.search(segment):
            return 0
        return _until(pieces, at, lambda joined: bool(_ALIAS_CLOSED.search(joined)), segment)
    if segment.count("(") > segment.count(")"):
        return _until(pieces, at, lambda joined: joined.count("(") <= joined.count(")"), segment)
    return 0


def _until(pieces: list[str], at: int, whole: Callable[[str], bool], segment: str) -> int:
    """How many pieces make *segment* whole; none if no few of them do, or a new kind of value begins before."""
    for taken in range(1, _MOST_JOINED + 1):
        if at - 1 + 2 * taken > len(pieces) or _begins(pieces[at + 2 * (taken - 1)]):
            return 0
        if whole(segment + "".join(pieces[at - 1 : at - 1 + 2 * taken])):
            return taken
    return 0


def _begins(piece: str) -> bool:
    """Whether a value of a known kind begins here."""
    return bool(_ALIAS_OPENS.match(piece)) or sort_of(_ALT.sub("", piece, count=1)) is not None


def _tell_one(making: Making, segment: str, place: str, titles: Mapping[str, str]) -> None:
    if len(segment) > _LONGEST:
        making.leave(place, "remarks: a segment of more than 2,000 characters", segment)
        return
    text = segment[1:-1] if segment.startswith("(Linked To:") and segment.endswith(")") else segment
    alternative = bool(_ALT.match(text))
    text = _ALT.sub("", text, count=1)
    alias = _ALIAS.fullmatch(text.rstrip("."))
    if alias:
        _alias(making, alias, place)
    elif say_value(making, text, place, alternative=alternative):
        pass
    elif title := titles.get(bare(text)):
        making.say(Property.TITLE, title, place)
    elif _EVERYWHERE.fullmatch(text):
        making.say(Property.FEATURE, text, place, field="offices")
    elif _NUMBERED.search(text):
        making.leave(place, f"remarks: {_BEFORE_NUMBER.sub('', text)[:60]}".strip(), segment)
    else:
        making.say(Property.COMMENT, text, place)


def _alias(making: Making, alias: re.Match[str], place: str) -> None:
    """Only weak aliases stand in remarks, in quotes, double in the fixed form; strong ones have a file of their own."""
    kind = alias[1].casefold()
    making.say(
        Property.ALIAS, alias[3].strip(), place, quality="low", kind="former name" if kind == "f" else "",
        printed_kind="n.k.a." if kind == "n" else "",
    )  # fmt: skip
