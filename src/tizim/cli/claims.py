"""``tizim claims [SUBJECT]``, ``tizim claims confirm|reject|set-aside ID…``."""

import click

from tizim.claims import prose, wire
from tizim.claims.asking import claimed
from tizim.claims.judging import Draft
from tizim.cli.groups import group
from tizim.cli.options import app, as_json, asked, day, print_json, print_lines, two_times
from tizim.domain.claims import Standing


@group("claims")
def command() -> None:
    """What articles claim about SUBJECT, or about all, grouped by act across languages.

    Each act stands with who tells of it, where they disagree, and what the register says to it: confirmed,
    contradicted, known already, or not confirmed. Copies of one report count once. A claim changes nothing that
    the register answers until a person confirms it.
    """


@command.default
@click.command("show", hidden=True)  # what is meant without a verb
@click.argument("subject", metavar="[SUBJECT]", required=False, default="")
@click.option("--list", "list_id", metavar="LIST", default="", help="Only claims about this list.")
@click.option("--since", metavar="DAY", help="Only acts that an article told of on that day or later.")
@click.option("--open", "only_open", is_flag=True, help="Only what nothing official and nobody has settled.")
@two_times
@as_json
def show(
    subject: str, list_id: str, since: str | None, only_open: bool, as_of: str | None, known_at: str | None,
    basis: str | None, json_: bool,
) -> None:  # fmt: skip
    """What articles claim about SUBJECT, or about all."""
    first = day(since, "--since") if since else None
    with app().asking(asked(as_of, known_at, basis)) as (view, at):
        found = claimed(view, at, about=subject, list_id=list_id, since=first)
    if only_open:
        found = found.left_open()
    if json_:
        print_json(wire.claimed(found))
    else:
        print_lines(prose.claimed(found))


def _verb(name: str, standing: Standing, help_text: str) -> click.Command:
    @click.command(name, help=help_text)
    @click.argument("ids", metavar="ID...", nargs=-1, required=True)
    @click.option("--author", default="", help="Who judges.")
    @click.option("--reason", default="", help="Why.")
    @click.option("--subject", default="", help="Whom the claim is about, where its reader did not know.")
    @click.option("--list", "list_id", metavar="LIST", default="",
                  help="The list it is about, where it names only a state that has several.")  # fmt: skip
    @click.option("--seen", type=int, metavar="ROW", help="Up to which row you had seen the register; all if left out.")
    @as_json
    def run(
        ids: tuple[str, ...], author: str, reason: str, subject: str, list_id: str, seen: int | None, json_: bool
    ) -> None:
        given = Draft(standing=standing, ids=ids, author=author, reason=reason, subject=subject, list=list_id)
        entered = app().judge_claims(given, seen)
        if json_:
            print_json(wire.judged(entered.standings, entered.changes))
        else:
            told = [one.statement for one in entered.standings.claims]
            print_lines(prose.judged(standing, told, entered.standings.author, entered.changes))

    return run


command.add_command(
    _verb(
        "confirm", Standing.CONFIRMED,
        "Confirm claims: from now on they count as statements of their speakers, of the class of their source.",
    )
)  # fmt: skip
command.add_command(
    _verb("reject", Standing.REJECTED, "Reject claims: they are shown as rejected, and count for nothing.")
)
command.add_command(
    _verb("set-aside", Standing.SET_ASIDE, "Set claims aside: they say nothing of use, and count for nothing.")
)
command.add_command(
    _verb("reopen", Standing.UNCONFIRMED, "Take back what was made of claims: they are unconfirmed again.")
)
