"""A register of three invented lists."""

import pytest
from tests.makers import Ticking, a_register
from tests.resolve.makers import a_table, an_entry_of


@pytest.fixture
def clock():
    """A clock that moves a second each time."""
    return Ticking()


@pytest.fixture
def register(tmp_path, clock):
    """Three lists: two subjects on all of them, one of them told twice by the third, and namesakes of nobody."""
    made = a_register(tmp_path)
    made.append(
        a_table(
            "a-list",
            an_entry_of("a-list", "1", "Zenda Liberation Front", "Фронт освобождения Зенды"),
            an_entry_of("a-list", "2", "Rudolf Rassendyll", kind="person", born="1861-05-04"),
            an_entry_of("a-list", "3", "Strelsau Shipping Company"),
        ),
        clock,
    )
    made.append(
        a_table(
            "b-list",
            an_entry_of("b-list", "7", "Фронт освобождения Зенды"),
            an_entry_of("b-list", "8", "RASSENDYLL, Rudolf", kind="person", born="1861-05-04"),
        ),
        clock,
    )
    made.append(
        a_table(
            "c-list",
            an_entry_of("c-list", "x", "Rudolf Rassendyll", kind="person"),
            an_entry_of("c-list", "y", "Rudolph Rassendyll", kind="person"),
        ),
        clock,
    )
    yield made
    made.close()
