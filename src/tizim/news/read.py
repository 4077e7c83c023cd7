"""One text in, its claims out."""

import datetime as dt
from typing import Final

from tizim.errors import BadInput, NotSupported
from tizim.news.claims import Reading
from tizim.news.identify import UNKNOWN, known_code, language_of
from tizim.news.known import Known, starter
from tizim.news.language import codes
from tizim.news.notices import machine_translated
from tizim.news.reader import Reader

LONGEST: Final = 200_000
"""characters that are read; no article is longer"""


def read_news(
    text: str, language: str | None = None, published: str | dt.date | None = None, *, known: Known | None = None
) -> Reading:
    """What the article *text* says of lists, as claims of its speakers.

    *language* is a code such as ``fr`` or ``prs``, found out if it is not given; *published* is the day by which
    "on Friday" is understood; *known* holds the names that are looked for, those that ship with tizim if it is not
    given. Raises `NotSupported` for a language without a file, `BadInput` for a day that is none.
    """
    day = _day(published)
    read = text[:LONGEST]
    code = known_code(language) if language else language_of(read)
    if code is None:
        raise NotSupported(f"no language file for '{language}': there are {', '.join(codes())}")
    shown, unread = day.isoformat() if day else None, len(text) - len(read)
    if code == UNKNOWN:
        return Reading(
            language=code, machine_translated=machine_translated(read, "en"), published=shown, claims=(), spelling=(),
            unread=unread,
        )  # fmt: skip
    reader = Reader(read, code, day, known or starter())
    claims = reader.read()
    return Reading(
        language=code,
        machine_translated=machine_translated(read, reader.language.locale),
        published=shown,
        claims=tuple(claims),
        spelling=reader.spelling,
        unread=unread,
    )


def _day(published: str | dt.date | None) -> dt.date | None:
    if not isinstance(published, str):
        return published
    try:
        return dt.date.fromisoformat(published[:10])
    except ValueError:
        raise BadInput(f"'{published}' is no day of publication: write YYYY-MM-DD") from None
