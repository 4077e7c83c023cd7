"""``tizim hooks add ADDRESS --on match,bulletin``, ``hooks send``, ``hooks deliveries``, ``hooks again NUMBER``."""

import time

import click

from tizim.answer.wire import instant
from tizim.app import clock
from tizim.cli.groups import group
from tizim.cli.options import app, as_json, print_json
from tizim.cli.telling import KINDS, give_out_bulletins, is_private_allowed, send
from tizim.errors import BadInput

_LONGEST_SLEEP = 60.0
_SHORTEST_SLEEP = 1.0


@group("hooks")
def command() -> None:
    """Who is told of events, by webhook (https://…) or e-mail (mailto:…), and what waits to be sent.

    Without a verb: who is told.
    """


@command.command("add")
@click.argument("address")
@click.option("--on", "kinds", metavar="KINDS", default="match", show_default=True,
              help="Of what: match, bulletin, or both with a comma between.")  # fmt: skip
@as_json
def add(address: str, kinds: str, json_: bool) -> None:
    """Tell ADDRESS of events from now on. The secret that signs what is sent is shown once."""
    from tizim.deliver import hooks

    wired = app()
    wanted = [one.strip() for one in kinds.split(",") if one.strip()]
    unknown = [one for one in wanted if one not in KINDS]
    if unknown or not wanted:
        raise BadInput(f"--on wants {' or '.join(KINDS)}, not '{kinds}'")
    found = hooks.add(wired.customers, address, wanted, clock(), is_private_allowed=is_private_allowed(wired))
    if json_:
        print_json(
            {"id": found.id, "address": found.address, "on": list(found.kinds), "made_at": instant(found.made_at),
             "secret": None if found.is_mail else found.secret}
        )  # fmt: skip
        return
    click.echo(f"{found.id}  {found.address}  on {', '.join(found.kinds)}")
    if not found.is_mail:
        click.echo(f"secret: {found.secret}")


@command.default
@click.command("list")
@as_json
def list_(json_: bool) -> None:
    """Who is told, and of what."""
    from tizim.deliver.hooks import read_hooks

    found = read_hooks(app().customers)
    if json_:
        print_json(
            [
                {"id": one.id, "address": one.address, "on": list(one.kinds), "made_at": instant(one.made_at)}
                for one in found
            ]
        )
        return
    for one in found:
        click.echo(f"{one.id}  {one.address}  on {', '.join(one.kinds)}")
    if not found:
        click.echo("nobody is told")


@command.command("remove")
@click.argument("identifier", metavar="ID")
@as_json
def remove(identifier: str, json_: bool) -> None:
    """Tell the hook of that ID nothing any longer, and forget what waits for it."""
    from tizim.deliver import hooks

    hooks.remove(app().customers, identifier)
    if json_:
        print_json({"removed": identifier})
    else:
        click.echo("removed")


@command.command("send")
@click.option("--follow", is_flag=True, help="Go on sending what comes and what is to be tried again, until stopped.")
@as_json
def send_(follow: bool, json_: bool) -> None:
    """Send all that is due: what is new, and what is to be tried again. Ends with 1 if anything did not arrive."""
    from tizim.deliver.outbox import next_due

    wired = app()
    while True:
        give_out_bulletins(wired, clock())
        done = send(wired, clock())
        if json_:
            print_json({"arrived": done.arrived, "failed": done.failed})
        elif done.arrived or done.failed or not follow:
            click.echo(f"{done.arrived:,} arrived, {done.failed:,} did not and are tried again.")
        if not follow:
            break
        due = next_due(wired.customers) if wired.customers.exists() else None
        left = _LONGEST_SLEEP if due is None else (due - clock()).total_seconds()
        time.sleep(min(max(left, _SHORTEST_SLEEP), _LONGEST_SLEEP))
    if done.failed:
        raise click.exceptions.Exit(1)


@command.command("deliveries")
@click.option(
    "--all", "every", is_flag=True, help="Those that arrived, too (kept for 30 days, without what they said)."
)
@as_json
def deliveries(every: bool, json_: bool) -> None:
    """What waits to be sent, and what nobody took in three days."""
    from tizim.deliver.outbox import State, read_deliveries

    found = read_deliveries(app().customers, every=every)
    if json_:
        print_json(
            [
                {
                    "number": one.seq, "hook": one.hook, "event": one.event, "kind": one.kind, "state": one.state.value,
                    "tries": one.tries, "made_at": instant(one.made_at),
                    "due_at": instant(one.due_at) if one.state is State.WAITING else None, "told": one.told or None,
                }
                for one in found
            ]
        )  # fmt: skip
        return
    for one in found:
        again = f", again {one.due_at:%Y-%m-%d %H:%M} UTC" if one.state is State.WAITING else ""
        click.echo(
            f"{one.seq}  {one.state.value}  {one.kind} {one.event} to {one.hook}: {one.tries} tries"
            f"{f', {one.told}' if one.told else ''}{again}"
        )
    if not found:
        click.echo("nothing waits")


@command.command("again")
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True, type=int)
@as_json
def again(numbers: tuple[int, ...], json_: bool) -> None:
    """Try the deliveries of these NUMBERs again by the next 'tizim hooks send', with three days anew."""
    from tizim.deliver import outbox

    store = app().customers
    for one in numbers:
        outbox.again(store, one, clock())
    if json_:
        print_json({"again": list(numbers)})
    else:
        click.echo(f"{len(numbers):,} are tried again.")
