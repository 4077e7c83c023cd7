"""Tables from outside: text in any encoding, workbooks, and what could make a reader fall over."""

import datetime as dt
import io
import zipfile

import pytest
import xlsxwriter

from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.tables import Row, cell_text, columns, decode, delimited, filled, is_workbook, modified, workbook


def a_workbook(*rows, sheet="Export"):
    """An XLSX with the rows as given."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet(sheet)
    for number, cells in enumerate(rows):
        for index, cell in enumerate(cells):
            page.write(number, index, cell)
    book.set_properties({"created": dt.datetime(2026, 2, 24, 5, 58, 50)})  # noqa: DTZ001 - the library wants none
    book.close()
    return out.getvalue()


def zipped(**parts):
    """A ZIP of parts by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_the_encoding_that_its_mark_or_its_bytes_tell(encoding):
    """A byte order mark decides by itself."""
    assert decode("Имя;日本".encode(encoding), "a.csv") == "Имя;日本"


def test_what_is_no_utf_8_is_read_in_the_next_encoding_asked_for():
    """Old files are in single-byte encodings."""
    assert decode("José".encode("windows-1252"), "a.csv") == "José"
    assert decode("Имя".encode("windows-1251"), "a.csv", encodings=("utf-8", "windows-1251")) == "Имя"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b"  <html><body>", "HTML"),
        (b"\xff\xfe\xff", "not text"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(data, told):
    """Error pages are saved under the names of lists."""
    with pytest.raises(SourceRefused, match=told):
        decode(data, "a.csv", encodings=("utf-8",))


def test_a_row_stands_at_the_line_on_which_it_begins_even_after_a_cell_of_several_lines():
    """Whoever looks for it in the file must find it."""
    rows = delimited('a,b\n"x\ny",2\n\n3,4\n', "a.csv")

    assert rows == [Row(1, ("a", "b")), Row(2, ("x\ny", "2")), Row(5, ("3", "4"))]


def test_a_quoted_cell_that_does_not_end_is_a_file_that_was_cut():
    """A cut file looks like a list from which many were taken."""
    with pytest.raises(SourceRefused, match=r"a.csv: line 2"):
        delimited('a,b\n"x,2\n', "a.csv")


def test_cells_of_a_workbook_come_as_text():
    """A mapper meets one kind of value."""
    data = a_workbook(["name", "n", "day", "sure"], ["Зенда", 2, dt.date(2024, 6, 3), True])

    sheet = workbook(data, "a.xlsx")[0]

    assert is_workbook(data)
    assert sheet.name == "Export"
    assert sheet.rows[1] == Row(2, ("Зенда", "2", "2024-06-03", "true"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.0, "2"),
        (2.5, "2.5"),
        (dt.datetime(2024, 6, 3, 10, 5), "2024-06-03 10:05:00"),  # noqa: DTZ001 - as workbooks have it
        (dt.time(10, 5), "10:05:00"),
        ("", ""),
    ],
)
def test_a_cell_is_told_as_a_reader_would_write_it(value, text):
    """Numbers without a fraction are no fractions, and a time of day is kept."""
    assert cell_text(value) == text


def test_a_workbook_says_when_it_was_changed_last():
    """Some lists print no other date."""
    assert modified(a_workbook(["a"]), "a.xlsx") == dt.datetime(2026, 2, 24, 5, 58, 50, tzinfo=dt.UTC)
    assert modified(zipped(docProps__app_xml="<a/>"), "a.xlsx") is None
    core = '<c xmlns:d="http://purl.org/dc/terms/"><d:modified>2026-02-24T05:58:50Z</d:modified></c>'
    assert modified(zipped(docProps__core_xml=core), "a.xlsx") == dt.datetime(2026, 2, 24, 5, 58, 50, tzinfo=dt.UTC)


@pytest.mark.parametrize("data", [b"PK\x03\x04", a_workbook(["a"])[:-200], b"plain text"])
def test_a_workbook_that_is_cut_off_is_refused(data):
    """What is left of it may look whole."""
    with pytest.raises(SourceRefused, match=r"a\.xlsx"):
        workbook(data, "a.xlsx")


def test_a_zip_that_unpacks_beyond_any_list_is_refused_before_it_is_unpacked():
    """A bomb of a few kilobytes must cost nothing."""
    bomb = zipped(xl__worksheets__sheet1_xml=b"0" * (257 * 1024 * 1024))

    with pytest.raises(SourceRefused, match="unpacks to"):
        workbook(bomb, "a.xlsx")


def test_one_cell_at_the_far_end_does_not_make_room_for_the_whole_sheet():
    """A reader makes room for the rectangle, empty or not."""
    far = b'<worksheet><sheetData><row r="999999"><c r="XFD999999"><v>1</v></c></row></sheetData></worksheet>'
    repeated = (
        b'<table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="99999999">'
        b"</table:table-cell></table:table-row>"
    )

    with pytest.raises(SourceRefused, match="reaches to row 999,999 and column 16,384"):
        workbook(zipped(xl__worksheets__sheet1_xml=far), "a.xlsx")
    with pytest.raises(SourceRefused, match="repeats a cell 99,999,999 times"):
        workbook(zipped(content_xml=repeated), "a.ods")


def test_a_column_that_must_be_there_and_is_not_sets_the_document_aside():
    """Reading on would lose what the column said."""
    header = Row(3, ("Name ", "Listed\non", ""))

    assert columns(header, ["Name", "Listed on"], "a.csv") == ("Name", "Listed on", "")
    with pytest.raises(SourceSuspicious, match="row 3: lacks the column Born; it has Name, Listed on"):
        columns(header, ["Born"], "a.csv")
    with pytest.raises(SourceRefused, match="two columns called Name"):
        columns(Row(1, ("Name", "Name")), [], "a.csv")


def test_a_cell_beyond_the_header_is_kept_under_the_number_of_its_column():
    """What nobody named is unread, and not gone."""
    assert filled(Row(2, ("a", " ", "b")), ("Name", "Born"), "a.csv") == (("Name", "a"), ("column 3", "b"))
    with pytest.raises(SourceRefused, match="row 2: has 1 cells, the header 2"):
        filled(Row(2, ("a",)), ("Name", "Born"), "a.csv")
