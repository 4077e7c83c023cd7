"""What a page says of itself to those who show a link to it: a sentence or two, the pages above it, its subject."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from babel.core import get_global
from markupsafe import Markup

from tizim.publish.words import Language, Words

_LONGEST: Final = 300
"""letters of a description, beyond which no further sentence is taken in"""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says of itself."""

    said: Sequence[Markup] = ()
    """its short answer, in whole sentences; none: what the register is"""
    trail: Sequence[tuple[Markup, str]] = ()
    """the pages above it, the first below the home page first: names and addresses"""
    about: Sequence[Mapping[str, Any]] = ()
    """what it is about, as schema.org has it"""
    based_on: Sequence[str] = ()
    """addresses of the documents that it rests on"""
    is_article: bool = False
    """whether it tells of one thing at one time, as a statement does"""
    published: dt.datetime | None = None
    modified: dt.datetime | None = None
    """when the register last learned something that it shows, where that is known"""


PLAIN: Final = Card()


def description(words: Words, card: Card) -> str:
    """The sentences of a card as one line, no more of them than fit."""
    said = [words.text(one) for one in card.said] or [
        words.text(
            words.say(
                "An open register of terrorist and sanctions lists: every statement with its source, every date with"
                " its precision, for any day in the past."
            )
        )
    ]
    taken = said[0]
    for one in said[1:]:
        if len(taken) + len(one) >= _LONGEST:
            break
        taken = f"{taken} {one}"
    return taken


def locale(language: Language) -> str:
    """A language with a territory, as cards name it: the one given, else where most of its readers are by CLDR."""
    if "_" in language.locale:
        return language.locale
    likely: str = get_global("likely_subtags")[language.locale]
    return f"{language.locale}_{likely.rpartition('_')[2]}"
