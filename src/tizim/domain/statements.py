"""Statements: one claim each, made of one record, never edited."""

import builtins
import enum
import hashlib
from collections.abc import Iterable, Sequence
from typing import NewType

import msgspec

from tizim.domain.documents import Layer, Provenance
from tizim.text import fold

StatementId = NewType("StatementId", str)


class Property(enum.StrEnum):
    """What a statement says of its entry. Values and facets of each are listed in docs/concepts.md."""

    # membership and the names of the thing
    MEMBER = "member"
    REFERENCE = "reference"
    KIND = "kind"
    NAME = "name"
    ALIAS = "alias"
    ORIGINAL_NAME = "original_name"
    DATA_ID = "data_id"
    # dates that a list prints
    LISTED_ON = "listed_on"
    AMENDED_ON = "amended_on"
    REVIEWED_ON = "reviewed_on"
    DELISTED_ON = "delisted_on"
    SUBMITTED_ON = "submitted_on"
    SUBMITTED_BY = "submitted_by"
    EFFECTIVE_ON = "effective_on"
    EXPIRES_ON = "expires_on"
    # what the listing rests on and brings, as printed
    PROGRAMME = "programme"
    IMPOSED_MEASURE = "imposed_measure"
    LEGAL_BASIS = "legal_basis"
    AUTHORITY = "authority"
    STATUS = "status"
    # the person, organisation, vessel or aircraft
    BIRTH_YEAR = "birth_year"
    BIRTH_DATE = "birth_date"
    BIRTH_PLACE = "birth_place"
    NATIONALITY = "nationality"
    GENDER = "gender"
    TITLE = "title"
    POSITION = "position"
    ADDRESS = "address"
    IDENTIFIER = "identifier"
    COUNTRY = "country"
    CONTACT = "contact"
    FEATURE = "feature"
    # prose, cross references and the publisher's own housekeeping
    COMMENT = "comment"
    RELATION = "relation"
    RELATED_NAME = "related_name"
    CROSS_REFERENCE = "cross_reference"
    OLD_REFERENCE = "old_reference"
    LINK = "link"
    HOUSEKEEPING = "housekeeping"
    # statements of the ledger and of people
    ACT = "act"
    JUDGEMENT = "judgement"
    RULE = "rule"
    MEASURE = "measure"
    CLAIM = "claim"
    ARTICLE = "article"
    QUOTE = "quote"
    STANDING = "standing"


CORE = frozenset(
    {
        Property.MEMBER,
        Property.REFERENCE,
        Property.KIND,
        Property.NAME,
        Property.ALIAS,
        Property.ORIGINAL_NAME,
        Property.DATA_ID,
        Property.LISTED_ON,
        Property.AMENDED_ON,
        Property.REVIEWED_ON,
        Property.BIRTH_YEAR,
        Property.ACT,
        Property.JUDGEMENT,
        Property.RULE,
        Property.MEASURE,
        Property.CLAIM,
        Property.ARTICLE,
        Property.QUOTE,
        Property.STANDING,
    }
)
"""Facts that the starter may carry; all others belong to the layer *rest* (see `Layer`)."""

# Changes of these are no amendment: prose, numbers of databases, spellings of references, layout.
NOT_AMENDING = frozenset(
    {
        Property.MEMBER,
        Property.REFERENCE,
        Property.DATA_ID,
        Property.COMMENT,
        Property.RELATION,
        Property.CROSS_REFERENCE,
        Property.OLD_REFERENCE,
        Property.LINK,
        Property.HOUSEKEEPING,
        Property.BIRTH_YEAR,
        Property.REVIEWED_ON,
    }
)

IDENTIFYING = frozenset(
    {
        Property.KIND,
        Property.NAME,
        Property.ALIAS,
        Property.ORIGINAL_NAME,
        Property.LISTED_ON,
        Property.DELISTED_ON,
        Property.BIRTH_DATE,
        Property.IDENTIFIER,
    }
)
"""Changes of these are amendments even if the publisher prints a date of amendment that did not change: of
all else its date decides, since a new edition of a list rewrites countries and addresses of many entries."""


