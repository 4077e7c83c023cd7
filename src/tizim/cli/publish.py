"""``tizim publish``."""

from pathlib import Path

import click
import msgspec

from tizim.cli.options import Bar, app, as_json, asked, print_json, two_times
from tizim.domain.lists import ListId
from tizim.errors import BadInput


@click.command("publish")
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--languages", metavar="CODE,…", default="", help="The languages; all that have a catalogue if left out.")
@click.option("--lists", metavar="ID,…", default="", help="These lists only, with those on them; all if left out.")
@two_times
@click.option(
    "--base", metavar="ADDRESS", default="", help="Where the site will be, such as https://register.example/site."
)
@click.option(
    "--statements",
    type=click.Choice(["acts", "all"]),
    default="acts",
    show_default=True,
    help="Which statements have pages: those about acts, or also every one that a document prints of an entry.",
)
@click.option(
    "--days",
    type=click.Choice(["all", "changes", "none"]),
    default="all",
    show_default=True,
    help="Of which days lists have pages: changes and copies, changes alone, or none.",
)
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Questions to be answered, SUBJECT and LIST in a line, instead of those about the ledger's.",
)
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(1, 256),
    help="How many processes make pages; one for each core if left out.",
)
@as_json
def command(
    out: Path,
    languages: str,
    lists: str,
    as_of: str | None,
    known_at: str | None,
    basis: str | None,
    base: str,
    statements: str,
    days: str,
    answers: Path | None,
    workers: int | None,
    json_: bool,
) -> None:
    """Write the whole site as files into the folder OUT, for any host that serves files.

    A second run makes only the pages of which something changed. Without --as-of the day is today; without --known-at
    everything recorded counts as known, and the day of knowing is that of the register's last row.
    """
    from tizim.publish.whole import Choice
    from tizim.site_files import Wanted

    choice = Choice(
        lists=tuple(ListId(one) for one in _several(lists)), of_records=statements == "all", days=days,
        answers=None if answers is None else _questions(answers),
    )  # fmt: skip
    wanted = Wanted(languages=tuple(_several(languages)), asked=asked(as_of, known_at, basis), base=base, choice=choice)
    found = app().publish(out, wanted, workers=workers or 0, progress=Bar("pages"))
    if json_:
        print_json({"out": str(out), **msgspec.to_builtins(found)})
        return
    click.echo(f"{found.pages} pages in {len(found.languages)} languages, {found.files} files, {found.bytes:,} bytes")
    click.echo(
        f"{found.new} files are new, {found.changed} changed, {found.same} are as they were, {found.removed} removed"
    )
    click.echo(f"as of {found.as_of}, as known at {found.known_at} ({found.basis})")
    click.echo(f"the register reached row {found.head.sequence}, whose hash is {found.head.hash}")
    if found.left_out:
        click.echo(f"{len(found.left_out)} pages are left out: what they are called can be no file's name")


def _several(text: str) -> list[str]:
    """Values between commas."""
    return list(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))


def _questions(path: Path) -> tuple[tuple[str, ListId], ...]:
    """The questions of a file: a subject's id and a list's in each line; lines that begin with # say nothing."""
    found = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise BadInput(f"{path} is no text in UTF-8") from None
    for number, line in enumerate(lines, start=1):
        parts = line.split()
        if not parts or parts[0].startswith("#"):
            continue
        if len(parts) != 2:
            raise BadInput(f"{path}, line {number}: wants the id of a subject and that of a list, not '{line.strip()}'")
        found.append((parts[0], ListId(parts[1])))
    return tuple(found)
