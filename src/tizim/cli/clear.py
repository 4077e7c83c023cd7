"""``tizim clear enter CUSTOMER ENTITY …``, ``tizim clear list``, ``tizim clear end ID``."""

import click

from tizim.answer.wire import instant as instant_said
from tizim.app import App, clock
from tizim.cli.groups import group
from tizim.cli.options import app, as_json, day, print_json
from tizim.customers.clearances import Clearance, clear, end, read_clearances
from tizim.errors import BadInput
from tizim.screen.from_files import given
from tizim.screen.from_files import snapshot as of_files
from tizim.screen.matching import example_of
from tizim.screen.snapshot import Snapshot


@group("clear")
def command() -> None:
    """That a customer is not a listed entity: it is not shown again until either changes in what they are compared by.

    Without a verb: what was cleared. The customer is found by the id that queries have, of which only the mark is
    kept; of its name and facts only a keyed hash.
    """


@command.command("enter")
@click.argument("customer")
@click.argument("entity")
@click.option("--schema", default="Person", show_default=True, help="What the customer is.")
@click.option("--property", "properties", multiple=True, required=True, metavar="NAME=VALUE",
              help="What queries say of it: name=…, birthDate=…; may be given several times.")  # fmt: skip
@click.option("--author", default="", help="Who looked at it.")
@click.option("--reason", default="", help="Why it is another.")
@click.option("--until", metavar="DAY", help="The first day on which it is to be looked at again.")
@click.option("--entities", "files", metavar="FILE=NAME", multiple=True,
              help="The files that are served in the place of a register.")  # fmt: skip
@as_json
def enter(
    customer: str, entity: str, schema: str, properties: tuple[str, ...], author: str, reason: str,
    until: str | None, files: tuple[str, ...], json_: bool,
) -> None:  # fmt: skip
    """Enter that CUSTOMER, told as queries tell it, is not the listed ENTITY."""
    wired = app()
    told: dict[str, list[object]] = {}
    for one in properties:
        name, equals, value = one.partition("=")
        if not equals:
            raise BadInput(f"--property wants NAME=VALUE, not '{one}'")
        told.setdefault(name.strip(), []).append(value.strip())
    example = example_of(customer, schema, told)
    last = None if until is None else day(until, "--until")
    found = clear(wired.customers, wired.marks, _snapshot(wired, files), example, entity, author, reason, last, clock())
    _print([found], json_)


def _snapshot(wired: App, files: tuple[str, ...]) -> Snapshot:
    if files:
        return of_files(tuple(map(given, files)), clock(), [])
    from tizim.cli.screening import Plan, first

    held = first(Plan(settings=wired.settings, files=(), folder=wired.settings.home / "screening"))
    if held.snapshot is not None and held.newest == held.snapshot.about.version:
        return held.snapshot
    return wired.snapshot()


@command.default
@click.command("list")
@click.option("--customer", default="", metavar="ID", help="Only of this customer.")
@as_json
def list_(customer: str, json_: bool) -> None:
    """What was cleared, and what was ended."""
    wired = app()
    found = read_clearances(wired.customers, wired.marks.of_customer(customer) if customer else "")
    _print(found, json_)
    if not found and not json_:
        click.echo("nothing was cleared")


@command.command("end")
@click.argument("identifier", metavar="ID")
@click.option("--author", default="", help="Who ends it.")
@click.option("--reason", default="", help="Why.")
@as_json
def end_(identifier: str, author: str, reason: str, json_: bool) -> None:
    """Let the clearance of that ID hold no longer; services that run know within seconds."""
    _print([end(app().customers, identifier, author, reason, clock())], json_)


def _print(found: list[Clearance], json_: bool) -> None:
    if json_:
        print_json([to_json(one) for one in found])
        return
    for one in found:
        until = f", until {one.until.isoformat()}" if one.until else ""
        click.echo(f"{one.id}  {one.entity}, customer {one.customer[:12]}…{until}")
        click.echo(f"  by {one.act.author}, {one.act.at:%Y-%m-%d}: {one.act.reason}")
        if one.ended:
            click.echo(f"  ended by {one.ended.author}, {one.ended.at:%Y-%m-%d}: {one.ended.reason}")


def to_json(one: Clearance) -> dict[str, object]:
    """A clearance as JSON."""
    ended = one.ended
    return {
        "id": one.id, "customer": one.customer, "entity": one.entity,
        "until": one.until.isoformat() if one.until else None, "author": one.act.author, "reason": one.act.reason,
        "at": instant_said(one.act.at), "ended_by": ended.author if ended else None,
        "ended_why": ended.reason if ended else None, "ended_at": instant_said(ended.at) if ended else None,
    }  # fmt: skip
