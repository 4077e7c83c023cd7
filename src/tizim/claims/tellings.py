"""The values of this room: articles, claims with where they stand, and groups of all that tell of one act."""

import datetime as dt
import enum

import msgspec

from tizim.domain.claims import ClaimAction, Reported, Standing
from tizim.domain.dates import When
from tizim.domain.documents import SourceClass
from tizim.domain.lists import ListId

WHOLE = "*"
"""the subject of what is said of a list as a whole"""


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """An article as its newest reading by one reader knows it."""

    id: str
    """its subject in the register"""
    sha256: str
    title: str
    outlet: str
    url: str
    language: str
    published: str
    machine_translated: str
    """the notice in its own words; empty where there is none"""
    main_language: str
    reader: str
    version: str
    sketch: str
    reading: str
    """SHA-256 of the document that holds the reading"""
    recorded_at: dt.datetime


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Where a claim stands in its article: characters from *start* up to *end*."""

    text: str
    start: int
    end: int
    rule: str
    confidence: str
    date_text: str


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What a person made of a claim."""

    standing: Standing
    author: str
    reason: str
    at: dt.datetime


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One statement that tells of an act: a claim of an article, or a statement that the register holds."""

    id: str
    """of the statement"""
    number: str
    """of a claim of an article; empty for a statement of the register"""
    reported: Reported
    subject: str
    """public id of the subject; empty where nobody knows it"""
    key: str
    """the record that the statement is about; empty where nobody knows the subject"""
    list: ListId | None
    """the list, where the statement names one and not only a state"""
    when: When
    """the day or days of the act, or of the word of it"""
    role: str
    """which of a designation's dates that is"""
    published: dt.date | None
    title: str
    url: str
    language: str
    source_class: SourceClass
    verified: bool
    """false: known to be wrong"""
    conflict_group: str
    document: str
    """SHA-256 of the document that it stands in"""
    article: Article | None = None
    quotes: tuple[Quote, ...] = ()
    judged: Judged | None = None

    @property
    def is_news(self) -> bool:
        """Whether it is a claim of an article, and no statement of the register."""
        return self.article is not None

    @property
    def standing(self) -> Standing:
        """What a person made of it."""
        return self.judged.standing if self.judged is not None else Standing.UNCONFIRMED

    @property
    def counts(self) -> bool:
        """Whether its words are weighed: not if they are known to be wrong, rejected or set aside."""
        return self.verified and self.standing not in {Standing.REJECTED, Standing.SET_ASIDE}

    @property
    def told(self) -> dt.date | None:
        """The day by which it was told."""
        return self.published or self.when.latest


class Confirmation(enum.StrEnum):
    """What the register has to say to what is claimed."""

    CONFIRMED = "confirmed"
    """an official document or act shows it, or a person confirmed it"""
    CONTRADICTED = "contradicted"
    """an official list denies it"""
    KNOWN = "known already"
    """statements that the register holds tell of the same act, and no official document does"""
    UNCONFIRMED = "unconfirmed"
    """nothing here but the claims tells of it"""
    DISMISSED = "dismissed"
    """every claim of it was rejected or set aside by a person"""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What some of the tellings say to one question."""

    value: str
    tellings: tuple[Telling, ...]


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One question to which the tellings of an act give several answers, or on which all agree."""

    about: str
    """``date``, ``decider``, ``reason`` or ``modality``"""
    is_conflict: bool
    answers: tuple[Answer, ...]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """All that tells of one act, in whatever language."""

    id: str
    subject: str
    name: str
    whose: str
    action: ClaimAction
    """of the act; `ClaimAction.NOT_LISTED` stands for the question whether it is on the list at all"""
    tellings: tuple[Telling, ...]
    """in the order of days"""
    origins: tuple[tuple[Telling, ...], ...]
    """tellings that rest on one report are together: they count once"""
    points: tuple[Point, ...]
    reactions: tuple[Telling, ...] = ()
    """what others say of the act: statements of their speakers that designate nothing"""

    @property
    def news(self) -> tuple[Telling, ...]:
        """The claims of articles among them."""
        return tuple(one for one in self.tellings if one.is_news)

    @property
    def is_of_whole_list(self) -> bool:
        """Whether it is about the list as a whole, and no subject on it."""
        return self.subject == WHOLE

    @property
    def is_status(self) -> bool:
        """Whether it is about being on the list, and no act."""
        return self.action is ClaimAction.NOT_LISTED
