"""The site over HTTP: addresses, headers, errors, languages, and the same facts as data."""

import re

import pytest
from tests.api.conftest import a_site

from tizim.api.asking import preferred, wanted
from tizim.app import App
from tizim.publish.forms import Form
from tizim.settings import Settings

PAGES = [
    "/en/", "/en/lists/", "/en/lists/kz-list/", "/en/lists/un-sc/", "/en/lists/un-sc/?letter=B",
    "/en/subjects/taliban/", "/en/subjects/un-sc:TAi.002/", "/en/ask",
    "/en/ask?subject=Taliban&list=un-sc&as_of=2024-06-03", "/en/search",
    "/en/search?q=%D8%B7%D8%A7%D9%84%D8%A8%D8%A7%D9%86", "/en/reviews/", "/en/sources/", "/en/decisions/",
    "/en/how-to-read/", "/en/changes/", "/en/changes/2024/", "/en/changes/2024-06/", "/en/reviews/?list=un-1267",
    "/en/claims/",
    "/en/glossary/", "/en/audits/", "/en/audits/kz-list--un-sc/?as_of=2015-11-30", "/en/acts/kz-taliban--end/",
    "/en/acts/us-8-usc-1189-ina-s-219/", "/en/listings/kz-list--taliban/", "/en/listings/un-1267--un-sc:QDe.004/",
    "/en/bulletins/",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_and_says_its_language_and_direction(site, address):
    """A page that fails or does not say in which language it is helps nobody."""
    page = site.get(address)

    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="en" dir="ltr">' in page.text


@pytest.mark.parametrize("address", PAGES)
def test_a_page_answers_with_and_without_its_last_stroke(site, address):
    """Both forms are in the wild; neither is an error."""
    path, mark, query = address.partition("?")
    other = f"{path[:-1] if path.endswith('/') else path + '/'}{mark}{query}"

    assert site.get(other).status_code == 200


@pytest.mark.parametrize("language", ["en", "fr", "ar", "fa", "prs", "ru", "kk", "id", "zh", "ja", "tr", "es"])
def test_every_language_has_every_address(site, language):
    """A language without a catalogue falls back visibly; its addresses, digits and direction are its own."""
    page = site.get(f"/{language}/subjects/taliban/")

    assert page.status_code == 200
    direction = "rtl" if language in {"ar", "fa", "prs"} else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page.text


def test_the_root_leads_to_the_language_that_a_browser_asks_for(site):
    """Whoever types the name of the host gets their own language where there is a catalogue of it, else English."""
    plain = site.get("/", headers={"accept-language": "xx, en;q=0.5"})

    assert plain.status_code == 302
    assert plain.headers["location"] == "/en/"
    assert plain.headers["vary"] == "Accept-Language"
    assert preferred("tlh, en-GB;q=0.9") == "en"
    assert preferred("garbage;q=x,,;;") == "en"


def test_health_is_answered_without_a_register(tmp_path):
    """Whoever starts the site waits for it to be able to serve, whatever lies behind it."""
    app = App(Settings(home=tmp_path, register_url=f"sqlite:///{tmp_path / 'none.sqlite'}"))

    client = a_site(app)
    health, page = client.get("/healthz"), client.get("/en/")

    assert health.status_code == 200
    assert page.status_code == 503
    assert "There is no register here yet" in page.text
    app.close()


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/en/nothing/", 404, "Not found here"),
        ("/xx/lists/", 404, "Not found here"),
        ("/en/lists/nope/", 404, "no official list"),
        ("/en/subjects/nobody/", 404, "nobody"),
        ("/en/statements/0-0/", 404, "no statement"),
        ("/en/documents/00/", 404, "no document"),
        ("/en/subjects/", 404, "no page"),
        ("/en/?as_of=yesterday", 400, "as_of wants a day"),
        ("/en/?basis=guessed", 400, "basis is"),
        ("/en/search?q=" + "a" * 301, 414, "300 signs"),
        ("/en/search?" + "a=b&" * 600, 414, "2000 in all"),
    ],
)
def test_what_cannot_be_answered_says_what_was_wrong_and_what_to_do(site, address, status, words):
    """An error in the page's language, with a way on, and never a trace of the machine."""
    page = site.get(address)

    assert page.status_code == status
    assert words in re.sub(r"<[^>]+>", "", page.text)
    assert "What to do" in page.text
    assert "Traceback" not in page.text
    assert "--" not in re.sub(r"<!--.*?-->", "", page.text.partition("<main")[2].partition("</main")[0])


def test_an_error_of_data_is_data(site):
    """A program that asks for data can read why it got none."""
    found = site.get("/en/lists/nope.json")

    assert found.status_code == 404
    assert found.json()["error"] == "no official list has the id 'nope'"


def test_what_nobody_foresaw_is_our_fault_and_says_nothing_more(site, monkeypatch, caplog):
    """The log has the reason; the reader has a page."""
    server = site.app.state.server
    monkeypatch.setattr(server, "_made", lambda *_: 1 / 0)

    page = site.get("/en/how-to-read/?as_of=2001-01-01")

    assert page.status_code == 500
    assert "on our side" in page.text
    assert "division" not in page.text
    assert "ZeroDivisionError" in caplog.text


