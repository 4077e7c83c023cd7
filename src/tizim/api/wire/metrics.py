"""Figures of the service in Prometheus' text form, counted in memory that all workers share.

Each worker has a row of its own and adds to that alone, so none waits for another; whoever asks any worker gets the
sums. A worker that takes the place of one that ended goes on with its row: counters never go back.
"""

import datetime as dt
import mmap
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from tizim.api.wire.replies import Reply
from tizim.screen.snapshot import Snapshot

ROUTES: Final = (
    "match", "search", "entities", "reconcile", "catalog", "manifest", "algorithms", "healthz", "readyz", "updatez",
    "openapi.json", "openapi", "clearances", "metrics", "ask", "lists", "history", "changes", "decisions",
    "imports", "watched", "mcp", "site",
)  # fmt: skip
STATUSES: Final = (200, 201, 304, 307, 308, 400, 401, 403, 404, 405, 408, 409, 413, 414, 422, 429, 500, 503)
_OTHER: Final = 0
BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0)
"""seconds"""
_STATUS_AT: Final = {status: at for at, status in enumerate((*STATUSES, _OTHER))}
_BUCKETS: Final = len(BOUNDS) + 1
_OF_ROUTE: Final = len(_STATUS_AT) + _BUCKETS + 1  # requests by status, by time taken, and the sum of that
_ROUTE_AT: Final = {name: at * _OF_ROUTE for at, name in enumerate(ROUTES)}
_QUERIES: Final = len(ROUTES) * _OF_ROUTE
_WIDTH: Final = _QUERIES + 1
_TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"

FIGURES: Final[Mapping[str, tuple[str, str]]] = {
    "tizim_requests_total": ("counter", "Requests answered, by route and status."),
    "tizim_request_seconds": ("histogram", "Time that answering took."),
    "tizim_queries_total": ("counter", "Queries of match requests that were answered."),
    "tizim_workers": ("gauge", "Workers that were asked for."),
    "tizim_ready": ("gauge", "Whether there is anything to answer from."),
    "tizim_data_outdated": ("gauge", "Whether newer data are known than are answered from."),
    "tizim_data_made_timestamp_seconds": ("gauge", "When the data answered from were put together."),
    "tizim_entities": ("gauge", "Entities that are answered from."),
    "tizim_list_stale": ("gauge", "Whether a list was not seen for longer than its rhythm allows."),
    "tizim_list_last_observed_timestamp_seconds": ("gauge", "The newest day that speaks of a list."),
}
"""by name: of which kind, and what it tells"""


class Metrics:
    """The figures of a service of some workers. To be made before they are begun, so that they share it."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._all = memoryview(mmap.mmap(-1, workers * _WIDTH * 8)).cast("d")

    def of(self, worker: int) -> "Counter":
        """What the worker of that number counts with."""
        return Counter(self._all[worker * _WIDTH : (worker + 1) * _WIDTH])

    def _sum(self, at: int) -> float:
        return sum(self._all[worker * _WIDTH + at] for worker in range(self._workers))

    def told(self, snapshot: Snapshot | None, newest: str) -> Reply:
        """All of it, with what is served by the worker that is asked."""
        lines = [line for one in self.families(snapshot, newest) for line in one.lines()]
        return Reply(("\n".join(lines) + "\n").encode(), 200, (("cache-control", "no-store"),), _TEXT)

    def families(self, snapshot: Snapshot | None, newest: str) -> "Iterator[Family]":
        """All figures, by what they are of; none that follow from data while there are none."""
        yield Family("tizim_requests_total", [
            Sample("", (("route", name), ("status", str(status or "other"))), count)
            for name, at in _ROUTE_AT.items()
            for status, place in _STATUS_AT.items()
            if (count := self._sum(at + place))
        ])  # fmt: skip
        yield Family("tizim_request_seconds", list(self._histograms()))
        yield Family("tizim_queries_total", [Sample("", (), self._sum(_QUERIES))])
        yield Family("tizim_workers", [Sample("", (), self._workers)])
        yield from _about(snapshot, newest)

    def _histograms(self) -> "Iterator[Sample]":
        for name, at in _ROUTE_AT.items():
            counts = [self._sum(at + len(_STATUS_AT) + bucket) for bucket in range(_BUCKETS)]
            if any(counts):
                yield from _histogram(name, counts, self._sum(at + _OF_ROUTE - 1))


def _about(snapshot: Snapshot | None, newest: str) -> "Iterator[Family]":
    yield Family("tizim_ready", [Sample("", (), snapshot is not None)])
    if snapshot is None:
        return
    about = snapshot.about
    made = dt.datetime.fromisoformat(about.made).timestamp()
    yield Family("tizim_data_outdated", [Sample("", (), about.version != newest)])
    yield Family("tizim_data_made_timestamp_seconds", [Sample("", (), made)])
    yield Family("tizim_entities", [Sample("", (), len(snapshot))])
    lists = [one for one in about.datasets if one.list and not one.is_collection]
    yield Family("tizim_list_stale", [Sample("", (("list", one.list),), one.stale) for one in lists])
    yield Family("tizim_list_last_observed_timestamp_seconds", [
        Sample("", (("list", one.list),), dt.datetime.combine(one.last_observed, dt.time(), dt.UTC).timestamp())
        for one in lists
        if one.last_observed is not None
    ])  # fmt: skip


class Sample(NamedTuple):
    """One figure: what its name ends with, what it is of, and how much."""

    suffix: str
    labels: tuple[tuple[str, str], ...]
    value: float


class Family(NamedTuple):
    """Figures of one name."""

    name: str
    samples: list[Sample]

    def lines(self) -> Iterator[str]:
        """In the text form."""
        kind, words = FIGURES[self.name]
        yield f"# HELP {self.name} {words}"
        yield f"# TYPE {self.name} {kind}"
        for suffix, labels, value in self.samples:
            told = ",".join(f'{name}="{_quoted(text)}"' for name, text in labels)
            amount = f"{value:.6f}" if suffix == "_sum" else f"{value:.0f}"
            yield f"{self.name}{suffix}{{{told}}} {amount}" if told else f"{self.name}{suffix} {amount}"


class Counter:
    """What one worker counts with."""

    def __init__(self, own: "memoryview[float]") -> None:
        self._own = own

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count a request to the address whose first part is *route*."""
        own, at = self._own, _ROUTE_AT.get(route, _ROUTE_AT["site"])
        own[at + _STATUS_AT.get(status, len(STATUSES))] += 1
        own[at + len(_STATUS_AT) + bisect_left(BOUNDS, seconds)] += 1
        own[at + _OF_ROUTE - 1] += seconds

    def matched(self, queries: int) -> None:
        """Count the queries of a match request."""
        self._own[_QUERIES] += queries


def _histogram(route: str, counts: Sequence[float], total: float) -> Iterator[Sample]:
    so_far = 0.0
    for bound, count in zip((*map(str, BOUNDS), "+Inf"), counts, strict=True):
        so_far += count
        yield Sample("_bucket", (("route", route), ("le", bound)), so_far)
    yield Sample("_sum", (("route", route),), total)
    yield Sample("_count", (("route", route),), so_far)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
