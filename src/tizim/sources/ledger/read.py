"""Read one of the ledger's five files into records, verbatim, or refuse it whole."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import NoReturn

import msgspec

from tizim.domain.dates import PartialDate, When
from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import BadInput, SourceRefused
from tizim.sources.ledger import titles


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of one of the files, and what they are for."""

    file: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    """the columns that together name a record; no two records of a file agree in all of them"""
    needed: tuple[str, ...]
    """the columns without which a row is about nothing"""
    dates: tuple[str, ...]
    titles: tuple[str, ...] = ()
    """columns whose text names its source, often with a date"""


DESIGNATIONS = Layout(
    file="designations.csv",
    columns=(
        "row_id", "org_id", "org_name_as_stated", "jurisdiction", "authority", "list_id", "action", "date",
        "date_precision", "date_kind", "date_until", "legal_act", "decided_by", "announced_by", "ref_no",
        "conflict_group", "note", "source_title", "source_address", "source_class", "vk", "bundle",
    ),
    key=("row_id",),
    needed=("row_id", "org_id"),
    dates=("date",),  # not date_until, which may be the end of a term to come
    titles=("source_title",),
)  # fmt: skip
ORGANISATIONS = Layout(
    file="organisations.csv",
    columns=(
        "org_id", "main_name", "name", "lang", "script", "name_kind", "un_ref", "wikidata_id", "source",
        "bundle",
    ),
    key=("org_id",),
    needed=("org_id",),
    dates=(),
    titles=("source",),
)  # fmt: skip
LISTS = Layout(
    file="lists.csv",
    columns=(
        "list_id", "jurisdiction", "list_name", "decides", "legal_act", "rule_kind", "period", "rule_from",
        "rule_to", "machine_rule", "effect", "removal", "published", "vk", "source",
    ),
    key=("list_id", "rule_kind", "rule_from"),
    needed=("list_id", "rule_kind"),
    dates=("rule_from", "rule_to"),
    titles=("source",),
)  # fmt: skip
MEASURES = Layout(
    file="measures.csv",
    columns=(
        "list_id", "kind", "what", "scope", "valid_from", "valid_to", "legal_act", "source_title",
        "source_address", "vk", "bundle",
    ),
    key=("list_id", "kind", "what", "valid_from"),
    needed=("list_id", "kind", "what"),
    dates=("valid_from", "valid_to"),
    titles=("source_title",),
)  # fmt: skip
SEED_CLAIMS = Layout(
    file="seed_claims.csv",
    columns=(
        "claim_id", "seed", "lang", "claim", "subject", "list_or_authority", "action", "date_as_stated",
        "date_resolved", "date_basis", "announcer", "venue_chain", "quote_original", "corroborates",
        "contradicts_or_qualifies", "register_reading",
    ),
    key=("claim_id",),
    needed=("claim_id", "claim"),
    dates=("date_resolved",),
)  # fmt: skip

LAYOUTS = {layout.file: layout for layout in (DESIGNATIONS, ORGANISATIONS, LISTS, MEASURES, SEED_CLAIMS)}

_NO_DATE = dt.date(1970, 1, 1)


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row: the line on which it begins and its cells by column, in the file's order."""

    line: int
    cells: tuple[tuple[str, str], ...]


def read(data: bytes, name: str) -> tuple[DocumentFacts, list[Record]]:
    """Read a whole file of the ledger; *name* is used in messages only.

    The document's date is the newest day that a date column or the title of a source names (of a
    month or year its first day: no more is proved); 1970-01-01 where none does. Raises
    `SourceRefused` for anything but a whole, well-formed file of the ledger.
    """
    layout, rows = _parse(data, name)
    found = _records(layout, rows, name)
    date = max((day for row in rows for day in _days(layout, dict(row.cells))), default=_NO_DATE)
    facts = DocumentFacts.of(
        data,
        source="ledger",
        date=date,
        instant=dt.datetime.combine(date, dt.time(), dt.UTC),
        url="",
        media_type="text/csv",
        title=layout.file,
        entries=len(found),
        complete=False,
    )
    return facts, found


def records(data: bytes, name: str) -> list[Record]:
    """The records of a file: one a row, and of organisations.csv one an organisation.

    An organisation's fields are called ``line/column``, so that each name keeps the row it stands in.
    Raises `SourceRefused` as `read` does.
    """
    layout, rows = _parse(data, name)
    return _records(layout, rows, name)


def layout_of(record: Record) -> Layout:
    """The layout of the file that *record* is from; `SourceRefused` if it is from none of the five."""
    layout = LAYOUTS.get(record.place.partition(" ")[0])
    if layout is None:
        _refuse(record.place, "no record of the ledger", f"give records of {', '.join(LAYOUTS)}")
    return layout


def rows_of(record: Record) -> list[tuple[str, dict[str, str]]]:
    """The rows of *record*: for each the prefix of its fields' names (``""`` or ``line/``) and its cells.

    White space at the edges of a cell is no part of its value.
    """
    rows: dict[str, dict[str, str]] = {}
    for prefix, column, value in _cells(record):
        rows.setdefault(prefix, {})[column] = value.strip()
    return list(rows.items())


def bundle_only(found: list[Record]) -> list[Record]:
    """The records, and of an organisation the names, that may ship inside the package.

    These are the rows whose column ``bundle`` is exactly ``yes``, and all of lists.csv, which has no
    such column; of seed_claims.csv none (the ledger's README on ``bundle``).
    """
    kept: list[Record] = []
    for record in found:
        if layout_of(record) is LISTS:
            kept.append(record)
            continue
        cells = _cells(record)
        shipped = {prefix for prefix, column, value in cells if (column, value) == ("bundle", "yes")}
        fields = tuple((prefix + column, value) for prefix, column, value in cells if prefix in shipped)
        if fields:
            kept.append(Record(place=record.place, fields=fields))
    return kept


