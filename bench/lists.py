"""Measure how lists are read and kept, on the real files in TIZIM_REAL_FILES.

    TIZIM_REAL_FILES=… .venv/bin/python bench/lists.py [--quick]

Reading alone is measured as the median of several runs in one process; keeping all files as one command in a
process of its own, with its peak memory as the operating system counted it. --quick leaves that command out.
"""

import datetime as dt
import gzip
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from measuring import timed, write

from tizim.keep import Keeping, keep
from tizim.register.archive import Archive
from tizim.register.sql import SqlRegister
from tizim.sources.catalogue import source
from tizim.sources.protocol import Hints, Source

TIZIM = [sys.executable, "-c", "from tizim.cli import main; main()"]
SDN = "us-ofac-sdn-csv"
Row = tuple[str, str, str]


def clock() -> dt.datetime:
    """The present instant."""
    return dt.datetime.now(dt.UTC)


def median(function: Callable[[], object], runs: int) -> str:
    """The median of *runs*, in seconds."""
    return f"{statistics.median(timed(function) for _ in range(runs)):.2f} s"


def every_field(of: Source, data: bytes, name: str) -> int:
    """Read and map a whole document; how many claims it makes."""
    hints = Hints(instant=dt.datetime(2024, 3, 1, tzinfo=dt.UTC), by="as given")
    _, records = of.read(data, name, hints)
    return sum(len(reading.claims) for reading in of.readings(records))


def reading(lists: Path, runs: int) -> list[Row]:
    """The UN list, read and mapped."""
    path = lists / "un-sc" / "2026-02-27.xml.gz"
    data = gzip.decompress(path.read_bytes())
    of = source("un-sc")
    return [("UN list of 2026-02-27, read, every field", "1 s", median(lambda: every_field(of, data, path.name), runs))]


def a_set(folder: Path, lists: Path) -> list[Path]:
    """The newest whole main file of the SDN list, with the newest aliases, addresses and comments held."""
    with tarfile.open(lists / SDN / "sdn-history.tar.xz") as tar:
        last = max((member for member in tar if member.isfile()), key=lambda member: member.name)
        file = tar.extractfile(last)
        assert file is not None  # noqa: S101 - it is a file
        (folder / "sdn.csv").write_bytes(file.read())
    for part in ("add.csv.gz", "alt.csv.gz", "sdn_comments.csv"):
        data = (lists / SDN / f"2025-12-24-commit.{part}").read_bytes()
        (folder / part.removesuffix(".gz")).write_bytes(gzip.decompress(data) if part.endswith(".gz") else data)
    return sorted(folder.glob("*.csv"))


def keeping_a_set(lists: Path, runs: int) -> list[Row]:
    """The SDN set into an empty register, in a process of its own: first sight of every row."""
    seconds = []
    entries = 0
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            paths = a_set(Path(folder), lists)
            done = command(Path(folder) / "home", "keep", SDN, "--dated", "2024-02-29", "--from", *map(str, paths))
            seconds.append(done[0])
            entries = max(doc["entries"] for doc in done[2])
    what = f"an SDN set of {entries:,} entries kept, every field"
    return [(what, "5 s", f"{statistics.median(seconds):.2f} s")]


def command(home: Path, *arguments: str) -> tuple[float, float, list[dict[str, int]]]:
    """Seconds, peak megabytes and documents of one command that keeps files."""
    environment = {**os.environ, "TIZIM_HOME": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        process = subprocess.Popen([*TIZIM, *arguments, "--json"], env=environment, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in {0, 3}:
            sys.exit(f"tizim {' '.join(arguments)} ended with {process.returncode}")
        out.seek(0)
        return seconds, usage.ru_maxrss / 1024, json.load(out)["documents"]


def keeping_all(lists: Path) -> list[Row]:
    """Every file of every source, in one command."""
    with tempfile.TemporaryDirectory() as home:
        seconds, megabytes, documents = command(Path(home), "keep", "--all-from", str(lists))
    kept = sum(doc["outcome"] == "kept" for doc in documents)
    statements = sum(doc["statements"] for doc in documents)
    what = f"all files: {len(documents)} documents, {kept} kept, {statements:,} statements"
    return [(what, "10 min, 1.5 GB", f"{seconds / 60:.1f} min, {megabytes:,.0f} MB")]


def versions(lists: Path) -> list[Row]:
    """Versions of one list one after another: what each costs early and late in the life of the register."""
    of = source(SDN)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with tarfile.open(lists / SDN / "sdn-history.tar.xz") as tar:
            tar.extractall(home / "versions", filter="data")
        paths = sorted((home / "versions").rglob("*.csv"))
        archive = Archive(home / "archive")
        register = SqlRegister(f"sqlite:///{home / 'register.sqlite'}", archive)
        register.prepare()
        keeping = Keeping(register=register, archive=archive, clock=clock)
        took = [timed(lambda path=path: keep(of, [path], keeping)) for path in paths]  # type: ignore[misc]
        register.close()
    rows = []
    for name, some in (("2 to 21", took[1:21]), ("the last 20", took[-20:])):
        rows.append((f"SDN version {name} of {len(took)}, each kept", "", f"{statistics.median(some):.2f} s"))
    return rows


def main(arguments: Sequence[str]) -> None:
    """Measure, print, write."""
    given = os.environ.get("TIZIM_REAL_FILES")
    if not given:
        sys.exit("TIZIM_REAL_FILES must name the folder of the real files")
    lists, quick = Path(given) / "lists", "--quick" in arguments
    runs = 1 if quick else 5
    rows = reading(lists, runs) + keeping_a_set(lists, 1 if quick else 3) + versions(lists)
    if not quick:
        rows += keeping_all(lists)
    write("lists.md", "Reading and keeping lists", rows)


if __name__ == "__main__":
    main(sys.argv[1:])
