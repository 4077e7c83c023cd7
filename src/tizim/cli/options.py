"""What several commands share: the two times, JSON, progress, and how they are printed."""

import datetime as dt
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from tizim.answer.times import Asked
from tizim.app import App
from tizim.errors import BadInput
from tizim.settings import Settings
from tizim.sources import catalogue

F = TypeVar("F", bound=Callable[..., Any])

as_json = click.option("--json", "json_", is_flag=True, help="Print JSON instead of text.")
strict = click.option("--strict", is_flag=True, help="End with 5 if there are findings.")


def two_times(function: F) -> F:
    """The options --as-of, --known-at and --basis."""
    for option in (
        click.option("--basis", type=click.Choice(["recorded", "published"]), help="Which reading of 'known' to take."),
        click.option("--known-at", metavar="WHEN", help="As known then: a day (its end, UTC) or an ISO instant."),
        click.option("--as-of", metavar="DAY", help="The day in the world, its end; today if left out."),
    ):
        function = option(function)
    return function


def app() -> App:
    """The application, from the environment; it lets go of the register when the command has ended."""
    made = App(Settings.read())
    click.get_current_context().call_on_close(made.close)
    return made


def asked(as_of: str | None, known_at: str | None, basis: str | None) -> Asked:
    """The dates as given."""
    return Asked(as_of=as_of, known_at=known_at, basis=basis)


def day(text: str, option: str) -> dt.date:
    """A day from an option."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{option} wants a day such as 2024-06-03, not '{text}'") from None


def print_json(value: object) -> None:
    """One JSON value on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_lines(lines: Sequence[str]) -> None:
    """Lines of text on standard output."""
    click.echo("\n".join(lines))


def mark(source: str) -> str:
    """What stands behind an outcome where the source is experimental."""
    return " (EXPERIMENTAL: read by format notes alone)" if catalogue.is_experimental(source) else ""


class Bar:
    """Progress on stderr, redrawn in place on a terminal, silent elsewhere."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._shown = sys.stderr.isatty()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show that *done* of *total* are done and *what* is at hand."""
        if not self._shown:
            return
        width = 24
        full = width * done // total if total else width
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r\x1b[K{self._title} [{'█' * full}{'·' * (width - full)}] {done}/{total} {what}{end}")
        sys.stderr.flush()
