"""Many names at once: the highest score of each is that which one question after the other gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.screen.conftest import ENTITIES
from tests.screen.test_snapshot import an_entity

from tizim.match.entities import Facts
from tizim.match.search import UNSURE
from tizim.screen import Screener
from tizim.screen.matching import Scope, Wanted, example_of, match, without_hits
from tizim.screen.snapshot import About, Snapshot

WORDS = [word for _, _, names, *_ in ENTITIES for name in names for word in name.split()] + ["Ltd", "Zed", "x", "7", ""]
NAMES = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
READ_AS_PERSONS = [one for one in ENTITIES if one[1] == "Person"]


@pytest.fixture(scope="module")
def persons():
    """Persons alone, whose names are all read in one way."""
    return Screener.build(READ_AS_PERSONS)


@given(names=st.lists(NAMES, min_size=1, max_size=9), most=st.sampled_from([1, 3, 20]))
def test_the_highest_score_is_what_one_question_gives(persons, names, most):
    """To the last bit, as long as nothing is above what is asked about."""
    everybody = np.ones(len(persons), dtype=np.uint8)

    tops = persons.tops(names, "Person", most=most, fewest=1, floor=1.0, within=everybody)

    found = [persons.found(name, "Person", most=most, fewest=1, within=everybody) for name in names]
    assert tops == [max((score for score, _ in one.values()), default=0.0) for one in found]


@given(names=st.lists(NAMES, min_size=1, max_size=9), floor=st.sampled_from([0.0, 0.3, 0.7]))
def test_a_score_is_never_told_too_low(screener, names, floor):
    """Above the floor it may be any; below it is the highest; names read in another way are left to the longer way."""
    everybody = np.ones(len(screener), dtype=np.uint8)

    tops = screener.tops(names, "LegalEntity", most=20, fewest=5, floor=floor, within=everybody)

    for name, top in zip(names, tops, strict=True):
        found = screener.found(name, "LegalEntity", most=20, fewest=5, within=everybody)
        highest = max((score for score, _ in found.values()), default=0.0)
        assert top in {UNSURE, highest} or (top > floor and highest > floor)


ONE_OF_EACH = Snapshot.build(
    About(version="1", made=""),
    [
        an_entity("p1", "Vladimir Putin", birthDate=["1952-10-07"], passportNumber=["AB1234567"]),
        an_entity("p2", *(f"Owen Example {at}" for at in range(30))),
        an_entity("p3", "Owen Exemple"),
        an_entity("l1", "Owen Example Holdings", "Owen Example", schema="LegalEntity"),
        an_entity("o1", "Acme Bank", "Acme Banque", schema="Organization"),
        an_entity("v1", "Ocean Star", schema="Vessel"),
    ],
)


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["Person", "Thing", "LegalEntity", "Company", "Vessel"]),
            NAMES,
            st.sampled_from([None, "1952-10-07", "1952", "1990"]),
            st.sampled_from([None, "AB1234567", "AB7654321"]),
        ),
        min_size=1,
        max_size=8,
    ),
    cutoff=st.sampled_from([0.0, 0.2, 0.5, 0.65, 0.7, 0.95]),
)
def test_who_is_told_to_be_nobody_is_nobody(rows, cutoff):
    """A customer who is left out by the quick way has no hit by the long one, whatever is known of them."""
    scope = Scope(ONE_OF_EACH)
    wanted = Wanted(limit=5, threshold=0.7, cutoff=cutoff)
    examples = [
        example_of(None, schema, {"name": [name], "birthDate": [born], "passportNumber": [number]})
        for schema, name, born, number in rows
    ]

    nobody = without_hits(scope, examples, wanted)

    for example, is_nobody in zip(examples, nobody, strict=True):
        hits = match(scope, example, wanted).hits
        assert not (is_nobody and hits)
        if example.schema.name == "Vessel" and example.facts == Facts():
            assert is_nobody == (not hits)
