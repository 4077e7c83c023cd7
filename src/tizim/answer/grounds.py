"""Why a counterpart is what it is: sentences with values, so that each can be said in any language.

A ground is a message in English and what its placeholders hold. The placeholders say what they hold:

* ``list`` and ``regime``: ids of lists; ``number``: a reference number
* ``name``, ``other`` and ``entry``: names as a list prints them
* ``date``: a date as a list prints it; ``value``: what else two entries have, or in what they differ; ``against``: that
  of the other
* ``n``, ``count`` and ``years``: a count; ``score``: of 1, with two digits
* ``day`` and ``listed``: ISO days; ``when`` and ``since``: an ISO date or interval, as states have it
* ``status``: the word of a state; ``who``: authors of judgements
* ``entries`` and ``reasons``: several grounds in a row
* ``told``: words of another room, which are in English only
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, Union

import msgspec

from tizim.answer import days

Value = Union[str, int, tuple["Ground", ...]]  # noqa: UP007 - a class that follows has no "|" yet
TOLD: Final = "{told}"
"""the ground that is told in the words of another room"""


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """One reason: a message, and the values of its placeholders by name."""

    message: str
    values: Mapping[str, Value]
    of_one: str = ""
    """the message for a count of one, where the placeholder ``n`` is a count"""

    @property
    def text(self) -> str:
        """The reason in English, with lists by their ids."""
        message = self.of_one if self.of_one and self.values["n"] == 1 else self.message
        return message.format(**{name: _english(name, value) for name, value in self.values.items()})


def ground(message: str, /, **values: Value) -> Ground:
    """A reason of *message*, which is marked for translation by being given here."""
    return Ground(message=message, values=values)


def counted(singular: str, plural: str, n: int, /, **values: Value) -> Ground:
    """A reason with a count, in both forms; others are the languages' own."""
    return Ground(message=plural, values={"n": n, **values}, of_one=singular)


def read_back(text: str, messages: Iterable[str]) -> Ground:
    """The ground that *text* was made of, by that of the *messages* that it is; in its own words if it is none.

    For reasons of rooms that may not know this one: they name the messages of which theirs are made.
    """
    for message in messages:
        parts = re.split(r"\{(\w+)\}", message)
        pattern = "".join(re.escape(one) if n % 2 == 0 else f"(?P<{one}>.+)" for n, one in enumerate(parts))
        found = re.fullmatch(pattern, text)
        if found is not None:
            return Ground(message=message, values=found.groupdict())
    return told(text)


def told(text: str) -> Ground:
    """A reason in the words of another room."""
    return Ground(message=TOLD, values={"told": text})


def _english(name: str, value: Value) -> str:
    if isinstance(value, tuple):
        texts = [one.text for one in value]
        return "; ".join(texts) if name == "reasons" else " and ".join([", ".join(texts[:-1]), texts[-1]])
    return days.since(str(value)) if name == "since" else str(value)
