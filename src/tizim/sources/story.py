"""An article as a file or a page: its words in order, and what the page says of itself.

Knows HTML and plain text, and nothing of what the words mean. Within bounds; what cannot be read is refused.
"""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Final

import msgspec
from lxml import etree, html
from lxml.html import HtmlElement

from tizim.errors import SourceRefused
from tizim.sources.dates import iso_day
from tizim.text import one_line

MOST_BYTES: Final = 32 * 1024 * 1024
LONGEST: Final = 400_000
"""letters of the longest text that is given on; no article is longer"""
_MOST_MARKS: Final = 500_000
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9._-]{1,40})", re.IGNORECASE)
_PAGE: Final = re.compile(rb"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ASIDE: Final = frozenset({
    "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button", "svg", "iframe",
    "figure", "select", "textarea", "object",
})  # fmt: skip
"""what stands beside an article on its page"""
_BLOCKS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "li", "blockquote", "td", "th", "pre", "dd", "dt"})
_HOLDERS: Final = frozenset({"div", "section", "article", "main", "td", "body"})
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DATED: Final = (
    "article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "dc.date",
    "dc.date.issued",
    "parsely-pub-date",
)


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an article before anybody reads it. Fields are empty where the page does not say."""

    text: str
    media_type: str
    title: str = ""
    outlet: str = ""
    language: str = ""
    published: str = ""
    """ISO date"""


def story(data: bytes, name: str) -> Story:
    """The article in *data*; *name* is the file's or its address, for messages.

    Raises `SourceRefused` for what is empty, too large, or no text.
    """
    if len(data) > MOST_BYTES:
        raise SourceRefused(f"{name}: {len(data):,} bytes, more than an article has")
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise SourceRefused(f"{name}: is empty")
    if _PAGE.search(data[:4_000]):
        return _of_page(data, name)
    text = _decoded(data, name)
    if sum(sign == "\0" for sign in text[:10_000]) > 2:
        raise SourceRefused(f"{name}: is no text and no page")
    return Story(text=text[:LONGEST], media_type="text/plain")


def _decoded(data: bytes, name: str) -> str:
    said = _CHARSET.search(data[:4_000]) if _PAGE.search(data[:4_000]) else None
    plain = data.removeprefix(codecs.BOM_UTF8)
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for tried in dict.fromkeys((said[1].decode("ascii") if said else "utf-8", "utf-8")):
        try:
            return plain.decode(codecs.lookup(tried).name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    if said is None:
        raise SourceRefused(f"{name}: is no text in UTF-8, and does not say in what it is")
    return plain.decode("utf-8", "replace")


# -- pages -------------------------------------------------------------------------------------------


def _of_page(data: bytes, name: str) -> Story:
    if data.count(b"<") + data.count(b"=") > _MOST_MARKS:
        raise SourceRefused(f"{name}: more than {_MOST_MARKS:,} tags and attributes")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    text = _decoded(data, name).replace("\0", "\ufffd")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceRefused(f"{name}: cannot be read as a page: {one_line(str(error))}") from None
    said = _metas(root)
    linked = _linked(root)
    titles = (said.get("og:title", ""), linked.get("headline", ""), _first(root, "h1"), _first(root, "title"))
    title = next((one for one in titles if one), "")
    words = "\n\n".join(_paragraphs(root, title))
    if not words:
        raise SourceRefused(f"{name}: the page has no words of an article")
    dated = [*(said.get(key, "") for key in _DATED), linked.get("datePublished", ""), *_times(root)]
    published = next((day for text in dated if (day := _day(text))), "")
    return Story(
        text=words[:LONGEST], media_type="text/html", title=title, outlet=said.get("og:site_name", ""),
        language=(root.get("lang") or "").strip(), published=published,
    )  # fmt: skip


def _metas(root: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in root.iter("meta"):
        name = (one.get("property") or one.get("name") or one.get("itemprop") or "").strip().lower()
        if name and (content := one.get("content")):
            found.setdefault(name, one_line(content))
    return found


def _linked(root: HtmlElement) -> dict[str, str]:
    """What the page says of itself for machines (JSON-LD): headline and day."""
    for one in root.iter("script"):
        if (one.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            told = json.loads(one.text or "")
        except (ValueError, RecursionError):
            continue
        for part in told if isinstance(told, list) else told.get("@graph", [told]) if isinstance(told, dict) else []:
            if isinstance(part, dict) and isinstance(part.get("datePublished"), str):
                headline = part.get("headline")
                return {
                    "datePublished": part["datePublished"], "headline": headline if isinstance(headline, str) else "",
                }  # fmt: skip
    return {}


def _times(root: HtmlElement) -> Iterator[str]:
    for one in root.iter("time"):
        yield one.get("datetime") or ""


def _first(root: HtmlElement, tag: str) -> str:
    return next((one_line("".join(one.itertext())) for one in root.iter(tag)), "")


def _day(text: str) -> str:
    found = _DAY.match(text.strip())
    return (iso_day(found[0]) or "") if found else ""


def _paragraphs(root: HtmlElement, title: str) -> Iterator[str]:
    """The headline, and the paragraphs of what holds most of the page's words."""
    for one in list(root.iter(*_ASIDE)):
        one.drop_tree()
    if title:
        yield title
    holder = _holder(root)
    blocks = [one for one in holder.iter(*_BLOCKS) if not any(True for _ in one.iterdescendants(*_BLOCKS))]
    found = [text for one in blocks if (text := one_line("".join(one.itertext())))]
    if not found:
        found = [text for line in "".join(holder.itertext()).split("\n") if (text := one_line(line))]
    yield from (text for number, text in enumerate(found) if number or text != title)


def _holder(root: HtmlElement) -> HtmlElement:
    """The element right below which most words of paragraphs stand; the whole body where they stand in none."""
    body = next(iter(root.iter("body")), root)
    weights: dict[HtmlElement, int] = {}
    for one in body.iter("p"):
        parent = one.getparent()
        if parent is not None and parent.tag in _HOLDERS:
            weights[parent] = weights.get(parent, 0) + len("".join(one.itertext()))
    best = max(weights, key=weights.__getitem__, default=None)
    return body if best is None else best
