"""``tizim ask SUBJECT --list LIST``."""

import click

from tizim.answer import prose, wire
from tizim.answer.ask import ask
from tizim.cli.options import app, as_json, asked, print_json, print_lines, strict, two_times
from tizim.domain.lists import ListId


@click.command("ask")
@click.argument("subject", metavar="SUBJECT")
@click.option("--list", "list_id", metavar="LIST", required=True, help="The list asked about, such as un-1988.")
@two_times
@strict
@as_json
def command(
    subject: str,
    list_id: str,
    as_of: str | None,
    known_at: str | None,
    basis: str | None,
    strict: bool,
    json_: bool,
) -> None:
    """Was SUBJECT (an id, a reference number, or a name in any script) on LIST? The answer in parts.

    With --strict the command ends with 5 if sources disagree.
    """
    with app().asking(asked(as_of, known_at, basis)) as (view, at):
        found = ask(view, subject, ListId(list_id), at)
    if json_:
        print_json(wire.answer(found))
    else:
        print_lines(prose.answer(found))
    if strict and found.conflicts:
        raise click.exceptions.Exit(5)
