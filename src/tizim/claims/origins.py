"""Which tellings rest on one report: copies of a wire, relays of one interview, one article told twice.

They are shown each, and count once. What is not seen to be a copy counts by itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
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
_MOST_LIKE: Final = 50
"""texts or quotations with which one is compared: what has more like it has copies among them"""
_PIECE: Final = 8
"""digits of one number of a sketch"""


def origins(tellings: Sequence[Telling]) -> tuple[tuple[Telling, ...], ...]:
    """The *tellings* in bundles of one origin each, in their own order."""
    parents = list(range(len(tellings)))

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    for one, other in _copies(tellings):
        parents[root(other)] = root(one)
    bundles: dict[int, list[Telling]] = {}
    for number, telling in enumerate(tellings):
        bundles.setdefault(root(number), []).append(telling)
    first: dict[int, int] = {}
    for number in range(len(tellings)):
        first.setdefault(root(number), number)
    return tuple(tuple(bundles[one]) for one in sorted(bundles, key=first.__getitem__))


def _copies(tellings: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    """Pairs that rest on one report; a claim of an article is in each, for whoever entered two statements meant two."""
    news = [number for number, one in enumerate(tellings) if one.is_news]
    yield from _by_key(tellings, news)
    yield from _by_words(tellings, news)
    yield from _by_text(tellings, news)
    yield from _by_wire(tellings, news)


def _by_key(tellings: Sequence[Telling], news: Sequence[int]) -> Iterator[tuple[int, int]]:
    """One article, or one address."""
    first: dict[str, int] = {}
    for number in news:
        one = tellings[number]
        for key in (one.article.sha256 if one.article is not None else "", _address(one.url)):
            if key and first.setdefault(key, number) != number:
                yield first[key], number
    for number, one in enumerate(tellings):
        address = _address(one.url)
        if not one.is_news and address in first:
            yield first[address], number


def _by_words(tellings: Sequence[Telling], news: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The same words quoted, whole or cut: found by the first letters of the shorter."""
    first: dict[str, int] = {}
    for number in news:
        for quote in tellings[number].quotes:
            words = fold(quote.text)
            if len(words) >= _QUOTED and first.setdefault(words, number) != number:
                yield first[words], number
    begins: dict[str, list[str]] = defaultdict(list)
    for words in first:
        begins[words[:_QUOTED]].append(words)
    for words, number in first.items():
        for place in range(len(words) - _QUOTED + 1):
            for shorter in begins.get(words[place : place + _QUOTED], ())[:_MOST_LIKE]:
                if shorter != words and words.startswith(shorter, place):
                    yield first[shorter], number


def _by_text(tellings: Sequence[Telling], news: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Texts that are nearly the same: only those that have a piece in common are compared."""
    having: dict[str, list[int]] = defaultdict(list)
    seen: set[str] = set()
    for number in news:
        article = tellings[number].article
        if article is None or article.sha256 in seen or not article.sketch:
            continue
        seen.add(article.sha256)
        pieces = [article.sketch[place : place + _PIECE] for place in range(0, len(article.sketch), _PIECE)]
        shared = Counter(other for piece in pieces for other in having[piece][-_MOST_LIKE:])
        for other, _ in shared.most_common(_MOST_LIKE):
            beside = tellings[other].article
            if beside is not None and likeness(article.sketch, beside.sketch) >= _ALIKE:
                yield other, number
        for piece in pieces:
            having[piece].append(number)


def _by_wire(tellings: Sequence[Telling], news: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Relays of one talk: the outlet nearest to the speaker is the same, and so may be the day."""
    relays: dict[str, list[int]] = defaultdict(list)
    for number in news:
        chain = tellings[number].reported.chain
        if chain and len(first := fold(chain[0])) >= _OUTLET:
            relays[first].append(number)
    told = {
        number: f" {fold(f'{one.reported.announcer} {one.title} {one.article.outlet if one.article else str()}')} "
        for number, one in enumerate(tellings)
        if not one.reported.chain
    }
    for outlet, numbers in relays.items():
        mentioning = [number for number, words in told.items() if f" {outlet} " in words]
        for place, number in enumerate(numbers):
            for other in (*numbers[place + 1 :], *mentioning):
                if _same_time(tellings[number], tellings[other]):
                    yield number, other


def _address(url: str) -> str:
    """An address without what differs from copy to copy of one page; empty for none."""
    if not url.lower().startswith(("http://", "https://")):
        return ""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.rstrip("/")
    query = f"?{parts.query}" if parts.query and not path.strip("/") else ""
    return f"{host}{path}{query}"


def _same_time(one: Telling, other: Telling) -> bool:
    """Whether both may tell of one day; a wire speaks again on another."""
    a, b = one.when, other.when
    if a.latest is None or b.latest is None:
        return True
    return not ((a.earliest and b.latest < a.earliest) or (b.earliest and a.latest < b.earliest))
