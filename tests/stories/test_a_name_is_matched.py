"""A name in somebody's own spelling: who may it be among those on lists that day, and what does that prove?"""

import pytest

from tizim.answer.times import Asked, as_of
from tizim.domain.listing import Status
from tizim.screen import words
from tizim.screen.listed import Question, listed

from .conftest import NOW


@pytest.fixture
def match(desk):
    """``tizim match NAME --list … --as-of … --known-at …``."""

    def run(name, *lists, day=None, known_at=None, **more):
        with desk.register.view() as view:
            at = as_of(Asked(as_of=day, known_at=known_at), view, NOW)
            return listed(view, Question(name=name, lists=lists, **more), at)

    return run


def subjects(found):
    """Who was found."""
    return {row.member.subject for row in found.results}


@pytest.mark.parametrize("name", ["طالبان", "Талибан", "Taliban"])
def test_the_movement_is_never_told_as_being_on_a_list_that_holds_only_its_associates(match, name):
    """Nobody on the UN's list 1988 is called that, whatever the script and however low the threshold."""
    found = match(name, "un-1988", day="2024-01-15", threshold=0.1)

    assert "taliban" not in subjects(found)
    assert all(row.member.reference.startswith("TA") for row in found.results)
    assert not any(row.is_match for row in found.results)


def test_where_lists_do_hold_the_movement_each_is_told_with_its_own_state(match):
    """Kazakhstan's list had ended by 2024; the United States' was last seen in 2002, which is not *listed*."""
    found = match("طالبان", day="2024-01-15", limit=1)

    states = {row.member.list: row.member.status for row in found.results}
    assert subjects(found) == {"taliban"}
    assert "kz-list" not in states
    assert states["us-sdgt"] is Status.NOT_OBSERVED
    text = "\n".join(words.to_lines(found, explained=False))
    assert "us-sdgt: not observed since 2 July 2002" in text
    assert "us-sdgt: listed" not in text


def test_hamas_in_arabic_script_is_found_on_the_lists_that_hold_it(match):
    """An article in Arabic writes it in its own letters; the lists have it in Latin ones."""
    found = match("حماس", day="2024-01-15", limit=1)

    assert subjects(found) == {"hamas"}
    assert {"uk-tact", "eu-931"} <= {row.member.list for row in found.results}
    assert all(row.is_match for row in found.results)


@pytest.mark.parametrize(
    ("day", "there"), [("2016-01-01", True), ("2024-10-01", False), ("2025-06-01", False), ("2026-01-01", True)]
)
def test_an_entry_of_the_iran_list_is_found_on_the_days_it_was_there(match, day, there):
    """The list ended in 2023 and came back in 2025; a search of today's file would tell neither."""
    found = match("khatam-al anbiya construction headquarters", "un-1737", day=day)

    assert subjects(found) == ({"un-sc:IRe.036"} if there else set())


def test_a_person_is_found_in_russian_spelling_with_the_words_that_speak_for_it(match):
    """The list spells him Sirajuddin Jallaloudine Haqqani; a Russian article Сираджуддин Хаккани."""
    found = match("Сираджуддин Хаккани", "un-sc", day="2024-01-15")

    best = found.results[0]
    assert (best.member.reference, best.member.list, best.main_name) == (
        "TAi.144", "un-1988", "SIRAJUDDIN JALLALOUDINE HAQQANI",
    )  # fmt: skip
    assert best.is_match
    assert {one.query for one in best.explanation.aligned} >= {"хаккани"}


def test_a_name_that_was_not_known_then_is_not_compared_with(match):
    """By the end of 2014 no copy of the UN's list that is held here was out: there is no name to compare with."""
    found = match("Sirajuddin Haqqani", "un-1988", day="2024-01-15", known_at="2014-12-31")

    assert (found.results, found.names) == ((), 0)


def test_what_was_searched_is_told_when_nothing_is_found(match):
    """That nothing is like a name means something only with what was searched, and how old that is."""
    found = match("Nobody Of That Name", "un-1988", "kz-list", day="2024-01-15")

    text = " ".join(words.to_lines(found, explained=False))
    assert f"{found.names} names of {found.subjects} subjects on 2 lists" in text
    assert "Rests on what was seen up to 29 December 2023" in text
    assert "27 March 2023 (un-1988)" in text
