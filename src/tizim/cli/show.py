"""``tizim show LIST``."""

import click

from tizim.answer import prose, wire
from tizim.answer.members import members
from tizim.cli.options import app, as_json, asked, print_json, print_lines, two_times
from tizim.domain.lists import ListId


@click.command("show")
@click.argument("list_id", metavar="LIST")
@two_times
@as_json
def command(list_id: str, as_of: str | None, known_at: str | None, basis: str | None, json_: bool) -> None:
    """Members of LIST on a day, as known on a day: subject, reference, name, state and since when."""
    with app().asking(asked(as_of, known_at, basis)) as (view, at):
        found = members(view, ListId(list_id), at)
    if json_:
        print_json(wire.members(found))
    else:
        print_lines(prose.members(found))
