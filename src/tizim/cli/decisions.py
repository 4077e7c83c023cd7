"""``tizim decisions``."""

import click

from tizim.answer.official import official_list
from tizim.audit import wire
from tizim.audit.decide import latest
from tizim.cli.decide import line
from tizim.cli.options import app, as_json, print_json
from tizim.domain.lists import ListId


@click.command("decisions")
@click.option("--list", "list_id", metavar="LIST", help="Only those about this list.")
@click.option("--pending", is_flag=True, help="Only those that wait for a second person.")
@as_json
def command(list_id: str | None, pending: bool, json_: bool) -> None:
    """Decisions entered into this register: the last word on each."""
    wired = app()
    if list_id is not None:
        with wired.existing().view() as view:
            official_list(view, ListId(list_id))  # one that there is
    found = [
        one
        for one in latest(wired.decisions()).values()
        if (list_id is None or one.list == list_id) and (one.is_pending or not pending)
    ]
    if json_:
        print_json([wire.decision(one) for one in found])
        return
    for one in found:
        click.echo(line(one))
    if not found:
        click.echo("no decisions")
