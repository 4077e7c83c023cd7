"""``tizim update [SOURCE…]``."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from tizim.app import App, clock
from tizim.claims import polling
from tizim.claims.polling import Polled
from tizim.cli import reading
from tizim.cli.news import LIMITS, followed
from tizim.cli.options import Bar, app, as_json, mark, print_json
from tizim.errors import SourceProblem
from tizim.keep import holdings
from tizim.keep.incoming import on_its_way
from tizim.keep.remembered import Memory
from tizim.keep.run import KeepReport
from tizim.keep.update import DUE, NOT_DUE, NOT_MODIFIED, Tools, Updated, UpdateReport, chosen, update
from tizim.register.view import Doc
from tizim.sources import catalogue
from tizim.sources.fetch import Fetcher
from tizim.sources.news import SOURCE_ID as NEWS
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
    experimental, or has no document to fetch, is left out unless it is named. Then what is new of the outlets that
    are followed ('tizim news') is read and kept; 'tizim update news' does that alone. Ends with 3 if a document
    could not be fetched, was refused or was set aside; the others are kept.
    """
    wired = app()
    lists = tuple(one for one in named if one != NEWS)
    report = UpdateReport(documents=())
    if lists or not named:
        sources = chosen([catalogue.source(source_id) for source_id in lists or catalogue.SOURCES], lists)
        report = update(sources, tools(wired), due_only=due, dry_run=dry_run, progress=Bar("updating"))
    told = _news(wired, dry_run=dry_run) if NEWS in named or not named else []
    if json_:
        print_json({**to_json(report), "news": [msgspec.to_builtins(one) for one in told]})
    else:
        now = clock()
        for one in report.documents:
            click.echo(line(one, now))
        for story in told:
            click.echo(news_line(story))
        if not report.documents and not told:
            click.echo("no source has a document to fetch, and nothing is new in the feeds that are followed")
    bad = [one for one in told if not one.is_clean]
    if not report.is_clean:
        raise SourceProblem(summary(report))
    if bad:
        raise SourceProblem(f"{len(bad)} of {len(told)} articles and feeds; the first: {one_line(bad[0].reason)}")


def _news(wired: App, *, dry_run: bool) -> list[Polled]:
    """What is new of the outlets that are followed."""
    known = followed(wired)
    feeds = known.feeds()
    if dry_run or not feeds:
        return [Polled(feed=one.url, url=one.url, outcome=polling.DUE) for one in feeds]
    with on_its_way(wired.settings.home / "incoming") as folder:
        work = polling.Tools(
            fetcher=Fetcher(clock, limits=LIMITS), keep=lambda came: _keep(wired, came), followed=known, folder=folder,
            clock=clock,
        )  # fmt: skip
        return polling.poll(feeds, work, progress=Bar("reading the news"))


def _keep(wired: App, came: polling.Came) -> polling.Told:
    kept, _ = reading.keep(wired, came)[0]  # a story of a feed is one article
    return polling.Told(outcome=kept.outcome, sha256=kept.sha256, claims=kept.claims, copies=kept.copies)


def news_line(one: Polled) -> str:
    """What came of one article, in a line."""
    if one.reason:
        return f"{one.outcome}  {NEWS} {one_line(one.reason)}"
    count = f": {one.claims} {'claim' if one.claims == 1 else 'claims'}" if one.outcome == polling.KEPT else ""
    return f"{one.outcome}  {NEWS} {one.url}{count}"
