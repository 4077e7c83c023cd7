"""A filled-in worksheet read back: each filled row a draft of a decision, or a refusal that says why and where.

The file comes from outside and is trusted in nothing. Nothing is entered by reading it: a draft is checked again,
against the register, where it is entered. What has to be true of a row:

* its ids and names are those under which it was made (its key says so), in this audit and not another;
* it holds values, not formulas or merged cells, and nothing in columns that no worksheet has;
* it says what is decided, on what basis, by whom entered, with dates as far as they are known.
"""

import enum
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from tizim.audit.decide import Draft
from tizim.audit.findings import Audit
from tizim.audit.wire import audit_digest, key_of
from tizim.audit.worksheet import columns, opened
from tizim.audit.worksheet.columns import BY_KEY, COLUMNS, FILL, KEYED, NOTHING, Group
from tizim.domain.dates import PartialDate
from tizim.domain.decisions import Basis, DecisionKind
from tizim.errors import BadInput, SourceProblem
from tizim.sources import tables
from tizim.sources.tables import Row
from tizim.text import one_line

_MAX_BYTES: Final = 64 * 1024 * 1024
_MAX_TEXT: Final = 2_000
"""characters in a cell that somebody filled in"""
_BY_TITLE: Final = {column.title: column.key for column in COLUMNS}
_NEEDED: Final = (*(column.key for column in FILL), *KEYED, "key")
_ALONE: Final = frozenset({"author", "body"})
"""columns that people fill down over a whole sheet: alone they decide nothing"""


class FilledRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row on which somebody decided."""

    sheet: str
    row: int
    """as its reader counts: the header is row 1"""
    finding: str
    """the class of finding, as its word on the wire"""
    draft: Draft
    seen: int
    """the register's row up to which the audit had seen it: entering names it, so that none is made past another's"""


class RefusedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that cannot be taken, with every reason."""

    sheet: str
    row: int
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.sheet}, row {self.row}: {'; '.join(self.reasons)}"


class ReadBack(msgspec.Struct, frozen=True, kw_only=True):
    """What a filled-in worksheet amounts to; nothing of it is entered yet."""

    audit: str
    """the digest of the audit whose worksheet it is"""
    filled: tuple[FilledRow, ...]
    refused: tuple[RefusedRow, ...]
    left: int
    """rows on which somebody said that nothing is decided"""
    skipped: int
    """rows that nobody filled in"""


class _Form(enum.StrEnum):
    WORKBOOK = "XLSX"
    TEXT = "CSV"
    JSON = "JSON"


class _Given(msgspec.Struct, frozen=True, kw_only=True):
    """A row as given: its cells by column, and what is wrong with it before anything is read."""

    sheet: str
    row: int
    cells: Mapping[str, str]
    wrong: tuple[str, ...]
    touched: bool
    """whether cells to be filled in hold what cannot be read as a value"""
    form: _Form

    def place(self, key: str) -> str:
        """How a column is called where the row came from."""
        return f"column '{key if self.form is _Form.JSON else BY_KEY[key].title}'"


def filled(data: bytes, name: str, of: Audit | None = None) -> ReadBack:
    """The decisions in a filled-in worksheet: XLSX, its findings sheet as CSV, or the audit's JSON filled in.

    With *of*, rows of any other audit are refused; without, rows of another audit than the file's own.
    Raises `BadInput` for a file that is no worksheet at all; whatever is wrong with a row is told with the row.
    """
    if not data.strip():
        raise BadInput(f"{name}: the file is empty")
    if len(data) > _MAX_BYTES:
        raise BadInput(f"{name}: {len(data):,} bytes, more than the {_MAX_BYTES:,} that a worksheet may have")
    try:
        stated, rows = _read(data, name)
    except SourceProblem as error:
        raise BadInput(str(error)) from None
    known = Counter(row.cells.get("audit", "") for row in rows)
    own = audit_digest(of) if of is not None else stated or max(known, key=lambda one: known[one], default="")
    checks = _Checks(own)
    taken: list[FilledRow] = []
    refused: list[RefusedRow] = []
    left = skipped = 0
    for row in rows:
        if not _is_filled(row):
            skipped += 1
            continue
        reasons = [*row.wrong, *checks.row(row)]
        draft = _draft(row, reasons)
        if reasons:
            refused.append(RefusedRow(sheet=row.sheet, row=row.row, reasons=tuple(reasons)))
        elif draft is None:
            left += 1
        else:
            taken.append(
                FilledRow(
                    sheet=row.sheet, row=row.row, finding=row.cells["kind_id"], draft=draft, seen=int(row.cells["seen"])
                )
            )
    return ReadBack(audit=own, filled=tuple(taken), refused=tuple(refused), left=left, skipped=skipped)


