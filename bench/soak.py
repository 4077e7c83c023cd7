"""Serve a mixed load for long, while the register grows and the lists are swapped, looking for what wears out.

    .venv/bin/python bench/soak.py [--minutes 30] [--share 0.7] [--home DIR] [--dry]

One worker with the screening log on serves the register of the starter, made anew (or that in ``--home``, which is
written to). First it is asked as fast as it answers, for as long as ``--measure`` says: that is its capacity for this
mixture. Then it is asked at a share of that, each request at its time whether or not those before are answered, and
its time counts from then on. Meanwhile a list gets a newer document every few minutes, with more names: the index
is made anew beside the service and swapped.

Every minute the memory of the worker is written down (PSS, and what of it is its own). Ends with 1 where a request
was lost or refused, or where memory grew: the median of the last third may be 5 % above that of the second.
"""

import argparse
import datetime as dt
import os
import random
import selectors
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import msgspec
from measuring import RESULTS, machine

from api import Answered, cpu, free_port, listed, percentile, posted, query, strangers, until_idle, wait
from tizim.screen.snapshot import Snapshot

TIZIM = [str(Path(sys.executable).parent / "tizim")]
CONNECTIONS = 16
PERIODS = 6
"""parts of the run that the table has a line for"""
MIXTURE = (
    ("match, one name", 60), ("match, 50 names", 4), ("search", 10), ("entity", 10), ("reconcile", 6), ("page", 6),
    ("ask", 4),
)  # fmt: skip
"""kinds of requests, and how many of a hundred are of each"""
FIRST = 1_000
"""names in the first document that is kept"""
GROWS_BY = 100
"""names that each newer document of the list has more"""
_GROWN = 1.05
_REGIMES = (("Al-Qaida", "QDi"), ("Taliban", "TAi"))
_SYLLABLES = [one + two for one in "bdfgklmnrstvz" for two in "aeiou"]


class Moment(msgspec.Struct, frozen=True):
    """A look at the worker."""

    minute: float
    pss: int
    own: int
    """bytes of it that are mapped from no file"""


class Period(msgspec.Struct):
    """What happened in a part of the run."""

    answered: int = 0
    took: dict[str, list[float]] = {}
    faults: list[str] = []
    versions: set[str] = set()
    bytes: int = 0
    cpu: float = 0.0


def a_document(count: int, day: dt.date) -> bytes:
    """An invented UN-like file of *day* with so many names."""
    chance = random.Random(11)
    people = []
    for number in range(1, count + 1):
        first, second = ("".join(chance.choice(_SYLLABLES) for _ in range(3)).title() for _ in range(2))
        kind, mark = _REGIMES[number % 2]
        people.append(
            f"<INDIVIDUAL><DATAID>{900_000 + number}</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>{first}</FIRST_NAME>"
            f"<SECOND_NAME>{second}</SECOND_NAME><UN_LIST_TYPE>{kind}</UN_LIST_TYPE>"
            f"<REFERENCE_NUMBER>{mark}.{7_000 + number}</REFERENCE_NUMBER><LISTED_ON>2010-01-02</LISTED_ON>"
            "</INDIVIDUAL>"
        )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="{day}T01:00:00Z">'
        f"<INDIVIDUALS>{''.join(people)}</INDIVIDUALS><ENTITIES></ENTITIES></CONSOLIDATED_LIST>"
    ).encode()


