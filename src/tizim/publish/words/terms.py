"""The field's terms in every language, each wording with the source that it was taken from."""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Final

import msgspec

_MARKS: Final = re.compile(r"\{\w+\}")


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """A term in one language."""

    say: str
    stems: tuple[str, ...]
    """what a sentence that uses the term has one of"""
    source: str = ""
    """a law, a document or an official publication that has the wording; empty: none was found yet"""


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A term of the field."""

    id: str
    english: str
    said: str
    """the pattern of the words in English"""
    source: str
    words: Mapping[str, Wording]
    """by language; English is `english`"""
    own: bool = False
    """whether it is the register's own word, which no law has"""

    def is_in(self, message: str) -> bool:
        """Whether a message in English uses the term."""
        return re.search(rf"\b(?:{self.said})\b", _MARKS.sub("", message), re.IGNORECASE) is not None

    def is_said(self, language: str, text: str) -> bool:
        """Whether a translation uses the term's wording."""
        return any(_plain(stem) in _plain(text) for stem in self.words[language].stems)


class Exempt(msgspec.Struct, frozen=True, kw_only=True):
    """A message that need not have a term's wording, and why."""

    terms: tuple[str, ...]
    message: str
    reason: str
    languages: tuple[str, ...] = ()
    """empty: all"""


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What ``terms.toml`` holds."""

    terms: tuple[Term, ...]
    exceptions: tuple[Exempt, ...]

    def is_exempt(self, term: Term, language: str, message: str) -> bool:
        """Whether a message need not have a term's wording in a language."""
        return any(
            term.id in one.terms and one.message == message and (not one.languages or language in one.languages)
            for one in self.exceptions
        )


@functools.cache
def terms() -> Terms:
    """The terms, in the order in which they are told."""
    text = resources.files("tizim.publish.words").joinpath("terms.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Terms)


def departures(language: str, messages: Mapping[tuple[str, str], Sequence[str]]) -> list[str]:
    """The messages of a catalogue that use a term in English and not its wording in the language."""
    known = terms()
    return [
        f"{term.id}: {english!r} is {'; '.join(forms)!r}"
        for term in known.terms
        for (_, english), forms in messages.items()
        if term.is_in(english)
        and not known.is_exempt(term, language, english)
        and not all(term.is_said(language, form) for form in forms)
    ]


def _plain(text: str) -> str:
    """*text* in small letters, without marks of vowels and accents."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
