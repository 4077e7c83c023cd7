"""The pages of bulletins: strict, walkable, linked, the same as data, and never of what waits."""

import datetime as dt
import itertools
import re
import shutil

import pytest
from tests.api.conftest import NOW, a_site
from tests.api.test_pages import links_of, strictly

from tizim.answer.times import Asked
from tizim.app import App
from tizim.domain.bulletins import Approving, Correcting, Drafting, Own, Publishing, Withdrawing
from tizim.publish.bulletins import proposals
from tizim.settings import Settings

ACT, COPIES, GONE, WAITING = (
    "2023-12-20-kz-list-taliban", "2026-02-27-un-1591-copies", "2025-11-15-un-2653-copies", "2026-02-19-eu-931-irgc",
)  # fmt: skip
OWN = Own(title="Kazakhstan and the Taliban", text="One.\n\nTwo.")
ADDRESSES = [
    "/en/bulletins/", f"/en/bulletins/{ACT}/", f"/prs/bulletins/{ACT}/", f"/zh/bulletins/{COPIES}/",
    f"/en/bulletins/{COPIES}/", f"/ar/bulletins/{GONE}/",
]  # fmt: skip


@pytest.fixture(scope="module")
def told(home, tmp_path_factory):
    """A site with a bulletin that was corrected, one of two copies, one withdrawn and one that waits."""
    folder = tmp_path_factory.mktemp("bulletins") / "home"
    shutil.copytree(home.home, folder)
    app = App(Settings(home=folder, register_url=f"sqlite:///{folder / 'register.sqlite'}"))
    with app.asking(Asked()) as (view, at):
        facts = {one.id: one.facts for one in proposals(view, at, dt.date(2023, 12, 1), bulletins={})}
    at = NOW - dt.timedelta(days=1)
    for own in (ACT, COPIES, GONE, WAITING):
        app.take_step(
            Drafting(
                bulletin=own, number=1, by="Ann", at=at, language="en", facts=facts[own], own=None, needs_second=True
            )
        )  # fmt: skip
        if own != WAITING:
            app.take_step(Approving(bulletin=own, number=2, by="Ben", at=at))
            app.take_step(Publishing(bulletin=own, number=3, by="Ann", at=at))
    app.take_step(
        Correcting(
            bulletin=ACT, number=4, by="Ann", at=at, reason="Plainer", facts=facts[ACT], own=OWN, needs_second=True
        )
    )  # fmt: skip
    app.take_step(Approving(bulletin=ACT, number=5, by="Ben", at=at))
    app.take_step(Publishing(bulletin=ACT, number=6, by="Ann", at=at))
    app.take_step(Withdrawing(bulletin=GONE, number=4, by="Ann", at=at, reason="Told twice"))
    yield a_site(app)
    app.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_a_bulletin_is_strict_and_can_be_walked(told, address):
    """One first heading, no heading left out, nothing inside that could run."""
    page = told.get(address)

    tree = strictly(page.text)
    every = list(tree.iter())
    headings = [int(one.tag[1]) for one in every if re.fullmatch(r"h[1-6]", str(one.tag))]
    assert page.status_code == 200
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(headings))
    assert not [one for one in every if "style" in one.attrib or one.tag == "style"]


def test_every_link_of_the_pages_leads_somewhere(told):
    """Every fact used is one click from its statement or document."""
    found = set().union(*(links_of(told.get(address).text) for address in ADDRESSES))

    broken = [one for one in sorted(found) if told.get(one).status_code not in {200, 302}]

    assert len([one for one in found if "/statements/" in one]) > 8
    assert len([one for one in found if "/documents/" in one]) >= 2
    assert broken == []


@pytest.mark.parametrize("language", ["en", "fr", "ar", "fa", "prs", "ru", "kk", "id", "zh", "ja", "tr", "es"])
def test_every_language_has_its_version_with_its_mark(told, language):
    """The main one is the editor's own; all others are by template and name the main language with a link."""
    page = told.get(f"/{language}/bulletins/{ACT}.json").json()
    text = told.get(f"/{language}/bulletins/{ACT}/").text

    marks = [one["mark"] for one in page["issues"]]
    assert marks == (["template", "original"] if language == "en" else ["template", "template"])
    assert page["issues"][1]["correction_because"] == "Plainer"
    assert page["facts"]["list"] == "kz-list"
    assert ('hreflang="en">' in text) is (language != "en")
    assert text.count(f"/bulletins/{ACT}/") > 11


