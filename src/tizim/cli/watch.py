"""``tizim watch add IN``, ``watch run``, ``watch list``, ``watch remove ID``, ``watch told``."""

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from tizim.answer.times import Asked
from tizim.app import App, clock
from tizim.cli.columns import columns, delimiter_of, mapping
from tizim.cli.options import app, as_json, print_json
from tizim.cli.screen import MOST_WORKERS, Told, cores, planned, supplied
from tizim.cli.telling import send
from tizim.errors import BadInput, NotFound

if TYPE_CHECKING:
    from tizim.batch.rows import Reject
    from tizim.watch import Summary, Way

_TOLD_EVERY = 1.0
_SHOWN = 20


@click.group("watch")
def command() -> None:
    """Customers are entered once; each run tells what became other of who they may be.

    Needs TIZIM_CUSTOMERS_KEY. What customers are called lies in the customers' store until they are removed.
    """


@command.command("add")
@click.argument("input_", metavar="IN")
@columns
@click.option(
    "--rejects", metavar="FILE",
    help="Where to write rows that cannot be watched, with line and reason.  [default: IN.rejects.csv]",
)  # fmt: skip
@as_json
def add(
    input_: str, form: str | None, delimiter: str, name_column: str | None, id_column: str | None,
    mapped: tuple[str, ...], schema: str | None, schema_column: str | None, rejects: str | None, json_: bool,
) -> None:  # fmt: skip
    """Watch the customers in IN (CSV, JSON lines or Parquet), one a row, from the next run on.

    A customer is known by its id: entered again it counts as told last. A second row of one id is rejected.
    The command ends with 3 if rows could not be watched.
    """
    from tizim.batch import places
    from tizim.batch.rows import Table
    from tizim.batch.terms import Terms
    from tizim.watch import watched
    from tizim.watch.reading import reading

    wired = app()
    marks = wired.marks
    terms = Terms(
        name_column=name_column or "", id_column=id_column or "", schema=schema or "Thing",
        schema_column=schema_column or "", mapped=tuple(map(mapping, mapped)),
    )  # fmt: skip
    table = Table(input_, places.form_of(input_, form or "", "--format"), terms, delimiter_of(delimiter))
    read = reading(table, terms)
    done = watched.enter(wired.customers, marks, read.customers(), clock())
    where = ""
    if read.rejects:
        where = rejects or f"{input_}.rejects.csv"
        _write_rejects(Path(where), read.rejects)
    if json_:
        print_json({**msgspec.structs.asdict(done), "rejected": len(read.rejects), "rejects": where or None})
    else:
        click.echo(f"{done.added:,} customers added, {done.changed:,} told otherwise, {done.unchanged:,} as before.")
        if where:
            click.echo(f"{len(read.rejects):,} rows cannot be watched; {where} tells which and why.")
    if read.rejects:
        raise click.exceptions.Exit(3)


def _write_rejects(path: Path, rejects: "Sequence[Reject]") -> None:
    from tizim.batch.writing import write_rejects

    try:
        with path.open("wb") as file:
            write_rejects(sorted(rejects, key=lambda one: one.row), file)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror or error}") from None


@command.command("run")
@click.option(
    "--lists", "--list", "lists", metavar="LIST", multiple=True,
    help="A list to search, or several with commas between; 'all' for all.  [default: as in the last run]",
)  # fmt: skip
@click.option("--threshold", type=float, help="Only higher scores are told.  [default: as in the last run, else 0.7]")
@click.option("--limit", type=int, help="Entities told of one customer at most.  [default: as in the last run, else 5]")
@click.option("--policy", metavar="NAME",
              help="The policy by which it is screened; 'none' for none.  [default: that of TIZIM_POLICY]")  # fmt: skip
@click.option(
    "--entities", "files", metavar="FILE=NAME", multiple=True,
    help="Screen against the FollowTheMoney entities in FILE, as the list NAME, in place of the register.",
)  # fmt: skip
@click.option("--workers", type=click.IntRange(1, MOST_WORKERS), help="Processes.  [default: one for each core]")
@click.option("--strict", is_flag=True, help="End with 5 if anything became other.")
@as_json
def run_(
    lists: tuple[str, ...], threshold: float | None, limit: int | None, policy: str | None, files: tuple[str, ...],
    workers: int | None, strict: bool, json_: bool,
) -> None:  # fmt: skip
    """Screen anew whom a change concerns since the last run, and keep and send what became other.

    Where lists, scores or policy are others than before, every customer is asked anew.
    """
    from tizim.watch import Tools, run

    wired = app()
    marks = wired.marks
    name = policy if policy is not None else wired.settings.policy
    version = None
    if name and name != "none":
        from tizim.customers.policies import Policies, read_policies

        version = Policies(read_policies(wired.customers)).of(name)
    way = _way(wired, lists, threshold, limit, version.id if version else "")
    told = Told()
    with planned(wired, files) as plan:
        supply = supplied(plan, Asked(), told)
        tools = Tools(
            store=wired.customers, marks=marks, folder=wired.settings.home / "watch", now=clock(),
            workers=workers or cores(), evidence=(lambda _: {}) if files else _evidence(wired), days=_days(wired),
            tell=_telling(),
        )  # fmt: skip
        done = run(supply.snapshot(), way, version, tools)
    sent = send(wired, clock())
    if json_:
        print_json({**msgspec.structs.asdict(done), "arrived": sent.arrived, "not_arrived": sent.failed})
    else:
        click.echo("\n".join(_lines(done)))
        if sent.arrived or sent.failed:
            click.echo(f"Of what was to be sent {sent.arrived:,} arrived; {sent.failed:,} are tried again.")
    if strict and (done.new or done.changed_matches or done.gone):
        raise click.exceptions.Exit(5)


