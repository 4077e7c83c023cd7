"""Words that stand in names and are translated, not written anew: council, front, court, titles, places."""

from functools import cache
from typing import Final

from tizim.match.tables import table
from tizim.news.tokens import fold as fold_word
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
def _given_names() -> dict[str, str]:
    return {
        fold_word(variant): key
        for name in ("translated_names", "given_names")
        for key, variants in table(name).items()
        for variant in (key, *variants)
    }


def given_name(word: str) -> str | None:
    """What all spellings of the given name *word* have in common; ``None`` if it is none that is known."""
    return _given_names().get(fold_word(word))


def is_translated(word: str) -> bool:
    """Whether *word* is one that a translation puts into its own language."""
    return fold(word) in translated()
