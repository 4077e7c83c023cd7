"""A language model at an endpoint that speaks the common chat completions form.

What it is told to do and the material it is given stand apart: the material is data, and can at worst spoil its own
answer. The answer is looked at by whoever asked.
"""

import json
import re
from typing import Any, Final

import msgspec

from tizim.errors import EngineProblem
from tizim.models.asking import Bounds, ask, who_at

_FENCE: Final = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)


class _Message(msgspec.Struct, frozen=True):
    content: str | None = None


class _Choice(msgspec.Struct, frozen=True):
    message: _Message


class _Completion(msgspec.Struct, frozen=True):
    choices: list[_Choice]
    model: str = ""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a model said."""

    content: str
    """never empty"""
    model: str
    """as the endpoint calls it; empty where it does not say"""


class Chat(msgspec.Struct, frozen=True, kw_only=True):
    """A model, and where it answers."""

    url: str
    """an address that `checked_address` has passed, up to what ``/chat/completions`` follows"""
    model: str
    key: str = ""
    bounds: Bounds = Bounds()

    def __repr__(self) -> str:
        """No key: a value may end in a log."""
        return f"Chat(model={self.model!r})"

    @property
    def who(self) -> str:
        """It, as it is called when it gives nothing of use."""
        return who_at(self.url, self.bounds)

    def complete(self, instructions: str, material: Any) -> Said:  # noqa: ANN401 - whatever JSON can say
        """What the model says to *material*. Raises `EngineProblem` where nothing in the common form came in time."""
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": instructions},
                {"role": "user", "content": json.dumps(material, ensure_ascii=False)},
            ],
        }
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        data = ask(f"{self.url}/chat/completions", body, self.bounds, headers=headers)
        try:
            found = msgspec.json.decode(data, type=_Completion)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise EngineProblem(f"{self.who} did not answer in the common form: {error}") from None
        if not found.choices or not found.choices[0].message.content:
            raise EngineProblem(f"{self.who} said nothing")
        return Said(content=found.choices[0].message.content, model=found.model)


def without_fence(content: str) -> str:
    """What a model said, without the fence that it may stand in."""
    fenced = _FENCE.search(content)
    return (fenced[1] if fenced else content).strip()
