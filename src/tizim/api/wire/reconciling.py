"""The reconciliation interface of OpenRefine and its like (version 0.2), over the same matching."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

import msgspec

from tizim.api.wire import algorithms
from tizim.api.wire.asking import Asked
from tizim.api.wire.matching import (
    MOST_QUERIES,
    Extras,
    cleared_told,
    lists_under,
    policy_told,
    stale_under,
)
from tizim.api.wire.replies import Fault, Refused, Reply, of
from tizim.api.wire.scopes import dataset_of
from tizim.customers.clearances import Clearance, uncleared
from tizim.customers.log import Noted, new_id
from tizim.customers.policies import PolicyVersion
from tizim.errors import BadInput
from tizim.ftm import MODEL, Prop, Schema
from tizim.ftm.model import BASE
from tizim.match.model import MATCH_THRESHOLD
from tizim.screen.matching import Example, Hit, Scope, Wanted, example_of, match
from tizim.screen.policy import judge, lowest_wanted
from tizim.screen.searching import Limits, counts, scope_of, suggest, within
from tizim.screen.snapshot import Snapshot

TITLE: Final = "tizim"
_FOREIGN: Final = "https://www.opensanctions.org/reference/#schema"
_MODEL: Final = "https://followthemoney.tech/explorer/"
_SUGGESTED: Final = 5
T = TypeVar("T")
_OK: Final = {"code": "/api/status/ok", "status": "200 OK"}


class _Filter(msgspec.Struct):
    pid: str
    v: str | list[str]


class _Query(msgspec.Struct):
    query: str | None = None
    type: str | list[str] | None = None
    limit: int = 5
    properties: list[_Filter] = []


class _Settings(msgspec.Struct):
    limit: int = 0
    render: str = "caption"

    def __post_init__(self) -> None:
        """Refuse a way of showing values that there is not."""
        if self.render not in {"raw", "caption"}:
            raise ValueError("Input should be 'raw' or 'caption'")


class _Wanted(msgspec.Struct):
    id: str
    settings: _Settings = msgspec.field(default_factory=_Settings)


class _Extension(msgspec.Struct):
    ids: list[str]
    properties: list[_Wanted]


def _type(schema: Schema) -> dict[str, str]:
    return {"id": schema.name, "name": schema.plural, "description": schema.label}


def _types(snapshot: Snapshot, dataset: str) -> list[Schema]:
    """The schemata of what is compared in a dataset, and those that they extend."""
    mask = within(snapshot, Limits(datasets=scope_of(snapshot, dataset, (), ())))
    met = snapshot.held.schema >= 0 if mask is None else mask > 0
    there = [MODEL.schemata[name] for name, _ in counts(snapshot, "schema", met)]
    names = {above for schema in there if schema.matchable for above in schema.ancestors}
    return [MODEL.schemata[name] for name in sorted(names)]


def manifest(snapshot: Snapshot, dataset: str, base: str, asked: Asked, *, foreign: bool) -> Reply:
    """What the service offers. *foreign*: under the name spaces of the system whose clients it serves."""
    found = dataset_of(snapshot, dataset)
    query = f"?{asked.raw.strip()}" if asked.raw.strip() else ""
    service = f"{base}/reconcile/{dataset}"
    # Entities of a register have pages; those of a file are known by their data alone.
    page = f"{base}/en/subjects/{{{{id}}}}/" if snapshot.about.register else f"{base}/entities/{{{{id}}}}"

    def served(path: str) -> dict[str, str]:
        return {"service_url": service, "service_path": f"{path}{query}"}

    return of({
        "versions": ["0.2"],
        "name": f"{snapshot.datasets[found].title} ({TITLE})",
        "identifierSpace": _FOREIGN if foreign else f"{base}/entities/",
        "schemaSpace": _FOREIGN if foreign else _MODEL,
        "documentation": f"{base}/openapi.json",
        "batchSize": 3,
        "view": {"url": page},
        "preview": {"url": page, "width": 430, "height": 600},
        "suggest": {
            "entity": served("/suggest/entity"), "type": served("/suggest/type"),
            "property": served("/suggest/property"),
        },
        "extend": {
            "propose_properties": served("/extend/property"),
            "propose_settings": [
                {
                    "name": "limit", "label": "Limit", "type": "number", "default": 0, "choices": [],
                    "help_text": "At most so many values in a row; 0 for all.",
                },
                {
                    "name": "render", "label": "Values", "type": "select", "default": "caption",
                    "help_text": "How values are shown: a country by its name, or by its code.",
                    "choices": [
                        {"id": "caption", "name": "For people"},
                        {"id": "raw", "name": "For machines"},
                    ],
                },
            ],
        },
        "defaultTypes": [_type(schema) for schema in _types(snapshot, found)],
    })  # fmt: skip


# -- queries -------------------------------------------------------------------------------------------


def post(
    snapshot: Snapshot, dataset: str, asked: Asked, form: Mapping[str, str], policy: PolicyVersion | None = None,
    extras: Extras | None = None,
) -> Reply:  # fmt: skip
    """Queries to be matched, or values to be added to rows matched already.

    By a *policy* those are told whom it takes for a match, on its lists alone.
    """
    changed_since = asked.since("changed_since")
    algorithm = asked.text("algorithm", algorithms.BEST)
    asked.checked()
    if form.get("extend", "").strip():
        return _extended(snapshot, form["extend"])
    found = dataset_of(snapshot, dataset)
    queries = _read(form.get("queries"), dict[str, _Query], "Reconciliation queries")
    if len(queries) > MOST_QUERIES:
        raise Refused(400, f"Too many queries in one batch (limit: {MOST_QUERIES})")
    algorithms.checked(algorithm, {})
    limits = Limits(datasets=scope_of(snapshot, found, (), ()), changed_since=changed_since)
    by: dict[str, object] = {}
    if policy is not None:
        limits = msgspec.structs.replace(limits, datasets=lists_under(policy, snapshot, limits.datasets))
        by = policy_told(policy, stale_under(policy, snapshot, limits.datasets))
    asking = _Asking(scope=Scope(snapshot, within(snapshot, limits)), limits=limits, policy=policy, extras=extras)
    told = {key: {**asking.matched(query), **by} for key, query in queries.items()}
    return of(told, 200, ("x-batch-size", str(len(told))))


def _read(text: str | None, kind: type[T], title: str) -> T:
    """A field of a form. Raises `Refused`, with what is wrong told as clients read it."""
    try:
        return msgspec.json.decode(text if text is not None else "null", type=kind)
    except (msgspec.DecodeError, RecursionError) as error:
        fault = Fault("json_type" if text is None else "json_invalid", (), str(error), text)
        raise Refused(400, title, errors=[fault.told()]) from None


_CUSTOMER: Final = "id"
"""the property by which a query says whose id it is about"""


class _Asking(msgspec.Struct, frozen=True, kw_only=True):
    """Among whom queries look, by what, and what is done besides."""

    scope: Scope
    limits: Limits
    policy: PolicyVersion | None
    extras: Extras | None

    def matched(self, query: _Query) -> dict[str, object]:
        """The answer to one query."""
        snapshot, policy, extras = self.scope.snapshot, self.policy, self.extras
        example = _example(query)
        wanted = Wanted(limit=min(max(0, query.limit), 500), threshold=MATCH_THRESHOLD, cutoff=0.0)
        judged, least = None, MATCH_THRESHOLD
        if policy is not None:
            wanted, least = lowest_wanted(policy.policy, wanted.limit), 0.0  # whoever is left is a match
            judged = judge(policy.policy, snapshot, example, self.limits.datasets)
        left_out: list[tuple[Hit, Clearance]] = []
        own = extras.cleared(example) if extras is not None and extras.cleared is not None else None
        found = match(self.scope, example, wanted, judged if own is None else uncleared(own, judged, left_out))
        told: dict[str, object] = {"result": [_scored(snapshot, hit, least) for hit in found.hits]}
        if extras is not None and extras.shows:
            told["cleared"] = [cleared_told(snapshot, *one) for one in left_out]
        if extras is not None and extras.noted is not None:
            told["screening"] = name = new_id()
            extras.noted.append(
                Noted(
                    id=name, example=example, hits=found.hits, policy=policy.id if policy else "",
                    cleared=tuple(snapshot.id(hit.at) for hit, _ in left_out),
                    parameters={
                        "route": "reconcile", "limit": wanted.limit, "threshold": MATCH_THRESHOLD, "cutoff": 0.0,
                        **({"changed_since": self.limits.changed_since} if self.limits.changed_since else {}),
                    },
                )
            )  # fmt: skip
        return told


def _example(query: _Query) -> Example:
    """Who a query is about. Raises `Refused`."""
    kinds = [query.type] if isinstance(query.type, str) else query.type or [BASE]
    properties: dict[str, list[object]] = {}
    customer = None
    if query.query is not None:
        properties["name"] = [query.query]
    for each in query.properties:
        values: list[object] = list(each.v) if isinstance(each.v, list) else [each.v]
        prop = MODEL.prop(each.pid)
        if prop is not None:
            properties.setdefault(prop.name, []).extend(values)
        elif each.pid == _CUSTOMER and values:
            customer = str(values[0])
    try:
        return example_of(customer, kinds[0], properties)
    except BadInput as error:
        raise Refused(400, str(error)) from None


def _entity(snapshot: Snapshot, at: int) -> dict[str, Any]:
    schema = snapshot.schema(at)
    return {
        "id": snapshot.id(at), "name": snapshot.entity(at).caption, "description": schema.label,
        "type": [_type(schema)],
    }  # fmt: skip


def _scored(snapshot: Snapshot, hit: Hit, least: float) -> dict[str, Any]:
    return {**_entity(snapshot, hit.at), "score": hit.score, "match": hit.score >= least}


# -- values to be added --------------------------------------------------------------------------------


def _extended(snapshot: Snapshot, text: str) -> Reply:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(400, "Cannot decode extension request") from None
    extension = _read(text, _Extension, "Data extension query")
    if len(extension.ids) > MOST_QUERIES:
        raise Refused(400, f"Too many queries in one batch (limit: {MOST_QUERIES})")
    rows: dict[str, dict[str, list[dict[str, str]]]] = {one: {} for one in extension.ids}
    meta: dict[str, dict[str, str]] = {}
    for one in extension.ids:
        at = snapshot.called(one)
        if at is None:
            if snapshot.once_called(one) is not None:
                raise Refused(400, "Please specify the canonical entity ID, not a referent")
            continue
        entity, schema = snapshot.entity(at), snapshot.schema(at)
        for wanted in extension.properties:
            prop = schema.properties.get(wanted.id)
            if prop is not None:
                meta.setdefault(prop.name, {"id": prop.name, "name": prop.label})
                rows[one][wanted.id] = [{"str": value} for value in _values(prop, entity.properties, wanted.settings)]
    return of({"meta": list(meta.values()), "rows": rows}, 200, ("x-batch-size", str(len(rows))))


def _values(prop: Prop, properties: Mapping[str, list[str]], settings: _Settings) -> Iterable[str]:
    values = properties.get(prop.name, [])
    if settings.limit > 0:
        values = values[: settings.limit]
    if settings.render == "raw":
        return values
    return [MODEL.label(prop.type, value) for value in values]


# -- suggestions ---------------------------------------------------------------------------------------


def suggest_entity(snapshot: Snapshot, dataset: str, asked: Asked) -> Reply:
    """Entities with a name that begins so."""
    limit = asked.number("limit", 10, 500)
    asked.checked()
    prefix = asked.text("prefix")
    scope = scope_of(snapshot, dataset_of(snapshot, dataset), (), ())
    found = [_entity(snapshot, at) for at in suggest(snapshot, prefix, scope, limit)]
    return of({**_OK, "prefix": prefix, "result": found})


def _begins(prefix: str, *labels: str) -> bool:
    wanted = prefix.lower().strip()
    return bool(wanted) and any(label.lower().strip().startswith(wanted) for label in labels)


def suggest_property(snapshot: Snapshot, dataset: str, asked: Asked) -> Reply:
    """Properties that are called so, of what is compared in a dataset."""
    prefix = asked.text("prefix")
    there = {schema.name for schema in _types(snapshot, dataset_of(snapshot, dataset))}
    found = [
        {"id": prop.qname, "name": prop.label, "description": None}
        for prop in MODEL.own_properties()
        if prop.schema in there and not prop.hidden and prop.type != "entity" and _begins(prefix, prop.name, prop.label)
    ]
    return of({**_OK, "prefix": prefix, "result": found[:_SUGGESTED]})


def suggest_type(snapshot: Snapshot, dataset: str, asked: Asked) -> Reply:
    """Schemata that are called so, of what is compared in a dataset."""
    prefix = asked.text("prefix")
    found = [
        _type(schema)
        for schema in _types(snapshot, dataset_of(snapshot, dataset))
        if _begins(prefix, schema.name, schema.label)
    ]
    return of({**_OK, "prefix": prefix, "result": found[:_SUGGESTED]})


def extend_property(asked: Asked) -> Reply:
    """Properties whose values can be added to entities of a type: the featured ones first."""
    limit = asked.number("limit", 0)
    asked.checked()
    name = asked.text("type", BASE)
    schema = MODEL.get(name)
    if schema is None:
        raise Refused(400, f"Invalid type: {name}")
    featured = [schema.properties[one] for one in schema.featured if one in schema.properties]
    others = [
        prop for prop in schema.properties.values()
        if not prop.hidden and prop.type != "entity" and prop.name not in schema.featured
    ]  # fmt: skip
    every = [*featured, *others]
    found = sorted(every[:limit] if limit else every, key=lambda prop: prop.label)
    told = [{"id": prop.name, "name": prop.label} for prop in found]
    return of({"limit": limit, "type": schema.name, "properties": told})
