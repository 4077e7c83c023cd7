"""What a feed holds, whatever form it is written in."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
from markupsafe import Markup

from tizim.answer.official import official_list
from tizim.domain.dates import AsOf
from tizim.publish.changed import Change
from tizim.publish.site import Here, Site
from tizim.publish.told.changes import changes_said, listed, recorded_said
from tizim.register.view import View

MOST: Final = 100
"""entries of a feed: whoever asks once a day misses none"""
_NAMES: Final = uuid.uuid5(uuid.NAMESPACE_URL, "tizim:feeds")
_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a feed tells."""

    key: tuple[str, ...]
    """what it is, for good and in every language: the same thing told anew has the same key"""
    title: Markup
    said: Sequence[Markup]
    """whole sentences, each a paragraph; links have the host too"""
    links: Sequence[Markup]
    """ways to what it rests on"""
    address: str
    """its page, within the site"""
    published: dt.datetime
    """when the register first had it"""
    updated: dt.datetime
    """when what it tells last changed"""
    about: Sequence[tuple[str, Markup]]
    """the lists it is about: ids and names"""


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed in one language."""

    key: tuple[str, ...]
    title: Markup
    subtitle: Markup
    here: Here
    """the address of the page that tells the same"""
    entries: Sequence[Entry]

    @property
    def updated(self) -> dt.datetime:
        """When anything in it last changed; one that never held anything has not changed since the epoch."""
        return max((one.updated for one in self.entries), default=_EPOCH)


def entries_of(view: View, site: Site, as_of: AsOf, changes: Sequence[Change]) -> list[Entry]:
    """Changes as entries, in the language of the site; no more than a feed holds."""
    made = []
    for one, told in changes_said(view, site, as_of, changes[:MOST], site.base):
        learned = recorded_said(site.words, one)
        made.append(
            Entry(
                key=one.key, title=told.title, said=[*told.said, *told.limits, learned], links=told.links,
                address=told.address, published=one.learned, updated=one.amended,
                about=[(one.list, listed(site.words, official_list(view, one.list)))],
            )
        )  # fmt: skip
    return made


def newest(*several: Iterable[Entry]) -> list[Entry]:
    """The newest of all, by the day of the last change; of one day in the order in which they are given."""
    every = [entry for entries in several for entry in entries]
    return sorted(every, key=lambda one: one.updated.date(), reverse=True)[:MOST]


def key_of(site: Site, *parts: str) -> tuple[str, ...]:
    """The key of a feed: one for given dates is another feed than that of today."""
    return (*parts, *(f"{name}={value}" for name, value in site.to.dates.items()))


def id_of(key: Sequence[str], language: str) -> str:
    """The permanent id of what *key* names, as it is told in a language."""
    return f"urn:uuid:{uuid.uuid5(_NAMES, chr(10).join((*key, language)))}"


def moment(instant: dt.datetime) -> str:
    """A moment as RFC 3339 has it."""
    return f"{instant.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def as_html(entry: Entry, language: str, direction: str) -> str:
    """The sentences as HTML, with their language and direction: a reader shows them in a page of its own."""
    said = Markup("</p><p>").join((*entry.said, *entry.links))
    return Markup('<div lang="{}" dir="{}"><p>{}</p></div>').format(language, direction, said)
