"""The output: what spreadsheets would run is neutral in CSV, and as it is elsewhere."""

import io
import json

import pytest

from tizim.batch.screening import Found
from tizim.batch.writing import WRITERS, neutral, outputs


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


def written(form, found):
    """The bytes of an output."""
    file = io.BytesIO()
    WRITERS[form](outputs(found, "tizim-1", "v1"), file)
    return file.getvalue()


HIT = Found(7, "=cmd()", "p1", "one", "-1", '@Anvar, "T"', 0.75, 0.5)


def test_a_formula_in_a_csv_is_neutral():
    """In the ids of customers, in references and in names."""
    assert written("csv", [HIT]).decode().splitlines()[1] == (
        '7,\'=cmd(),p1,one,\'-1,"\'@Anvar, ""T""",0.75,0.5,tizim-1,v1'
    )


def test_a_program_reads_values_as_they_are():
    """JSON and Parquet are opened by no spreadsheet's rules, and ids must still be those of customers."""
    pq = pytest.importorskip("pyarrow.parquet")

    line = json.loads(written("jsonl", [HIT]))
    row = pq.read_table(io.BytesIO(written("parquet", [HIT]))).to_pylist()[0]

    assert line == row
    assert (row["row"], row["customer_id"], row["name"], row["score"]) == (7, "=cmd()", '@Anvar, "T"', 0.75)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_an_output_of_nobody_can_be_read(form):
    """Nobody found is an answer, with its columns."""
    if form == "parquet":
        pq = pytest.importorskip("pyarrow.parquet")
        table = pq.read_table(io.BytesIO(written(form, [])))
        assert (table.num_rows, table.column_names[0]) == (0, "row")
    else:
        assert len(written(form, []).splitlines()) == (1 if form == "csv" else 0)
