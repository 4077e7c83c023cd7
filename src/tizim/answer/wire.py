"""Answers as plain JSON values. Keys are relied on from outside: add, never rename."""

import datetime as dt
from collections import defaultdict
from typing import Any

import msgspec

from tizim.answer.ask import Answer, Collision, Elsewhere
from tizim.answer.behind import Behind
from tizim.answer.changes import Changed, Difference
from tizim.answer.conflicts import Conflict
from tizim.answer.history import History, OnList
from tizim.answer.members import Member, Members
from tizim.answer.overview import Overview
from tizim.domain.dates import AsOf
from tizim.domain.designations import Designation
from tizim.domain.documents import Provenance
from tizim.domain.listing import ListingState
from tizim.domain.measures import Measure
from tizim.domain.names import Entity
from tizim.domain.statements import Statement

Json = dict[str, Any]


def as_of(at: AsOf) -> Json:
    """The two times and the basis of knowing."""
    return {"valid_at": at.valid_at.isoformat(), "known_at": instant(at.known_at), "basis": at.basis.value}


def members(found: Members) -> Json:
    """The answer of ``show``."""
    return {
        "list": found.list,
        "as_of": as_of(found.as_of),
        "last_observed": _day(found.last_observed),
        "stale": found.stale,
        "copy_before": _day(found.copy_before),
        "copy_after": _day(found.copy_after),
        "members": [member(one) for one in found.members],
    }


def member(one: Member) -> Json:
    """One member of a list."""
    return {
        "subject": one.subject,
        "reference": one.reference,
        "name": one.name,
        "status": one.status.value,
        "since": one.since or None,
        "list": one.list,
        "kind": one.kind or None,
        "listed_on": one.listed_on or None,
        "last_observed": _day(one.last_observed),
        "overdue": one.overdue,
        "review_due": _day(one.review_due),
        "carrier": one.carrier or None,
        "by_judgement_of": list(one.by_judgement_of),
    }


def difference(found: Difference) -> Json:
    """The answer of ``diff``."""
    return {
        "list": found.list,
        "from": found.from_day.isoformat(),
        "to": found.to_day.isoformat(),
        "as_of": as_of(found.as_of),
        "from_document": _day(found.from_document),
        "to_document": _day(found.to_document),
        "last_observed": _day(found.to_document),
        "stale": found.stale,
        "amendments_compared": found.amendments_compared,
        "added": [_changed(one) for one in found.added],
        "gone": [_changed(one) for one in found.gone],
        "amended": [_changed(one) for one in found.amended],
    }


def _changed(one: Changed) -> Json:
    made: Json = {"reference": one.reference, "subject": one.subject, "name": one.name, "list": one.list}
    if one.changes:
        made["changes"] = [msgspec.to_builtins(change) for change in one.changes]
    return made


def state(now: ListingState | None) -> Json | None:
    """The state of a listing."""
    if now is None:
        return None
    return {
        "status": now.status.value,
        "since": now.since or None,
        "ended": now.ended or None,
        "end": msgspec.to_builtins(now.end)["type"],
        "last_observed": _day(now.last_observed),
        "overdue": now.overdue,
        "review_due": _day(now.review_due),
        "expires": _day(now.expires),
        "carrier": now.carrier or None,
        "name_as_stated": now.name or None,
        "rests_on": list(now.rests_on),
    }


def on_list(one: OnList) -> Json:
    """A subject on one list."""
    made: Json = {
        "list": one.list,
        "references": list(one.references),
        "reference": one.references[0] if one.references else None,
        "name": one.name,
        "periods": [
            {"since": p.since or None, "ended": p.ended or None, "end_status": p.end_status.value} for p in one.periods
        ],
        "copies_with": one.copies_with,
        "copies_without": one.copies_without,
        "stale": one.stale,
        "dates": dates(one),
    }
    made |= state(one.state) or {"status": None}
    return made


def dates(one: OnList) -> Json:
    """The stated dates by which of the eight they are, each with its precision and statement."""
    found: dict[str, list[Json]] = defaultdict(list)
    for s in one.statements:
        if s.verified and s.date:
            found[s.role.value].append(
                {"date": s.date, "precision": s.precision, "of": s.action.value, "statement": s.id}
            )
        if s.term_ends is not None:
            found["expires"].append(
                {"date": s.term_ends.isoformat(), "precision": "day", "of": s.action.value, "statement": s.id}
            )
    learnt = min((s.recorded_at for s in one.statements), default=None)
    if learnt is not None:
        found["learnt"].append({"date": instant(learnt), "precision": "instant", "of": "", "statement": None})
    return dict(found)


def statement(s: Designation) -> Json:
    """A statement with its source and its place."""
    return {
        "statement": s.id,
        "subject": s.subject,
        "list": s.list,
        "action": s.action.value,
        "name": s.name,
        "date": s.date or None,
        "precision": s.precision or None,
        "date_kind": s.date_kind or None,
        "date_role": s.role.value,
        "date_until": s.date_until or None,
        "act": s.act.text or None,
        "authority": s.authority or None,
        "decided_by": s.decided_by or None,
        "announced_by": s.announced_by or None,
        "reference": s.reference or None,
        "note": s.note or None,
        "verified": s.verified,
        "source": s.source_title,
        "address": s.source_address,
        "source_class": s.source_class.name,
        "rank": s.source_class.rank,
        "published": _day(s.published),
        "recorded_at": instant(s.recorded_at),
        "document": _provenance(s.provenance),
    }


