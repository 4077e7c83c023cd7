"""What a page is made with and what comes of it. Start here: `Site` goes into every page, `Page` comes out."""

import datetime as dt
from collections.abc import Callable, Mapping

import msgspec

from tizim.domain.decisions import Decision
from tizim.publish.addresses import Addresses
from tizim.publish.words import Words

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
    theme: str = ""
    """``light`` or ``dark`` where the reader chose"""

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
