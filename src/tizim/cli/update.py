"""``tizim update [SOURCE…]``."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from tizim.app import App, clock
from tizim.cli.options import Bar, app, as_json, mark, print_json
from tizim.errors import SourceProblem
from tizim.keep import holdings
from tizim.keep.remembered import Memory
from tizim.keep.run import KeepReport
from tizim.keep.update import DUE, NOT_DUE, NOT_MODIFIED, Tools, Updated, UpdateReport, chosen, update
from tizim.register.view import Doc
from tizim.sources import catalogue
from tizim.sources.fetch import Fetcher
from tizim.text.folding import one_line


def to_json(report: UpdateReport) -> dict[str, object]:
    """An update's report as JSON."""
    return {
        "documents": [
            {
                "source": one.source, "experimental": catalogue.is_experimental(one.source), "line": one.line,
                "url": one.url, "file": one.file, "outcome": one.outcome,
                "reason": one.reason or None, "size": one.size, "received": one.received,
                "seconds": round(one.seconds, 3), "sha256": one.sha256 or None,
                "retrieved_at": _instant(one.retrieved_at), "seen_at": _instant(one.seen_at),
                "date": (one.kept.date or None) if one.kept is not None else None,
                "entries": one.kept.entries if one.kept is not None else None,
                "new": one.kept.new if one.kept is not None else None,
                "changed": one.kept.changed if one.kept is not None else None,
                "absent": one.kept.absent if one.kept is not None else None,
                "unread": one.kept.unread if one.kept is not None else None,
            }
            for one in report.documents
        ],
    }  # fmt: skip


def _instant(moment: dt.datetime | None) -> str | None:
    return None if moment is None else f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def line(one: Updated, now: dt.datetime) -> str:
    """What came of one document, in a line."""
    what = f"{one.outcome}{mark(one.source)}  {one.line} {one.file}"
    if one.reason:
        return f"{what}: {one_line(one.reason)}"
    if one.outcome in {DUE, NOT_DUE}:
        return f"{what}: {_seen(one.seen_at, now)}; {one.url}"
    if one.kept is not None and one.outcome == "kept":
        kept = one.kept
        what += (
            f": {kept.date}, {kept.entries} entries; {kept.new} new, {kept.changed} changed,"
            f" {kept.absent} absent, {kept.unread} unread"
        )
    size = "" if one.outcome == NOT_MODIFIED else f"{one.size:,} bytes, "
    return f"{what} ({size}{one.seconds:.1f} s)"


def _seen(moment: dt.datetime | None, now: dt.datetime) -> str:
    if moment is None:
        return "nothing held"
    days = holdings.days_between(moment, now)
    return f"seen {'today' if days <= 0 else 'yesterday' if days == 1 else f'{days} days ago'}"


def summary(report: UpdateReport) -> str:
    """How many documents did not come or were not kept, and why the first of them was not."""
    bad = [one for one in report.documents if not one.is_clean]
    counts = Counter(one.outcome for one in bad)
    what = " and ".join(f"{count} {word}" for word, count in sorted(counts.items()))
    first = "" if len(bad) == 1 else "the first: "
    return f"{what} of {len(report.documents)}; {first}{bad[0].source}: {one_line(bad[0].reason)}"


def tools(wired: App) -> Tools:
    """What an update works with."""

    def keep_files(source_id: str, paths: Sequence[Path], retrieved_at: dt.datetime) -> KeepReport:
        return wired.keep(catalogue.source(source_id), paths, retrieved_at=retrieved_at)

    return Tools(
        fetcher=Fetcher(clock),
        keep_files=keep_files,
        documents=lambda: documents(wired),
        archive=wired.archive,
        memory=memory(wired),
        incoming=wired.settings.home / "incoming",
        clock=clock,
    )


def documents(wired: App) -> tuple[Doc, ...]:
    """All documents of the register; none where there is no register."""
    if not wired.register.exists():
        return ()
    with wired.register.view() as view:
        return view.documents()


def memory(wired: App) -> Memory:
    """What was fetched last."""
    return Memory(wired.settings.home / "fetched", lambda text: click.echo(f"tizim: {one_line(text)}", err=True))


@click.command("update")
@click.argument("named", nargs=-1, metavar="[SOURCE]...")
@click.option("--due", is_flag=True, help="Only sources whose newest document is older than their rhythm.")
@click.option("--list", "--dry-run", "dry_run", is_flag=True, help="Say what is due; fetch nothing, write nothing.")
@as_json
def command(named: tuple[str, ...], due: bool, dry_run: bool, json_: bool) -> None:
    """Fetch the newest documents of all sources, or of those named, and keep them.

    A document that is held already is asked for conditionally and not read again. A source that is
    experimental, or has no document to fetch, is left out unless it is named. Ends with 3 if a document
    could not be fetched, was refused or was set aside; the others are kept.
    """
    wired = app()
    sources = chosen([catalogue.source(source_id) for source_id in named or catalogue.SOURCES], named)
    report = update(sources, tools(wired), due_only=due, dry_run=dry_run, progress=Bar("updating"))
    if json_:
        print_json(to_json(report))
    else:
        now = clock()
        for one in report.documents:
            click.echo(line(one, now))
        if not report.documents:
            click.echo("no source has a document to fetch")
    if not report.is_clean:
        raise SourceProblem(summary(report))
