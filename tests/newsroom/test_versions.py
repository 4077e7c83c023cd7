"""What is translated, and what becomes of it when nobody can check it."""

import pytest
from tests.bulletins_made import ID, OWN, approving, correcting, drafting, publishing, withdrawing
from tests.engines_made import Scripted

from tizim.answer.times import Asked
from tizim.app import App
from tizim.domain.bulletin_facts import NewsFacts
from tizim.domain.bulletins import Own, replay
from tizim.errors import BadInput, NotSupported
from tizim.newsroom import to_translate, version, wanted
from tizim.newsroom.glossary import glossary
from tizim.settings import Settings
from tizim.translate import EngineLimits

NEWS = NewsFacts(day="2026-02-03", on=None, subjects=())
CHANGED = Own(title="Another", text="Other words.")
FRENCH = ["Un titre bien à soi", "Un premier paragraphe.", "Et un second."]


def _one(*steps):
    return replay(steps).bulletins[ID]


def test_the_newest_text_that_was_approved_is_translated():
    """A correction that waits to be published comes before what it corrects."""
    news = [drafting(1, facts=NEWS, own=OWN), approving(2), publishing(3)]
    corrected = [*news, correcting(4, facts=NEWS, own=CHANGED)]

    assert to_translate(_one(*news[:2])).own == OWN
    assert to_translate(_one(*corrected)).own == OWN
    assert to_translate(_one(*corrected, approving(5))).own == CHANGED


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ([drafting(1, facts=NEWS, own=OWN)], "is a draft"),
        ([drafting(1), approving(2)], "made by template"),
        ([drafting(1, facts=NEWS, own=OWN), approving(2), publishing(3), withdrawing(4)], "is withdrawn"),
    ],
)
def test_without_such_a_text_nothing_is_translated(steps, reason):
    """It says which of the reasons it is."""
    with pytest.raises(BadInput, match=reason):
        to_translate(_one(*steps))


@pytest.mark.parametrize("error", [NotSupported("no rules for it"), BadInput("too long")])
def test_what_nobody_can_check_is_held(tmp_path, error):
    """As if the gravest difference had been found."""

    def check(*_):
        raise error

    app = App(Settings(home=tmp_path, register_url=f"sqlite:///{tmp_path / 'register.sqlite'}"))
    app.made()
    given = to_translate(_one(drafting(1, facts=NEWS, own=OWN), approving(2)))
    with app.asking(Asked()) as (view, at):
        order = wanted(view, at, given, "fr")
    app.close()
    now = given.version.drafted.at
    made = version(given, order, Scripted(lambda *_: FRENCH), EngineLimits(), check, by="Ann", now=now)

    assert [one.code for one in made.findings] == ["unchecked"]
    assert str(error) in made.findings[0].message


def test_terms_go_with_the_wording_that_somebody_attests():
    """In the direction that is asked for, and only those that the text uses."""
    assert glossary("The court delisted nobody.", "en", "fr") == {"court": "tribunal", "delisting": "radiation"}
    assert glossary("Le tribunal a siégé.", "fr", "en") == {"tribunal": "court"}
    assert glossary("Nothing of the kind.", "en", "fr") == {}
