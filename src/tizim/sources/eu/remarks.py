"""What the remarks of the Commission's file say in fixed words. The remark itself is kept whole beside it."""

import re
from typing import Final

from tizim.domain.statements import Property
from tizim.sources import dates
from tizim.sources.entries import Making
from tizim.text import one_line

_REGIME: Final = re.compile(r"\bin regime (\S+ \([^()]*\)) of programme ([A-Z0-9]{2,6})\b")
_RESOLUTION: Final = re.compile(r"\bUNSC RESOLUTION (\d{3,4})\b")
_DESIGNATED: Final = re.compile(r"\bDate of UN designation: (\d{4}-\d{2}-\d{2})")
_PARENT: Final = re.compile(r"\b([Ff]ather|[Mm]other)['’]s name:? ((?:(?!,? (?:[Ff]ather|[Mm]other)['’])[^.;()])+)")
_LINK: Final = re.compile(r"https?://[^\s()]+[^\s().,;]")
_LETTER: Final = re.compile(r"(?:^|[,;.]?\s+)\(([a-z])\)\s+")
UN_DESIGNATION: Final = "date of UN designation"
"""facet ``field`` of the day on which the UN listed the entry, which is not the day of the Union's listing"""


def say_remark(making: Making, remark: str, place: str) -> None:
    """A `comment` of the whole, and a claim of each thing that it says in fixed words."""
    line = one_line(remark)
    making.state(Property.COMMENT, line, place)
    for act, programme in _REGIME.findall(line):
        making.say(Property.LEGAL_BASIS, act, place, number=number_of(act), programme=programme, form="prose")
    for resolution in _RESOLUTION.findall(line):
        making.say(
            Property.LEGAL_BASIS, f"UNSC RESOLUTION {resolution}", place, number=resolution, kind="UN resolution",
            form="prose",
        )  # fmt: skip
    for printed in _DESIGNATED.findall(line):
        making.say(Property.FEATURE, dates.iso_day(printed) or "", place, field=UN_DESIGNATION)
    for parent, name in _PARENT.findall(line):
        making.say(Property.RELATED_NAME, name.strip(" ,"), place, phrase=parent.casefold(), form="prose")
    for link in _LINK.findall(line):
        making.say(Property.LINK, link, place)


def number_of(act: str) -> str:
    """The number of an act without the issue of the Official Journal: ``881/2002`` of ``881/2002 (OJ L139)``."""
    return one_line(act.partition("(")[0])


def lettered(text: str) -> list[str]:
    """The items of ``(a) Leader of …, (b) Former …``; the whole where it is no such list."""
    parts = _LETTER.split(text)
    letters = "".join(parts[1::2])
    if parts[0].strip() or len(letters) < 2 or letters != "abcdefghijklmnopqrstuvwxyz"[: len(letters)]:
        return [text]
    return [item for part in parts[2::2] if (item := part.strip(" ,;"))]
