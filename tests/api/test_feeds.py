"""Feeds, calendar and sitemap over HTTP: what changed, on whose word, learned when, and how long an id lasts."""

import datetime as dt
import html
import json
import re

import pytest
from click.testing import CliRunner
from lxml import etree
from tests.api.conftest import NOW, a_site
from tests.makers import Ticking, a_document, an_entry
from tests.publish.test_feeds import ATOM, read

from tizim.app import App
from tizim.cli.main import tizim as command
from tizim.publish.rooms import ROOMS
from tizim.settings import Settings

FEEDS = ["/en/changes", "/en/lists/kz-list", "/en/lists/un-sc", "/en/subjects/taliban", "/prs/subjects/taliban",
         "/zh/changes", "/ar/lists/un-1988", "/en/subjects/un-sc:TAi.002"]  # fmt: skip
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
XHTML = "{http://www.w3.org/1999/xhtml}link"


def entries(site, address):
    """The entries of an Atom feed, by id."""
    found = read(site.get(address).content).findall(f"{ATOM}entry")
    return {one.find(f"{ATOM}id").text: one for one in found}


def told(entry):
    """The title and the content of an entry, without markup."""
    content = re.sub(r"<[^>]+>", " ", entry.find(f"{ATOM}content").text)
    return f"{entry.find(f'{ATOM}title').text}\n{content}"


@pytest.mark.parametrize("page", FEEDS)
def test_every_feed_is_valid_in_both_forms_and_tells_the_same(site, page):
    """Whoever follows chooses the form; what is told must not depend on it."""
    answer, other = site.get(f"{page}.atom"), site.get(f"{page}.feed.json")
    tree = read(answer.content)
    feed = other.json()

    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert other.headers["content-type"] == "application/feed+json; charset=utf-8"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    ids = [one.find(f"{ATOM}id").text for one in tree.findall(f"{ATOM}entry")]
    assert ids == [one["id"] for one in feed["items"]]
    assert len(set(ids)) == len(ids) <= 100
    for entry, item in zip(tree.findall(f"{ATOM}entry"), feed["items"], strict=True):
        assert entry.find(f"{ATOM}title").text == item["title"]
        assert entry.find(f"{ATOM}content").text == item["content_html"]
        assert entry.find(f"{ATOM}published").text == item["date_published"] <= item["date_modified"]
        assert entry.find(f"{ATOM}updated").text == item["date_modified"]
    assert tree.find(f"{ATOM}link[@rel='self']").get("href") == f"http://register.test{page}.atom"
    assert feed["feed_url"] == f"http://register.test{page}.feed.json"
    assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == feed["language"] == page.split("/")[1]


def test_the_feed_of_a_subject_tells_what_was_done_on_whose_word_and_what_is_not_settled(site):
    """The seed case as a follower meets it: an end that two authorities announced, decided by nobody knows whom."""
    feed = "\n\n".join(told(one) for one in entries(site, "/en/subjects/taliban.atom").values())

    assert "Taliban: taken off National list of banned terrorist and extremist organisations (Kazakhstan)" in feed
    assert "Who decided is not settled: sources name different deciders." in feed
    assert re.search(r"Sources give several days: +by +20 December 2023", feed)
    assert "listing on Unified federal list of organisations recognised as terrorist (Russia) suspended" in feed
    assert "by the word of" in feed


def test_an_entry_leads_to_the_page_of_both_dates_and_to_the_statement(site):
    """What was told stays checkable: the day in the world, and what was known when it was told."""
    for entry in entries(site, "/en/subjects/taliban.atom").values():
        address = entry.find(f"{ATOM}link").get("href").removeprefix("http://register.test")
        assert re.search(r"\?as_of=\d{4}-\d\d-\d\d&known_at=\d{4}-\d\d-\d\d$", address)
        assert site.get(address).status_code == 200
        links = re.findall(r'href="http://register\.test(/en/statements/[^"]+)"', entry.find(f"{ATOM}content").text)
        assert links
        assert site.get(links[0]).status_code == 200


