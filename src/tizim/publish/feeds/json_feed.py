"""A feed as JSON Feed, version 1.1."""

from typing import Any, Final

from tizim.publish.feeds.feed import Entry, Feed, as_html, id_of, moment
from tizim.publish.forms import Form, in_form
from tizim.publish.site import Site

_VERSION: Final = "https://jsonfeed.org/version/1.1"


def json_feed(site: Site, feed: Feed) -> dict[str, Any]:
    """The feed as JSON values."""
    words, page = site.words, feed.here(site.to)
    return {
        "version": _VERSION,
        "title": words.line(feed.title),
        "description": words.line(feed.subtitle),
        "home_page_url": site.base + page,
        "feed_url": site.base + in_form(page, Form.FEED),
        "language": words.code,
        "authors": [{"name": "tizim"}],
        "items": [_item(site, entry) for entry in feed.entries],
    }


def _item(site: Site, entry: Entry) -> dict[str, Any]:
    words = site.words
    return {
        "id": id_of(entry.key, words.code),
        "url": site.base + entry.address,
        "title": words.line(entry.title),
        "content_html": as_html(entry, words.code, words.direction),
        "content_text": "\n".join(words.line(one) for one in entry.said),
        "date_published": moment(entry.published),
        "date_modified": moment(entry.updated),
        "language": words.code,
        "tags": [term for term, _ in entry.about],
    }
