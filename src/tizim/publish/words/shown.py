"""Text from outside as it may stand on a page: escaped, and with what steers a reader's eye made visible.

Control characters and marks of direction in a name could reorder or hide what stands around it; each is shown
as a box with its number.
"""

import functools
import re
from typing import Final

from markupsafe import Markup, escape

# Controls; marks, embeddings, overrides and isolates of direction; invisible fillers, separators and joiners that no
# script needs; tags; the byte order mark; what is no character. The joiners U+200C and U+200D are letters of Persian.
_STEERING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)


def shown(text: str) -> Markup:
    """*text* escaped; characters that steer are boxes with their numbers."""
    if not _STEERING.search(text):
        return escape(text)
    parts: list[Markup] = []
    end = 0
    for found in _STEERING.finditer(text):
        parts += [escape(text[end : found.start()]), _box(found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def _box(sign: str) -> Markup:
    return Markup('<span class="ctl" dir="ltr">U+{}</span>').format(f"{ord(sign):04X}")


@functools.lru_cache(maxsize=8_192, typed=True)  # the words of a table stand in each of its rows
def plain(text: Markup | str) -> str:
    """What is read of *text*, without its marks: for titles and attributes; what steers is left out."""
    if isinstance(text, Markup):
        text = text.striptags()
    return _STEERING.sub("", text)


def safe(text: str) -> str:
    """*text* without the characters that steer, for addresses and the values of forms."""
    return _STEERING.sub("", text)