def test_an_absence_is_never_told_as_an_act(site):
    """A copy that lacks an entry does not say that anybody took it off."""
    gone = [one for one in entries(site, "/en/lists/un-sc.atom").values() if "missing from that of" in told(one)]

    assert len(gone) > 5
    for entry in gone:
        assert "That an entry is missing is no act" in told(entry)
        assert not re.search(r"removed|taken off .* on|delisted", told(entry))


def test_rtl_content_carries_its_direction(site):
    """A reader shows the content in a page of its own, which knows nothing of this one."""
    entry = next(iter(entries(site, "/prs/subjects/taliban.atom").values()))

    assert entry.find(f"{ATOM}content").text.startswith('<div lang="prs" dir="rtl">')
    assert entry.find(f"{ATOM}title").text.startswith("\u200f")
    assert "طالبان" in entry.find(f"{ATOM}title").text


def test_a_feed_is_sent_once_and_then_known_by_its_tag(site):
    """Readers ask every hour; a feed that did not change costs nothing."""
    first = site.get("/en/changes.atom", headers={"accept-encoding": "gzip"})

    again = site.get("/en/changes.atom", headers={"if-none-match": first.headers["etag"]})

    assert first.headers["content-encoding"] == "gzip"
    assert again.status_code == 304
    assert not again.content


@pytest.mark.parametrize(
    "address",
    ["/en/sources.atom", "/en/lists.atom", "/en/ask.ics", "/en/subjects/taliban.ics", "/en/lists/kz-list.xml"],
)
def test_a_form_in_which_a_page_is_not_given_is_not_found(site, address):
    """An address that means nothing gets the page that says so."""
    assert site.get(address).status_code == 404


def test_every_page_that_has_feeds_names_them(site):
    """A reader finds the feed from the page, whether program or person."""
    for page in ("/en/", "/en/changes/", "/en/lists/kz-list/?as_of=2020-01-01", "/en/subjects/taliban/"):
        text = site.get(page).text
        found = re.findall(
            r'<link rel="alternate" type="application/(?:atom|feed)\+\w+" title="[^"]+" href="([^"]+)"', text
        )
        assert len(found) == 2, page
        assert "Follow what changes here" in text
        for address in found:
            assert "?" not in address
            assert site.get(address).status_code == 200


def test_what_chooses_a_part_of_a_page_does_not_choose_a_part_of_its_feed(site):
    """A feed that was found from a page of one letter, or of two days, tells what changes on the whole list."""
    whole = site.get("/en/lists/un-sc.feed.json").json()["items"]

    for query in ("?letter=B", "?since=2020-01-01", "?utm_source=x"):
        assert site.get(f"/en/lists/un-sc.feed.json{query}").json()["items"] == whole


@pytest.fixture
def growing(tmp_path):
    """A register of the starter's lists that grows under the test: its browser, and how a copy is kept."""
    app = App(Settings(home=tmp_path, register_url=f"sqlite:///{tmp_path / 'register.sqlite'}"))
    clock = Ticking(dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC))
    register = app.made()

    def keep(day, *keys, at=None):
        if at is not None:
            clock.now = at
        register.append(a_document(day, [an_entry(key) for key in keys]), clock)

    yield a_site(app, dt.datetime(2026, 12, 1, tzinfo=dt.UTC)), keep
    app.close()


def test_ids_stay_while_the_register_learns_more_even_of_a_copy_between_two(growing):
    """A change told once is the same change ever after; what is new is told as new, what changed as changed.

    The copy of March is kept after those of February and April.
    """
    site, keep = growing
    keep("2025-02-01", "QDi.001", "QDi.002")
    keep("2025-04-01", "QDi.001", "QDi.003")
    before = entries(site, "/en/changes.atom")
    keep("2025-03-01", "QDi.001", at=dt.datetime(2026, 5, 1, tzinfo=dt.UTC))

    after = entries(site, "/en/changes.atom")

    [old] = before
    assert set(after) > set(before)
    assert "1 added, 1 gone" in told(before[old])
    assert "1 added, 0 gone" in told(after[old])
    assert after[old].find(f"{ATOM}published").text == before[old].find(f"{ATOM}published").text
    assert after[old].find(f"{ATOM}updated").text.startswith("2026-05-01")


