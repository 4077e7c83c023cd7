"""Acts and what they do to a listing."""

import enum

import msgspec


class Action(enum.StrEnum):
    """What a statement says was done, or seen, about a subject on a list."""

    LISTED = "listed"
    ON_LIST = "on_list"
    AMENDED = "amended"
    REVIEWED = "reviewed"
    RENEWED = "renewed"
    RETAINED = "retained"
    PROPOSED = "proposed"
    DECISION_SIGNED = "decision_signed"
    ANNOUNCED = "announced"
    CONFIRMED = "confirmed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXPIRED = "expired"
    DELISTED = "delisted"
    ANNULLED = "annulled"
    SUPERSEDED = "superseded"
    APPEALED = "appealed"
    APPEAL_ALLOWED = "appeal_allowed"
    LAW_CHANGED = "law_changed"
    EFFECTIVE = "effective"


class Effect(enum.StrEnum):
    """What an action does to the state of a listing."""

    BEGIN = "begin"
    AFFIRM = "affirm"
    PROPOSE = "propose"
    PAUSE = "pause"
    ANNUL = "annul"
    END = "end"
    NOTHING = "nothing"


EFFECT_OF = {
    Action.LISTED: Effect.BEGIN,
    Action.RESUMED: Effect.BEGIN,
    Action.ON_LIST: Effect.AFFIRM,
    Action.AMENDED: Effect.AFFIRM,
    Action.REVIEWED: Effect.AFFIRM,
    Action.RENEWED: Effect.AFFIRM,
    Action.RETAINED: Effect.AFFIRM,
    Action.PROPOSED: Effect.PROPOSE,
    Action.SUSPENDED: Effect.PAUSE,
    Action.ANNULLED: Effect.ANNUL,
    Action.EXPIRED: Effect.END,
    Action.DELISTED: Effect.END,
    Action.SUPERSEDED: Effect.END,
    # These say something about an act whose own row carries the effect, and never move a state themselves.
    Action.DECISION_SIGNED: Effect.NOTHING,
    Action.ANNOUNCED: Effect.NOTHING,
    Action.CONFIRMED: Effect.NOTHING,
    Action.APPEALED: Effect.NOTHING,
    Action.APPEAL_ALLOWED: Effect.NOTHING,
    Action.LAW_CHANGED: Effect.NOTHING,
    Action.EFFECTIVE: Effect.NOTHING,
}


class LegalAct(msgspec.Struct, frozen=True, kw_only=True):
    """The act a decision relies on. ``text`` is how the source cites it; the parts are filled where stated."""

    text: str
    kind: str = ""
    number: str = ""
    issuer: str = ""
    date: str = ""
    article: str = ""


class DateRole(enum.StrEnum):
    """The eight dates of a designation, each with its own precision and source."""

    DECIDED = "decided"
    EFFECTIVE = "effective"
    ANNOUNCED = "announced"
    PUBLISHED = "published"
    LISTED_ON = "listed_on"
    OBSERVED = "observed"
    LEARNT = "learnt"
    EXPIRES = "expires"


# Which of the eight dates a stated kind of date is.
ROLE_OF = {
    "decision": DateRole.DECIDED,
    "court_decision": DateRole.DECIDED,
    "application": DateRole.DECIDED,
    "notification_to_congress": DateRole.DECIDED,
    "draft_laid": DateRole.DECIDED,
    "effective": DateRole.EFFECTIVE,
    "expected_effective": DateRole.EFFECTIVE,
    "amendment": DateRole.EFFECTIVE,
    "registration": DateRole.EFFECTIVE,
    "announcement": DateRole.ANNOUNCED,
    "statement": DateRole.ANNOUNCED,
    "political_agreement": DateRole.ANNOUNCED,
    "report": DateRole.ANNOUNCED,
    "publication": DateRole.PUBLISHED,
    "notification": DateRole.PUBLISHED,
    "listed_on": DateRole.LISTED_ON,
    "date_of_un_designation": DateRole.LISTED_ON,
    "as_of": DateRole.OBSERVED,
    "between_snapshots": DateRole.OBSERVED,
    "review": DateRole.DECIDED,
    "review_concluded": DateRole.DECIDED,
    "expiry": DateRole.EXPIRES,
}

PRINTED_KINDS = frozenset({"listed_on", "date_of_un_designation"})
"""dates that a list prints about its own past: they prove a beginning, not unbroken membership"""
WORD_KINDS = frozenset({"report", "statement"})
"""the day of the word: what is told had happened by then, on a day not given"""
ANNOUNCED_KINDS = frozenset({"announcement", "political_agreement"})
"""the day of an announcement: near the day of the act if the decider is named, else only a bound"""
