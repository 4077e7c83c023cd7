"""``GET /search/{dataset}``: entities by words, filters and order, with counts of their kinds."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from tizim.api.wire.asking import Asked, window
from tizim.api.wire.matching import lists_under, policy_told, stale_under
from tizim.api.wire.replies import Refused, Reply, encode
from tizim.api.wire.scopes import dataset_of
from tizim.customers.policies import PolicyVersion
from tizim.errors import BadInput
from tizim.ftm import MODEL
from tizim.ftm.model import BASE
from tizim.screen.searching import Limits, Page, Searched, Sort, scope_of, search
from tizim.screen.snapshot import Snapshot

FACETS: Final = ("datasets", "schema", "countries", "identifiers", "topics", "genders")
_COUNTED: Final = ("countries", "topics", "datasets")
MOST: Final = 500
FURTHEST: Final = 9_499


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A search request, read and found sound."""

    text: str
    limits: Limits
    page: Page
    simply: bool
    policy: PolicyVersion | None = None
    stale: tuple[str, ...] = ()
    """lists that are searched and were not seen for longer than their rhythm allows, where the policy tells them"""


def read(snapshot: Snapshot, dataset: str, asked: Asked, policy: PolicyVersion | None = None) -> Request:
    """The request, on the lists of a *policy* alone. Raises `Refused` for what cannot be answered."""
    limit, offset = asked.number("limit", 10, MOST), asked.number("offset", 0, FURTHEST)
    changed_since = asked.since("changed_since")
    target = asked.flag("target", default=None)
    asked.flag("fuzzy")
    simply = asked.flag("simple")
    facets = asked.among("facets", FACETS, _COUNTED)
    operator = asked.one("filter_op", ("AND", "OR"), "OR")
    asked.checked()
    found = dataset_of(snapshot, dataset)
    schema = MODEL.get(asked.text("schema", BASE))
    if schema is None:
        raise Refused(400, "Invalid schema")
    filters = [("countries", one) for one in asked.many("countries")]
    filters += [("topics", one) for one in asked.many("topics")]
    filters += [("datasets", one) for one in asked.many("datasets")]
    for one in asked.many("filter"):
        field, colon, value = one.partition(":")
        if not colon:
            raise Refused(400, f"Invalid filter: {one!r}")
        filters.append((field, value))
    if target is not None:
        filters.append(("target", "true" if target else "false"))
    limit, offset = window(limit, offset)
    datasets = scope_of(snapshot, found, asked.many("include_dataset"), asked.many("exclude_dataset"))
    stale: tuple[str, ...] = ()
    if policy is not None:
        datasets = lists_under(policy, snapshot, datasets)
        stale = stale_under(policy, snapshot, datasets)
    return Request(
        policy=policy, stale=stale,
        text=asked.text("q"), simply=bool(simply),
        page=Page(limit=limit, offset=offset, sorts=sorts_of(asked), facets=tuple(dict.fromkeys(facets))),
        limits=Limits(
            datasets=datasets, schema=schema, exclude_schema=asked.many("exclude_schema"), changed_since=changed_since,
            filters=tuple(filters), every=operator == "AND",
        ),
    )  # fmt: skip


def sorts_of(asked: Asked) -> tuple[Sort, ...]:
    """The orders asked for, each ``field`` or ``field:asc`` or ``field:desc``."""
    found = []
    for one in asked.many("sort"):
        field, colon, way = one.rpartition(":")
        found.append(Sort(field=field if colon else one, is_descending=bool(colon) and way == "desc"))
    return tuple(found)


Behind = Callable[[Sequence[str]], Mapping[str, object]]
"""what stands behind the listings of entities, by their ids"""


def answered(snapshot: Snapshot, request: Request, behind: Behind | None = None) -> Reply:
    """The answer to a request, by one snapshot."""
    try:
        found = search(snapshot, request.text, request.limits, request.page, simply=request.simply)
    except BadInput as error:
        raise Refused(400, f"Search error: {error}") from None
    results = b",".join(map(snapshot.text, found.found))
    head = encode({
        "limit": request.page.limit, "offset": request.page.offset, "total": {"value": found.total, "relation": "eq"},
        "facets": _facets(snapshot, found), "data_version": snapshot.about.version,
        **(snapshot.about.dates if snapshot.about.as_of else {}),
        **({} if request.policy is None else policy_told(request.policy, request.stale)),
        **({} if behind is None else {"evidence": behind([snapshot.id(at) for at in found.found])}),
    })  # fmt: skip
    return Reply(head[:-1] + b',"results":[' + results + b"]}")


def _facets(snapshot: Snapshot, found: Searched) -> dict[str, Any]:
    told = {}
    for field, counted in found.facets.items():
        kind = MODEL.groups.get(field)
        label = kind.plural if kind else "Data sources" if field == "datasets" else "Entity types"
        values = [{"name": value, "label": _label(snapshot, field, value), "count": count} for value, count in counted]
        told[field] = {"label": label if counted else field, "values": values}
    return told


def _label(snapshot: Snapshot, field: str, value: str) -> str:
    if field == "datasets":
        return snapshot.datasets[value].title if value in snapshot.datasets else value
    if field == "schema":
        return MODEL.schemata[value].plural
    return MODEL.label(MODEL.groups[field].name, value)


def is_long(request: Request) -> bool:
    """Whether answering may take so long that nothing else should wait for it."""
    return any(sign in request.text for sign in '*?~"[{')
