import stat
from pathlib import Path

import pytest
import sqlalchemy as sa

from tizim.customers import Store, schema
from tizim.errors import BadInput, Broken, Busy


def put(store, identifier):
    """Keep something."""
    with store.writing(noticed=True) as connection:
        row = {"id": identifier, "name": "a", "scopes": "", "hash": "", "made_us": 0, "until": ""}
        connection.execute(sa.insert(schema.api_key).values(**row))


def test_a_store_is_made_by_the_first_write_and_found_by_others(store, url):
    """Reading makes nothing: a service without customers' data has no file for them."""
    assert not store.exists()
    assert store.changes() == 0
    with pytest.raises(BadInput, match="nothing has been kept"), store.reading():
        pass

    put(store, "one")

    other = Store(url)
    assert other.exists()
    assert other.changes() == 1
    with other.reading() as connection:
        assert connection.scalars(sa.select(schema.api_key.c.id)).all() == ["one"]
    other.close()


def test_what_fails_half_way_leaves_nothing(store):
    """A transaction is whole or not there, and nobody is told to read anew for nothing."""
    put(store, "one")

    def half():
        with store.writing(noticed=True) as connection:
            connection.execute(sa.delete(schema.api_key))
            raise LookupError("half way")

    with pytest.raises(LookupError, match="half way"):
        half()

    assert store.changes() == 1
    with store.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(schema.api_key)) == 1


@pytest.mark.parametrize("table", schema.APPEND_ONLY)
def test_the_database_refuses_to_change_what_is_only_added_to(store, table):
    """Who approved what stands for ever, whoever has access to the file by another program."""
    own = schema.metadata.tables[table]
    blank = {column.name: 1 if not isinstance(column.type, sa.Text) else "x" for column in own.columns}
    with store.writing() as connection:
        connection.execute(sa.insert(own).values(**blank))

    for statement in (sa.delete(own), sa.update(own).values(at_us=5)):
        with pytest.raises(Broken), store.writing() as connection:
            connection.execute(statement)


def test_a_store_of_a_later_version_is_refused(store, url):
    """An older program would read it wrongly."""
    put(store, "one")
    with store.writing() as connection:
        connection.execute(sa.update(schema.state).where(schema.state.c.name == "schema").values(number=99))

    other = Store(url)
    with pytest.raises(BadInput, match="version 99"):
        other.exists()
    other.close()


def test_a_file_of_customers_is_for_its_owner_alone(tmp_path):
    """Other people of the machine are none of ours."""
    store = Store(f"sqlite:///{tmp_path / 'customers.sqlite'}")
    put(store, "one")
    store.close()

    assert stat.S_IMODE((tmp_path / "customers.sqlite").stat().st_mode) == 0o600


def test_what_is_deleted_is_gone_from_the_file(tmp_path):
    """Deleting means overwriting: no name is left in free pages of the database."""
    path = tmp_path / "customers.sqlite"
    store = Store(f"sqlite:///{path}")
    row = {"id": "1", "at_us": 1, "customer": "c", "body": "Zebediah Unforgettable" * 50}
    with store.writing() as connection:
        connection.execute(sa.insert(schema.screening).values(**row))
    with store.writing() as connection:
        connection.execute(sa.delete(schema.screening))
    store.close()

    assert all(b"Unforgettable" not in one.read_bytes() for one in Path(tmp_path).iterdir())


def test_errors_tell_whose_turn_it_is_and_nothing_of_what_was_to_be_written(tmp_path):
    """A message ends in a log, and what was to be written is about a person."""
    path = tmp_path / "customers.sqlite"
    first, second = Store(f"sqlite:///{path}", 0.05), Store(f"sqlite:///{path}", 0.05)
    put(first, "one")
    with first.writing(), pytest.raises(Busy, match="another process"):
        put(second, "two")
    with pytest.raises(Broken) as told:
        put(first, "one")
    assert "one" not in str(told.value).split("refused")[1]
    first.close()
    second.close()

    (tmp_path / "text").write_text("no database" * 100, encoding="utf-8")
    for address in (f"sqlite:///{tmp_path / 'text'}", f"sqlite:///{tmp_path / 'text' / 'below.sqlite'}"):
        store = Store(address)
        with pytest.raises((BadInput, Broken)):
            put(store, "one")
        store.close()
    for address in ("nonsense", "mysql://x/y"):
        with pytest.raises(BadInput, match="TIZIM_CUSTOMERS_URL"):
            Store(address)


def test_a_store_of_an_earlier_version_gets_the_tables_that_it_has_not(store, url):
    """Nobody loses keys because there is more to keep; reading alone changes nothing."""
    put(store, "one")
    with store.writing() as connection:
        schema.entered.drop(connection)
        connection.execute(sa.update(schema.state).where(schema.state.c.name == "schema").values(number=1))

    other = Store(url)
    assert other.exists()
    with other.reading() as connection:
        assert not sa.inspect(connection).has_table("entered")
    other.prepare()
    with other.reading() as connection:
        assert sa.inspect(connection).has_table("entered")
        assert connection.scalars(sa.select(schema.api_key.c.id)).all() == ["one"]
    other.close()
