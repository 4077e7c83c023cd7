"""``tizim replay ID`` and ``tizim replay --since DAY``."""

import json
from collections.abc import Mapping
from pathlib import Path

import click

from tizim.answer.times import Asked
from tizim.app import App, clock
from tizim.cli.options import app, as_json, print_json, strict
from tizim.cli.screenings import kept
from tizim.customers.log import Logged, one_of_log
from tizim.customers.policies import Policies, read_policies
from tizim.customers.replay import Replayed, Why, replay
from tizim.errors import BadInput
from tizim.screen.from_files import given
from tizim.screen.from_files import snapshot as of_files
from tizim.screen.snapshot import Snapshot

_TOLD = {
    Why.ALGORITHM: "scores are made in another way now",
    Why.POLICY: "another policy is applied",
    Why.LIST: "it is on other lists, or other lists are held",
    Why.ENTITY: "what it is compared by changed",
    Why.LIMIT: "others are more alike, and no more were asked for",
    Why.UNKNOWN: "what was kept does not tell why",
}
_DIFFERS = 5


@click.command("replay")
@click.argument("identifier", required=False, default="", metavar="[ID]")
@click.option("--since", metavar="DAY", help="All that was asked since that day.")
@click.option("--customer", default="", metavar="CUSTOMER", help="All that was asked about this customer.")
@click.option("--data", type=click.Choice(["then", "now"]), default="then", show_default=True,
              help="Whether to ask the lists as they were known then, or as they are known now.")  # fmt: skip
@click.option("--policy", default="", metavar="NAME", help="Screen by this policy, in the place of the one of then.")
@click.option("--query", metavar="FILE", type=click.Path(path_type=Path),
              help="The query (JSON), where only its mark was kept.")  # fmt: skip
@click.option("--entities", "files", metavar="FILE=NAME", multiple=True,
              help="The files that were served in the place of a register.")  # fmt: skip
@strict
@as_json
def command(
    identifier: str, since: str | None, customer: str, data: str, policy: str, query: Path | None,
    files: tuple[str, ...], strict: bool, json_: bool,
) -> None:  # fmt: skip
    """Ask again what was screened: the same answer, or what changed and why.

    By the lists as they were known then the answer must be the same; by those of now it shows what has changed
    since for the same query.
    """
    wired = app()
    if bool(identifier) == bool(since or customer):
        raise BadInput("give the ID of a screening, or --since DAY, or --customer ID")
    entries = [one_of_log(wired.customers, identifier)] if identifier else kept(wired, since, customer)
    found = _replayed(wired, entries, data, policy, _query(query), files)
    if json_:
        print_json([to_json(one) for one in found])
    else:
        _say(found)
    if strict and not all(one.is_same for one in found):
        click.get_current_context().exit(_DIFFERS)


def _replayed(
    wired: App, entries: list[Logged], data: str, policy: str, query: Mapping[str, object] | None,
    files: tuple[str, ...],
) -> list[Replayed]:  # fmt: skip
    policies = Policies(read_policies(wired.customers))
    snapshots: dict[Asked, Snapshot] = {}
    found = []
    for entry in sorted(entries, key=lambda one: (one.known_at, one.at)):
        dates = Asked()
        if data == "then" and not files:
            if not entry.known_at:
                raise BadInput(f"{entry.id} was answered from files: give them with --entities, as they were served")
            dates = Asked(as_of=entry.as_of, known_at=entry.known_at, basis=entry.basis)
        if dates not in snapshots:
            snapshots.clear()  # one at a time: each may be of all lists
            snapshots[dates] = of_files(tuple(map(given, files)), clock(), []) if files else wired.snapshot(dates)
        by = policies.of(policy or entry.policy) if policy or entry.policy else None
        found.append(replay(entry, snapshots[dates], by, wired.marks, query))
    return found


def _query(path: Path | None) -> Mapping[str, object] | None:
    if path is None:
        return None
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadInput(f"{path} cannot be read as JSON: {error}") from None
    if not isinstance(told, dict):
        raise BadInput(f"{path} is no query: it wants an object with 'schema' and 'properties'")
    return told


def _say(found: list[Replayed]) -> None:
    for one in found:
        click.echo(f"{one.id}: {'the same' if one.is_same else 'another answer'} (data {one.data_version})")
        for change in one.changes:
            before = "not found" if change.before is None else f"{change.before:.4f}"
            after = "not found" if change.after is None else f"{change.after:.4f}"
            click.echo(f"  {change.entity}: {before} then, {after} now: {_TOLD[change.why]}")
    same = sum(one.is_same for one in found)
    click.echo(f"{same} of {len(found)} are the same")


def to_json(one: Replayed) -> dict[str, object]:
    """What came of asking again as JSON."""
    return {
        "id": one.id, "same": one.is_same, "data_version": one.data_version,
        "changes": [
            {"entity": each.entity, "before": each.before, "after": each.after, "why": each.why.value}
            for each in one.changes
        ],
    }  # fmt: skip
