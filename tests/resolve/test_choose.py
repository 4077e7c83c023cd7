"""Deciding between rivals: each class of doubt by one example."""

import msgspec
import pytest
from tests.resolve.makers import a_pair, a_profile

from tizim.domain.names import Kind
from tizim.match.entities import Reason
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


def test_three_that_are_as_near_are_not_told_as_two():
    """A sentence counts what it names."""
    third = a_profile("b:3", "Zenda League")
    ranked = [a_pair("a:1", f"b:{number}", 1.0) for number in (1, 2, 3)]

    why = chosen({"a:1": ranked}, A, B, SECOND, third)["a:1"].why

    assert why == "Zenda Front (1), Zenda Union (2) and Zenda League (3) are all 3 as near to it"


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
    assert found["a:2"].why == "“Y” is a name of Zenda Front (1), to which another entry, “Zenda Front”, is nearer"


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


def test_a_place_that_another_of_its_names_says_is_said():
    """The name that happens to be most alike is not the only one it has."""
    one = a_profile("a:1", "Zenda: Algeria Branch", aliases=("Zenda Army",))
    pair = a_pair("a:1", "b:3", 1.0, main=0.9, names=("Zenda Army", "Zenda Army"))

    assert chosen({"a:1": [pair]}, one, ELSEWHERE)["a:1"].verdict is Verdict.SAME


# -- what else is known ------------------------------------------------------------------------------


def spoken_against(what, gain, **stated):
    """A pair of like names, of which something else is known."""
    pair = a_pair("a:1", "b:1", 0.95, main=stated.pop("main", 0.3), names=("Jundallah", "Jundallae"), **stated)
    return msgspec.structs.replace(pair, reasons=(Reason(what=what, gain=gain),))


@pytest.mark.parametrize("kind", [Kind.ORGANISATION, Kind.PERSON])
def test_an_alias_is_not_enough_where_something_else_speaks_against_it(kind):
    """An armed group of one country is no trading company of another because both were called something like it."""
    one, other = (
        a_profile("a:1", "Army of Right", aliases=("Jundallah",), kind=kind),
        a_profile("b:1", "Evergreen", aliases=("Jundallae",), kind=kind),
    )

    choice = chosen({"a:1": [spoken_against("another country, ir and kp", -0.8)]}, one, other)["a:1"]

    assert choice.verdict is Verdict.AMBIGUOUS
    assert choice.why == "“Jundallae” is a name of Evergreen (1), but another country, ir and kp"


@pytest.mark.parametrize(
    ("kind", "pair"),
    [
        (Kind.ORGANISATION, spoken_against("another country, ir and kp", -0.8, main=1.0)),
        (Kind.PERSON, spoken_against("born 1 year apart", -0.6, alike=2)),
        (Kind.PERSON, spoken_against("born in the same year on another day", -0.5)),
    ],
    ids=["one main name", "two names in common", "a day misprinted"],
)
def test_what_lists_get_wrong_does_not_part_one_name(kind, pair):
    """Then it is one subject of which two lists say different things."""
    one, other = (a_profile(key, "Jundallah", kind=kind) for key in ("a:1", "b:1"))

    assert chosen({"a:1": [pair]}, one, other)["a:1"].verdict is Verdict.SAME
