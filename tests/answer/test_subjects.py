"""Whom a question is about, by the names that were known at the moment of knowing."""

import datetime as dt

import pytest
from tests.makers import NOON, Ticking, a_document, a_register, an_entry

from tizim.answer.history import history
from tizim.answer.subjects import find, main_names
from tizim.domain.dates import AsOf, Basis


def recorded(second):
    """As recorded here in the first so many seconds after the register began."""
    return AsOf(valid_at=dt.date(2020, 1, 1), known_at=NOON + dt.timedelta(seconds=second), basis=Basis.RECORDED)


def published(day):
    """As published by *day*."""
    instant = dt.datetime.combine(dt.date.fromisoformat(day), dt.time.max, tzinfo=dt.UTC)
    return AsOf(valid_at=dt.date(2020, 1, 1), known_at=instant, basis=Basis.PUBLISHED)


@pytest.fixture
def renamed(tmp_path):
    """An entry that documents of two years call differently; each was recorded a second after the other."""
    register = a_register(tmp_path)
    clock = Ticking()
    register.append(a_document("2015-01-01", [an_entry("A", name="Old Name")]), clock)
    register.append(a_document("2016-01-01", [an_entry("A", name="New Name")]), clock)
    yield register
    register.close()


@pytest.mark.parametrize(
    ("as_of", "known"),
    [
        (recorded(1), {"Old Name"}), (recorded(2), {"Old Name", "New Name"}),
        (published("2015-06-01"), {"Old Name"}), (published("2016-06-01"), {"Old Name", "New Name"}),
        (None, {"Old Name", "New Name"}),
    ],
)  # fmt: skip
def test_a_subject_has_the_names_that_were_known(renamed, as_of, known):
    """An answer as known in 2015 holds no name that was printed in 2016."""
    with renamed.view() as view:
        found = find(view, "A", as_of)

    assert {row.text for row in found.names} == known


def test_a_subject_is_found_by_a_name_learnt_later_and_called_by_the_names_of_then(renamed):
    """Who asks knows today's name; what was known then stays what it was."""
    with renamed.view() as view:
        found = history(view, "new name", recorded(1))

    assert found.subject.main_name == "Old Name"


def test_a_subject_of_which_no_name_was_known_is_called_as_in_the_question(renamed):
    """An id in the middle of a sentence would read as if something had gone wrong."""
    with renamed.view() as view:
        asked_by_name = find(view, "New Name", recorded(0))
        names = main_names(view, {"un-sc:A": ("un-sc:A",)}, recorded(0))

    assert asked_by_name.names == ()
    assert asked_by_name.main_name == "New Name"
    assert names == {"un-sc:A": "un-sc:A"}
