"""Bulletins as plain JSON values. Keys are relied on from outside: add, never rename."""

import datetime as dt
from typing import Any

import msgspec

from tizim.domain.bulletin_facts import CopyFacts, Facts, Named, NewsFacts, Telling, Turnover, list_of
from tizim.domain.versions import MachineVersion, Mended, Ruling

Json = dict[str, Any]


def instant(moment: dt.datetime) -> str:
    """A moment in UTC, by the second."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def facts(one: Facts) -> Json:
    """What a bulletin is made of."""
    made: Json = {"kind": one.kind, "list": list_of(one) or None, "day": one.day}
    if isinstance(one, NewsFacts):
        return made | {"subjects": list(map(_named, one.subjects))}
    if isinstance(one, CopyFacts):
        return made | {
            "before": msgspec.to_builtins(one.before), "after": msgspec.to_builtins(one.after),
            "came": _turnover(one.came), "missing": _turnover(one.missing),
        }  # fmt: skip
    return made | {
        "when": one.when or None, "bounded": one.is_bounded, "subject": _named(one.subject),
        "told": list(map(_telling, one.told)), "also": list(map(_telling, one.also)), "decision": one.decision or None,
        "day_disputed": one.is_day_disputed, "decider_disputed": one.is_decider_disputed,
    }  # fmt: skip


def machine(one: MachineVersion, *, is_older: bool) -> Json:
    """How a version by machine came about, as whoever reads it is told."""
    return machine_whole(one) | {"older_than_original": is_older}


def machine_whole(one: MachineVersion) -> Json:
    """How a version by machine came about, and what was decided about it."""
    made = one.made
    return {
        "id": one.id, "engine": made.engine, "engine_version": made.engine_version or None,
        "source_language": made.source_language, "made_at": instant(made.at), "checks": made.checks,
        "findings": [msgspec.to_builtins(each) for each in made.findings],
        "mended": _mended(one.mended), "released": _ruling(one.released), "taken_back": _ruling(one.taken_back),
    }  # fmt: skip


def machine_at_the_desk(bulletin: str, one: MachineVersion) -> Json:
    """The same with its words, as those have it who may decide about it."""
    return {
        "bulletin": bulletin, "language": one.made.language, "state": one.state, "text": one.made.text,
        "title": one.title, "paragraphs": list(one.paragraphs), "made_by": one.made.by, **machine_whole(one),
        "held_on": _ruling(one.held_on),
    }  # fmt: skip


def _mended(one: Mended | None) -> Json | None:
    return None if one is None else {"of": one.of, "by": one.by, "at": instant(one.at)}


def _ruling(one: Ruling | None) -> Json | None:
    return None if one is None else {"by": one.by, "at": instant(one.at), "reason": one.reason}


def _named(one: Named) -> Json:
    attested = [{"language": name.language, "text": name.text} for name in one.attested]
    return {"subject": one.subject, "name": one.name or None, "attested": attested}


def _turnover(one: Turnover) -> Json:
    return {"count": one.count, "named": list(map(_named, one.named))}


def _telling(one: Telling) -> Json:
    return {
        "statement": one.statement, "document": one.document, "action": one.action.value, "date": one.date or None,
        "when": one.when or None, "act": one.act or None, "decided_by": one.decided_by or None,
        "announced_by": one.announced_by or None, "source": one.source, "address": one.address or None,
        "rank": one.rank, "published": one.published or None,
    }  # fmt: skip
