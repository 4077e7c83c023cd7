"""Whatever is written for spreadsheets: nothing in it is run by the program that opens it."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.audit.making import a_finding, a_side, an_audit

import tizim
from tizim.audit.worksheet import to_workbook
from tizim.batch.rows import Reject
from tizim.batch.screening import Found
from tizim.batch.writing import WRITERS, outputs, write_rejects
from tizim.export.cells import Table

RUN = tuple("=+-@＝＋－＠")
TEXTS = st.text(st.sampled_from("=+-@\t\r\n ＝＋－＠,;\"'|aЖ1"), max_size=8)
WRITERS_KNOWN = {"batch/writing.py", "audit/worksheet/sheet.py", "export/cells.py"}
"""modules that write what spreadsheets open; whoever adds one adds it to the tests below"""


def output(*texts):
    """What a run found, as CSV."""
    file = io.BytesIO()
    customer, subject, list_id, reference, name = texts
    WRITERS["csv"](outputs([Found(7, customer, subject, list_id, reference, name, 0.75, 0.5)], "tizim-1", name), file)
    return file.getvalue()


def rejects(*texts):
    """Rows that were not screened, as CSV."""
    file = io.BytesIO()
    write_rejects([Reject(number, number, text) for number, text in enumerate(texts, start=1)], file)
    return file.getvalue()


def exported(*texts):
    """A table of an export, as CSV."""
    file = io.BytesIO()
    table = Table(file, ["a", "b", "c", "d", "e"], raw=False)
    table.put(texts)
    table.end()
    return file.getvalue()


@settings(max_examples=60)
@given(st.tuples(*[TEXTS] * 5))
@pytest.mark.parametrize("write", [output, rejects, exported])
def test_no_cell_of_a_csv_is_run(write, texts):
    """Whichever sign the spreadsheet parts cells by; numbers of ours are numbers."""
    told = write(*texts).decode()
    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(told, newline=""), delimiter=delimiter):
            assert [cell for cell in row if cell.lstrip(" \t\r\n").startswith(RUN)] == []


@settings(max_examples=15)
@given(TEXTS)
def test_no_cell_of_a_worksheet_is_run(text):
    """Texts are texts in a workbook; the only formulas are those that say what may be filled in."""
    side = a_side(f"={text}", reference=text, names=(f"@{text}", text), act=text, subject=text, statements=(text,))
    book = to_workbook(an_audit(a_finding("extra", side, reasons=(text,), action=text, basis_needed=text)))

    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        sheets = [packed.read(name).decode() for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 2
    for one in sheets:
        assert "<f" not in re.sub(r"<formula[12]>.*?</formula[12]>", "", one)
        assert "hyperlink" not in one


def test_every_writer_for_spreadsheets_is_tested_here():
    """A new one is not forgotten."""
    root = Path(tizim.__file__).parent
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if re.search(
            r"csv\.(Dict)?[Ww]riter\(|import xlsxwriter|openpyxl|to_csv\(|pyarrow\.csv", path.read_text("utf-8")
        )
    }

    assert found == WRITERS_KNOWN
