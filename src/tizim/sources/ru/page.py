"""Pages of HTML from outside, parsed within bounds: size, number of tags, and nothing fetched or run."""

import re
from typing import Final

from lxml import etree, html
from lxml.html import HtmlElement

from tizim.errors import SourceRefused
from tizim.text import one_line

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_MARKS: Final = 1_500_000
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*(utf-?8|windows-1251|cp1251|koi8-r)", re.IGNORECASE)
_MARK: Final = b"\xef\xbb\xbf"


def parse(data: bytes, name: str) -> HtmlElement:
    """The root of a page. Raises `SourceRefused` for what is empty, too large, no HTML, or in no known encoding."""
    if len(data) > MAX_BYTES:
        raise SourceRefused(f"{name}: {len(data):,} bytes, more than the {MAX_BYTES:,} this source may have")
    if not data.strip():
        raise SourceRefused(f"{name}: the file is empty ({len(data)} bytes)")
    if data.count(b"<") + data.count(b"=") > MAX_MARKS:
        raise SourceRefused(f"{name}: more than {MAX_MARKS:,} tags and attributes")
    text = _decode(data, name)
    if "<" not in text[:100_000] or "\0" in text:
        raise SourceRefused(f"{name}: this is no page of HTML")
    if "</html" not in text[-4_000:].casefold() and "<html" in text[:4_000].casefold():
        raise SourceRefused(f"{name}: the page does not end: cut off")
    # The text is decoded already, and libxml2 must not believe what the page says of its encoding.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceRefused(f"{name}: cannot be read as a page of HTML: {one_line(str(error))}") from None


def _decode(data: bytes, name: str) -> str:
    said = _CHARSET.search(data[:4_000])
    declared = said[1].decode("ascii").lower().replace("cp1251", "windows-1251") if said else "utf-8"
    for encoding in dict.fromkeys(("utf-8" if data.startswith(_MARK) else declared, "utf-8", "windows-1251")):
        try:
            return data.removeprefix(_MARK).decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceRefused(f"{name}: is not text in {declared}")


def text_of(element: HtmlElement) -> str:
    """The text of an element, with a line break where the page breaks a line."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if node.tag in _BREAKS and node is not element:
                pieces.append("\n")
            pieces.append(node.text or "")
        else:
            if node.tag in {"p", "div", "li"} and node is not element:
                pieces.append("\n")
            if node is not element:
                pieces.append(node.tail or "")
    lines = [one_line(line) for line in "".join(pieces).split("\n")]
    return "\n".join(line for line in lines if line)


_BREAKS: Final = frozenset({"br", "p", "div", "li"})


def tables(root: HtmlElement, name: str) -> list[list[list[str]]]:
    """The cells of every table, row by row. Raises `SourceRefused` where a cell spans rows: none of these does."""
    found = []
    for table in root.iter("table"):
        rows = []
        for row in table.iter("tr"):
            cells: list[str] = []
            for cell in row:
                if cell.tag not in {"td", "th"}:
                    continue
                if cell.get("rowspan", "1").strip() not in {"", "1"}:
                    raise SourceRefused(f"{name}: line {cell.sourceline}: a cell spans rows: the form has changed")
                cells.append(text_of(cell))
                wide = cell.get("colspan", "1").strip()
                cells.extend([""] * (min(int(wide), 50) - 1 if wide.isdigit() and wide != "0" else 0))
            if any(cells):
                rows.append(cells)
        found.append(rows)
    return found
