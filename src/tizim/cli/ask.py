"""``tizim ask SUBJECT --list LIST``."""

import click

from tizim.answer import prose, wire
from tizim.answer.ask import ask
from tizim.claims import prose as claims_prose
from tizim.claims import wire as claims_wire
from tizim.claims.asking import claimed
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
        told = claimed(view, at, about=found.subject.id, list_id=found.list.id)
    if json_:
        print_json({**wire.answer(found), "claimed": [claims_wire.act(one) for one in told.acts]})
    else:
        print_lines([*prose.answer(found), *claims_prose.beside(told)])
    if strict and found.conflicts:
        raise click.exceptions.Exit(5)
