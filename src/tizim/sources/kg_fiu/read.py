"""From bytes to records: one per person or organisation, every filled-in leaf verbatim."""

import re
from typing import Final

from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import SourceRefused, SourceSuspicious
from tizim.sources.dating import placed
from tizim.sources.entries import refuse_empty
from tizim.sources.protocol import Hints
from tizim.sources.xml import Element, leaves, parse, tag_of

SOURCE_ID: Final = "kg-fiu"
LIST_ID: Final = "kg-fiu"
ADDRESS: Final = "https://fiu.gov.kg/sked/9"

PERSON: Final = re.compile(r"(?:Kyrgyz|Foreign)?PhysicPerson")
LEGAL: Final = re.compile(r"(?:Kyrgyz|Foreign)?LegalPerson")
_ROOT: Final = "SanctionList"
_DEPTH: Final = 3


def read(data: bytes, name: str, hints: Hints) -> tuple[DocumentFacts, list[Record]]:
    """The facts and records of a whole document. Raises `SourceRefused` for anything less."""
    root = parse(data, name)
    if tag_of(root) != _ROOT:
        raise SourceRefused(f"{name}: the root element is {tag_of(root)}, not {_ROOT}: another document")
    elements = _entries(root, name, _DEPTH)
    refuse_empty(elements, name)
    records = []
    for number, element in enumerate(elements, start=1):
        fields: list[tuple[str, str]] = []
        leaves(element, "", fields, _DEPTH)
        records.append(Record(place=f"{tag_of(element)}[{number}]", fields=tuple(fields)))
    date, instant, known = placed(hints, name)
    facts = DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=date,
        instant=instant,
        url=ADDRESS,
        media_type="application/xml",
        title=f"Sanctions list of Kyrgyzstan's financial intelligence (experimental), {known}",
        entries=len(records),
        complete=True,
    )
    return facts, records


def _entries(parent: Element, name: str, depth: int) -> list[Element]:
    """Persons and organisations, right below the root or in sections of it that hold nothing else."""
    found: list[Element] = []
    for child in parent:
        tag = tag_of(child)
        if PERSON.fullmatch(tag) or LEGAL.fullmatch(tag):
            found.append(child)
        elif depth and len(child) and all(len(grandchild) for grandchild in child):
            found.extend(_entries(child, name, depth - 1))
        elif len(child) or (child.text or "").strip():
            raise SourceSuspicious(
                f"{name}: line {child.sourceline}: holds the element {tag}, which this list is not known to have: the"
                " form of this list has changed"
            )
    return found
