"""What articles claim, as a reader of the site meets it."""

import datetime as dt
import html
import re
import shutil

import pytest
from tests.api.conftest import a_site
from tests.api.test_pages import HOSTILE, REORDERING, strictly
from tests.claims.making import an_app, an_article, claim, december, december_in_french, june

from tizim.answer.times import Asked
from tizim.claims.asking import claimed
from tizim.claims.judging import Draft
from tizim.domain.claims import Standing

RELISTED = "Kyrgyzstan's court has put the Taliban back on its list, the prosecutors said on 5 May 2026."
LATER = dt.datetime(2126, 1, 1, tzinfo=dt.UTC)
"""whatever the day of the test, the articles had been kept by then"""
LONG = " ".join(f"word{number}" for number in range(200))


def told(text):
    """What is read of a page, in one line."""
    main = text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", main)))


@pytest.fixture(scope="module")
def app(home, tmp_path_factory):
    """The starter with the stories of December and June, one of May that nobody knows of, and a hostile one."""
    folder = tmp_path_factory.mktemp("claims") / "home"
    shutil.copytree(home.home, folder)
    made = an_app(folder, starter=False)
    for one in (december(), december_in_french(), june()):
        made.keep_article(one)
    made.keep_article(
        an_article(
            RELISTED,
            [claim(RELISTED, "court has put the Taliban back on its list", whose="kg", action="list",
                   date="2026-05-05", date_kind="decision", decider="a court", announcer="Bakyt Example")],
            title="Back", published="2026-05-06", outlet=HOSTILE,
        )
    )  # fmt: skip
    text = f"{HOSTILE} {REORDERING} {LONG}"
    made.keep_article(
        an_article(
            text,
            [claim(text, text, subject=None, name=f"Front {REORDERING}", whose="zz", action="list",
                   announcer=HOSTILE, reason=HOSTILE, chain=[HOSTILE, REORDERING])],
            title=HOSTILE, outlet=REORDERING, url="javascript:alert(1)", published="2026-01-01",
        )
    )  # fmt: skip
    yield made
    made.close()


@pytest.fixture(scope="module")
def news(app):
    """A browser at its site."""
    return a_site(app, LATER)


def a_claim(app, whose, action):
    """The first claim of an act."""
    with app.asking(Asked()) as (view, at):
        (one,) = [act for act in claimed(view, at).acts if (act.group.whose, act.group.action.value) == (whose, action)]
    return one.group.news[0]


def test_open_claims_have_a_page_of_their_own(news):
    """An announced act shows up before the official file changes."""
    page = told(news.get("/en/claims/").text)

    assert "Claimed in the news, not confirmed" in page
    assert "Taliban: put on a list, it is claimed — Kyrgyzstan" in page
    assert "claimed in the news, not confirmed" in page
    assert "Says Bakyt Example." in page
    assert "court has put the Taliban back on its list" in page
    assert "taken off a list" not in page  # known already
    assert "taken off a list, it is claimed — Kazakhstan" in told(news.get("/en/claims/?show=all").text)


def test_the_first_page_tells_what_news_claim_lately_as_claims_of_their_speakers(news):
    """Who opens the register sees that something is told, by whom, and that it is no fact of the register."""
    page = told(news.get("/en/").text)
    data = news.get("/en/.json").json()["claimed_lately"]

    assert "Claimed in the news, not confirmed" in page
    assert "None of it is a fact of this register until a person confirms it." in page
    assert "6 May 2026 · Taliban: put on a list, it is claimed — Kyrgyzstan" in page
    assert "says Bakyt Example, as " in page
    assert "taken off a list, it is claimed" not in page  # known already
    assert {one["action"] for one in data} == {"list"}


def test_the_first_page_of_a_day_before_the_news_tells_none_of_it(news):
    """What was told later is not lately."""
    assert "it is claimed" not in told(news.get("/en/?as_of=2025-12-31").text)


def test_the_page_of_a_subject_tells_what_is_claimed_of_it(news):
    """Beside what is known, and apart from it."""
    page = news.get("/en/subjects/taliban/").text

    assert 'id="claimed"' in page
    text = told(page)
    assert "None of it changes what this page says unless a person confirmed it." in text
    assert "known already, from sources that are not official" in text
    assert "they do not agree" in text
    assert "This version was translated by machine." in text
    assert re.search(r'<blockquote dir="auto"><bdi class="src" lang="prs">طالبان را', page)


def test_the_page_of_a_list_tells_what_is_claimed_of_it(news):
    """Whoever watches a list sees what the news say before the list does."""
    page = told(news.get("/en/lists/kg-list/").text)

    assert "Taliban: put on a list, it is claimed — Kyrgyzstan" in page
    assert "Claimed in the news" not in told(news.get("/en/lists/ca-cc/").text)


def test_an_answer_has_a_part_of_what_is_claimed(news):
    """The answer in parts says what is claimed, after all that is known."""
    page = told(news.get("/en/ask?subject=Taliban&list=kz-list").text)

    assert page.index("Claimed in the news") > page.index("What is said about it")
    assert "taken off a list, it is claimed — Kazakhstan" in page
    assert "taken off a list" not in told(news.get("/en/ask?subject=Taliban&list=tj-list").text)


