"""What a bulletin tells of: an act told by statements, what came and went between two copies of a list, or news that
an editor writes of their own knowledge, with the list and the subjects that it is about.

Facts hold all that a text is made of, names and their attested forms too, so that the same facts give the same
text at any time. What no source says stays empty; nothing is filled in by guess.
"""

import datetime as dt
import enum
import itertools
import re
from collections.abc import Iterable
from typing import Final

import msgspec

from tizim.domain.acts import Action
from tizim.domain.dates import PartialDate
from tizim.errors import BadInput
from tizim.text import romanise


class ActKind(enum.StrEnum):
    """Acts that bulletins tell of; the words are those of the actions."""

    LISTED = Action.LISTED.value
    AMENDED = Action.AMENDED.value
    RENEWED = Action.RENEWED.value
    RETAINED = Action.RETAINED.value
    SUSPENDED = Action.SUSPENDED.value
    RESUMED = Action.RESUMED.value
    EXPIRED = Action.EXPIRED.value
    DELISTED = Action.DELISTED.value
    ANNULLED = Action.ANNULLED.value
    SUPERSEDED = Action.SUPERSEDED.value


COPIES: Final = "copies"
"""the kind of a bulletin about two copies of a list that differ"""
NEWS: Final = "news"
"""the kind of a bulletin in an editor's own words alone"""
KINDS: Final = (*(kind.value for kind in ActKind), COPIES, NEWS)


class Attested(msgspec.Struct, frozen=True, kw_only=True):
    """A name that somebody uses in a language."""

    language: str
    text: str


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A subject: its id and records, its main name, and names attested in languages of the site."""

    subject: str
    records: tuple[str, ...]
    name: str
    attested: tuple[Attested, ...]

    def in_language(self, code: str) -> Attested | None:
        """The name attested in a language, if there is one."""
        return next((one for one in self.attested if one.language == code), None)


class OnList(msgspec.Struct, frozen=True, kw_only=True):
    """The list that it is about, as it is called."""

    id: str
    jurisdiction: str
    name: str


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One statement that the facts rest on. What it does not say is empty."""

    statement: str
    document: str
    """SHA-256 of the document that it was taken from"""
    action: Action
    date: str
    """partial date as stated"""
    when: str
    """ISO date or interval on which the act itself can have happened"""
    act: str
    decided_by: str
    announced_by: str
    source: str
    address: str
    rank: int
    """of its source: 1 is the strongest"""
    published: str
    """the day by which its source was out"""


