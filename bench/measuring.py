"""What the benchmarks share: what they may be told, the machine in a line, medians, and the table they write."""

import argparse
import os
import platform
import statistics
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

RESULTS = Path(__file__).parent / "results"


def options() -> argparse.ArgumentParser:
    """What most benchmarks may be told: ``--quick`` (few runs, nothing to quote), and in ``--home`` the folder of a
    register that is measured too.
    """
    told = argparse.ArgumentParser()
    told.add_argument("--quick", action="store_true")
    told.add_argument("--home", type=Path)
    return told


def machine() -> str:
    """The machine and the day, in a line."""
    load = os.getloadavg()[0]
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()},"
        f" load {load:.1f} at the end, {datetime.now(UTC):%Y-%m-%d}"
    )


def timed(function: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = perf_counter()
    function()
    return perf_counter() - start


def median_ms(samples: Sequence[float]) -> str:
    """Median and 95th percentile of seconds, in milliseconds."""
    ordered = sorted(samples)
    high = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return f"{statistics.median(ordered) * 1000:.2f} ms (p95 {high * 1000:.2f})"


def write(name: str, title: str, rows: Sequence[tuple[str, str, str]]) -> None:
    """Print a table of (what, floor, measured) and write it to the results."""
    lines = [f"# {title}", "", machine(), "", "| what | floor | measured |", "| --- | --- | --- |"]
    lines += [f"| {what} | {floor} | {measured} |" for what, floor, measured in rows]
    text = "\n".join(lines) + "\n"
    print(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / name).write_text(text, encoding="utf-8")
