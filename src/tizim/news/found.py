"""A claim in the making, and the claim that it becomes."""

from collections.abc import Iterable

import msgspec

from tizim.news.arguments import Owner
from tizim.news.attribution import Speaker
from tizim.news.claims import Claim
from tizim.news.dates import Told
from tizim.news.scene import Mention

COMMENTED = frozenset({"delist", "list", "suspend", "renew"})
"""actions that others welcome or criticise, and that a lead may tell without its source"""


class Found(msgspec.Struct, kw_only=True):
    """What one sentence tells, by places of words; later sentences may add to it."""

    sentence: int
    mention: Mention
    owner: Owner
    """without a state where only later sentences tell whose list it is"""
    action: str
    modality: str
    date: Told | None
    speaker: Speaker | None
    decider: str | None
    span: tuple[int, int]
    rule: str
    confidence: float
    chain: list[str]
    reason: tuple[int, int] | None
    instrument: tuple[int, int] | None


def distinct(claims: Iterable[Claim]) -> list[Claim]:
    """One claim of each kind from each speaker; what is told again adds only what the first did not say."""
    kept: dict[tuple[str | None, ...], list[Claim]] = {}
    for claim in claims:
        name = claim.subject_name if claim.subject is None else ""
        rows = kept.setdefault((claim.subject, name, claim.list, claim.action, claim.modality), [])
        place = next((number for number, known in enumerate(rows) if _are_one(known, claim)), None)
        if place is None:
            rows.append(claim)
        else:
            rows[place] = _merged(rows[place], claim)
    return sorted((one for rows in kept.values() for one in rows), key=lambda claim: (claim.start, claim.end))


def _are_one(one: Claim, other: Claim) -> bool:
    """Whether two claims of one kind can be one: no different speakers by name, no different dates."""
    if one.announcer and other.announcer and one.announcer != other.announcer:
        return False
    if one.action in {"welcome", "criticise"}:
        mine, theirs = one.announcer_role or "", other.announcer_role or ""
        if mine not in theirs and theirs not in mine:
            return False
    return not (one.date and other.date and not (one.date.startswith(other.date) or other.date.startswith(one.date)))


def _merged(one: Claim, other: Claim) -> Claim:
    merged = one
    if one.date_text is None and other.date_text is not None:
        merged = msgspec.structs.replace(merged, date=other.date, date_text=other.date_text, date_kind=other.date_kind)
    if one.announcer is None and other.announcer is not None:
        merged = msgspec.structs.replace(merged, announcer=other.announcer, announcer_role=other.announcer_role)
    elif one.announcer_role is None and other.announcer_role is not None:
        merged = msgspec.structs.replace(merged, announcer_role=other.announcer_role)
    chain = tuple(dict.fromkeys((*one.chain, *other.chain)))
    return merged if chain == one.chain else msgspec.structs.replace(merged, chain=chain)
