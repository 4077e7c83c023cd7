"""Whom a question is about, by the names that were known at the moment of knowing."""

import datetime as dt

import pytest
from tests.makers import NOON, Ticking, a_claim, a_document, a_register, an_entry

from tizim.answer.history import history
from tizim.answer.subjects import find, main_names
from tizim.domain.dates import AsOf, Basis
from tizim.domain.statements import Property


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


@pytest.fixture
def judged(tmp_path):
    """The records that make one subject with A after judgements on A and B, one document for each, a second apart."""
    register = a_register(tmp_path)
    clock = Ticking()
    register.append(a_document("2015-01-01", [an_entry("A"), an_entry("B")]), clock)

    def records(*verdicts, as_of=None):
        for day, (verdict, author) in enumerate(verdicts, start=1):
            claim = a_claim(Property.JUDGEMENT, verdict, author=author, **{"with": "un-sc:B"})
            register.append(
                a_document(f"2016-01-{day:02d}", [an_entry("A", [claim])], source=f"s{day}", complete=False), clock
            )
        with register.view() as view:
            return find(view, "un-sc:A", as_of).keys

    yield records
    register.close()


def test_a_judgement_of_same_ties_two_records(judged):
    """Only a judgement does; a like name does not."""
    assert judged(("same", "an author")) == ("un-sc:A", "un-sc:B")


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_a_later_judgement_unties_what_an_earlier_one_tied_from_then_on(judged, verdict):
    """A wrong judgement is mended by another one; what was answered before stays explained."""
    assert judged(("same", "an author"), (verdict, "another")) == ("un-sc:A",)
    assert judged(as_of=recorded(2)) == ("un-sc:A", "un-sc:B")
    assert judged(as_of=recorded(3)) == ("un-sc:A",)


def test_a_still_later_judgement_of_same_ties_them_again(judged):
    """The last word on a pair decides, whoever's it is."""
    assert judged(("same", "a"), ("different", "b"), ("same", "c")) == ("un-sc:A", "un-sc:B")
