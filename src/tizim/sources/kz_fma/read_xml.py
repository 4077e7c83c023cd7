"""From the XML of a category to records: one per person or organisation, every leaf verbatim."""

import re
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.dating import placed
from tizim.sources.kz_fma.map import XML
from tizim.sources.protocol import Hints
from tizim.sources.xml import Element, leaves, parse, tag_of

_ENTRIES: Final = frozenset({"person", "org"})
_SECTIONS: Final = frozenset(
    {"persons", "orgs", "organizations", "organisations", "list", "root", "terrorists", "data"}
)
_CATEGORY: Final = re.compile(r"(?:category|kategori\w*|cat)[_ .-]?([12])(?!\d)", re.IGNORECASE)
_DEPTH: Final = 3


def read(data: bytes, name: str, hints: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document. Raises `SourceRefused` for anything less."""
    root = parse(data, name)
    elements = _entries(root, name, _DEPTH)
    if not elements:
        raise SourceRefused(f"{name}: no elements person or org: another document, or an empty one")
    category = _category(elements, name)
    records = []
    for number, element in enumerate(elements, start=1):
        fields: list[tuple[str, str]] = []
        leaves(element, "", fields, _DEPTH)
        records.append(Record(place=f"{tag_of(element)}[{number}], category {category}", fields=tuple(fields)))
    date, instant, known = placed(hints, name)
    return DocumentFacts.of(
        data,
        source=f"{XML}/{category}",
        date=date,
        instant=instant,
        url="",
        media_type="application/xml",
        title=f"Kazakhstan's financial monitoring list, category {category} (experimental), {known}",
        entries=len(records),
        complete=True,
    ), records


def _entries(parent: Element, name: str, depth: int) -> list[Element]:
    """Persons and organisations, right below the root or in sections of it."""
    found: list[Element] = []
    for child in parent:
        tag = tag_of(child).casefold()
        if tag in _ENTRIES:
            found.append(child)
        elif tag in _SECTIONS and depth and len(child):
            found.extend(_entries(child, name, depth - 1))
        elif len(child):
            raise SourceSuspicious(
                f"{name}: line {child.sourceline}: holds the element {tag_of(child)}, which this list is not known to"
                " have: the form of this list has changed"
            )
    return found


def _category(elements: list[Element], name: str) -> str:
    """Which category the document is of: by its elements, else by the file's name. Both must agree."""
    tags = {tag_of(child) for element in elements for child in element}
    persons = any(tag_of(element) == "person" for element in elements)
    by_form = "2" if "org_iin" in tags else "1" if persons else ""
    named = _CATEGORY.search(name)
    by_name = named[1] if named else ""
    if by_form and by_name and by_form != by_name:
        raise SourceRefused(f"{name}: is called category {by_name}, but has the form of category {by_form}")
    if not (by_form or by_name):
        raise SourceRefused(f"{name}: may be of category 1 or 2: say which in the file's name (category_1.xml)")
    return by_form or by_name
