import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizim.errors import BadInput
from tizim.match.entities import Facts, adjusted, facts_of
from tizim.match.model import HIGHEST, MATCH_THRESHOLD

NOBODY = Facts()


def score(name_score, mine, theirs):
    """The score with facts of both sides."""
    return adjusted(name_score, facts_of(mine), facts_of(theirs)).score


def reasons(mine, theirs):
    """What is said of facts, in words."""
    return [one.what for one in adjusted(0.8, facts_of(mine), facts_of(theirs)).reasons]


SAME = [
    ({"birth_dates": "1965-05-25"}, {"birth_dates": "1965-05-25"}),
    ({"birth_dates": "1965-05"}, {"birth_dates": "1965-05-25"}),
    ({"birth_dates": "1965"}, {"birth_dates": "1965-05-25"}),
    ({"birth_dates": "1965-05-12"}, {"birth_dates": "1965-12-05"}),
    ({"countries": "AF"}, {"countries": ["pk", "af"]}),
    ({"genders": "Male"}, {"genders": "male"}),
    ({"identifiers": "AB-123 456"}, {"identifiers": "ab123456"}),
    ({"registrations": "IMO 9074729"}, {"registrations": "imo9074729"}),
]
OTHER = [
    ({"birth_dates": "1965-05-25"}, {"birth_dates": "1965-07-01"}),
    ({"birth_dates": "1965"}, {"birth_dates": "1966"}),
    ({"birth_dates": "1965"}, {"birth_dates": "1990-01-01"}),
    ({"countries": "af"}, {"countries": "fr"}),
    ({"genders": "male"}, {"genders": "female"}),
    ({"identifiers": "A1"}, {"identifiers": "B2"}),
    ({"registrations": "1"}, {"registrations": "2"}),
]


@pytest.mark.parametrize(("mine", "theirs"), SAME)
def test_a_fact_that_agrees_raises_a_score(mine, theirs):
    """Each of the five, as far as it is known on both sides."""
    assert score(0.8, mine, theirs) > 0.8


@pytest.mark.parametrize(("mine", "theirs"), OTHER)
def test_a_fact_that_disagrees_lowers_a_score(mine, theirs):
    """Each of the five, and less or more by what it says."""
    assert score(0.8, mine, theirs) < 0.8
    assert score(1.0, mine, theirs) < 1


@pytest.mark.parametrize(("mine", "theirs"), SAME + OTHER)
def test_facts_of_one_side_alone_say_nothing(mine, theirs):
    """That a list does not print a birth date speaks for nobody."""
    assert score(0.8, mine, {}) == score(0.8, {}, theirs) == 0.8


@pytest.mark.parametrize(("mine", "theirs"), SAME + OTHER)
def test_it_does_not_matter_whose_facts_come_first(mine, theirs):
    """The same two entities have one score."""
    assert score(0.8, mine, theirs) == score(0.8, theirs, mine)


@pytest.mark.parametrize("name_score", [0.0, 0.01, 0.2, 0.49])
def test_facts_never_make_a_match_of_names_that_are_none(name_score):
    """Everybody was born on some day in some country."""
    everything = {
        "birth_dates": "1965-05-25", "countries": "af", "genders": "male", "identifiers": "A1", "registrations": "R1",
    }  # fmt: skip

    assert score(name_score, everything, everything) < MATCH_THRESHOLD


def test_names_written_alike_are_no_match_if_gender_and_generation_differ():
    """The full score of the names is no verdict on the persons."""
    mine, theirs = {"genders": "male", "birth_dates": "1940"}, {"genders": "female", "birth_dates": "1990"}

    assert score(1.0, mine, theirs) < MATCH_THRESHOLD


def test_agreeing_facts_leave_a_full_score_full_and_lift_no_other_to_it():
    """1 is for names written alike, by rule."""
    mine = {"birth_dates": "1965-05-25", "identifiers": "A1"}

    assert score(1.0, mine, mine) == 1
    assert score(0.99, mine, mine) <= HIGHEST