class Growth:
    """Newer documents of a list, kept one after the other while the service runs."""

    def __init__(self, home: Path, folder: Path, every: float) -> None:
        self.kept = 0
        self.faults: list[str] = []
        self._home = home
        self._folder = folder
        self._every = every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._grow)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End with the document at hand."""
        self._over.set()
        self._thread.join()

    def _grow(self) -> None:
        first = dt.date(2025, 1, 1)
        while not self._over.wait(self._every):
            path = self._folder / f"list{self.kept}.xml"
            path.write_bytes(a_document(FIRST + self.kept * GROWS_BY, first + dt.timedelta(days=self.kept)))
            command = [*TIZIM, "keep", "un-sc", "--from", str(path)]
            ended = subprocess.run(
                command, env={**os.environ, "TIZIM_HOME": str(self._home)}, capture_output=True, check=False
            )
            if ended.returncode:
                self.faults.append(f"keeping ended with {ended.returncode}: {ended.stderr[-300:]!r}")
            self.kept += 1


@contextmanager
def served(home: Path) -> Iterator[tuple[int, int]]:
    """The port and the process of a service with its log on."""
    port = free_port()
    environment = {
        **os.environ, "TIZIM_HOME": str(home), "TIZIM_SCREENING_LOG": "whole",
        "TIZIM_CUSTOMERS_KEY": "for the length of a soak, nobody's",
    }  # fmt: skip
    with subprocess.Popen(
        [*TIZIM, "serve", "--port", str(port)], env=environment, stderr=subprocess.DEVNULL
    ) as process:  # fmt: skip
        try:
            wait(port, 600)
            until_idle(process.pid)
            yield port, process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def memory(number: int) -> tuple[int, int]:
    """Bytes that one process holds, shared ones by their share: all, and those mapped from no file."""
    found = {}
    for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()[1:]:
        name, size, *_ = line.split()
        found[name] = int(size) * 1024
    return found["Pss:"], found["Pss_Anon:"]


def got(path: str) -> bytes:
    """The bytes of a GET request."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def requests(port: int, snapshot: Snapshot) -> dict[str, list[bytes]]:
    """Requests of each kind: names of nobody and of those listed with a slip, half and half."""
    chance = random.Random(9)
    names = [*strangers(10_000), *listed(snapshot, 10_000)]
    chance.shuffle(names)
    page = urlopen(f"http://127.0.0.1:{port}/sitemap/subjects-1.xml").read().decode()
    pages = [urlsplit(one.partition("</loc>")[0]).path for one in page.split("<loc>")[1:]]
    ids = [snapshot.id(at) for at in chance.sample(range(len(snapshot)), min(2_000, len(snapshot)))]
    words = [name.split()[0] for name in names[:2_000] if name.split()]
    asked = [msgspec.json.encode({f"q{at}": {"query": name}}).decode() for at, name in enumerate(names[:1_000])]
    return {
        "match, one name": [posted(query([name]), "/match/default") for name in names],
        "match, 50 names": [
            posted(query(names[at : at + 50]), "/match/default") for at in range(0, len(names) - 49, 50)
        ],
        "search": [got(f"/search/default?q={quote(word)}") for word in words],
        "entity": [got(f"/entities/{quote(one, safe='')}") for one in ids],
        "reconcile": [got(f"/reconcile/default?queries={quote(one)}") for one in asked],
        "page": [got(one) for one in chance.sample(pages, min(300, len(pages)))],
        "ask": [got(f"/en/ask?subject={quote(name)}") for name in names[:300]],
    }


def drawn(kinds: dict[str, list[bytes]]) -> Iterator[tuple[str, bytes]]:
    """Requests of the mixture without end."""
    chance = random.Random(10)
    names, weights = zip(*MIXTURE, strict=True)
    while True:
        (kind,) = chance.choices(names, weights)
        yield kind, chance.choice(kinds[kind])


class Client:
    """Asks by several connections from one thread."""

    def __init__(self, port: int) -> None:
        self._address = ("127.0.0.1", port)
        self._selector = selectors.DefaultSelector()
        self._free: list[Answered] = []
        self._busy: dict[Answered, tuple[str, float]] = {}
        for _ in range(CONNECTIONS):
            self._connect()

    def _connect(self) -> None:
        one = Answered(self._address)
        self._selector.register(one.socket, selectors.EVENT_READ, one)
        self._free.append(one)

    def _leave(self, one: Answered) -> None:
        self._selector.unregister(one.socket)
        one.socket.close()
        self._connect()

    def run(
        self, due: Iterator[tuple[float, str, bytes]], until: float, into: Callable[[float], Period],
        each: Callable[[], None], most: int = sys.maxsize,
    ) -> None:  # fmt: skip
        """Ask what is *due* (when, its kind, the request) until that time and all is answered; *each* second.

        No more than *most* wait for a connection.
        """
        waiting: deque[tuple[float, str, bytes]] = deque()
        following = next(due)
        looked = time.perf_counter()
        while (now := time.perf_counter()) < until or self._busy:
            while following[0] <= now < until and len(waiting) < most:
                waiting.append(following)
                following = next(due)
            while waiting and self._free and now < until:
                when, kind, request = waiting.popleft()
                one = self._free.pop()
                self._busy[one] = kind, when
                try:
                    one.put(request)
                except OSError as error:
                    self._lost(one, into(now), repr(error))
            for key, _ in self._selector.select(max(0.0, min(following[0] - now, 0.05)) if self._free else 0.05):
                self._take(key.data, into)
            if now - looked > 1:
                looked = now
                each()

    def _take(self, one: Answered, into: Callable[[float], Period]) -> None:
        try:
            body = one.read()
        except OSError as error:
            if one in self._busy:
                self._lost(one, into(time.perf_counter()), repr(error))
            else:  # an idle connection that the service has closed
                self._free.remove(one)
                self._leave(one)
            return
        if body is None:
            return
        now = time.perf_counter()
        kind, when = self._busy.pop(one)
        self._free.append(one)
        period = into(now)
        period.answered += 1
        period.bytes += len(body)
        period.took.setdefault(kind, []).append(now - when)
        if one.status != 200:
            period.faults.append(f"{kind}: status {one.status} {body[:200]!r}")
        elif kind.startswith("match"):
            period.versions.add(version_in(body))

    def _lost(self, one: Answered, period: Period, told: str) -> None:
        kind, _ = self._busy.pop(one)
        period.faults.append(f"{kind}: {told}")
        self._leave(one)