def _way(wired: App, lists: tuple[str, ...], threshold: float | None, limit: int | None, policy: str) -> "Way":
    """By what customers are screened: as in the last run where nothing else is said."""
    from tizim.watch import Way
    from tizim.watch.running import way_of

    was = way_of(wired.customers) or Way()
    said = tuple(one for some in lists for one in some.split(",") if one)
    return Way(
        lists=was.lists if not said else () if said == ("all",) else said,
        threshold=was.threshold if threshold is None else threshold, limit=was.limit if limit is None else limit,
        policy=policy,
    )  # fmt: skip


def _days(wired: App) -> int:
    text = wired.settings.retention_days
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadInput(f"TIZIM_RETENTION_DAYS wants a number, not '{text[:80]}'")
    return int(text)


def _evidence(wired: App) -> Callable[[Sequence[str]], Mapping[str, object]]:
    """What stands behind listings, as the register knows it now."""

    def found(entities: Sequence[str]) -> dict[str, object]:
        from tizim.answer import wire
        from tizim.answer.behind import behind

        made: dict[str, object] = {}
        with wired.asking(Asked()) as (view, at):
            for entity in entities:
                try:
                    told = wire.behind(behind(view, entity, at))
                except NotFound:  # a wallet, an address: it stands for nobody
                    continue
                made[entity] = [_listing(one) for one in told["listings"]]
        return made

    return found


def _listing(one: dict[str, Any]) -> dict[str, object]:
    """Of a listing what names it and its grounds."""
    return {
        "list": one["list"],
        "reference": one["reference"],
        "status": one.get("status"),
        "statements": [
            {name: said[name] for name in ("statement", "action", "date", "act", "authority", "document")}
            for said in one["statements"]
        ],
    }


def _telling() -> Callable[[str, int], None]:
    last = time.monotonic()

    def tell(what: str, done: int) -> None:
        nonlocal last
        if time.monotonic() - last > _TOLD_EVERY and sys.stderr.isatty():
            last = time.monotonic()
            click.echo(f"tizim: {what}: {done:,}", err=True)

    return tell


def _lines(done: "Summary") -> list[str]:
    found = []
    if done.everybody:
        found.append(f"Every customer was asked anew: {done.everybody}.")
    elif done.changed:
        found.append(f"{done.changed:,} entities of the lists were changed.")
    found.append(
        f"{done.screened:,} of {done.customers:,} customers screened against the lists as of {done.data_version}:"
        f" {done.new:,} matches are new, {done.changed_matches:,} became others, {done.gone:,} are gone."
    )
    return found


@command.command("list")
@click.option("--customer", default="", metavar="ID", help="Whether this customer is watched, and as what.")
@as_json
def list_(customer: str, json_: bool) -> None:
    """How many are watched and by what; of one customer what it was told as."""
    from tizim.watch import watched
    from tizim.watch.running import way_of

    wired = app()
    if customer:
        found = watched.called(wired.customers, wired.marks.of_customer(customer))
        if json_:
            print_json(msgspec.to_builtins(found))
        else:
            click.echo(f"{found.id}  {found.schema}")
            for name, values in found.properties.items():
                click.echo(f"  {name}: {', '.join(values)}")
        return
    count, way = watched.count(wired.customers), way_of(wired.customers)
    if json_:
        print_json({"customers": count, "screened_by": None if way is None else msgspec.to_builtins(way)})
        return
    click.echo(f"{count:,} customers are watched.")
    if way is not None:
        by = f"policy {way.policy}" if way.policy else f"scores above {way.threshold}"
        click.echo(f"Last screened against {', '.join(way.lists) or 'all lists'}, by {by}, {way.limit} each at most.")


@command.command("remove")
@click.argument("customers", metavar="ID...", nargs=-1, required=True)
@as_json
def remove(customers: tuple[str, ...], json_: bool) -> None:
    """Watch the customers of these IDs no longer, and delete all that was kept of watching them."""
    from tizim.watch import watched
    from tizim.watch.blocks import remove_all

    wired = app()
    missing = []
    for one in customers:
        try:
            watched.forget(wired.customers, wired.marks.of_customer(one))
        except NotFound:
            missing.append(one)
    remove_all(wired.settings.home / "watch")  # the next run makes them without
    removed = len(customers) - len(missing)
    if json_:
        print_json({"removed": removed, "not_watched": missing})
    else:
        click.echo(f"{removed:,} customers are watched no longer.")
    if missing:
        raise NotFound(f"not watched: {', '.join(missing[:_SHOWN])}")


@command.command("told")
@click.option("--since", type=int, help="Only what came after this number, in its order; the newest if left out.")
@click.option("--limit", type=click.IntRange(1, 1000), default=100, show_default=True, help="How many at most.")
@as_json
def told(since: int | None, limit: int, json_: bool) -> None:
    """What became other of who customers may be, as it was told."""
    from tizim.watch import events

    store = app().customers
    found = events.newest(store, limit) if since is None else events.since(store, since, limit)
    if json_:
        print_json([{"number": one.seq, **msgspec.to_builtins(one.event)} for one in found])
        return
    for one in found:
        click.echo(f"{one.seq}  {one.event.at:%Y-%m-%d %H:%M}  {events.message_of(one.event).text}")
    if not found:
        click.echo("nothing was told")
