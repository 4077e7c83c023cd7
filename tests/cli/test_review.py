"""What each key of the review screen does."""

import pytest
from tests.resolve.makers import a_pair

from tizim.cli.review import Review
from tizim.domain.names import Kind
from tizim.resolve.cards import Card
from tizim.resolve.everyone import Side
from tizim.resolve.journal import Journal
from tizim.resolve.propose import Proposal

SIZE = (80, 24)


def a_side(subject):
    """A subject."""
    return Side(
        subject=subject, keys=(subject,), name=f"Name of {subject}", kind=Kind.PERSON, lists=(), lines=("x",), apart=()
    )


def a_proposal(number):
    """The pair of that number."""
    left, right = f"a:{number}", f"b:{number}"
    return Proposal(
        left=a_side(left), right=a_side(right), score=0.9, judgement="same", reasons=("invented",),
        pair=a_pair(left, right, 0.9), judged=None,
    )  # fmt: skip


def a_card(rows=()):
    """What is shown of a pair."""
    return Card(
        titles=("one", "other"), ids=("a", "b"), score=0.9, judgement="same", author="x", rows=rows,
        reasons=tuple(f"reason {number}" for number in range(40)),
    )  # fmt: skip


@pytest.fixture
def journal(tmp_path):
    """Decisions on disk."""
    made = Journal.begin(tmp_path, "now", "A. Person")
    yield made
    made.close(recorded=True)


@pytest.fixture
def review(journal):
    """A review of three pairs."""
    return Review([a_proposal(number) for number in range(3)], journal)


def press(review, keys):
    """Press keys one after another."""
    for key in keys:
        review.press(key)


def said(journal):
    """What was decided: the left side and the verdict of each."""
    return [(one.left, one.verdict) for one in journal.judged]


def test_a_key_decides_and_brings_the_next_pair(review, journal):
    """One key for one pair, or nobody gets through a thousand."""
    press(review, "sdu")

    assert said(journal) == [("a:0", "same"), ("a:1", "different"), ("a:2", "unsure")]
    assert review.proposal is None


def test_a_decision_keeps_the_grounds_and_the_score_that_were_shown(review, journal):
    """Whoever reads the judgement later sees what its author saw."""
    press(review, "s")

    assert (journal.judged[0].grounds, journal.judged[0].score) == ("invented", 0.9)


def test_next_says_nothing(review, journal):
    """Not knowing is not the same as having judged that it cannot be known."""
    press(review, "nd")

    assert said(journal) == [("a:1", "different")]


@pytest.mark.parametrize(
    ("keys", "left", "at"),
    [("sb", [], 0), ("sdb", [("a:0", "same")], 1), ("snb", [("a:0", "same")], 1), ("snbb", [], 0), ("b", [], 0),
     ("sbd", [("a:0", "different")], 1), ("sdubbb", [], 0)],
)  # fmt: skip
def test_back_takes_back_the_last_decision(review, journal, keys, left, at):
    """A slip of the finger is mended by another one."""
    press(review, keys)

    assert said(journal) == left
    assert review.at == at


def test_past_the_last_pair_only_back_and_quit_mean_anything(review, journal):
    """There is nothing to decide there."""
    press(review, "nnnsdu")

    assert said(journal) == []
    assert "All 3 pairs seen" in review.screen(None, SIZE, colour=False)[0]
    press(review, "bs")
    assert said(journal) == [("a:2", "same")]


def test_quit_ends(review):
    """What was decided is recorded by whoever began the review."""
    press(review, "q")

    assert review.is_over


def test_help_stands_until_the_next_key_which_decides_nothing(review, journal):
    """Whoever reads the help does not look at the pair."""
    press(review, "?")
    shown = review.screen(a_card(), SIZE, colour=False)
    press(review, "s")

    assert "s   the two are the same subject" in shown
    assert said(journal) == []
    assert not review.is_help


@pytest.mark.parametrize("key", ["x", "\x1b", " ", "\x1b[H", "1"])
def test_other_keys_mean_nothing(review, journal, key):
    """A cat on the keyboard judges nobody."""
    press(review, [key])

    assert said(journal) == []
    assert (review.at, review.is_over) == (0, False)


@pytest.mark.parametrize(("cyrillic", "verdict"), [("ы", "same"), ("в", "different"), ("г", "unsure"), ("Ы", "same")])
def test_keys_of_a_cyrillic_keyboard_do_as_well(review, journal, cyrillic, verdict):
    """Nobody should have to change the keyboard for four letters."""
    press(review, cyrillic)

    assert said(journal) == [("a:0", verdict)]


def test_a_long_pair_is_moved_through_and_the_next_begins_at_its_top(review):
    """What lies below the edge can be seen, and not further."""
    first = review.screen(a_card(), SIZE, colour=False)
    press(review, ["down", "page down", "page down", "page down", "page down", "page down"])
    last = review.screen(a_card(), SIZE, colour=False)
    at_end = review.offset
    press(review, ["up"])

    assert any("reason 0" in line for line in first)
    assert any("reason 39" in line for line in last)
    assert review.offset == at_end - 1
    press(review, "n")
    assert review.offset == 0
