"""What two lists are told to say differently: only what both of them print."""

import pytest
from tests.audit.making import a_side
from tests.resolve.makers import a_profile

from tizim.audit.differing import differences
from tizim.domain.names import Kind
from tizim.match.entities import Facts


def a_person(subject, *nationalities, **facts):
    """A person with nationalities as printed, and whatever else is known."""
    one = a_profile(subject, "Rudolf Rassendyll", kind=Kind.PERSON, facts=Facts(**facts))
    return type(one)(**{name: getattr(one, name) for name in one.__struct_fields__} | {"nationalities": nationalities})


def told(mine, theirs, own_measures=(), other_measures=(), **stated):
    """What differs, as texts."""
    found = differences(
        mine, theirs, a_side("Rudolf Rassendyll", **stated), a_side("Rudolf Rassendyll"), own_measures, other_measures,
        None,
    )  # fmt: skip
    return [(one.what, one.national, one.reference) for one in found]


def test_where_somebody_lives_is_no_nationality():
    """One list prints where he is held, the other of what state he is: neither says anything of the other."""
    held, national = a_person("a:1", countries=("cu",)), a_person("b:1", "ye", countries=("ye",))

    assert told(held, national) == []


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (a_person("a:1", "mu"), a_person("b:1", "mr"), ("nationality", "mu", "mr")),
        (
            a_person("a:1", birth_dates=("1960-10-01",)), a_person("b:1", birth_dates=("1961-10-01",)),
            ("birth date", "1960-10-01", "1961-10-01"),
        ),
    ],
    ids=["nationality", "birth date"],
)  # fmt: skip
def test_what_both_print_and_contradict_each_other_in_differs(mine, theirs, expected):
    """Each side's own words stand beside the other's."""
    assert told(mine, theirs) == [expected]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (a_person("a:1", "mu"), a_person("b:1")),
        (a_person("a:1", "fr", "tn"), a_person("b:1", "tn")),
        (a_person("a:1", birth_dates=("1960",)), a_person("b:1", birth_dates=("1960-10-01",))),
    ],
    ids=["silence", "one in common", "a year that holds the day"],
)
def test_silence_and_less_exact_words_are_no_difference(mine, theirs):
    """A list that says less does not say otherwise."""
    assert told(mine, theirs) == []


def test_scope_and_measures_differ():
    """An alias within another entry is less than an entry, and a freeze is no ban on travel."""
    one, other = a_person("a:1"), a_person("b:1")

    found = told(one, other, ("Assets are frozen",), ("Asset freeze; Travel ban",), carrier="Zenda Front")

    assert found == [
        ("scope", "within the entry Zenda Front", "an entry of its own"),
        ("measures", "asset freeze", "asset freeze, travel ban"),
    ]
