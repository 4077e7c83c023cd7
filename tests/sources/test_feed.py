"""What an outlet announces: feeds in their forms, and pages of links."""

import json

import pytest

from tizim.errors import SourceRefused
from tizim.sources.feed import MOST_ITEMS, Item, items

URL = "https://courier.example/news/feed"
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Courier</title>
<item><title> Off the
 register </title><link>https://courier.example/a</link><pubDate>Fri, 29 Dec 2023 10:00:00 +0600</pubDate></item>
<item><title>Again</title><guid>/b?x=1#top</guid><pubDate>no day</pubDate></item>
<item><title>The same</title><link>https://courier.example/a#comments</link></item>
<item><title>No address</title></item>
<item><title>A trap</title><link>javascript:alert(1)</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><entry><title>Off</title>
<link rel="self" href="https://courier.example/self"/><link href="c"/><updated>2024-06-04T01:02:03Z</updated>
<published>2024-06-03T23:00:00+05:00</published></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="https://courier.example/d"><title>Off</title>
<link>https://courier.example/d</link><dc:date>2024-06-03</dc:date></item></rdf:RDF>"""
PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Courier</title></head><body>
<a href="/">Home</a> <a href="/e">Court takes three off the list</a> <a href="/f">塔利班被从名单上除名了吗</a>
<a href="https://other.example/g">Another outlet tells of something else</a> <a href="/h"><b>Off</b> the <i>list</i></a>
<a href="http://[broken/">A link that is broken indeed</a></body></html>"""


def test_rss_names_each_address_once_with_its_day():
    """Addresses become whole, days are those of the feed, and what leads nowhere is left out."""
    assert items(RSS.encode(), URL) == [
        Item(url="https://courier.example/a", title="Off the register", published="2023-12-29"),
        Item(url="https://courier.example/b?x=1", title="Again"),
    ]


def test_atom_rss_1_and_json_feeds_are_read_too():
    """Whatever an outlet writes."""
    told = {
        "version": "https://jsonfeed.org/version/1.1", "title": "Courier",
        "items": [{"id": "1", "url": "/i", "title": "Off", "date_published": "2024-06-03T10:00:00Z"}],
    }  # fmt: skip

    assert items(ATOM.encode(), URL) == [
        Item(url="https://courier.example/news/c", title="Off", published="2024-06-03")
    ]
    assert items(RDF.encode(), URL) == [Item(url="https://courier.example/d", title="Off", published="2024-06-03")]
    assert items(json.dumps(told).encode(), URL) == [
        Item(url="https://courier.example/i", title="Off", published="2024-06-03")
    ]


def test_a_page_of_links_gives_those_that_read_like_headlines():
    """An outlet without a feed has a front page; buttons and other hosts are no stories of its own."""
    found = items(PAGE.encode(), "https://courier.example/")

    assert [one.url.rpartition("/")[2] for one in found] == ["e", "f", "h"]
    assert found[2].title == "Off the list"


def test_a_page_in_another_encoding_is_read_as_it_says():
    """Old pages of newspapers."""
    page = PAGE.replace("utf-8", "windows-1251").replace(
        "Court takes three off the list", "Суд исключил троих из списка"
    )

    found = items(page.replace("塔利班被从名单上除名了吗", "x").encode("windows-1251"), "https://courier.example/")

    assert found[0].title == "Суд исключил троих из списка"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"   ", b"%PDF-1.7", b"{}", b'{"version": "1", "items": []}', b'{"items": ', b"<rss><channel>",
        b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>&a;</rss>", b"<sitemapindex></sitemapindex>", b"\xff\xfe\x00",
        b"<html>" + b"<a>" * 200_001, b"x" * (8 * 1024 * 1024 + 1),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused_with_its_address(data):
    """A log-in page, a bomb and half a file are told as what they are."""
    with pytest.raises(SourceRefused, match=r"courier\.example"):
        items(data, URL)


def test_a_feed_is_cut_where_it_is_an_archive():
    """Ten thousand stories are not news."""
    many = "".join(f"<item><link>/{number}</link></item>" for number in range(MOST_ITEMS + 50))

    assert len(items(f"<rss><channel>{many}</channel></rss>".encode(), URL)) == MOST_ITEMS
