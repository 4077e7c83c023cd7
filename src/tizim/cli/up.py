"""``tizim up``."""

import click

from tizim.answer.members import members
from tizim.answer.times import Asked
from tizim.app import App
from tizim.audit.beside import Beside, beside
from tizim.audit.words import to_json, to_lines
from tizim.cli.options import Bar, app, as_json, print_json, print_lines
from tizim.cli.serve import serve
from tizim.domain.lists import ListId

NATIONAL, REFERENCE = ListId("kz-list"), ListId("un-sc")
FIRST_DAY = "2015-11-30"
"""the end of the month in which Kazakhstan's list was last seen whole"""
NETWORK_SECONDS = 4.0


@click.command("up")
@click.option("--no-serve", is_flag=True, help="End after the first audit instead of serving the site.")
@click.option("--offline", is_flag=True, help="Do not try the network for the newest UN list.")
@as_json
def command(no_serve: bool, offline: bool, json_: bool) -> None:
    """Create the register, fill it from the starter, fetch the newest UN list if the network allows,
    show Kazakhstan's list of banned organisations beside the UN's, and serve the site. A second run adds nothing.
    """
    wired = app()
    taken = wired.fill(Bar("starter"))
    network = "not tried (--offline)" if offline else _newest(wired)
    shown = [_beside(wired, FIRST_DAY), _beside(wired, None)]
    head = wired.register.head()
    if json_:
        print_json({
            "register": wired.where, "starter_documents_added": taken, "network": network,
            "head": {"sequence": head.sequence, "hash": head.hash}, "beside": [to_json(one) for one in shown],
        })  # fmt: skip
        if not no_serve:
            serve(wired)
        return
    click.echo(f"Register: {wired.where}, {head.sequence} rows")
    click.echo(f"Starter: {f'{taken} documents taken in' if taken else 'held already, nothing added'}")
    click.echo(f"Newest UN list: {network}")
    for one in shown:
        click.echo("")
        print_lines(to_lines(one))
    click.echo("")
    click.echo("Ask it: tizim ask Taliban --list kz-list --as-of 2024-01-15")
    if not no_serve:
        serve(wired)


def _newest(wired: App) -> str:
    """Try for the newest UN list; what came of it, in words."""
    refreshed = wired.refresh("un-sc", NETWORK_SECONDS)
    if refreshed.report is None:
        return f"not fetched, the starter's copies stand ({refreshed.reason})"
    doc = refreshed.report.documents[0]
    return f"{doc.outcome}{f', of {doc.date}' if doc.date else ''}{f' ({doc.reason})' if doc.reason else ''}"


def _beside(wired: App, day: str | None) -> Beside:
    """The two lists on *day*, or on the last day on which a copy or other evidence speaks of the national one."""
    with wired.asking(Asked(as_of=day)) as (view, at):
        if day is None:
            newest = members(view, NATIONAL, at).last_observed
            return _beside(wired, newest.isoformat()) if newest else beside(view, NATIONAL, REFERENCE, at)
        return beside(view, NATIONAL, REFERENCE, at)
