"""Which tellings rest on one report: copies of a wire, relays of one interview, one article told twice.

They are shown each, and count once. What is not seen to be a copy counts by itself.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from tizim.claims.tellings import Telling
from tizim.sources.news.map import likeness
from tizim.text import fold

_ALIKE: Final = 0.5
"""share of pieces in common from which two texts are one"""
_QUOTED: Final = 40
"""letters of the shortest words that are no chance when two articles have them"""
_OUTLET: Final = 4
"""letters of the shortest name of an outlet that is looked for in the words of others"""


def origins(tellings: Sequence[Telling]) -> tuple[tuple[Telling, ...], ...]:
    """The *tellings* in bundles of one origin each, in their own order."""
    parents = list(range(len(tellings)))

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    for first, one in enumerate(tellings):
        for second in range(first + 1, len(tellings)):
            if root(first) != root(second) and is_copy(one, tellings[second]):
                parents[root(second)] = root(first)
    bundles: dict[int, list[Telling]] = {}
    for number, one in enumerate(tellings):
        bundles.setdefault(root(number), []).append(one)
    return tuple(tuple(bundle) for bundle in bundles.values())


def is_copy(one: Telling, other: Telling) -> bool:
    """Whether two tellings rest on one report."""
    if not one.is_news and not other.is_news:
        # The register's own statements were told apart by whoever entered them.
        return False
    if _address(one.url) and _address(one.url) == _address(other.url):
        return True
    if one.article is not None and other.article is not None:
        if one.article.sha256 == other.article.sha256:
            return True
        if likeness(one.article.sketch, other.article.sketch) >= _ALIKE or _same_words(one, other):
            return True
    return _wire(one, other) or _wire(other, one)


def _address(url: str) -> str:
    """An address without what differs from copy to copy of one page; empty for none."""
    if not url.lower().startswith(("http://", "https://")):
        return ""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.rstrip("/")
    query = f"?{parts.query}" if parts.query and not path.strip("/") else ""
    return f"{host}{path}{query}"


def _same_words(one: Telling, other: Telling) -> bool:
    """Whether both quote the same words."""
    for first in one.quotes:
        for second in other.quotes:
            a, b = fold(first.text), fold(second.text)
            if min(len(a), len(b)) >= _QUOTED and (a in b or b in a):
                return True
    return False


def _wire(one: Telling, other: Telling) -> bool:
    """Whether *other* has it from the outlet that *one* says spoke with the source itself."""
    if not one.reported.chain or not _same_time(one, other):
        return False
    first = fold(one.reported.chain[0])
    if len(first) < _OUTLET:
        return False
    if other.reported.chain:
        return fold(other.reported.chain[0]) == first
    told = fold(f"{other.reported.announcer} {other.title} {other.article.outlet if other.article else ''}")
    return f" {first} " in f" {told} "


def _same_time(one: Telling, other: Telling) -> bool:
    """Whether both may tell of one day; a wire speaks again on another."""
    a, b = one.when, other.when
    if a.latest is None or b.latest is None:
        return True
    return not ((a.earliest and b.latest < a.earliest) or (b.earliest and a.latest < b.earliest))
