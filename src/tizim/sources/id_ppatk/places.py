"""The places that stand in one cell: bullets, numbers, letters, ``atau`` (or), labels of branches, remarks."""

import re
from typing import Final

import msgspec

from tizim.sources.id_ppatk.dates import UNKNOWN, Born, leading
from tizim.text import one_line

_LETTERED: Final = re.compile(r"\s*[a-h]?\)\s")
_LETTER: Final = re.compile(r"(?:^|(?<=\s))[a-h]?\)\s")
_DOTTED: Final = re.compile(r"(?:^|(?<=\s))[a-h]\.\s")
_BULLET: Final = re.compile(r"^[ \t]*(?:-[ \t]*|\d{1,2}\.[ \t]*(?=[A-Za-z]))", re.MULTILINE)
_BRANCH: Final = re.compile(r"^[ \t]*(?=kantor cabang \d+)", re.IGNORECASE | re.MULTILINE)
_LABEL: Final = re.compile(r"(kantor cabang \d+|cabang)\s*[:,]\s*", re.IGNORECASE)
_BLANK: Final = re.compile(r"\n[ \t]*\n|;\s*\n|;\s*$")
_OR: Final = re.compile(r"\s+atau\s+", re.IGNORECASE)
_SLASH: Final = re.compile(r"\s*/\s*")
_REMARK: Final = re.compile(
    r"\s*[,(]?\s*\(([^()]*\b(?:sejak|per|sebelumnya|lokasi|domisili|tahanan|antara|dari|zona|tinggal|sebagai"
    r"|\d{4})\b[^()]*)\)$",
    re.IGNORECASE,
)
_BELIEVED: Final = re.compile(r"diyakini\b", re.IGNORECASE)
_EDGES: Final = " \t\n;,."
_DATE_AT_END: Final = re.compile(r"\s+(\d{1,2}\s+[A-Za-z]+\s+\d{4})$")


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place as printed, and what a label or remark says of it."""

    text: str
    note: str = ""
    born: tuple[Born, ...] = ()
    """a date of birth that stands behind a place of birth"""


def addresses(text: str) -> list[Place]:
    """The addresses of a cell. A line that begins with no mark goes on with the one above."""
    marked = _BRANCH.sub("\n\n", _BULLET.sub("\n\n", text.strip()))
    if _LETTERED.match(marked.strip()):
        marked = _LETTER.sub("\n\n", marked)
    found: list[Place] = []
    branch = ""
    for piece in _BLANK.split(marked):
        line = one_line(piece)
        if label := _LABEL.match(line):
            branch, line = label[1], line[label.end() :]
        note = branch
        if remark := _REMARK.search(line.rstrip(_EDGES)):
            note = ", ".join(part for part in (branch, remark[1].strip()) if part)
            line = line[: remark.start()]
        line = line.strip(_EDGES)
        if not line or UNKNOWN.fullmatch(line):
            continue
        choices = [line] if _BELIEVED.match(line) else _OR.split(line)
        found += [Place(text=choice.strip(_EDGES), note=note) for choice in choices if choice.strip(_EDGES)]
    return found


def birth_places(text: str) -> list[Place]:
    """The places of birth of a cell; one real cell has a date behind the second."""
    line = one_line(text)
    letters = _LETTER if _LETTERED.match(line) else _DOTTED if line.startswith("a. ") else None
    pieces = letters.split(line) if letters else [line]
    found: list[Place] = []
    for piece in pieces:
        for choice in _OR.split(piece):
            halves = _SLASH.split(choice)
            for half in halves if all("," in half for half in halves) else [choice]:
                place, born = _without_date(half.strip(_EDGES))
                if place and not UNKNOWN.fullmatch(place):
                    found.append(Place(text=place, born=tuple(born)))
    return found


def _without_date(text: str) -> tuple[str, list[Born]]:
    match = _DATE_AT_END.search(text)
    if match is None:
        return text, []
    born, _ = leading(match[1])
    return (text[: match.start()], born) if born else (text, [])
