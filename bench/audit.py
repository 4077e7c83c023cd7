"""Measure audits of real lists in a full register.

    TIZIM_REAL_FILES=… .venv/bin/python bench/audit.py [--home FOLDER] [--quick]

Takes the register in FOLDER (as ``tizim keep --all-from`` makes one), or makes one of the real files first, which takes
some minutes. Each audit runs in a process of its own: once as it comes, with whatever is compiled already, and once
more in the same process. --quick leaves the second run out. Results go to bench/results/audit.md.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import options, write

FLOOR = "5 s"
AUDITS = (
    ("us-ofac-sdn", "uk-sanctions", "2025-09-01"),
    ("uk-sanctions", "us-ofac-sdn", "2025-09-01"),
    ("uk-sanctions", "un-sc", "2025-09-01"),
    ("ca-sema", "au-dfat", "2026-02-24"),
    ("au-dfat", "un-sc", "2026-02-27"),
    ("id-dttot", "un-sc", "2022-10-21"),
)
"""national list, reference list, day: the largest lists against each other, and the ones that are checked by hand"""

ONE = """
import json, resource, sys, time
from tizim.answer.times import Asked
from tizim.app import App
from tizim.audit.compare import compare_lists
from tizim.settings import Settings
national, reference, day, runs = sys.argv[1:]
app, seconds, processor = App(Settings.read()), [], []
for _ in range(int(runs)):
    with app.asking(Asked(as_of=day)) as (view, as_of):
        wall, used = time.perf_counter(), time.process_time()
        audit = compare_lists(view, national, reference, as_of, 1)
        seconds.append(time.perf_counter() - wall)
        processor.append(time.process_time() - used)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([seconds, processor, len(audit.findings), peak]))
"""


def audited(home: Path, audit: tuple[str, str, str], runs: int) -> tuple[list[float], list[float], int, float]:
    """Seconds on the wall and of the processor for each run, findings, peak megabytes."""
    environment = {**os.environ, "TIZIM_HOME": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody's tizim compiles all its modules at each command
    done = subprocess.run(
        [sys.executable, "-c", ONE, *audit, str(runs)], env=environment, check=True, capture_output=True, text=True
    )
    seconds, processor, findings, peak = json.loads(done.stdout)
    return seconds, processor, findings, peak


def filled(home: Path) -> None:
    """Keep all real files."""
    given = os.environ.get("TIZIM_REAL_FILES")
    if not given:
        sys.exit("say where a full register is (--home FOLDER), or set TIZIM_REAL_FILES to make one")
    keep = [sys.executable, "-c", "from tizim.cli import main; main()", "keep", "--all-from", f"{given}/lists"]
    subprocess.run(keep, env={**os.environ, "TIZIM_HOME": str(home)}, check=False)  # files set aside are no failure


def main() -> None:
    """Measure and write the table."""
    given = options().parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = given.home or Path(folder)
        if given.home is None:
            filled(home)
        rows = []
        for audit in AUDITS:
            seconds, processor, findings, peak = audited(home, audit, 1 if given.quick else 2)
            times = ", again ".join(
                f"{wall:.1f} s ({used:.1f} s of the processor)"
                for wall, used in zip(seconds, processor, strict=True)
            )  # fmt: skip
            national, reference, day = audit
            rows.append((f"{national} against {reference}, {day}: {findings:,} findings", FLOOR,
                         f"{times}, {peak:.0f} MB"))  # fmt: skip
    write("audit.md", "Audits of whole lists in a full register", rows)


if __name__ == "__main__":
    main()
