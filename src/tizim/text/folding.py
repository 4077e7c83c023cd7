"""Folded forms: what is left of a string when writing habits are taken away."""

import re
import unicodedata

_APOSTROPHES = re.compile("['’‘ʼʿʾ`´ʻ′]")
_NOT_WORD = re.compile(r"[\W_]+", re.UNICODE)
# Letters that readers of Arabic script do not tell apart, and marks that print leaves out.
_ARABIC = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "ة": "ه",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "ئ": "ی",
        "ـ": None,
        "\u200c": " ",
    }
)
_CYRILLIC = str.maketrans({"ё": "е"})


_SHORT = 512
"""longest text that is left to ``unicodedata`` as a whole; names and remarks are shorter"""

_VANISHING = {*map(ord, "'`"), *range(9), 11, 12, *range(14, 32), 127}
# What folding makes of each character of ASCII: apostrophes and controls vanish, other punctuation parts words.
_ASCII = {
    code: None if code in _VANISHING else chr(code).lower() if chr(code).isalnum() else " " for code in range(128)
}


def one_line(text: str) -> str:
    """*text* with each run of white space as one blank and none at its edges; letters are untouched."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """A form in which spellings that differ only in case, marks or punctuation are equal.

    Compatibility forms are resolved (NFKD), combining marks and format characters dropped, apostrophes
    removed (they join), other punctuation turned to blanks. Folding twice is folding once.
    """
    if text.isascii():  # most names; the way below gives the same
        return one_line(text.translate(_ASCII))
    return _fold_any(text)


def _fold_any(text: str) -> str:
    text = _decomposed(text)
    text = _APOSTROPHES.sub("", text.translate(_ARABIC))
    text = "".join(c for c in text if unicodedata.category(c) not in {"Mn", "Cf", "Cc", "Cs"} or c in "\t\n\r")
    text = _decomposed(text.casefold()).translate(_CYRILLIC)
    text = "".join(c for c in text if unicodedata.category(c) != "Mn")
    return _NOT_WORD.sub(" ", text).strip()


def _decomposed(text: str) -> str:
    """*text* in NFKD; in a long one rows of combining marks stay in the order in which they stand.

    To order a row of marks ``unicodedata`` takes the square of its length: 100,000 would hold a machine
    for half a minute. Their order makes no difference to folding, which leaves none of them.
    """
    if len(text) <= _SHORT:
        return unicodedata.normalize("NFKD", text)
    return "".join([unicodedata.normalize("NFKD", character) for character in text])


def words(text: str) -> tuple[str, ...]:
    """The words of the folded form of *text*, in order."""
    return tuple(fold(text).split())
