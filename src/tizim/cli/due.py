"""``tizim due [LIST…]``."""

from pathlib import Path

import click

from tizim.answer.agenda import as_json as json_of
from tizim.answer.agenda import as_lines
from tizim.answer.calendar import due
from tizim.answer.icalendar import icalendar
from tizim.cli.options import app, as_json, asked, day, print_json, print_lines, two_times
from tizim.domain.dates import add_period
from tizim.domain.lists import ListId
from tizim.errors import BadInput

_STDOUT = "-"


@click.command("due")
@click.argument("lists", metavar="[LIST]...", nargs=-1)
@click.option("--until", metavar="DAY", help="Leave out what falls due after that day.")
@click.option("--within", metavar="PERIOD", help="The same, by a period such as P3M from --as-of.")
@two_times
@click.option("--ics", metavar="FILE", help="Write an iCalendar file; '-' writes it to standard output.")
@as_json
def command(
    lists: tuple[str, ...],
    until: str | None,
    within: str | None,
    as_of: str | None,
    known_at: str | None,
    basis: str | None,
    ics: str | None,
    json_: bool,
) -> None:
    """Reviews due and overdue, and listings that expire or expired, by the rules in force on the day: of the lists
    named, or of all.

    Overdue comes first, the longest first, then day by day. What is overdue or has expired always stays;
    --until and --within limit what is to come.
    """
    if until and within:
        raise BadInput("--until and --within say the same in two ways: give one of them")
    if ics == _STDOUT and json_:
        raise BadInput("--json and --ics - both want standard output: name a file for --ics")
    with app().asking(asked(as_of, known_at, basis)) as (view, at):
        last = day(until, "--until") if until else None
        if within:
            try:
                last = add_period(at.valid_at, within)
            except (OverflowError, ValueError):
                raise BadInput(f"--within {within} reaches beyond the calendar") from None
        found = due(view, [ListId(one) for one in lists] or None, at, last)
    if ics is not None:
        _write(icalendar(found), ics)
    if json_:
        print_json(json_of(found))
    elif ics is None:
        print_lines(as_lines(found))
    elif ics != _STDOUT:
        days = sum(one.due is not None for one in found.dues)
        click.echo(f"{days} days in {ics}; {len(found.dues) - days} entries have no known day.")


def _write(data: bytes, name: str) -> None:
    """The file as it is, with its own line ends, on standard output or under its name."""
    if name == _STDOUT:
        click.echo(data, nl=False)
        return
    try:
        Path(name).write_bytes(data)
    except OSError as error:
        raise BadInput(f"--ics {name} cannot be written: {error.strerror}") from None
