"""``POST /match/{dataset}``: examples in, those that they may be out. The hot path: bytes are put together as such."""

from typing import Final

import msgspec

from tizim.api.wire import algorithms, bodies
from tizim.api.wire.asking import Asked
from tizim.api.wire.replies import Refused, Reply, encode
from tizim.api.wire.scopes import dataset_of
from tizim.errors import BadInput
from tizim.match.model import ALGORITHM, MATCH_THRESHOLD
from tizim.match.writing import written_alike
from tizim.screen.matching import Example, Hit, Scope, Wanted, example_of, features, match
from tizim.screen.searching import Limits, scope_of, within
from tizim.screen.snapshot import Snapshot

MOST_QUERIES: Final = 100
_MOST_LEFT_OUT: Final = 50
_ALGORITHM: Final = encode(ALGORITHM)


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A match request, read and found sound."""

    dataset: str
    query: bodies.Query
    wanted: Wanted
    limits: Limits
    limit: int


def read(snapshot: Snapshot, dataset: str, asked: Asked, body: bytes) -> Request:
    """The request. Raises `Refused` for what cannot be answered."""
    limit = asked.number("limit", 5, 500)
    threshold = asked.share("threshold", MATCH_THRESHOLD)
    cutoff = min(asked.share("cutoff", MATCH_THRESHOLD), threshold)
    algorithm = asked.text("algorithm", algorithms.BEST)
    changed_since = asked.since("changed_since")
    exclude_ids = asked.many("exclude_entity_ids", _MOST_LEFT_OUT)
    asked.checked()
    query = bodies.match_query(body)
    found = dataset_of(snapshot, dataset)
    algorithms.checked(algorithm, query.config)
    if len(query.queries) > MOST_QUERIES:
        raise Refused(400, f"Too many queries in one batch (limit: {MOST_QUERIES})")
    if not query.queries:
        raise Refused(400, "No queries provided.")
    return Request(
        dataset=found, query=query, limit=limit, wanted=Wanted(limit=limit, threshold=threshold, cutoff=cutoff),
        limits=Limits(
            datasets=scope_of(snapshot, found, asked.many("include_dataset"), asked.many("exclude_dataset")),
            exclude_schema=asked.many("exclude_schema"), changed_since=changed_since, exclude_ids=exclude_ids,
            filters=tuple(("topics", topic) for topic in asked.many("topics")),
        ),
    )  # fmt: skip


def answered(snapshot: Snapshot, request: Request) -> Reply:
    """The answer to a request, by one snapshot."""
    examples = {key: _example(one) for key, one in request.query.queries.items()}
    scope = Scope(snapshot, within(snapshot, request.limits))
    parts = [encode(key) + b":" + _one(scope, example, request.wanted) for key, example in examples.items()]
    ignored = [*(("weights",) if request.query.weights else ()), *(f"config.{one}" for one in request.query.config)]
    told = b"".join((
        b'{"responses":{', b",".join(parts), b'},"limit":', b"%d" % request.limit, b',"algorithm":', _ALGORITHM,
        b',"data_version":', encode(snapshot.about.version),
        b"," + encode(snapshot.about.dates)[1:-1] if snapshot.about.as_of else b"",
        b',"ignored":' + encode(ignored) if ignored else b"", b"}",
    ))  # fmt: skip
    return Reply(told, 200, (("x-batch-size", str(len(parts))),))


def _example(one: bodies.Example) -> Example:
    try:
        return example_of(one.id, one.schema, one.properties)
    except BadInput as error:
        raise Refused(400, f"Cannot parse example entity: {error}") from None


def _one(scope: Scope, example: Example, wanted: Wanted) -> bytes:
    found = match(scope, example, wanted)
    snapshot = scope.snapshot
    results = b",".join(hit_of(snapshot, hit, wanted.threshold) for hit in found.hits)
    query = encode({"id": example.id, "schema": example.schema.name, "properties": example.properties})
    return b"".join((
        b'{"status":200,"results":[', results, b'],"total":{"value":', b"%d" % found.matches,
        b',"relation":"eq"},"query":', query, b"}",
    ))  # fmt: skip


def hit_of(snapshot: Snapshot, hit: Hit, threshold: float) -> bytes:
    """A hit as clients read it: the entity, its score, and why."""
    told = encode({
        "score": hit.score, "explanations": features(hit), "match": hit.score >= threshold,
        "order": written_alike(hit.asked, hit.listed),
    })  # fmt: skip
    return snapshot.text(hit.at)[:-1] + b"," + told[1:]


def is_long(request: Request) -> bool:
    """Whether answering takes so long that nothing else should wait for it."""
    return len(request.query.queries) > _FEW


_FEW: Final = 8
