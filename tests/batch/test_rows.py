"""Rows of a file: the same customers in each form, and every bad one told."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizim.batch.rows import Reject, Row, Table
from tizim.batch.terms import Terms
from tizim.errors import BadInput


def everything(table, size=1_000_000):
    """All rows and rejects of a table, in their order."""
    found = [one for chunk in table.chunks(size) for one in (*chunk.rows, *chunk.rejects)]
    return sorted(found, key=lambda one: one.number if isinstance(one, Row) else one.row)


def cells(table):
    """The cells of the rows of a table."""
    return [one.cells for one in everything(table)]


def test_the_same_customers_are_read_from_each_form(tmp_path):
    """Whoever changes the form of the file does not change what is asked."""
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    rows = [("c1", "Anvar Testov", dt.date(1971, 5, 6)), ("c2", "Анвар", None), ("3", "Ocean, Star", None)]
    (tmp_path / "a.csv").write_text(
        'id,name,born\nc1,Anvar Testov,1971-05-06\nc2, Анвар ,\n3,"Ocean, Star",\n', encoding="utf-8-sig"
    )
    (tmp_path / "a.jsonl").write_text(
        "".join(
            json.dumps({"id": int(a) if a == "3" else a, "name": b, "born": c and str(c)}) + "\n\n" for a, b, c in rows
        ),
        encoding="utf-8",
    )
    columns = dict(zip(("id", "name", "born"), map(list, zip(*rows, strict=True)), strict=True))
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    terms = Terms(schema="Person", mapped=(("birthDate", "born"),))

    read = {form: cells(Table(str(tmp_path / f"a.{form}"), form, terms)) for form in ("csv", "jsonl", "parquet")}

    assert read["csv"] == read["jsonl"] == read["parquet"]
    assert read["csv"][0] == ["Anvar Testov", "1971-05-06", "c1"]


@given(
    rows=st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)] * 2),
        max_size=12,
    ),
    size=st.integers(1, 5),
)
def test_every_record_of_a_csv_is_read_once_whatever_its_cells_hold(tmp_path_factory, rows, size):
    """Line ends, quotation marks and commas inside cells part no customers and join none."""
    path = tmp_path_factory.getbasetemp() / "law.csv"
    lines = ["id,name", *(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    table = Table(str(path), "csv", Terms())

    read = everything(table, size)

    assert [one.number for one in read] == list(range(1, len(rows) + 1))
    assert [one.cells for one in read] == [[name.strip() or None, key.strip() or None] for key, name in rows]


def test_customers_after_an_open_quotation_mark_are_read(tmp_path):
    """One slip of the keyboard in row 2 must not hide all customers below it."""
    path = tmp_path / "a.csv"
    path.write_text(
        'id,name\n1,Anvar\n2,"Testov\n' + "".join(f"{at},Name {at}\n" for at in range(3, 9_000)), encoding="utf-8"
    )

    read = everything(Table(str(path), "csv", Terms()))

    assert len(read) == 8_999
    assert read[1] == Reject(2, 3, "a quotation mark is opened and never closed")
    assert read[-1].cells == ["Name 8999", "8999"]
    assert read[-1].line == 9_000


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_line_without_end_is_passed_over(tmp_path, form):
    """A file that is no table must not fill the memory, and what comes after is read."""
    head, row = ("name\n", "Anvar\n") if form == "csv" else ("", '{"name": "Anvar"}\n')
    path = tmp_path / f"a.{form}"
    path.write_text(f"{head}{row}{'x' * 3_000_000}\n{row}", encoding="utf-8")

    read = everything(Table(str(path), form, Terms()))

    assert [type(one) for one in read] == [Row, Reject, Row]
    assert "longer than 1,048,576" in read[1].reason
    assert read[2].line == read[0].line + 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[1]", "no JSON object"),
        ('{"name": "a"', "no JSON object"),
        ('{"name": {"first": "a"}}', "column 'name' holds neither text"),
        ('{"name": "\\ud800"}', "no JSON object"),
    ],
)
def test_lines_that_are_no_customers_are_told(tmp_path, line, reason):
    """With what is wrong with them."""
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"name": "a"}}\n{line}\n{{"name": ["b", "c"], "more": 1}}\n', encoding="utf-8")

    first, second, third = everything(Table(str(path), "jsonl", Terms()))

    assert (first.cells, third.cells) == (["a"], [["b", "c"]])
    assert (second.row, second.line) == (2, 2)
    assert reason in second.reason


def test_a_folder_of_parquet_files_is_one_table(tmp_path):
    """As Spark and others write them, with marks beside them that are no part of it."""
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    for at in range(3):
        pq.write_table(pa.table({"name": [f"n{at}", f"m{at}"]}), tmp_path / f"part-{at}.parquet")
    (tmp_path / "_SUCCESS").touch()
    (tmp_path / "_x.parquet").touch()

    read = everything(Table(str(tmp_path), "parquet", Terms()), 2)

    assert [(one.number, one.cells[0]) for one in read] == [
        (1, "n0"), (2, "m0"), (3, "n1"), (4, "m1"), (5, "n2"), (6, "m2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "terms", "told"),
    [
        ("", Terms(), "is empty"),
        ("a,b\n", Terms(), "has no column 'name'; its columns are a, b"),
        ("a,b\n", Terms(name_column="c"), "--name-column: the file has no column 'c'"),
        ("name,name\n", Terms(), "has several columns 'name'"),
        ("name\n", Terms(id_column="key"), "--id-column"),
        ("name\n", Terms(schema="Person", mapped=(("birthDate", "born"),)), "--map birthDate=born"),
    ],
)
def test_a_file_without_the_columns_that_are_needed_is_refused(tmp_path, text, terms, told):
    """Before anything is done, with what its columns are."""
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(BadInput, match=told):
        Table(str(path), "csv", terms)


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ({"schema": "Zebra"}, "no schema 'Zebra'"),
        ({"schema": "Sanction"}, "no schema 'Sanction'"),
        ({"mapped": (("birthDate", "born"),)}, "no Thing has it; say with --schema"),
        ({"mapped": (("bornOn", "born"),)}, "FollowTheMoney has no such property"),
        ({"limit": 0}, "--limit"),
        ({"threshold": 1.5}, "--threshold"),
        ({"threshold": float("nan")}, "--threshold"),
    ],
)
def test_terms_that_nobody_can_answer_are_refused(terms, told):
    """A property that no entity has would be compared with nothing, in silence."""
    with pytest.raises(BadInput, match=told):
        Terms(**terms)
