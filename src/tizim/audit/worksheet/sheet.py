"""The findings as a workbook (XLSX), to be looked through, filled in and given back.

Days are days and numbers are numbers. Whatever a list printed is written as text and never as a formula, also
where it begins with ``=``; its cells are marked so that it stays text when somebody edits it.
"""

import datetime as dt
import io
from collections.abc import Iterable
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tizim.answer import prose
from tizim.audit import telling
from tizim.audit.findings import Audit, FindingKind
from tizim.audit.wire import audit_digest
from tizim.audit.worksheet import columns
from tizim.audit.worksheet.columns import COLUMNS, FILL, Column, Group, Look, Value

_LONGEST: Final = 32_000
"""characters in a cell; the format holds 32,767, and more of it would be dropped without a word"""
_DAY: Final = "yyyy-mm-dd"
_FIRST_DAY: Final = dt.date(1900, 3, 1)
"""the format counts a 29 February 1900 that never was: days before it would be shown one off"""
_ABOUT: Final = (30.0, 96.0)
"""widths of the about sheet's two columns"""
_FILLED: Final = "#FFF8DC"
_GREY: Final = "#595959"
_HEADS: Final = {
    Group.FOUND: "#1F3B57",
    Group.FILL: "#7A5200",
    Group.EVIDENCE: "#4A4A4A",
    Group.IDS: "#6E6E6E",
}
_KIND_COLOURS: Final = {
    FindingKind.EXPIRED: "#F8D7DA",
    FindingKind.OVERDUE: "#FBE3CC",
    FindingKind.EXTRA: "#FFF0C2",
    FindingKind.MEMBERS_ONLY: "#FFF7DF",
    FindingKind.MISSING: "#DDEBFA",
    FindingKind.AMBIGUOUS: "#EBDDF7",
    FindingKind.DIFFERING: "#DFF3F2",
    FindingKind.SAME: "#E4F2E1",
}
_WRAPPED: Final = tuple(c for c in COLUMNS if c.group in {Group.FOUND, Group.EVIDENCE} and c.look is Look.TEXT)
_ALLOWED: Final = {
    "format_cells": True, "format_columns": True, "format_rows": True, "sort": True, "autofilter": True,
}  # fmt: skip
"""what a protected sheet leaves free beside the cells to be filled in; there is no password"""


def to_workbook(audit: Audit, language: str = "en") -> bytes:
    """The worksheet as an XLSX file, the same bytes for the same audit.

    *language* is that of the person who works with it: where it is written from right to left, so run the sheets.
    """
    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties(
        {
            "title": _clean(f"Audit: {telling.title(audit)}"),
            "created": audit.as_of.known_at.replace(tzinfo=None, microsecond=0),
        }
    )
    sha256 = audit_digest(audit)
    findings, about = book.add_worksheet(columns.FINDINGS), book.add_worksheet(columns.ABOUT)
    if columns.is_right_to_left(language):
        findings.right_to_left()
        about.right_to_left()
    _findings(book, findings, audit, sha256)
    _about(book, about, audit, sha256)
    book.close()
    return made.getvalue()


class _Formats:
    """The formats of cells, by what they hold."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        base = {"valign": "top", "font_size": 10, "border": 1, "border_color": "#D9D9D9"}
        text = {**base, "num_format": "@", "quote_prefix": True}
        ids = {"font_color": _GREY, "font_size": 8}
        self.text = book.add_format({**text, "text_wrap": True})
        self.long = book.add_format({**text, "font_color": _GREY, "font_size": 8})
        self.fill = book.add_format(
            {**base, "num_format": "@", "text_wrap": True, "locked": False, "bg_color": _FILLED}
        )
        self.day = book.add_format({**base, "num_format": _DAY, "align": "left"})
        self.number = book.add_format({**base, "num_format": "0"})
        self.score = book.add_format({**base, "num_format": "0.00"})
        self.id = book.add_format({**text, **ids})
        self.id_number = book.add_format({**base, **ids, "num_format": "0"})
        self.kinds = {
            kind.value: book.add_format({**text, "bold": True, "bg_color": colour})
            for kind, colour in _KIND_COLOURS.items()
        }
        self.heads = {
            group: book.add_format(
                {
                    "bold": True, "font_color": "#FFFFFF", "bg_color": colour, "text_wrap": True, "valign": "vcenter",
                    "border": 1, "border_color": "#FFFFFF", "font_size": 10,
                }
            )
            for group, colour in _HEADS.items()
        }  # fmt: skip

    def of(self, column: Column) -> Format:
        """The format of a column's cells."""
        if column.group is Group.FILL:
            return self.fill
        if column.group is Group.IDS:
            return self.id_number if column.look is Look.NUMBER else self.id
        return {
            Look.DATE: self.day, Look.NUMBER: self.number, Look.SCORE: self.score, Look.LONG: self.long,
        }.get(column.look, self.text)  # fmt: skip