def test_every_answer_carries_a_policy_that_allows_no_foreign_thing(site):
    """What a list printed can neither run nor fetch anything, whatever it printed."""
    for address in ("/en/", "/en/nope", "/", "/healthz", "/en/lists.json", "/static/none"):
        headers = site.get(address).headers
        policy = headers["content-security-policy"]

        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_a_page_is_sent_once_and_then_known_by_its_tag(site):
    """Whoever has the page already gets no second copy of it."""
    first = site.get("/en/lists/kz-list/")

    again = site.get("/en/lists/kz-list/", headers={"if-none-match": first.headers["etag"]})

    assert again.status_code == 304
    assert not again.content
    assert site.get("/en/lists/un-sc/").headers["etag"] != first.headers["etag"]


def test_files_are_named_by_their_content_and_kept_for_a_year(site):
    """A style sheet that changed has another name, so none is ever stale."""
    page = site.get("/en/").text
    address = re.search(r'<link rel="stylesheet" href="([^"]+)"', page)[1]

    style = site.get(address)

    assert style.status_code == 200
    assert "immutable" in style.headers["cache-control"]
    for font in re.findall(r'url\("?([^")#]+)"?\)', style.text):
        assert site.get(f"/static/{font}").status_code == 200


def test_pages_are_packed_for_those_who_can_unpack_them(site):
    """Most readers pay for every byte."""
    assert site.get("/en/", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("address", "arguments"),
    [
        ("/en/lists.json", ["lists"]),
        ("/en/lists/un-1988.json?as_of=2020-01-01", ["show", "un-1988", "--as-of", "2020-01-01"]),
        ("/en/lists/kz-list.json", ["show", "kz-list"]),
        ("/en/subjects/taliban.json?as_of=2015-11-30", ["history", "taliban", "--as-of", "2015-11-30"]),
        (
            "/en/ask.json?subject=Taliban&list=kz-list&as_of=2024-06-03&known_at=2024-01-15&basis=published",
            ["ask", "Taliban", "--list", "kz-list", "--as-of", "2024-06-03", "--known-at", "2024-01-15", "--basis",
             "published"],
        ),
        ("/en/reviews.json?as_of=2026-03-01", ["due", "--as-of", "2026-03-01"]),
    ],
)  # fmt: skip
def test_the_data_of_a_page_is_what_the_command_prints(site, cli_json, address, arguments):
    """One answer, whichever door it is asked at."""
    assert site.get(address).json() == cli_json(*arguments)


def test_statements_and_documents_have_data_too(site):
    """A statement that somebody cites can be followed by a program."""
    said = site.get("/en/subjects/taliban.json").json()["statements"][0]

    one = site.get(f"/en/statements/{said['statement']}.json").json()
    document = site.get(f"/en/documents/{said['document']['sha256']}.json").json()

    assert one == said
    assert said["statement"] in {s["statement"] for s in document["statements"]}


def test_the_dates_of_the_address_change_the_answer_and_are_carried_along(site):
    """A page of a past day leads to pages of that day."""
    then = site.get("/en/subjects/taliban/?as_of=2010-01-01").text
    now = site.get("/en/subjects/taliban/").text

    assert "1 January 2010" in then
    assert "It was announced" not in then
    assert "It was announced" in now
    links = re.findall(r'href="(/en/(?:lists|statements|ask)[^"]*)"', then.partition("<main")[2].partition("</main")[0])
    assert links
    assert all("as_of=" in link for link in links)


def test_what_was_not_known_then_is_not_told(site):
    """In January 2024 nobody had announced anything in June."""
    then = site.get("/en/subjects/taliban/?as_of=2024-12-31&known_at=2024-01-15&basis=published").text

    assert "President Tokayev" not in then
    assert "as published by" in then
    assert "statements were added that bear on this page" in then


def test_the_canonical_address_names_both_dates_when_given_and_none_when_not(site):
    """Two addresses of one page are one for whoever counts pages, and a dated page stays what it is."""
    plain = site.get("/en/lists/kz-list").text
    dated = site.get("/en/lists/kz-list/?known_at=2024-01-01&as_of=2015-11-30&utm_source=x").text

    assert '<link rel="canonical" href="http://register.test/en/lists/kz-list/">' in plain
    assert (
        '<link rel="canonical" href="http://register.test/en/lists/kz-list/?as_of=2015-11-30&amp;known_at=2024-01-01">'
        in dated
    )
    assert '<link rel="alternate" hreflang="x-default" href="http://register.test/en/lists/kz-list/' in dated


def test_a_forged_host_is_not_repeated(site):
    """What a request says of its own host stands in the page's links, so it must be a host."""
    page = site.get("/en/how-to-read/", headers={"host": 'evil"><script>'})

    assert "evil" not in page.text


def test_days_are_read_in_the_digits_and_the_calendar_of_the_page(site):
    """A reader of Dari types what stands in front of them."""
    page = site.get("/prs/lists/kz-list/?as_of=۱۳۹۴-۰۹-۰۹")

    assert page.status_code == 200
    assert '<time datetime="2015-11-30">' in page.text


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_chosen_theme_is_rendered(site, theme):
    """The choice is kept in a cookie and needs no script to be seen."""
    page = site.get("/en/how-to-read/", headers={"cookie": f"theme={theme}"})

    assert f'data-theme="{theme}"' in page.text
    assert (
        "data-theme=" not in site.get("/en/how-to-read/", headers={"cookie": 'theme="><b>'}).text.partition(">")[2][:80]
    )


def test_addresses_are_read_into_language_room_and_key():
    """An id may hold colons and strokes; a language is never guessed."""
    assert wanted("/en/").room == ""
    assert wanted("/en/lists/kz-list/").key == "kz-list"
    assert wanted("/prs/subjects/table/my-list:7.json").key == "table/my-list:7"
    assert wanted("/prs/subjects/table/my-list:7.json").form is Form.DATA
    assert wanted("/english/lists/") is None
