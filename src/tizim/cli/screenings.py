"""``tizim screenings list``, ``tizim screenings show ID``, ``tizim screenings delete``."""

import datetime as dt

import click

from tizim.answer.wire import instant as instant_said
from tizim.app import App, clock
from tizim.cli.groups import group
from tizim.cli.options import app, as_json, day, print_json
from tizim.customers.log import Logged, delete_before, delete_customer, one_of_log, read_log
from tizim.errors import BadInput

_SHOWN = 50


@group("screenings")
def command() -> None:
    """What a service was asked and answered, where TIZIM_SCREENING_LOG has it kept.

    Without a verb: the newest. A customer is found by the id that the query had, which is not kept: only its mark
    under TIZIM_CUSTOMERS_KEY is.
    """


@command.default
@click.command("list")
@click.option("--since", metavar="DAY", help="Only since that day.")
@click.option("--customer", default="", metavar="ID", help="Only of this customer.")
@click.option("--limit", type=click.IntRange(1), default=_SHOWN, show_default=True, help="How many at most.")
@as_json
def list_(since: str | None, customer: str, limit: int, json_: bool) -> None:
    """What was asked, newest first."""
    wired = app()
    found = kept(wired, since, customer, limit)
    if json_:
        print_json([to_json(one) for one in found])
        return
    for one in found:
        names = ", ".join(f"{each.id} {each.score:.3f}" for each in one.hits) or "nobody"
        policy = f", by {one.policy}" if one.policy else ""
        click.echo(f"{one.id}  {one.at:%Y-%m-%d %H:%M:%S}  {one.dataset}{policy}: {names}")
    if not found:
        click.echo("nothing is kept")


@command.command("show")
@click.argument("identifier", metavar="ID")
@as_json
def show(identifier: str, json_: bool) -> None:  # noqa: ARG001 - it is JSON either way
    """All that is kept of one, as JSON."""
    print_json(to_json(one_of_log(app().customers, identifier)))


@command.command("delete")
@click.option("--before", metavar="DAY", help="All that is older than that day.")
@click.option("--customer", default="", metavar="ID", help="All of this customer, what was cleared for it as well.")
@as_json
def delete(before: str | None, customer: str, json_: bool) -> None:
    """Delete what is kept, for good."""
    if bool(before) == bool(customer):
        raise BadInput("give what to delete: --before DAY, or --customer ID")
    from tizim.watch.blocks import remove_all
    from tizim.watch.watched import forget_in

    wired = app()
    watched = 0
    if not wired.customers.exists():
        screened, cleared = 0, 0
    elif before:
        screened, cleared = delete_before(wired.customers, beginning(day(before, "--before"))), 0
    else:
        mark = wired.marks.of_customer(customer)
        screened, cleared = delete_customer(wired.customers, mark)
        with wired.customers.writing() as connection:
            watched = int(forget_in(connection, mark))
        remove_all(wired.settings.home / "watch")
    if json_:
        print_json({"screenings": screened, "clearances": cleared, "watched": watched})
    else:
        also = ", and it is watched no longer" if watched else ""
        click.echo(f"deleted: {screened} screenings, {cleared} clearances{also}")


def kept(wired: App, since: str | None, customer: str, limit: int = 0) -> list[Logged]:
    """What is kept since a day, and of a customer."""
    begun = beginning(day(since, "--since")) if since else None
    mark = wired.marks.of_customer(customer) if customer else ""
    return read_log(wired.customers, since=begun, customer=mark, limit=limit)


def beginning(of: dt.date) -> dt.datetime:
    """The first moment of a day."""
    return dt.datetime.combine(of, dt.time(), clock().tzinfo)


def to_json(one: Logged) -> dict[str, object]:
    """What is kept of a query as JSON."""
    return {
        "id": one.id, "at": instant_said(one.at), "key": one.who or None, "dataset": one.dataset,
        "parameters": one.parameters, "query": one.query, "mark": one.mark, "customer": one.customer or None,
        "policy": one.policy or None, "algorithm": one.algorithm, "data_version": one.data_version,
        "as_of": one.as_of or None, "known_at": one.known_at or None, "basis": one.basis or None,
        "matches": [
            {"id": hit.id, "score": hit.score, "name": hit.name, "lists": list(hit.lists)} for hit in one.hits
        ],
        "cleared": list(one.cleared),
    }  # fmt: skip
