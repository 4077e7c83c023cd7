"""``tizim match NAME``."""

import click

from tizim.cli.options import app, as_json, asked, print_json, print_lines, two_times
from tizim.domain.lists import ListId


@click.command("match")
@click.argument("name", metavar="NAME")
@click.option(
    "--schema", metavar="SCHEMA",
    help="What NAME is, by FollowTheMoney: Person, Organization, Company, LegalEntity, PublicBody, Vessel or Airplane."
    "  [default: each subject is compared as what it is]",
)  # fmt: skip
@click.option(
    "--list", "lists", metavar="LIST", multiple=True,
    help="A list to search, such as un-1988; may be given several times.  [default: all of which anything is held]",
)  # fmt: skip
@click.option("--limit", type=int, default=5, show_default=True, help="How many subjects to show at most, 1 to 500.")
@click.option(
    "--threshold", type=float, default=0.5, show_default=True,
    help="The lowest score to show, 0 to 1. Scores from 0.7 on are matches, lower ones candidates.",
)  # fmt: skip
@click.option("--explain", is_flag=True, help="Show the words and reasons behind each score (JSON always has them).")
@two_times
@click.option("--strict", is_flag=True, help="End with 5 if there is a match.")
@as_json
def command(
    name: str,
    schema: str | None,
    lists: tuple[str, ...],
    limit: int,
    threshold: float,
    explain: bool,
    as_of: str | None,
    known_at: str | None,
    basis: str | None,
    strict: bool,
    json_: bool,
) -> None:
    """Who may NAME, in any script and spelling, be among those on lists on a day, as known on a day?

    Subjects come best first, each with all lists it is on and its state there, so more lines than --limit may come.
    With --strict the command ends with 5 if a score makes a match.
    """
    from tizim.screen import words
    from tizim.screen.listed import Question, listed, needs_compiling

    readable = name.encode(errors="replace").decode()
    question = Question(
        name=readable, schema=schema or "", lists=tuple(map(ListId, lists)), limit=limit, threshold=threshold
    )
    with app().asking(asked(as_of, known_at, basis)) as (view, at):
        if needs_compiling():
            click.echo("tizim: compiling the matcher, once after installation (about half a minute) ...", err=True)
        found = listed(view, question, at)
    if json_:
        print_json(words.to_json(found))
    else:
        print_lines(words.to_lines(found, explained=explain))
    if strict and any(row.is_match for row in found.results):
        raise click.exceptions.Exit(5)
