"""``tizim verify``."""

import click
import msgspec

from tizim.cli.options import app, as_json, print_json
from tizim.errors import BadInput
from tizim.register import Head


def parse_head(text: str) -> Head:
    """A published head, written ``SEQUENCE:HASH``."""
    sequence, _, digest = text.partition(":")
    if not sequence.isdigit() or len(digest) != 64:
        raise BadInput(f"--head wants SEQUENCE:HASH as 'tizim verify' prints it, not '{text}'")
    return Head(sequence=int(sequence), hash=digest.lower(), time=None)


@click.command("verify")
@click.option("--head", metavar="SEQUENCE:HASH", help="An earlier, published head, to be proved.")
@click.option(
    "--projections", is_flag=True, help="Also make all that is derived anew and compare; writers wait meanwhile."
)
@as_json
def command(head: str | None, projections: bool, json_: bool) -> None:
    """Recompute the hash chain over every row, check every value against its leaf, and print the head.

    Ends with 0 if the chain is whole and 1 if it is not.
    """
    expected = None if head is None else parse_head(head)
    register = app().existing()
    found = register.verify(expected)
    if projections and not found.faults:
        differing = [
            f"the projection {name} is not what the log says: run 'tizim rebuild'" for name in register.misprojected()
        ]
        found = msgspec.structs.replace(found, faults=tuple(differing))
    time = found.head.time.isoformat().replace("+00:00", "Z") if found.head.time else None
    if json_:
        print_json({
            "sequence": found.head.sequence, "hash": found.head.hash, "time": time, "whole": not found.faults,
            "faults": list(found.faults),
        })  # fmt: skip
    else:
        click.echo(f"{found.head.sequence}:{found.head.hash}")
        click.echo(f"{found.head.sequence} rows, the last recorded {time or 'never'}")
        proved = f"; the head {expected.sequence} is proved" if expected else ""
        same = ", and all that is derived is what the log says" if projections else ""
        click.echo(f"the chain is whole{proved}{same}" if not found.faults else "the register is NOT whole:")
        for fault in found.faults:
            click.echo(f"  {fault}")
    if found.faults:
        raise click.exceptions.Exit(1)
