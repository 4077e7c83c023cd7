"""Names as the lists of the United Kingdom print them, in parts, and the words they have for scripts and languages."""

import re
from collections.abc import Sequence
from typing import Final

from tizim.text import one_line

LANGUAGES: Final = {
    "arabic": "ar", "armenian": "hy", "belarusian": "be", "burmese": "my", "chinese": "zh", "dari": "prs",
    "english": "en", "farsi": "fa", "french": "fr", "georgian": "ka", "hebrew": "he", "hindi": "hi", "japanese": "ja",
    "kazakh": "kk", "korean": "ko", "kurdish": "ku", "mongolian": "mn", "pashto": "ps", "persian": "fa",
    "punjabi": "pa", "russian": "ru", "serbian": "sr", "spanish": "es", "thai": "th", "tigrinya": "ti",
    "turkish": "tr", "ukrainian": "uk", "urdu": "ur", "vietnamese": "vi",
}  # fmt: skip
"""BCP 47 tags of the languages that the lists name beside a name in its own script."""

SCRIPTS: Final = frozenset({
    "arabic", "armenian", "burmese", "chinese", "chinese (simplified)", "chinese (traditional)", "cyrillic",
    "devanagari", "farsi", "georgian", "greek", "hangul", "hebrew", "japanese", "korean", "latin", "pashto", "persian",
    "simplified chinese", "thai", "traditional chinese",
})  # fmt: skip
"""Words for scripts. They say no more than the letters do, so the facet ``script`` is told by the letters."""

_ALSO: Final = re.compile(r"\s+(?:a\.k\.a\.?|aka|also known as)\s+")
_FORMERLY: Final = re.compile(r"\s+(?:f\.k\.a\.?|fka|formerly known as)\s+")


def in_order(parts: Sequence[str]) -> str:
    """The name as it is read, from its parts: given names, then the family name; an organisation's has one part."""
    return one_line(" ".join(parts))


def parted(name: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The name, its aliases and its former names, where all stand in one cell."""
    main, *former = _FORMERLY.split(name)
    main, *also = _ALSO.split(main)
    return main, tuple(also), tuple(former)