def test_the_better_known_a_common_birth_date_the_more_it_says():
    """A year is shared by millions, a day by thousands."""
    year, month, day = (
        score(0.6, {"birth_dates": date}, {"birth_dates": "1965-05-25"}) for date in ("1965", "1965-05", "1965-05-25")
    )

    assert year < month < day


def test_of_several_birth_dates_the_best_pair_counts():
    """Lists print all that are told."""
    assert reasons({"birth_dates": ["1970", "1965"]}, {"birth_dates": ["1965-05-25", "1980"]}) == [
        "the same year of birth, 1965"
    ]


def test_reasons_are_told_in_words():
    """A reviewer reads them."""
    assert reasons({"birth_dates": "1965-05-12"}, {"birth_dates": "1965-12-05"}) == [
        "day and month of birth exchanged, 1965-05-12 and 1965-12-05"
    ]
    assert reasons({"birth_dates": "1965"}, {"birth_dates": "1967"}) == ["born 2 years apart, 1965 and 1967"]
    assert reasons({"countries": "AF"}, {"countries": "fr"}) == ["another country, af and fr"]
    assert reasons({"identifiers": "A-1"}, {"identifiers": "a1"}) == ["the same identifier, a1"]


def test_no_facts_no_reasons():
    """The score of the names is handed on as it is."""
    found = adjusted(0.5, NOBODY, NOBODY)

    assert (found.score, found.reasons) == (0.5, ())
    assert not NOBODY


def test_facts_are_read_from_texts_days_and_lists_of_them():
    """Callers hold them in many shapes; blanks and repetitions go."""
    found = facts_of(
        {"birth_dates": [dt.date(1965, 5, 25), "1965-05-25", " "], "countries": ("AF", "af"), "genders": ""}
    )

    assert found == Facts(birth_dates=("1965-05-25",), countries=("af",))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"birthday": "1965"}, "no fact 'birthday' is compared: there are birth_dates, countries"),
        ({"birth_dates": "May 1965"}, "a birth date is written 1965, 1965-05 or 1965-05-25, not 'May 1965'"),
        ({"birth_dates": 1965}, "birth_dates must be a text or several, not int"),
        ({"countries": {"af"}}, "countries must be a text or several, not set"),
    ],
)
def test_facts_that_cannot_be_read_are_the_callers_mistake(given, message):
    """Leaving them out in silence would answer another question."""
    with pytest.raises(BadInput) as caught:
        facts_of(given)

    assert message in str(caught.value)


def test_facts_of_two_records_are_joined_without_repetition():
    """An entity may come in several rows."""
    one, other = facts_of({"countries": ["af", "pk"]}), facts_of({"countries": "pk", "genders": "male"})

    assert one.joined(other) == Facts(countries=("af", "pk"), genders=("male",))


DATES = st.sampled_from(["1965", "1966", "1965-05", "1965-05-25", "1965-06-01", "1940"])
FACTS = st.builds(
    Facts,
    birth_dates=st.lists(DATES, max_size=2).map(tuple),
    countries=st.lists(st.sampled_from(["af", "fr", "ru"]), max_size=2).map(tuple),
    identifiers=st.lists(st.sampled_from(["a1", "b2"]), max_size=1).map(tuple),
    genders=st.lists(st.sampled_from(["male", "female"]), max_size=1).map(tuple),
    registrations=st.lists(st.sampled_from(["1", "2"]), max_size=1).map(tuple),
)
SCORES = st.floats(0, HIGHEST) | st.just(1.0)


@given(SCORES, FACTS, FACTS)
def test_a_score_with_facts_is_in_bounds_and_a_weak_name_no_match(name_score, mine, theirs):
    """Whatever is known, a score stays a score."""
    found = adjusted(name_score, mine, theirs).score

    assert 0 <= found <= 1
    assert found < MATCH_THRESHOLD or name_score >= 0.5


@given(SCORES, SCORES, FACTS, FACTS)
def test_a_better_name_never_scores_less_with_the_same_facts(one, other, mine, theirs):
    """Facts move scores, and never turn their order round."""
    low, high = sorted((one, other))

    assert adjusted(low, mine, theirs).score <= adjusted(high, mine, theirs).score + 1e-9
