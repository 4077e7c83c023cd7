"""A register with the starter for each test, loaded once and copied."""

import shutil

import pytest
from tests.claims.making import an_app


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """A home with the starter that nobody writes to."""
    home = tmp_path_factory.mktemp("filled") / "home"
    an_app(home).close()
    return home


@pytest.fixture
def app(filled, tmp_path):
    """A register with the starter."""
    shutil.copytree(filled, tmp_path / "home")
    made = an_app(tmp_path / "home", starter=False)
    yield made
    made.close()