def _is_filled(row: _Given) -> bool:
    written = {column.key for column in FILL if row.cells.get(column.key, "")}
    return row.touched or bool(written - _ALONE)


class _Checks:
    """Whether rows are those of one audit, each as it was made, and none twice."""

    def __init__(self, own: str) -> None:
        self._own = own
        self._first: dict[str, int] = {}

    def row(self, row: _Given) -> Iterator[str]:
        """What is wrong with the identity of a row."""
        cells = row.cells
        if cells.get("audit", "") != self._own:
            yield (
                f"{row.place('audit')}: is a row of another audit"
                f" ({cells.get('audit', '')[:12] or 'none'}, not {self._own[:12] or 'none'}): fill in the worksheet of"
                " this one"
            )
            return
        if not cells.get("seen", "").isdecimal() or not cells["seen"].isascii() or len(cells["seen"]) > 18:
            yield f"{row.place('seen')}: is no row of the register: take the row from the worksheet as it was made"
        elif cells.get("key", "") != key_of(*(cells.get(key, "") for key in KEYED)):
            yield (
                f"{row.place('key')}: is not that of this row: its ids, its class or a name was changed, or sorted"
                f" apart from the rest{_of_encoding(row)}; take the row from the worksheet as it was made"
            )
        elif (first := self._first.setdefault(cells["key"], row.row)) != row.row:
            yield f"{row.place('decision')}: row {first} decides on the same finding: keep one of the two"


def _of_encoding(row: _Given) -> str:
    return ", or the file was not saved as UTF-8" if row.form is _Form.TEXT else ""


# -- one row -------------------------------------------------------------------------------------


def _draft(row: _Given, reasons: list[str]) -> Draft | None:
    """The draft that a row amounts to; nothing where it decides nothing. What is wrong goes to *reasons*."""
    cells = {column.key: row.cells.get(column.key, "") for column in FILL}
    for key, text in cells.items():
        if len(text) > _MAX_TEXT:
            reasons.append(f"{row.place(key)}: {len(text):,} characters, more than the {_MAX_TEXT:,} it may have")
    word = cells["decision"].casefold()
    if word == NOTHING:
        return None
    kind = next((kind for kind in DecisionKind if kind.value == word), None)
    if kind is None:
        what = f"'{_short(cells['decision'])}' is none" if word else "is empty, although other columns are filled in"
        reasons.append(f"{row.place('decision')}: {what}: write {', '.join(BY_KEY['decision'].choices)}")
    elif not row.cells.get("national_subject") and kind is not DecisionKind.LIST:
        reasons.append(
            f"{row.place('decision')}: the entry is on the reference list only: on the national one it can be listed,"
            f" not '{kind.value}'"
        )
    for key in sorted(columns.DATES):
        reasons.extend(_wrong_date(row, key, cells[key]))
    reasons.extend(_wrong_basis(row, cells))
    if not cells["author"]:
        reasons.append(f"{row.place('author')}: is empty: say who enters the decision")
    if cells["second_person"].casefold() not in {"", "wanted"}:
        reasons.append(f"{row.place('second_person')}: '{_short(cells['second_person'])}' is none: 'wanted' or empty")
    if reasons or kind is None:
        return None
    return Draft(
        kind=kind, list=row.cells["national"], subject=row.cells["national_subject"] or row.cells["reference_subject"],
        basis=Basis(
            kind=cells["act_kind"], number=cells["act_number"], date=cells["act_date"], article=cells["article"],
            not_stated_by=cells["basis_not_stated_by"],
        ),
        body=cells["body"], effective=cells["effective"], expires=cells["expires"], reason=cells["reason"],
        author=cells["author"], needs_second=bool(cells["second_person"]),
    )  # fmt: skip


