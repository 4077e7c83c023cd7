"""How quickly the register is exported, for each format.

    .venv/bin/python bench/export.py [--quick] [--home DIR]

The register of the starter, and with ``--home`` also the one that lies in that folder (a ``TIZIM_HOME``), which is
copied before. Entities are told four times: worked out from the register, as the first export of two dates does, with
who is on which list; copied from what that one left; begun with the export of the day before; and from a snapshot of
the same dates, such as a running service has. Entities a second are told by the seconds that passed, which grow with
whatever else the machine does, and by those that the processor worked; the whole command is measured besides.
"""

import datetime as dt
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from measuring import options, write

from publish import DAY, run
from tizim.answer.times import Asked
from tizim.app import App
from tizim.export.files import to_file
from tizim.screen.current import Shelf
from tizim.settings import Settings

FLOOR = "50,000 entities/s"
FORMATS = ("ftm", "statements", "targets", "senzing", "parquet")
COPIED = ("ftm", "targets", "senzing", "parquet")
Row = tuple[str, str, str]


def measured(home: Path, name: str, times: int) -> list[Row]:
    """Every format, from the register, from what an export of it left, and from a snapshot."""
    os.environ["TIZIM_HOME"] = str(home)
    app = App(Settings.read())
    asked = Asked(as_of=DAY)
    rows: list[Row] = []
    for form in FORMATS:
        shutil.rmtree(home / "exports", ignore_errors=True)
        floor = FLOOR if form == "ftm" else ""
        rows += exported(app, asked, form, f"{name}, from the register: {form}", floor, 1)
    for form in COPIED:
        floor = FLOOR if form == "ftm" else ""
        rows += exported(app, asked, form, f"{name}, from an earlier export of these dates: {form}", floor, times)
    rows += renewed(app, f"{name}, from an export of the day before, in one process: ftm", times)
    _, seconds, worked = run(home, "export", "--format", "ftm", "--as-of", DAY, "-o", str(home / "out"))
    whole = f"{seconds:.1f} s; {worked:.1f} s of the processor"
    rows.append((f"{name}, from an earlier export: the whole command, from its start", "", whole))
    shelf = Shelf(home / "screening")
    shelf.folder.mkdir(exist_ok=True)
    shelf.put_dated(app.snapshot(asked))
    for form in COPIED:
        floor = FLOOR if form == "ftm" else ""
        rows += exported(app, asked, form, f"{name}, from a snapshot that lies ready: {form}", floor, times)
    app.close()
    _, seconds, worked = run(home, "export", "--format", "ftm", "--as-of", DAY, "-o", str(home / "out"))
    whole = f"{seconds:.1f} s; {worked:.1f} s of the processor"
    return [*rows, (f"{name}, from a snapshot: the whole command, from its start", "", whole)]


def renewed(app: App, what: str, times: int) -> list[Row]:
    """The quickest of the days after, each begun with the one before it."""
    days = [(dt.date.fromisoformat(DAY) + dt.timedelta(days=after)).isoformat() for after in range(1, times + 1)]
    rows = [exported(app, Asked(as_of=day), "ftm", what, FLOOR, 1)[0] for day in days]
    return [min(rows, key=lambda row: float(row[2].split("; ")[1].split(" s")[0]))]


def exported(app: App, asked: Asked, form: str, what: str, floor: str, times: int) -> list[Row]:
    """The quickest of several runs, with the file on the disk at the end of each."""
    if form == "parquet" and subprocess.run([sys.executable, "-c", "import pyarrow"], check=False).returncode:
        return []
    best: tuple[float, float, str] | None = None
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(times):
            start, worked = perf_counter(), process_time()
            with app.supplied(asked, [], with_statements=form == "statements") as supplied:
                made = to_file(supplied, form, f"{folder}/out")
                clock, worked = perf_counter() - start, process_time() - worked
            told = f"{made.rows:,} rows, {made.bytes / 1e6:.1f} MB"
            if best is None or worked < best[1]:
                best = (clock, worked, told)
            rate = made.rows
    clock, worked, told = best
    pace = f"{rate / worked:,.0f} a second of the processor, {rate / clock:,.0f} by the clock"
    return [(f"{what} ({told})", floor, f"{pace}; {worked:.2f} s, {clock:.2f} s")]


def main() -> None:
    """Measure, and write what came of it."""
    given = options().parse_args()
    times = 1 if given.quick else 5
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "starter"
        home.mkdir()
        run(home, "up", "--no-serve", "--offline")
        rows += measured(home, "starter", times)
        if given.home is not None:
            home = Path(folder) / "given"
            shutil.copytree(given.home, home, ignore=shutil.ignore_patterns("screening"))
            rows += measured(home, f"register of {given.home.name}", times)
    write("export.md", "The register exported", rows)


if __name__ == "__main__":
    main()