def test_a_claim_leads_to_its_article_and_to_its_place(app, news):
    """From a quotation to the document, and to the very claim in it."""
    one = a_claim(app, "kg", "list")

    page = news.get("/en/subjects/taliban/").text
    place = re.search(rf'href="(/en/documents/[0-9a-f]+/\?statement={one.id})#s-{one.id}"', page)
    document = news.get(html.unescape(place[1])).text
    article = told(news.get(f"/en/documents/{one.article.sha256}/").text)

    assert f'id="s-{one.id}"' in document
    assert "court has put the Taliban back on its list" in told(document)
    assert "an article" in article
    assert "rules, version 1" in article
    assert news.get(f"/en/statements/{one.id}/").status_code == 200


def test_a_claim_by_itself_says_that_it_counts_for_nothing(app, news):
    """Whoever is sent a link to a claim is told what it is."""
    page = told(news.get(f"/en/statements/{a_claim(app, 'kg', 'list').id}/").text)

    assert "nothing yet: it is not confirmed, and counts for nothing" in page
    assert "Kyrgyzstan" in page
    assert "In these wordscourt has put the Taliban back on its list" in page


def test_a_rejected_claim_is_shown_as_such_and_a_confirmed_one_leads_back_to_it(app, news):
    """Nothing is hidden; who decided and why stands beside the words."""
    one = a_claim(app, "kg", "list")

    app.judge_claims(Draft(standing=Standing.REJECTED, ids=(one.id,), author="Ann B. Clerk", reason="not decided"))
    rejected = told(news.get("/en/subjects/taliban/").text)
    left = told(news.get("/en/claims/").text)
    app.judge_claims(Draft(standing=Standing.CONFIRMED, ids=(one.id,), author="Ann B. Clerk", reason="seen"))
    confirmed = news.get("/en/subjects/taliban/").text

    assert "Rejected by Ann B. Clerk" in rejected
    assert "put on a list, it is claimed — Kyrgyzstan" not in left
    assert "Confirmed by Ann B. Clerk" in told(confirmed)
    statements = set(re.findall(r'href="(/en/statements/[0-9a-f-]+/)"', confirmed))
    linked = [address for address in statements if "Confirmed from a claim" in told(news.get(address).text)]
    assert len(linked) == 1
    assert f"/en/statements/{one.id}/" in news.get(linked[0]).text
    app.judge_claims(Draft(standing=Standing.UNCONFIRMED, ids=(one.id,), author="Ann B. Clerk", reason="again"))


@pytest.mark.parametrize(
    "address", ["/en/claims/", "/prs/claims/?show=all", "/en/subjects/taliban/", "/ar/lists/kz-list/"]
)
def test_hostile_words_are_inert_and_pages_stay_strict(news, address):
    """An article may hold anything."""
    page = news.get(address).text

    strictly(page)
    assert HOSTILE not in page
    assert "\u202e" not in page
    assert "javascript:" not in page.partition("<main")[2].partition("</main>")[0].replace("<bdi", "")


def test_the_pages_of_a_hostile_article_are_inert(app, news):
    """Its document, its reading and its claim."""
    one = a_claim(app, "zz", "list")

    for address in (
        f"/en/documents/{one.article.sha256}/", f"/en/documents/{one.document}/", f"/en/statements/{one.id}/",
    ):  # fmt: skip
        page = news.get(address)
        assert page.status_code == 200, address
        strictly(page.text)
        assert HOSTILE not in page.text
        assert "\u202e" not in page.text
        assert 'href="javascript:' not in page.text


def test_a_quotation_is_no_longer_than_a_reader_needs(news):
    """Fifty words: the register quotes, and does not copy."""
    page = told(news.get("/en/claims/").text)

    assert "word40" in page
    assert "word60" not in page


def test_the_same_claims_are_given_as_data(app, news):
    """The page and the terminal tell the same."""
    found = news.get("/en/claims.json?subject=taliban&list=kz-list").json()
    everything = news.get("/en/claims.json?show=all").json()

    assert {one["action"] for one in found["acts"]} == {"delist"}
    assert found["acts"][0]["confirmation"] == "known already"
    assert len(everything["acts"]) > len(news.get("/en/claims.json").json()["acts"])
    assert news.get("/en/claims.json?show=some").status_code == 400
    assert news.get("/en/claims/?show=some").status_code == 400
    asked = news.get("/en/ask.json?subject=taliban&list=kz-list").json()
    assert [one["id"] for one in asked["claimed"]] == [one["id"] for one in found["acts"]]


def test_a_register_without_articles_says_so(site):
    """That nothing is claimed here proves nothing."""
    page = told(site.get("/en/claims/").text)

    assert "Nothing that articles claim is open here. That proves nothing" in page
    assert "Claimed in the news" not in told(site.get("/en/subjects/taliban/").text)
