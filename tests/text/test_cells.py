"""Cells of tables: what spreadsheets would run is neutral."""

import pytest

from tizim.text import neutral


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-1", "@sum", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＠a"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    """A customer's or a list's name is nobody's formula."""
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Anvar", "a=b", "'quoted", "1+1", "Ёлка", "-".join("ab")])
def test_other_cells_stay_as_they_are(text):
    """What is no formula is not touched."""
    assert neutral(text) == text
