"""What a program that reads a PDF aloud meets: the elements of its structure, and their text in the order of the file.

Text is decoded by the rules of the format (ISO 32000, 14.8.2.3.3 and 14.9.4): what is marked as reversed is turned, and
a replacement text stands for what it replaces. Nothing is put in order by where it stands on the sheet.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

_ISOLATES = re.compile("[\u2066-\u2069\u200e\u200f]")


class Element:
    """One element of the structure: its kind, and what is in it: elements and texts."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.of: list[Element | str] = []

    @property
    def text(self) -> str:
        """All text in it, as it is read, without marks of direction."""
        said = "".join(one if isinstance(one, str) else one.text for one in self.of)
        return " ".join(_ISOLATES.sub("", said).split())

    def all(self, kind: str) -> "Iterator[Element]":
        """Every element of a kind in it, in their order."""
        for one in self.of:
            if isinstance(one, Element):
                if one.kind == kind:
                    yield one
                yield from one.all(kind)


def reader_of(data: bytes) -> PdfReader:
    """The file opened."""
    return PdfReader(io.BytesIO(data))


def structure(reader: PdfReader) -> Element:
    """The whole document."""
    marked = {page.indirect_reference.idnum: _marked(page, reader) for page in reader.pages}
    root = Element("Root")
    _fill(root, reader.trailer["/Root"]["/StructTreeRoot"]["/K"], None, marked)
    return root


def _fill(element: Element, kids: object, page: object, marked: dict[int, dict[int, str]]) -> None:
    for one in kids if isinstance(kids, list) else [kids]:
        kid = one.get_object()
        if isinstance(kid, DictionaryObject):
            on = kid.raw_get("/Pg") if "/Pg" in kid else page
            if kid.get("/Type") == "/MCR":
                element.of.append(marked[on.idnum][int(kid["/MCID"])])
            elif "/S" in kid:
                inner = Element(str(kid["/S"]).lstrip("/"))
                element.of.append(inner)
                _fill(inner, kid.get("/K", []), on, marked)
        else:
            element.of.append(marked[page.idnum][int(kid)])


def _marked(page: DictionaryObject, reader: PdfReader) -> dict[int, str]:
    """The text of each piece of marked content of a page."""
    fonts = {name: _letters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    found: dict[int, str] = defaultdict(str)
    opened: list[tuple[str, object]] = []
    letters: dict[bytes, str] = {}
    mcid = -1
    for operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
        match operator:
            case b"BDC" | b"BMC":
                given = operands[1] if operator == b"BDC" else {}
                opened.append((str(operands[0]), given))
                mcid = int(given["/MCID"]) if "/MCID" in given else mcid
                if "/ActualText" in given:
                    found[mcid] += str(given["/ActualText"])
            case b"EMC":
                _, given = opened.pop()
                mcid = -1 if "/MCID" in given else mcid
            case b"Tf":
                letters = fonts[operands[0]]
            case b"Tj" | b"TJ":
                if any("/ActualText" in given for _, given in opened):
                    continue
                strings = operands[0] if operator == b"TJ" else operands
                said = [letters[code] for one in strings if hasattr(one, "original_bytes") for code in _codes(one)]
                if any(tag == "/ReversedChars" for tag, _ in opened):
                    said.reverse()
                found[mcid] += "".join(said)
    return found


def _codes(string: object) -> Iterator[bytes]:
    data = string.original_bytes
    yield from (data[at : at + 2] for at in range(0, len(data), 2))


def _letters(font: DictionaryObject) -> dict[bytes, str]:
    """What each code of a font stands for."""
    table = font["/ToUnicode"].get_object().get_data().decode("latin-1")
    found: dict[bytes, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for low, high, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            begun = bytes.fromhex(text).decode("utf-16-be")
            for step in range(int(high, 16) - int(low, 16) + 1):
                found[(int(low, 16) + step).to_bytes(2, "big")] = begun[:-1] + chr(ord(begun[-1]) + step)
    return found
