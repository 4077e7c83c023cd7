"""What is claimed as JSON values: the shape that ``--json`` and the site's data have."""

from collections.abc import Iterable
from typing import Any

from tizim.answer.wire import as_of, instant
from tizim.claims.asking import Claimed
from tizim.claims.confirming import Weighed
from tizim.claims.quoting import short
from tizim.claims.tellings import Group, Telling
from tizim.sources.standings import Standings


def claimed(found: Claimed) -> dict[str, Any]:
    """All that is claimed, by act."""
    return {
        "as_of": as_of(found.as_of),
        "subject": found.subject.id if found.subject is not None else None,
        "list": found.list.id if found.list is not None else None,
        "since": found.since.isoformat() if found.since is not None else None,
        "articles": found.articles,
        "acts": [act(one) for one in found.acts],
        "plain": [plain(one) for one in found.plain],
    }


def act(one: Weighed) -> dict[str, Any]:
    """One act: what the register says to it, who tells of it, and where they disagree."""
    group = one.group
    return {
        **_about(group),
        "lists": list(one.lists),
        "confirmation": one.confirmation.value,
        "open": one.is_open,
        "grounds": [
            {
                "kind": ground.kind.value, "weight": ground.weight.value, "day": ground.day or None,
                "list": ground.list or None, "statement": ground.telling.id if ground.telling is not None else None,
                "title": ground.telling.title if ground.telling is not None else None,
            }
            for ground in one.grounds
        ],
        "origins": len(group.origins),
        "points": [
            {
                "about": point.about, "conflict": point.is_conflict,
                "answers": [
                    {"value": answer.value, "statements": [telling.id for telling in answer.tellings]}
                    for answer in point.answers
                ],
            }
            for point in group.points
        ],
        "tellings": _tellings(group),
        "reactions": [telling(reaction) for reaction in group.reactions],
    }  # fmt: skip


def plain(group: Group) -> dict[str, Any]:
    """Statements of speakers that designate nothing."""
    return {**_about(group), "tellings": _tellings(group)}


def _about(group: Group) -> dict[str, Any]:
    return {
        "id": group.id, "subject": group.subject or None, "name": group.name, "list": group.whose,
        "action": "status" if group.is_status else group.action.value,
    }  # fmt: skip


def _tellings(group: Group) -> list[dict[str, Any]]:
    origin = {one.id: number for number, bundle in enumerate(group.origins, start=1) for one in bundle}
    return [{**telling(one), "origin": origin[one.id]} for one in group.tellings]


def telling(one: Telling) -> dict[str, Any]:
    """One claim of an article, or one statement that the register holds of the same act."""
    claim = one.reported
    return {
        "id": one.id,
        "kind": "claim" if one.is_news else "statement",
        "subject": one.subject or None, "subject_name": claim.subject_name, "list": claim.list,
        "list_id": one.list, "action": claim.action.value, "modality": claim.modality.value,
        "date": claim.date or None, "date_text": claim.date_text or None, "date_kind": claim.date_kind or None,
        "announcer": claim.announcer or None, "announcer_role": claim.announcer_role or None,
        "decider": claim.decider or None, "reason": claim.reason or None, "act": claim.act or None,
        "chain": list(claim.chain),
        "source_class": one.source_class.name, "rank": one.source_class.rank, "verified": one.verified,
        "title": one.title or None, "url": one.url or None,
        "published": one.published.isoformat() if one.published is not None else None,
        "document": one.document,
        "standing": one.standing.value if one.is_news else None,
        "judged": None if one.judged is None else {
            "standing": one.judged.standing.value, "author": one.judged.author, "reason": one.judged.reason,
            "at": instant(one.judged.at),
        },
        "quotes": [
            {
                "text": short(quote.text), "start": quote.start, "end": quote.end, "rule": quote.rule or None,
                "confidence": float(quote.confidence) if quote.confidence else None,
            }
            for quote in one.quotes
        ],
        "article": None if one.article is None else {
            "sha256": one.article.sha256, "title": one.article.title, "outlet": one.article.outlet or None,
            "url": one.article.url or None, "language": one.article.language or None,
            "published": one.article.published or None,
            "machine_translated": one.article.machine_translated or None,
            "main_language": one.article.main_language or None,
            "reader": one.article.reader, "reader_version": one.article.version,
        },
    }  # fmt: skip


def judged(one: Standings, changes: Iterable[str]) -> dict[str, Any]:
    """A decision about claims, as it was entered."""
    return {
        "standing": one.standing.value, "author": one.author, "reason": one.reason,
        "at": instant(one.at), "claims": [claim.statement for claim in one.claims],
        "lists": sorted({claim.list_id for claim in one.claims if claim.list_id}),
        "counts_as_statement": list(changes),
    }  # fmt: skip
