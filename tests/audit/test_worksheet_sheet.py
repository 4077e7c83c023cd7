import datetime as dt
import io
import re
import zipfile

import msgspec
import pytest
import python_calamine
from tests.audit.making import WORLD, a_finding, a_side, an_audit, one_of_each

from tizim.audit.wire import audit_digest
from tizim.audit.worksheet import to_workbook
from tizim.audit.worksheet.columns import BY_KEY, COLUMNS, FILL


def rows_of(book: bytes, sheet: str = "Findings") -> list[list[object]]:
    """The rows of a sheet as a reader of workbooks gives them, each cell in its own type."""
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book)) as opened:
        return opened.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def cells_of(book: bytes, row: int) -> dict[str, object]:
    """The cells of a finding's row by the keys of their columns."""
    return dict(zip([column.key for column in COLUMNS], rows_of(book)[row], strict=True))


def part_of(book: bytes, part: str) -> str:
    """One part of the workbook's XML."""
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        return packed.read(part).decode()


SHEET, ABOUT, STYLES = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml"


def test_days_are_days_and_numbers_are_numbers():
    """Whoever sorts by date or filters by days needs values, not texts that look like them."""
    book = to_workbook(one_of_each())

    differing = cells_of(book, 7)

    assert differing["national_since"] == dt.date(2030, 2, 1)
    assert differing["national_observed"] == dt.date(2031, 5, 1)
    assert differing["lag_days"] == 37
    assert differing["score"] == pytest.approx(0.9312)
    assert differing["seen"] == 4711
    assert cells_of(book, 2)["review_due"] == dt.date(2031, 1, 31)


def test_a_month_stays_a_month():
    """A cell can hold no month without a day, so it holds the words."""
    book = to_workbook(one_of_each())

    assert cells_of(book, 1)["national_since"] == "March 2030"


def test_a_day_before_the_formats_first_stays_right():
    """The format counts a day of 1900 that never was, and knows none before that year."""
    audit = an_audit(a_finding("extra", a_side("Old Order", since="1899-12-31")))

    assert cells_of(to_workbook(audit), 1)["national_since"] == "1899-12-31"


@pytest.mark.parametrize("text", ["=1+1", "+7 495", "-Name", "@SUM(A1)", "\t=cmd|' /C calc'!A0", "\r=1", "{=1}"])
def test_what_looks_like_a_formula_stays_text(text):
    """What a list printed must never be run by the program that opens the worksheet."""
    side = a_side(text, reference=text, names=(f"Ж {text}", text), act=text, subject=text, statements=(text,))
    audit = an_audit(a_finding("extra", side, reasons=(text,), action=text, basis_needed=text))

    book = to_workbook(audit)

    assert cells_of(book, 1)["national_name"] == text
    assert cells_of(book, 1)["reasons"] == text
    assert "<f" not in re.sub(r"<formula1>.*?</formula1>", "", part_of(book, SHEET) + part_of(book, ABOUT))
    assert 'quotePrefix="1"' in part_of(book, STYLES)
    assert "hyperlink" not in part_of(book, SHEET)


def test_a_text_longer_than_a_cell_is_cut_and_says_so():
    """A writer that drops what does not fit would lose it without a word."""
    audit = an_audit(a_finding("extra", a_side("Long List"), reasons=("word " * 10_000,)))

    reasons = str(cells_of(to_workbook(audit), 1)["reasons"])

    assert len(reasons) < 32_767
    assert reasons.endswith("… (18,000 characters more: see the audit as JSON)")


def test_what_xml_cannot_hold_is_shown_as_unreadable():
    """One character from a damaged file must not make a workbook that no program opens."""
    audit = an_audit(a_finding("extra", a_side("Bro\uffffken\x0b Name")))

    name = cells_of(to_workbook(audit), 1)["national_name"]

    assert name == "Bro\N{REPLACEMENT CHARACTER}ken\x0b Name"


def test_the_header_is_frozen_filtered_and_as_wide_as_what_stands_below():
    """Three thousand rows are worked through by filter, with the names in sight."""
    sheet = part_of(to_workbook(one_of_each()), SHEET)

    assert '<pane xSplit="3" ySplit="1" topLeftCell="D2" activePane="bottomRight" state="frozen"/>' in sheet
    assert '<autoFilter ref="A1:' in sheet
    assert sheet.count("<col ") > 10


def test_columns_to_be_filled_in_can_be_and_ids_cannot():
    """The ids tie a decision to its finding, so a slip of the hand must not change them."""
    book = to_workbook(one_of_each())
    sheet, styles = part_of(book, SHEET), part_of(book, STYLES)
    formats = re.findall(r"<xf [^>]*/>|<xf .*?</xf>", styles.partition("<cellXfs")[2])

    used = dict(re.findall(r'<c r="([A-Z]+)2" s="(\d+)"', sheet))
    free = {letters for letters, number in used.items() if 'locked="0"' in formats[int(number)]}

    assert "<sheetProtection" in sheet
    assert len(free) == len(FILL)
    assert "password" not in sheet


def test_what_can_be_chosen_is_offered():
    """A decision is one of few words; who writes another is told at once."""
    sheet = part_of(to_workbook(one_of_each()), SHEET)

    decisions = "list,amend,renew,retain,suspend,resume,delist,annul,nothing"

    assert f"<formula1>&quot;{decisions}&quot;</formula1>" in sheet or f'<formula1>"{decisions}"</formula1>' in sheet
    assert '<dataValidations count="12">' in sheet
    assert all(len(column.help) <= 255 and len(column.title) <= 32 for column in FILL)


@pytest.mark.parametrize(("language", "turned"), [("en", False), ("ru", False), ("fa", True), ("prs", True)])
def test_sheets_run_in_the_direction_of_the_language(language, turned):
    """A reader of Dari finds the first column on the right."""
    book = to_workbook(one_of_each(), language)

    assert ('rightToLeft="1"' in part_of(book, SHEET)) is turned
    assert ('rightToLeft="1"' in part_of(book, ABOUT)) is turned


def test_the_about_sheet_says_how_old_the_lists_are_and_what_audit_it_is():
    """Who gets the file without its letter must be able to see what it rests on."""
    audit = msgspec.structs.replace(one_of_each(), national_stale=True, reference_observed=None)

    about = {str(row[0]): row[1] for row in rows_of(to_workbook(audit), "About")}

    assert about["As of"] == dt.date(2031, 5, 4)
    assert "that is stale" in about["Age"]
    assert about["Last observed (reference)"] == "nothing held here shows it by then"
    assert about["All"] == 8
    assert about["Row of the register seen"] == 4711
    assert about["Digest of the audit"] == audit_digest(audit)
    assert about["decision"] == BY_KEY["decision"].help


def test_an_audit_without_findings_gives_a_worksheet_all_the_same():
    """Nothing found is an outcome, not an error."""
    assert len(rows_of(to_workbook(an_audit()))) == 1


def test_the_same_audit_gives_the_same_bytes():
    """A worksheet can be known again by its digest."""
    audit = an_audit(a_finding("missing", None, a_side("Unlisted Union", on=WORLD)))

    assert to_workbook(audit) == to_workbook(audit)
