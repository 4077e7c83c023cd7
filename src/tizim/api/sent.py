"""What is sent to the desk: the fields of a form, or an act as JSON."""

from typing import TypeVar
from urllib.parse import parse_qs

import msgspec

from tizim.errors import BadInput

_Act = TypeVar("_Act")


def fields_of(body: bytes) -> dict[str, str]:
    """The fields of a form; of one that is there twice the first."""
    every = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in every.items()}


def act_of(body: bytes, kind: type[_Act]) -> _Act:
    """What another program asks for. Raises `BadInput` for what is no such JSON."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(f"this is no JSON of what is to be done: {error}") from None
