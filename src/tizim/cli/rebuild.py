"""``tizim rebuild``."""

import click

from tizim.cli.options import app, as_json, print_json


@click.command("rebuild")
@as_json
def command(json_: bool) -> None:
    """Make every projection anew from the log; answers stay the same. Brings the schema up to date first."""
    wired = app()
    wired.existing()
    register = wired.made()
    register.rebuild()
    head = register.head()
    if json_:
        print_json({"sequence": head.sequence, "hash": head.hash})
    else:
        click.echo(f"projections made anew from {head.sequence} rows")
