"""A feed as Atom (RFC 4287)."""

import re
from typing import Final
from xml.etree import ElementTree as ET

from tizim.publish.feeds.feed import Entry, Feed, as_html, id_of, moment
from tizim.publish.forms import MEDIA_TYPES, Form, in_form
from tizim.publish.site import Site, in_languages

_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(site: Site, feed: Feed) -> bytes:
    """The feed as a document."""
    words, page = site.words, feed.here(site.to)
    root = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": words.code})
    _add(root, "id", id_of(feed.key, words.code))
    _add(root, "title", words.line(feed.title))
    _add(root, "subtitle", words.line(feed.subtitle))
    _add(root, "updated", moment(feed.updated))
    _add(_add(root, "author"), "name", "tizim")
    _add(root, "generator", "tizim")
    _link(root, "self", site.base + in_form(page, Form.ATOM), MEDIA_TYPES[Form.ATOM], words.code)
    _link(root, "alternate", site.base + page, MEDIA_TYPES[Form.PAGE], words.code)
    _link(root, "alternate", site.base + in_form(page, Form.FEED), MEDIA_TYPES[Form.FEED], words.code)
    for one, address in in_languages(site, feed.here):
        if one.code != words.code:
            _link(root, "alternate", site.base + in_form(address, Form.ATOM), MEDIA_TYPES[Form.ATOM], one.code)
    for entry in feed.entries:
        _entry(root, site, entry)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(root: ET.Element, site: Site, entry: Entry) -> None:
    words = site.words
    own = _add(root, "entry")
    _add(own, "id", id_of(entry.key, words.code))
    _add(own, "title", words.line(entry.title))
    _add(own, "published", moment(entry.published))
    _add(own, "updated", moment(entry.updated))
    _link(own, "alternate", site.base + entry.address, MEDIA_TYPES[Form.PAGE], words.code)
    for term, label in entry.about:
        ET.SubElement(own, "category", {"term": marked(term), "label": marked(words.line(label))})
    _add(own, "content", as_html(entry, words.code, words.direction), type="html")


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, tag, attributes)
    if text:
        made.text = marked(text)
    return made


def _link(parent: ET.Element, rel: str, address: str, media_type: str, language: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "href": address, "type": media_type, "hreflang": language})


def marked(text: str) -> str:
    """*text* with a mark in the place of each character that XML cannot hold: nothing is dropped unseen."""
    return _NOT_IN_XML.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
