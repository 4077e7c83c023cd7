"""Patterns and the automaton that finds them."""

import pytest

from tizim.errors import Broken
from tizim.news.language import load
from tizim.news.lexicon import Automaton, split
from tizim.news.tokens import Tokens, cut


def automaton(*patterns):
    """An automaton of *patterns*, each its own value."""
    english = load("en")
    made = Automaton(lambda text: cut(text, english))
    for pattern in patterns:
        made.add(pattern, "kind", pattern)
    return made


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("list", "the list of", "list"),
        ("terror* list", "a terrorist list", "terrorist list"),
        ("take/took off", "he took off", "took off"),
        ("take ~ off", "take the whole group off it", "take the whole group off"),
        ("take ~1 off", "take the group off it", None),
        ("the ?big list", "the list", "the list"),
        ("the ?big list", "the big list", "the big list"),
        ("black list", "a black-list", "black-list"),
    ],
)
def test_a_pattern_finds_what_its_notation_says(pattern, text, found):
    """Stems, choices, gaps and words that may be missing."""
    tokens = Tokens(text, load("en"))

    marks = automaton(pattern).find(tokens.words, ())

    assert [tokens.said(mark.start, mark.end) for mark in marks] == ([found] if found else [])


def test_no_pattern_goes_over_the_end_of_a_sentence():
    """What stands in two sentences says nothing together."""
    assert automaton("black list").find(["black", "list"], [0]) == []


@pytest.mark.parametrize("pattern", ["?", "a/b~c d/"])
def test_a_pattern_that_says_nothing_is_refused(pattern):
    """A slip in a language file must not pass silently."""
    with pytest.raises(Broken):
        automaton(pattern)


def test_patterns_are_parted_at_commas_and_lines():
    """One string holds many patterns, legibly."""
    assert split("one, two\nthree four,") == ["one", "two", "three four"]


def test_patterns_come_in_the_order_of_the_text_the_longer_ones_first():
    """Whoever reads marks goes through them once, and needs not put them in order."""
    made = automaton("take", "take off", "take ~ off list", "off", "list")

    marks = made.find(["take", "it", "off", "list", "take"], ())

    assert [mark.value for mark in marks] == ["take ~ off list", "take", "off", "list", "take"]


def test_a_pattern_taken_in_later_is_found():
    """What was remembered of words met before does not hide it."""
    made = automaton("list")
    made.find(["black", "list"], ())

    made.add("black list", "kind", "black list")

    assert [mark.value for mark in made.find(["black", "list"], ())] == ["black list", "list"]
