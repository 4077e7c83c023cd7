"""``POST /match/{dataset}``: examples in, those that they may be out. The hot path: bytes are put together as such."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from tizim.api.wire import algorithms, bodies
from tizim.api.wire.asking import Asked
from tizim.api.wire.replies import Refused, Reply, encode
from tizim.api.wire.scopes import dataset_of
from tizim.customers.clearances import Clearance, Cleared, uncleared
from tizim.customers.log import Noted, new_id
from tizim.customers.policies import PolicyVersion
from tizim.errors import BadInput
from tizim.match.model import ALGORITHM, MATCH_THRESHOLD
from tizim.match.writing import written_alike
from tizim.screen.matching import (
    Ahead,
    Example,
    Found,
    Hit,
    Scope,
    Wanted,
    example_of,
    features,
    found_ahead,
    match,
)
from tizim.screen.policy import Judge, Stale, judge, lowest_wanted, stale_among, within_policy
from tizim.screen.searching import Limits, scope_of, within
from tizim.screen.snapshot import Snapshot

MOST_QUERIES: Final = 100
_AHEAD: Final = 8
"""queries of one request that are looked for together"""
_ALGORITHM: Final = encode(ALGORITHM)


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A match request, read and found sound."""

    query: bodies.Query
    limit: int
    asked: tuple[tuple[str, Example, Wanted, Limits], ...]
    """by key: who is looked for, how many and from which score on, and among whom"""
    params: tuple[bodies.Params, ...] = ()
    """of each query, in their order"""
    policy: PolicyVersion | None = None
    stale: tuple[str, ...] = ()
    """lists that are searched and were not seen for longer than their rhythm allows, where the policy tells them"""
    overruled: tuple[str, ...] = ()
    """parameters in the place of which the policy counts"""


def read(
    snapshot: Snapshot, dataset: str, asked: Asked, body: bytes, policy: PolicyVersion | None = None
) -> Request:  # fmt: skip
    """The request. Raises `Refused` for what cannot be answered."""
    limit = asked.number("limit", 5, 500)
    threshold = asked.share("threshold", MATCH_THRESHOLD)
    cutoff = asked.share("cutoff", MATCH_THRESHOLD)
    algorithm = asked.text("algorithm", algorithms.BEST)
    changed_since = asked.since("changed_since")
    exclude_ids = asked.many("exclude_entity_ids", bodies.MOST_LEFT_OUT)
    asked.checked()
    query = bodies.match_query(body)
    found = dataset_of(snapshot, dataset)
    algorithms.checked(algorithm, query.config)
    if len(query.queries) > MOST_QUERIES:
        raise Refused(400, f"Too many queries in one batch (limit: {MOST_QUERIES})")
    if not query.queries:
        raise Refused(400, "No queries provided.")
    params = bodies.Params(
        limit=limit, threshold=threshold, cutoff=cutoff, include_dataset=list(asked.many("include_dataset")),
        exclude_dataset=list(asked.many("exclude_dataset")), exclude_schema=list(asked.many("exclude_schema")),
        topics=list(asked.many("topics")), changed_since=changed_since, exclude_entity_ids=list(exclude_ids),
    )  # fmt: skip
    common = _terms(snapshot, found, params)
    own = tuple(params if one.params is None else _of(params, one.params) for one in query.queries.values())
    request = Request(
        query=query, limit=limit, params=own,
        asked=tuple(
            (key, _example(one), *(common if mine is params else _terms(snapshot, found, mine)))
            for (key, one), mine in zip(query.queries.items(), own, strict=True)
        ),
    )  # fmt: skip
    return request if policy is None else _under(policy, snapshot, request, asked)


_DECIDED: Final = ("threshold", "cutoff")


def _under(version: PolicyVersion, snapshot: Snapshot, request: Request, asked: Asked) -> Request:
    """The request as a policy has it: on its lists alone, and from its scores on. Raises `Refused`."""
    policy = version.policy
    rows, searched = [], frozenset[str]()
    for key, example, wanted, limits in request.asked:
        datasets = lists_under(version, snapshot, limits.datasets)
        searched |= datasets
        rows.append(
            (key, example, lowest_wanted(policy, wanted.limit), msgspec.structs.replace(limits, datasets=datasets))
        )
    stale = stale_under(version, snapshot, searched)
    said = [one.params for one in request.query.queries.values() if one.params is not None]
    return msgspec.structs.replace(
        request, asked=tuple(rows), policy=version, stale=stale,
        overruled=tuple(
            name for name in _DECIDED if asked.has(name) or any(getattr(one, name) is not None for one in said)
        ),
    )  # fmt: skip


