"""A text in sentences, so that each is translated by itself and stays beside its own."""

import re
from typing import Final

import msgspec

_ENDS: Final = re.compile(
    r"(?<=[.!?؟۔。！？…])(?P<closing>[\"'»”’)\]]*)\s+(?=\S)|(?<=[。！？])(?P<near>[」』”’）]*)(?=\S)"
)
_NO_END: Final = re.compile(
    r"(?:^|[\s(«“\"'])(?:[^\W\d_]|[^\W\d_]\.[^\W\d_]"
    r"|Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Sen|Gov|Jr|Sr|No|Nos|Art|vs|etc|e\.g|i\.e|cf|approx|al|Mme|Mlle|MM|p|pp|art|ст|г|см)\.$",
    re.IGNORECASE,
)
"""a point after a single letter or a common short form ends nothing"""


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence and the paragraph that it stands in; 0 is the title."""

    paragraph: int
    text: str


def sentences(title: str, paragraphs: tuple[str, ...]) -> list[Sentence]:
    """Title and text in sentences; a title is one. Lines within a paragraph are joined."""
    made = [Sentence(paragraph=0, text=_joined(title))]
    for number, paragraph in enumerate(paragraphs, start=1):
        made += [Sentence(paragraph=number, text=part) for part in split(_joined(paragraph))]
    return made


def split(text: str) -> list[str]:
    """The sentences of a paragraph. Where it is not sure, it leaves two together: they are translated as one."""
    found, start = [], 0
    for end in _ENDS.finditer(text):
        upto = end.end("closing") if end["closing"] is not None else end.end("near")
        piece = text[start:upto].strip()
        follows = text[end.end() : end.end() + 1]
        if _NO_END.search(piece) or (piece.endswith(".") and follows.islower()):
            continue
        found.append(piece)
        start = end.end()
    found.append(text[start:].strip())
    return [piece for piece in found if piece]


def _joined(text: str) -> str:
    return " ".join(text.split())
