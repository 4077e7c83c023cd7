"""From an article that somebody read to the documents of the register: its bytes, and the reading of it."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from tizim.domain.claims import ClaimAction, Modality, Reported
from tizim.domain.dates import AsOf, PartialDate
from tizim.domain.documents import DocumentFacts
from tizim.domain.statements import EntryReading, Property
from tizim.errors import BadInput
from tizim.register.view import View
from tizim.sources import news
from tizim.sources.news import Article, Found, MachineTranslated, Reader, Reading
from tizim.sources.news.map import likeness, map_record, sketch
from tizim.sources.news.reading import article_facts, read

_ALIKE = 0.5
_ACTIONS = {action.value: action for action in ClaimAction}
_MODALITIES = {modality.value: modality for modality in Modality}


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """An article as it was given, and what is known of it beside its claims."""

    data: bytes
    text: str
    """the text that was read, to whose characters the places of claims count"""
    media_type: str
    retrieved_at: dt.datetime
    url: str = ""
    outlet: str = ""
    title: str = ""
    language: str = ""
    published: str = ""
    machine_translated: MachineTranslated | None = None


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """The two documents, ready to be kept."""

    article: DocumentFacts
    data: bytes
    retrieved_at: dt.datetime
    reading: Reading

    @property
    def key(self) -> str:
        """What readings of the article by this reader are known by."""
        return news.key_of(self.article.sha256, self.reading.reader.name)

    @property
    def encoded(self) -> bytes:
        """The bytes of the reading."""
        return news.encode(self.reading)

    @property
    def entry(self) -> EntryReading:
        """What the reading states."""
        _, records = read(self.encoded, self.key)
        return map_record(records[0])


def take(given: Given, claims: Iterable[Mapping[str, Any]], reader: Reader, now: dt.datetime) -> Taken:
    """The documents of an article that *reader* read at a moment; *claims* are by the names of ``tizim read``.

    Raises `BadInput` for a claim that the text does not have at its place, or whose date is none.
    """
    article = Article(
        sha256=hashlib.sha256(given.data).hexdigest(), size=len(given.data), media_type=given.media_type,
        url=given.url, outlet=given.outlet, title=_whole(given.title), language=given.language,
        published=given.published, machine_translated=given.machine_translated,
    )  # fmt: skip
    text = _whole(given.text)
    found = tuple(_found(one, text) for one in claims)
    reading = Reading(article=article, reader=reader, read_at=now, text=text, claims=found).checked()
    facts = article_facts(article, given.data, given.retrieved_at)
    return Taken(article=facts, data=given.data, retrieved_at=given.retrieved_at, reading=reading)


def _whole(text: str) -> str:
    """*text* without halves of signs, which cannot be written down; its characters keep their places."""
    return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text) if _is_broken(text) else text


def _is_broken(text: str) -> bool:
    return any("\ud800" <= sign <= "\udfff" for sign in text)


def _found(one: Mapping[str, Any], text: str) -> Found:
    start, end = int(one["start"]), int(one["end"])
    return Found(
        claim=Reported(
            subject=_text(one, "subject"), subject_name=_text(one, "subject_name"), list=_text(one, "list"),
            action=_ACTIONS.get(str(one["action"]), ClaimAction.STATEMENT),
            modality=_MODALITIES.get(str(one["modality"]), Modality.STATED), date=_text(one, "date"),
            date_text=_text(one, "date_text"), date_kind=_text(one, "date_kind"), announcer=_text(one, "announcer"),
            announcer_role=_text(one, "announcer_role"), decider=_text(one, "decider"), reason=_text(one, "reason"),
            act=_text(one, "act"), chain=tuple(_whole(str(part)) for part in one.get("chain") or ()),
        ),
        start=start, end=end, evidence=text[start:end], rule=_text(one, "rule"),
        confidence=float(one.get("confidence") or 0.0),
    )  # fmt: skip


def _text(one: Mapping[str, Any], name: str) -> str:
    value = one.get(name)
    return "" if value is None else _whole(str(value))


# -- against what is held ----------------------------------------------------------------------------


def is_read(view: View, taken: Taken, as_of: AsOf) -> bool:
    """Whether the register holds just this reading of the article: the same statements by the same reader."""
    subject, reader = news.subject_of(taken.article.sha256), taken.reading.reader.name
    articles = [
        fact for fact in view.facts(Property.ARTICLE, as_of, subjects=[subject])
        if fact.facets.get("reader") == reader
    ]  # fmt: skip
    if not articles:
        return False
    claims = [
        fact for fact in view.facts(Property.CLAIM, as_of, subjects=[subject]) if fact.facets.get("reader") == reader
    ]  # fmt: skip
    numbers = {f"{fact.claim_key:016x}" for fact in claims}
    quotes = [
        fact for fact in view.facts(Property.QUOTE, as_of, subjects=[subject]) if fact.facets.get("claim") in numbers
    ]  # fmt: skip
    known = {(fact.property, fact.value, tuple(sorted(fact.facets.items()))) for fact in (*articles, *claims, *quotes)}
    return known == {claim.identity for claim in taken.entry.claims}


def near_copies(view: View, taken: Taken, as_of: AsOf) -> list[str]:
    """Titles of other articles held whose text is nearly the same: the story is told again."""
    own = sketch(taken.reading.text)
    found = {}
    for fact in view.facts(Property.ARTICLE, as_of):
        other = fact.facets.get("sha256", "")
        if other != taken.article.sha256 and likeness(own, fact.facets.get("sketch", "")) >= _ALIKE:
            found[other] = fact.value
    return list(found.values())


def check_published(text: str) -> str:
    """A day of publication as somebody typed it. Raises `BadInput` for what is no date."""
    try:
        return str(PartialDate.parse(text)) if text else ""
    except BadInput as error:
        raise BadInput(f"--published: {error}") from None
