"""``tizim screen IN -o OUT``."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tizim.answer.times import Asked
from tizim.app import App
from tizim.cli.columns import columns, delimiter_of, mapping
from tizim.cli.options import app, as_json, asked, print_json, two_times
from tizim.errors import BadInput

if TYPE_CHECKING:
    from tizim.batch.running import Engine, Job, Outcome, Progress, Supply
    from tizim.cli.screening import Plan

MOST_WORKERS = 256
_TOLD_EVERY = 0.5
"""seconds after which a terminal is told again how far it is"""
_LOGGED_EVERY = 60.0
"""the same where there is no terminal"""


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@click.command("screen")
@click.argument("input_", metavar="IN")
@click.option(
    "-o", "--output", metavar="OUT", required=True, help="Where to write who was found: .csv, .jsonl or .parquet."
)
@click.option(
    "--output-format",
    type=click.Choice(["csv", "jsonl", "parquet"]),
    help="What OUT shall be.  [default: by its ending]",
)
@columns
@click.option(
    "--lists", "--list", "lists", metavar="LIST", multiple=True,
    help="A list to search, such as un-1988, or several with commas between; may be given several times."
    "  [default: all of which anything is held]",
)  # fmt: skip
@click.option("--threshold", type=float, default=0.7, show_default=True, help="Scores above it are written, 0 to 1.")
@click.option("--limit", type=int, default=5, show_default=True, help="How many subjects of one row at most, 1 to 500.")
@two_times
@click.option(
    "--entities", "files", metavar="FILE=NAME", multiple=True,
    help="Screen against the FollowTheMoney entities in FILE (a line of JSON each), as the list NAME, in place of the"
    " register; may be given several times.",
)  # fmt: skip
@click.option(
    "--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True,
    help="Processes of this machine, or Spark (the extra 'spark', and Java 17).",
)  # fmt: skip
@click.option("--master", metavar="URL", help="Spark's master.  [default: as Spark is set up, else local[*,4]]")
@click.option(
    "--workers", type=click.IntRange(1, MOST_WORKERS), help="Processes of this machine.  [default: one for each core]"
)
@click.option(
    "--chunk",
    metavar="ROWS",
    type=click.IntRange(1, 1_000_000),
    default=2_000,
    show_default=True,
    help="Rows handed out together.",
)
@click.option(
    "--rejects", metavar="FILE",
    help="Where to write rows that cannot be screened, with line and reason.  [default: OUT.rejects.csv]",
)  # fmt: skip
@click.option("--work", metavar="DIR", help="Folder that keeps what is done until OUT is there.  [default: OUT.work]")
@click.option(
    "--resume/--afresh", default=True,
    help="Go on with what an earlier run left, if its input and settings are the same; or begin anew, whatever is"
    " there.  [default: resume]",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="End with 5 if anybody is found.")
@as_json
def command(
    input_: str, output: str, form: str | None, output_format: str | None, delimiter: str, name_column: str | None,
    id_column: str | None, mapped: tuple[str, ...], schema: str | None, schema_column: str | None,
    lists: tuple[str, ...], threshold: float, limit: int, as_of: str | None, known_at: str | None, basis: str | None,
    files: tuple[str, ...], engine: str, master: str | None, workers: int | None, chunk: int, rejects: str | None,
    work: str | None, resume: bool, strict: bool, json_: bool,
) -> None:  # fmt: skip
    """Which of the customers in IN (CSV, JSON lines or Parquet) may be on a list? The answer is written to OUT.

    OUT has a row for each customer, subject and list. It appears whole: what is done before that is kept in a folder
    beside it, and the same call goes on from there. OUT.manifest.json then tells what it was made of.

    IN and OUT may be in a store (s3://…), with the extra 'batch'. The command ends with 3 if rows could not be
    screened, with 5 (--strict) if anybody was found.
    """
    from tizim.batch.running import Job, run
    from tizim.batch.terms import Terms

    terms = Terms(
        name_column=name_column or "", id_column=id_column or "", schema=schema or "Thing",
        schema_column=schema_column or "", mapped=tuple(map(mapping, mapped)),
        lists=tuple(one for said in lists for one in said.split(",") if one), threshold=threshold, limit=limit,
    )  # fmt: skip
    job = Job(
        input=input_, output=output, terms=terms, form=form or "", output_form=output_format or "",
        delimiter=delimiter_of(delimiter), rejects=rejects or "", work=work or "", chunk=chunk, afresh=not resume,
    )  # fmt: skip
    if engine == "spark" and workers is not None:
        raise BadInput("--workers counts processes of this machine; Spark is told by --master how many it has")
    if engine == "local" and master is not None:
        raise BadInput("--master is Spark's: say --engine spark")
    told = Told()
    with planned(app(), files) as plan, _engine(engine, master, workers) as at_work:
        outcome = run(job, supplied(plan, asked(as_of, known_at, basis), told), at_work, told, told.notice)
        told.end()
    if json_:
        print_json(_json(outcome))
    else:
        click.echo("\n".join(_lines(job, outcome)))
    if outcome.summary.rejected:
        raise click.exceptions.Exit(3)
    if strict and outcome.summary.found:
        raise click.exceptions.Exit(5)


@contextmanager
def _engine(name: str, master: str | None, workers: int | None) -> "Iterator[Engine]":
    if name == "local":
        from tizim.batch.local import Local

        yield Local(workers or cores())
        return
    from tizim.batch.spark import session

    with session(master) as engine:
        yield engine


@contextmanager
def planned(wired: App, files: tuple[str, ...]) -> "Iterator[Plan]":
    """What is screened against. Snapshots of files are kept only as long as it takes."""
    from tizim.cli.screening import Plan
    from tizim.screen.from_files import datasets_of, given

    found = tuple(map(given, files))
    datasets_of(found)
    if not found:
        wired.existing()
        yield Plan(settings=wired.settings, files=(), folder=wired.settings.home / "screening")
        return
    with tempfile.TemporaryDirectory(prefix="tizim-") as folder:
        yield Plan(settings=wired.settings, files=found, folder=Path(folder))


def supplied(plan: "Plan", dates: Asked, told: "Told") -> "Supply":
    """What is screened against: a snapshot that lies ready, or one that is made now."""
    from tizim.batch.running import Supply
    from tizim.cli.screening import make

    version = plan.version(dates)
    shelf = plan.shelf
    path = shelf.path(version) if dates == Asked() else shelf.dated(version)

    def snapshot() -> Path:
        if not path.exists():
            told.notice("everybody on the lists is indexed first; with many lists that takes some minutes")
            make(plan, dates)
        return path

    against = " ".join(f"{one.path.name}={one.dataset}" for one in plan.files) if plan.files else _dates(dates)
    return Supply(version=version, against=against, snapshot=snapshot)


def _dates(dates: Asked) -> str:
    said = {"as of": dates.as_of, "known at": dates.known_at, "basis": dates.basis}
    return ", ".join(f"{name} {value}" for name, value in said.items() if value) or "today"


class Told:
    """Says on stderr how far the run is: redrawn in place on a terminal, a line a minute elsewhere."""

    def __init__(self) -> None:
        self._begun = self._last = time.monotonic()
        self._is_terminal = sys.stderr.isatty()
        self._is_open = False

    def __call__(self, progress: "Progress") -> None:
        now = time.monotonic()
        if now - self._last < (_TOLD_EVERY if self._is_terminal else _LOGGED_EVERY):
            return
        self._last = now
        line = _progress(progress, now - self._begun)
        if self._is_terminal:
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
            self._is_open = True
        else:
            click.echo(f"tizim: {line}", err=True)

    def notice(self, text: str) -> None:
        """Say something else."""
        self.end()
        click.echo(f"tizim: {text}", err=True)

    def end(self) -> None:
        """Leave the line that is redrawn."""
        if self._is_open:
            sys.stderr.write("\n")
            self._is_open = False


def _progress(progress: "Progress", seconds: float) -> str:
    """How much is done, how fast, and how long it may still take."""
    rate = progress.rows / seconds if seconds else 0.0
    done = progress.share - progress.begun_at
    left = seconds * (1 - progress.share) / done if done > 0 else 0.0
    told = f"{progress.rows:,} rows, {progress.share:.0%}, {rate:,.0f} a second, {progress.found:,} found"
    return f"{told}, {_time(left)} left" if left else told


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def _json(outcome: "Outcome") -> dict[str, object]:
    """The summary as plain JSON values. Keys are relied on from outside: add, never rename."""
    one = outcome.summary
    return {
        "input": one.input,
        "output": one.output,
        "rejects": one.rejects or None,
        "rows": one.rows,
        "screened": one.screened,
        "rejected": one.rejected,
        "matched": one.matched,
        "found": one.found,
        "left_out": [
            {"property": name, "values": count.count, "first_row": count.first} for name, count in one.left_out.items()
        ],
        "algorithm": one.algorithm,
        "data_version": one.data_version,
        "sha256": one.sha256,
        "resumed": outcome.resumed,
        "was_done": outcome.was_done,
    }


def _lines(job: "Job", outcome: "Outcome") -> Iterator[str]:
    one = outcome.summary
    if outcome.was_done:
        yield f"{job.output} was there already, of this input, these settings and these lists; nothing was to be done."
    yield (
        f"{one.screened:,} rows screened against the lists as of {one.data_version} by {one.algorithm}:"
        f" {one.matched:,} that may mean somebody, {one.found:,} lines in {one.output}."
    )
    if outcome.resumed:
        yield f"An earlier run had done {outcome.resumed:,} chunks of them."
    if one.rejected:
        yield f"{one.rejected:,} rows could not be screened; {one.rejects} tells which and why."
    for name, left in one.left_out.items():
        yield f"{name}: {left.count:,} values are none and were not compared (the first in row {left.first:,})."
