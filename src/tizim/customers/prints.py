"""Fingerprints of what two sides are compared by: while they are the same, a judgement of the two still holds."""

import hashlib
from collections.abc import Iterable
from typing import Final

import msgspec

from tizim.match.entities import Facts
from tizim.screen.entities import names_of
from tizim.screen.matching import Example
from tizim.screen.snapshot import Snapshot
from tizim.text import tokens

_encode: Final = msgspec.json.Encoder().encode
_SIZE: Final = 20


def facts_of_example(example: Example) -> bytes:
    """What a customer is compared by; order, case and signs between words do not matter."""
    return _facts(example.schema.name, example.names, example.facts)


def print_of_entity(snapshot: Snapshot, at: int) -> str:
    """The fingerprint of what a listed entity is compared by. It is public: no key is needed."""
    schema = snapshot.schema(at)
    names = names_of(schema, snapshot.entity(at).properties)
    return hashlib.sha256(_facts(schema.name, names, snapshot.facts(at))).digest()[:_SIZE].hex()


def _facts(schema: str, names: Iterable[str], facts: Facts) -> bytes:
    told = sorted({" ".join(tokens(name)) for name in names})
    known = {name: sorted(map(str, values)) for name, values in msgspec.structs.asdict(facts).items()}
    return _encode([schema, told, known])
