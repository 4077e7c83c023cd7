"""Text from outside as it may stand on a page: escaped, and with what steers a reader's eye made visible.

Control characters and marks of direction in a name could reorder or hide what stands around it; each is shown
as a box with its number.
"""

import functools
import re
import unicodedata
from typing import Final

from markupsafe import Markup, escape

# Controls; marks, embeddings, overrides and isolates of direction; invisible fillers, separators and joiners that no
# script needs; tags; the byte order mark; what is no character. The joiners U+200C and U+200D are letters of Persian.
STEERING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)


def shown(text: str) -> Markup:
    """*text* escaped; characters that steer are boxes with their numbers."""
    if not STEERING.search(text):
        return escape(text)
    parts: list[Markup] = []
    end = 0
    for found in STEERING.finditer(text):
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
    return STEERING.sub("", text)


_BDI: Final = re.compile(r"<bdi[^>]*>(.*?)</bdi>", re.DOTALL)
_FIRST_ISOLATE, _END_ISOLATE, _RIGHT_TO_LEFT = "\u2068", "\u2069", "\u200f"


def directed(text: Markup, direction: str) -> str:
    """What is read of *text* where no markup can stand: what comes from outside is isolated by characters instead,
    wherever it could change the order of the line, and a line of a right-to-left language begins with its mark.

    What an author of a name put there to steer is shown as a box's number before this, so that only our own remain.
    """
    is_rtl = direction == "rtl"

    def isolated(found: re.Match[str]) -> str:
        turns = is_rtl or any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in found[1])
        return f"{_FIRST_ISOLATE}{found[1]}{_END_ISOLATE}" if turns else found[1]

    read = Markup(_BDI.sub(isolated, text)).striptags()  # noqa: S704 - markup of ours, about to lose its tags
    return f"{_RIGHT_TO_LEFT}{read}" if is_rtl else read


def safe(text: str) -> str:
    """*text* without the characters that steer, for addresses and the values of forms."""
    return STEERING.sub("", text)
