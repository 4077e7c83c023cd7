"""Which column of a file of customers says what: the options of ``tizim screen`` and ``tizim watch add``."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from tizim.errors import BadInput

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--format", "form", type=click.Choice(["csv", "jsonl", "parquet"]), help="What IN is.  [default: by its ending]"
    ),
    click.option(
        "--delimiter", metavar="SIGN", default=",", show_default=True, help="What parts the cells of a CSV; 'tab' too."
    ),
    click.option("--name-column", metavar="COLUMN", help="The column of names.  [default: name]"),
    click.option(
        "--id-column", metavar="COLUMN",
        help="The column of your own ids.  [default: customer_id or id, if there is one]",
    ),
    click.option(
        "--map", "mapped", metavar="PROPERTY=COLUMN", multiple=True,
        help="A column that tells more, by FollowTheMoney's name of the property: birthDate=born, country=residence,"
        " idNumber=passport; may be given several times.",
    ),
    click.option(
        "--schema", metavar="SCHEMA",
        help="What the customers are, by FollowTheMoney: Person, Company, Organization, Vessel …  [default: unknown;"
        " each subject is compared as what it is]",
    ),
    click.option("--schema-column", metavar="COLUMN", help="The column that says so for each row."),
)  # fmt: skip


def columns(function: F) -> F:
    """The options that say which column is what."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def mapping(text: str) -> tuple[str, str]:
    """A property and its column. Raises `BadInput`."""
    name, equals, column = text.partition("=")
    if not equals or not name.strip() or not column.strip():
        raise BadInput(f"--map wants PROPERTY=COLUMN, such as birthDate=born, not '{text}'")
    return name.strip(), column.strip()


def delimiter_of(text: str) -> str:
    """The sign that parts cells. Raises `BadInput`."""
    found = "\t" if text in {"tab", "\\t"} else text
    if len(found) != 1 or found in '"\r\n':
        raise BadInput(f"--delimiter wants one sign, or 'tab', not '{text}'")
    return found
