"""``GET /entities/{id}`` and what is around an entity."""

from typing import Any
from urllib.parse import quote

from tizim.api.wire.asking import Asked, window
from tizim.api.wire.replies import Refused, Reply, encode, of
from tizim.api.wire.searching import FURTHEST, MOST, sorts_of
from tizim.ftm import Prop
from tizim.screen import adjacency
from tizim.screen.snapshot import Snapshot


class Moved(Refused):
    """An entity that goes by another id now."""

    def __init__(self, to: str) -> None:
        super().__init__(308, "")
        self._to = to

    def reply(self) -> Reply:
        """On to that id."""
        return Reply(b"", 308, (("location", f"/entities/{quote(self._to, safe=':')}"),))


def _found(snapshot: Snapshot, entity_id: str) -> int:
    at = snapshot.called(entity_id)
    if at is not None:
        return at
    other = snapshot.once_called(entity_id)
    if other is not None:
        raise Moved(snapshot.id(other))
    raise Refused(404, "No such entity!")


def one(snapshot: Snapshot, entity_id: str, asked: Asked) -> Reply:
    """An entity, with its neighbours inside unless ``nested=false``."""
    nested = asked.flag("nested", default=True)
    asked.checked()
    at = _found(snapshot, entity_id)
    return Reply(encode(adjacency.nested(snapshot, at)) if nested else snapshot.text(at))


def _page(asked: Asked) -> tuple[int, int]:
    limit, offset = asked.number("limit", 10, MOST), asked.number("offset", 0, FURTHEST)
    asked.checked()
    return window(limit, offset)


def _told(snapshot: Snapshot, at: int, prop: Prop, asked: Asked, limit: int, offset: int) -> dict[str, Any]:
    found = adjacency.by_prop(snapshot, at, prop, sorts_of(asked), limit, offset)
    return {
        "results": found.results, "total": {"value": found.total, "relation": "eq"}, "limit": limit, "offset": offset,
    }  # fmt: skip


def adjacent(snapshot: Snapshot, entity_id: str, asked: Asked) -> Reply:
    """The neighbours of an entity, by each property that has any."""
    limit, offset = _page(asked)
    at = _found(snapshot, entity_id)
    told = {
        prop.name: _told(snapshot, at, prop, asked, limit, offset)
        for prop in adjacency.entity_props(snapshot.schema(at))
    }
    found = {name: one for name, one in told.items() if one["total"]["value"]}
    return Reply(b'{"entity":' + snapshot.text(at) + b',"adjacent":' + encode(found) + b"}")


def adjacent_by(snapshot: Snapshot, entity_id: str, name: str, asked: Asked) -> Reply:
    """The neighbours of an entity by one property."""
    limit, offset = _page(asked)
    at = _found(snapshot, entity_id)
    prop = snapshot.schema(at).properties.get(name)
    if prop is None or prop.type != "entity":
        raise Refused(404, "No such property!")
    return of(_told(snapshot, at, prop, asked, limit, offset))
