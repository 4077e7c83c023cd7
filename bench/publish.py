"""How long the whole site takes to be written as files, and to be brought up to date.

    .venv/bin/python bench/publish.py [--quick] [--home DIR] [--languages CODE,…] [--lists ID,…] [--days WHICH]

The register of the starter is published in every language; with ``--home`` also the one that lies in that folder (a
``TIZIM_HOME``), which is copied before, in the languages and of the lists given. Each run is a command in processes
of its own. Seconds are told twice: as they passed, which grows with whatever else the machine does, and as the
processors of tizim worked. A page is an HTML file; the memory is that of the largest process.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from measuring import options, write

TIZIM = [sys.executable, "-c", "from tizim.cli import main; main()"]
FLOOR = "50,000 pages in 600 s on 2 cores"
DAY = "2026-11-26"
Row = tuple[str, str, str]


def run(home: Path, *arguments: str) -> tuple[Any, float, float]:
    """What a command prints, the seconds that it takes, and those that processors work for it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = perf_counter()
    done = subprocess.run([*TIZIM, *arguments, "--json"], env=environment(home), check=True, stdout=subprocess.PIPE)
    seconds = perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return json.loads(done.stdout), seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def environment(home: Path) -> dict[str, str]:
    """As where tizim is installed: its code is compiled once, and not for each run."""
    own = {**os.environ, "TIZIM_HOME": str(home), "PYTHONPYCACHEPREFIX": str(home.parent / "compiled")}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    return own


def memory() -> str:
    """The most that any process has held so far."""
    return f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB"


def measured(home: Path, out: Path, name: str, *options: str) -> list[Row]:
    """A copy made, looked at again, and brought up to date after one decision."""
    publish = ("publish", str(out), "--as-of", DAY, *options)
    made, seconds, worked = run(home, *publish)
    size = f"{made['pages']:,} pages in {len(made['languages'])} languages, {made['files']:,} files"
    pace = f"{seconds:.0f} s, {made['pages'] / seconds:.0f} pages a second; {worked:.0f} s of processors"
    each = f"{made['pages'] / worked:.0f} pages a second of one; largest process {memory()}"
    rows = [(f"{name}: all of it, {size}, {made['bytes'] / 1e6:,.0f} MB", FLOOR, f"{pace}, {each}")]
    _, seconds, worked = run(home, *publish)
    rows.append((f"{name}: again, nothing changed", "", f"{seconds:.1f} s; {worked:.1f} s of processors"))
    run(
        home, "decide", "delist", "taliban", "--list", "kz-list", "--basis-not-stated-by", "a benchmark", "--effective",
        "2026-11-01", "--author", "A benchmark", "--reason", "To measure", "--anyway",
    )  # fmt: skip
    again, seconds, worked = run(home, *publish)
    files = f"{again['new']} files new and {again['changed']} changed"
    rows.append((
        f"{name}: after one decision, {again['made']} of its pages made, {files}", "in proportion to the change",
        f"{seconds:.1f} s; {worked:.1f} s of processors",
    ))  # fmt: skip
    return rows


def main() -> None:
    """Measure, and write what came of it."""
    asked = options()
    asked.add_argument("--languages", default="en")
    asked.add_argument("--lists", default="")
    asked.add_argument("--days", default="changes")
    given = asked.parse_args()
    few = ("--languages", "en,prs", "--lists", "kz-list", "--days", "none") if given.quick else ()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "starter"
        home.mkdir()
        run(home, "up", "--no-serve", "--offline")
        rows += measured(home, Path(folder) / "site", "starter", *few)
        shutil.rmtree(Path(folder) / "site")
        if given.home is not None:
            home = Path(folder) / "given"
            shutil.copytree(given.home, home)
            wanted = ("--languages", given.languages, "--lists", given.lists, "--days", given.days)
            rows += measured(home, Path(folder) / "site", f"register of {given.home.name}", *wanted)
    write("publish.md", "The site written as files", rows)


if __name__ == "__main__":
    main()
