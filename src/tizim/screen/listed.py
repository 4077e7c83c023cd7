"""Who a name may be among those on lists on a day, as known on a day: a view of the register in, rows out.

Members and their states are those of `tizim.answer.members`, names those known then. Each subject is compared
under its own kind unless a schema is asked for. Knows no wire format and no words: those are in `words`.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from tizim.answer.members import Member, members
from tizim.answer.official import official_lists, parts_of
from tizim.answer.records import entity
from tizim.answer.subjects import kind_of, subject
from tizim.domain.dates import AsOf
from tizim.domain.lists import ListId
from tizim.domain.names import Kind, NameKind
from tizim.errors import BadInput
from tizim.match.analysis import MATCHABLE, reading_of
from tizim.match.compiled import is_kept
from tizim.match.explain import Explanation
from tizim.match.model import ALGORITHM, MATCH_THRESHOLD
from tizim.register.view import View
from tizim.screen.screener import Match, Screener
from tizim.text import one_line, tokens

SCHEMA_OF: Mapping[Kind, str] = {
    Kind.PERSON: "Person",
    Kind.ORGANISATION: "Organization",
    Kind.VESSEL: "Vessel",
    Kind.AIRCRAFT: "Airplane",
    Kind.UNKNOWN: "LegalEntity",
}
"""FollowTheMoney's schema for each kind of subject"""
MOST = 500
"""subjects that one question can ask for"""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked. Raises `BadInput` for a name without letters or digits, an unknown schema or list, and a limit
    or threshold that is none.
    """

    name: str
    schema: str = ""
    """FollowTheMoney's; empty: each subject is compared under its own kind"""
    lists: tuple[ListId, ...] = ()
    """empty: all of which anything is held"""
    limit: int = 5
    """subjects at most"""
    threshold: float = 0.5

    def __post_init__(self) -> None:
        """Raise `BadInput` for what nobody can answer."""
        if not any(letter.isalnum() for word in tokens(self.name) for letter in word):
            raise BadInput(f"'{one_line(self.name)}' has no letters or digits to compare: give a name")
        if self.schema:
            reading_of(self.schema)
        if not 1 <= self.limit <= MOST:
            raise BadInput(f"--limit wants a number from 1 to {MOST}, not {self.limit}")
        if not 0 <= self.threshold <= 1:
            raise BadInput(f"--threshold wants a number from 0 to 1, not {self.threshold}")


