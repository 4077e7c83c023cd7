"""The state of a subject on a list, in sentences."""

import datetime as dt
from collections.abc import Sequence

import msgspec
from markupsafe import Markup

from tizim.answer.history import OnList
from tizim.domain.acts import Action
from tizim.domain.dates import PartialDate
from tizim.domain.designations import Designation
from tizim.domain.listing import Evidence, ListingState, Mark, Status
from tizim.publish.words import Words

NOT_NAMED = "not named"
"""what sources' deciders begin with where a source names none"""


def state_said(words: Words, name: Markup, where: Markup, one: OnList, now: ListingState) -> list[Markup]:
    """What is known of *name* on the list *where*: the state first, then by whose act, then what qualifies it."""
    said = [_main(words, name, where, one, now)]
    said += _by_whom(words, one, now)
    if now.carrier:
        said.append(
            words.say(
                "It has no entry of its own there: it stands as an alias inside the entry of {carrier}.",
                carrier=words.name(now.carrier),
            )
        )
    if now.overdue and now.review_due is not None:
        said.append(words.say("A review was due by {day}; none is on record here.", day=words.time(now.review_due)))
    if now.status is Status.NOT_OBSERVED and now.last_observed and not _is_said(now):
        said.append(words.say("It was last seen there {when}.", when=words.on(now.last_observed)))
    return said


def _is_said(now: ListingState) -> bool:
    text = now.since.rpartition("/")[2]
    return str(now.last_observed) in now.since or (bool(text) and PartialDate.parse(text).latest == now.last_observed)


def _main(words: Words, name: Markup, where: Markup, one: OnList, now: ListingState) -> Markup:
    say = words.say
    ended = now.ended or now.since
    match now.status:
        case Status.LISTED:
            return say("{list} holds {name}, {since}.", list=where, name=name, since=words.since(now.since))
        case Status.AMENDED:
            return say("{list} holds {name}, as amended, {since}.", list=where, name=name, since=words.since(now.since))
        case Status.RENEWED:
            return say("{list} holds {name}, as renewed, {since}.", list=where, name=name, since=words.since(now.since))
        case Status.NOT_OBSERVED:
            return say(
                "{list} listed {name} {when}; no newer document shows it or takes it off.",
                list=where, name=name, when=words.on(now.since),
            )  # fmt: skip
        case Status.SUSPENDED:
            return say(
                "The listing of {name} on {list} is suspended {since}; it stands.",
                list=where, name=name, since=words.since(now.since),
            )  # fmt: skip
        case Status.ANNULLED:
            return say(
                "A court annulled the listing of {name} on {list} {when}. Annulment is not removal: nothing held here"
                " takes it off.",
                list=where, name=name, when=words.on(now.since),
            )  # fmt: skip
        case Status.DELISTED if "/" in ended:
            return say(
                "{list} held {name}; it was taken off {when}, on a day not known.",
                list=where, name=name, when=words.on(ended),
            )  # fmt: skip
        case Status.DELISTED:
            return say("{list} held {name}; it was taken off {when}.", list=where, name=name, when=words.on(ended))
        case Status.EXPIRED:
            return say(
                "The term of {name} on {list} ended {when}; no renewal is on record here.",
                list=where, name=name, when=words.on(ended),
            )  # fmt: skip
        case Status.SUPERSEDED:
            return say(
                "{list} held {name}; another entry took its place {when}.",
                list=where, name=name, when=words.on(ended),
            )  # fmt: skip
        case Status.ABSENT if now.ended:
            seen, _, missing = now.ended.partition("/")
            return say(
                "{name} is missing from the copy of {list} of {missing}; it was last seen in that of {seen}. No act"
                " has been seen that takes it off.",
                list=where, name=name, missing=words.time(missing), seen=words.time(seen),
            )  # fmt: skip
        case Status.ABSENT:
            return say("No entry for {name} was seen on {list} up to that day.", list=where, name=name)
        case Status.PROPOSED:
            return say(
                "{name} was proposed for {list} {when}; no decision is on record here.",
                list=where, name=name, when=words.on(now.since),
            )  # fmt: skip
        case _:
            return _unknown(words, name, where, one, now)


