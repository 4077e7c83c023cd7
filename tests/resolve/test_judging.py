"""Judgements on their way into the register."""

import datetime as dt

import pytest
from tests.makers import Ticking
from tests.resolve.makers import a_table, an_entry_of

from tizim.answer.subjects import Clusters
from tizim.answer.times import Asked
from tizim.app import App
from tizim.resolve.by_hand import by_hand
from tizim.settings import Settings

NOW = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
PAIR = ("a-list:1", "b-list:1")


@pytest.fixture
def app(tmp_path):
    """A register of two lists with one entry each."""
    made = App(Settings(home=tmp_path, register_url=f"sqlite:///{tmp_path / 'register.sqlite'}"))
    clock = Ticking()
    for on in ("a-list", "b-list"):
        made.made().append(a_table(on, an_entry_of(on, "1", "Zenda Front")), clock)
    yield made
    made.close()


@pytest.mark.parametrize("moments", [(0, 0, 0), (0, 0.4, 0.8), (0, -60, -120)], ids=["one", "one second", "backwards"])
def test_the_last_judgement_counts_whatever_the_clock_says(app, moments):
    """Two commands of one second, or a clock that was set back, must not turn the order round."""
    for verdict, seconds in zip(("different", "same", "different"), moments, strict=True):
        app.judge(by_hand(PAIR, verdict, "A. Person", "invented", NOW + dt.timedelta(seconds=seconds)))

        with app.asking(Asked()) as (view, at):
            tied = Clusters(view, at).of("a-list:1")[0] == PAIR
        assert tied is (verdict == "same")


def test_a_judgement_is_kept_like_any_other_document(app):
    """Its bytes lie in the archive, and it says that it was typed in."""
    app.judge(by_hand(PAIR, "same", "A. Person", "invented", NOW))

    with app.asking(Asked()) as (view, _):
        (doc,) = (doc for doc in view.documents() if doc.source == "judgements")
    assert (doc.held, doc.method, doc.title) == (True, "typed in", "Judgements by A. Person")
    assert b"invented" in app.archive.get(doc.sha256)
