"""Entering decisions: what is asked for, checked against the state that it changes."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence

import msgspec

from tizim.answer.ask import ask
from tizim.answer.official import official_list
from tizim.answer.subjects import Subject, find
from tizim.domain.dates import AsOf
from tizim.domain.decisions import Announcement, Basis, Decision, DecisionKind, is_one_person
from tizim.domain.listing import IN_FORCE, NOT_ENDED, ListingState, Status
from tizim.domain.lists import ListId
from tizim.domain.names import Kind
from tizim.errors import BadInput, NotFound
from tizim.register.protocol import Seen
from tizim.register.view import View
from tizim.text import fold


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks to be entered."""

    kind: DecisionKind
    subject: str
    """an id, a reference number or a name"""
    list: str
    basis: Basis
    body: str
    effective: str
    author: str
    reason: str
    decided: str = ""
    expires: str = ""
    announced: tuple[Announcement, ...] = ()
    published: str = ""
    needs_second: bool = False
    corrects: str = ""
    new_kind: str = ""
    """what the subject is, if this register does not know it yet"""
    name: str = ""
    """the name under which the list has it, where it differs from the subject's"""
    anyway: bool = False
    """whether it is entered although it does not fit the state"""


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """A decision ready to be kept, what its author had seen, and the state before it."""

    decision: Decision
    seen: Seen
    state_before: ListingState | None


# What a listing must be for a decision to make sense.
_FITS: Mapping[DecisionKind, tuple[frozenset[Status | None], str]] = {
    DecisionKind.AMEND: (frozenset(NOT_ENDED), "is not on the list"),
    DecisionKind.RENEW: (frozenset({*NOT_ENDED, Status.EXPIRED}), "is not on the list and has not expired"),
    DecisionKind.RETAIN: (frozenset(NOT_ENDED), "is not on the list"),
    DecisionKind.SUSPEND: (frozenset(NOT_ENDED - {Status.SUSPENDED}), "is not on the list, or suspended already"),
    DecisionKind.RESUME: (frozenset({Status.SUSPENDED, Status.ANNULLED}), "is neither suspended nor annulled"),
    DecisionKind.DELIST: (frozenset(NOT_ENDED), "is not on the list"),
    DecisionKind.ANNUL: (frozenset(NOT_ENDED - {Status.ANNULLED}), "is not on the list, or annulled already"),
}


def draft(view: View, asked: Draft, as_of: AsOf, sequence: int, corrected: Decision | None = None) -> Entered:
    """The decision that *asked* amounts to, as of the day on which it takes effect.

    *sequence* is the row up to which its author had seen the register, *corrected* the decision in whose place
    it is to stand: of the same subject on the same list, and with a second person where that had one.
    Raises `NotFound` for an unknown list or subject, and `BadInput` for one without a basis, or that does not fit
    the state on that day.
    """
    official_list(view, asked.list)
    subject = _known(view, asked, as_of)
    if asked.new_kind and asked.new_kind not in {kind.value for kind in Kind}:
        raise BadInput(f"--new wants one of {', '.join(kind.value for kind in Kind)}, not '{asked.new_kind}'")
    before, name = _before(view, asked, subject, as_of)
    new_id = f"{asked.list}:{fold(asked.subject)}"
    subject_id, keys = (new_id, (new_id,)) if subject is None else (subject.id, subject.keys)
    if corrected is not None:
        _refuse_another(corrected, subject_id, asked)
    decision = Decision(
        id="", kind=asked.kind, list=asked.list, subject=subject_id,
        name=asked.name or name, basis=asked.basis, body=asked.body, effective=asked.effective, author=asked.author,
        reason=asked.reason, recorded=as_of.known_at, decided=asked.decided, expires=asked.expires,
        announced=asked.announced, published=asked.published, needs_second=asked.needs_second,
        corrects=corrected.key if corrected is not None else "", new_kind=asked.new_kind if subject is None else "",
    ).checked()  # fmt: skip
    decision = msgspec.structs.replace(decision, id=_id(decision))
    return Entered(decision=decision, seen=Seen(sequence=sequence, list=asked.list, subjects=keys), state_before=before)


