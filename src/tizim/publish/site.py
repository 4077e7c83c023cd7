"""What a page is made with and what comes of it. Start here: `Site` goes into every page, `Page` comes out."""

import datetime as dt
from collections.abc import Callable, Mapping

import msgspec

from tizim.domain.bulletins import Bulletin
from tizim.domain.decisions import Decision
from tizim.publish.addresses import Addresses
from tizim.publish.forms import Form
from tizim.publish.words import LANGUAGES, Language, Words, is_spoken
from tizim.publish.words.languages import MAIN

Here = Callable[[Addresses], str]
"""the address of a page, from whichever addresses: in another language, of other dates"""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """How far the register goes that a page was made from."""

    sequence: int
    hash: str


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that pages share, for one reader."""

    words: Words
    to: Addresses
    now: dt.datetime
    head: Head
    base: str = ""
    """scheme and host, for addresses that must be whole; empty where they are not known"""
    assets: Mapping[str, str] = {}
    """addresses of style sheet and font, by file name"""
    decisions: tuple[Decision, ...] = ()
    """the last word on each decision entered here"""
    bulletins: tuple[Bulletin, ...] = ()
    """every bulletin, those that wait among them: pages take what was published (see `tizim.publish.bulletins`)"""
    main_language: str = MAIN
    """the language in which bulletins are written, the other versions follow"""
    theme: str = ""
    """``light`` or ``dark`` where the reader chose"""
    forms: frozenset[Form] = frozenset({Form.PAGE, Form.DATA})
    """those in which the page that is being made is given too"""
    is_alone: bool = False
    """whether one page is made and no other: what pays for itself with many is left"""

    @property
    def is_still(self) -> bool:
        """Whether the page is one of a copy of the site as files."""
        return self.to.still is not None


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page, ready to be sent or written."""

    title: str
    body: str
    """the whole document"""
    lang: str
    status: int = 200


def in_languages(site: Site, here: Here) -> list[tuple[Language, str]]:
    """A page in every language that has a catalogue, and in its own: the language, and the address there. A copy of
    the site has it in those languages that were asked for.
    """
    return [
        (one, address)
        for one in LANGUAGES.values()
        # A copy has few languages: the catalogue of one that it has not is not read for that.
        if (address := here(site.to.in_language(one.code))) and (is_spoken(one.code) or one.code == site.words.code)
    ]
