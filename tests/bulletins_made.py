"""Makers of bulletins: you state only what a test is about. Everybody and everything in them is invented."""

import datetime as dt

from tizim.domain.acts import Action
from tizim.domain.bulletin_facts import (
    ActFacts,
    ActKind,
    Attested,
    Copy,
    CopyFacts,
    Named,
    OnList,
    Telling,
    Turnover,
)
from tizim.domain.bulletins import Approving, Correcting, Drafting, Own, Publishing, Withdrawing

MORNING = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
OWN = Own(title="A title of one's own", text="A first paragraph.\n\nA second one.")
ID = "2026-02-03-xx-list-zenda-front"


def at(minute: int) -> dt.datetime:
    """So many minutes into the morning."""
    return MORNING + dt.timedelta(minutes=minute)


def a_telling(**given) -> Telling:
    """A newspaper tells of a delisting on a day."""
    date = given.pop("date", "2026-02-03")
    base = {
        "statement": "00000000000000aa-000000000000", "document": "0" * 64, "action": Action.DELISTED, "date": date,
        "when": given.pop("when", date), "act": "", "decided_by": "", "announced_by": "", "source": "Ruritania Herald",
        "address": "", "rank": 5, "published": "2026-02-04",
    }  # fmt: skip
    return Telling(**(base | given))


def a_subject(name="Zenda Front", subject="zenda-front", **attested) -> Named:
    """An organisation, with names by the languages in which they are used."""
    names = tuple(Attested(language=code, text=text) for code, text in attested.items())
    return Named(subject=subject, records=(f"ledger:{subject}",), name=name, attested=names)


def an_act(
    *told, act=ActKind.DELISTED, when="2026-02-03", is_bounded=False, subject=None, also=(), decision="", event="end g1"
):
    """A delisting that nobody showed an act of."""
    return ActFacts(
        on=OnList(id="xx-list", jurisdiction="", name="List of Ruritania"), subject=subject or a_subject(), act=act,
        event=event, day="2026-02-03", when=when, is_bounded=is_bounded,
        told=told or (a_telling(),), also=tuple(also), decision=decision,
    )  # fmt: skip


def two_copies(came=(), missing=(), *, came_count=None, missing_count=None):
    """Two copies of a list, by the names that differ."""

    def turnover(names, count):
        named = tuple(a_subject(name, f"s{number}") for number, name in enumerate(names))
        return Turnover(count=len(names) if count is None else count, named=named)

    return CopyFacts(
        on=OnList(id="xx-list", jurisdiction="", name="List of Ruritania"),
        before=Copy(day="2026-01-01", document="1" * 64), after=Copy(day="2026-02-01", document="2" * 64),
        came=turnover(came, came_count), missing=turnover(missing, missing_count),
    )  # fmt: skip


def drafting(number=1, by="Ann", minute=None, *, facts=None, own=None, needs_second=True, language="en", bulletin=ID):
    """A draft."""
    return Drafting(
        bulletin=bulletin, number=number, by=by, at=at(number if minute is None else minute), language=language,
        facts=facts or an_act(), own=own, needs_second=needs_second,
    )  # fmt: skip


def approving(number=2, by="Ben", minute=None, bulletin=ID):
    """An approval by another."""
    return Approving(bulletin=bulletin, number=number, by=by, at=at(number if minute is None else minute))


def publishing(number=3, by="Ann", minute=None, bulletin=ID):
    """A publication."""
    return Publishing(bulletin=bulletin, number=number, by=by, at=at(number if minute is None else minute))


def correcting(number=4, by="Ann", minute=None, *, facts=None, own=OWN, reason="A slip", needs_second=True):
    """A correction that gives it words of an editor's own."""
    return Correcting(
        bulletin=ID, number=number, by=by, at=at(number if minute is None else minute), reason=reason,
        facts=facts or an_act(), own=own, needs_second=needs_second,
    )  # fmt: skip


def withdrawing(number=4, by="Ann", minute=None, reason="It was of another"):
    """A withdrawal."""
    return Withdrawing(bulletin=ID, number=number, by=by, at=at(number if minute is None else minute), reason=reason)


def a_life():
    """Drafted, approved, published; corrected, approved, published."""
    return [drafting(1), approving(2), publishing(3), correcting(4), approving(5), publishing(6)]
