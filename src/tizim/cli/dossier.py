"""``tizim dossier SUBJECT --pdf FILE``."""

from pathlib import Path

import click

from tizim.cli.options import app, as_json, asked, print_json, two_times


@click.command("dossier")
@click.argument("subject")
@click.option(
    "--pdf", "out", metavar="FILE", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.",
)  # fmt: skip
@click.option("--language", metavar="CODE", default="en", show_default=True, help="The language it is in.")
@two_times
@as_json
def command(
    subject: str, out: Path, language: str, as_of: str | None, known_at: str | None, basis: str | None, json_: bool
) -> None:
    """Write what is known of SUBJECT (an id, a number or a name) as a tagged PDF, as its page on the site tells it.

    Needs the extra 'pdf', and fonts that have the letters of its names. An audit is written by 'tizim audit --pdf'.
    """
    from tizim.cli.printing import site_of, write
    from tizim.publish.dossier import of_subject

    wired, dates = app(), asked(as_of, known_at, basis)
    with wired.at_head(dates) as (view, at, head):
        data = of_subject(view, site_of(wired, dates, language, head), at, subject)
    size = write(data, out)
    if json_:
        print_json({"file": str(out), "bytes": size})
    else:
        click.echo(f"{out}: {size:,} bytes")
