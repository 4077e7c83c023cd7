"""Which script a string is written in (ISO 15924 codes)."""

import unicodedata
from collections import Counter
from functools import lru_cache

# First word of a character's Unicode name, where it names a script.
_SCRIPTS = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "ARABIC": "Arab",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
    "HANGUL": "Hang",
    "CJK": "Hani",
    "HIRAGANA": "Hira",
    "KATAKANA": "Kana",
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "TAMIL": "Taml",
    "SINHALA": "Sinh",
    "THAI": "Thai",
    "ETHIOPIC": "Ethi",
    "MYANMAR": "Mymr",
    "FULLWIDTH": "Latn",
}


@lru_cache(maxsize=4096)
def _script_of_letter(letter: str) -> str | None:
    name = unicodedata.name(letter, "")
    return _SCRIPTS.get(name.split(" ", 1)[0].split("-", 1)[0])


def script_of(text: str) -> str:
    """The script most letters of *text* belong to; ``Zyyy`` (common) where it has no letters."""
    if text.isascii():
        return "Latn" if any(c.isalpha() for c in text) else "Zyyy"
    counts = Counter(s for c in text if c.isalpha() and (s := _script_of_letter(c)))
    return counts.most_common(1)[0][0] if counts else "Zyyy"
