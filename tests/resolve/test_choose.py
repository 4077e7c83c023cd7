"""Deciding between rivals: each class of doubt by one example."""

import pytest
from tests.resolve.makers import a_pair, a_profile

from tizim.domain.names import Kind
from tizim.resolve.choose import Verdict, choose


def chosen(ranked, *profiles, **asked):
    """The choices, by subject."""
    everyone = {one.subject: one for one in profiles}
    return choose(ranked, everyone, everyone, **asked)


A, B = a_profile("a:1", "Zenda Front"), a_profile("b:1", "Zenda Front")
SECOND = a_profile("b:2", "Zenda Union")


def test_the_only_candidate_is_taken():
    """Nothing speaks against it."""
    choice = chosen({"a:1": [a_pair("a:1", "b:1", 0.95)]}, A, B)["a:1"]

    assert (choice.verdict, choice.best.right, choice.why) == (Verdict.SAME, "b:1", "")


@pytest.mark.parametrize("ranked", [[], [a_pair("a:1", "b:1", 0.69)]], ids=["none", "too unlike"])
def test_where_no_name_is_like_it_there_is_none(ranked):
    """A candidate below the threshold is no counterpart, and is told as a rival for whoever wants to look."""
    choice = chosen({"a:1": ranked}, A, B)["a:1"]

    assert (choice.verdict, choice.best) == (Verdict.NONE, None)
    assert choice.rivals == tuple(ranked)


def test_the_threshold_is_the_caller_s():
    """Who takes more, takes more."""
    assert chosen({"a:1": [a_pair("a:1", "b:1", 0.69, names=("Zenda Front", "Y"))]}, A, B, accept=0.9)[
        "a:1"
    ].verdict is (Verdict.NONE)


# -- rivals ------------------------------------------------------------------------------------------


def test_of_two_that_are_as_near_neither_is_taken():
    """Either would be a guess; both are named."""
    choice = chosen({"a:1": [a_pair("a:1", "b:1", 1.0), a_pair("a:1", "b:2", 0.99)]}, A, B, SECOND)["a:1"]

    assert choice.verdict is Verdict.AMBIGUOUS
    assert choice.why == "Zenda Front (1) and Zenda Union (2) are both as near to it"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"score": 1.0}, {"score": 0.95}),
        ({"score": 1.0, "main": 0.9}, {"score": 0.99, "main": 0.2}),
        ({"score": 1.0, "main": 0.9, "alike": 4}, {"score": 1.0, "main": 0.9, "alike": 1}),
    ],
    ids=["by the score", "by the main names", "by the number of names in common"],
)
def test_one_that_is_clearly_nearer_is_taken(first, second):
    """A shared alias alone makes no rival of the one whose own name it is."""
    choice = chosen({"a:1": [a_pair("a:1", "b:1", **first), a_pair("a:1", "b:2", **second)]}, A, B, SECOND)["a:1"]

    assert (choice.verdict, choice.best.right) == (Verdict.SAME, "b:1")
    assert [pair.right for pair in choice.rivals] == ["b:2"]


# -- two that claim one ------------------------------------------------------------------------------


def test_of_two_that_claim_one_the_nearer_has_it():
    """An alias that two entries share belongs to the one whose main name is nearer."""
    other = a_profile("a:2", "Strelsau Union", aliases=("Zenda Front",))
    ranked = {"a:1": [a_pair("a:1", "b:1", 1.0, main=0.9)], "a:2": [a_pair("a:2", "b:1", 1.0, main=0.1)]}

    found = chosen(ranked, A, B, other)

    assert found["a:1"].verdict is Verdict.SAME
    assert found["a:2"].verdict is Verdict.AMBIGUOUS
    assert found["a:2"].why == "“Y” is a name of Zenda Front (1), to which “Zenda Front” is nearer"


def test_one_subject_twice_on_a_list_has_its_counterpart_twice():
    """Lists print a subject again, under another number; both are it."""
    twice = a_profile("a:2", "ZENDA FRONT")
    ranked = {"a:1": [a_pair("a:1", "b:1", 1.0)], "a:2": [a_pair("a:2", "b:1", 1.0)]}

    found = chosen(ranked, A, twice, B)

    assert [choice.verdict for choice in found.values()] == [Verdict.SAME, Verdict.SAME]


# -- places ------------------------------------------------------------------------------------------


ELSEWHERE = a_profile(
    "b:3", "Soldiers of Zenda in Algeria", "Zenda Army of Algeria", aliases=("Zenda Army",)
)  # two of three names say where


def test_an_organisation_most_of_whose_names_say_where_it_is_may_be_a_namesake():
    """Groups of one name stand in several countries, and an alias leaves the country out."""
    one = a_profile("a:1", "Zenda Army")

    choice = chosen({"a:1": [a_pair("a:1", "b:3", 1.0, main=0.3, names=("Zenda Army", "Zenda Army"))]}, one, ELSEWHERE)

    assert choice["a:1"].verdict is Verdict.AMBIGUOUS
    assert "most of whose names say where it is" in choice["a:1"].why


def test_one_that_says_the_same_place_is_taken():
    """Then nothing is left open."""
    one = a_profile("a:1", "Zenda Army (Algeria)")
    pair = a_pair("a:1", "b:3", 0.95, main=0.9, names=("Zenda Army (Algeria)", "Zenda Army"))

    assert chosen({"a:1": [pair]}, one, ELSEWHERE)["a:1"].verdict is Verdict.SAME


def test_places_say_nothing_of_persons():
    """People are called after places that they never saw."""
    one = a_profile("a:1", "Rudolf", kind=Kind.PERSON)
    other = a_profile("b:3", "Rudolf of Algeria", "Rudolf Algeria", aliases=("Rudolf",), kind=Kind.PERSON)

    found = chosen({"a:1": [a_pair("a:1", "b:3", 1.0, main=0.3, names=("Rudolf", "Rudolf"))]}, one, other)

    assert found["a:1"].verdict is Verdict.SAME
