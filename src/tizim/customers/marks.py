"""Marks: keyed hashes by which a customer is found again without being kept.

Whoever has the store without the key can neither read them nor find a person's by trying names.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from tizim.errors import BadInput

SHORTEST: Final = 32
"""characters of the shortest key"""
_SIZE: Final = 20
_encode: Final = msgspec.json.Encoder(order="sorted").encode


class Marks:
    """Makes marks under one key. Raises `BadInput` for a key that is too short to protect anything."""

    def __init__(self, key: str) -> None:
        if len(key) < SHORTEST:
            given = "is not set" if not key else f"has {len(key)} characters"
            raise BadInput(
                f"TIZIM_CUSTOMERS_KEY {given}: what is kept of customers needs a secret of at least {SHORTEST}"
                " characters, such as 'openssl rand -hex 32' prints; keep it as long as the data"
            )
        self._key = key.encode()

    def of_customer(self, customer: str) -> str:
        """The mark of a customer's id; of none, nothing."""
        return self._mark("customer", customer.encode()) if customer else ""

    def of_query(self, schema: str, properties: Mapping[str, Iterable[str]]) -> str:
        """The mark of what is known of a customer: the same whatever the order it is told in."""
        known = {name: sorted(values) for name, values in properties.items()}
        return self._mark("query", _encode([schema, known]))

    def of_facts(self, facts: bytes) -> str:
        """The mark of what a customer is compared by."""
        return self._mark("facts", facts)

    def _mark(self, what: str, data: bytes) -> str:
        return hmac.digest(self._key, what.encode() + b"\x00" + data, hashlib.sha256)[:_SIZE].hex()
