"""From the bytes of a flat file to records: one per row, its filled-in cells verbatim.

A set has four files, main, aliases, addresses and what did not fit into remarks, in one of several forms. Names
of files mislead (files called ``.del`` and ``.pip`` were met that hold other forms), so that form and kind are
told by what stands in the file.
"""

import re
import zlib
from collections.abc import Callable
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.dating import placed
from tizim.sources.protocol import Hints
from tizim.sources.tables import Row, decode, delimited
from tizim.sources.us_ofac.lists import ADDRESSES, ALIASES, COMMENTS, MAIN, Roster, programmes, refuse_other
from tizim.sources.us_ofac.remarks import is_cut

# The columns as the publisher's specification (dat_spec.txt) calls them; no file prints them.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    MAIN: (
        "ent_num", "SDN_Name", "SDN_Type", "Program", "Title", "Call_Sign", "Vess_type", "Tonnage", "GRT",
        "Vess_flag", "Vess_owner", "Remarks",
    ),
    ALIASES: ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"),
    ADDRESSES: ("ent_num", "Add_num", "Address", "City/State/Province/Postal Code", "Country", "Add_remarks"),
    COMMENTS: ("ent_num", "Remarks_continued"),
}  # fmt: skip
CONTINUED: Final = "Remarks_continued"
_NUMBERED_BY: Final = {ALIASES: "alt_num", ADDRESSES: "Add_num"}

