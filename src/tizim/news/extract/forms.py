"""Which form a file has, and the articles in it."""

import re
from collections.abc import Iterator
from typing import Final

from tizim.errors import BadInput
from tizim.news.extract import feed, page, warc
from tizim.news.extract.article import Article
from tizim.news.extract.decoding import text_of

_HTML: Final = re.compile(r"<(?:!doctype\s+html|html|head|body|article|div|p)\b", re.IGNORECASE)
_HEAD: Final = 2_000
_BINARY: Final = 16  # one byte in so many that is no text makes a file binary


def articles(data: bytes, *, url: str = "", charset: str = "") -> Iterator[Article]:
    """The articles of a file: one for a page or a text, many for a feed or a web archive.

    *url* and *charset* are what is known of where it came from. Raises `BadInput` for what holds no text.
    """
    if warc.is_archive(data):
        for address, body, encoding in warc.pages_of(data):
            yield from _of_text(text_of(body, encoding), address)
        return
    if feed.is_feed(data):
        yield from feed.articles_of(data)
        return
    if data[:5] == b"%PDF-" or _is_binary(data):
        raise BadInput("this is no text, page, feed or web archive: nothing in it can be read")
    yield from _of_text(text_of(data, charset), url)


def _of_text(text: str, url: str) -> Iterator[Article]:
    if _HTML.search(text[:_HEAD]):
        yield page.article_of(text, url)
    else:
        yield Article(text=text, url=url)


def _is_binary(data: bytes) -> bool:
    head = data[:_HEAD]
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return False
    return sum(byte < 9 or 13 < byte < 32 for byte in head) * _BINARY > len(head)
