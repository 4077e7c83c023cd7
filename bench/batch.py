"""How many customers a second a file is screened with, what it takes of memory, and how Spark compares.

    .venv/bin/python bench/batch.py [--rows N] [--long N] [--spark] [--dry]

Against the names of the UN and OFAC lists in the folder that TIZIM_REAL_FILES names (some 25,000); customers are made
of the given and family names of persons on no list there, each with a birth date and a country of which the first run
makes no use. ``--long`` screens a second, longer file: memory must not grow with it. ``--spark`` needs the extra.

Clock time says how busy the machine was with other things; seconds of a processor say what the work costs.
"""

import argparse
import csv
import os
import random
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from measuring import machine, write
from names_data import both_lists, real_files

from tizim.batch.local import Local
from tizim.batch.running import Engine, Job, Supply, run
from tizim.batch.terms import Terms
from tizim.screen.from_files import EntityFile, snapshot

WORKERS = 2
CHUNK = 2_000


def lists(folder: Path) -> tuple[Path, str, int]:
    """A snapshot of the lists in a file, its version, and how many names it has."""
    subjects: dict[tuple[str, str], list[str]] = {}
    for one in both_lists():
        subjects.setdefault((one.key, one.schema), []).append(one.name)
    path = folder / "lists.ftm.json"
    with path.open("wb") as file:
        for (key, schema), names in subjects.items():
            file.write(msgspec.json.encode({"id": key, "schema": schema, "properties": {"name": names}}) + b"\n")
    made = snapshot([EntityFile(path=path, dataset="both")], datetime.now(UTC), [])
    saved = folder / "lists.snapshot"
    made.save(saved)
    return saved, made.about.version, made.screener.names


def customers(path: Path, count: int, seed: int = 5) -> int:
    """Write a file of *count* customers; returns how many different names they have."""
    with (real_files() / "bench" / "negatives_global_dev.csv").open(encoding="utf-8", newline="") as rows:
        parts = list(csv.DictReader(rows))
    latin = [row for row in parts if row["full_name"].isascii()]
    chance = random.Random(seed)
    seen = set()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["customer_id", "name", "born", "country"])
        for at in range(count):
            one = chance.choice(parts)
            # Parts of one script go together; others would be no name.
            middle, last = (chance.choice(latin), chance.choice(latin)) if one["full_name"].isascii() else (one, one)
            words = (one["first_name"], middle["middle_name"], last["last_name"])
            name = " ".join(word for word in words if word)
            seen.add(hash(name))
            writer.writerow([f"C{at:08d}", name, one["date_of_birth"], one["nationality"]])
    return len(seen)


class Watch:
    """The memory of this process and those that it began: the highest sum of what they hold, shared parts by share."""

    def __init__(self) -> None:
        self.highest = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(1.0):
            self.highest = max(self.highest, sum(map(_pss, _family())))

    def end(self) -> float:
        """Megabytes."""
        self._over.set()
        self._thread.join()
        return self.highest / 1e6