def history(found: History) -> Json:
    """The answer of ``history``."""
    return {
        "subject": found.subject.id,
        "name": found.subject.main_name,
        "as_of": as_of(found.as_of),
        "last_observed": _day(found.last_observed),
        "stale": found.stale,
        "names": [{"name": row.text, "kind": row.property, "stated_by": row.subject} for row in found.subject.names],
        "records": list(found.subject.keys),
        "judgements": [msgspec.to_builtins(one) for one in found.subject.judgements],
        "lists": [on_list(one) for one in found.lists],
        "statements": [statement(s) for one in found.lists for s in one.statements],
    }


def behind(found: Behind) -> Json:
    """What stands behind the listings of somebody who was found."""
    return {
        "subject": found.subject.id,
        "name": found.subject.main_name,
        "as_of": as_of(found.as_of),
        "listings": [{**on_list(one), "statements": [statement(s) for s in one.statements]} for one in found.lists],
        "records_say": [record(one) for one in found.records],
    }


def entity(found: Entity) -> Json:
    """A subject with its names as documents have them."""
    return {
        "subject": found.id,
        "kind": found.kind.value,
        "main_name": found.main_name,
        "references": list(found.references),
        "records": list(found.keys),
        "names": [
            {
                "name": one.text,
                "kind": one.kind.value,
                "script": one.script,
                "language": one.language,
                "stated_by": one.stated_by,
            }
            for one in found.names
        ],
    }


def record(one: Statement) -> Json:
    """A statement that documents make, with the earliest and the newest of them; ``value`` is null if withheld."""
    return {
        "statement": one.id,
        "subject": one.subject,
        "property": one.property.value,
        "value": one.claim.value if one.claim else None,
        "facets": dict(one.claim.facets) if one.claim else {},
        "withheld": one.claim is None,
        "documents": one.documents,
        "first": _provenance(one.first),
        "last": _provenance(one.last),
    }


def _provenance(one: Provenance) -> Json:
    return {
        "sha256": one.sha256,
        "source": one.source,
        "url": one.url or None,
        "date": _day(one.date),
        "place": one.place,
        "method": one.method.value,
        "held": one.held,
        "retrieved_at": None if one.retrieved_at is None else instant(one.retrieved_at),
    }


def answer(found: Answer) -> Json:
    """The answer of ``ask``."""
    own = None
    if found.own is not None and found.own_state is not None:
        own = on_list(found.own)
    return {
        "subject": found.subject.id,
        "name": found.subject.main_name,
        "kind": found.kind.value,
        "list": found.list.id,
        "list_name": found.list.name,
        "as_of": as_of(found.as_of),
        "last_observed": _day(found.last_observed),
        "stale": found.stale,
        "own_entry": own,
        "associated": [
            {**member(one.member), "relation": one.relation, "printed": one.printed} for one in found.associated
        ],
        "collisions": [_collision(one) for one in found.collisions],
        "measures": [measure(one) for one in found.measures],
        "held_elsewhere": [_elsewhere(one) for one in found.held_elsewhere],
        "held_before": [_elsewhere(one) for one in found.held_before],
        "proposed_elsewhere": [_elsewhere(one) for one in found.proposed],
        "conflicts": [_conflict(one) for one in found.conflicts],
        "statements": [statement(s) for s in found.statements],
        "judgements": [msgspec.to_builtins(one) for one in found.judgements],
        "copies": [msgspec.to_builtins(one) for one in found.copies],
    }


def _elsewhere(one: Elsewhere) -> Json:
    made = on_list(one.on)
    made["last_observed"] = _day(one.state.last_observed)
    made["sources"] = [
        {"statement": s.id, "source": s.source_title, "address": s.source_address, "act": s.act.text or None}
        for s in one.on.statements
        if s.verified
    ]
    return made


def _collision(one: Collision) -> Json:
    made: Json = msgspec.to_builtins(one)
    return made


def measure(one: Measure) -> Json:
    """A measure or exemption."""
    return {
        "list": one.list, "kind": one.kind.value, "what": one.what, "scope": one.scope, "from": one.valid_from or None,
        "to": one.valid_to or None, "act": one.act.text, "source": one.source_title, "address": one.source_address,
        "verified": one.verified,
    }  # fmt: skip


def _conflict(one: Conflict) -> Json:
    return {
        "question": one.question, "about": one.about, "list": one.list, "reading": one.reading,
        "statements": [statement(s) for s in one.statements],
    }  # fmt: skip


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def instant(moment: dt.datetime) -> str:
    """A moment in UTC."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def overview(found: Overview) -> Json:
    """The answer of ``lists``."""
    return {
        "as_of": as_of(found.as_of),
        "last_observed": _day(found.last_observed),
        "stale": found.stale,
        "lists": [
            {
                "list": one.official.id, "jurisdiction": one.official.jurisdiction, "name": one.official.name,
                "parts": list(one.official.parts), "decides": one.decides or None, "members": one.members,
                "copies": one.copies, "statements": one.statements, "last_observed": _day(one.last_observed),
                "stale": one.stale,
            }
            for one in found.lists
        ],
        "nothing_held": list(found.silent),
    }  # fmt: skip
