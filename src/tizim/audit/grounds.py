"""Why a counterpart is what it is: sentences with values, so that each can be said in any language.

A ground is a message in English and what its placeholders hold. The placeholders say what they hold:

* ``list`` and ``regime``: ids of lists; ``number``: a reference number
* ``name`` and ``other``: names as a list prints them
* ``n``: a count; ``score``: of 1, with two digits
* ``day`` and ``listed``: ISO days; ``when`` and ``since``: an ISO date or interval, as states have it
* ``status``: the word of a state; ``who``: authors of judgements
* ``told``: words of the matcher or of whoever chose between candidates, which are in English only
"""

from collections.abc import Mapping
from typing import Final

import msgspec

from tizim.answer import days

Value = str | int
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


def told(text: str) -> Ground:
    """A reason in the words of another room."""
    return Ground(message=TOLD, values={"told": text})


def _english(name: str, value: Value) -> str:
    return days.since(str(value)) if name == "since" else str(value)
