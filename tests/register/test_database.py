"""What is done for one kind of database only."""

import pytest
import sqlalchemy as sa
from tests.makers import Ticking, a_document, a_register, an_entry


@pytest.fixture
def on_a_server(tmp_path, postgres_url):
    """An empty register in PostgreSQL."""
    made = a_register(tmp_path, postgres_url)
    yield made
    made.close()


def rows_by_statistics(register, table):
    """How many rows the server believes a table to have; below one if it never looked."""
    with register._engine.connect() as connection:
        query = sa.text("SELECT reltuples FROM pg_class WHERE oid = CAST(:name AS regclass)")
        return connection.execute(query, {"name": table}).scalar_one()


def test_a_table_that_has_grown_is_looked_at_by_the_planner(on_a_server):
    """A server does so by itself minutes later, and until then reads whole tables for one row."""
    entries = [an_entry(f"QDi.{number}") for number in range(1_500)]

    on_a_server.append(a_document("2015-01-01", entries), Ticking())

    assert rows_by_statistics(on_a_server, "span") == pytest.approx(3_000, rel=0.1)
    assert rows_by_statistics(on_a_server, "entry") == pytest.approx(1_500, rel=0.1)


def test_a_table_that_has_hardly_grown_is_left_alone(on_a_server):
    """Looking costs a moment, and a keep of many small documents would spend it on each."""
    on_a_server.append(a_document("2015-01-01", [an_entry("QDi.1")]), Ticking())

    assert rows_by_statistics(on_a_server, "span") < 1
