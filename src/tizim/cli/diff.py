"""``tizim diff LIST --from D1 --to D2``."""

import click

from tizim.answer import prose, wire
from tizim.answer.changes import difference
from tizim.cli.options import app, as_json, asked, day, print_json, print_lines, strict
from tizim.domain.lists import ListId


@click.command("diff")
@click.argument("list_id", metavar="LIST")
@click.option("--from", "first", metavar="DAY", required=True, help="The earlier day.")
@click.option("--to", "second", metavar="DAY", required=True, help="The later day.")
@click.option("--known-at", metavar="WHEN", help="As known then: a day (its end, UTC) or an ISO instant.")
@click.option("--basis", type=click.Choice(["recorded", "published"]), help="Which reading of 'known' to take.")
@strict
@as_json
def command(
    list_id: str, first: str, second: str, known_at: str | None, basis: str | None, strict: bool, json_: bool
) -> None:
    """What was added, gone and amended on LIST between the ends of two days, by the documents of those days."""
    start, end = day(first, "--from"), day(second, "--to")
    with app().asking(asked(second, known_at, basis)) as (view, at):
        found = difference(view, ListId(list_id), start, end, at)
    if json_:
        print_json(wire.difference(found))
    else:
        print_lines(prose.difference(found))
    if strict and (found.added or found.gone or found.amended):
        raise click.exceptions.Exit(5)
