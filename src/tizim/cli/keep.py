"""``tizim keep SOURCE --from FILE…``."""

from collections import Counter
from pathlib import Path

import click

from tizim.answer.times import instant
from tizim.app import clock
from tizim.cli import keep_table
from tizim.cli.options import Bar, app, as_json, day, mark, print_json, strict
from tizim.errors import BadInput, SourceProblem
from tizim.keep import wire
from tizim.keep.run import KeepReport, KeptDocument
from tizim.sources import catalogue
from tizim.text.folding import one_line


def line(doc: KeptDocument) -> str:
    """One document's outcome in a line."""
    told = mark(doc.source)
    if doc.reason:
        return f"{doc.outcome}{told}  {_named(doc)}"
    if doc.outcome == "unchanged":
        return f"unchanged{told}  {doc.file}: held already ({doc.date})"
    return (
        f"kept{told}  {doc.file}: {doc.date}, {doc.entries} entries; {doc.new} new, {doc.changed} changed,"
        f" {doc.absent} absent, {doc.unread} unread; {doc.statements} statements"
    )


def _named(doc: KeptDocument) -> str:
    """The reason, with the file's name before it once."""
    return one_line(doc.reason if doc.reason.startswith(f"{doc.file}: ") else f"{doc.file}: {doc.reason}")


def summary(report: KeepReport) -> str:
    """How many documents were not kept, and why the first of them was not."""
    bad = [doc for doc in report.documents if not doc.is_clean]
    words = {"refused": "refused", "suspicious": "set aside"}
    counts = Counter(words[doc.outcome] for doc in bad)
    what = " and ".join(f"{count} {word}" for word, count in sorted(counts.items()))
    first = "" if len(bad) == 1 else "the first: "
    return f"{what} of {len(report.documents)}; {first}{_named(bad[0])}"


@click.command("keep")
@click.argument("source", metavar="[SOURCE]", required=False)
@click.argument("more", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--from", "first", multiple=True, metavar="FILE...", type=click.Path(path_type=Path),
              help="Files to keep: plain, .gz, or a tar of dated files; taken in order of their dates.")  # fmt: skip
@click.option("--all-from", metavar="DIR", type=click.Path(path_type=Path),
              help="Keep all files in a folder that has a folder for each source, called by its id.")  # fmt: skip
@click.option("--dated", metavar="DAY", help="The day that files stand for which print none themselves.")
@click.option("--list", "list_id", default="", metavar="ID",
              help="For table and ftm: the list that the file is; a new id makes a new list.")  # fmt: skip
@click.option("--list-name", default="", help="For table and ftm: what the list is called.")
@click.option("--column", "columns", multiple=True, metavar="MEANING=HEADER",
              help="For table: what a column means, such as name=Организация.")  # fmt: skip
@click.option("--mapping", default="", metavar="FILE", help="For table: a file that says it, or kz-list.")
@click.option(
    "--sheet", default="", help="For table: the sheet of a workbook; the one that has the columns if left out."
)
@click.option("--kind", default="", help="For table: what the rows are: person, organisation, vessel, aircraft.")
@click.option("--date-order", default="", metavar="ORDER", help="For table: dmy or mdy, where the cells leave it open.")
@click.option("--encoding", default="", help="For table: found out if left out.")
@click.option("--delimiter", default="", help="For table: found out if left out.")
@click.option("--accept-drop", is_flag=True, help="Keep a document that a guard would set aside.")
@click.option("--retrieved-at", metavar="WHEN", help="When you fetched the files: a day (its end, UTC) or an instant.")
@strict
@as_json
def command(
    source: str | None,
    more: tuple[Path, ...],
    first: tuple[Path, ...],
    all_from: Path | None,
    dated: str | None,
    list_id: str,
    list_name: str,
    columns: tuple[str, ...],
    mapping: str,
    sheet: str,
    kind: str,
    date_order: str,
    encoding: str,
    delimiter: str,
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
    if all_from is not None:
        if source or paths or dated or retrieved_at:
            raise BadInput("--all-from DIR stands alone: each file's source is the name of its folder")
        report = app().keep_all(all_from, accept_drop=accept_drop, progress=lambda name: Bar(f"keeping {name}"))
    else:
        if not source:
            raise BadInput("name the source: tizim keep SOURCE --from FILE…; 'tizim sources' tells them")
        if not paths:
            raise BadInput(f"name the files to keep: tizim keep {source} --from FILE…")
        own = source in catalogue.OWN
        said = (list_id, list_name, columns, mapping, sheet, kind, date_order, encoding, delimiter)
        if not own and any(said):
            raise BadInput("--list, --column and their like are for lists of your own: tizim keep table or ftm")
        of = catalogue.source(source)
        if own:
            plan = keep_table.plan_from_options(
                list_id=list_id, list_name=list_name, columns=columns, mapping=mapping,
                sheet=sheet, kind=kind, date_order=date_order, encoding=encoding, delimiter=delimiter,
            )  # fmt: skip
            of = keep_table.source_from_options(source, plan)
        stands = day(dated, "--dated") if dated else None
        report = app().keep(
            of, paths, accept_drop=accept_drop, progress=Bar(f"keeping {source}"),
            # A table of one's own stands for today, unless it is said to be of another day.
            dated=stands or (clock().date() if own else None),
            retrieved_at=instant(retrieved_at, "--retrieved-at") if retrieved_at else None,
        )  # fmt: skip
    if json_:
        print_json(wire.report(source, report))
    else:
        for doc in report.documents:
            click.echo(line(doc))
            for notice in doc.notices:
                click.echo(f"    {notice}")
            for value in doc.unread_values[:10]:
                click.echo(f"    unread {value.field} at {value.place}: {value.value!r}")
    if not report.is_clean:
        raise SourceProblem(summary(report))
    if strict and any(doc.unread for doc in report.documents):
        raise click.exceptions.Exit(5)
