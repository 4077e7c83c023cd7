"""Stores for the tests of the room, in both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tizim.customers import Marks, Store

SECRET = "a secret of more than thirty-two characters"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'home' / 'customers.sqlite'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store in which nothing was kept yet."""
    made = Store(url)
    yield made
    made.close()


@pytest.fixture
def marks() -> Marks:
    """Marks under a secret."""
    return Marks(SECRET)
