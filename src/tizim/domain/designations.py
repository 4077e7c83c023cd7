"""Designation statements: who is said to have been listed, delisted, suspended …, by whom, when, on whose word."""

import datetime as dt
import functools

import msgspec

from tizim.domain.acts import (
    ANNOUNCED_KINDS,
    EFFECT_OF,
    PRINTED_KINDS,
    ROLE_OF,
    WORD_KINDS,
    Action,
    DateRole,
    Effect,
    LegalAct,
)
from tizim.domain.dates import PartialDate, When
from tizim.domain.documents import OFFICIAL_LIST, Provenance, SourceClass
from tizim.domain.listing import Evidence, Mark
from tizim.domain.lists import ListId, SubjectId
from tizim.domain.statements import StatementId


class Designation(msgspec.Struct, frozen=True, kw_only=True):
    """One statement about a subject on a list, as its own source makes it."""

    id: StatementId
    subject: SubjectId
    list: ListId
    action: Action
    name: str
    """the name the source uses, which also shows the scope (a wing, an alias inside another entry)"""
    carrier: str
    """the entry inside which the subject is an alias; empty for an entry of its own"""
    date: str
    """partial date as stated; empty: none given"""
    precision: str
    date_kind: str
    date_until: str
    """end of the interval (precision *between*) or of a stated term (listed, renewed)"""
    act: LegalAct
    authority: str
    decided_by: str
    announced_by: str
    reference: str
    conflict_group: str
    note: str
    source_title: str
    source_address: str
    source_class: SourceClass
    verified: bool
    """false: the source says it and it is false (kept as a trap, never part of a state)"""
    claim: str
    """id of the article's claim that a person confirmed, where the statement is one; empty for all others"""
    published: dt.date | None
    """the day by which the statement's own source was out"""
    provenance: Provenance
    recorded_at: dt.datetime

    @property
    def when(self) -> When:
        """The day or days on which the act itself can have happened."""
        return _when(
            self.date, self.precision, self.date_until, told=EFFECT_OF[self.action] in _ENDING and self.is_word
        )

    @property
    def is_word(self) -> bool:
        """Whether the stated day is only the day on which somebody said so."""
        decider_named = bool(self.decided_by) and not self.decided_by.lower().startswith("not named")
        return self.date_kind in WORD_KINDS or (self.date_kind in ANNOUNCED_KINDS and not decider_named)

    @property
    def role(self) -> DateRole:
        """Which of a designation's eight dates the stated date is."""
        return ROLE_OF.get(self.date_kind, DateRole.ANNOUNCED)

    @property
    def term_ends(self) -> dt.date | None:
        """The last day of a term that the source states."""
        if self.action in {Action.LISTED, Action.RENEWED} and self.date_until and self.precision != "between":
            return PartialDate.parse(self.date_until).latest
        return None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the statement proves about the state: nothing if it is false or moves no state.

        A listing date that a dated copy of a list prints proves two things: a beginning on the printed
        day, and a sighting on the day of the copy.
        """
        effect = EFFECT_OF[self.action]
        if not self.verified or effect is Effect.NOTHING:
            return ()
        when = self.when
        printed = effect is Effect.BEGIN and self.date_kind in PRINTED_KINDS
        own = Evidence(
            earliest=when.earliest,
            latest=when.latest,
            mark=Mark.PRINTED if printed else _MARK[effect],
            action=self.action,
            expires=self.term_ends,
            statement=self.id,
            text=when.text,
            carrier=self.carrier,
            name=self.name,
            rank=self.source_class.rank,
        )
        copy_day = self.published if printed and self.source_class.rank == OFFICIAL_LIST else None
        if copy_day is None or when.latest is None or copy_day <= when.latest:
            return (own,)
        seen = msgspec.structs.replace(
            own, earliest=copy_day, latest=copy_day, mark=Mark.SEEN, action=Action.ON_LIST, expires=None,
            text=copy_day.isoformat(),
        )  # fmt: skip
        return (own, seen)


_MARK = {
    Effect.BEGIN: Mark.BEGUN,
    Effect.AFFIRM: Mark.SEEN,
    Effect.PROPOSE: Mark.PROPOSED,
    Effect.PAUSE: Mark.PAUSED,
    Effect.ANNUL: Mark.ANNULLED,
    Effect.END: Mark.ENDED,
}


_ENDING = (Effect.END, Effect.PAUSE)


@functools.lru_cache(maxsize=8_192)  # asked of each statement on every list of a page
def _when(date: str, precision: str, until: str, *, told: bool) -> When:
    """The day or days that a statement means; *told*: its day is that of the word that something had ended."""
    if not date:
        return When.unknown()
    stated = PartialDate.parse(date)
    if precision == "before":
        return When.by(stated.latest)
    if precision == "between" and until:
        return When.between(stated.earliest, PartialDate.parse(until).latest)
    return When.by(stated.latest) if told else When.on(stated)
