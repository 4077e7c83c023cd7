"""XML from outside, parsed so that no document can do more than be refused.

The text is decoded here, looked at, and handed to the parser in UTF-8, so that what was looked at is what is
parsed: no list of ours declares a document type or an entity, so a document that does is refused before any
parser sees it. Size, number of tags and depth are bounded, and with them time and memory.
"""

import codecs
import re
from collections import Counter
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from tizim.errors import SourceRefused

__all__ = ["Element", "leaves", "parse", "tag_of"]

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_MARKS: Final = 2_000_000
"""Tags and attributes together. Each costs the parser up to 350 bytes, so a small document of nothing else
would otherwise fill the memory: three megabytes of attributes made a tree of a hundred."""

_BOMS: Final = (
    # UTF-32 first: its little-endian mark begins with the one of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How "<" and the character after it look without a byte order mark (XML 1.0, appendix F).
_WIDE: Final = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_NARROW: Final = frozenset({
    "utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15",
    "windows-1251", "windows-1252", "windows-1256",
})  # fmt: skip
"""Encodings that a document without a byte order mark may declare; all agree on ASCII."""
_DECLARED: Final = re.compile(rb"\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_SPACE: Final = re.compile(r"\s*")
_HTML: Final = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_PARSER_PLACE: Final = re.compile(r"\s*,? line \d+, column \d+\s*$")


def parse(data: bytes, name: str, *, max_bytes: int = MAX_BYTES, max_marks: int = MAX_MARKS) -> Element:
    """The root element of the document *data*; *name* is the file's name, for messages only.

    Comments and processing instructions are left out. Raises `SourceRefused`, with the place and the reason,
    for anything but one whole, well-formed document without a document type.
    """
    if len(data) > max_bytes:
        raise SourceRefused(f"{name}: {len(data):,} bytes, more than the {max_bytes:,} this source may have")
    if not data.strip():
        raise SourceRefused(f"{name}: the file is empty ({len(data)} bytes)")
    text = _decode(data, name)
    _look(text, name)
    utf8 = text.encode("utf-8")
    if utf8.count(b"<") + utf8.count(b"=") > max_marks:
        raise SourceRefused(f"{name}: more than {max_marks:,} tags and attributes")
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever the document declares: it has been decoded above
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,  # keeps the parser's own bounds: 256 levels, 10 MB in one text or name
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(utf8, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = _PARSER_PLACE.sub("", error.msg or "not well-formed").strip()
        message = f"{name}: line {line}, column {column}: not well-formed or cut off: {reason}"
        raise SourceRefused(message) from None


def _decode(data: bytes, name: str) -> str:
    """The characters of the document, without a byte order mark."""
    encoding, start = _encoding(data, name)
    try:
        return data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        before = data[start : start + error.start]
        line = before.count(b"\n") + 1
        column = len(before) - before.rfind(b"\n")
        wide = encoding.startswith(("utf-16", "utf-32"))
        at = f"byte {start + error.start}" if wide else f"line {line}, column {column}"
        bad = data[start + error.start]
        message = f"{name}: {at}: byte 0x{bad:02x} is not {encoding}, which the document says it is in"
        raise SourceRefused(message) from None


def _encoding(data: bytes, name: str) -> tuple[str, int]:
    """Which encoding the document is in, and where its text begins."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, len(mark)
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return encoding, 0
    declared = _DECLARED.match(data)
    if declared is None:
        return "utf-8", 0
    said = declared[1].decode("ascii")
    if said.lower() not in _NARROW:
        raise SourceRefused(f"{name}: line 1: declares the encoding {said!r}, in which no list is read")
    return said.lower(), 0


def _look(text: str, name: str) -> None:
    """Refuse what is not XML or declares a document type, by what stands before the root element.

    A declaration can stand nowhere else: the parser refuses it after the root's start.
    """
    at = 0
    while True:
        space = _SPACE.match(text, at)
        at = space.end() if space else at
        if text.startswith("<?", at):
            end = text.find("?>", at + 2)
        elif text.startswith("<!--", at):
            end = text.find("-->", at + 4)
            end = end + 1 if end >= 0 else end
        else:
            break
        if end < 0:
            break
        at = end + 2
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    place = f"{name}: line {line}, column {column}"
    if _HTML.match(text, at):
        raise SourceRefused(f"{place}: this is an HTML page, not a list")
    if text.startswith("<!", at) and not text.startswith("<!--", at):
        raise SourceRefused(f"{place}: declares a document type or entities, which no list does")
    if at < len(text) and text[at] != "<":
        raise SourceRefused(f"{place}: not XML, begins with {text[at : at + 20]!r}")


def leaves(element: Element, path: str, fields: list[tuple[str, str]], depth: int) -> None:
    """Add every filled-in attribute and text below *element* to *fields*, by its path within the record.

    A path counts (``INDIVIDUAL_ALIAS[2]``) only where siblings share a name. Text beside child elements,
    which no document held has, stands under ``text()``.
    """
    for key, value in element.attrib.items():
        if value.strip():
            attribute = f"@{str(key).rpartition('}')[2]}"
            fields.append((f"{path}/{attribute}" if path else attribute, value))
    tags = [tag_of(child) for child in element]
    if not tags:
        text = element.text
        if text and text.strip():
            fields.append((path, text))
        return
    _loose(element.text, path, fields)
    if not depth:
        raise SourceRefused(f"{path} holds elements in elements deeper than any entry of this list")
    counts = Counter(tags) if len(set(tags)) < len(tags) else {}
    seen: Counter[str] = Counter()
    for tag, child in zip(tags, element, strict=True):
        step = tag
        if counts and counts[tag] > 1:
            seen[tag] += 1
            step = f"{tag}[{seen[tag]}]"
        leaves(child, f"{path}/{step}" if path else step, fields, depth - 1)
        _loose(child.tail, path, fields)


def _loose(text: str | None, path: str, fields: list[tuple[str, str]]) -> None:
    if text and text.strip():
        fields.append((f"{path}/text()" if path else "text()", text))


def tag_of(element: Element) -> str:
    """The element's name without its namespace, cut if it is of a length that no name has."""
    return str(element.tag).rpartition("}")[2][:_MAX_TAG]


_MAX_TAG: Final = 100
"""No element of any list has a name of more than forty letters."""
