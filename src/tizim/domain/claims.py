"""Claims: what articles report that somebody said or did about a listing. They are words, never facts.

A claim moves no state. A person may confirm it: then it counts as a statement of its speaker, of the class of
the source that reports it. Rejected or set aside it stays in sight.
"""

import enum

import msgspec

from tizim.domain.acts import Action
from tizim.domain.dates import PartialDate, When


class ClaimAction(enum.StrEnum):
    """What a claim is about."""

    LIST = "list"
    DELIST = "delist"
    SUSPEND = "suspend"
    RENEW = "renew"
    AMEND = "amend"
    ANNUL = "annul"
    REVIEW = "review"
    NOT_LISTED = "not_listed"
    WELCOME = "welcome"
    CRITICISE = "criticise"
    STATEMENT = "statement"
    """anything else that a speaker says beside the acts: of recognition, of missions, of being the first"""


PLAIN = frozenset({ClaimAction.WELCOME, ClaimAction.CRITICISE, ClaimAction.STATEMENT})
"""statements of their speakers that designate nothing: kept, and told apart from the acts"""


class Modality(enum.StrEnum):
    """How far the act has come by the words of the claim."""

    DONE = "done"
    DECIDED = "decided"
    IN_FORCE = "in_force"
    ORDERED = "ordered"
    PLANNED = "planned"
    REQUESTED = "requested"
    POSSIBLE = "possible"
    PRECONDITION = "precondition"
    RECURRING = "recurring"
    DENIED = "denied"
    STATED = "stated"


HAPPENED = frozenset({Modality.DONE, Modality.DECIDED, Modality.IN_FORCE, Modality.STATED})
"""what is told as so by now; all others are told as to come, wished or denied"""


class Standing(enum.StrEnum):
    """What a person made of a claim; a claim that nobody judged is *unconfirmed*."""

    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    SET_ASIDE = "set aside"


class Reported(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One claim as an article reports it. Fields are empty where the article does not say."""

    subject: str = ""
    """id of the organisation or person in the ledger, or ``source:key`` of a record; empty: known to nobody yet"""
    subject_name: str
    """its name in the words of the text"""
    list: str
    """whose list: an ISO 3166 code in lower case, ``un``, ``eu``, or the key of another body"""
    action: ClaimAction
    modality: Modality
    date: str = ""
    """partial ISO date, or an interval of two, of the act or of the announcement, as ``date_kind`` says"""
    date_text: str = ""
    date_kind: str = ""
    announcer: str = ""
    announcer_role: str = ""
    decider: str = ""
    reason: str = ""
    act: str = ""
    chain: tuple[str, ...] = ()
    """who told whom, nearest to the speaker first"""

    @property
    def speaker(self) -> str:
        """Who is said to have said it: the name, the role, or both; empty where the article says it by itself."""
        return ", ".join(part for part in (self.announcer, self.announcer_role) if part)

    @property
    def when(self) -> When:
        """The day or days told. Raises `BadInput` for what is no date."""
        first, _, last = self.date.partition("/")
        if last:
            latest = PartialDate.parse(last).latest
            return When.by(latest) if first == ".." else When.between(PartialDate.parse(first).earliest, latest)
        return When.on(PartialDate.parse(first)) if first else When.unknown()


_DONE = {
    ClaimAction.LIST: Action.LISTED,
    ClaimAction.DELIST: Action.DELISTED,
    ClaimAction.SUSPEND: Action.SUSPENDED,
    ClaimAction.RENEW: Action.RENEWED,
    ClaimAction.AMEND: Action.AMENDED,
    ClaimAction.ANNUL: Action.ANNULLED,
    ClaimAction.REVIEW: Action.REVIEWED,
}
_TO_COME = frozenset({Modality.PLANNED, Modality.REQUESTED, Modality.ORDERED})


def action_of(action: ClaimAction, modality: Modality) -> Action | None:
    """What a confirmed claim states about a listing; ``None`` where it states no act.

    Only what is told as done moves a state. A decision whose effect is not told, and an announcement of
    what is to come, are recorded as such and move nothing; a listing that is asked for is *proposed*.
    """
    if action not in _DONE:
        return None
    if modality is Modality.DONE:
        return _DONE[action]
    if modality is Modality.DECIDED:
        return Action.DECISION_SIGNED
    if modality is Modality.IN_FORCE:
        return Action.ON_LIST if action is ClaimAction.LIST else None
    if modality in _TO_COME:
        return Action.PROPOSED if action is ClaimAction.LIST else Action.ANNOUNCED
    return None


CLAIMED_BY: dict[Action, tuple[ClaimAction, Modality]] = {
    Action.LISTED: (ClaimAction.LIST, Modality.DONE),
    Action.ON_LIST: (ClaimAction.LIST, Modality.IN_FORCE),
    Action.PROPOSED: (ClaimAction.LIST, Modality.PLANNED),
    Action.AMENDED: (ClaimAction.AMEND, Modality.DONE),
    Action.REVIEWED: (ClaimAction.REVIEW, Modality.DONE),
    Action.RENEWED: (ClaimAction.RENEW, Modality.DONE),
    Action.RETAINED: (ClaimAction.RENEW, Modality.DONE),
    Action.SUSPENDED: (ClaimAction.SUSPEND, Modality.DONE),
    Action.DELISTED: (ClaimAction.DELIST, Modality.DONE),
    Action.EXPIRED: (ClaimAction.DELIST, Modality.DONE),
    Action.ANNULLED: (ClaimAction.ANNUL, Modality.DONE),
}
"""the claim that a statement of the ledger amounts to, for those actions that are acts of their own"""