def version_in(body: bytes) -> str:
    """The version of the data that an answer to a match request names, and a check that it is one answer."""
    told = msgspec.json.decode(body)
    if any(one["status"] != 200 for one in told["responses"].values()):
        raise SystemExit(f"an answer in an answer failed: {body[:300]!r}")
    return str(told["data_version"])


def capacity(port: int, number: int, draws: Iterator[tuple[str, bytes]], seconds: float) -> tuple[float, float]:
    """Requests a second at most, and the share of a processor that the worker had for them."""
    whole = Period(took={}, faults=[], versions=set())
    start, used = time.perf_counter(), cpu(number)
    due = ((0.0, kind, request) for kind, request in draws)
    Client(port).run(due, start + seconds, lambda _: whole, lambda: None, most=CONNECTIONS)
    took = time.perf_counter() - start
    if whole.faults:
        raise SystemExit(f"the service failed before the soak: {whole.faults[:3]}")
    return whole.answered / took, (cpu(number) - used) / took


def paced(draws: Iterator[tuple[str, bytes]], start: float, rate: float) -> Iterator[tuple[float, str, bytes]]:
    """So many a second, each at its time."""
    for at, (kind, request) in enumerate(draws):
        yield start + at / rate, kind, request


class Soak:
    """One run, period by period and minute by minute."""

    def __init__(self, number: int, seconds: float) -> None:
        self.seconds = seconds
        self._number = number
        self._length = seconds / PERIODS
        self.start = time.perf_counter()
        self.periods = [Period(took={}, faults=[], versions=set()) for _ in range(PERIODS)]
        self.moments: list[Moment] = []
        self._used = [cpu(number)]

    def period(self, now: float) -> Period:
        """The period of that time."""
        return self.periods[min(PERIODS - 1, int((now - self.start) / self._length))]

    def look(self) -> None:
        """Write down the memory, once a minute, and at the end of each period what the worker used."""
        gone = time.perf_counter() - self.start
        if gone >= 60 * len(self.moments) * min(1.0, self._length / 60):
            self.moments.append(Moment(gone / 60, *memory(self._number)))
        if gone >= self._length * len(self._used):
            self._close()

    def _close(self) -> None:
        used = cpu(self._number)
        if len(self._used) <= PERIODS:
            self.periods[len(self._used) - 1].cpu = (used - self._used[-1]) / self._length
        self._used.append(used)

    def end(self) -> None:
        """The last look."""
        self._close()

    def growth(self) -> float:
        """How much of its own the worker holds in the last third, of what it held in the second; medians."""
        third = len(self.moments) // 3
        if third == 0:
            return 1.0
        own = [one.own for one in self.moments]
        return statistics.median(own[-third:]) / statistics.median(own[third:-third])


