"""Registers for the tests of the room, in both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import Connection
from tests.makers import a_register

from tizim.register.sql import SqlRegister


@pytest.fixture
def register(register_url: str, tmp_path: Path) -> Iterator[SqlRegister]:
    """An empty register."""
    made = a_register(tmp_path, register_url)
    yield made
    made.close()


@pytest.fixture
def tampering(register: SqlRegister):
    """A connection of somebody who may do anything: no trigger holds."""

    @contextmanager
    def opened() -> Iterator[Connection]:
        with register._engine.connect() as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            else:
                triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
                for (name,) in connection.exec_driver_sql(triggers).all():
                    connection.exec_driver_sql(f"DROP TRIGGER {name}")
            yield connection
        register._projector = register._shared = None

    return opened
