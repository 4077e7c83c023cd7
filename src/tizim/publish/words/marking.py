"""Marks for messages that stand in tables and are said elsewhere, so that they are found for translation."""

from typing import NamedTuple


class InContext(NamedTuple):
    """A message that needs its context to be translated: *listed* as a state is another word than as an act."""

    context: str
    message: str


def noted(message: str) -> str:
    """*message*, marked for translation."""
    return message


def noted_count(singular: str, plural: str) -> tuple[str, str]:
    """Both forms of a message with a number, marked for translation."""
    return singular, plural


def noted_in(context: str, message: str) -> InContext:
    """*message* with its context, marked for translation."""
    return InContext(context, message)
