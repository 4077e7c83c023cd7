"""A small register whose decisions go by its own clock, and a copy of its site."""

import pytest
from tests.site_files.made import a_small_register


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A register of its own for each test."""
    (tmp_path / "home").mkdir()
    made = a_small_register(tmp_path / "home", monkeypatch)
    yield made
    made.close()


@pytest.fixture(scope="session")
def copied(tmp_path_factory):
    """A copy in two languages, of a register to which nobody writes: the register, and the folder."""
    folder = tmp_path_factory.mktemp("copied")
    (folder / "home").mkdir()
    with pytest.MonkeyPatch.context() as patch:  # other tests of the session have the clock of the application
        small = a_small_register(folder / "home", patch)
        small.tells("2026-01-04", "boz-gurd", "retained", "2024-01-01", note="reason given: not on the UN list")
        small.copied(folder / "out", base="https://register.test/site")
    yield small, folder / "out"
    small.close()
