"""``tizim keep SOURCE --from FILE…``."""

from pathlib import Path

import click
import msgspec

from tizim.answer.times import instant
from tizim.cli.options import Bar, app, as_json, print_json, strict
from tizim.errors import BadInput
from tizim.keep.run import KeepReport, KeptDocument


def to_json(report: KeepReport) -> dict[str, object]:
    """A keep report as JSON."""
    return {
        "source": report.source,
        "documents": [
            {
                "file": doc.file, "outcome": doc.outcome, "reason": doc.reason or None, "date": doc.date or None,
                "sha256": doc.sha256 or None, "entries": doc.entries, "new": doc.new, "changed": doc.changed,
                "absent": doc.absent, "unread": doc.unread, "statements": doc.statements,
                "new_references": list(doc.new_keys), "changed_references": list(doc.changed_keys),
                "absent_references": list(doc.absent_keys),
                "unread_values": [msgspec.to_builtins(value) for value in doc.unread_values],
            }
            for doc in report.documents
        ],
    }  # fmt: skip


def line(doc: KeptDocument) -> str:
    """One document's outcome in a line."""
    if doc.reason:
        return f"{doc.outcome}  {doc.file}: {doc.reason}"
    if doc.outcome == "unchanged":
        return f"unchanged  {doc.file}: held already ({doc.date})"
    return (
        f"kept  {doc.file}: {doc.date}, {doc.entries} entries; {doc.new} new, {doc.changed} changed,"
        f" {doc.absent} absent, {doc.unread} unread; {doc.statements} statements"
    )


@click.command("keep")
@click.argument("source", metavar="SOURCE")
@click.argument("more", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--from", "first", multiple=True, metavar="FILE...", type=click.Path(path_type=Path),
              help="Files to keep: plain, .gz, or a tar of dated files; taken in order of their dates.")  # fmt: skip
@click.option("--accept-drop", is_flag=True, help="Keep a document that the drop guard would set aside.")
@click.option("--retrieved-at", metavar="WHEN", help="When you fetched the files: a day (its end, UTC) or an instant.")
@strict
@as_json
def command(
    source: str,
    more: tuple[Path, ...],
    first: tuple[Path, ...],
    accept_drop: bool,
    retrieved_at: str | None,
    strict: bool,
    json_: bool,
) -> None:
    """Keep documents of SOURCE: archived first, then read whole or refused whole.

    The counts are of subjects against the nearest earlier document held; an absent row is an absence,
    not a delisting. Ends with 3 if a document was refused or set aside; the others are kept.
    """
    paths = [*first, *more]
    if not paths:
        raise BadInput("name the files to keep: tizim keep SOURCE --from FILE…")
    report = app().keep(
        source, paths, accept_drop=accept_drop, progress=Bar(f"keeping {source}"),
        retrieved_at=instant(retrieved_at, "--retrieved-at") if retrieved_at else None,
    )  # fmt: skip
    if json_:
        print_json(to_json(report))
    else:
        for doc in report.documents:
            click.echo(line(doc))
            for value in doc.unread_values[:10]:
                click.echo(f"    unread {value.field} at {value.place}: {value.value!r}")
    if not report.is_clean:
        raise click.exceptions.Exit(3)
    if strict and any(doc.unread for doc in report.documents):
        raise click.exceptions.Exit(5)
