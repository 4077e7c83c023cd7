"""What a request asks for: language, page, dates. Everything typed is bounded and read with patience."""

from collections.abc import Mapping
from typing import Final

import msgspec

from tizim.answer.times import Asked
from tizim.errors import TooLong
from tizim.publish.forms import Form, form_of
from tizim.publish.words import LANGUAGES, is_spoken
from tizim.publish.words.languages import MAIN
from tizim.publish.words.typed import typed_day

LONGEST: Final = 2_000
"""signs of the longest query"""
LONGEST_VALUE: Final = 300
_ACCEPTED: Final = {"fa-af": "prs", "dari": "prs"}


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """The page that an address names."""

    language: str
    room: str
    """the first part after the language: ``lists``, ``subjects``; empty for the first page"""
    key: str
    """the rest: an id; empty where there is none"""
    form: Form


def wanted(path: str) -> Wanted | None:
    """What the address is of, with or without a last slash; ``None`` where its language is none of the site's."""
    plain, form = form_of(path.strip("/"))
    language, _, rest = plain.partition("/")
    if language not in LANGUAGES:
        return None
    room, _, key = rest.strip("/").partition("/")
    return Wanted(language=language, room=room, key=key, form=form)


def preferred(header: str) -> str:
    """The language to answer in, of those that have a catalogue, by what a browser accepts."""
    weighed: list[tuple[float, str]] = []
    for part in header[:LONGEST].split(","):
        tag, _, weight = part.strip().partition(";")
        try:
            rank = float(weight.partition("=")[2]) if weight else 1.0
        except ValueError:
            rank = 0.0
        code = _ACCEPTED.get(tag.strip().lower(), tag.strip().lower().partition("-")[0])
        if code in LANGUAGES and is_spoken(code):
            weighed.append((-rank, code))
    return min(weighed, key=lambda pair: pair[0])[1] if weighed else MAIN


def asked(query: Mapping[str, str], language: str) -> Asked:
    """The dates of a request. Days are ISO dates in the calendar and the digits of the page's language."""
    return Asked(
        as_of=_day(query.get("as_of", ""), language), known_at=_day(query.get("known_at", ""), language),
        basis=query.get("basis", "").strip() or None,
    )  # fmt: skip


def _day(typed: str, language: str) -> str | None:
    return typed_day(typed, LANGUAGES[language]) or None


def bounded(query_string: str, values: Mapping[str, str]) -> None:
    """Raise `TooLong` for a request longer than any question needs."""
    if len(query_string) > LONGEST or any(len(value) > LONGEST_VALUE for value in values.values()):
        raise TooLong(f"a question may have {LONGEST_VALUE} signs in a field and {LONGEST} in all")
