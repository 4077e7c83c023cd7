"""States and bodies that keep lists, by their names in one language: from CLDR, and from the language file."""

from functools import cache
from typing import Final

from babel import Locale

from tizim.news.language import Language

_NO_STATE: Final = frozenset({"ZZ", "EZ", "QO", "XA", "XB"})


@cache
def cldr_names(locale: str) -> dict[str, str]:
    """Names of states, the UN and the EU by their code in small letters, as CLDR has them for *locale*."""
    territories: dict[str, str] = dict(Locale.parse(locale).territories)
    return {
        code.lower(): name
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_STATE
    }


def names(language: Language) -> dict[str, list[str]]:
    """The names of each state and body in *language*, without its adjectives."""
    from tizim.news.lexicon import split  # noqa: PLC0415

    found = {code: [name] for code, name in cldr_names(language.locale).items()}
    for code, patterns in language.states.items():
        found.setdefault(code, []).extend(split(patterns))
    return found
