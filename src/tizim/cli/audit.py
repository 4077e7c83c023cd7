"""``tizim audit NATIONAL --against REFERENCE``."""

from pathlib import Path

import click
import msgspec

from tizim.audit import wire
from tizim.audit.compare import compare_lists
from tizim.audit.findings import Audit, FindingKind
from tizim.audit.worksheet import to_page, to_workbook
from tizim.cli.options import app, as_json, asked, day, print_json, print_lines, strict, two_times
from tizim.domain.lists import ListId
from tizim.errors import BadInput


@click.command("audit")
@click.argument("national", metavar="NATIONAL")
@click.option("--against", "reference", metavar="REFERENCE", required=True, help="The list to compare it with.")
@click.option("--reference-as-of", metavar="DAY",
              help="Another day for the reference list; a list against itself over time.")  # fmt: skip
@click.option("--kind", "kinds", multiple=True, type=click.Choice([kind.value for kind in FindingKind]),
              help="Only findings of this kind; may be given again.")  # fmt: skip
@click.option("--worksheet", metavar="FILE", type=click.Path(path_type=Path),
              help="Write the findings to a file to be filled in: .xlsx, .html or .json.")  # fmt: skip
@click.option("--pdf", "paper", metavar="FILE", type=click.Path(path_type=Path),
              help="Write every finding with its legal basis and sources as a PDF; needs the extra 'pdf'.")  # fmt: skip
@click.option("--language", default="en", metavar="CODE", help="Language of whoever fills it in; sets the direction.")
@two_times
@strict
@as_json
def command(
    national: str, reference: str, reference_as_of: str | None, kinds: tuple[str, ...], worksheet: Path | None,
    paper: Path | None, language: str, as_of: str | None, known_at: str | None, basis: str | None, strict: bool,
    json_: bool,
) -> None:  # fmt: skip
    """NATIONAL beside REFERENCE: the same, extra, missing, expired, overdue, differing and ambiguous entries.

    Each entry is in one class, with the reasons and what might be done. Nothing is decided by it: decisions are
    entered with 'tizim decide', with the row of the register up to which the audit was made (--seen).
    """
    wired = app()
    if paper is not None and reference_as_of:
        raise BadInput("--pdf is of one day: leave --reference-as-of out")
    dates, data = asked(as_of, known_at, basis), b""
    with wired.at_head(dates) as (view, at, head):
        found = compare_lists(
            view, ListId(national), ListId(reference), at, head.sequence,
            reference_at=day(reference_as_of, "--reference-as-of") if reference_as_of else None,
        )  # fmt: skip
        if kinds:
            found = found.only(kinds)
        if paper is not None:
            from tizim.cli.printing import site_of
            from tizim.publish.dossier import of_audit

            data = of_audit(view, site_of(wired, dates, language, head), at, found)
    if worksheet is not None:
        _write(worksheet, found, language)
    if paper is not None:
        from tizim.cli.printing import write

        write(data, paper)
    if json_:
        print_json(wire.to_json(found))
    elif worksheet is None and paper is None:
        print_lines(wire.to_lines(found))
    else:
        if worksheet is not None:
            click.echo(f"{worksheet}: {len(found.findings)} findings")
        if paper is not None:
            click.echo(f"{paper}: {len(found.findings)} findings, {len(data):,} bytes")
    if strict and any(one.kind is not FindingKind.SAME for one in found.findings):
        raise click.exceptions.Exit(5)


def _write(path: Path, found: Audit, language: str) -> None:
    """The worksheet, in the form that the file's name asks for. Raises `BadInput` for another."""
    if path.suffix == ".xlsx":
        data = to_workbook(found, language)
    elif path.suffix in {".html", ".htm"}:
        data = to_page(found, language).encode()
    elif path.suffix == ".json":
        data = msgspec.json.format(msgspec.json.encode(wire.to_json(found)), indent=1)
    else:
        raise BadInput(f"{path}: a worksheet is .xlsx, .html or .json")
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}") from None