def _wrong_date(row: _Given, key: str, text: str) -> Iterator[str]:
    if text:
        try:
            PartialDate.parse(text)
        except BadInput as error:
            yield f"{row.place(key)}: {_short(str(error))}"


def _wrong_basis(row: _Given, cells: Mapping[str, str]) -> Iterator[str]:
    act = [key for key in ("act_kind", "act_number", "act_date", "article") if cells[key]]
    if not act and not cells["basis_not_stated_by"]:
        yield (
            f"{row.place('act_kind')}: a decision needs its legal basis: give the act by kind, number, date and"
            f" article, or name in {row.place('basis_not_stated_by')} the source that tells of it without one"
        )
    elif act and cells["basis_not_stated_by"]:
        yield (
            f"{row.place('basis_not_stated_by')}: an act is given as well ({row.place(act[0])}): a basis is stated or"
            " it is not, keep one of the two"
        )
    elif act and not cells["act_number"] and not cells["act_date"]:
        yield f"{row.place('act_number')}: no act can be found by kind or article alone: give its number or date"


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:120]} …"


# -- files ---------------------------------------------------------------------------------------


def _read(data: bytes, name: str) -> tuple[str, list[_Given]]:
    """The digest that the file states for itself (empty: none), and its rows."""
    if tables.is_workbook(data):
        return _workbook(data, name)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json(data, name)
    return "", _text(data, name)


def _workbook(data: bytes, name: str) -> tuple[str, list[_Given]]:
    odd = opened.look(data, name)
    sheets = {sheet.name: sheet for sheet in tables.workbook(data, name)} if columns.FINDINGS in odd else {}
    found = sheets.get(columns.FINDINGS)
    if found is None:
        raise BadInput(f"{name}: has no sheet '{columns.FINDINGS}': is it the worksheet of an audit?")
    about = sheets.get(columns.ABOUT)
    stated = (
        [row.cells[1] for row in about.rows if row.cells[:1] == (columns.DIGEST,) and row.cells[1:]] if about else []
    )
    rows = _rows(found.rows, f"{name}, sheet {columns.FINDINGS}", _Form.WORKBOOK, odd[columns.FINDINGS].of)
    return (stated[0].strip() if stated else ""), rows


def _text(data: bytes, name: str) -> list[_Given]:
    text = tables.decode(data, name, encodings=("utf-8", "windows-1252"))
    first = text.partition("\n")[0]
    if first.casefold().startswith("sep="):  # a line by which some programs tell each other the delimiter
        text = text.partition("\n")[2]
        first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return _rows(tables.delimited(text, name, delimiter=delimiter), name, _Form.TEXT, lambda _row, _column: "")


def _rows(rows: Sequence[Row], where: str, form: _Form, odd: Callable[[int, int], str]) -> list[_Given]:
    """The rows below the header. Raises `BadInput` where the header lacks a column that every row needs."""
    header = next((row for row in rows if not row.is_empty), None)
    titles = [one_line(cell) for cell in header.cells] if header else []
    keys = [_BY_TITLE.get(title, "") for title in titles]
    missing = [BY_KEY[key].title for key in _NEEDED if key not in keys]
    if missing or header is None:
        raise BadInput(
            f"{where}: lacks the column{'s' if len(missing) != 1 else ''} {', '.join(missing)}: is it the worksheet of"
            " an audit, with its header in the first row and no column taken out?"
        )
    twice = [BY_KEY[key].title for key, count in Counter(filter(None, keys)).items() if count > 1]
    if twice:
        raise BadInput(f"{where}: has two columns called {', '.join(twice)}: take one of each out")
    return [_given(row, titles, keys, form, odd) for row in rows if row.number > header.number and not row.is_empty]


