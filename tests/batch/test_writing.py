"""The output: what spreadsheets would run is neutral in CSV, and as it is elsewhere."""

import io
import json

import pytest

from tizim.batch.screening import Found
from tizim.batch.writing import WRITERS, outputs


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