def _findings(book: xlsxwriter.Workbook, sheet: Worksheet, audit: Audit, sha256: str) -> None:
    formats = _Formats(book)
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, column.title, formats.heads[column.group])
    sheet.set_row(0, 45)
    looks = [(index, column.key, formats.of(column)) for index, column in enumerate(COLUMNS)]
    last = 0
    for last, row in enumerate(columns.rows(audit, sha256), start=1):
        kind = formats.kinds[str(row["kind_id"])]
        sheet.set_row(last, _height((row.get(column.key), column.width) for column in _WRAPPED))
        for index, key, look in looks:
            if look is not formats.fill and row.get(key) in {None, ""}:
                continue  # nothing to show, and locked like all that is not written
            _write(sheet, last, index, row.get(key), kind if key == "kind" else look)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(last, 1), len(COLUMNS) - 1)
    if last:
        _choices(sheet, last)
    sheet.protect("", _ALLOWED)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.set_print_scale(60)
    sheet.print_area(0, 0, max(last, 1), max(i for i, column in enumerate(COLUMNS) if column.group is Group.FILL))
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, 2)
    sheet.set_footer("&P / &N")
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})


def _write(sheet: Worksheet, row: int, index: int, value: Value, look: Format) -> None:
    if value is None or value == "":
        sheet.write_blank(row, index, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, index, _cell(value), look)
    elif isinstance(value, dt.date):
        if value < _FIRST_DAY:
            sheet.write_string(row, index, value.isoformat(), look)
        else:
            sheet.write_datetime(row, index, dt.datetime.combine(value, dt.time()), look)
    else:
        sheet.write_number(row, index, value, look)


