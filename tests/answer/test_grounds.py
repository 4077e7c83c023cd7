"""Grounds: reasons with values, and reasons of other rooms read back as such."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizim.answer.grounds import TOLD, ground, read_back
from tizim.match.entities import MESSAGES, Facts, adjusted

DATES = st.dates().map(str) | st.integers(1900, 2030).map(str)
WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=2, max_size=9)


@given(
    mine=st.builds(
        Facts, birth_dates=st.tuples(DATES), countries=st.tuples(WORDS), genders=st.tuples(WORDS),
        identifiers=st.tuples(WORDS), registrations=st.tuples(WORDS),
    ),
    theirs=st.builds(
        Facts, birth_dates=st.tuples(DATES), countries=st.tuples(WORDS), genders=st.tuples(WORDS),
        identifiers=st.tuples(WORDS), registrations=st.tuples(WORDS),
    ),
)  # fmt: skip
def test_every_reason_of_the_matcher_is_a_message_with_values(mine, theirs):
    """A page says them in its reader's language, so none may be words alone; in English they stay to the letter."""
    for reason in adjusted(0.9, mine, theirs).reasons:
        found = read_back(reason.what, MESSAGES)

        assert found.message != TOLD
        assert found.text == reason.what


def test_a_reason_that_is_none_of_the_messages_keeps_its_own_words():
    """What nobody foresaw is told as it stands, and never left out."""
    found = read_back("the stars were alike", MESSAGES)

    assert (found.message, found.text) == (TOLD, "the stars were alike")


@pytest.mark.parametrize(
    ("several", "english"),
    [
        (("A", "B"), "A (1) and B (1) are both as near to it"),
        (("A", "B", "C"), "A (1), B (1) and C (1) are both as near to it"),
    ],
)
def test_entries_stand_in_a_row(several, english):
    """Grounds may hold others, each with values of its own."""
    entries = tuple(ground("{entry} ({number})", entry=one, number="1") for one in several)

    assert ground("{entries} are both as near to it", entries=entries).text == english
