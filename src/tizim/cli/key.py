"""``tizim key new NAME --scope …``, ``tizim key list``, ``tizim key revoke ID``, ``tizim key entered``."""

import click

from tizim.answer.wire import instant as instant_said
from tizim.app import clock
from tizim.cli.groups import group
from tizim.cli.options import app, as_json, day, print_json
from tizim.customers.entered import EnteredBy, read_entered
from tizim.customers.keys import Key, KeyScope, new_key, read_keys, revoke


@group("key")
def command() -> None:
    """Keys of the interface over HTTP: make one, list them, revoke one, tell what they entered.

    Without a verb: the keys there are. A key is shown once, when it is made; only its hash is kept. With
    TIZIM_API_KEYS=required nobody screens or reads over HTTP without one; what changes later answers always
    wants a key of scope 'decide'.
    """


@command.command("new")
@click.argument("name")
@click.option(
    "--scope", "scopes", multiple=True, required=True, type=click.Choice([one.value for one in KeyScope]),
    help="What it is good for; may be given several times.",
)  # fmt: skip
@click.option("--until", metavar="DAY", help="The first day on which it is good for nothing.")
@as_json
def new(name: str, scopes: tuple[str, ...], until: str | None, json_: bool) -> None:
    """Make a key for NAME, who it belongs to, and show it this one time."""
    end = None if until is None else day(until, "--until")
    key, text = new_key(app().customers, name, map(KeyScope, scopes), end, clock())
    if json_:
        print_json({**to_json(key), "key": text})
    else:
        click.echo(f"key {key.id} of {key.name}: {', '.join(sorted(key.scopes))}", err=True)
        click.echo("It is not shown again:", err=True)
        click.echo(text)


@command.default
@click.command("list")
@as_json
def list_(json_: bool) -> None:
    """The keys ever made, without their secrets."""
    keys = read_keys(app().customers)
    if json_:
        print_json([to_json(one) for one in keys])
        return
    for one in keys:
        ended = f", revoked {one.revoked_at:%Y-%m-%d}" if one.revoked_at else ""
        until = f", until {one.until.isoformat()}" if one.until else ""
        scopes = ", ".join(sorted(one.scopes))
        click.echo(f"{one.id}  {one.name}: {scopes}, made {one.made_at:%Y-%m-%d}{until}{ended}")
    if not keys:
        click.echo("there is no key: tizim key new NAME --scope screen")


@command.command("revoke")
@click.argument("identifier", metavar="ID")
@as_json
def revoke_(identifier: str, json_: bool) -> None:
    """Let the key of that ID be good for nothing; services that run know within seconds."""
    key = revoke(app().customers, identifier, clock())
    if json_:
        print_json(to_json(key))
    else:
        click.echo(f"revoked: {key.id} of {key.name}")


@command.command("entered")
@as_json
def entered(json_: bool) -> None:
    """What keys entered over HTTP, the newest first: which key, when, what, and what came of it."""
    found = read_entered(app().customers)
    if json_:
        print_json([entered_json(one) for one in found])
        return
    for one in found:
        came = f"answered with {one.status}" if one.status else "begun"
        click.echo(f"{one.at:%Y-%m-%d %H:%M:%S}  {one.key} {one.name}: {one.what}, {came}")
    if not found:
        click.echo("nothing was entered over HTTP")


def entered_json(one: EnteredBy) -> dict[str, object]:
    """Something that was entered, as JSON."""
    return {
        "key": one.key, "name": one.name, "at": instant_said(one.at), "what": one.what, "token": one.token,
        "digest": one.digest, "status": one.status or None,
    }  # fmt: skip


def to_json(key: Key) -> dict[str, object]:
    """A key as JSON, without its secret and its hash."""
    return {
        "id": key.id, "name": key.name, "scopes": sorted(key.scopes), "made": instant_said(key.made_at),
        "until": key.until.isoformat() if key.until else None,
        "revoked": instant_said(key.revoked_at) if key.revoked_at else None,
    }  # fmt: skip
