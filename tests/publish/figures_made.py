"""Makers for figures: you state only what a test is about."""

import datetime as dt
from collections.abc import Sequence

import msgspec

from tizim.answer.history import OnList
from tizim.domain.acts import Action, LegalAct
from tizim.domain.dates import PartialDate
from tizim.domain.designations import Designation
from tizim.domain.documents import Method, Provenance, SourceClass
from tizim.domain.listing import Evidence, Mark, periods, state
from tizim.domain.lists import ListId, OfficialList, SubjectId
from tizim.domain.statements import StatementId
from tizim.publish.figures import Span

SPAN = Span(first=dt.date(2000, 1, 1), last=dt.date(2026, 12, 31))
NOW = dt.date(2026, 11, 22)
_ACTIONS = {
    Mark.BEGUN: Action.LISTED, Mark.PRINTED: Action.LISTED, Mark.SEEN: Action.ON_LIST, Mark.PAUSED: Action.SUSPENDED,
    Mark.ENDED: Action.DELISTED, Mark.ANNULLED: Action.ANNULLED, Mark.PROPOSED: Action.PROPOSED, Mark.MISSING: None,
}  # fmt: skip


def ordinal(text: str) -> int:
    """The number of a day."""
    return dt.date.fromisoformat(text).toordinal()


def a_piece(mark: Mark, text: str, *, statement: str = "s1", action: Action | None = None) -> Evidence:
    """Evidence by a statement; *text* is a date, ``a/b``, ``../b`` or empty."""
    first, _, last = text.partition("/")
    earliest = None if first in {"", ".."} else PartialDate.parse(first).earliest
    latest = PartialDate.parse(last or first).latest if text else None
    return Evidence(
        earliest=earliest, latest=latest, mark=mark, text=text, statement=statement, action=action or _ACTIONS[mark]
    )


def a_statement(statement_id: str = "s1", *, rank: int = 5, date: str = "", published: str = "") -> Designation:
    """A statement of a source of that rank: 1 is an act itself, 5 is press."""
    return Designation(
        id=StatementId(statement_id), subject=SubjectId("org:x"), list=ListId("kz-list"), action=Action.DELISTED,
        name="X", carrier="", date=date, precision="", date_kind="", date_until="", act=LegalAct(text=""),
        authority="", decided_by="", announced_by="", reference="", conflict_group="", note="",
        source_title="A source", source_address="", source_class=SourceClass(name="", rank=rank), verified=True,
        claim="", published=dt.date.fromisoformat(published) if published else None,
        provenance=Provenance(
            source="ledger", sha256="0" * 64, url="", title="A source", date=None, place="1", method=Method.READ,
            held=False, retrieved_at=None,
        ),
        recorded_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip


def on_a_list(
    evidence: Sequence[Evidence], *, now: dt.date = NOW, statements: Sequence[Designation] = (), name: str = "A list"
) -> OnList:
    """A subject on a list, with the state and the periods that *evidence* gives."""
    return OnList(
        list=ListId("kz-list"), official=OfficialList(id=ListId("kz-list"), jurisdiction="KZ", name=name),
        references=(), name="X", state=state(evidence, now), periods=tuple(periods(evidence, now)),
        copies_with=sum(e.mark is Mark.SEEN and not e.statement for e in evidence),
        copies_without=sum(e.mark is Mark.MISSING for e in evidence), last_observed=None, stale=False,
        statements=tuple(statements), copies=(), evidence=tuple(evidence),
    )  # fmt: skip


def overdue(one: OnList, due: str) -> OnList:
    """The same with a review that was due on a day, and late."""
    assert one.state is not None
    late = msgspec.structs.replace(one.state, overdue=True, review_due=dt.date.fromisoformat(due))
    return msgspec.structs.replace(one, state=late)
