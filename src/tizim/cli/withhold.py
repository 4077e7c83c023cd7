"""``tizim withhold STATEMENT``."""

import click

from tizim.cli.options import app, as_json, print_json
from tizim.domain.statements import StatementId
from tizim.errors import BadInput
from tizim.register.protocol import Withholding


@click.command("withhold")
@click.argument("statement", metavar="STATEMENT")
@click.option("--author", required=True, help="Who decides to withhold.")
@click.option("--ground", required=True, help="On what ground.")
@click.option("--act", default="", help="The act relied on, if there is one.")
@click.option(
    "--scope", type=click.Choice(["statement", "subject"]), default="statement", show_default=True,
    help="This claim in every document that makes it, or the same value wherever the entry's records say it.",
)  # fmt: skip
@as_json
def command(statement: str, author: str, ground: str, act: str, scope: str, json_: bool) -> None:
    """Withhold the value of STATEMENT: its bytes leave store, archive and projections for good.

    Its place, digest and mark stay, and the act itself is recorded with author, ground and scope.
    """
    if not author.strip() or not ground.strip():
        raise BadInput("--author and --ground must say something")
    act_of = Withholding(author=author.strip(), ground=ground.strip(), scope=scope, act=act.strip())
    count = app().withhold(StatementId(statement), act_of)
    if json_:
        print_json({"statement": statement, "withheld": count})
    else:
        click.echo(f"{count} value{'s' if count != 1 else ''} withheld; the chain stays whole (tizim verify)")
