"""Keys of entries that no publisher numbers: made of names and births, the same in whatever order rows stand."""

import hashlib
from collections import Counter
from collections.abc import Sequence

from tizim.sources.table.names import key_of


def person_key(name: str, birth: str = "") -> str:
    """The key of a person, or of an organisation where there is no *birth* (an ISO date): name and birth."""
    key = key_of(name) or name
    return f"{key}-{birth}" if birth else key


def told_apart(keys: Sequence[str], details: Sequence[str]) -> list[str]:
    """The *keys*, those that stand several times with a mark made of what else is known of each.

    The mark shows nothing of the details, which may be personal numbers.
    """
    counts = Counter(keys)
    return [
        f"{key}-{hashlib.blake2b(detail.encode(), digest_size=4).hexdigest()}" if counts[key] > 1 and detail else key
        for key, detail in zip(keys, details, strict=True)
    ]