def test_what_waits_is_on_no_page(told):
    """Nobody can tell a draft from nothing."""
    for address in ("/en/", "/en/bulletins/", "/en/bulletins.json", "/en/lists/eu-931/", "/en/subjects/irgc/"):
        assert WAITING not in told.get(address).text
    waiting, nothing = (told.get(f"/en/bulletins/{one}.json") for one in (WAITING, "2020-01-01-none"))
    assert (waiting.status_code, nothing.status_code) == (404, 404)
    assert waiting.json()["error"].replace(WAITING, "X") == nothing.json()["error"].replace("2020-01-01-none", "X")


def test_what_was_withdrawn_is_told_as_that(told):
    """When and why, in the page and as data; not among the bulletins."""
    data = told.get(f"/en/bulletins/{GONE}.json").json()

    assert (data["reason"], data["withdrawn_at"]) == ("Told twice", "2026-11-21T12:00:00Z")
    assert GONE not in {one["id"] for one in told.get("/en/bulletins.json").json()}
    assert "Told twice" in told.get(f"/en/bulletins/{GONE}/").text


def test_pages_of_the_list_are_bounded(told):
    """A number that is none, or too high, is the nearest page."""
    for number in ("0", "9999999", "x", "2"):
        page = told.get(f"/en/bulletins/?page={number}")
        assert page.status_code == 200
        assert f"/en/bulletins/{ACT}/" in page.text


def test_the_data_of_the_list_have_the_same_pages(told):
    """Whoever reads them by the page gets every bulletin once, and nothing after the last page."""
    every = [one["id"] for one in told.get("/en/bulletins.json").json()]
    first = [one["id"] for one in told.get("/en/bulletins.json?page=1").json()]

    assert ACT in every
    assert first == every[:20]
    assert told.get(f"/en/bulletins.json?page={len(every) // 20 + 2}").json() == []


def test_data_tell_when_it_was_published_and_corrected(told):
    """What feeds and other programs go by."""
    (act,) = (one for one in told.get("/fr/bulletins.json").json() if one["id"] == ACT)

    assert (act["published_at"], act["corrected_at"]) == ("2026-11-21T12:00:00Z", "2026-11-21T12:00:00Z")
    assert (act["day"], act["subjects"], act["main_language"]) == ("2023-12-20", ["taliban"], "en")
    assert act["address"].endswith(f"/fr/bulletins/{ACT}/")


@pytest.mark.parametrize("page", ["changes", "lists/kz-list", "subjects/taliban"])
def test_a_bulletin_is_an_entry_of_every_feed_it_belongs_to(told, page):
    """Whoever follows the list, the subject or everything is told, and a correction is the same entry told anew."""
    plain = told.get(f"/en/{page}.feed.json").json()["items"]
    dari = told.get(f"/prs/{page}.atom").text

    (own,) = [one for one in plain if one["url"].endswith(f"/en/bulletins/{ACT}/")]
    assert own["title"] == OWN.title
    assert "Corrected on 21 November 2026" in own["content_text"]
    assert own["date_modified"] >= own["date_published"]
    assert f"/prs/bulletins/{ACT}/" in dari
    assert WAITING not in dari + str(plain)


def test_a_withdrawn_bulletin_says_so_in_the_feed_that_told_it(told):
    """A reader that keeps the first text would go on believing it; others never hear of it."""
    items = told.get("/en/lists/un-2653.feed.json").json()["items"]

    (own,) = [one for one in items if one["url"].endswith(f"/en/bulletins/{GONE}/")]
    assert own["title"] == f"Bulletin {GONE} was withdrawn"
    assert "Told twice" in own["content_text"]
    assert GONE not in told.get("/en/subjects/taliban.feed.json").text
