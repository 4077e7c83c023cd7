"""``tizim resolve``: which records are one subject, proposed and judged."""

import click

from tizim.cli.options import app, as_json, asked, two_times
from tizim.errors import BadInput


@click.command("resolve")
@click.option("--list", "lists", metavar="LIST", multiple=True,
              help="Look up only subjects of this list, among all; may be given several times.")  # fmt: skip
@click.option("--since", metavar="ROW|DAY",
              help="Look up only subjects of which something new was recorded after that row of the register or that"
              " day (its end, UTC).")  # fmt: skip
@click.option("--least", type=float, default=0.7, show_default=True, metavar="SCORE",
              help="The lowest score of a proposal, 0 to 1.")  # fmt: skip
@click.option("--accept-above", type=float, metavar="SCORE",
              help="Record what is proposed as same with this score or more, as the matcher's judgement.")  # fmt: skip
@click.option("--review", is_flag=True, help="Judge the proposals one by one, side by side on the screen.")
@click.option("--same", nargs=2, metavar="LEFT RIGHT", help="Record that two are the same subject.")
@click.option("--different", nargs=2, metavar="LEFT RIGHT",
              help="Record that two are different subjects; it takes back an earlier same.")  # fmt: skip
@click.option("--unsure", nargs=2, metavar="LEFT RIGHT", help="Record that nobody can say yet.")
@click.option("--author", default="", help="Who judges.")
@click.option("--grounds", default="", help="Why, for a judgement by hand.")
@two_times
@as_json
def command(
    lists: tuple[str, ...], since: str | None, least: float, accept_above: float | None, review: bool,
    same: tuple[str, str] | None, different: tuple[str, str] | None, unsure: tuple[str, str] | None, author: str,
    grounds: str, as_of: str | None, known_at: str | None, basis: str | None, json_: bool,
) -> None:  # fmt: skip
    """Which records on different lists are the same subject? Proposals with their grounds, and judgements.

    Every subject is looked up among all others. A proposal ties nothing until somebody judges: by hand (--same,
    --different, --unsure), on the screen (--review), or by a threshold that you name (--accept-above). A judgement
    is never edited: a later one stands in its place, and both stay in the register.
    """
    given = [
        (verdict, pair) for verdict, pair in (("same", same), ("different", different), ("unsure", unsure)) if pair
    ]
    writes = bool(given) or review or accept_above is not None
    if len(given) + review + (accept_above is not None) > 1:
        raise BadInput("give one of --same, --different, --unsure, --review and --accept-above")
    if writes and (known_at or basis):
        raise BadInput("judgements rest on all that is known now: leave out --known-at and --basis")
    if not 0 <= least <= 1:
        raise BadInput(f"--least wants a number from 0 to 1, not {least}")
    from tizim.cli import resolving

    when = asked(as_of, known_at, basis)
    if given:
        resolving.one(app(), *given[0], author, grounds, when, json_=json_)
    elif review:
        resolving.review(app(), lists, since, least, author, when, json_=json_)
    else:
        resolving.proposals(app(), lists, since, least, accept_above, author, when, json_=json_)
