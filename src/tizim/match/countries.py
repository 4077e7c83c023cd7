"""Countries by any of their names, as ISO codes, so that lists in several languages can be compared."""

import re
from functools import cache, lru_cache

from tizim.match.tables import table
from tizim.text import fold

_BRACKETS = re.compile(r"[(\[（][^)\]）]*[)\]）]")
_PARTS = re.compile(r"[,;/|•]|\s-\s")
_FILLING = frozenset({
    "the", "of", "republic", "islamic", "arab", "people", "peoples", "s", "democratic", "state", "kingdom", "federal",
    "socialist", "bolivarian", "federation", "national", "citizen", "citizenship", "nationality", "republik", "negara",
    "united",
})  # fmt: skip
"""words of the long forms of countries' names, which tell no country apart where the short form stands beside them"""

_ALPHA_3 = 3


@cache
def _codes() -> dict[str, str]:
    """ISO 3166 alpha-2 code by folded name."""
    found: dict[str, str] = {}
    for name in ("places", "countries"):
        for code, variants in table(name).items():
            if len(code) == 2:
                for variant in variants:
                    if not _is_alpha_3(variant):
                        found.setdefault(fold(variant), code)
    return found


@cache
def _alpha_3() -> dict[str, str]:
    """ISO 3166 alpha-2 code by alpha-3 code, which is written in capitals: in small letters some are words."""
    return {code: two for two, variants in table("countries").items() for code in variants if _is_alpha_3(code)}


def _is_alpha_3(text: str) -> bool:
    return len(text) == _ALPHA_3 and text.isascii() and text.isalpha() and text.isupper()


@lru_cache(maxsize=20_000)
def country_code(text: str) -> str:
    """The alpha-2 code, in small letters, of the country that *text* names; empty if it names none for certain.

    Brackets and words of long forms are passed over: ``Iran (Islamic Republic of)`` is ``ir``. Of an address the
    last part counts that is a country.
    """
    if _is_alpha_3(text):
        return _alpha_3().get(text) or _codes().get(fold(text), "")
    codes = _codes()
    for part in (text, *reversed(_PARTS.split(_BRACKETS.sub(" ", text)))):
        said = fold(part)
        if said in codes:
            return codes[said]
        short = " ".join(word for word in said.split() if word not in _FILLING)
        if short in codes:
            return codes[short]
    return ""
