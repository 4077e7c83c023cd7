"""Decisions on disk while a review goes on."""

import pytest

from tizim.resolve.journal import Journal, left_over
from tizim.sources.judgements import Judged


def judged(verdict):
    """A decision."""
    return Judged(left="a:1", right="b:1", verdict=verdict, grounds="invented", score=0.9)


@pytest.fixture
def cut_off(tmp_path):
    """Begins a review, does things in it, and stops as if the machine had stopped."""

    def cut_off(*steps):
        journal = Journal.begin(tmp_path, "now", "A. Person")
        for step in steps:
            step(journal)
        journal._file.close()

    return cut_off


def taken_up(folder):
    """Author and verdicts of each that is left over."""
    found = list(left_over(folder))
    for one in found:
        one.close(recorded=False)
    return [(one.author, [judged.verdict for judged in one.judged]) for one in found]


def test_what_was_decided_outlives_the_review(cut_off, tmp_path):
    """A power cut costs no decision."""
    cut_off(lambda one: one.add(judged("same")), lambda one: one.add(judged("unsure")))

    assert taken_up(tmp_path) == [("A. Person", ["same", "unsure"])]


def test_what_was_taken_back_does_not_come_back(cut_off, tmp_path):
    """Undo is a decision too."""
    cut_off(lambda one: one.add(judged("same")), lambda one: one.take_back(), lambda one: one.add(judged("different")))

    assert taken_up(tmp_path) == [("A. Person", ["different"])]


def test_a_line_cut_off_in_the_middle_is_left(cut_off, tmp_path):
    """The one before it was whole."""
    cut_off(lambda one: one.add(judged("same")))
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes() + b'{"judged":{"left":"a:')

    assert taken_up(tmp_path) == [("A. Person", ["same"])]


def test_a_review_that_goes_on_is_left_alone(tmp_path):
    """Two people may judge at once, each on a screen of their own."""
    journal = Journal.begin(tmp_path, "now", "A. Person")
    journal.add(judged("same"))

    assert taken_up(tmp_path) == []

    journal.close(recorded=False)
    assert len(taken_up(tmp_path)) == 1


@pytest.mark.parametrize(("decides", "recorded", "left"), [(True, True, 0), (True, False, 1), (False, False, 0)])
def test_the_file_goes_once_there_is_nothing_to_lose(tmp_path, decides, recorded, left):
    """Only what the register does not have is kept."""
    journal = Journal.begin(tmp_path, "now", "A. Person")
    if decides:
        journal.add(judged("same"))

    journal.close(recorded=recorded)

    assert len(list(tmp_path.iterdir())) == left


def test_where_nobody_ever_reviewed_nothing_is_left_over(tmp_path):
    """The folder is made by the first review."""
    assert taken_up(tmp_path / "judging") == []
