"""What an outlet announces: the newest stories of a feed (RSS, Atom, JSON Feed) or of a page of links.

Knows the forms and nothing of what is done with the stories. Within bounds: a feed is short, and one that is
not is cut, newest first as it came.
"""

import codecs
import datetime as dt
import email.utils
import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

import msgspec
from lxml import etree, html

from tizim.errors import SourceRefused
from tizim.sources.xml import Element, parse, tag_of
from tizim.text import one_line

MOST_BYTES: Final = 8 * 1024 * 1024
MOST_ITEMS: Final = 200
"""stories of one feed that are looked at; more are an archive"""
_MOST_MARKS: Final = 200_000
_LONGEST: Final = 2_000
"""letters of the longest address or title that is taken"""
_WORDS_OF_A_TITLE: Final = 3
"""words of the shortest link on a page that is a story and no button; in scripts without blanks, letters in tens"""
_LETTERS_OF_A_TITLE: Final = 10
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9._-]{1,40})", re.IGNORECASE)
_ISO: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?")


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One story: where it is, and what the feed says of it."""

    url: str
    title: str = ""
    published: str = ""
    """ISO date, empty where the feed gives none that can be read"""


class _JsonItem(msgspec.Struct, frozen=True):
    url: str = ""
    external_url: str = ""
    title: str = ""
    date_published: str = ""


class _JsonFeed(msgspec.Struct, frozen=True):
    version: str
    items: list[_JsonItem]


def items(data: bytes, url: str) -> list[Item]:
    """The stories that the feed or page *data*, fetched from *url*, names, in its order, each address once.

    Raises `SourceRefused` for what is neither, or is too large.
    """
    if len(data) > MOST_BYTES:
        raise SourceRefused(f"{url}: {len(data):,} bytes, more than the {MOST_BYTES:,} a feed may have")
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:2_000]
    if not start:
        raise SourceRefused(f"{url}: is empty")
    if start.startswith(b"{"):
        found = _of_json(data, url)
    elif re.search(rb"<(rss|feed|rdf:RDF)\b", start):
        found = _of_xml(parse(data, url, max_bytes=MOST_BYTES, max_marks=_MOST_MARKS))
    elif re.search(rb"<(!doctype html|html|head|body|a|div)\b", start, re.IGNORECASE):
        found = _of_page(data, url)
    else:
        raise SourceRefused(f"{url}: is no feed (RSS, Atom, JSON Feed) and no page of links")
    return list(_whole(found, url))


def _whole(found: Iterable[Item], base: str) -> Iterator[Item]:
    """Each address once, whole and of the web; no more than a feed has."""
    seen: set[str] = set()
    for one in found:
        try:
            address = urldefrag(urljoin(base, one.url.strip()))[0]
            is_of_web = urlsplit(address).scheme in {"http", "https"}
        except ValueError:
            continue
        if not one.url.strip() or not is_of_web or len(address) > _LONGEST or address in seen or address == base:
            continue
        seen.add(address)
        yield Item(url=address, title=one_line(one.title)[:_LONGEST], published=one.published)
        if len(seen) >= MOST_ITEMS:
            return


# -- forms -------------------------------------------------------------------------------------------


def _of_json(data: bytes, url: str) -> Iterator[Item]:
    try:
        found = msgspec.json.decode(data, type=_JsonFeed)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SourceRefused(f"{url}: is no JSON Feed: {error}") from None
    if not found.version.startswith("https://jsonfeed.org/version/"):
        raise SourceRefused(f"{url}: is JSON, and no JSON Feed: its version is {found.version[:60]!r}")
    for one in found.items:
        yield Item(url=one.url or one.external_url, title=one.title, published=_day(one.date_published))


def _of_xml(root: Element) -> Iterator[Item]:
    for element in root.iter():
        if tag_of(element) in {"item", "entry"}:
            told: dict[str, str] = {}
            for child in element:
                name = tag_of(child)
                if name == "link":
                    relation = child.get("rel", "alternate")
                    if relation == "alternate":
                        told.setdefault("link", child.get("href") or child.text or "")
                elif name in {"title", "pubDate", "published", "updated", "date", "guid"}:
                    told.setdefault(name, child.text or "")
            published = next((told[name] for name in ("published", "pubDate", "date", "updated") if told.get(name)), "")
            address = told.get("link") or told.get("guid", "")
            yield Item(url=address, title=told.get("title", ""), published=_day(published))


def _of_page(data: bytes, url: str) -> Iterator[Item]:
    """Links of the page to others of its own host that read like headlines."""
    if data.count(b"<") + data.count(b"=") > _MOST_MARKS:
        raise SourceRefused(f"{url}: more than {_MOST_MARKS:,} tags and attributes")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(_text(data).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceRefused(f"{url}: cannot be read as a page: {one_line(str(error))}") from None
    host = urlsplit(url).hostname
    for link in root.iter("a"):
        address, title = link.get("href") or "", one_line("".join(link.itertext()))
        try:
            is_own = urlsplit(urljoin(url, address)).hostname == host
        except ValueError:
            continue
        long = len(title.split()) >= _WORDS_OF_A_TITLE or (" " not in title and len(title) >= _LETTERS_OF_A_TITLE)
        if is_own and long:
            yield Item(url=address, title=title)


def _text(data: bytes) -> str:
    said = _CHARSET.search(data[:4_000])
    try:
        encoding = codecs.lookup(said[1].decode("ascii")).name if said else "utf-8"
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError, ValueError):
        return data.decode("utf-8", "replace")


def _day(text: str) -> str:
    """The day of a moment as feeds write it; empty for what cannot be read."""
    found = _ISO.fullmatch(text.strip())
    if found:
        try:
            return dt.date.fromisoformat(found[1]).isoformat()
        except ValueError:
            return ""
    try:
        return email.utils.parsedate_to_datetime(text.strip()).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
