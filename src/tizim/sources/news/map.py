"""From a reading to statements: the article, what it reports, and where in it that stands.

What makes two claims the same is what is claimed and by whom, not the words around it: a newer reader that
finds the same claim at another place makes the same statement, and moves only its quotation.
"""

import zlib
from collections.abc import Iterator
from typing import Final

from tizim.domain.claims import Reported
from tizim.domain.documents import Record
from tizim.domain.statements import EntryReading, Property, claim_key
from tizim.errors import SourceRefused
from tizim.sources.entries import Making, each_once
from tizim.sources.news.reading import LINE, Article, Found, decode
from tizim.text import fold

LEDGER: Final = "ledger:"
_CHAIN: Final = " > "
_HASH: Final = 16
"""digits of an article's hash that name it in ids"""
_SHINGLE: Final = 24
"""letters of the pieces by which texts are compared: enough for a phrase in any script"""
_READ_FOR_SKETCH: Final = 20_000
_SKETCH: Final = 48
"""smallest hashes of pieces that are kept of a text"""


def subject_of(sha256: str) -> str:
    """The subject of statements about an article."""
    return f"article:{sha256[:_HASH]}"


def key_of(sha256: str, reader: str) -> str:
    """What the readings of one article by one reader are known by."""
    return f"{sha256[:_HASH]}:{reader}"


def map_record(record: Record) -> EntryReading:
    """The statements of a reading. A reading without claims says that there are none."""
    try:
        reading = decode(dict(record.fields)["reading"].encode(), record.place)
    except KeyError:
        raise SourceRefused(f"{record.place}: is no reading of an article") from None
    article, reader = reading.article, reading.reader
    key = key_of(article.sha256, reader.name)
    making = Making(key, subject_of(article.sha256), record.place)
    _say_article(making, article, reader.name, reader.version, reading.text)
    for one in reading.claims:
        place = f"characters {one.start}–{one.end}"
        making.say(Property.CLAIM, one.claim.action.value, place, **_facets(one.claim, reader.name))
    for one in reading.claims:
        _say_quote(making, key, one, reader.name)
    return making.made()


def _say_article(making: Making, article: Article, reader: str, version: str, text: str) -> None:
    machine = article.machine_translated
    making.say(
        Property.ARTICLE, _clean(article.title or article.outlet or article.url or article.sha256[:_HASH]), "article",
        sha256=article.sha256, url=_clean(article.url), outlet=_clean(article.outlet), language=article.language,
        published=article.published, media_type=article.media_type, reader=reader, version=version,
        machine_translated="" if machine is None else _clean(machine.notice),
        main_language="" if machine is None else machine.main_language,
        sketch=sketch(text),
    )  # fmt: skip


def _say_quote(making: Making, key: str, one: Found, reader: str) -> None:
    number = number_of(key, one.claim, reader)
    making.say(
        Property.QUOTE, _clean(one.evidence), f"characters {one.start}–{one.end}",
        claim=number, start=str(one.start), end=str(one.end), rule=one.rule, confidence=f"{one.confidence:.2f}",
        date_text=_clean(one.claim.date_text),
    )  # fmt: skip


def number_of(key: str, claim: Reported, reader: str) -> str:
    """The number of a claim, the same whatever document makes it: the first part of its statement's id."""
    making = Making(key, "", "")
    making.say(Property.CLAIM, claim.action.value, "", **_facets(claim, reader))
    return f"{claim_key(LINE, key, making.made().claims[0]):016x}"


def _facets(claim: Reported, reader: str) -> dict[str, str]:
    """What makes the claim itself; the words for its date are part of its quotation."""
    return {
        "with": _record_of(claim.subject), "name": _clean(claim.subject_name),
        "whose": claim.list, "modality": claim.modality.value, "date": claim.date, "date_kind": claim.date_kind,
        "announcer": _clean(claim.announcer), "announcer_role": _clean(claim.announcer_role),
        "decider": _clean(claim.decider), "reason": _clean(claim.reason), "act": _clean(claim.act),
        "chain": _clean(_CHAIN.join(claim.chain)), "reader": reader,
    }  # fmt: skip


def _record_of(subject: str) -> str:
    """The record that a subject's id names: the ledger's ids stand without a source."""
    return subject if not subject or ":" in subject else f"{LEDGER}{subject}"


def chain_of(text: str) -> tuple[str, ...]:
    """A chain of outlets as it stands in a statement, in its parts."""
    return tuple(part for part in text.split(_CHAIN) if part)


def _clean(text: str) -> str:
    """*text* without the null character, which no store of text takes."""
    return text.replace("\0", "\ufffd")


def sketch(text: str) -> str:
    """A few numbers by which near copies of a text are told, whatever its script; empty for a very short one."""
    letters = fold(text[:_READ_FOR_SKETCH]).replace(" ", "")
    pieces = {zlib.crc32(letters[i : i + _SHINGLE].encode()) for i in range(len(letters) - _SHINGLE + 1)}
    if len(pieces) < _SKETCH:
        return ""
    return "".join(f"{number:08x}" for number in sorted(pieces)[:_SKETCH])


def likeness(one: str, other: str) -> float:
    """The share of their pieces that two texts have in common, 0 to 1, judged by their sketches."""
    first, second = _numbers(one), _numbers(other)
    if not first or not second:
        return 0.0
    smallest = sorted(first | second)[:_SKETCH]
    return sum(number in first and number in second for number in smallest) / len(smallest)


def _numbers(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 8] for i in range(0, len(text), 8))


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every reading, each key once."""
    return each_once(map_record(record) for record in records)
