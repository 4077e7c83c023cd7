"""Which tellings are of one act."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims.making import a_telling

from tizim.claims.grouping import group
from tizim.domain.claims import ClaimAction


def ids(groups):
    """The statements of each group."""
    return sorted(sorted(one.id for one in made.tellings) for made in groups)


def test_two_announcements_five_months_apart_are_one_delisting():
    """Nobody is taken off twice without being put on in between."""
    december = a_telling("a", date="2023-12-29")
    in_june = a_telling("b", date="2024-06-03")

    (one,) = group([in_june, december])

    assert one.action is ClaimAction.DELIST
    assert [told.id for told in one.tellings] == ["a", "b"]


def test_a_listing_that_the_register_holds_between_parts_two_delistings():
    """Off, on again, off again: two acts."""
    acts = [
        a_telling("a", date="2023-12-29"),
        a_telling("on", action="list", date="2024-03-01", news=False),
        a_telling("b", date="2024-06-03"),
    ]

    assert ids(group(acts)) == [["a"], ["b"], ["on"]]


def test_a_listing_that_only_an_article_claims_parts_nothing():
    """A false claim must not make two acts of one."""
    acts = [
        a_telling("a", date="2023-12-29"),
        a_telling("on", action="list", date="2024-03-01"),
        a_telling("b", date="2024-06-03"),
    ]

    assert ids(group(acts)) == [["a", "b"], ["on"]]


def test_done_decided_and_planned_of_one_act_are_together():
    """How far it has come is what they differ in, not what they are about."""
    acts = [
        a_telling("a", date="2023-12-29"),
        a_telling("b", modality="decided", published="2023-12-31"),
        a_telling("c", modality="planned", date="2023-12-29"),
    ]

    (one,) = group(acts)

    assert {told.id for told in one.tellings} == {"a", "b", "c"}


def test_a_claim_without_a_day_is_of_the_last_act_told_of_by_then():
    """“Already taken off”, a year later, is of the act that is known."""
    acts = [a_telling("a", date="2023-12-29"), a_telling("b", published="2025-03-31")]

    assert ids(group(acts)) == [["a", "b"]]


def test_years_apart_on_lists_of_a_state_that_has_several_are_two_acts():
    """The United States listed some twice, on two lists."""
    acts = [
        a_telling("old", action="list", date="2002-07-02", whose="us"),
        a_telling("new", action="list", date="2019-04-15", whose="us"),
        a_telling("one", action="list", date="2002-07-02", whose="us", on="us-sdgt", news=False),
        a_telling("two", action="list", date="2019-04-15", whose="us", on="us-fto", news=False),
    ]

    assert ids(group(acts)) == [["new", "two"], ["old", "one"]]


def test_years_apart_on_the_only_list_is_one_act_with_a_day_in_doubt():
    """Listed in 2005, says one; in 2015, says another; and nothing took it off between."""
    acts = [
        a_telling("a", action="list", date="2005-03"),
        a_telling("b", action="list", date="2015"),
        a_telling("held", action="list", date="2005-03-15", news=False),
    ]

    (one,) = group(acts)

    assert next(point for point in one.points if point.about == "date").is_conflict


def test_renewals_of_two_years_are_two_acts():
    """What recurs is not one act."""
    acts = [
        a_telling("a", action="renew", date="2021-02-02"),
        a_telling("b", action="renew", date="2024-02-02"),
        a_telling("c", action="renew", date="2024-02-20"),
    ]

    assert ids(group(acts)) == [["a"], ["b", "c"]]


def test_being_on_the_list_and_not_being_on_it_are_answers_to_one_question():
    """One says that the Council lists them, another that it does not."""
    acts = [
        a_telling("on", action="list", modality="in_force", whose="un"),
        a_telling("off", action="not_listed", modality="stated", whose="un"),
    ]

    (one,) = group(acts)

    assert one.is_status
    assert next(point for point in one.points if point.about == "modality").is_conflict


def test_a_welcome_goes_with_the_act_and_designates_nothing():
    """Whoever welcomes a delisting tells of it, and does not do it."""
    acts = [
        a_telling("a", date="2023-12-29"),
        a_telling("w", action="welcome", modality="stated", date="2023-12-30"),
        a_telling("alone", action="criticise", modality="stated", whose="ru"),
    ]

    found = {one.action: one for one in group(acts)}

    assert [told.id for told in found[ClaimAction.DELIST].reactions] == ["w"]
    assert [told.id for told in found[ClaimAction.CRITICISE].tellings] == ["alone"]


def test_subjects_that_nobody_knows_are_grouped_by_their_names():
    """Two articles name a group that no list has."""
    acts = [
        a_telling("a", subject="", date="2023-12-29"),
        a_telling("b", subject="", date="2023-12-30"),
    ]

    assert ids(group(acts)) == [["a", "b"]]


def test_statements_that_the_register_groups_as_one_event_are_one_act():
    """The ledger's own grouping is a person's word."""
    acts = [
        a_telling("a", date="2005-03", action="list", news=False, group="court", on="kz-list"),
        a_telling("b", date="2015", action="list", news=False, group="court", on="kz-fm"),
    ]

    assert ids(group(acts)) == [["a", "b"]]


tellings = st.lists(
    st.builds(
        a_telling,
        st.uuids().map(str),
        subject=st.sampled_from(["x", "y", ""]),
        action=st.sampled_from(["list", "delist", "renew", "suspend", "not_listed", "welcome"]),
        modality=st.sampled_from(["done", "decided", "planned", "in_force", "denied"]),
        date=st.sampled_from(["", "2005", "2005-03", "2023-12-29", "2024-06-03", "2015-10-15"]),
        published=st.sampled_from(["", "2024-01-01", "2024-06-04", "2016-01-01"]),
        news=st.booleans(),
        group=st.sampled_from(["", "one", "two"]),
    ),
    max_size=9,
    unique_by=lambda one: one.id,
)


@given(tellings, st.randoms())
def test_the_order_of_tellings_makes_no_difference(made, random):
    """What was kept first must not decide what is one act."""
    shuffled = list(made)
    random.shuffle(shuffled)

    assert ids(group(shuffled)) == ids(group(made))


@given(tellings)
def test_every_telling_is_in_one_place(made):
    """Nothing is lost, and nothing counts twice."""
    groups = group(made)
    placed = [told.id for one in groups for told in (*one.tellings, *one.reactions)]

    assert sorted(placed) == sorted(one.id for one in made)
    for one in groups:
        assert sorted(t.id for bundle in one.origins for t in bundle) == sorted(t.id for t in one.tellings)


@pytest.mark.parametrize("field", ["subject", "whose", "action"])
def test_what_differs_in_subject_list_or_act_is_never_one(field):
    """A delisting by one state is none by another."""
    other = {"subject": "y", "whose": "ru", "action": "suspend"}[field]

    assert len(group([a_telling("a", date="2024-01-01"), a_telling("b", date="2024-01-01", **{field: other})])) == 2