class Searched(msgspec.Struct, frozen=True, kw_only=True):
    """A list that was searched, and how old what is known of it is."""

    list: ListId
    members: int
    last_observed: dt.date | None
    stale: bool


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A subject on one list, and why the name may be its."""

    member: Member
    kind: Kind
    schema: str
    main_name: str
    name: str
    """the one of its names that is most alike"""
    name_kind: NameKind
    score: float
    order: float
    explanation: Explanation

    @property
    def is_match(self) -> bool:
        """Whether the score makes it a match; else it is a candidate."""
        return self.score >= MATCH_THRESHOLD


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """The answer: rows, best first, and what was searched for them."""

    question: Question
    algorithm: str
    as_of: AsOf
    results: tuple[Row, ...]
    searched: tuple[Searched, ...]
    subjects: int
    names: int

    @property
    def last_observed(self) -> dt.date | None:
        """The newest day on which anything held speaks of a list that was searched."""
        return max(self._days, default=None)

    @property
    def oldest(self) -> Searched | None:
        """The list of which what is held is the oldest."""
        dated = [one for one in self.searched if one.last_observed is not None]
        return min(dated, key=lambda one: one.last_observed or dt.date.max, default=None)

    @property
    def stale(self) -> bool:
        """Whether what is held of every list is older than its rhythm allows."""
        return all(one.stale for one in self.searched)

    @property
    def _days(self) -> list[dt.date]:
        return [one.last_observed for one in self.searched if one.last_observed is not None]


def needs_compiling() -> bool:
    """Whether the first question will compile: no code compiled of this source is kept."""
    return not is_kept("ask")


def listed(view: View, question: Question, as_of: AsOf) -> Listed:
    """Those on the lists asked for on the day, by all that was known, whose names are like the one asked for."""
    searched, found = _members(view, question.lists, as_of)
    by_subject: dict[str, list[Member]] = defaultdict(list)
    for member in found:
        by_subject[member.subject].append(member)
    kinds = {one: _kind(view, rows) for one, rows in by_subject.items()}
    names = _names(view, by_subject, as_of)
    best = _matches(question, kinds, names)
    return Listed(
        question=question, algorithm=ALGORITHM, as_of=as_of, searched=tuple(searched), subjects=len(by_subject),
        names=sum(map(len, names.values())),
        results=tuple(row for one in best for row in _rows(view, one, kinds[one.id], by_subject[one.id], as_of)),
    )  # fmt: skip


def _members(view: View, lists: Sequence[ListId], as_of: AsOf) -> tuple[list[Searched], list[Member]]:
    """Members of *lists*, or of all of which anything is held; a list that is a view of others stands for those."""
    wanted = [part for one in lists for part in parts_of(view, one)]
    wanted = wanted or [part for one in official_lists(view) for part in parts_of(view, one)]
    searched: list[Searched] = []
    found: list[Member] = []
    for list_id in dict.fromkeys(wanted):
        of_list = members(view, list_id, as_of)
        if lists or of_list.members or of_list.last_observed is not None:
            found += of_list.members
            searched.append(
                Searched(
                    list=list_id, members=len(of_list.members), last_observed=of_list.last_observed, stale=of_list.stale
                )
            )
    return searched, found


def _kind(view: View, rows: Sequence[Member]) -> Kind:
    printed = next((row.kind for row in rows if row.kind), "")
    return Kind(printed) if printed else kind_of(view, rows[0].keys)


def _names(view: View, by_subject: Mapping[str, Sequence[Member]], as_of: AsOf) -> dict[str, list[str]]:
    """The names known of each subject: those of its records, and those by which lists call it."""
    owner = {key: subject_id for subject_id, rows in by_subject.items() for row in rows for key in row.keys}
    names: dict[str, dict[str, None]] = {one: {} for one in by_subject}
    for row in view.names_of(owner, as_of):
        names[owner[row.subject]][row.text] = None
    for subject_id, rows in by_subject.items():
        names[subject_id] |= dict.fromkeys(row.name for row in rows if row.name)
    return {one: list(own) for one, own in names.items()}


def _matches(question: Question, kinds: Mapping[str, Kind], names: Mapping[str, Sequence[str]]) -> list[Match]:
    """The best subjects. Each kind is searched by itself, so that none crowds another out."""
    by_schema: dict[str, list[tuple[str, str, Sequence[str]]]] = defaultdict(list)
    for subject_id, kind in kinds.items():
        schema = SCHEMA_OF[kind]
        if not question.schema or schema in MATCHABLE[question.schema]:
            by_schema[schema].append((subject_id, schema, names[subject_id]))
    found: list[Match] = []
    for schema, entities in by_schema.items():
        asked_as = question.schema or schema
        found += Screener.build(entities).match(question.name, asked_as, question.limit, question.threshold)
    found.sort(key=lambda one: (-one.score, -one.order, one.id))
    return found[: question.limit]


def _rows(view: View, one: Match, kind: Kind, rows: Sequence[Member], as_of: AsOf) -> list[Row]:
    """A row for each list that the subject is on."""
    whole = subject(view, rows[0].keys, (), as_of)
    known = {name.text: name.kind for name in reversed(entity(view, whole, as_of).names)}
    explanation = one.explain()
    return [
        Row(
            member=member, kind=kind, schema=one.schema, main_name=whole.main_name if whole.names else member.name,
            name=one.name, name_kind=known.get(one.name, NameKind.AS_STATED), score=one.score, order=one.order,
            explanation=explanation,
        )
        for member in rows
    ]  # fmt: skip
