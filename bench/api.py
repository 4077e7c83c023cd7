"""How many screening requests a second one worker answers, and what several workers cost in memory.

    .venv/bin/python bench/api.py [--home DIR] [--seconds N] [--yente PYTHON]

Without ``--home`` the register is that of the starter, made anew; with it the one in that folder (a ``TIZIM_HOME``),
which is what the floors are meant for. Server and client are processes of their own on the same machine. Names are
those of persons on no list, and of persons on lists, written with a slip; none is asked twice in a measurement.

``--yente`` names the Python of an environment of its own in which yente 5.5 is installed: the same entities are
then served by yente's own code, held in memory by the two files in the folder that TIZIM_REAL_FILES names, and the
ratio is told. Its rate is that of few requests, because it takes seconds for one where many entities are held.
"""

import argparse
import os
import random
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from measuring import RESULTS, machine

from tizim.screen.snapshot import Snapshot

ROOT = Path(__file__).parents[1]
CONNECTIONS = 4
BATCH = 50


class Answered:
    """One connection on which one request after the other is sent."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._got = b""
        self._left = -1
        self.began = 0.0
        self.status = 0
        """of the last answer"""

    def send(self, body: bytes, path: str) -> None:
        """Send a request."""
        self.put(posted(body, path))

    def put(self, request: bytes) -> None:
        """Send the bytes of a request."""
        self.began = time.perf_counter()
        self.socket.sendall(request)

    def read(self) -> bytes | None:
        """The body of the answer, when it is whole. Raises `ConnectionError` where it ends before that."""
        more = self.socket.recv(1 << 20)
        if not more:
            raise ConnectionError("the connection ended before the answer was whole")
        self._got += more
        if self._left < 0:
            head, end, rest = self._got.partition(b"\r\n\r\n")
            if not end:
                return None
            self.status = int(head.split(b" ", 2)[1])
            lengths = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
            self._left, self._got = int(lengths[0].split(b":")[1]), rest
        if len(self._got) < self._left:
            return None
        body, self._got, self._left = self._got[: self._left], self._got[self._left :], -1
        return body


def posted(body: bytes, path: str) -> bytes:
    """The bytes of a POST request."""
    return f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def ask(
    address: tuple[str, int], bodies: Iterator[bytes], seconds: float, connections: int
) -> tuple[float, list[float]]:
    """Requests a second, and how long each took."""
    selector = selectors.DefaultSelector()
    path = "/match/default"
    own = [Answered(address) for _ in range(connections)]
    for one in own:
        selector.register(one.socket, selectors.EVENT_READ, one)
        one.send(next(bodies), path)
    took: list[float] = []
    start = time.perf_counter()
    waiting = len(own)
    while waiting:
        for key, _ in selector.select():
            one = key.data
            body = one.read()
            if body is None:
                continue
            if one.status != 200:
                raise SystemExit(f"refused: {one.status} {body[:300]!r}")
            now = time.perf_counter()
            took.append(now - one.began)
            following = next(bodies, None) if now - start < seconds else None
            if following is None:
                waiting -= 1
                selector.unregister(one.socket)
                one.socket.close()
            else:
                one.send(following, path)
    return len(took) / (time.perf_counter() - start), took


def query(names: Sequence[str]) -> bytes:
    """A match request."""
    queries = {f"q{at}": {"schema": "Person", "properties": {"name": [name]}} for at, name in enumerate(names)}
    return msgspec.json.encode({"queries": queries})


def strangers(count: int) -> list[str]:
    """Names of persons on no list."""
    rng = random.Random(7)
    folder = os.environ.get("TIZIM_REAL_FILES")
    if folder:
        lines = (Path(folder) / "bench" / "negatives_global_dev.csv").read_text(encoding="utf-8").splitlines()[1:]
        found = [line.split(",")[0] for line in lines]
        rng.shuffle(found)
        return found[:count]
    parts = []
    for _ in range(count):
        sizes = [rng.randint(2, 4) for _ in range(3)]
        parts.append(
            ["".join(rng.choice("bdfgklmnrstvz") + rng.choice("aeiou") for _ in range(size)) for size in sizes]
        )
    return [" ".join(part.title() for part in own) for own in parts]


def listed(snapshot: Snapshot, count: int) -> list[str]:
    """Names of persons on lists, each with a letter left out."""
    rng = random.Random(8)
    screener = snapshot.screener
    numbers = [at for at in range(screener.names) if screener.stored.index.name_schema[at] == 0]
    found = []
    for number in rng.sample(numbers, min(count, len(numbers))):
        name = screener.name(number)
        at = rng.randrange(len(name)) if name else 0
        found.append(name[:at] + name[at + 1 :])
    return found


def free_port() -> int:
    """A port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def wait(port: int, seconds: float) -> None:
    """Wait until the service can answer."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as one:
                one.sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                if b" 200 " in one.recv(100)[:20]:
                    return
        except OSError:
            pass
        time.sleep(0.02)
    raise SystemExit("the service never became ready")


@contextmanager
def served(home: Path, workers: int) -> Iterator[tuple[int, int, float]]:
    """The port, the process, and the seconds until the first answer."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "tizim"), "serve", "--port", str(port), "--workers", str(workers)]
    start = time.perf_counter()
    with subprocess.Popen(command, env={**os.environ, "TIZIM_HOME": str(home)}, stderr=subprocess.DEVNULL) as process:
        try:
            wait(port, 600)
            ask(("127.0.0.1", port), iter([query(["Owen Example"])]), 0, 1)
            yield port, process.pid, time.perf_counter() - start
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def pss(number: int) -> int:
    """Bytes that a process and those below it hold, shared ones by their share."""
    found = [number]
    for one in found:
        children = Path(f"/proc/{one}/task/{one}/children")
        if children.exists():
            found += [int(child) for child in children.read_text().split()]
    total = 0
    for one in found:
        for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
    return total


