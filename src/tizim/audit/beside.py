"""A national list beside a reference list: what each entry's counterpart is, and on whose word.

Three kinds of counterpart are kept apart: an entry of the same subject, entries of its members only,
and none. A pair rests on a judgement or on a publisher's printed number; the row says which.
"""

import enum

import msgspec

from tizim.answer.members import Member, Members, members
from tizim.answer.official import official_list, parts_of
from tizim.domain.dates import AsOf
from tizim.domain.lists import ListId
from tizim.register.view import View


class Counterpart(enum.StrEnum):
    """What stands on the reference list for an entry of the national one."""

    SAME = "same"
    MEMBERS_ONLY = "members only"
    NONE = "none"


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the national list and what stands beside it."""

    national: Member
    counterpart: Counterpart
    reference: Member | None
    associated: int
    """entries under a regime that names the subject, where there is no entry of its own"""
    associated_on: str
    by_judgement_of: tuple[str, ...]


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """Two lists beside each other, and the ages of both."""

    as_of: AsOf
    national: Members
    reference: Members
    pairs: tuple[Pair, ...]


def beside(view: View, national: ListId, reference: ListId, as_of: AsOf) -> Beside:
    """The entries of *national*, each with its counterpart on *reference*, as of the same two times."""
    own = members(view, national, as_of)
    other = members(view, reference, as_of)
    by_subject = {one.subject: one for one in other.members}
    regimes = {subject: part for part in parts_of(view, reference) for subject in official_list(view, part).about}
    pairs = []
    for one in own.members:
        match = by_subject.get(one.subject)
        regime = regimes.get(one.subject) if match is None else None  # type: ignore[call-overload]  # an id is a str
        linked = sum(member.list == regime for member in other.members) if regime else 0
        kind = Counterpart.SAME if match else Counterpart.MEMBERS_ONLY if linked else Counterpart.NONE
        pairs.append(
            Pair(
                national=one, counterpart=kind, reference=match, associated=linked, associated_on=regime or "",
                by_judgement_of=match.by_judgement_of if match else (),
            )
        )  # fmt: skip
    return Beside(as_of=as_of, national=own, reference=other, pairs=tuple(pairs))
