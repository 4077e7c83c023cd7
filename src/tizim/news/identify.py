"""Which language a text is in, by its script, its commonest words, and words and letters that only one language has."""

import re
from collections import Counter
from functools import cache
from typing import Final

from tizim.news.language import Language, codes, load
from tizim.news.lexicon import split
from tizim.news.tokens import fold

UNKNOWN: Final = "und"
_SAMPLE: Final = 6_000  # characters that are looked at
_WORDS: Final = re.compile(r"[^\W\d_]+(?:['’ʻ‘][^\W\d_]+)*")
_LEAST: Final = 0.06  # share of common words below which a text is in none of the languages
_TELLING: Final = 3.0
_SCRIPTS: Final = (
    ("Latn", 0x41, 0x24F), ("Cyrl", 0x400, 0x52F), ("Arab", 0x600, 0x77F), ("Arab", 0xFB50, 0xFEFC),
    ("Hans", 0x3400, 0x9FFF), ("Beng", 0x980, 0x9FF), ("Deva", 0x900, 0x97F), ("Grek", 0x370, 0x3FF),
    ("Latn", 0x1E00, 0x1EFF), ("Kana", 0x3040, 0x30FF), ("Hang", 0xAC00, 0xD7A3), ("Geor", 0x10A0, 0x10FF),
    ("Armn", 0x530, 0x58F), ("Hebr", 0x590, 0x5FF), ("Thai", 0xE00, 0xE7F),
)  # fmt: skip
_ALIASES: Final = {"fa-af": "prs", "fa_af": "prs", "prs-af": "prs", "zh-hant": "zh", "zh-hans": "zh", "in": "id"}


class _Signs:
    """What tells one language."""

    def __init__(self, language: Language) -> None:
        self.scripts = {language.script, language.second_script}
        self.respelt = str.maketrans(language.respelt)
        self.common = frozenset(fold(one) for one in split(language.common))
        telling = split(language.telling)
        self.letters = frozenset(one for one in telling if len(one) == 1)
        self.words = frozenset(fold(one) for one in telling if len(one) > 1 and " " not in one)


@cache
def _signs() -> dict[str, _Signs]:
    return {code: _Signs(load(code)) for code in codes()}


def language_of(text: str, hint: str | None = None) -> str:
    """The code of the language *text* is in, ``und`` if it is none that can be read.

    *hint* is what its page says, as a BCP 47 tag; it decides between languages that the text leaves open.
    """
    sample = text[:_SAMPLE]
    script = _script(sample)
    signs = {code: one for code, one in _signs().items() if script in one.scripts}
    if not signs:
        return UNKNOWN
    if script == "Hans":
        return "zh"
    raw = _WORDS.findall(sample)
    words = Counter(fold(word) for word in raw)
    letters = Counter(sample.casefold())
    total = sum(words.values()) or 1
    hinted = known_code(hint)
    scores: dict[str, float] = {}
    shares: dict[str, float] = {}
    for code, one in signs.items():
        mine = Counter(fold(word.casefold().translate(one.respelt)) for word in raw) if one.respelt else words
        shares[code] = sum(count for word, count in mine.items() if word in one.common) / total
        telling = sum(count for word, count in mine.items() if word in one.words) * _TELLING
        special = sum(letters[letter] for letter in one.letters)
        scores[code] = (
            shares[code] + telling / total + special / max(len(sample), 1) * 4 + (0.15 if code == hinted else 0)
        )
    best = max(scores, key=lambda code: (scores[code], code == hinted))
    return best if shares[best] >= _LEAST or (best == hinted and shares[best] > 0) or scores[best] > 0.25 else UNKNOWN


def known_code(tag: str | None) -> str | None:
    """The code of a language that can be read, for a BCP 47 tag; ``None`` for any other."""
    if not tag:
        return None
    tag = tag.strip().lower()
    code = _ALIASES.get(tag) or _ALIASES.get("-".join(tag.split("-")[:2])) or re.split(r"[-_]", tag)[0]
    return code if code in codes() else None


def _script(sample: str) -> str:
    counts: Counter[str] = Counter()
    for letter in sample:
        number = ord(letter)
        if number < 0x41:
            continue
        for script, first, last in _SCRIPTS:
            if first <= number <= last:
                counts[script] += 1
                break
    return counts.most_common(1)[0][0] if counts else ""
