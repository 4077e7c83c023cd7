"""``tizim history SUBJECT``."""

import click

from tizim.answer import prose, wire
from tizim.answer.history import history
from tizim.cli.options import app, as_json, asked, print_json, print_lines, two_times


@click.command("history")
@click.argument("subject", metavar="SUBJECT")
@two_times
@as_json
def command(subject: str, as_of: str | None, known_at: str | None, basis: str | None, json_: bool) -> None:
    """All listing periods of SUBJECT (an id, a reference number, or a name in any script) on every list."""
    with app().asking(asked(as_of, known_at, basis)) as (view, at):
        found = history(view, subject, at)
    if json_:
        print_json(wire.history(found))
    else:
        print_lines(prose.history(found))
