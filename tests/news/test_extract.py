"""Pages, feeds, archives and texts, and what hostile ones do: nothing but a clear answer."""

import gzip
import time

import pytest

from tizim.errors import BadInput
from tizim.news.extract import articles
from tizim.news.reading import read_article

BODY = "Kazakhstan removed the Taliban from its list of terrorist organisations, the foreign ministry said."
PAGE = f"""<!doctype html><html lang="en-GB" dir="ltr"><head><title>Title &amp; more</title>
<meta property="og:site_name" content="The Paper">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "headline": "Taken off",
"datePublished": "2024-06-03T10:00:00Z", "translationOfWork": {{"inLanguage": "ru"}}}}]}}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Taken off</h1><p>{BODY}</p><p>More of it follows here.</p></article>
<footer>Automatically translated by AI.</footer></body></html>"""
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>News</title><language>en</language>
<item><title>One</title><link>https://example.org/1</link><pubDate>Mon, 03 Jun 2024 10:00:00 GMT</pubDate>
<description>&lt;p&gt;Russia banned Hamas.&lt;/p&gt;</description></item>
<item><title>Two</title></item></channel></rss>"""


def warc(html, url="https://example.org/a"):
    """A web archive of one page."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-06-03T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_a_page_gives_its_text_and_what_it_says_of_itself():
    """Main text without menus; title, outlet, day, language, direction and origin from its head."""
    (page,) = articles(PAGE.encode())

    assert BODY in page.text
    assert "Home" not in page.text
    assert (page.title, page.outlet, page.published) == ("Taken off", "The Paper", "2024-06-03")
    assert (page.language, page.direction, page.translated_from) == ("en-GB", "ltr", "ru")
    assert "translated by AI" in page.notice


def test_a_page_is_read_by_its_own_day_and_notice():
    """The page's day resolves dates, and its footer says that a machine made it."""
    (page,) = articles(PAGE.encode())

    reading = read_article(page)

    assert reading.published == "2024-06-03"
    assert [one.action for one in reading.claims] == ["delist"]
    assert reading.machine_translated is not None
    assert reading.machine_translated["original_language"] == "ru"


def test_a_feed_gives_an_article_for_each_entry():
    """With the entry's own day and address; HTML inside is undone."""
    one, two = articles(RSS.encode())

    assert one.text == "One\n\nRussia banned Hamas."
    assert (one.url, one.published, one.language) == ("https://example.org/1", "2024-06-03", "en")
    assert two.text == "Two"


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed"])
def test_an_archive_gives_its_pages(pack):
    """Each response with HTML in it is an article, from the address it was fetched from."""
    (page,) = articles(pack(warc(PAGE)))

    assert page.url == "https://example.org/a"
    assert BODY in page.text


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16", "koi8-r"])
def test_old_encodings_are_read(encoding):
    """What a page declares is believed if it fits."""
    text = "Россия исключила движение из списка"
    page = f'<html><head><meta charset="{encoding}"></head><body><p>{text}</p></body></html>'

    (article,) = articles(page.encode(encoding))

    assert text in article.text


def test_a_plain_text_is_itself():
    """Its characters are the ones that claims count."""
    (article,) = articles(BODY.encode())

    assert article.text == BODY


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 ...", bytes(range(32)) * 100, b"<html><body>" + b"<div>" * 300_000,
     b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss></rss>'],
    ids=["pdf", "binary", "nested", "entities"],
)  # fmt: skip
def test_what_is_no_article_is_refused(data):
    """With a sentence that says why."""
    with pytest.raises(BadInput):
        list(articles(data))


@pytest.mark.parametrize(
    "page",
    [
        "<html>" + "<" * 1_000_000,
        "<html>" + "<a" * 500_000,
        "<p>" * 100_000 + BODY,
        "<html><body>" + "<b>" * 500 + BODY,
    ],
    ids=["brackets", "tags", "paragraphs", "bold"],
)
def test_hostile_pages_take_seconds_at_most(page):
    """Broken markup is read as far as it goes."""
    begun = time.process_time()

    assert len(list(articles(page.encode()))) == 1
    assert time.process_time() - begun < 20


def test_a_log_in_page_claims_nothing():
    """And its reading says so."""
    (page,) = articles(
        b"<html lang=en><body><form>User name <input> Password <input type=password></form></body></html>"
    )

    assert read_article(page).claims == ()
