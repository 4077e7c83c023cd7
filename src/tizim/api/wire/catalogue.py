"""``GET /catalog``: the lists that are screened against, how old they are, and whether newer data wait."""

import hashlib
from typing import Any

from tizim.api.wire.replies import Reply, encode
from tizim.screen.entities import Dataset
from tizim.screen.snapshot import Snapshot

_FRESH = "public, max-age=300"


def catalogue(snapshot: Snapshot, newest: str, if_none_match: str) -> Reply:
    """The catalogue. *newest*: the version that the data have by now; a snapshot of another is outdated."""
    is_current = newest == snapshot.about.version
    told = [_dataset(snapshot, one, newest) for one in snapshot.about.datasets]
    loaded = [one.name for one in snapshot.about.datasets if not one.is_collection]
    about = snapshot.about
    body = encode({
        "datasets": told, "current": loaded if is_current else [], "outdated": [] if is_current else loaded,
        "index_stale": not is_current, "data_version": about.version, "algorithm": snapshot.algorithm,
        **(about.dates if about.as_of else {}),
    })  # fmt: skip
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = (("etag", etag), ("cache-control", _FRESH))
    if _names(if_none_match, etag):
        return Reply(b"", 304, headers)
    return Reply(body, 200, headers)


def _names(header: str, etag: str) -> bool:
    """Whether a header of tags has that one, weak or not."""
    given = [one.strip().removeprefix("W/") for one in header.split(",")]
    return "*" in given or etag in given


def _dataset(snapshot: Snapshot, one: Dataset, newest: str) -> dict[str, Any]:
    version = None if one.is_collection else snapshot.about.version
    told: dict[str, Any] = {
        "name": one.name, "title": one.title, "load": not one.is_collection, "version": newest,
        "index_version": version, "index_current": version == newest, "children": sorted(one.children),
        "updated_at": one.updated_at.isoformat() if one.updated_at else None, "entity_count": one.entities,
    }  # fmt: skip
    if one.list:
        told |= {
            "list": one.list, "jurisdiction": one.jurisdiction, "stale": one.stale,
            "last_observed": one.last_observed.isoformat() if one.last_observed else None,
        }  # fmt: skip
    if one.is_collection:
        told["datasets"] = sorted(snapshot.leaves[one.name])
    return told
