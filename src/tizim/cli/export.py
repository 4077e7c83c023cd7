"""``tizim export``."""

import sys
from pathlib import Path

import click
import msgspec

from tizim.answer.times import Asked
from tizim.cli.options import Bar, app, as_json, asked, print_json, two_times
from tizim.errors import BadInput

_FORMATS = ("ftm", "statements", "targets", "senzing", "parquet")


@click.command("export")
@click.option(
    "--format", "formats", type=click.Choice(_FORMATS), multiple=True, required=True,
    help="FollowTheMoney JSON lines, statements or targets as CSV, Senzing JSON lines, or a Parquet table; with --into"
    " several may be given.",
)  # fmt: skip
@click.option(
    "-o", "--output", metavar="FILE", help="The file to write, or an address in a store.  [default: standard output]"
)
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path),
    help="A folder for files of every format given and a catalogue of them.",
)  # fmt: skip
@click.option(
    "--base", metavar="ADDRESS", default="",
    help="Where the folder will be found, such as https://register.example/data.  [default: on this machine]",
)  # fmt: skip
@two_times
@click.option(
    "--list", "lists", metavar="ID,…", multiple=True,
    help="Only those on these lists; may be given several times.  [default: every list]",
)  # fmt: skip
@click.option(
    "--raw-cells", "raw", is_flag=True,
    help="In CSV, leave cells that a spreadsheet would run as formulas as they are: for programs alone.",
)  # fmt: skip
@as_json
def command(
    formats: tuple[str, ...],
    output: str | None,
    into: Path | None,
    base: str,
    as_of: str | None,
    known_at: str | None,
    basis: str | None,
    lists: tuple[str, ...],
    raw: bool,
    json_: bool,
) -> None:
    """Write who is on which list as data for other programs: of any date, as known at any date.

    A file appears whole, with FILE.export.json beside it, which tells the dates, the head of the register's log and
    the sums. Whoever loads it gets the same answers as the register gives for the same dates.
    """
    wanted = tuple(dict.fromkeys(formats))
    if into is not None and output is not None:
        raise BadInput("-o is one file and --into a folder: give one of them")
    if into is None and len(wanted) > 1:
        raise BadInput("a file has one format: give several with --into FOLDER")
    if base and into is None:
        raise BadInput("--base is where a folder will be found: it goes with --into")
    if json_ and into is None and output is None:
        raise BadInput("--json tells what was written, and standard output is taken by the export: give -o FILE")
    _write(
        asked(as_of, known_at, basis), wanted, output, into, base,
        [one.strip() for said in lists for one in said.split(",") if one.strip()], raw=raw, json_=json_,
    )  # fmt: skip


def _write(
    dates: Asked, formats: tuple[str, ...], output: str | None, into: Path | None, base: str, lists: list[str],
    *, raw: bool, json_: bool,
) -> None:  # fmt: skip
    from tizim.export.files import to_file, to_folder, to_stream

    bar = Bar("export")

    def told(done: int, total: int) -> None:
        bar("", done, total)

    with app().supplied(dates, lists, with_statements="statements" in formats) as supplied:
        if into is not None:
            made = to_folder(supplied, formats, into, base=base, raw=raw, progress=told)
        elif output is not None:
            made = [to_file(supplied, formats[0], output, raw=raw, progress=told)]
        else:
            made = [to_stream(supplied, formats[0], sys.stdout.buffer, raw=raw)]
    if json_:
        print_json({"into": str(into) if into else None, "files": [msgspec.to_builtins(one) for one in made]})
        return
    on_stderr = into is None and output is None
    for one in made:
        what = f"{one.rows:,} rows about {one.subjects:,} subjects, {one.bytes:,} bytes"
        click.echo(f"{one.file}: {what}, SHA-256 {one.sha256}", err=on_stderr)
        if one.neutralised:
            click.echo(f"{one.neutralised:,} cells got an apostrophe, so that no spreadsheet runs them", err=on_stderr)
    last = made[-1]
    click.echo(f"as of {last.as_of}, as known at {last.known_at.isoformat()} ({last.basis})", err=on_stderr)
    click.echo(f"the register reached row {last.head.sequence}, whose hash is {last.head.hash}", err=on_stderr)
    stale = [one.id for one in last.lists if one.stale]
    if stale:
        click.echo(
            f"last seen longer ago than is usual for the list, which each listing's status tells: {', '.join(stale)}",
            err=on_stderr,
        )
