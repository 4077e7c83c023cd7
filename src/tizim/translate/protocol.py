"""What an engine is: sentences in, as many sentences out, or `EngineProblem` with the reason."""

from collections.abc import Mapping
from typing import Protocol

import msgspec


class EngineLimits(msgspec.Struct, frozen=True, kw_only=True):
    """What one answer may cost."""

    seconds: float = 120.0
    """for a batch of sentences, from the question to the last byte"""
    most_bytes: int = 1024 * 1024
    batch: int = 20
    """sentences that are given at once"""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What an engine is to translate."""

    sentences: tuple[str, ...]
    """with a mark ``[[1]]`` for each thing that is to stay as it is"""
    source: str
    target: str
    glossary: Mapping[str, str]
    """terms in the language of the source, and how they are said; an engine that cannot be told leaves it"""


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What an engine gave."""

    sentences: tuple[str, ...]
    """as it gave them; whoever asked looks whether they are as many as the order's"""
    version: str
    """of engine and model, as the engine states it; empty where it states none"""


class Engine(Protocol):
    """A translation engine."""

    @property
    def name(self) -> str:
        """What it is called on pages: never an address, never a key."""
        ...

    def translate(self, order: Order) -> Answered:
        """Translate. Raises `EngineProblem` where nothing of use came in time, `BadInput` where it cannot be asked."""
        ...
