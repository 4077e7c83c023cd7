"""Passages written before the rules were mended by them: what is read of them now, and what is still read wrongly."""

import tomllib
from pathlib import Path

import pytest
from tests.news.passages import named

from tizim.news import read_news

FOLDER = Path(__file__).parent / "fresh"
SETS = sorted(path.stem for path in FOLDER.glob("*.toml"))


def fresh(name):
    """The passages of one set."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["passage"]


def told(passage):
    """The claims read of a passage, those of a list as a whole aside."""
    claims = read_news(passage["text"].strip(), passage["language"], passage["published"]).claims
    return [one for one in claims if one.subject != "*"]


@pytest.mark.parametrize("name", SETS)
def test_a_set_is_read_as_it_says(name):
    """Each claim of a fresh passage is found, and none is made up, but for those that the passage names."""
    for passage in fresh(name):
        missed, wrong = set(passage.get("missed", ())), set(passage.get("wrong", ()))

        found = named(told(passage))

        wanted = (set(passage["claims"]) - missed) | wrong
        assert found - set(passage.get("optional", ())) == wanted, passage["text"].strip()[:60]


@pytest.mark.parametrize("name", SETS)
def test_little_of_a_set_is_still_made_up(name):
    """What no passage claims is told seldom: once in ten claims at most, and never where there is none at all."""
    passages = fresh(name)

    wrong = sum(len(one.get("wrong", ())) for one in passages)

    assert wrong <= sum(len(one["claims"]) for one in passages) / 10
    assert all("wrong" not in one for one in passages if not one["claims"])


@pytest.mark.parametrize("name", SETS)
def test_days_and_speakers_are_mostly_those_that_the_passage_names(name):
    """Of claims that are found, nine days in ten are right; and three speakers in four, by name."""
    days, speakers = [], []
    for passage in fresh(name):
        claims = {key: one for one in told(passage) for key in named([one])}
        for key, wanted in passage.get("dates", {}).items():
            if key in claims:
                days.append((claims[key].date or "").startswith(wanted))
        for key, wanted in passage.get("announcers", {}).items():
            if key in claims:
                speakers.append(claims[key].announcer == wanted)

    assert sum(days) >= 0.9 * len(days)
    assert sum(speakers) >= 0.75 * len(speakers)
