"""A workbook from outside, looked into before its cells are read: formulas, errors, merged cells, and its extent.

A workbook's reader gives the last value of a formula as if somebody had typed it, so formulas are looked for in
the file itself. Each part is read as a stream: a hostile file costs the bytes that it has, no more.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

import msgspec

from tizim.errors import BadInput
from tizim.sources.tables import MAX_BYTES

_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_MAX_PARTS: Final = 100
_MAX_CELLS: Final = 4_000_000
"""cells in the rectangle that a sheet spans: a reader makes room for all of them, empty or not"""
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
# What a damaged or encrypted ZIP, or XML that is no sheet, makes its readers raise.
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, LookupError, NotImplementedError, RuntimeError,
)  # fmt: skip

Place = tuple[int, int]
"""row and column, both from 1"""


class Oddities(msgspec.Struct, frozen=True, kw_only=True):
    """Cells of one sheet that do not hold what they show."""

    formulas: frozenset[Place]
    errors: frozenset[Place]
    merged: tuple[tuple[Place, Place], ...]
    """first and last cell of each merged area"""

    def of(self, row: int, column: int) -> str:
        """What is odd about a cell, in words; empty if nothing is."""
        if (row, column) in self.formulas:
            return "holds a formula: write its value instead"
        if (row, column) in self.errors:
            return "holds an error value: write what is meant"
        for (top, left), (bottom, right) in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return "is part of merged cells: unmerge them and fill in each row by itself"
        return ""


def look(data: bytes, name: str) -> Mapping[str, Oddities]:
    """What is odd in each sheet, by the sheet's name. Raises `BadInput` for what is no XLSX file within bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(info.file_size for info in packed.infolist()) > MAX_BYTES:
                raise BadInput(f"{name}: unpacks to more than the {MAX_BYTES:,} bytes that a worksheet may have")
            names = packed.namelist()
            if len({part.casefold() for part in names}) < len(names):
                raise BadInput(f"{name}: holds two parts of one name, which no program saves")
            parts = [part for part in names if _SHEET.fullmatch(part)]
            if "xl/workbook.xml" not in names or len(parts) > _MAX_PARTS:
                raise BadInput(f"{name}: is no XLSX workbook: save the worksheet as XLSX, or as CSV in UTF-8")
            found = {part: _oddities(packed.read(part), f"{name}/{part}") for part in parts}
            return _by_sheet(packed, name, found)
    except _DAMAGE as error:
        raise BadInput(f"{name}: cannot be opened as a workbook ({error}): save it as XLSX again") from None
    except expat.ExpatError as error:
        raise BadInput(f"{name}: is damaged inside ({error}): save it as XLSX again") from None


class _Scan:
    """One pass over a sheet's XML."""

    def __init__(self, where: str) -> None:
        self.formulas: set[Place] = set()
        self.errors: set[Place] = set()
        self.merged: list[tuple[Place, Place]] = []
        self._where = where
        self._row = self._column = self._width = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(" ")[2]
        if local == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif local == "c":
            place = _place(attributes["r"]) if "r" in attributes else (self._row, self._column + 1)
            self._row, self._column = place
            self._width = max(self._width, self._column)
            if self._row * self._width > _MAX_CELLS:
                raise BadInput(f"{self._where}: reaches to row {self._row:,}: more than any worksheet has")
            if attributes.get("t") == "e":
                self.errors.add(place)
        elif local == "f":
            self.formulas.add((self._row, self._column))
        elif local == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            if len(self.merged) < 1000:  # more are refused all the same: by the first of them
                self.merged.append((_place(first), _place(last or first)))


def _oddities(data: bytes, where: str) -> Oddities:
    scan = _Scan(where)
    parser = _parser(where)
    parser.StartElementHandler = scan.start
    parser.Parse(data, True)  # noqa: FBT003 - takes no keywords
    return Oddities(
        formulas=frozenset(scan.formulas), errors=frozenset(scan.errors), merged=tuple(scan.merged),
    )  # fmt: skip


def _parser(where: str) -> expat.XMLParserType:
    """A parser that refuses document types, and with them all entities."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> None:
        raise BadInput(f"{where}: declares a document type, which no workbook does")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _by_sheet(packed: zipfile.ZipFile, name: str, found: Mapping[str, Oddities]) -> dict[str, Oddities]:
    """The findings of each part by the name of the sheet that it holds."""
    names: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(" ")[2] == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            names.append((attributes.get("name", ""), link))

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(" ")[2] == "Relationship":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    for part, handler in (("xl/workbook.xml", sheet), ("xl/_rels/workbook.xml.rels", relation)):
        parser = _parser(f"{name}/{part}")
        parser.StartElementHandler = handler
        parser.Parse(packed.read(part), True)  # noqa: FBT003 - takes no keywords
    for title, link in names:
        if targets.get(link) not in found:  # it would be read without having been looked into
            raise BadInput(f"{name}: the sheet '{title[:60]}' is no table of cells: take it out")
    return {title: found[targets[link]] for title, link in names}


def _place(reference: str) -> Place:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise ValueError(f"no cell is called {reference[:20]!r}")
    letters, row = match.groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row), column
