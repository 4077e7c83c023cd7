"""Figures of the service in Prometheus' text form, counted in memory that all workers share.

Each worker has a row of its own and adds to that alone, so none waits for another; whoever asks any worker gets the
sums. A worker that takes the place of one that ended goes on with its row: counters never go back.
"""

import datetime as dt
import mmap
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from tizim.api.wire.replies import Reply
from tizim.screen.snapshot import Snapshot

ROUTES: Final = (
    "match", "search", "entities", "reconcile", "catalog", "manifest", "algorithms", "healthz", "readyz", "updatez",
    "openapi.json", "openapi", "clearances", "metrics", "ask", "lists", "history", "changes", "decisions",
    "imports", "hits", "site",
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
        lines = [*self._requests(), *self._about(snapshot, newest)]
        return Reply(("\n".join(lines) + "\n").encode(), 200, (("cache-control", "no-store"),), _TEXT)

    def _requests(self) -> Iterator[str]:
        yield from _head("tizim_requests_total", "counter", "Requests answered, by route and status.")
        for name, at in _ROUTE_AT.items():
            for status, place in _STATUS_AT.items():
                if count := self._sum(at + place):
                    yield f'tizim_requests_total{{route="{name}",status="{status or "other"}"}} {count:.0f}'
        yield from _head("tizim_request_seconds", "histogram", "Time that answering took.")
        for name, at in _ROUTE_AT.items():
            counts = [self._sum(at + len(_STATUS_AT) + bucket) for bucket in range(_BUCKETS)]
            if any(counts):
                yield from _histogram(name, counts, self._sum(at + _OF_ROUTE - 1))
        yield from _head("tizim_queries_total", "counter", "Queries of match requests that were answered.")
        yield f"tizim_queries_total {self._sum(_QUERIES):.0f}"
        yield from _head("tizim_workers", "gauge", "Workers that were asked for.")
        yield f"tizim_workers {self._workers}"

    @staticmethod
    def _about(snapshot: Snapshot | None, newest: str) -> Iterator[str]:
        yield from _head("tizim_ready", "gauge", "Whether there is anything to answer from.")
        yield f"tizim_ready {int(snapshot is not None)}"
        if snapshot is None:
            return
        about = snapshot.about
        yield from _head("tizim_data_outdated", "gauge", "Whether newer data are known than are answered from.")
        yield f"tizim_data_outdated {int(about.version != newest)}"
        yield from _head("tizim_data_made_timestamp_seconds", "gauge", "When the data answered from were put together.")
        yield f"tizim_data_made_timestamp_seconds {dt.datetime.fromisoformat(about.made).timestamp():.0f}"
        yield from _head("tizim_entities", "gauge", "Entities that are answered from.")
        yield f"tizim_entities {len(snapshot)}"
        lists = [one for one in about.datasets if one.list and not one.is_collection]
        yield from _head("tizim_list_stale", "gauge", "Whether a list was not seen for longer than its rhythm allows.")
        yield from (f'tizim_list_stale{{list="{_quoted(one.list)}"}} {int(one.stale)}' for one in lists)
        yield from _head("tizim_list_last_observed_timestamp_seconds", "gauge", "The newest day that speaks of a list.")
        for one in lists:
            if one.last_observed is not None:
                at = dt.datetime.combine(one.last_observed, dt.time(), dt.UTC).timestamp()
                yield f'tizim_list_last_observed_timestamp_seconds{{list="{_quoted(one.list)}"}} {at:.0f}'


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


def _head(name: str, kind: str, words: str) -> tuple[str, str]:
    return f"# HELP {name} {words}", f"# TYPE {name} {kind}"


def _histogram(route: str, counts: Sequence[float], total: float) -> Iterator[str]:
    so_far = 0.0
    for bound, count in zip((*map(str, BOUNDS), "+Inf"), counts, strict=True):
        so_far += count
        yield f'tizim_request_seconds_bucket{{route="{route}",le="{bound}"}} {so_far:.0f}'
    yield f'tizim_request_seconds_sum{{route="{route}"}} {total:.6f}'
    yield f'tizim_request_seconds_count{{route="{route}"}} {so_far:.0f}'


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
