"""A feed, RSS or Atom: one article for each entry, of the text that the feed itself carries."""

import email.utils
import html
import re
from typing import Final

from lxml import etree

from tizim.errors import BadInput
from tizim.news.extract.article import Article

MOST: Final = 16_000_000  # bytes of a feed
_MOST_ENTRIES: Final = 2_000
_TAGS: Final = re.compile(r"<[^>]{0,2000}>")
_BREAKS: Final = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d)\b[^>]{0,200}>", re.IGNORECASE)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def is_feed(data: bytes) -> bool:
    """Whether *data* begins as a feed does."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf")) and any(
        sign in head for sign in (b"<rss", b"<feed", b"<rdf:rdf")
    )


def articles_of(data: bytes) -> list[Article]:
    """The entries of the feed *data*, in its order. Raises `BadInput` if it is none that can be read."""
    if len(data) > MOST:
        raise BadInput(f"the feed has {len(data):,} bytes, more than the {MOST:,} that are read")
    if b"<!DOCTYPE" in data[:4000] or b"<!ENTITY" in data:
        raise BadInput("the feed declares a document type or an entity, which no feed needs: it is not read")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BadInput(f"the feed is not well formed: {error}") from None
    if root is None:
        raise BadInput("the feed holds nothing that can be read")
    outlet = _first(root, "title", direct=True)
    language = _first(root, "language", direct=True) or (root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    entries = [node for node in root.iter() if _tag(node) in {"item", "entry"}][:_MOST_ENTRIES]
    return [_article(node, outlet, language) for node in entries]


def _article(node: etree._Element, outlet: str, language: str) -> Article:
    title = _plain(_first(node, "title"))
    body = next((text for tag in ("encoded", "content", "description", "summary") if (text := _first(node, tag))), "")
    link = _first(node, "link") or next((one.get("href") or "" for one in node if _tag(one) == "link"), "")
    plain = _plain(body)
    return Article(
        text=f"{title}\n\n{plain}" if plain else title,
        url=link.strip(),
        title=title,
        outlet=_plain(outlet),
        published=_day(
            next((text for tag in ("pubDate", "published", "date", "updated") if (text := _first(node, tag))), "")
        ),
        language=node.get("{http://www.w3.org/XML/1998/namespace}lang") or language,
    )


def _tag(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _first(node: etree._Element, tag: str, *, direct: bool = False) -> str:
    """The text of the first child called *tag*; with *direct*, of a child of the channel."""
    children = list(node)
    if direct:
        channel = next((one for one in children if _tag(one) == "channel"), None)
        children = list(channel) if channel is not None else children
    found = next((one for one in children if _tag(one) == tag), None)
    return "".join(str(text) for text in found.itertext()).strip() if found is not None else ""


def _plain(text: str) -> str:
    """Text out of the HTML that feeds carry."""
    if "<" in text:
        text = _TAGS.sub(" ", _BREAKS.sub("\n", text))
    text = html.unescape(text)
    return "\n".join(line for raw in text.splitlines() if (line := " ".join(raw.split())))


def _day(text: str) -> str:
    if found := _DAY.search(text):
        return found[0]
    try:
        return email.utils.parsedate_to_datetime(text).date().isoformat() if text else ""
    except (ValueError, TypeError, IndexError):
        return ""
