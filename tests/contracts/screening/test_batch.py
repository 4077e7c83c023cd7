"""A file is answered as queries are: the same subjects, scores and order for each row."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.screening.conftest import a_client

from tizim.batch.rows import Chunk, Row
from tizim.batch.screening import Screening
from tizim.batch.terms import Layout, Terms
from tizim.screen.current import Current

PROPERTIES = ("name", "birthDate", "nationality", "passportNumber")
LAYOUT = Layout(
    id_at=-1, schema_at=0, properties=tuple((name, at) for at, name in enumerate(PROPERTIES, 1)), columns=()
)
WORDS = ("Anvar", "Анвар", "Testov", "Tester", "Anwar", "Ocean", "Example", "Jamila", "Qodirovich", "Bank", "x")


@pytest.fixture(scope="module")
def both(held):
    """The service and the file's way, over one snapshot."""
    return a_client(Current(held)), Screening(held, Terms(schema="Thing", schema_column="kind"), LAYOUT), held


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["Person", "Thing", "LegalEntity", "Organization", "Vessel"]),
            st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
            st.sampled_from([None, "1971-05-06", "1971", "1931-01-01", "no date"]),
            st.sampled_from([None, "ru", "Germany"]),
            st.sampled_from([None, "AB1234567", "ZZ0000000"]),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_each_row_of_a_file_is_answered_as_a_query_is(both, rows):
    """To the last bit of a score, whatever is known of the customer besides a name."""
    client, screening, held = both
    queries = {
        str(at): {
            "schema": schema,
            "properties": {name: [value] for name, value in zip(PROPERTIES, values, strict=True) if value},
        }
        for at, (schema, *values) in enumerate(rows, 1)
    }

    answer = client.post("/match/default", content=json.dumps({"queries": queries})).json()
    part = screening.part(Chunk(0, [Row(at, at, list(row)) for at, row in enumerate(rows, 1)], [], 1.0))

    told = [
        (int(key), one["id"], on, one["score"], one["order"])
        for key, response in answer["responses"].items()
        for one in response["results"]
        for on in one["datasets"]
    ]
    assert [(one.row, one.subject, one.list, one.score, one.order) for one in part.found] == told
    assert answer["data_version"] == held.about.version
    for one in part.found:
        why = next(r for r in answer["responses"][str(one.row)]["results"] if r["id"] == one.subject)["explanations"]
        assert "name_match" not in why or why["name_match"]["candidate"] == one.name
