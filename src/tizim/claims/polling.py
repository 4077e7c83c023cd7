"""Reading what is new of the outlets that are followed: each story fetched within bounds, read and kept once."""

import datetime as dt
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

from tizim.claims.followed import Feed, Followed, Seen
from tizim.errors import BadInput, NotSupported, SourceProblem, SourceRefused, TizimError
from tizim.sources.feed import Item, items
from tizim.sources.fetch import NOTHING_KNOWN, Fetched, Fetching, Known
from tizim.sources.network import Policy
from tizim.text import one_line

KEPT: Final = "kept"
UNCHANGED: Final = "unchanged"
REFUSED: Final = "refused"
FAILED: Final = "failed"
ELSEWHERE: Final = "elsewhere"
WAITING: Final = "waiting"
DUE: Final = "due"
_CLEAN: Final = frozenset({KEPT, UNCHANGED, ELSEWHERE, WAITING, DUE})

MOST_NEW: Final = 30
"""articles of one feed that are fetched in one run; the others wait for the next"""
SECONDS: Final = 60.0
"""for one article or feed, all tries together"""
_TRIES: Final = 5
"""runs in which an article may fail before it is given up"""


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """An article as it was fetched."""

    data: bytes
    url: str
    outlet: str
    title: str
    language: str
    published: str
    retrieved_at: dt.datetime


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What keeping an article reported."""

    outcome: str
    sha256: str
    claims: int
    copies: tuple[str, ...] = ()


class Polled(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one article, or of the feed itself (then ``url`` is the feed's)."""

    feed: str
    url: str
    outcome: str
    """``kept``, ``unchanged``, ``refused``, ``failed``, ``elsewhere`` (on a host that nobody named),
    ``waiting`` or ``due``
    """
    reason: str = ""
    title: str = ""
    sha256: str = ""
    claims: int = 0
    copies: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing failed or was refused."""
        return self.outcome in _CLEAN


class Tools(msgspec.Struct, frozen=True, kw_only=True):
    """What polling works with."""

    fetcher: Fetching
    keep: Callable[[Came], Told]
    followed: Followed
    folder: Path
    """for what is on its way"""
    clock: Callable[[], dt.datetime]
    allowed: Callable[[Feed], Policy] = lambda feed: Policy(places=feed.places)
    pause: float = 1.0
    """seconds between two requests to one outlet"""
    sleep: Callable[[float], None] = time.sleep


def poll(
    feeds: Sequence[Feed], tools: Tools, *, progress: Callable[[str, int, int], None] | None = None
) -> list[Polled]:
    """Read what is new in *feeds*; one that fails never stops the others."""
    done: list[Polled] = []
    for number, feed in enumerate(feeds):
        if progress is not None:
            progress(feed.host, number, len(feeds))
        done += _poll_one(feed, tools)
    if progress is not None and feeds:
        progress("", len(feeds), len(feeds))
    return done


def _poll_one(feed: Feed, tools: Tools) -> list[Polled]:
    seen = tools.followed.seen(feed)
    known = Known(etag=seen.etag, last_modified=seen.last_modified) if not seen.failed else NOTHING_KNOWN
    try:
        fetched = _fetch(feed.url, feed, tools, known)
        found = [] if fetched.path is None else items(fetched.path.read_bytes(), feed.url)
    except Exception as error:  # noqa: BLE001 - one that fails, in whatever way, never stops the others
        return [Polled(feed=feed.url, url=feed.url, outcome=_outcome(error), reason=_reason(error))]
    if fetched.path is not None:
        fetched.path.unlink(missing_ok=True)
    fresh = [one for one in found if one.url not in seen.done]
    done = [_take(one, feed, seen, tools) for one in fresh[:MOST_NEW]]
    if len(fresh) > MOST_NEW:
        more = len(fresh) - MOST_NEW
        done.append(
            Polled(feed=feed.url, url=feed.url, outcome=WAITING, reason=f"{more} more wait for the next run")
        )  # fmt: skip
    else:  # only then is the feed as a whole known
        seen.etag, seen.last_modified = fetched.etag or seen.etag, fetched.last_modified or seen.last_modified
    seen.polled_at = tools.clock()
    tools.followed.remember(feed, seen)
    return done


def _take(one: Item, feed: Feed, seen: Seen, tools: Tools) -> Polled:
    """Fetch, read and keep one article, and remember what came of it."""
    made = Polled(feed=feed.url, url=one.url, outcome="", title=one.title)
    if not _is_allowed(one.url, feed, tools):
        seen.done[one.url] = ELSEWHERE
        reason = f"it is not on {feed.host}: to read it too, follow the feed with --host {urlsplit(one.url).hostname}"
        return msgspec.structs.replace(made, outcome=ELSEWHERE, reason=reason)
    try:
        tools.sleep(tools.pause)
        fetched = _fetch(one.url, feed, tools, NOTHING_KNOWN)
        told = tools.keep(
            Came(
                data=_data(fetched), url=one.url, outlet=feed.outlet or feed.host, title=one.title,
                language=feed.language, published=one.published, retrieved_at=fetched.retrieved_at,
            )
        )  # fmt: skip
    except Exception as error:  # noqa: BLE001 - one that fails, in whatever way, never stops the others
        outcome = _outcome(error)
        seen.failed[one.url] = seen.failed.get(one.url, 0) + 1
        if outcome == REFUSED or seen.failed[one.url] >= _TRIES:
            del seen.failed[one.url]
            seen.done[one.url] = outcome
        return msgspec.structs.replace(made, outcome=outcome, reason=_reason(error))
    seen.failed.pop(one.url, None)
    seen.done[one.url] = told.outcome
    return msgspec.structs.replace(
        made, outcome=told.outcome, sha256=told.sha256, claims=told.claims, copies=told.copies
    )


def _data(fetched: Fetched) -> bytes:
    """The bytes that came; their file is gone then."""
    if fetched.path is None:
        raise SourceRefused(f"{fetched.url}: the outlet answers that nothing changed, though it was not asked that")
    data = fetched.path.read_bytes()
    fetched.path.unlink(missing_ok=True)
    return data


def _is_allowed(url: str, feed: Feed, tools: Tools) -> bool:
    """Whether the article is where the feed's articles may be."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    place = f"{host}:{parts.port}" if parts.port else host
    return place in tools.allowed(feed).places


def _fetch(url: str, feed: Feed, tools: Tools, known: Known) -> Fetched:
    return tools.fetcher.fetch(
        url, tools.allowed(feed), tools.folder, seconds=SECONDS, name="", known=known, html=True
    )  # fmt: skip


def _outcome(error: Exception) -> str:
    return REFUSED if isinstance(error, SourceRefused | BadInput | NotSupported) else FAILED


def _reason(error: Exception) -> str:
    if isinstance(error, SourceProblem | TizimError):
        return one_line(str(error))
    if isinstance(error, OSError):
        return f"this machine: {one_line(str(error))}"
    return f"our fault: {type(error).__name__}: {one_line(str(error))}"
