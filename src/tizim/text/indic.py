"""Scripts of India that write a vowel only where it is not the inherent one.

Their Unicode blocks are laid out alike, so all are read as Devanagari (table ``indic``).
"""

import re
from functools import cache
from typing import Final

from tizim.text import tables
from tizim.text.reading import Reading

_DEVANAGARI: Final = 0x900
_BLOCK: Final = 0x80
_VIRAMA: Final = "\u094d"
_INHERENT: Final = "·"

# Letters that stand elsewhere in their block, as letters of Devanagari.
_OWN: Final = {
    "ੰ": "ं",  # Gurmukhi tippi
    "ੱ": "",  # Gurmukhi addak, which doubles
    "ৎ": "त" + _VIRAMA,
    "ৰ": "र",
    "ৱ": "व",
    "ச": "स",
    "ൺ": "ण" + _VIRAMA,
    "ൻ": "न" + _VIRAMA,
    "ർ": "र" + _VIRAMA,
    "ൽ": "ल" + _VIRAMA,
    "ൾ": "ळ" + _VIRAMA,
}
_JA: Final = re.compile("(?<!\u09cd)\u09af(?!\u09bc)")  # Bengali ya is read j, but for joined ya and ya with a dot
_DELETING: Final = re.compile("[\u0900-\u0aff]")
_NORTHERN: Final = re.compile("[\u0900-\u097f\u0a00-\u0aff]")
_CONSONANT: Final = "[b-df-hj-np-tv-z]{1,3}"
_FINAL: Final = re.compile(f"(?<=[aeiou·]){_CONSONANT}·\\Z")
_INNER: Final = re.compile(f"([aeiou·]{_CONSONANT})·(?={_CONSONANT}[aeiou·])")


@cache
def _to_devanagari() -> dict[int, str]:
    table = {
        block + place: chr(_DEVANAGARI + place) for block in range(0x980, 0xD80, _BLOCK) for place in range(_BLOCK)
    }
    table.update({ord(key): value for key, value in _OWN.items() if len(key) == 1})
    table.update({ord(key): value for key, value in tables.letters("sinhala").items()})
    return table


@cache
def _reading() -> Reading:
    consonants = re.compile("[\u0915-\u0939][\u093c]?|ज्ञ")
    table = tables.letters("indic")
    return Reading({k: v + _INHERENT if consonants.fullmatch(k) else v for k, v in table.items()})


def read_indic(word: str) -> str:
    """*word* in small Latin letters; an inherent vowel that modern speech drops is left out."""
    is_deleting = _DELETING.search(word) is not None
    is_northern = _NORTHERN.search(word) is not None
    word = _JA.sub("\u099c", word).translate(_to_devanagari())
    word = _reading().read(word)
    word = word.replace(f"{_INHERENT}=", "").replace("=", "").replace(f"{_INHERENT}+", "+")
    if is_deleting and _FINAL.search(word):
        word = word[:-1]
    if is_northern:
        word = _drop_inner(word)
    return word.replace("+", "").replace(_INHERENT, "a")


def _drop_inner(word: str) -> str:
    """*word* without inherent vowels between single consonants that vowels surround, from its end on."""
    return _INNER.sub(r"\1", word[::-1])[::-1]