def test_a_subject_that_came_and_went_between_copies_is_told_of_in_its_own_feed(growing):
    """Whoever follows one subject hears of it alone."""
    site, keep = growing
    keep("2025-02-01", "QDi.001")
    keep("2025-03-01", "QDi.001", "QDi.002")
    keep("2025-04-01", "QDi.001")

    gone, came = (told(one) for one in entries(site, "/en/subjects/un-sc:QDi.002.atom").values())

    assert re.search(r"NAME OF QDi.002 +stands in the copy of .* of +1 March 2025", came)
    assert re.search(r"is missing from the copy of .* of +1 April 2025", gone)
    assert "That an entry is missing is no act" in gone
    assert "QDi.001" not in came + gone


def test_what_was_learned_last_comes_first_and_the_world_is_older(growing):
    """A copy of 2015 that is found in 2026 is news of 2026 about 2015."""
    site, keep = growing
    keep("2025-02-01", "QDi.001")
    keep("2025-03-01", "QDi.002")
    keep("2015-02-01", "QDi.009", at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))

    newest, _ = site.get("/en/changes.feed.json").json()["items"]

    assert newest["date_modified"].startswith("2026-06-01")
    assert newest["date_published"].startswith("2026-06-01")
    assert "1 February 2015" in newest["content_text"]


def test_a_feed_of_a_past_knowledge_tells_no_more(growing):
    """Both times hold for feeds as for pages."""
    site, keep = growing
    keep("2025-02-01", "QDi.001")
    keep("2025-03-01", "QDi.002", at=dt.datetime(2026, 5, 1, tzinfo=dt.UTC))

    assert len(entries(site, "/en/changes.atom")) == 1
    assert entries(site, "/en/changes.atom?known_at=2026-04-01") == {}


# -- the page of changes -----------------------------------------------------------------------------


def test_every_change_stands_under_its_year_once(site):
    """The years together are everything that is known."""
    every = site.get("/en/changes.json").json()
    years = sorted(set(re.findall(r'href="/en/changes/(\d{4})/"', site.get("/en/changes/").text)))

    found = [one for year in years for one in site.get(f"/en/changes/{year}.json").json()]

    key = json.dumps
    assert sorted(found, key=key) == sorted(every, key=key)
    assert len(every) > 300


def test_a_year_with_much_is_told_by_month(site, monkeypatch):
    """A page stays readable; a change of which only the year is known stays under the year."""
    monkeypatch.setattr("tizim.publish.pages.changes.PAGED", 5)
    year = site.get("/en/changes/2021/?as_of=2026-03-01").text
    months = re.findall(r'href="(/en/changes/2021-\d\d/[^"]*)"', year)

    shown = [site.get(one.replace("&amp;", "&")).text.count('<h2 class="change">') for one in months]
    whole = site.get("/en/changes/2021.json?as_of=2026-03-01").json()

    assert len(months) > 1
    assert sum(shown) + year.count('<h2 class="change">') == len(whole)


@pytest.mark.parametrize("span", ["1066", "2024-13", "20", "x", "2024-6", "nothing/more"])
def test_a_span_without_a_change_is_not_found(site, span):
    """An empty page would say that nothing happened."""
    assert site.get(f"/en/changes/{span}/").status_code == 404


# -- the calendar ------------------------------------------------------------------------------------


def test_the_calendar_is_what_the_command_writes(site, home, monkeypatch, tmp_path):
    """One calendar, whichever door it is fetched at; of one list where one is named."""
    monkeypatch.setenv("TIZIM_HOME", str(home.home))
    monkeypatch.setattr("tizim.app.clock", lambda: NOW)
    for query, lists in (("", []), ("?list=us-fto", ["us-fto"])):
        file = tmp_path / f"{len(lists)}.ics"
        ran = CliRunner().invoke(command, ["due", *lists, "--ics", str(file)], catch_exceptions=False)
        assert ran.exit_code == 0, ran.output

        answer = site.get(f"/en/reviews.ics{query}")

        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert answer.content == file.read_bytes()
    assert "/en/reviews.ics?list=us-fto" in site.get("/en/reviews/?list=us-fto&as_of=2020-01-01").text


