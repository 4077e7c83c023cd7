"""One reading of one article: the document, and from its bytes to its record."""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Final

import msgspec

from tizim.domain.claims import Reported
from tizim.domain.dates import PartialDate
from tizim.domain.documents import DocumentFacts, Record
from tizim.errors import BadInput, SourceRefused

SOURCE_ID: Final = "news"
LINE: Final = "news/readings"
FORMAT: Final = "tizim-reading/1"
_MOST_BYTES: Final = 64 * 1024 * 1024
_MOST_CLAIMS: Final = 2_000
"""no article makes nearly as many: one that does was written to drown others"""
_HASH_DIGITS: Final = 64


class MachineTranslated(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The notice of an article that a machine translated it."""

    notice: str
    """in the words of the text"""
    main_language: str = ""
    """the language of the version that the notice points to"""


class Article(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of an article: its bytes, and whence it came."""

    sha256: str
    """of its bytes as given"""
    size: int
    media_type: str
    url: str = ""
    outlet: str = ""
    title: str = ""
    language: str = ""
    published: str = ""
    """partial ISO date; empty where neither the article nor whoever kept it says"""
    machine_translated: MachineTranslated | None = None


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """Who read it: ``rules``, or the name of a model; and its version."""

    name: str
    version: str


class Found(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One claim and the place in the text that it was found in: characters from *start* up to *end*."""

    claim: Reported
    start: int
    end: int
    evidence: str
    rule: str
    confidence: float


class Reading(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The document."""

    format: str = FORMAT
    article: Article
    reader: Reader
    read_at: dt.datetime
    text: str
    """the text that was read, to whose characters the places count"""
    claims: tuple[Found, ...]

    def checked(self) -> "Reading":
        """The reading itself. Raises `BadInput` for one that nobody could check."""
        if self.format != FORMAT:
            raise BadInput(f"has the format {self.format!r}, not {FORMAT}")
        if self.read_at.tzinfo is None:
            raise BadInput("read_at: has no zone, so the moment is not known")
        sha256 = self.article.sha256
        if len(sha256) != _HASH_DIGITS or not set(sha256) <= set("0123456789abcdef"):
            raise BadInput("article.sha256: is no SHA-256 in hexadecimal digits")
        if not self.reader.name.strip():
            raise BadInput("reader: needs a name")
        if len(self.claims) > _MOST_CLAIMS:
            raise BadInput(f"claims: {len(self.claims):,}, more than an article makes")
        if self.article.published:
            _told(lambda: PartialDate.parse(self.article.published), "article.published")
        for number, one in enumerate(self.claims, start=1):
            if not 0 <= one.start < one.end <= len(self.text) or self.text[one.start : one.end] != one.evidence:
                raise BadInput(f"claim {number}: the text does not have its evidence at {one.start}–{one.end}")
            _told(lambda claim=one.claim: claim.when, f"claim {number}, date")  # type: ignore[misc]
        return self


def _told(date: Callable[[], object], what: str) -> None:
    try:
        date()
    except BadInput as error:
        raise BadInput(f"{what}: {error}") from None


def encode(reading: Reading) -> bytes:
    """The document: JSON, its keys in a fixed order."""
    return msgspec.json.format(msgspec.json.encode(reading), indent=1) + b"\n"


def decode(data: bytes, name: str) -> Reading:
    """The reading in a document. Raises `SourceRefused` with the field that is wrong."""
    if len(data) > _MOST_BYTES:
        raise SourceRefused(f"{name}: {len(data):,} bytes, more than a reading has")
    try:
        return msgspec.json.decode(data, type=Reading).checked()
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SourceRefused(
            f"{name}: not a reading of an article: {error}; an article itself is kept with 'tizim read FILE --keep'"
        ) from None
    except BadInput as error:
        raise SourceRefused(f"{name}: {error}") from None


def read(data: bytes, name: str) -> tuple[DocumentFacts, list[Record]]:
    """Facts and record of a reading; its date is the day on which it was made, in UTC."""
    reading = decode(data, name)
    article = reading.article
    facts = DocumentFacts.of(
        data,
        source=LINE,
        date=reading.read_at.astimezone(dt.UTC).date(),
        instant=reading.read_at.astimezone(dt.UTC),
        url=article.url,
        media_type="application/json",
        title=article.title or article.outlet or article.url or article.sha256[:12],
        entries=len(reading.claims),
        complete=False,
    )
    return facts, [Record(place="article", fields=(("reading", data.decode()),))]


def article_facts(article: Article, data: bytes, retrieved: dt.datetime) -> DocumentFacts:
    """The facts of the article itself: a document of the main line, of the day on which it was published.

    *retrieved* gives the day of one that does not say. Raises `BadInput` if *data* are not its bytes.
    """
    if hashlib.sha256(data).hexdigest() != article.sha256:
        raise BadInput("the bytes are not those of the article that was read")
    day = PartialDate.parse(article.published).earliest if article.published else retrieved.date()
    # Articles of one day follow one another by the second in which they came.
    instant = dt.datetime.combine(day, retrieved.timetz())
    return DocumentFacts.of(
        data,
        source=SOURCE_ID,
        date=day,
        instant=instant,
        url=article.url,
        media_type=article.media_type,
        title=article.title or article.outlet or article.url or article.sha256[:12],
        entries=0,
        complete=False,
    )
