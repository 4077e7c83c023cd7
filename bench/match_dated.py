"""Matching as of a day beside matching without one: what listing periods cost.

    TIZIM_REAL_FILES=… .venv/bin/python bench/match_dated.py [--quick]

Invented names made from the UN list (shared/bench/list_names.py, `synth`), three a subject, five listing periods
a subject; half of the subjects are not listed on the day asked for. Two screeners opened from one file, so that
neither has the other's caches, are asked in turn, each name first of the one and then of the other or the other
way round.
"""

import datetime as dt
import random
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from measuring import write
from names_data import list_names, un_names

from tizim import Screener

QUICK = "--quick" in sys.argv
SIZES = (25_000,) if QUICK else (25_000, 250_000)
QUERIES = 1_000 if QUICK else 6_000
NAMES_A_SUBJECT, PERIODS = 3, 5
DAY = dt.date(2020, 1, 1)
FLOOR = "at most +15 %"


def periods(rng: random.Random, *, on_the_day: bool) -> list[tuple[dt.date, dt.date]]:
    """Five listing periods of less than two years each; the third alone holds the day, or none does."""
    found = []
    for number in range(PERIODS):
        middle = DAY + dt.timedelta(days=1000 * (number - PERIODS // 2))
        first = middle - dt.timedelta(days=rng.randrange(1, 300))
        end = middle + dt.timedelta(days=rng.randrange(1, 300))
        if number == PERIODS // 2 and not on_the_day:
            end = middle - dt.timedelta(days=rng.randrange(0, (middle - first).days))  # the day itself is out
        found.append((first, end))
    return found


def a_list(size: int) -> Screener:
    """A screener of *size* invented names with periods."""
    rng = random.Random(11)
    names = list_names().synth(un_names(), size)
    by_schema: dict[str, list[str]] = {}
    for _, schema, name, _ in names:
        by_schema.setdefault(schema, []).append(name)
    subjects = []
    for schema, own in by_schema.items():
        for at in range(0, len(own), NAMES_A_SUBJECT):
            facts = {"periods": periods(rng, on_the_day=rng.random() < 0.5)}
            subjects.append((f"{schema}-{at}", schema, own[at : at + NAMES_A_SUBJECT], facts))
    return Screener.build(subjects)


def measured(size: int) -> list[tuple[str, str, str]]:
    """The rows for one size."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "screener"
        a_list(size).save(path)
        dated, undated = Screener.open(path), Screener.open(path)
    asked = [row[2] for row in list_names().synth(un_names(), QUERIES, seed=8) if row[1] == "Person"]
    dated.match("Ali Hasan", as_of=DAY)  # compiles, where nothing is compiled yet
    undated.match("Ali Hasan")
    taken: dict[bool, list[float]] = {True: [], False: []}
    for number, name in enumerate(asked):
        for with_day in (True, False) if number % 2 else (False, True):
            screener, day = (dated, DAY) if with_day else (undated, None)
            start = perf_counter()
            screener.match(name, as_of=day)
            taken[with_day].append(perf_counter() - start)
    medians = {with_day: statistics.median(samples) for with_day, samples in taken.items()}
    ratio = medians[True] / medians[False] - 1
    total = sum(taken[True]) / sum(taken[False]) - 1
    what = f"{size:,} names, {len(asked):,} queries"
    return [
        (f"{what}: without a day, median", "–", f"{medians[False] * 1e6:.0f} µs"),
        (f"{what}: as of a day, median", "–", f"{medians[True] * 1e6:.0f} µs"),
        (f"{what}: as of a day against without", FLOOR, f"{ratio:+.1%} (of all time together {total:+.1%})"),
    ]


def main() -> None:
    """Measure and write the table."""
    rows = [row for size in SIZES for row in measured(size)]
    write("match_dated.md", "Matching as of a day", rows)


if __name__ == "__main__":
    main()
