"""One judgement by hand, and what it changes: which record each of two is, and what still ties them."""

import datetime as dt

from tizim.answer.subjects import LEDGER, Clusters, find
from tizim.domain.dates import AsOf
from tizim.errors import BadInput
from tizim.register.view import View
from tizim.sources.judgements import Judged, Judgements


def record_of(view: View, text: str, as_of: AsOf) -> str:
    """The record that *text* names: by its id as it stands, else that by which the subject so called is judged.

    Raises `NotFound`, or `BadInput` for a name of several subjects.
    """
    wanted = text.strip()
    for key in view.subjects_among([wanted, LEDGER + wanted]):
        if key in {wanted, LEDGER + wanted}:
            return key
    numbered = [key for key in view.subject_with_key(wanted.rstrip(".")) if not key.startswith(LEDGER)]
    if len(numbered) == 1:  # a number that a list prints is that record's, whoever else it was tied to
        return numbered[0]
    found = find(view, text, as_of)
    ordered = sorted(found.keys)
    return next((key for key in ordered if key.startswith(LEDGER)), ordered[0])


def by_hand(pair: tuple[str, str], verdict: str, author: str, grounds: str, now: dt.datetime) -> Judgements:
    """What *author* says of two records. Raises `BadInput` if they are one, or if author or grounds are missing."""
    left, right = sorted(pair)
    if left == right:
        raise BadInput(f"{left} is one record: name two")
    if not author.strip():
        raise BadInput("say who judges: --author NAME")
    if not grounds.strip():
        raise BadInput("say why: --grounds TEXT; whoever reads the judgement later will ask")
    judged = Judged(left=left, right=right, verdict=verdict, grounds=grounds.strip())
    return Judgements(author=author.strip(), at=now, judgements=(judged,))


def still_tied(view: View, left: str, right: str, as_of: AsOf) -> tuple[str, ...]:
    """What makes one subject of two records all the same: judgements and printed numbers between them, in words."""
    keys, ties = Clusters(view, as_of).of(left)
    if right not in keys:
        return ()
    came: dict[str, tuple[str, str]] = {left: ("", "")}
    todo = [left]
    for here in todo:  # the shortest way from one to the other: those that come first are nearest
        for tie in ties:
            for one, other in ((tie.subject, tie.same_as), (tie.same_as, tie.subject)):
                if one == here and other not in came:
                    came[other] = (here, f"{tie.subject} is {tie.same_as}, says {tie.author}")
                    todo.append(other)
    way, at = [], right
    while at != left:
        at, said = came[at]
        way.append(said)
    return tuple(reversed(way))
