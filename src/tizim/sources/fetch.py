"""Fetching documents: the one fetcher of tizim, with one policy for all sources.

Only https, only the hosts that the catalogue names, only public addresses, at every redirect anew
(``network.py``); bounded in time and size, whatever the other side does. A `Fetcher` remembers nothing:
who calls it says what is known of the last document, and gets the new one as a whole file or not at all.
"""

import datetime as dt
import email.utils
import hashlib
import os
import random
import ssl
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Final, Protocol

import httpx
import msgspec

from tizim.errors import SourceProblem, SourceRefused
from tizim.sources.network import NETWORK_ERRORS, Budget, CheckedTransport, Policy, look_up, place_of
from tizim.sources.protocol import SourceInfo
from tizim.text.folding import one_line

AGENT: Final = "tizim (open register of official lists)"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
_LONGEST_ADDRESS: Final = 300
_LONGEST_MARK: Final = 1000
_PIECE: Final = 256 * 1024


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one document may cost."""

    wire: int = 256 * 1024 * 1024
    """bytes received for it, headers and redirects too"""
    unpacked: int = 512 * 1024 * 1024
    """bytes of the document after its content encoding is undone"""
    redirects: int = 5
    tries: int = 4
    quiet: float = 30.0
    """seconds without a byte after which a connection is given up"""
    pause: float = 1.0
    """seconds before the second try; doubled for each further one"""


class Outside(msgspec.Struct, frozen=True, kw_only=True):
    """What the machine gives: time, chance, names, certificates. Tests give their own."""

    ticks: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    resolve: Callable[[str, int], list[str]] = look_up
    trust: ssl.SSLContext | None = None
    """whose certificates are believed; those of certifi's collection if ``None``"""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What the publisher said of the document fetched last, to be asked whether it changed."""

    etag: str = ""
    last_modified: str = ""


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What came: a document, or the word that the one known is still the newest."""

    path: Path | None
    """the whole document, content encoding undone; ``None`` where it was not modified"""
    not_modified: bool
    status: int
    url: str
    """where it came from, after redirects"""
    etag: str
    last_modified: str
    retrieved_at: dt.datetime
    sha256: str
    """of the document; empty where it was not modified, as is ``size``"""
    size: int
    received: int
    """bytes over the wire for the answer"""


class Fetching(Protocol):
    """What fetches: `Fetcher`, or what stands for it where nothing is to be fetched."""

    def fetch(
        self, url: str, allowed: Policy, folder: Path, *, seconds: float, name: str, known: Known, html: bool
    ) -> Fetched: ...


class _Answer(msgspec.Struct, frozen=True):
    status: int
    url: httpx.URL
    headers: httpx.Headers
    sha256: str
    size: int
    received: int


class _Again(Exception):
    """A try failed in a way in which another may not."""

    def __init__(self, reason: str, *, refused: bool = False, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.refused, self.wait = refused, wait


NOTHING_KNOWN: Final = Known()


def policy(info: SourceInfo) -> Policy:
    """What the catalogue permits for a source: the hosts of its addresses, and those it names besides."""
    addresses = [httpx.URL(url) for part in info.lines for url in part.urls]
    return Policy(places=frozenset({place_of(url) for url in addresses} | {host.lower() for host in info.hosts}))


class Fetcher:
    """Fetches documents; *clock* tells when one was retrieved."""

    def __init__(
        self, clock: Callable[[], dt.datetime], *, limits: Limits | None = None, outside: Outside | None = None
    ) -> None:
        self._clock = clock
        self._limits = limits or Limits()
        self._outside = outside or Outside()
        self._trust = self._outside.trust

    def fetch(
        self,
        url: str,
        allowed: Policy,
        folder: Path,
        *,
        seconds: float,
        name: str = "",
        known: Known = NOTHING_KNOWN,
        html: bool = False,
    ) -> Fetched:
        """Download *url* into a new file of *folder*, called *name* if one is given.

        All tries together end within *seconds*. *known* makes the request conditional; *html* says that a
        web page is what the source publishes. Raises `SourceRefused` if the policy, or what came, forbids
        to take it, and `SourceProblem` if nothing whole came in time; no file is left behind then.
        """
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, part = tempfile.mkstemp(dir=folder, prefix="fetch-", suffix=".part")
        path = Path(part)
        try:
            with os.fdopen(descriptor, "wb") as file:
                answer = self._insist(_parsed(url), allowed, file, seconds, known, html=html)
            if answer.status == httpx.codes.NOT_MODIFIED:
                path.unlink()
            elif name:
                path = path.rename(folder / name)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        not_modified = answer.status == httpx.codes.NOT_MODIFIED
        return Fetched(
            path=None if not_modified else path,
            not_modified=not_modified,
            status=answer.status,
            url=str(answer.url),
            etag=answer.headers.get("etag", ""),
            last_modified=answer.headers.get("last-modified", ""),
            retrieved_at=self._clock(),
            sha256=answer.sha256,
            size=answer.size,
            received=answer.received,
        )

    def _insist(
        self, url: httpx.URL, allowed: Policy, file: IO[bytes], seconds: float, known: Known, *, html: bool
    ) -> _Answer:
        """Try, and try again after a pause where that may help and there is time for it."""
        limits, outside = self._limits, self._outside
        give_up = outside.ticks() + seconds
        count = 0
        while True:
            count += 1
            budget = Budget(give_up, limits.wire, limits.quiet, outside.ticks)
            try:
                return self._follow(url, allowed, file, budget, known, html=html)
            except _Again as again:
                if budget.is_over:
                    raise SourceProblem(f"{_shown(url)}: not finished after {seconds:g} seconds") from again
                # Many ask at the same hour: chance keeps them from asking again all at once.
                pause = max(limits.pause * 2 ** (count - 1) * (0.5 + outside.chance() / 2), again.wait)
                if count >= limits.tries or outside.ticks() + pause >= give_up:
                    raise (SourceRefused if again.refused else SourceProblem)(str(again)) from again
            outside.sleep(pause)

    def _follow(
        self, url: httpx.URL, allowed: Policy, file: IO[bytes], budget: Budget, known: Known, *, html: bool
    ) -> _Answer:
        """One try: the address and what it redirects to, each held to the policy."""
        if self._trust is None:
            self._trust = httpx.create_ssl_context(trust_env=False)
        where = _shown(url)
        with CheckedTransport(allowed, budget, self._outside.resolve, self._trust) as transport:
            for _ in range(self._limits.redirects + 1):
                try:
                    found = self._ask(transport, url, file, budget, known, html=html)
                except SourceProblem as problem:
                    raise type(problem)(f"{where}: {problem}") from problem.__cause__
                except _Again as again:
                    raise _Again(f"{where} {again}", refused=again.refused, wait=again.wait) from again.__cause__
                if isinstance(found, _Answer):
                    return found
                where = f"{_shown(url)} redirects to {_shown(found)}"
                url = found
        raise SourceRefused(f"{where}: more than {self._limits.redirects} redirects")

    def _ask(
        self, transport: CheckedTransport, url: httpx.URL, file: IO[bytes], budget: Budget, known: Known, *, html: bool
    ) -> "_Answer | httpx.URL":
        """One request: the answer, its body written to *file*, or where it redirects to."""
        begun = False
        try:
            # Without httpx's client: it follows, unpacks and remembers more than is wanted here.
            with closing(transport.handle_request(httpx.Request("GET", url, headers=_headers(known)))) as response:
                begun = True
                status = response.status_code
                if status in _REDIRECTS and "location" in response.headers:
                    return _target(url, response.headers["location"])
                if status == httpx.codes.NOT_MODIFIED and known != NOTHING_KNOWN:
                    return _Answer(status, url, response.headers, "", 0, budget.received)
                if status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR:
                    raise _Again(f"answered with status {status}", wait=self._wait(response.headers))
                if status != httpx.codes.OK:
                    raise SourceProblem(f"answered with status {status}")
                kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                if kind in _HTML and not html:
                    raise SourceRefused("answered with an HTML page, not with a document of this source")
                return self._take(response, url, file, budget)
        except NETWORK_ERRORS as error:
            what = one_line(str(error)) or type(error).__name__
            if begun:
                raise _Again(f"was cut off: {what}", refused=True) from error
            raise _Again(f"could not be fetched: {what}") from error

    def _take(self, response: httpx.Response, url: httpx.URL, file: IO[bytes], budget: Budget) -> _Answer:
        """Write the body to *file*, its content encoding undone."""
        file.seek(0)
        file.truncate()
        digest, size = hashlib.sha256(), 0
        for piece in _unpacked(response):
            size += len(piece)
            if size > self._limits.unpacked:
                raise SourceRefused(f"more than {self._limits.unpacked} bytes when unpacked")
            if budget.is_over:
                raise _Again("took too long")
            digest.update(piece)
            file.write(piece)
        length = response.headers.get("content-length", "")
        if length.isdecimal() and "transfer-encoding" not in response.headers and budget.body > int(length):
            raise SourceRefused(f"sends more than the {length} bytes that it announces")
        return _Answer(response.status_code, url, response.headers, digest.hexdigest(), size, budget.received)

    def _wait(self, headers: httpx.Headers) -> float:
        """Seconds that ``Retry-After`` asks to wait; 0 where it says nothing that can be read."""
        said = headers.get("retry-after", "").strip()
        if said.isdecimal() and said.isascii():
            return float(said[:9])
        try:
            moment = email.utils.parsedate_to_datetime(said)
        except (ValueError, OverflowError):
            return 0.0
        moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        return max(0.0, (moment - self._clock()).total_seconds())


def _headers(known: Known) -> dict[str, str]:
    headers = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip", "Connection": "close"}
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    # What a server said, or a damaged file, need not be fit to be said again.
    return headers | {name: said for name, said in asked.items() if said and _is_fit(said)}


def _is_fit(said: str) -> bool:
    return said.isascii() and said.isprintable() and len(said) <= _LONGEST_MARK


def _parsed(url: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise SourceRefused(f"{one_line(url)[:_LONGEST_ADDRESS]} is no address: {error}") from None


def _target(url: httpx.URL, location: str) -> httpx.URL:
    try:
        return url.join(location).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as error:
        raise SourceRefused(f"redirects to what is no address: {one_line(str(error))}") from None


def _shown(url: httpx.URL) -> str:
    """*url* for a message: a password is never told, and hostile length is cut."""
    text = str(url.copy_with(username="", password="") if url.userinfo else url)
    return text if len(text) <= _LONGEST_ADDRESS else f"{text[:_LONGEST_ADDRESS]}…"


def _unpacked(response: httpx.Response) -> Iterator[bytes]:
    """The body in pieces of bounded size, gzip undone; a piece never holds more than was asked for."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding in {"", "identity"}:
        yield from response.iter_raw()
        return
    if encoding not in {"gzip", "x-gzip"}:
        raise SourceRefused(f"encoded as {one_line(encoding)[:40]}, which was not asked for")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        for raw in response.iter_raw():
            data = raw
            while data:
                if unpacker.eof:  # gzip files may follow one another
                    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
                yield unpacker.decompress(data, _PIECE)
                data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    except zlib.error as error:
        raise SourceRefused(f"its gzip encoding is damaged: {error}") from None
    while not unpacker.eof and (more := unpacker.decompress(b"", _PIECE)):
        yield more
    if not unpacker.eof:
        raise SourceRefused("its gzip encoding is cut off")
