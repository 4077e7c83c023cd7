"""A web page: its main text by resiliparse, and what its head and its JSON-LD say about it.

A page is bounded before it is parsed: parsers take the square of the depth, and no article nests a thousand deep.
"""

import json
import re
from typing import Any, Final

from tizim.errors import BadInput
from tizim.news.extract.article import Article
from tizim.news.notices import machine_translated

MOST: Final = 8_000_000  # characters of a page
_DEEPEST: Final = 600
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*?(/?)>")
_SINGLE: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "td", "tr", "th", "dt", "dd", "option", "tbody", "thead", "tfoot", "rp", "rt", "colgroup", "html", "head",
    "body",
})  # fmt: skip
"""tags that need no closing, or are closed by what follows"""
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DATES: Final = (
    'meta[property="article:published_time"]', 'meta[name="article:published_time"]', 'meta[itemprop="datePublished"]',
    'meta[name="pubdate"]', 'meta[name="publishdate"]', 'meta[name="publish-date"]', 'meta[name="date"]',
    'meta[name="DC.date.issued"]',     'meta[name="dcterms.created"]', 'meta[property="og:published_time"]',
)  # fmt: skip
_KINDS: Final = frozenset(
    {"NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "WebPage", "AnalysisNewsArticle"}
)
_MOST_DATA: Final = 400_000
_DEEPEST_DATA: Final = 12


def article_of(html: str, url: str = "") -> Article:
    """The article of the page *html*. Raises `BadInput` for what no news page is: too large, or nested too deep."""
    if len(html) > MOST:
        raise BadInput(
            f"the page has {len(html):,} characters, more than the {MOST:,} that are read: give its text instead"
        )
    depth = depth_of(html)
    if depth > _DEEPEST:
        raise BadInput(f"the page is nested {depth:,} elements deep, which no article is: give its text instead")
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - loaded when a page is read
    from resiliparse.parse.html import HTMLTree  # noqa: PLC0415 - loaded when a page is read

    tree = HTMLTree.parse(html)
    text = extract_plain_text(tree, main_content=True, list_bullets=False, alt_texts=False)
    whole = extract_plain_text(tree, main_content=False, list_bullets=False, alt_texts=False)
    data = _data(tree)
    language = _attribute(tree, "html", "lang") or _text(data.get("inLanguage"))
    found = machine_translated(whole, "en") if machine_translated(text, "en") is None else None
    return Article(
        text=text or whole,
        url=_attribute(tree, 'link[rel="canonical"]', "href") or url,
        title=_content(tree, 'meta[property="og:title"]') or _text(data.get("headline")) or (tree.title or "").strip(),
        outlet=_content(tree, 'meta[property="og:site_name"]') or _name(data.get("publisher")),
        published=_published(tree, data, url),
        language=language,
        direction={"rtl": "rtl", "ltr": "ltr"}.get(_attribute(tree, "html", "dir").lower(), ""),  # type: ignore[arg-type]
        translated_from=_original(data),
        notice=found["notice"] if found else "",
    )


def depth_of(html: str) -> int:
    """How deep the elements of *html* that must be closed are nested at most."""
    depth = deepest = 0
    for found in _TAG.finditer(html):
        closing, name, alone = found.groups()
        if alone or name.lower() in _SINGLE:
            continue
        depth = max(depth - 1, 0) if closing else depth + 1
        deepest = max(deepest, depth)
        if deepest > _DEEPEST:
            break
    return deepest


def _attribute(tree: Any, selector: str, name: str) -> str:  # noqa: ANN401 - the parser's own type
    node = tree.document.query_selector(selector)
    return (node.getattr(name) or "").strip() if node is not None else ""


def _content(tree: Any, selector: str) -> str:  # noqa: ANN401 - the parser's own type
    return _attribute(tree, selector, "content")


def _published(tree: Any, data: dict[str, Any], url: str) -> str:  # noqa: ANN401 - the parser's own type
    said = [_text(data.get("datePublished")), *(_content(tree, selector) for selector in _DATES)]
    said += [_attribute(tree, "article time[datetime]", "datetime"), _attribute(tree, "time[datetime]", "datetime")]
    for text in said:
        if found := _DAY.search(text):
            return found[0]
    found = re.search(r"/(20\d{2})/(\d{1,2})/(\d{1,2})(?:/|$)", url)
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found else ""


def _data(tree: Any) -> dict[str, Any]:  # noqa: ANN401 - the parser's own type
    """The JSON-LD of the article."""
    for script in tree.document.query_selector_all('script[type="application/ld+json"]'):
        text = script.text
        if len(text) > _MOST_DATA:
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            continue
        found = _article_data(value, 0)
        if found is not None:
            return found
    return {}


def _article_data(value: object, depth: int) -> dict[str, Any] | None:
    if depth > _DEEPEST_DATA:
        return None
    if isinstance(value, dict):
        kinds = value.get("@type")
        if _KINDS.intersection(kinds if isinstance(kinds, list) else [kinds]) and (
            "headline" in value or "datePublished" in value
        ):
            return value
        return _article_data(value.get("@graph"), depth + 1)
    if isinstance(value, list):
        return next((found for one in value if (found := _article_data(one, depth + 1)) is not None), None)
    return None


def _original(data: dict[str, Any]) -> str:
    """The language of the work that this one is a translation of."""
    original = data.get("translationOfWork")
    if isinstance(original, list) and original:
        original = original[0]
    return _text(original.get("inLanguage")) if isinstance(original, dict) else ""


def _text(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("alternateName") or value.get("name")
    if isinstance(value, list):
        value = value[0] if value else ""
    return value.strip() if isinstance(value, str) else ""


def _name(value: object) -> str:
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)