def test_reviews_of_one_list_are_those_of_that_list(site):
    """The filter leaves nothing out that is of the list, and brings nothing else."""
    own = site.get("/en/reviews.json?list=us-fto").json()
    every = site.get("/en/reviews.json").json()

    assert own
    assert own == [one for one in every if one["list"] == "us-fto"]
    assert site.get("/en/reviews/?list=nope").status_code == 404


# -- the sitemap -------------------------------------------------------------------------------------


def sitemap(site):
    """The parts of the sitemap by their addresses."""
    index = etree.fromstring(site.get("/sitemap.xml").content)
    names = [one.text.removeprefix("http://register.test") for one in index.iter(LOC)]
    return {name: etree.fromstring(site.get(name).content) for name in names}


def test_the_sitemap_names_every_page_in_every_language_with_all_its_versions(site):
    """A search engine shows a reader the version in their language only if each version names all of them."""
    parts = sitemap(site)

    urls = [url for part in parts.values() for url in part]
    versions = {
        url.find(LOC).text: {link.get("hreflang"): link.get("href") for link in url.iter(XHTML)} for url in urls
    }
    assert len(versions) == len(urls) > 10_000
    assert max(len(part) for part in parts.values()) <= 50_000
    for address, others in versions.items():
        assert len(others) == 13
        assert address in others.values()
        assert others["x-default"] == others["en"]
        assert versions[others["en"]] == others
    assert "http://register.test/prs/subjects/taliban/" in versions
    assert "http://register.test/kk/lists/kz-list/" in versions
    assert "http://register.test/id/listings/kz-list--taliban/" in versions
    assert any(address.startswith("http://register.test/fr/acts/") for address in versions)


def test_every_room_that_stands_for_itself_is_in_the_sitemap(site):
    """A new kind of page must not be forgotten. Questions have no end, so their forms are not in it."""
    [pages] = [part for name, part in sitemap(site).items() if name.endswith("pages.xml")]
    found = {one.text for one in pages.iter(LOC)}

    missing = [
        name for name, room in ROOMS.items()
        if not room.needs_key and name not in {"ask", "search"}
        and f"http://register.test/en/{name}{'/' if name else ''}" not in found
    ]  # fmt: skip

    assert missing == []


def test_addresses_of_the_sitemap_are_pages(site):
    """A map of places that are not there sends people into nothing. Of many some are tried."""
    found = [one.text for part in sitemap(site).values() for one in part.iter(LOC)]

    tried = [*found[::400], *[one for one in found if "/en/" in one][::60]]

    assert len(tried) > 40
    for address in tried:
        answer = site.get(address)
        assert answer.status_code == 200, address
        assert f'<link rel="canonical" href="{address}">' in answer.text


def test_what_has_no_end_is_left_out_for_those_who_follow_every_link(site):
    """Each page leads to every day of the past; whoever counted pages there would never come back."""
    answer = site.get("/robots.txt")

    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Disallow: /*?*as_of=" in answer.text
    assert "Sitemap: http://register.test/sitemap.xml" in answer.text


@pytest.mark.parametrize(
    "name", ["subjects-0", "subjects-99999", "subjects-x", "nothing", "subjects-²", "acts-0", "listings"]
)
def test_a_part_that_the_index_does_not_name_is_not_found(site, name):
    """A part made up by somebody is no part."""
    assert site.get(f"/sitemap/{name}.xml").status_code == 404


def test_a_sitemap_without_a_host_is_refused(site):
    """Its addresses must be whole, and a forged host is none."""
    assert site.get("/sitemap.xml", headers={"host": 'evil"><x'}).status_code == 400


@pytest.mark.parametrize("language", ["en", "prs", "ru", "zh"])
def test_a_subject_is_called_in_a_feed_as_on_its_own_page(site, language):
    """A name that somebody uses in the language, wherever the site speaks of it."""
    items = site.get(f"/{language}/lists/kz-list.feed.json").json()["items"]

    for item in items[:4]:
        page = site.get(item["url"].removeprefix("http://register.test").partition("?")[0]).text
        called = html.unescape(re.sub(r"<[^>]+>", "", re.search(r"<h1>(.*?)</h1>", page)[1]))
        assert called in item["title"]