def _family() -> list[int]:
    found = [os.getpid()]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _pss(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def cpu() -> float:
    """Seconds of a processor that this process and those it began have used, ended or not."""
    return sum(map(_used, _family())) / os.sysconf("SC_CLK_TCK")


def _used(process: int) -> int:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(int(one) for one in fields[11:15])


class Measured(msgspec.Struct, frozen=True):
    """One run: rows a second of the clock from the first chunk on, rows a second of a processor, and megabytes."""

    rows: int
    clock: float
    steady: float
    cpu: float
    memory: float
    sha256: str

    def told(self) -> str:
        """In a line."""
        return (
            f"{self.rows / self.clock:,.0f} rows/s in all, {self.steady:,.0f} once begun;"
            f" {self.rows / self.cpu:,.0f} a second of a processor"
        )


def measured(saved: tuple[Path, str, int], given: Path, out: Path, terms: Terms, engine: Engine) -> Measured:
    """Screen a file once."""
    path, version, _ = saved
    job = Job(input=str(given), output=str(out), terms=terms, chunk=CHUNK, afresh=True)
    seen: list[tuple[float, int]] = []
    watch = Watch()
    before, start = cpu(), time.perf_counter()
    done = run(
        job, Supply(version=version, against="files", snapshot=lambda: path), engine,
        lambda progress: seen.append((time.perf_counter(), progress.rows)), print,
    )  # fmt: skip
    took, used = time.perf_counter() - start, cpu() - before
    (first, some), (last, every) = seen[min(len(seen) - 1, 2 * WORKERS)], seen[-1]
    steady = (every - some) / (last - first) if last > first else 0.0
    return Measured(done.summary.rows, took, steady, used, watch.end(), done.summary.sha256)


@contextmanager
def spark() -> Iterator[Engine]:
    """Spark on the same two cores."""
    from tizim.batch.spark import session  # noqa: PLC0415 - an extra

    with session(f"local[{WORKERS},4]") as engine:
        yield engine


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--long", type=int, default=0)
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    parser.add_argument("--quick", action="store_true", help="few rows")
    given = parser.parse_args()
    count = 20_000 if given.quick else given.rows
    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        saved = lists(folder)
        path = folder / "customers.csv"
        different = customers(path, count)
        kinds = (
            ("names of persons", Terms(schema="Person"), "≥ 10,000 rows/s"),
            ("names, birth dates and countries of persons",
             Terms(schema="Person", mapped=(("name", "name"), ("birthDate", "born"), ("country", "country"))), "–"),
            ("names of nobody knows what", Terms(), "–"),
        )  # fmt: skip
        what = f"{count:,} rows ({different:,} names), {WORKERS} processes"
        plain = None
        for told, terms, floor in kinds:
            one = measured(saved, path, folder / "out.csv", terms, Local(WORKERS))
            plain = plain or one
            rows.append((f"{what}: {told}", floor, one.told()))
            print(rows[-1], flush=True)
        assert plain is not None  # noqa: S101 - there is a first kind
        rows.append((f"memory of it, {count:,} rows", "flat", f"{plain.memory:,.0f} MB"))
        if given.spark:
            # Others than those measured: executors remember answers to rows that come again.
            others = folder / "others.csv"
            customers(others, count // 4, seed=6)
            with spark() as engine:
                measured(saved, others, folder / "warm.csv", kinds[0][1], engine)
                one = measured(saved, path, folder / "spark.csv", kinds[0][1], engine)
            beside = measured(saved, path, folder / "out.csv", kinds[0][1], Local(WORKERS))
            if one.sha256 != beside.sha256:
                raise SystemExit("Spark wrote another output")
            share, by_clock = beside.cpu / one.cpu, beside.clock / one.clock
            told = (
                f"{one.rows / one.clock:,.0f} rows/s, {one.rows / one.cpu:,.0f} a second of a processor; {share:.0%} of"
                f" what processes did with a processor just after it ({beside.rows / beside.cpu:,.0f}, their start"
                f" counted), {by_clock:.0%} by the clock; the same bytes"
            )
            rows.append((f"Spark local[{WORKERS},4], session begun: {kinds[0][0]}", "≥ 60 % of processes", told))
            print(rows[-1], flush=True)
        if given.long:
            customers(path, given.long)
            one = measured(saved, path, folder / "long.csv", kinds[0][1], Local(WORKERS))
            rows.append((f"{given.long:,} rows: {kinds[0][0]}", "–", one.told()))
            rows.append((f"memory of it, {given.long:,} rows", "flat", f"{one.memory:,.0f} MB"))
        if given.dry:
            print(machine(), *rows, sep="\n")
        else:
            write("batch.md", f"Files of customers, against {saved[2]:,} names", rows)


if __name__ == "__main__":
    main()
