"""From a decision to claims: the act itself, and each announcement of it."""

from collections.abc import Iterator
from typing import Final

import msgspec

from tizim.domain.acts import Action
from tizim.domain.dates import PartialDate
from tizim.domain.decisions import ACTION_OF, Decision
from tizim.domain.documents import Record
from tizim.domain.statements import EntryReading, Property
from tizim.errors import SourceRefused
from tizim.sources.entries import Making, each_once

_WITH_ACT: Final = "decision"
_WITHOUT: Final = "decision, basis not stated"
_BY: Final = "before"
"""the precision of a date that is only the last possible one"""


def map_record(record: Record) -> EntryReading:
    """The claims of a decision. One that waits for a second person proposes, and changes no state."""
    try:
        decision = msgspec.json.decode(dict(record.fields)["decision"], type=Decision)
    except (KeyError, msgspec.DecodeError):
        raise SourceRefused(f"{record.place}: is no decision") from None
    making = Making(decision.key, _subject(decision.subject), record.place)
    pending = decision.is_pending
    action = Action.PROPOSED if pending else ACTION_OF[decision.kind]
    date = decision.decided if pending else decision.effective or decision.decided
    by = "" if date or pending else _known_by(decision)
    making.say(
        Property.ACT, action.value, "kind",
        **_common(decision),
        date=date or by, precision=PartialDate.parse(date).precision.value if date else _BY if by else "",
        date_kind="effective" if date and date == decision.effective and not pending else "decision" if date else "",
        date_until=decision.expires, decided_on=decision.decided, effective_on=decision.effective,
        status="waits for a second person" if pending else "", approved_by=decision.approved_by,
        proposes=decision.kind.value if pending else "",
    )  # fmt: skip
    if decision.new_kind:
        making.say(Property.NAME, decision.name, "name")
        making.say(Property.KIND, decision.new_kind, "new_kind")
    for number, one in enumerate(decision.announced, start=1):
        common = _common(decision)
        # Nobody could have read of an announcement before it was made.
        published = max(common.pop("published"), one.date)
        making.say(
            Property.ACT, Action.ANNOUNCED.value, f"announced {number}",
            **common, published=published,
            date=one.date, precision=PartialDate.parse(one.date).precision.value, date_kind="announcement",
            announced_by=one.by,
        )  # fmt: skip
    return making.made()


def _known_by(decision: Decision) -> str:
    """The day by which a decision of an unknown day was taken: nobody can tell of one, or enter it, before."""
    told = (*(one.date for one in decision.announced), decision.published, decision.recorded.date().isoformat())
    return min((date for date in told if date), key=lambda date: PartialDate.parse(date).latest)


def _common(decision: Decision) -> dict[str, str]:
    """What all statements of a decision have."""
    basis = decision.basis
    return {
        "list": decision.list, "name": decision.name, "legal_act": basis.cited, "act_kind": basis.kind,
        "act_number": basis.number, "act_date": basis.date, "act_article": basis.article,
        "decided_by": decision.body, "note": decision.reason, "author": decision.author, "decision": decision.id,
        "conflict_group": f"decision:{decision.list}:{decision.subject}",
        "source_title": f"Decision {decision.id}" if basis.cited else basis.not_stated_by,
        "source_class": _WITH_ACT if basis.cited else _WITHOUT,
        "published": decision.published or decision.recorded.date().isoformat(), "vk": "V",
    }  # fmt: skip


def _subject(subject: str) -> str:
    """The record that a subject's public id names: the ledger's ids stand without a source."""
    return subject if ":" in subject else f"ledger:{subject}"


def readings(records: list[Record]) -> Iterator[EntryReading]:
    """Every decision, each id once."""
    return each_once(map_record(record) for record in records)
