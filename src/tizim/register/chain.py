"""What is hashed, and how.

Each row of ``log`` carries SHA-256 over the previous row's hash and its own sequence number, time,
kind, body and leaves. ``leaves`` are the truncated SHA-256 digests of the lines of the row's payload;
each line is a random salt, a tab and the JSON of one value. So a line can be taken away (withheld)
and the chain stays whole, while a line that is changed no longer fits its leaf.
"""

import hashlib
import os
from collections.abc import Collection, Iterable, Sequence

import msgspec

GENESIS = "0" * 64
"""the hash before the first row"""
LEAF = 32
"""hexadecimal digits of a leaf: 128 bits, enough that nobody finds another value for a given leaf"""
_SALT_BYTES = 16
_VALUE_AT = 2 * _SALT_BYTES + 1

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(tuple[str, dict[str, str]]).decode

Stated = tuple[str, dict[str, str]]
"""what a line holds: a claim's value and its facets"""


def row_hash(previous: str, seq: int, recorded_us: int, kind: str, body: str, leaves: str) -> str:
    """The hash of a log row that follows the row with the hash *previous*."""
    text = f"{previous}\n{seq}\n{recorded_us}\n{kind}\n{body}\n{leaves}"
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def seal(values: Sequence[Stated], withheld: Collection[int] = ()) -> tuple[str, str]:
    """Payload and leaves of *values*: a salted line and its digest for each.

    Of the values whose index is in *withheld* only the leaf remains; nobody ever knows its salt.
    """
    salts = os.urandom(_SALT_BYTES * len(values)).hex().encode()
    width = 2 * _SALT_BYTES
    lines = [b"%b\t%b" % (salts[i * width : (i + 1) * width], _encode(value)) for i, value in enumerate(values)]
    leaves = _leaves(lines)
    for index in withheld:
        lines[index] = b""
    return b"\n".join(lines).decode(), leaves


def leaves_of(lines: Iterable[str]) -> str:
    """The leaves of payload *lines*."""
    return _leaves(line.encode() for line in lines)


def fits(data: str, leaves: str) -> bool:
    """Whether every line of a payload fits its leaf."""
    return _leaves(data.encode().split(b"\n")) == leaves


def _leaves(lines: Iterable[bytes]) -> str:
    sha256, half = hashlib.sha256, LEAF // 2
    return b"".join([sha256(line).digest()[:half] for line in lines]).hex()


def unseal(data: str) -> list[Stated | None]:
    """The values of a payload; ``None`` where a value is withheld (its line is empty)."""
    return [unseal_line(line) for line in data.split("\n")]


def unseal_line(line: str) -> Stated | None:
    """The value of one line of a payload."""
    return _decode(line[_VALUE_AT:]) if line else None


def blanked(data: str, indexes: Collection[int]) -> str:
    """A payload without the lines at *indexes*; their places stay."""
    return "\n".join("" if index in indexes else line for index, line in enumerate(data.split("\n")))


def mark_of(value: object, salt: bytes) -> str:
    """A slow digest by which a withheld value is recognised if a publisher prints it again.

    scrypt with 16 MiB and about 50 ms a try: cheap for the register, which asks it only for claims
    of the same entry or subject, dear for anybody who would guess.
    """
    return hashlib.scrypt(_encode(value), salt=salt, n=2**14, r=8, p=1).hex()
