import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from tests.makers import Ticking, a_document, an_entry, archived
from tests.saying import everything

SQLITE = [
    "UPDATE log SET body = '{}' WHERE seq = 2",
    "UPDATE log SET seq = seq + 100",
    "UPDATE OR REPLACE log SET seq = 1 WHERE seq = 2",
    "UPDATE OR IGNORE log SET hash = ''",
    "DELETE FROM log",
    "DELETE FROM log WHERE seq = (SELECT max(seq) FROM log)",
    "INSERT OR REPLACE INTO log SELECT seq, recorded_us, kind, '{}', leaves, hash FROM log WHERE seq = 2",
    "REPLACE INTO log SELECT seq, recorded_us, kind, '{}', leaves, hash FROM log",
    "INSERT INTO log SELECT * FROM log WHERE true ON CONFLICT (seq) DO UPDATE SET body = '{}'",
    "UPDATE payload SET data = ''",
    "UPDATE payload SET seq = seq + 100",
    "DELETE FROM payload",
    "INSERT OR REPLACE INTO payload SELECT seq, '' FROM payload",
    "INSERT INTO payload SELECT * FROM payload WHERE true ON CONFLICT (seq) DO UPDATE SET data = ''",
]
POSTGRESQL = [
    "UPDATE log SET body = '{}' WHERE seq = 2",
    "UPDATE log SET seq = seq + 100",
    "DELETE FROM log",
    "DELETE FROM log WHERE seq = (SELECT max(seq) FROM log)",
    "TRUNCATE log",
    "TRUNCATE log, payload CASCADE",
    "INSERT INTO log SELECT * FROM log ON CONFLICT (seq) DO UPDATE SET body = '{}'",
    "MERGE INTO log l USING log m ON l.seq = m.seq WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM log RETURNING seq) SELECT count(*) FROM gone",
    "UPDATE payload SET data = ''",
    "UPDATE payload SET seq = seq + 100",
    "DELETE FROM payload",
    "TRUNCATE payload",
    "INSERT INTO payload SELECT * FROM payload ON CONFLICT (seq) DO UPDATE SET data = ''",
]


@pytest.fixture
def filled(register):
    """A register with two documents."""
    clock = Ticking()
    for day in ("2015-01-01", "2016-01-01"):
        register.append(archived(register, a_document(day, [an_entry("A", name=day)])), clock)
    return register


def refused(register, statement):
    """Run *statement* on a connection of our own; it must be refused, and nothing may have changed."""
    before = everything(register)
    with (
        pytest.raises(DBAPIError, match="append-only"),
        register._engine.connect() as connection,
        connection.begin(),
    ):
        connection.execute(sa.text(statement))
    assert register.verify().faults == ()
    assert everything(register) == before


@pytest.mark.parametrize("statement", SQLITE)
def test_sqlite_refuses_whatever_would_change_the_log(filled, statement):
    """Append-only is enforced in the database too; INSERT OR REPLACE is a deletion in disguise."""
    if filled._engine.dialect.name == "sqlite":
        refused(filled, statement)


@pytest.mark.parametrize("statement", POSTGRESQL)
def test_postgresql_refuses_whatever_would_change_the_log(filled, statement):
    """Append-only is enforced in the database too; TRUNCATE needs a trigger of its own."""
    if filled._engine.dialect.name == "postgresql":
        refused(filled, statement)


def test_replacing_is_refused_on_a_connection_without_our_settings_too(filled):
    """Another program that opens the file does not turn recursive triggers on."""
    if filled._engine.dialect.name != "sqlite":
        return
    with filled._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA recursive_triggers=OFF")
        with pytest.raises(DBAPIError, match="append-only"):
            connection.exec_driver_sql("INSERT OR REPLACE INTO log SELECT * FROM log")
        with pytest.raises(DBAPIError, match="append-only"):
            connection.exec_driver_sql("INSERT OR REPLACE INTO payload SELECT seq, '' FROM payload")


def test_a_payload_may_lose_a_value_but_take_none_even_after_an_act(filled):
    """An act opens a row for taking away, not for writing."""
    with filled._engine.connect() as connection, connection.begin():
        seq = connection.execute(sa.text("SELECT min(seq) FROM payload")).scalar()
        connection.execute(
            sa.text("INSERT INTO withheld VALUES (1, :seq, 1, 'name', 1, 'statement', '', '')"), {"seq": seq}
        )
    refused(filled, f"UPDATE payload SET data = data || 'x' WHERE seq = {seq}")  # noqa: S608 - a number
