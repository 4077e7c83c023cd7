import pytest
from tests.sources.uk.makers import workbook

from tizim.errors import SourceRefused
from tizim.sources.tables import Row
from tizim.sources.uk.opendocument import sheets


def _cell(value="", **attributes):
    said = "".join(f' {name.replace("_", ":", 1).replace("_", "-")}="{text}"' for name, text in attributes.items())
    inside = f"<text:p>{value}</text:p>" if value else ""
    return f"<table:table-cell{said}>{inside}</table:table-cell>"


def _rows(*rows):
    (sheet,) = sheets(workbook("".join(rows)), "list.ods")
    return list(sheet.rows)


def _row(*cells, repeated=""):
    attribute = f' table:number-rows-repeated="{repeated}"' if repeated else ""
    return f"<table:table-row{attribute}>\n{''.join(cells)}\n</table:table-row>"


def test_cells_are_read_as_text():
    """Days as ISO dates, whole numbers without a fraction, paragraphs as lines."""
    found = _rows(
        _row(
            _cell("a<text:s/>b<text:span>c</text:span>d<text:line-break/>e"),
            _cell("3 May", office_value_type="date", office_date_value="2021-05-03T00:00:00"),
            _cell("7", office_value_type="float", office_value="7.0"),
            _cell("x</text:p><text:p>y"),
        )
    )

    assert found == [Row(1, ("a bcd\ne", "2021-05-03", "7", "x\ny"))]


def test_repeated_cells_and_rows_stand_for_as_many():
    """The empty ones that fill up a sheet are left out; numbers of rows stay true."""
    found = _rows(
        _row(_cell(), repeated="3"),
        _row(_cell(table_number_columns_repeated="2"), _cell("a", table_number_columns_repeated="2"),
             _cell(table_number_columns_repeated="16380"), repeated="2"),
        _row(_cell(table_number_columns_repeated="16384"), repeated="1048570"),
    )  # fmt: skip

    assert found == [Row(4, ("", "", "a", "a")), Row(5, ("", "", "a", "a"))]


@pytest.mark.parametrize(
    "rows",
    [_row(_cell("a", table_number_columns_repeated="99999999")), _row(_cell("a"), repeated="99999999")],
)
def test_a_sheet_that_grows_beyond_any_list_is_refused(rows):
    """A small file must not fill the memory."""
    with pytest.raises(SourceRefused, match="than any list has"):
        _rows(rows)


def test_a_document_type_is_refused():
    """No workbook declares one; entities are how such files attack."""
    data = workbook("").replace(b"x", b"x")
    assert sheets(data, "list.ods")
    evil = workbook('<!DOCTYPE a [<!ENTITY b "c">]>')

    with pytest.raises(SourceRefused):
        sheets(evil, "list.ods")
