"""When an entry was listed, amended and listed again, by the sentences in which this list says it."""

import re
from functools import lru_cache
from typing import Final

import msgspec

from tizim.domain.statements import Property
from tizim.sources.dates import english, iso_day, numeric
from tizim.text import one_line

_DATE: Final = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\.?,?\s+\d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}"
)
_WORD: Final = re.compile(
    r"(?P<old>(?:formerly|previously)\s+listed)|(?P<again>re-?list(?:ed|ing)|last\s+listed|declared|"
    r"continued\s+in\s+effect)|(?P<changed>amended)|(?P<first>(?:first\s+)?(?:listed|designated))"
    r"|(?P<stop>[\[\]]|instrument|gazette|\bdeclared\s+persons|\b(?:was|were)\s+in\s+(?:effect|force)\s+from)",
    re.IGNORECASE,
)
_GAP: Final = re.compile(r"[^.;\[\]]{0,150}?")
_BETWEEN: Final = re.compile(r"[\s,;()]*(?:(?:and|on|subsequently|subsequently on)\b[\s,]*)*", re.IGNORECASE)
_AGAIN: Final = {"relist": "listed again", "relisted": "listed again", "relisting": "listed again",
                 "lastlisted": "listed again", "declared": "continued", "continuedineffect": "continued"}  # fmt: skip
_RBA: Final = re.compile(r"\b(?:19|20)\d{2}[A-Z]{3}\d{4}\b")


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """One day that the prose gives, what happened on it, and the words of the day."""

    property: Property
    date: str
    printed: str
    kind: str = ""


@lru_cache(maxsize=4096)
def dated(text: str) -> tuple[Dated, ...]:
    """The days of *text* that stand in a sentence known to say what happened on them."""
    line = one_line(text)
    found: list[Dated] = []
    state: tuple[Property, str] | None = None
    at = 0
    marks = sorted(
        [(match.start(), match.end(), match) for match in (*_WORD.finditer(line), *_DATE.finditer(line))],
        key=lambda mark: mark[:2],
    )
    first = True
    for start, end, match in marks:
        if start < at:
            continue
        gap = line[at:start]
        is_date = match.re is _DATE
        if not is_date:
            state, first = _state(match), True
        elif start == 0:
            _add(found, Property.LISTED_ON, "", match[0])
            state, first = (Property.LISTED_ON, ""), False
        elif state and (_GAP.fullmatch(gap) if first else _BETWEEN.fullmatch(gap)):
            _add(found, *state, match[0])
            first = False
        else:
            state = None
        at = end
    return tuple(dict.fromkeys(found))


def _state(match: re.Match[str]) -> tuple[Property, str] | None:
    if match["first"]:
        return Property.LISTED_ON, ""
    if match["changed"]:
        return Property.AMENDED_ON, ""
    if match["again"]:
        word = re.sub(r"[\s-]", "", match["again"].casefold())
        return Property.REVIEWED_ON, _AGAIN[word]
    return None


def _add(found: list[Dated], prop: Property, kind: str, printed: str) -> None:
    read = english(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|,", "", printed))
    date = iso_day(printed) or numeric(printed, "dmy") or (read.date if read else None)
    if date and len(date) == 10:
        found.append(Dated(property=prop, date=date, kind=kind, printed="" if printed == date else printed))


def old_references(text: str) -> list[str]:
    """Numbers of the Reserve Bank's list, which DFAT's replaced in 2012: ``2011SYR0039``."""
    return list(dict.fromkeys(_RBA.findall(text)))