def cpu(number: int) -> float:
    """Seconds of a processor that a process has used."""
    fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def until_idle(number: int) -> float:
    """Wait until a process has nothing to do, and say how long that took."""
    start = time.monotonic()
    while True:
        before = cpu(number)
        time.sleep(1)
        if cpu(number) - before < 0.05:
            return time.monotonic() - start
        if time.monotonic() - start > 600:
            raise SystemExit("the service never came to rest")


def percentile(took: Sequence[float], share: float) -> float:
    """The time that so large a share does not go beyond."""
    ordered = sorted(took)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def batches(names: Sequence[str]) -> Iterator[bytes]:
    """Match requests of many queries each."""
    for at in range(0, len(names) - BATCH + 1, BATCH):
        yield query(names[at : at + BATCH])


def measured(home: Path, seconds: float, snapshot: Snapshot) -> list[tuple[str, str, str]]:
    """The rows of the table."""
    rows = []
    with served(home, 1) as (port, number, first):
        address = ("127.0.0.1", port)
        rows.append(("from start to the first answer, saved snapshot", "< 3 s", f"{first:.2f} s"))
        rows.append(("until the pages of the site are warm too", "", f"{until_idle(number):.0f} s more"))
        ask(address, map(query, ([name] for name in listed(snapshot, 300))), 60, CONNECTIONS)
        kinds = (("nobody's", strangers(25_000)), ("listed, a letter left out", listed(snapshot, 25_000)[300:]))
        for told, names in kinds:
            half = len(names) // 2
            before = cpu(number)
            rate, took = ask(address, (query([name]) for name in names[:half]), seconds, CONNECTIONS)
            used = cpu(number) - before
            figures = (
                f"{rate:,.0f} requests/s, p50 {percentile(took, 0.5) * 1000:.2f} ms, p99"
                f" {percentile(took, 0.99) * 1000:.2f} ms; {len(took) / used:,.0f} a second of the server's CPU time"
            )
            rows.append((f"one query a request, names {told}", "≥ 1,500 requests/s, p99 < 10 ms", figures))
            before = cpu(number)
            rate, took = ask(address, batches(names[half:]), seconds, 2)
            used = cpu(number) - before
            figures = (
                f"{rate * BATCH:,.0f} queries/s, p99 {percentile(took, 0.99) * 1000:.0f} ms;"
                f" {len(took) * BATCH / used:,.0f} a second of the server's CPU time"
            )
            rows.append((f"{BATCH} queries a request, names {told}", "≥ 4,000 queries/s", figures))
        alone = pss(number)
    with served(home, 4) as (port, number, _):
        ask(("127.0.0.1", port), map(query, ([name] for name in strangers(2_000))), seconds, 16)
        several = pss(number)
    told = f"{several / 1e6:,.0f} MB, {several / alone:.2f} times the {alone / 1e6:,.0f} MB of one"
    rows.append(("PSS of four workers and their parent, all asked", "< 1.5 × one", told))
    return rows


def of_yente(python: str, snapshot: Snapshot, names: Sequence[str]) -> float:
    """Requests a second that yente's code answers over the same entities held in memory."""
    bench = Path(os.environ.get("TIZIM_REAL_FILES", ROOT.parent / "shared")) / "bench"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "entities.ftm.json"
        with path.open("wb") as file:
            for at in range(len(snapshot)):
                file.write(snapshot.text(at) + b"\n")
        port = free_port()
        command = [python, str(bench / "yente_serve.py"), str(port), f"default={path}"]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                wait(port, 1_800)
                rate, _ = ask(("127.0.0.1", port), (query([name]) for name in names), 120, 1)
                return rate
            finally:
                process.terminate()
                process.wait(timeout=60)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--yente", metavar="PYTHON")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = given.home or Path(folder)
        tizim = str(Path(sys.executable).parent / "tizim")
        if given.home is None:
            subprocess.run(
                [tizim, "up", "--no-serve", "--offline"], env={**os.environ, "TIZIM_HOME": str(home)}, check=True
            )
        with served(home, 1):
            pass
        shelf = home / "screening"
        snapshot = Snapshot.open(shelf / (shelf / "current").read_text(encoding="utf-8"))
        rows = measured(home, given.seconds, snapshot)
        if given.yente:
            rate = of_yente(given.yente, snapshot, strangers(60))
            own = float(rows[2][2].split(" ")[0].replace(",", ""))
            rows.append((
                "yente 5.5, logic-v2, the same entities in memory", "≥ 25 times fewer",
                f"{rate:.2f} requests/s: {own / rate:,.0f} times fewer",
            ))  # fmt: skip
        head = f"{len(snapshot):,} entities, {snapshot.screener.names:,} names, {len(snapshot.about.datasets)} datasets"
        lines = [
            "# Screening over HTTP",
            "",
            machine(),
            "",
            f"One worker over {head}; the client on the same cores.",
            "",
        ]
        lines += ["| what | floor | measured |", "| --- | --- | --- |", *(f"| {a} | {b} | {c} |" for a, b, c in rows)]
        text = "\n".join(lines) + "\n"
        print(text)
        if not given.dry:
            (RESULTS / "api.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
