"""Outlets that are followed: which feeds, and what was read of them.

Layout: ``<home>/news/feeds.json`` names the feeds; ``<home>/news/seen/<id>.json`` what was read of each. The
register holds what counts: a file of what was seen that is lost costs fetching again what is held.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

from tizim.errors import BadInput, NotFound
from tizim.sources.replacing import replace

_MOST_SEEN: Final = 5_000
"""addresses remembered of a feed, the newest"""


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed, or a page of links, that is followed."""

    url: str
    added: dt.date
    outlet: str = ""
    """what its articles are said to be by; its host where nobody said"""
    language: str = ""
    hosts: tuple[str, ...] = ()
    """hosts beside its own on which its articles may be"""

    @property
    def id(self) -> str:
        """What its file is called by."""
        return hashlib.sha256(self.url.encode()).hexdigest()[:16]

    @property
    def host(self) -> str:
        """Its own host."""
        return (urlsplit(self.url).hostname or "").lower()

    @property
    def places(self) -> frozenset[str]:
        """Where it and its articles may be fetched: its host, with and without www., and those named."""
        port = urlsplit(self.url).port
        end = f":{port}" if port else ""
        bare = self.host.removeprefix("www.")
        return frozenset({f"{self.host}{end}", f"{bare}{end}", f"www.{bare}{end}", *self.hosts})


class Seen(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What was read of a feed."""

    etag: str = ""
    last_modified: str = ""
    polled_at: dt.datetime | None = None
    done: dict[str, str] = {}
    """what came of each address that needs no more"""
    failed: dict[str, int] = {}
    """in how many runs each other one failed"""


class Followed:
    """The files below a folder. *say* is told what cannot be read of what was seen; nothing is raised for it."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self._folder, self._say = folder, say

    def feeds(self) -> list[Feed]:
        """The feeds, in the order in which they were added. Raises `BadInput` if the file is damaged."""
        path = self._folder / "feeds.json"
        try:
            return msgspec.json.decode(path.read_bytes(), type=list[Feed])
        except FileNotFoundError:
            return []
        except (OSError, msgspec.MsgspecError) as error:
            raise BadInput(f"{path}: the feeds that are followed cannot be read: {error}") from None

    def check(self, feed: Feed) -> None:
        """Raise `BadInput` for a feed that is followed already, or whose address is none of the web's."""
        try:
            parts = urlsplit(feed.url)
            is_whole = parts.scheme in {"https", "http"} and bool(parts.hostname) and parts.port != 0
        except ValueError:
            is_whole = False
        if not is_whole:
            raise BadInput(f"'{feed.url}' is not the address of a feed: write it whole, with https://")
        if any(one.url == feed.url for one in self.feeds()):
            raise BadInput(f"{feed.url} is followed already")

    def add(self, feed: Feed) -> None:
        """Follow a feed. Raises `BadInput` as `check` does."""
        self.check(feed)
        self._write([*self.feeds(), feed])

    def remove(self, wanted: str) -> Feed:
        """Follow a feed no more; its articles stay. *wanted* is its address. Raises `NotFound` for another."""
        known = self.feeds()
        found = next((one for one in known if wanted in {one.url, one.id}), None)
        if found is None:
            raise NotFound(f"{wanted} is not followed; 'tizim news list' names what is")
        self._write([one for one in known if one != found])
        (self._folder / "seen" / f"{found.id}.json").unlink(missing_ok=True)
        return found

    def seen(self, feed: Feed) -> Seen:
        """What was read of a feed; nothing where that is not known."""
        path = self._folder / "seen" / f"{feed.id}.json"
        try:
            return msgspec.json.decode(path.read_bytes(), type=Seen)
        except FileNotFoundError:
            return Seen()
        except (OSError, msgspec.MsgspecError) as error:
            self._say(f"{path}: what was read of {feed.url} cannot be told, so it is read anew: {error}")
            return Seen()

    def remember(self, feed: Feed, seen: Seen) -> None:
        """Replace what is remembered of a feed, whole or not at all."""
        for kept in (seen.done, seen.failed):
            for address in list(kept)[:-_MOST_SEEN]:
                del kept[address]
        try:
            replace(self._folder / "seen" / f"{feed.id}.json", msgspec.json.encode(seen))
        except OSError as error:
            self._say(f"what was read of {feed.url} cannot be remembered: {error}")

    def _write(self, feeds: Sequence[Feed]) -> None:
        try:
            replace(self._folder / "feeds.json", msgspec.json.format(msgspec.json.encode(feeds), indent=1))
        except OSError as error:
            raise BadInput(f"the feeds that are followed cannot be written: {error}") from None