def lists_under(version: PolicyVersion, snapshot: Snapshot, datasets: frozenset[str]) -> frozenset[str]:
    """Those of *datasets* that a policy screens against. Raises `Refused`."""
    try:
        return within_policy(version.policy, snapshot, datasets)
    except BadInput as error:
        raise Refused(503, f"{version.id}: {error}") from None


def stale_under(version: PolicyVersion, snapshot: Snapshot, datasets: frozenset[str]) -> tuple[str, ...]:
    """Those of *datasets* that a policy tells to be stale. Raises `Refused` where it does not answer from them."""
    stale = tuple(stale_among(snapshot, datasets))
    if stale and version.policy.stale is Stale.REFUSE:
        raise Refused(503, f"{version.id} does not answer from lists not seen for too long: {', '.join(stale)}")
    return stale if version.policy.stale is Stale.WARN else ()


def _of(common: bodies.Params, own: bodies.Params) -> bodies.Params:
    """What one query wants: what it says itself, else what the request says."""
    said = {name: value for name in own.__struct_fields__ if (value := getattr(own, name)) is not None}
    return msgspec.structs.replace(common, **said)


def _terms(snapshot: Snapshot, dataset: str, params: bodies.Params) -> tuple[Wanted, Limits]:
    threshold = MATCH_THRESHOLD if params.threshold is None else params.threshold
    cutoff = threshold if params.cutoff is None else min(params.cutoff, threshold)
    return Wanted(limit=params.limit or 0, threshold=threshold, cutoff=cutoff), Limits(
        datasets=scope_of(snapshot, dataset, params.include_dataset or (), params.exclude_dataset or ()),
        exclude_schema=tuple(params.exclude_schema or ()), changed_since=params.changed_since,
        exclude_ids=tuple(params.exclude_entity_ids or ()),
        filters=tuple(("topics", topic) for topic in params.topics or ()),
    )  # fmt: skip


class Extras(msgspec.Struct, kw_only=True):
    """What is done besides answering, where somebody decided so."""

    noted: list[Noted] | None = None
    """what was answered, to be logged; none where nothing is"""
    cleared: Callable[[Example], Cleared | None] | None = None
    """what is cleared for who is asked about; none where nothing is for anybody"""
    shows: bool = False
    """whether what is cleared is told beside the results"""
    found: dict[str, None] | None = None
    """ids of who is found, in that order, where it is wanted what stands behind them; none where it is not"""


def answers(snapshot: Snapshot, request: Request, extras: Extras | None = None) -> Iterator[bytes]:
    """The answer to each query of a request in turn, by one snapshot."""
    scopes: dict[Limits, Scope] = {}
    ahead: list[Ahead | None] = [None]
    for at, (key, example, wanted, limits) in enumerate(request.asked):
        scope = scopes.get(limits)
        if scope is None:
            scope = scopes[limits] = Scope(snapshot, within(snapshot, limits))
        if len(request.asked) > 1:
            if at % _AHEAD == 0:
                ahead = _ahead(scope, request.asked[at : at + _AHEAD], wanted, limits)
            first = ahead[at % _AHEAD]
        else:
            first = None
        judged = None
        if request.policy is not None:
            judged = judge(request.policy.policy, snapshot, example, limits.datasets)
        if extras is None:
            told = _one(snapshot, match(scope, example, wanted, judged, first), example, wanted)
        else:
            told = _with_extras(scope, request, at, judged, extras, first)
        yield encode(key) + b":" + told


def _ahead(
    scope: Scope, asked: Sequence[tuple[str, Example, Wanted, Limits]], wanted: Wanted, limits: Limits
) -> list[Ahead | None]:  # fmt: skip
    """What is looked for first of some queries, for those together that are asked on the terms of the first of them."""
    alike = [at for at, (_, _, mine, own) in enumerate(asked) if mine == wanted and own == limits]
    found: list[Ahead | None] = [None] * len(asked)
    for at, one in zip(alike, found_ahead(scope, [asked[at][1] for at in alike], wanted), strict=True):
        found[at] = one
    return found