def _height(cells: Iterable[tuple[Value, float]]) -> float:
    """How high a row is so that its wrapped texts can be seen, up to a bound: not every program finds that itself."""
    lines = 1
    for value, width in cells:
        if isinstance(value, str) and (len(value) >= width or "\n" in value):
            lines = max(lines, sum(-(-len(line) * 11 // int(width * 10)) or 1 for line in value[:2000].split("\n")))
    return min(13.5 * lines + 2, 220)


def _cell(text: str) -> str:
    """A text as a cell can hold it; one that is cut says so."""
    text = _clean(text)
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]} … ({len(text) - _LONGEST:,} characters more: see the audit as JSON)"


def _clean(text: str) -> str:
    """A text without the two characters that XML cannot hold and the writer lets through."""
    return text.replace("\ufffe", "\N{REPLACEMENT CHARACTER}").replace("\uffff", "\N{REPLACEMENT CHARACTER}")


def _choices(sheet: Worksheet, last: int) -> None:
    """What can be chosen in the columns to be filled in, and what each wants."""
    for index, column in enumerate(COLUMNS):
        if column.group is not Group.FILL:
            continue
        told: dict[str, Any] = {"input_title": column.title, "input_message": column.help}
        if column.choices:
            told |= {"validate": "list", "source": list(column.choices)}
            if column.key == "act_kind":  # a law may have acts of its own
                told |= {"show_error": False}
            told |= {"error_title": column.title, "error_message": f"Choose one of: {', '.join(column.choices)}."}
        elif column.key in columns.DATES:
            told |= {"validate": "custom", "value": _is_partial_date(_first_cell(index))}
            told |= {"error_title": column.title, "error_message": "Write 2024-06-03, 2024-06 or 2024."}
        else:
            told |= {"validate": "any"}
        sheet.data_validation(1, index, last, index, told)


def _first_cell(index: int) -> str:
    return str(xlsxwriter.utility.xl_rowcol_to_cell(1, index))


def _is_partial_date(cell: str) -> str:
    """A condition: a year, a year and month, or a day, with hyphens where they belong."""
    return (
        f'=OR(LEN({cell})=4,AND(LEN({cell})=7,MID({cell},5,1)="-"),'
        f'AND(LEN({cell})=10,MID({cell},5,1)="-",MID({cell},8,1)="-"))'
    )


# -- about ---------------------------------------------------------------------------------------


_HOW: Final = (
    (
        "Which rows",
        (
            "Those on which something is decided. A row without a decision is skipped when the worksheet is read back."
            f" Choose '{columns.NOTHING}' where you looked and nothing is decided."
        ),
    ),
    ("Which columns", "Only the pale yellow ones; the others are protected, without a password."),
    (
        "Legal basis",
        "Each decision needs its act (by number or date), or the source that tells of it without one.",
    ),
    (
        "Dates",
        "They are text, so that no program turns a month into the first of that month. Write no more than is known.",
    ),
    (
        "Leave as they are",
        (
            "The ids at the end of each row, and each row's names beside them: a row that was changed or sorted apart"
            " from its ids is refused. No formulas, no merged cells; what stands in further columns is refused too."
        ),
    ),
    (
        "Saving",
        (
            "As XLSX; or the findings sheet alone as CSV in UTF-8. In a CSV file, texts that begin with = + - or @ are"
            " no longer marked as text: do not open it in a spreadsheet again."
        ),
    ),
    (
        "Reading back",
        (
            "Each filled row becomes a draft of a decision, or is refused with its reasons. Nothing is entered by that;"
            " and if somebody else decided of the same entry since, entering tells so."
        ),
    ),
)


def _about(book: xlsxwriter.Workbook, sheet: Worksheet, audit: Audit, sha256: str) -> None:
    head = book.add_format({"bold": True, "font_size": 14})
    part = book.add_format({"bold": True, "font_size": 11, "font_color": _HEADS[Group.FOUND], "top": 1})
    word = book.add_format({"valign": "top", "bold": True, "text_wrap": True})
    text = book.add_format({"valign": "top", "text_wrap": True, "num_format": "@", "quote_prefix": True})
    day = book.add_format({"valign": "top", "num_format": _DAY, "align": "left"})
    number = book.add_format({"valign": "top", "num_format": "0", "align": "left"})
    sheet.set_column(0, 0, _ABOUT[0])
    sheet.set_column(1, 1, _ABOUT[1])
    sheet.write_string(0, 0, _cell(telling.title(audit)), head)
    at = 1
    for title, lines in _parts(audit, sha256):
        at += 1
        sheet.write_string(at, 0, title, part)
        sheet.write_blank(at, 1, None, part)
        for name, value in lines:
            at += 1
            sheet.write_string(at, 0, name, word)
            sheet.set_row(at, _height(zip((name, value), _ABOUT, strict=True)) + 2)
            look = text if isinstance(value, str) else day if isinstance(value, dt.date) else number
            _write(sheet, at, 1, value, look)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _parts(audit: Audit, sha256: str) -> list[tuple[str, list[tuple[str, Value]]]]:
    """What the about sheet says, under its headings."""
    own_age, other_age = telling.ages(audit)
    counts: list[tuple[str, Value]] = [
        (telling.KINDS[FindingKind(kind)].title, number) for kind, number in audit.counts().items()
    ]
    return [
        (
            "Lists and days",
            [
                ("National list", telling.list_name(audit.national)),
                ("As of", audit.as_of.valid_at),
                ("How it is known", prose.times(audit.as_of)),
                ("Last observed", audit.national_observed or "nothing held here shows it by then"),
                ("Age", own_age),
                ("Reference list", telling.list_name(audit.reference)),
                ("As of (reference)", audit.reference_as_of.valid_at),
                ("How it is known (reference)", prose.times(audit.reference_as_of)),
                ("Last observed (reference)", audit.reference_observed or "nothing held here shows it by then"),
                ("Age (reference)", other_age),
            ],
        ),
        ("Findings", [("All", len(audit.findings)), *counts, ("How to read them", telling.RULES)]),
        (
            "What the classes say",
            [
                (words.title, f"{telling.heading(audit, kind)}: {words.note[:1].lower()}{words.note[1:]}")
                for kind, words in telling.KINDS.items()
            ],
        ),
        (
            "How to fill in",
            [
                *_HOW[:2],
                *((column.title, column.help) for column in FILL),
                *_HOW[2:],
            ],
        ),
        (
            "What ties it to the register",
            [("Row of the register seen", audit.seen), (columns.DIGEST, sha256)],
        ),
    ]