def amending(changed: Iterable[Property], *, dated: bool) -> frozenset[Property]:
    """Those of the *changed* properties that amend an entry.

    *dated*: the publisher prints a date of amendment on both sides.
    """
    found = frozenset(changed) - NOT_AMENDING
    return found & IDENTIFYING if dated and Property.AMENDED_ON not in found else found


OF_WORDS = frozenset(
    {
        Property.NAME,
        Property.ALIAS,
        Property.ORIGINAL_NAME,
        Property.TITLE,
        Property.POSITION,
        Property.ADDRESS,
        Property.BIRTH_PLACE,
    }
)
"""Properties of which only the words count, not how they are parted or ordered."""
Told = tuple[str | None, str]
"""a value (``None`` where it is withheld) and its quality (empty if it has none)"""


def differ(prop: Property, was: Sequence[Told], now: Sequence[Told]) -> bool:
    """Whether two sides say different things of *prop*: another way of writing the same words is no difference.

    Each side is what the other has not.
    """
    if any(value is None for value, _ in (*was, *now)):
        return True
    before, after = ({fold(value or ""): quality for value, quality in side} for side in (was, now))
    if any(quality and after.get(name, quality) != quality for name, quality in before.items()):
        return True
    if prop in OF_WORDS:
        return {word for value in before for word in value.split()} != {w for value in after for w in value.split()}
    return before.keys() != after.keys()


class Claim(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one statement says: a property, its value, and facets that qualify the value.

    ``place`` is the field within the record. Two claims are the same if all but ``place`` agree.
    """

    property: Property
    value: str
    facets: tuple[tuple[str, str], ...] = ()
    """sorted pairs, such as ``("quality", "low")``"""
    place: str = ""

    @builtins.property
    def identity(self) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        """What makes two claims of one entry the same claim."""
        return (self.property.value, self.value, self.facets)

    @builtins.property
    def layer(self) -> Layer:
        """The layer the claim belongs to."""
        return Layer.CORE if self.property in CORE else Layer.REST

    def facet(self, name: str, default: str = "") -> str:
        """The facet called *name*."""
        return next((value for key, value in self.facets if key == name), default)


def facets(**pairs: str) -> tuple[tuple[str, str], ...]:
    """Facets from keywords; empty values are left out."""
    return tuple(sorted([pair for pair in pairs.items() if pair[1]])) if pairs else ()


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One claim about a subject, with where it stands.

    ``first`` and ``last`` are the earliest and the latest known document that makes it; ``id`` is that
    of the earliest. ``claim`` is ``None`` where the value is withheld by an act.
    """

    id: StatementId
    subject: str
    property: Property
    claim: Claim | None
    first: Provenance
    last: Provenance
    documents: int
    """how many known documents make it"""


class Unread(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A value that the mapper did not understand: named, shown, never dropped."""

    place: str
    field: str
    value: str


class EntryReading(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """All that one document says of one official entry.

    ``key`` is the entry's identity within its source (a normalised reference number); ``subject``
    the subject the source itself means, as ``source:key`` unless the source names another.
    """

    key: str
    subject: str
    place: str
    claims: tuple[Claim, ...]
    unread: tuple[Unread, ...] = ()


def claim_key(source: str, key: str, claim: Claim) -> int:
    """A 63-bit number that names a claim of an entry, whatever document makes it.

    63 bits fit a signed database integer; among ten million claims two share a number with a
    chance of about five in a million, and the register refuses such a pair instead of merging it.
    """
    parts = [source, key, claim.property, claim.value]
    for pair in claim.facets:
        parts += pair
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def statement_id(claim: int, sha256: str) -> StatementId:
    """The id of a statement: its claim's key and the document that makes it (first twelve digits).

    It depends on nothing but the document and the claim, so reading a document twice, on any
    machine and in any order, gives the same ids, and a second listing has another id than the first.
    """
    return StatementId(f"{claim:016x}-{sha256[:12]}")