_END: Final = "\x1a"
"""The lone character in the last row that ends a file, as in the days of DOS."""
_EMPTY: Final = "-0-"
_DELIMITER: Final = re.compile(r'\s*"?\d{1,10}"?\s?([,@|\t;])')
_SPECIFICATION: Final = re.compile(r"DATA SPECIFICATION", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d{1,10}")
_MAIN_FILE: Final = re.compile(
    r"(?P<before>.*?(?<![A-Za-z]))(?P<stem>sdn|cons_prim)(?P<ending>\.(?:csv|del|pip|ff))(?P<gz>\.gz)?", re.IGNORECASE
)
_FILES_OF: Final = {
    "us-ofac-sdn": re.compile(r"(?<![a-z])cons_(?:prim|alt|add|comments)\.", re.IGNORECASE),
    "us-ofac-cons": re.compile(r"(?<![a-z_])sdn(?:_comments)?\.(?:csv|del|pip|ff)\b", re.IGNORECASE),
}
"""Names that the publisher gives to files of the other list only."""

# Widths of the columns of the fixed form; programmes had 50 characters before 2023 and have 200 since.
_WIDTHS: Final[dict[int, tuple[str, tuple[int, ...]]]] = {
    1867: (MAIN, (10, 350, 12, 50, 200, 8, 25, 14, 8, 40, 150, 1000)),
    2017: (MAIN, (10, 350, 12, 200, 200, 8, 25, 14, 8, 40, 150, 1000)),
    578: (ALIASES, (10, 10, 8, 350, 200)),
    1336: (ADDRESSES, (10, 10, 750, 116, 250, 200)),
}
_FIXED_NUMBER: Final = re.compile(r"(?= *\d)[ \d]{10}")
_MAX_BYTES: Final = 64 * 1024 * 1024

Reader = Callable[[bytes, str, Hints], tuple[DocumentFacts, list[Record]]]


def reader(roster: Roster) -> Reader:
    """The function that reads the flat files of a list."""

    def read(data: bytes, name: str, hints: Hints) -> tuple[DocumentFacts, list[Record]]:
        if _FILES_OF[roster.whole].search(name):
            raise SourceRefused(f"{name}: by its name this file is of {roster.other}")
        kind, rows, form, ended = _table(data, name)
        joined = {}
        if kind == MAIN:
            refuse_other(roster, ((f"row {row.number}", programmes(row.cells[3])) for row in rows), name)
            joined = _spill_over(rows, name, hints)
        records = _records(kind, rows, name, joined)
        entries = len({row.cells[0].strip() for row in rows})
        day, instant, how = placed(hints, name)
        title = f"OFAC {roster.name} ({roster.file(kind, form)}"
        title += f" with {roster.file(COMMENTS, form)})" if joined else ")"
        title += "" if ended else ", without its end mark and so not taken as complete"
        facts = DocumentFacts.of(
            data,
            source=f"{roster.csv_id}/{kind}" if kind else roster.csv_id,
            date=day,
            instant=instant,
            url=roster.url(kind),
            media_type="text/csv" if form == "csv" else "text/plain",
            title=f"{title}, {how}",
            entries=entries,
            complete=ended,
        )
        return facts, records

    return read


def beside(name: str) -> tuple[str, ...]:
    """The names that the file with the rest of the remarks of the main file *name* may have."""
    found = _MAIN_FILE.fullmatch(name)
    if found is None:
        return ()
    stem = found["stem"]
    comments = "_COMMENTS" if stem.isupper() else "_comments"
    plain = f"{found['before']}{stem[:-5] if stem.lower() == 'cons_prim' else stem}{comments}{found['ending']}"
    return (plain, f"{plain}.gz")


# -- rows ----------------------------------------------------------------------------------------


def _table(data: bytes, name: str) -> tuple[str, list[Row], str, bool]:
    """The kind of file, its rows, its form as the ending of its name, and whether the end mark closes it."""
    text = decode(data, name)
    if _SPECIFICATION.search(text[:2000]):
        raise SourceRefused(f"{name}: this is the publisher's specification, not a list")
    whole = text.rstrip(" \r\n")
    ended = whole.endswith(_END)
    if ended:
        whole = whole[:-1]
    if _END in whole:
        line = whole.count("\n", 0, whole.index(_END)) + 1
        raise SourceRefused(f"{name}: line {line}: the end mark stands before the end: two files in one, or damage")
    if not whole.strip():
        raise SourceRefused(f"{name}: no entries; an empty list is a failed export, not a delisting of all")
    found = _DELIMITER.match(whole)
    if found:
        rows = delimited(whole, name, delimiter=found[1])
        kind = _kind_of(rows[0], name)
        form = {",": "csv", "@": "del", "|": "pip"}.get(found[1], "txt")
    elif _FIXED_NUMBER.match(whole):
        kind, rows = _fixed(whole, name)
        form = "ff"
    else:
        raise SourceRefused(f"{name}: line 1: begins with {whole[:30]!r}, not with the number of an entry")
    _check(kind, rows, name)
    return kind, rows, form, ended


def _kind_of(row: Row, name: str) -> str:
    """Main file, aliases, addresses or the rest of remarks, by the number of columns."""
    width = len(row.cells)
    kind = next((kind for kind, columns in COLUMNS.items() if len(columns) == width), None)
    if kind is not None:
        return kind
    if width > len(COLUMNS[MAIN]):
        return MAIN  # with columns more than are known, which stay unread
    raise SourceSuspicious(f"{name}: row {row.number}: has {width} columns, as no file of this set is known to have")


def _fixed(text: str, name: str) -> tuple[str, list[Row]]:
    """The rows of the fixed form, cut by the specification's positions."""
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    kind, widths = _WIDTHS.get(len(lines[0]), (COMMENTS, (10, 0)))
    if kind == COMMENTS and "comments" not in name.casefold():
        raise SourceSuspicious(f"{name}: line 1: {len(lines[0])} characters, as no file of the fixed form has")
    width = sum(widths)
    rows = []
    for number, line in enumerate(lines, start=1):
        if kind == COMMENTS:
            cells: tuple[str, ...] = (line[:10], line[10:])
        elif len(line) != width:
            raise SourceRefused(f"{name}: line {number}: {len(line)} characters, the others have {width}: cut off")
        else:
            cells = tuple(line[sum(widths[:at]) : sum(widths[: at + 1])] for at in range(len(widths)))
        rows.append(Row(number, tuple(cell.rstrip() for cell in cells)))
    return kind, rows


def _check(kind: str, rows: list[Row], name: str) -> None:
    """`SourceRefused` if a row has another number of cells than the first, or no number of an entry."""
    width = len(rows[0].cells)
    for row in rows:
        if len(row.cells) != width:
            message = f"{name}: row {row.number}: has {len(row.cells)} cells, the others {width}: cut off or damaged"
            raise SourceRefused(message)
        if not _NUMBER.fullmatch(row.cells[0].strip()):
            raise SourceRefused(f"{name}: row {row.number}: begins with {row.cells[0][:20]!r}, not with a number")
        if kind in _NUMBERED_BY and not _NUMBER.fullmatch(row.cells[1].strip()):
            message = f"{name}: row {row.number}: {_NUMBERED_BY[kind]} is {row.cells[1][:20]!r}, not a number"
            raise SourceRefused(message)


def _records(kind: str, rows: list[Row], name: str, joined: dict[str, str]) -> list[Record]:
    """A record of each row; two rows with one number could not be told apart later, and are refused.

    Their places say the number and no line, so that an unchanged row gives an equal record in each document:
    mapping remembers what it made of one (see ``map.py``).
    """
    columns = COLUMNS[kind]
    extra = tuple(f"column {number}" for number in range(len(columns) + 1, len(rows[0].cells) + 1))
    columns = (*columns, *extra)
    by = _NUMBERED_BY.get(kind)
    rows_of: dict[str, int] = {}
    records = []
    for row in rows:
        uid = row.cells[0].strip()
        place = f"uid {uid}, {kind} {row.cells[1].strip()}" if by else f"uid {uid}"
        if place in rows_of:
            raise SourceRefused(f"{name}: row {row.number}: is {place}, as is row {rows_of[place]}")
        rows_of[place] = row.number
        fields = [
            (column, cell)
            for column, cell in zip(columns, row.cells, strict=True)
            if cell != "-0- " and cell.strip() != _EMPTY
        ]
        if not all(cell.strip() for _, cell in fields):
            message = f"{name}: row {row.number}: has an empty cell, where the publisher writes -0-: not as published"
            raise SourceSuspicious(message)
        if uid in joined:
            fields.append((CONTINUED, joined[uid]))
        records.append(Record(place=place, fields=tuple(fields)))
    return records


# -- what did not fit into remarks ---------------------------------------------------------------


def _spill_over(rows: list[Row], name: str, hints: Hints) -> dict[str, str]:
    """The rest of the remarks by number, from the file of the same set, if it was given beside.

    It must be of the same state: each of its entries has remarks here that break off, and each that break off
    goes on there. Else the two were published on different days, and joining them would make up facts.
    """
    found = next((other for other in beside(name) if other in hints.beside), None)
    if found is None:
        return {}
    label = f"{found} (beside {name})"
    plain = _unpacked(hints.beside[found], label)
    if not plain.strip(_END.encode() + b" \r\n"):
        return {}  # nothing was too long that day
    kind, others, _, _ = _table(plain, label)
    if kind != COMMENTS:
        return {}
    rest = {row.cells[0].strip(): row.cells[1] for row in others}
    last = COLUMNS[MAIN].index("Remarks")
    cut = {row.cells[0].strip() for row in rows if row.cells[last].strip() != _EMPTY and is_cut(row.cells[last])}
    return rest if rest.keys() == cut else {}


def _unpacked(data: bytes, name: str) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        plain = unpacking.decompress(data, _MAX_BYTES)
    except zlib.error as error:
        raise SourceRefused(f"{name}: cannot be unpacked: {error}") from None
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise SourceRefused(f"{name}: is cut off, or unpacks to more than {_MAX_BYTES:,} bytes")
    return plain
