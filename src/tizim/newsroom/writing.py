"""The file in which an editor writes: a headline, and paragraphs with blank lines between."""

import re
from typing import Final

from tizim.domain.bulletins import Own
from tizim.errors import BadInput

_HEAD: Final = re.compile(r"#+\s+")
_UNDERLINE: Final = re.compile(r"=+|-+")
_MARKED: Final = re.compile(r"^(?:#+\s|[-*+]\s|\d+[.)]\s|>|\||```|!\[)|\]\(")


def parse(text: str, name: str) -> Own:
    """Headline and text of a file. Raises `BadInput` for one without either, or with more Markdown than that."""
    blocks = [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]
    if not blocks:
        raise BadInput(f"{name}: is empty: write a headline, a blank line, and the text")
    head, _, rest = blocks[0].partition("\n")
    if rest and _UNDERLINE.fullmatch(rest.strip()):
        rest = ""
    if rest:
        raise BadInput(f"{name}: the headline is one line with a blank line after it; then comes the text")
    if not blocks[1:]:
        raise BadInput(f"{name}: has a headline and no text after it")
    for number, block in enumerate(blocks[1:], start=1):
        if any(_MARKED.search(line.strip()) for line in block.split("\n")):
            raise BadInput(
                f"{name}: paragraph {number} has lists, links or headings: a bulletin is a headline and paragraphs,"
                " for these stay the same in every language and every feed"
            )
    return Own(title=_HEAD.sub("", head, count=1).strip(), text="\n\n".join(blocks[1:]))