class ActFacts(msgspec.Struct, frozen=True, kw_only=True, tag="act"):
    """One act about one subject on one list, with everything that tells of it."""

    on: OnList
    subject: Named
    act: ActKind
    event: str
    """which of the acts about this subject on this list it is: a group of statements, or a decision entered here"""
    day: str
    """the first day by which it had happened or was told"""
    when: str
    """when it happened by the register's reading: ISO date or interval, empty where no source gives a day"""
    is_bounded: bool
    """whether ``when`` lies between the last evidence of the listing and the first of its end"""
    told: tuple[Telling, ...]
    """what tells of the act itself, the strongest source first"""
    also: tuple[Telling, ...]
    """announcements and confirmations of it"""
    decision: str
    """id of the decision entered here; empty: others' word only"""

    @property
    def kind(self) -> str:
        """The kind of bulletin."""
        return self.act.value

    @property
    def rests_on(self) -> tuple[Telling, ...]:
        """Every statement that the facts rest on."""
        return (*self.told, *self.also)

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts cited, as sources cite them."""
        return tuple(dict.fromkeys(one.act for one in self.told if one.act))

    @property
    def deciders(self) -> tuple[tuple[str, tuple[Telling, ...]], ...]:
        """Who decided, each with the statements that name them; what stands in brackets tells nobody apart."""
        found: dict[str, list[Telling]] = {}
        for one in self.rests_on:
            if one.decided_by:
                found.setdefault(one.decided_by.partition("(")[0].strip().casefold(), []).append(one)
        return tuple((own[0].decided_by, tuple(own)) for own in found.values())

    @property
    def days(self) -> tuple[tuple[str, tuple[Telling, ...]], ...]:
        """The dates that statements give of the act itself, each with those that give it, the earliest first."""
        found: dict[str, list[Telling]] = {}
        for one in self.told:
            if one.date:
                found.setdefault(one.date, []).append(one)
        return tuple((date, tuple(found[date])) for date in sorted(found))

    @property
    def is_day_disputed(self) -> bool:
        """Whether two of the dates given cannot be one day; those of different acts do not contradict each other."""
        dated = [(PartialDate.parse(one.date), one) for one in self.told if one.date]
        return any(
            (a.latest < b.earliest or b.latest < a.earliest) and not _are_of_other_acts(one, other)
            for number, (a, one) in enumerate(dated)
            for b, other in dated[number + 1 :]
        )

    @property
    def is_decider_disputed(self) -> bool:
        """Whether statements of one act name different deciders."""
        own = [tellings for _, tellings in self.deciders]
        return any(
            not _are_of_other_acts(one, other)
            for number, first in enumerate(own)
            for second in own[number + 1 :]
            for one in first
            for other in second
        )

    @property
    def named(self) -> tuple[Named, ...]:
        """The subjects named in it."""
        return (self.subject,)

    def checked(self) -> "ActFacts":
        """The facts themselves. Raises `BadInput` for some that rest on nothing, or hold what is no date."""
        if not self.told:
            raise BadInput("an act that nothing tells of has no bulletin")
        for one in self.rests_on:
            for date in (one.date, one.published):
                if date:
                    PartialDate.parse(date)
            _check_when(one.when)
        _check_when(self.when)
        _check_day(self.day)
        return self


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """A copy of a list: its day and its document."""

    day: str
    document: str


class Turnover(msgspec.Struct, frozen=True, kw_only=True):
    """Entries that came, or that are missing: how many, and the names of some, in their order."""

    count: int
    named: tuple[Named, ...]


class CopyFacts(msgspec.Struct, frozen=True, kw_only=True, tag="copies"):
    """Two copies of a list that follow one another, and what one has that the other has not.

    A missing entry is an absence from a copy, never a delisting.
    """

    on: OnList
    before: Copy
    after: Copy
    came: Turnover
    missing: Turnover

    @property
    def kind(self) -> str:
        """The kind of bulletin."""
        return COPIES

    @property
    def day(self) -> str:
        """The day of the newer copy."""
        return self.after.day

    @property
    def named(self) -> tuple[Named, ...]:
        """The subjects named in it."""
        return (*self.came.named, *self.missing.named)

    def checked(self) -> "CopyFacts":
        """The facts themselves. Raises `BadInput` for two copies that do not differ, or stand in the wrong order."""
        if _check_day(self.after.day) < _check_day(self.before.day):
            raise BadInput(f"the copy of {self.after.day} is older than that of {self.before.day}")
        for side in (self.came, self.missing):
            if side.count < len(side.named):
                raise BadInput(f"{len(side.named)} names of {side.count} entries")
        if not self.came.count + self.missing.count:
            raise BadInput("two copies that do not differ have no bulletin")
        return self


class NewsFacts(msgspec.Struct, frozen=True, kw_only=True, tag="news"):
    """What an editor says their text is about. Nothing can be told from it but the text itself."""

    day: str
    """that it tells of"""
    on: OnList | None
    """the list that it is about, if it is about one"""
    subjects: tuple[Named, ...]
    """whom it names"""

    @property
    def kind(self) -> str:
        """The kind of bulletin."""
        return NEWS

    @property
    def named(self) -> tuple[Named, ...]:
        """The subjects named in it."""
        return self.subjects

    def checked(self) -> "NewsFacts":
        """The facts themselves. Raises `BadInput` for a day that is none."""
        _check_day(self.day)
        return self


Tellable = ActFacts | CopyFacts
"""what a text can be made of"""
Facts = ActFacts | CopyFacts | NewsFacts


def list_of(facts: Facts) -> str:
    """The id of the list that facts are about; empty where they are about none."""
    return "" if facts.on is None else facts.on.id


def are_of_one(one: Facts, other: Facts) -> bool:
    """Whether two facts are about the same act, or the same two copies."""
    if isinstance(one, NewsFacts) or isinstance(other, NewsFacts) or one.on.id != other.on.id:
        return False  # an editor's news is nobody else's act, and two of them are two
    if isinstance(one, CopyFacts) or isinstance(other, CopyFacts):
        return (
            isinstance(one, CopyFacts)
            and isinstance(other, CopyFacts)
            and (one.before.document, one.after.document) == (other.before.document, other.after.document)
        )
    statements = {telling.statement for telling in one.told}
    if any(telling.statement in statements for telling in other.told):
        return True
    return one.event == other.event and not set(one.subject.records).isdisjoint(other.subject.records)


_WORD: Final = re.compile(r"[a-z0-9]+")
_LONGEST: Final = 60
"""letters of a subject in an id"""


def id_of(facts: Tellable, taken: Iterable[str]) -> str:
    """A permanent id that is not among those *taken*: day, list and subject, as they can be read."""
    about = COPIES
    if isinstance(facts, ActFacts):
        own = facts.subject.subject
        about = _readable(own) or _readable(romanise(own)) or _readable(romanise(facts.subject.name)) or "subject"
    first = f"{facts.day}-{_readable(facts.on.id)}-{about}"
    used = set(taken)
    if first in used and isinstance(facts, ActFacts):
        first = f"{first}-{facts.act.value}"
    found, number = first, 2
    while found in used:
        found, number = f"{first}-{number}", number + 1
    return found


def id_of_news(day: str, title: str, taken: Iterable[str]) -> str:
    """A permanent id for an editor's news that is not among those *taken*: its day and the words of its title."""
    words = _readable(title) or _readable(romanise(title)) or NEWS
    first = f"{day}-{words}"
    used = set(taken)
    return next(
        own for number in itertools.count(1) if (own := first if number == 1 else f"{first}-{number}") not in used
    )


def _readable(text: str) -> str:
    return "-".join(_WORD.findall(text.lower()))[:_LONGEST].strip("-") if text.isascii() else ""


def _are_of_other_acts(one: Telling, other: Telling) -> bool:
    return bool(one.act) and bool(other.act) and one.act != other.act


def _check_when(text: str) -> None:
    first, slash, last = text.partition("/")
    for part in (first, last) if slash else (first,):
        if part and part != "..":
            PartialDate.parse(part)


def _check_day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"'{text}' is no day such as 2024-06-03") from None