def answered(
    snapshot: Snapshot, request: Request, parts: Sequence[bytes], evidence: Mapping[str, object] | None = None
) -> Reply:  # fmt: skip
    """The answer to a request of those to its queries; *evidence*: what stands behind each hit, where it is wanted."""
    ignored = [*request.overruled, *(("weights",) if request.query.weights else ())]
    ignored += [f"config.{one}" for one in request.query.config]
    told = b"".join((
        b'{"responses":{', b",".join(parts), b'},"limit":', b"%d" % request.limit, b',"algorithm":', _ALGORITHM,
        b',"data_version":', encode(snapshot.about.version),
        b"," + encode(snapshot.about.dates)[1:-1] if snapshot.about.as_of else b"",
        b"" if request.policy is None else _policy_of(request.policy, request.stale),
        b',"ignored":' + encode(ignored) if ignored else b"",
        b"" if evidence is None else b',"evidence":' + encode(evidence), b"}",
    ))  # fmt: skip
    return Reply(told, 200, (("x-batch-size", str(len(parts))),))


def _policy_of(policy: PolicyVersion, stale: tuple[str, ...]) -> bytes:
    return b"," + encode(policy_told(policy, stale))[1:-1]


def policy_told(policy: PolicyVersion, stale: tuple[str, ...]) -> dict[str, object]:
    """By what it was screened, and what is old."""
    return {"policy": policy.id, "stale": stale} if stale else {"policy": policy.id}


def _with_extras(
    scope: Scope, request: Request, at: int, judged: Judge | None, extras: Extras, ahead: Ahead | None
) -> bytes:  # fmt: skip
    """The answer to one query, noted."""
    _, example, wanted, _ = request.asked[at]
    snapshot = scope.snapshot
    left_out: list[tuple[Hit, Clearance]] = []
    own = extras.cleared(example) if extras.cleared is not None else None
    found = match(scope, example, wanted, judged if own is None else uncleared(own, judged, left_out), ahead)
    told = _one(snapshot, found, example, wanted)[:-1]
    if extras.found is not None:
        extras.found.update(dict.fromkeys(snapshot.id(hit.at) for hit in found.hits))
    if extras.shows:
        told += b',"cleared":' + encode([cleared_told(snapshot, *one) for one in left_out])
    if extras.noted is not None:
        name = new_id()
        told += b',"screening":' + encode(name)
        extras.noted.append(
            Noted(
                id=name, example=example, hits=found.hits, cleared=tuple(snapshot.id(hit.at) for hit, _ in left_out),
                policy=request.policy.id if request.policy else "",
                parameters={
                    name: value for name, value in msgspec.structs.asdict(request.params[at]).items()
                    if value is not None and value != []
                },
            )
        )  # fmt: skip
    return told + b"}"


def cleared_told(snapshot: Snapshot, hit: Hit, clearance: Clearance) -> dict[str, object]:
    """An entity that is not shown, and why."""
    act = clearance.act
    return {
        "id": snapshot.id(hit.at), "score": hit.score, "clearance": clearance.id, "author": act.author,
        "reason": act.reason, "at": act.at.isoformat(timespec="seconds"),
        "until": clearance.until.isoformat() if clearance.until else None,
    }  # fmt: skip


def _one(snapshot: Snapshot, found: Found, example: Example, wanted: Wanted) -> bytes:
    results = b",".join(hit_of(snapshot, hit, wanted.threshold) for hit in found.hits)
    query = encode({"id": example.id, "schema": example.schema.name, "properties": example.properties})
    return b"".join((
        b'{"status":200,"results":[', results, b'],"total":{"value":', b"%d" % found.matches,
        b',"relation":"eq"},"query":', query, b"}",
    ))  # fmt: skip


def _example(one: bodies.Example) -> Example:
    try:
        return example_of(one.id, one.schema, one.properties)
    except BadInput as error:
        raise Refused(400, f"Cannot parse example entity: {error}") from None


def hit_of(snapshot: Snapshot, hit: Hit, threshold: float) -> bytes:
    """A hit as clients read it: the entity, its score, and why."""
    told = encode({
        "score": hit.score, "explanations": features(snapshot, hit), "match": hit.score >= threshold,
        "order": written_alike(hit.asked, hit.listed),
    })  # fmt: skip
    return snapshot.text(hit.at)[:-1] + b"," + told[1:]
