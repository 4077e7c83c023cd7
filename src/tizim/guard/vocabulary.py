"""Words that stand in names and are translated, not written anew: council, front, court, titles, places."""

from functools import cache
from typing import Final

from tizim.match.tables import table
from tizim.text import fold

_TABLES: Final = ("organisation_words", "titles", "person_words", "particles", "places", "number_words", "countries")


@cache
def translated() -> frozenset[str]:
    """The words, folded."""
    return frozenset(
        word
        for name in _TABLES
        for key, variants in table(name).items()
        for variant in (key, *variants)
        for word in fold(variant).split()
    )


@cache
def given_names() -> frozenset[str]:
    """Given names, folded: a capitalised word beside one is a person's name."""
    return frozenset(
        fold(variant)
        for name in ("given_names", "translated_names")
        for key, variants in table(name).items()
        for variant in (key, *variants)
    )


def is_translated(word: str) -> bool:
    """Whether *word* is one that a translation puts into its own language."""
    return fold(word) in translated()
