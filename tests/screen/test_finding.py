"""Whom a name may be, told by one call of compiled code, is what is told by looking at one name after the other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.screen.conftest import ENTITIES

from tizim.match.analysis import SCHEMATA, reading_of
from tizim.match.asking import _Known
from tizim.screen import Screener

UNSAID = [
    ("l1", "LegalEntity", ["Owen Example", "Owen Examples", "Example Owen bin Ali", "..."]),
    ("l2", "LegalEntity", ["Putin Vladimir", "Acme Bank Ltd", "Vladimir Putin Ltd"]),
    ("l2", "Person", ["Putin V."]),
    ("l3", "LegalEntity", [f"Owen Example {at}" for at in range(40)]),
]
WORDS = [word for _, _, names, *_ in (*ENTITIES, *UNSAID) for name in names for word in name.split()] + ["Zed", "7", ""]
NAMES = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
ASKED = {"schema": st.sampled_from(list(SCHEMATA)), "most": st.sampled_from([1, 3, 20]), "fewest": st.integers(1, 5)}


@pytest.fixture(scope="module")
def everybody():
    """Subjects of every kind, and such of which nobody said what they are."""
    return Screener.build([*ENTITIES, *UNSAID])


def one_by_one(screener, name, schema, most, fewest):
    """What looking at one name after the other gives."""
    asked = screener._analyser.records(name, reading_of(schema))
    if not asked[0]:
        return {}
    return screener.found_by_reading(asked, schema, day=-1, most=most, fewest=fewest, within=None)


@given(name=NAMES, **ASKED)
def test_one_call_tells_what_one_name_after_the_other_does(everybody, name, schema, most, fewest):
    """The same entities in the same order, with the same scores and names, to the last bit."""
    found = everybody.found(name, schema, most=most, fewest=fewest)

    assert list(found.items()) == list(one_by_one(everybody, name, schema, most, fewest).items())


@given(name=NAMES, floor=st.sampled_from([0.0, 0.05, 0.3, 0.7, 1.0]), **ASKED)
def test_a_floor_leaves_out_those_that_score_no_more_and_nobody_else(everybody, name, floor, schema, most, fewest):
    """Whoever asks for matches alone misses none."""
    whole = everybody.found(name, schema, most=most, fewest=fewest)

    found = everybody.found(name, schema, most=most, fewest=fewest, floor=floor)

    assert list(found.items()) == [(owner, best) for owner, best in whole.items() if best[0] > floor]


def test_persons_among_subjects_of_no_said_kind_are_scored_as_persons(everybody):
    """Order counts in names of organisations, not in those of persons: the index holds both readings."""
    found = everybody.found("Example, Owen", "Person", most=20, fewest=5)

    assert {everybody.stored.ids[owner]: score for owner, (score, _) in found.items()}["l1"] == 1.0


def test_like_words_are_found_anew_where_there_is_no_room_for_more(everybody, monkeypatch):
    """What is remembered of words asked for before is thrown away when full; answers stay the same."""
    before = everybody.found("Owen Example", "Person", most=20, fewest=5)
    full = _Known()
    full.end = len(full.word) - 1
    monkeypatch.setattr(everybody._searcher, "_known", full)

    after = everybody.found("Owen Example", "Person", most=20, fewest=5)

    assert after == before
    assert everybody._searcher._known is not full


def test_nobody_is_found_on_an_empty_list():
    """There is nothing to look through."""
    assert Screener.build([]).found("Owen Example", "Person", most=5, fewest=1) == {}


def test_those_that_do_not_count_are_not_found(everybody):
    """A mask of entities is kept to in every step, in that of other names too."""
    nobody = np.zeros(len(everybody), dtype=np.uint8)

    assert everybody.found("Owen Example", "Person", most=5, fewest=1, within=nobody) == {}