def refuse_repeated(record: Record, first: Record) -> NoReturn:
    """Refuse two records of one key."""
    _refuse(record.place, f"the same entry as {first.place}", "keep one of the two, and give no file twice")


def _refuse(where: str, reason: str, remedy: str) -> NoReturn:
    raise SourceRefused(f"{where}: {reason}; {remedy}")


def _cells(record: Record) -> list[tuple[str, str, str]]:
    """Prefix, column and verbatim value of each field."""
    if layout_of(record) is not ORGANISATIONS:
        return [("", column, value) for column, value in record.fields]
    parted = ((field.partition("/"), value) for field, value in record.fields)
    return [(line + slash, column, value) for (line, slash, column), value in parted]


def _parse(data: bytes, name: str) -> tuple[Layout, list[_Row]]:
    text = _decoded(data, name)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    layout: Layout | None = None
    rows: list[_Row] = []
    line = 1
    try:
        for cells in reader:
            if layout is None:
                header, layout = cells, _recognised(cells, name)
            elif len(cells) != len(header):
                _refuse(
                    f"{name}, line {line}, after column {header[min(len(cells), len(header)) - 1]}",
                    f"{len(cells)} fields where the header has {len(header)}",
                    "mend the row, or fetch the file again if it is cut off",
                )
            else:
                rows.append(_row(layout, line, tuple(zip(header, cells, strict=True)), name))
            line = reader.line_num + 1
    except csv.Error as error:
        _refuse(
            f"{name}, line {line}, column 1 or after",
            f"not well-formed CSV ({error})",
            "fetch the file again: it may be cut off, or a quotation mark is missing",
        )
    if layout is None or not rows:
        _refuse(f"{name}, line {line}, column 1", "no row below the header", "fetch it again: it is cut off")
    return layout, rows


def _decoded(data: bytes, name: str) -> str:
    begins = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not begins:
        _refuse(f"{name}, line 1, column 1", "the file is empty", "fetch it again")
    if begins.startswith(b"<"):
        _refuse(f"{name}, line 1, column 1", "this is HTML or XML, not CSV", "give the ledger's CSV file")
    if (at := data.find(b"\0")) >= 0:
        line, column = _position(data, at)
        _refuse(f"{name}, line {line}, column {column}", "a null byte", "save the file in UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _position(data, error.start)
        _refuse(
            f"{name}, line {line}, column {column}",
            f"byte {error.start} is no UTF-8",
            "save the file in UTF-8",
        )


def _position(data: bytes, at: int) -> tuple[int, int]:
    """Line and column, both from one, of the byte *at*."""
    return data.count(b"\n", 0, at) + 1, at - data.rfind(b"\n", 0, at)


def _recognised(header: list[str], name: str) -> Layout:
    """The layout whose columns *header* has, all of them and in any order; others may stand beside them."""
    for column in header:
        if header.count(column) > 1:
            _refuse(f"{name}, line 1, column {_shown(column)}", "it occurs twice", "keep one of the two columns")
    for layout in LAYOUTS.values():
        if set(layout.columns) <= set(header):
            return layout
    nearest = min(LAYOUTS.values(), key=lambda layout: len(set(layout.columns) - set(header)) / len(layout.columns))
    missing = [column for column in nearest.columns if column not in header]
    if 2 * len(missing) <= len(nearest.columns):
        _refuse(
            f"{name}, line 1, column {missing[0]}",
            f"{nearest.file} without its columns {', '.join(missing)}",
            "add the columns, empty where nothing is known",
        )
    _refuse(
        f"{name}, line 1, column {_shown(header[0] if header else '')}",
        "the header is that of no file of the ledger",
        f"give one of {', '.join(LAYOUTS)}",
    )


def _shown(text: str, longest: int = 40) -> str:
    return repr(text if len(text) <= longest else text[:longest] + "…")


def _row(layout: Layout, line: int, cells: tuple[tuple[str, str], ...], name: str) -> _Row:
    row = dict(cells)
    for column in layout.needed:
        if not row[column].strip():
            _refuse(f"{name}, line {line}, column {column}", "empty", "fill it in: the row is about nothing")
    return _Row(line=line, cells=cells)


def _records(layout: Layout, rows: list[_Row], name: str) -> list[Record]:
    groups: dict[tuple[str, ...], list[_Row]] = {}
    for row in rows:
        cells = dict(row.cells)
        key = tuple(cells[column].strip() for column in layout.key)
        group = groups.setdefault(key, [])
        if group and layout is not ORGANISATIONS:
            _refuse(
                f"{name}, lines {group[0].line} and {row.line}, column {layout.key[-1]}",
                f"two rows of one {_named(layout, key)}",
                "keep one of the two rows, or give one another key",
            )
        group.append(row)
    made: list[Record] = []
    for key, group in groups.items():
        fields = tuple(
            (f"{row.line}/{column}" if layout is ORGANISATIONS else column, value)
            for row in group
            for column, value in row.cells
        )
        made.append(Record(place=f"{layout.file} {_named(layout, key)}", fields=fields))
    return made


def _named(layout: Layout, key: tuple[str, ...]) -> str:
    return " ".join(f"{column}={value}" for column, value in zip(layout.key, key, strict=True))


def _days(layout: Layout, row: dict[str, str]) -> Iterator[dt.date]:
    near: When | None = None
    for column in layout.dates:
        try:
            date = PartialDate.parse(row[column].strip())
        except BadInput:
            continue  # empty, or unread: the mapper says so
        near = When.on(date)
        yield date.earliest
    for column in layout.titles:
        for named in titles.dates_in(row[column], near):
            yield named.earliest
