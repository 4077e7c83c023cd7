"""``tizim history SUBJECT``."""

import click

from tizim.answer import prose, records, wire
from tizim.answer.history import history
from tizim.cli.options import app, as_json, asked, print_json, print_lines, two_times


@click.command("history")
@click.argument("subject", metavar="SUBJECT")
@click.option("--statements", is_flag=True, help="Also every statement that documents make of it, with its id.")
@two_times
@as_json
def command(
    subject: str, statements: bool, as_of: str | None, known_at: str | None, basis: str | None, json_: bool
) -> None:
    """All listing periods of SUBJECT (an id, a reference number, or a name in any script) on every list."""
    with app().asking(asked(as_of, known_at, basis)) as (view, at):
        found = history(view, subject, at)
        every = records.statements(view, found.subject, at) if statements else ()
        entity = records.entity(view, found.subject, at) if statements else None
    if json_:
        more = {"entity": wire.entity(entity), "records_say": [wire.record(one) for one in every]} if entity else {}
        print_json({**wire.history(found), **more})
    else:
        print_lines([*prose.history(found), *prose.records(every)])
