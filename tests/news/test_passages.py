"""Passages of our own in every language: what they claim, and nothing else."""

import pytest
from tests.news.passages import named, passages

from tizim.news import read_news
from tizim.news.language import codes


@pytest.mark.parametrize(
    ("code", "passage"), passages(), ids=lambda one: one if isinstance(one, str) else one["text"].strip()[:40]
)
def test_a_passage_is_read_as_a_person_reads_it(code, passage):
    """Each claim of a passage is found, and none is made up; what is still read wrongly is named in its file."""
    text = passage["text"].strip()
    missed, wrong = set(passage.get("missed", ())), set(passage.get("wrong", ()))

    found = named(one for one in read_news(text, code, passage["published"]).claims if one.subject != "*")

    assert found - set(passage.get("optional", ())) == (set(passage["claims"]) - missed) | wrong


@pytest.mark.parametrize("code", codes())
def test_a_language_has_passages(code):
    """A language file without passages says nothing of how well it reads."""
    assert len(passages(code)) >= 3


def test_little_is_still_read_wrongly():
    """Known faults stay few, on passages that were made to be hard: one claim in twelve at most."""
    every = [passage for _, passage in passages()]

    faults = sum(len(one.get("missed", ())) + len(one.get("wrong", ())) for one in every)

    assert faults <= sum(len(one["claims"]) for one in every) / 12