def _given(row: Row, titles: Sequence[str], keys: Sequence[str], form: _Form, odd: Callable[[int, int], str]) -> _Given:
    cells: dict[str, str] = {}
    strange: list[str] = []
    wrong: list[str] = []
    touched = False
    for index, cell in enumerate(row.cells):
        key = keys[index] if index < len(keys) else ""
        if key:
            cells[key] = one_line(cell) if BY_KEY[key].group is Group.FILL else cell.strip()
            if key in _CHECKED and (what := odd(row.number, index + 1)):
                wrong.append(f"column '{BY_KEY[key].title}': {what}")
                touched = touched or BY_KEY[key].group is Group.FILL
        elif cell.strip():
            strange.append(titles[index] if index < len(titles) and titles[index] else f"number {index + 1}")
    wrong += [
        f"column '{_short(title)}': is none of a worksheet's: empty it, or move its words to '{BY_KEY['reason'].title}'"
        for title in strange
    ]
    return _Given(sheet=columns.FINDINGS, row=row.number, cells=cells, wrong=tuple(wrong), touched=touched, form=form)


_CHECKED: Final = frozenset({*(column.key for column in COLUMNS if column.group in {Group.FILL, Group.IDS}), *KEYED})


def _json(data: bytes, name: str) -> tuple[str, list[_Given]]:
    """The rows of an audit's JSON. Raises `BadInput` if it has not the shape of one."""
    try:
        whole = msgspec.json.decode(data.lstrip(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(f"{name}: is no JSON: {error}") from None
    findings = whole.get("findings") if isinstance(whole, dict) else None
    if not isinstance(findings, list) or not isinstance(whole.get("sha256"), str):
        raise BadInput(f"{name}: is not the JSON of an audit: it lacks 'findings' or 'sha256'")
    common = {"audit": whole["sha256"], "national": whole.get("national"), "reference": whole.get("reference")}
    common["seen"] = whole.get("seen")
    return whole["sha256"], [_of_json(common, one, number) for number, one in enumerate(findings, start=1)]


def _of_json(common: Mapping[str, Any], one: object, number: int) -> _Given:
    if not isinstance(one, dict):
        return _Given(sheet="findings", row=number, cells={}, wrong=("is no finding",), touched=True, form=_Form.JSON)
    cells = {key: _plain(value) for key, value in common.items()}
    cells |= {"kind_id": _plain(one.get("kind")), "key": _plain(one.get("key"))}
    for which in ("national", "reference"):
        side = one.get(which)
        own = side if isinstance(side, dict) else {}
        cells |= {f"{which}_subject": _plain(own.get("subject")), f"{which}_name": _plain(own.get("name"))}
    wrong: list[str] = []
    written = one.get("decision")
    if written is not None and not isinstance(written, dict):
        wrong.append(f"'decision' is an object with {', '.join(column.key for column in FILL)}, or null")
    for key, value in written.items() if isinstance(written, dict) else ():
        if key not in BY_KEY or BY_KEY[key].group is not Group.FILL:
            wrong.append(f"'{_short(str(key))}' is none of the keys of a decision: take it out")
        elif not isinstance(value, str | int | None) or isinstance(value, bool):
            wrong.append(f"'{key}' holds no text")
        else:
            cells[key] = one_line(_plain(value))
    return _Given(sheet="findings", row=number, cells=cells, wrong=tuple(wrong), touched=bool(wrong), form=_Form.JSON)


def _plain(value: object) -> str:
    """A text or a number as text; empty for anything else."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63 else ""