def _unknown(words: Words, name: Markup, where: Markup, one: OnList, now: ListingState) -> Markup:
    if now.ended:
        return words.say(
            "{list} listed {name}, and that ended {when}, on a day not known: the state on the day asked for is"
            " unknown.",
            list=where, name=name, when=words.on(now.ended),
        )  # fmt: skip
    pause = _later_pause(one, now)
    if pause is not None and now.last_observed is not None:
        span = words.on(f"{now.last_observed}/{pause.latest}")
        if pause.mark is Mark.PAUSED:
            return words.say(
                "{list} listed {name}, and the listing was suspended {when}, on a day not known: whether that was so on"
                " the day asked for is unknown.",
                list=where, name=name, when=span,
            )  # fmt: skip
        return words.say(
            "{list} listed {name}, and a court annulled the listing {when}, on a day not known: whether that was so on"
            " the day asked for is unknown.",
            list=where, name=name, when=span,
        )  # fmt: skip
    if "/" in now.since and not now.since.startswith(".."):
        missing, _, seen = now.since.partition("/")
        return words.say(
            "{name} came onto {list} after the copy of {missing}, which has it not, and by that of {seen}, which has"
            " it: the state on the day asked for is unknown.",
            list=where, name=name, missing=words.time(missing), seen=words.time(seen),
        )  # fmt: skip
    first = min((e.text.removeprefix("../") for e in one.evidence if e.text), default="")
    return words.say(
        "{name} was seen on {list} only later, {when}; when that began is not known here.",
        list=where, name=name, when=words.on(first),
    )  # fmt: skip


def _later_pause(one: OnList, now: ListingState) -> Evidence | None:
    """The suspension or annulment after the last evidence of a listing, of which only a bound is known."""
    last = now.last_observed
    if last is None or now.since.rpartition("/")[2] > last.isoformat():
        return None
    later = (e for e in one.evidence if e.latest is not None and e.latest > last and e.mark is not Mark.PROPOSED)
    nearest = min(later, key=lambda e: (e.latest or dt.date.max, e.mark), default=None)
    return nearest if nearest is not None and nearest.mark in {Mark.PAUSED, Mark.ANNULLED} else None


# -- by whose act ------------------------------------------------------------------------------------

_BEGINNING = (Action.LISTED, Action.AMENDED, Action.RENEWED, Action.ON_LIST)
_TELLS = {
    Status.LISTED: _BEGINNING, Status.AMENDED: _BEGINNING, Status.RENEWED: _BEGINNING, Status.NOT_OBSERVED: _BEGINNING,
    Status.UNKNOWN: _BEGINNING, Status.SUSPENDED: (Action.SUSPENDED,), Status.ANNULLED: (Action.ANNULLED,),
    Status.DELISTED: (Action.DELISTED,), Status.PROPOSED: (Action.PROPOSED,),
}  # fmt: skip
_DATED = frozenset({Status.SUSPENDED, Status.ANNULLED})


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Who decided and by what act, as far as statements name them."""

    deciders: tuple[str, ...]
    act: str


def by_whom(statements: Sequence[Designation], actions: Sequence[Action], day: str = "") -> Told:
    """Who decided; *day* sets apart the acts of other days."""
    told = sorted(
        (s for s in statements if s.verified and s.action in actions and (not day or s.date == day)),
        key=lambda s: (actions.index(s.action), s.source_class.rank, not s.act.text, not s.decided_by, s.date),
    )
    deciders = {
        s.decided_by.partition("(")[0].strip().casefold(): s.decided_by
        for s in reversed(told)
        if s.decided_by and not s.decided_by.lower().startswith(NOT_NAMED)
    }
    return Told(deciders=tuple(deciders.values()), act=next((s.act.text for s in told if s.act.text), ""))


def _by_whom(words: Words, one: OnList, now: ListingState) -> list[Markup]:
    told = by_whom(one.statements, _TELLS.get(now.status, ()), now.since if now.status in _DATED else "")
    return decided_said(words, told, ends=now.status is Status.DELISTED)


def decided_said(words: Words, told: Told, *, ends: bool) -> list[Markup]:
    """Who decided, and by what act; *ends*: it takes a subject off, so that a missing act is told of."""
    if len(told.deciders) > 1:
        return [words.say("Who decided is not settled: sources name different deciders.")]
    if told.deciders and told.act:
        return [
            words.say(
                "Decided by {who}, by this act: {act}.", who=words.data(told.deciders[0]), act=words.data(told.act)
            )
        ]
    if told.deciders:
        who = words.data(told.deciders[0])
        return [words.say("Decided by {who}, as reported; no act has been seen.", who=who)]
    if told.act:
        return [words.say("The act cited is {act}.", act=words.data(told.act))]
    if ends:
        return [words.say("No act that takes it off has been seen.")]
    return []
