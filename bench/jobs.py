"""Whole commands, each in a process of its own: help, up, and keeping the real UN files.

    TIZIM_REAL_FILES=… .venv/bin/python bench/jobs.py [--quick]

Peak memory is the operating system's own figure for the finished process.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import write

RUNS = 1 if "--quick" in sys.argv else 3
TIZIM = [sys.executable, "-c", "from tizim.cli import main; main()"]


def run(home: Path, *arguments: str) -> tuple[float, float]:
    """Seconds and peak megabytes of one command."""
    environment = {**os.environ, "TIZIM_HOME": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody's tizim compiles all its modules at each command
    start = time.perf_counter()
    process = subprocess.Popen([*TIZIM, *arguments], env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"tizim {' '.join(arguments)} ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def median(samples: list[tuple[float, float]]) -> str:
    """Medians of both figures."""
    return f"{statistics.median(s for s, _ in samples):.2f} s, {statistics.median(m for _, m in samples):.0f} MB"


def main() -> None:
    """Measure and write the table."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        homes = [Path(folder) / str(number) for number in range(RUNS)]
        rows.append(("`tizim --help`", "0.5 s", median([run(homes[0], "--help") for _ in range(max(3, RUNS))])))
        first = [run(home, "up", "--no-serve", "--offline") for home in homes]
        again = [run(home, "up", "--no-serve", "--offline") for home in homes]
        rows.append(("`tizim up --no-serve`, first run", "20 s", median(first)))
        rows.append(("`tizim up --no-serve`, second run", "–", median(again)))
        ask = [run(home, "ask", "Taliban", "--list", "un-1988", "--as-of", "2024-01-15") for home in homes]
        rows.append(("`tizim ask`, a process of its own", "–", median(ask)))
        given = os.environ.get("TIZIM_REAL_FILES")
        if given:
            files = sorted(str(path) for path in (Path(given) / "lists" / "un-sc").glob("*.xml.gz"))
            empty = [Path(folder) / f"keep{number}" for number in range(RUNS)]
            kept = [run(home, "keep", "un-sc", "--from", *files) for home in empty]
            rows.append((f"the {len(files)} UN files kept, every field", "60 s, 500 MB", median(kept)))
        else:
            print("TIZIM_REAL_FILES is not set: keeping the real files is not measured")
    write("jobs.md", "Whole commands", rows)


if __name__ == "__main__":
    main()
