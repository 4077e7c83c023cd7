import sqlite3
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from tests.makers import Ticking, a_document, a_register, an_entry, archived

from tizim.errors import BadInput, Broken, NoRegister, NotSupported
from tizim.register import migrate
from tizim.register.archive import Archive
from tizim.register.schema import metadata
from tizim.register.sql import SqlRegister


def test_a_new_database_is_what_the_tables_say(register):
    """The migrations and the tables that the code writes to must not drift apart."""
    with register._engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)

    assert found == []


def test_the_newest_script_is_the_schema_that_the_code_wants():
    """A new migration without a new HEAD would never be run."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))

    assert ScriptDirectory.from_config(config).get_heads() == [migrate.HEAD]


def test_preparing_again_changes_nothing(register):
    """Every keep prepares; a register that is there already stays as it is."""
    register.append(a_document("2015-01-01", [an_entry("A")]), Ticking())
    head = register.head()

    register.prepare()

    assert register.head() == head


READING = [
    lambda register: register.view().__enter__(),
    lambda register: register.head(),
    lambda register: register.verify(),
    lambda register: register.rebuild(),
]


@pytest.mark.parametrize("read", READING)
def test_a_missing_file_is_no_register_and_stays_missing(tmp_path, read):
    """A question must not make an empty register that the next question would find."""
    register = SqlRegister(f"sqlite:///{tmp_path / 'deep' / 'register.sqlite'}", Archive(tmp_path / "archive"))

    assert not register.exists()
    with pytest.raises(NoRegister):
        read(register)
    assert list(tmp_path.iterdir()) == []
    register.close()


@pytest.mark.parametrize("read", READING)
def test_a_database_without_tables_is_no_register_and_gets_none(register_url, tmp_path, read):
    """Somebody else's database must not be touched by a question."""
    if register_url.startswith("sqlite"):
        with sqlite3.connect(tmp_path / "register.sqlite") as other:
            other.execute("CREATE TABLE theirs (x)")
        other.close()
    register = SqlRegister(register_url, Archive(tmp_path / "archive"))
    before = (tmp_path / "register.sqlite").read_bytes() if register_url.startswith("sqlite") else b""

    assert not register.exists()
    with pytest.raises(NoRegister):
        read(register)
    with register._engine.connect() as connection:
        assert set(sa.inspect(connection).get_table_names()) <= {"theirs"}
    if before:
        assert (tmp_path / "register.sqlite").read_bytes() == before
    register.close()


def test_a_schema_of_another_version_is_not_guessed_at(register):
    """An older tizim must not write into a newer register."""
    with register._engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    register._shared = None

    with pytest.raises(NotSupported, match="schema 9999"), register.view():
        pass
    with pytest.raises(NotSupported, match="schema 9999"):
        register.append(a_document("2015-01-01", [an_entry("A")]), Ticking())


def test_a_file_that_is_no_database_is_broken(tmp_path):
    """The message says which file it is, and that tizim did not make it so."""
    (tmp_path / "register.sqlite").write_bytes(b"not a database at all, but long enough to be taken for one" * 20)
    register = SqlRegister(f"sqlite:///{tmp_path / 'register.sqlite'}", Archive(tmp_path / "archive"))

    with pytest.raises(Broken, match=r"register\.sqlite is damaged or not a register"):
        register.head()
    register.close()


def test_a_connection_that_could_not_be_made_ready_is_closed(tmp_path):
    """The pool never hears of it, so nobody else would close it."""
    (tmp_path / "register.sqlite").write_bytes(b"not a database at all, but long enough to be taken for one" * 20)
    register = SqlRegister(f"sqlite:///{tmp_path / 'register.sqlite'}", Archive(tmp_path / "archive"))
    made = []
    sa.event.listen(
        register._engine,
        "do_connect",
        lambda dialect, _record, given, named: made.append(dialect.connect(*given, **named)) or made[-1],
    )

    with pytest.raises(Broken):
        register.head()
    register.close()

    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        made[0].execute("SELECT 1")


@pytest.mark.parametrize(
    ("url", "reason"),
    [("mysql://localhost/x", "not in 'mysql'"), ("no address", "not a database address")],
)
def test_other_databases_are_refused_in_words(tmp_path, url, reason):
    """A setting that cannot work says so before anything is done."""
    with pytest.raises(BadInput, match=reason):
        SqlRegister(url, Archive(tmp_path))


def test_two_processes_may_prepare_the_same_new_register(tmp_path):
    """`tizim up` in two windows makes one register."""
    faults = []

    def prepare():
        try:
            a_register(tmp_path).close()
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in a thread must reach the test
            faults.append(error)

    threads = [threading.Thread(target=prepare) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []


def test_a_register_of_the_first_schema_is_brought_to_the_newest_by_preparing(register):
    """Who kept documents with an earlier build goes on with the same register, and nothing in it is lost."""
    register.append(archived(register, a_document("2015-01-01", [an_entry("A")])), Ticking())
    with register._engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("ALTER TABLE document DROP COLUMN retrieved_us")
        connection.exec_driver_sql("DROP INDEX span_by_key")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    register._shared = register._projector = None
    with pytest.raises(NotSupported, match="schema 0001"):
        register.head()

    register.prepare()

    with register.view() as view:
        assert [doc.retrieved_at for doc in view.documents()] == [None]
    assert register.verify().faults == ()


def test_a_register_of_a_newer_tizim_is_left_alone_and_says_so(register):
    """To rebuild would not help, and to write could harm: only a newer tizim knows that schema."""
    with register._engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    for act in (register.prepare, register.head, register.rebuild):
        with pytest.raises(NotSupported, match=f"has schema 9999, this tizim knows {migrate.HEAD}: it needs a newer"):
            act()
