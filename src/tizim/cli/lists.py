"""``tizim lists``."""

import click

from tizim.answer import prose, wire
from tizim.answer.overview import overview
from tizim.cli.options import app, as_json, asked, print_json, print_lines, two_times


@click.command("lists")
@two_times
@as_json
def command(as_of: str | None, known_at: str | None, basis: str | None, json_: bool) -> None:
    """The lists: who decides, how many members are known, and how old what is held is."""
    with app().asking(asked(as_of, known_at, basis)) as (view, at):
        found = overview(view, at)
    if json_:
        print_json(wire.overview(found))
    else:
        print_lines(prose.overview(found))