def lines(soak: Soak) -> list[str]:
    """A line for each period."""
    head = (
        "minutes", "answered", "lost or refused", "match one: p50, p99", "50: p99", "others: p99", "versions",
        "processor", "PSS, of it own", "",
    )  # fmt: skip
    found = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    most = max((one.pss for one in soak.moments), default=1)
    each = len(soak.moments) / PERIODS
    length = soak.seconds / PERIODS / 60
    for at, one in enumerate(soak.periods):
        took = defaultdict(list, one.took)
        others = [each for kind, own in took.items() if not kind.startswith("match") for each in own]
        own = soak.moments[round(at * each) : max(round((at + 1) * each), round(at * each) + 1)] or soak.moments[-1:]
        pss, anonymous = (statistics.median(getattr(row, name) for row in own) for name in ("pss", "own"))
        single, many = took["match, one name"] or [0.0], took["match, 50 names"] or [0.0]
        found.append(
            f"| {at * length:g} to {(at + 1) * length:g} | {one.answered:,} | {len(one.faults)}"
            f" | {percentile(single, 0.5) * 1000:.1f} ms, {percentile(single, 0.99) * 1000:.0f} ms"
            f" | {percentile(many, 0.99) * 1000:.0f} ms | {percentile(others or [0.0], 0.99) * 1000:.0f} ms"
            f" | {len(one.versions)} | {one.cpu:.0%} | {pss / 1e6:,.0f} MB, {anonymous / 1e6:,.0f} MB"
            f" | {'█' * round(20 * pss / most)} |"
        )
    return found


def told(soak: Soak, growth: Growth, most: float, busy: float, rate: float, size: str) -> str:
    """The whole account."""
    faults = [fault for one in soak.periods for fault in one.faults] + growth.faults
    versions = len(set().union(*(one.versions for one in soak.periods)))
    mixture = "; ".join(f"{kind}: {share}" for kind, share in MIXTURE)
    answered = sum(one.answered for one in soak.periods)
    minutes = soak.seconds / 60
    what = (
        f"One worker over {size} at first, the screening log on, the client and whatever keeps and indexes on the same"
        f" cores. Of a hundred requests: {mixture}."
    )
    how = (
        f"As fast as it answers: {most:,.0f} a second, {busy:.0%} of a processor. Then {rate:,.0f} a second"
        f" for {minutes:g} minutes."
    )
    came = (
        f"{answered:,} answered, {len(faults)} lost or refused. The list grew {growth.kept} times; answers were by"
        f" {versions} versions of the data. The worker's own memory in the last third is {soak.growth():.1%} of that in"
        " the second."
    )
    return "\n\n".join(["# Long load", machine(), what, how, came, "\n".join(lines(soak))]) + "\n"


def main() -> None:
    """Soak, print, write; ends with 1 if anything was lost, refused, or grew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--share", type=float, default=0.7, help="of the capacity measured first")
    parser.add_argument("--measure", type=float, default=30, help="seconds in which capacity is measured")
    parser.add_argument("--grow", type=float, default=0, help="seconds between documents; 0: ten in all")
    parser.add_argument("--home", type=Path, help="a TIZIM_HOME, which is written to")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    given = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = given.home or folder / "home"
        if given.home is None:
            environment = {**os.environ, "TIZIM_HOME": str(home)}
            subprocess.run([*TIZIM, "up", "--no-serve", "--offline"], env=environment, check=True, capture_output=True)
        with served(home) as (port, number):
            shelf = home / "screening"
            snapshot = Snapshot.open(shelf / (shelf / "current").read_text(encoding="utf-8"))
            size = f"{len(snapshot):,} entities with {snapshot.screener.names:,} names"
            draws = drawn(requests(port, snapshot))
            capacity(port, number, draws, given.measure / 3)  # caches fill
            most, busy = capacity(port, number, draws, given.measure)
            rate = most * given.share
            seconds = given.minutes * 60
            soak = Soak(number, seconds)
            with Growth(home, folder, given.grow or seconds / 11) as growth:
                due = paced(draws, soak.start, rate)
                Client(port).run(due, soak.start + seconds, soak.period, soak.look)
                soak.end()
    text = told(soak, growth, most, busy, rate, size)
    print(text)
    if not given.dry:
        (RESULTS / "soak.md").write_text(text, encoding="utf-8")
    faults = [fault for one in soak.periods for fault in one.faults] + growth.faults
    for fault in faults[:20]:
        print(fault)
    sys.exit(1 if faults or soak.growth() > _GROWN else 0)


if __name__ == "__main__":
    main()
