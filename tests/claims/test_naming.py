"""The register's own names: an article is read by them, where a register is there."""

import pytest
from tests.claims.making import an_app

from tizim.claims import naming
from tizim.news import Known, read_news
from tizim.news.known import starter


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    """A register filled from the starter."""
    app = an_app(tmp_path_factory.mktemp("named") / "home")
    with app.existing().view() as open_view:
        yield open_view
    app.close()


def test_an_article_without_names_of_its_own_is_read_by_what_ships(view):
    """Then nothing has to be compiled anew."""
    assert naming.known(view, "Kazakhstan took the Taliban off its list.") is starter()


def test_judgements_are_not_gone_through_for_an_article_that_names_nobody_new(tmp_path):
    """They are all the judgements of a register, which may take longer than the article."""
    app = an_app(tmp_path / "home", starter=False)

    with app.existing().view() as view:
        naming.known(view, "Kazakhstan took nobody in particular off its list.")

        assert "ties" not in view.shared.memo
    app.close()


def test_a_name_that_only_the_register_has_is_read(view):
    """Its claim has the id of the register, and the same name is none where nobody knows it."""
    nothing = Known(key="nothing", subjects=(), officials=(), outlets=())
    text = "Canada has put Lashkar-e-Tayyiba and nobody else on its list of terrorist entities."

    (claim,) = read_news(text, "en", known=naming.known(view, text, nothing)).claims

    assert (claim.subject, claim.subject_name) == ("lashkar-e-tayyiba", "Lashkar-e-Tayyiba")
    assert (claim.list, claim.action, claim.modality) == ("ca", "list", "done")
    assert [one.subject for one in read_news(text, "en", known=nothing).claims] != ["lashkar-e-tayyiba"]


def test_the_names_of_one_article_are_not_kept_for_the_next(view):
    """A language is compiled once; what one article needed more is forgotten with it."""
    nothing = Known(key="nothing", subjects=(), officials=(), outlets=())
    text = "Canada has put Lashkar-e-Tayyiba on its list of terrorist entities."
    read_news(text, "en", known=naming.known(view, text, nothing))

    assert [one.subject for one in read_news(text, "en", known=nothing).claims if one.subject] == []
