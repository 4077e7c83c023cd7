"""Cells of tables: what spreadsheets would run is neutral."""

import pytest

from tizim.text import neutral


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-1", "@sum", "\tcmd", "\rcmd", "\ncmd", "  =1", "＝1", "＠a"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    """A customer's or a list's name is nobody's formula."""
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize(("text", "told"), [("a;=1", "a;'=1"), ("a\n -1", "a\n '-1"), ("\t=1", "'\t'=1")])
def test_so_does_what_would_be_a_cell_where_cells_are_parted_otherwise(text, told):
    """Many countries' spreadsheets begin a cell at a semicolon, and all of them a row at a new line."""
    assert neutral(text) == told


@pytest.mark.parametrize("text", ["", "a;b", "a; 1=1", "Anvar", "a=b", "'quoted", "1+1", "Ёлка", "-".join("ab")])
def test_other_cells_stay_as_they_are(text):
    """What is no formula is not touched."""
    assert neutral(text) == text
