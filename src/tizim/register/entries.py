"""The bodies of log rows: what each kind of row says, as JSON."""

import msgspec


class DocumentBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``document``: a document became known (its bytes perhaps not)."""

    source: str
    sha256: str
    size: int
    date: str
    instant_us: int
    url: str
    media_type: str
    title: str
    entries: int
    complete: bool
    held: bool
    method: str
    retrieved_us: int | None = None


class ClaimsBody(msgspec.Struct, frozen=True, kw_only=True):
    """``claims``: what a document says of an entry that no document said before.

    The payload has one line for each claim, ``[value, {facet: value}]``; ``claims`` its property and place.
    """

    document: int
    entry: str
    subject: str
    place: str
    claims: tuple[tuple[str, str], ...]


class SightingsBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``sightings``: the whole set of claims a document makes in a layer.

    It is the set of ``base`` (the document and its reading) less ``gone``, with ``back`` (claims met
    earlier) and all claims of the ``claims`` rows of this document since its last sightings in the layer.
    A document known from the starter may say otherwise when its bytes are read: that is its next
    ``reading``, which is known from then on; the earlier one stays what was known before.
    """

    document: int
    layer: int
    reading: int = 0
    base: tuple[int, int] | None = None
    gone: tuple[int, ...] = ()
    back: tuple[int, ...] = ()


class HeldBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``held``: the bytes of a known document came into the archive."""

    document: int
    size: int
    retrieved_us: int | None = None


class WithheldBody(msgspec.Struct, frozen=True, kw_only=True):
    """``withheld``: values were taken away by an act; place, leaf and mark remain.

    A document that prints a withheld value again adds another such row with the same act.
    """

    claims: tuple[int, ...]
    author: str
    ground: str
    scope: str
    act: str
    salt: str
    marks: tuple[str, ...]
    redacted: tuple[tuple[str, str], ...]
    """SHA-256 of the archived documents whose copies were redacted, and of the redacted copies"""


Body = DocumentBody | ClaimsBody | SightingsBody | HeldBody | WithheldBody

KINDS: dict[str, type[Body]] = {
    "document": DocumentBody,
    "claims": ClaimsBody,
    "sightings": SightingsBody,
    "held": HeldBody,
    "withheld": WithheldBody,
}
KIND_OF: dict[type[Body], str] = {body: kind for kind, body in KINDS.items()}

CLAIMS_A_ROW = 4096
"""claims one log row may carry; a claim's id is its row's sequence number times this, plus its index"""


def claim_id(seq: int, index: int) -> int:
    """The id of the claim at *index* in the log row *seq*."""
    return seq * CLAIMS_A_ROW + index


def row_and_index(claim: int) -> tuple[int, int]:
    """The log row and the index in it of a claim id."""
    return divmod(claim, CLAIMS_A_ROW)