def _refuse_another(corrected: Decision, subject: str, asked: Draft) -> None:
    """Raise `BadInput` for a correction that would take away a decision about something else, or get around the
    second person that it needed.
    """
    if (corrected.list, corrected.subject) != (asked.list, subject):
        raise BadInput(
            f"{corrected.id} is about {corrected.subject} on {corrected.list}: a correction is about the same subject"
            " and list; to undo it, enter the decision that undoes it"
        )
    if corrected.needs_second and not asked.needs_second:
        raise BadInput(f"{corrected.id} needed a second person, and so does what corrects it: add --second")


def _known(view: View, asked: Draft, as_of: AsOf) -> Subject | None:
    """The subject, or nothing for one that is new and said to be. Raises `NotFound` or `BadInput` otherwise."""
    try:
        subject = find(view, asked.subject, as_of)
    except NotFound:
        if asked.kind is not DecisionKind.LIST or not asked.new_kind:
            raise
        return None
    if asked.new_kind:
        raise BadInput(f"{asked.subject} is known as {subject.id}: leave --new out")
    return subject


def _before(view: View, asked: Draft, subject: Subject | None, as_of: AsOf) -> tuple[ListingState | None, str]:
    """The state that the decision changes, and the subject's name on the list. Raises `BadInput` if it does not fit."""
    if subject is None:
        return None, asked.subject
    found = ask(view, subject.id, ListId(asked.list), as_of)
    state = found.own_state
    name = (found.own.name if found.own else "") or subject.main_name
    if asked.anyway or asked.corrects:
        return state, name
    status = state.status if state is not None else None
    if asked.kind is DecisionKind.LIST:
        if status in IN_FORCE:
            raise BadInput(f"{name} is on {asked.list} already (since {state.since if state else ''}): amend or renew")
    elif status not in _FITS[asked.kind][0]:
        now = status.value.replace("_", " ") if status is not None else "never seen there"
        raise BadInput(
            f"{name} {_FITS[asked.kind][1]}: as of {as_of.valid_at} it is {now} on {asked.list};"
            " if the decision stands all the same, enter it with --anyway"
        )
    return state, name


def _id(decision: Decision) -> str:
    """An id by what is decided and when it was entered, so that entering it twice at once gives one decision."""
    digest = hashlib.sha256(msgspec.json.encode(decision)).hexdigest()
    return f"D-{decision.recorded:%Y%m%d}-{digest[:8]}"


def latest(decisions: Sequence[Decision]) -> dict[str, Decision]:
    """The last word on each decision, by its key: a correction or an approval stands in the place of the first."""
    found: dict[str, Decision] = {}
    for one in sorted(decisions, key=lambda one: (one.recorded, one.id)):
        found[one.key] = one
    return found


def found(decisions: Sequence[Decision], wanted: str) -> Decision:
    """The last word on the decision *wanted*. Raises `NotFound` if there is none."""
    last = latest(decisions)
    one = last.get(wanted) or next((one for one in last.values() if one.id == wanted), None)
    if one is None:
        raise NotFound(f"there is no decision {wanted}; 'tizim decisions' names them")
    return one


def after(one: Decision, now: dt.datetime) -> dt.datetime:
    """The moment of a document that takes the place of *one*: later by a second at least, for documents of one
    second have no order.
    """
    return max(now, one.recorded + dt.timedelta(seconds=1))


def approval(
    view: View, decisions: Sequence[Decision], wanted: str, author: str, as_of: AsOf, sequence: int
) -> Entered:
    """The decision *wanted* with its second person. Raises `NotFound`, or `BadInput` if it does not wait for one."""
    one = found(decisions, wanted)
    if not one.is_pending:
        raise BadInput(f"decision {wanted} does not wait for a second person")
    if not author.strip():
        raise BadInput("a second person has a name")
    if is_one_person(author, one.author):
        raise BadInput(f"{one.author} entered decision {wanted}: another person must approve it")
    done = msgspec.structs.replace(
        one, approved_by=author, recorded=after(one, as_of.known_at), corrects=one.key, id=one.id
    ).checked()
    keys = find(view, done.subject, as_of).keys
    return Entered(decision=done, seen=Seen(sequence=sequence, list=done.list, subjects=keys), state_before=None)
