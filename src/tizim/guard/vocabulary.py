"""Words that stand in names and are translated, not written anew: council, front, court, titles, places."""

import unicodedata
from functools import cache
from typing import Final

from tizim.match.tables import table
from tizim.news.tokens import fold as fold_word
from tizim.text import fold
from tizim.text.scripts import script_of

_OFFICES: Final = (
    "ombudsman ombudsperson омбудсмен омбудсмена médiateur médiatrice ombudsmann team équipe equipo ekibi ekip kremlin "
    "кремля кремль exteriores étrangères hariciye prosecutor procureur fiscal jaksa juru interior intérieur defence "
    "defense défense defensa verteidigung pertahanan innern innere inneren dalam negeri luar foreign affairs justice "
    "الداخلية الدفاع الخارجية المظالم أمين içişleri dışişleri savunma justicia home treasury trésor tesoro finance"
)
"""offices and bodies that the tables for names of organisations have not"""
_TABLES: Final = ("organisation_words", "places", "number_words", "countries")
_LIGHT: Final = ("titles", "person_words", "particles")


def _words(tables: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        _plain(word)
        for name in tables
        for key, variants in table(name).items()
        for variant in (key, *variants)
        for word in fold(variant).split()
    )


@cache
def _translated() -> frozenset[str]:
    return _words(_TABLES) | frozenset(_plain(word) for word in fold(_OFFICES).split())


@cache
def _light() -> frozenset[str]:
    return _words(_LIGHT)


def _plain(word: str) -> str:
    """*word* without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


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


@cache
def _spellings() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word, key in _given_names().items():
        found.setdefault(key, set()).add(script_of(word))
    return {key: frozenset(scripts) for key, scripts in found.items()}


def is_spelt_in(word: str, script: str) -> bool:
    """Whether spellings in *script* are known of the given name *word*."""
    key = given_name(word)
    return key is not None and script in _spellings()[key]


def is_translated(word: str) -> bool:
    """Whether *word* is one that a translation puts into its own language."""
    return _plain(fold(word)) in _translated()


def is_light(word: str) -> bool:
    """Whether *word* is a title or a small word that stands in names, and is a name only beside one."""
    return _plain(fold(word)) in _light()


def is_vocabulary(word: str) -> bool:
    """Whether *word* is either, and so tells no name apart."""
    return is_translated(word) or is_light(word)
