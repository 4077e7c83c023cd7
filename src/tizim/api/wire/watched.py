"""A service of which every request is followed by spans, and whose figures are exported. Needs the extra ``otel``.

A class of its own, so that a service that nobody follows does nothing for it. What is exported says what was done, how
long it took and how it ended: never a name, a query, an address beyond its first part, or the words of an error.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from opentelemetry.metrics import CallbackOptions, Meter, Observation
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, Tracer, format_span_id, format_trace_id
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tizim.api.wire import matching
from tizim.api.wire.answering import Answering
from tizim.api.wire.application import METHODS, ROUTES, Answered, Door, Log, Screening, Supply, Terms
from tizim.api.wire.asking import Asked
from tizim.api.wire.metrics import FIGURES, Metrics
from tizim.api.wire.replies import Reply
from tizim.customers.keys import Key
from tizim.customers.log import Noted
from tizim.screen.current import Current
from tizim.screen.snapshot import Snapshot

_PROPAGATOR: Final = TraceContextTextMapPropagator()
_PARENT: Final = b"traceparent"
_FAULTS: Final = 500


class Watched(Screening):
    """The screening interface in front of a site, followed by a tracer."""

    def __init__(
        self, current: Current, site: ASGIApp, terms: Terms, supply: Supply, door: Door | None = None, *, tracer: Tracer
    ) -> None:
        super().__init__(current, site, terms, supply, door)
        self._tracer = tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer within a span, which goes on a trace that came in; the answer names the same trace."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        first = scope["path"][1:].partition("/")[0]
        route = f"/{first}" if first in ROUTES else "site"
        method = scope["method"] if scope["method"] in METHODS else "other"
        came = next((value.decode("latin-1") for name, value in scope["headers"] if name == _PARENT), "")
        with self._span(
            f"{method} {route}", {"http.request.method": method, "http.route": route}, kind=SpanKind.SERVER,
            context=_PROPAGATOR.extract({"traceparent": came}) if came else None,
        ) as span:  # fmt: skip

            async def told(message: Message) -> None:
                if message["type"] == "http.response.start":
                    _ended(span, message["status"])
                await send(message)

            await super().__call__({**scope, "headers": _within(span, scope["headers"])}, receive, told)

    def _span(self, name: str, attributes: Mapping[str, Any] | None = None, **more: Any) -> Any:  # noqa: ANN401 - the SDK's
        # An error's words may be those of a request: spans say that something failed, and logs where.
        return self._tracer.start_as_current_span(
            name, attributes=attributes, record_exception=False, set_status_on_exception=False, **more
        )

    async def _match(self, dataset: str, asked: Asked, body: bytes, key: Key | None) -> Reply:
        with self._span("match"):
            return await super()._match(dataset, asked, body, key)

    async def _parts(
        self, snapshot: Snapshot, request: matching.Request, extras: matching.Extras | None
    ) -> list[bytes]:  # fmt: skip
        about = {"tizim.queries": len(request.asked), "tizim.data_version": snapshot.about.version}
        with self._span("index lookup", about):
            return await super()._parts(snapshot, request, extras)

    async def _search(self, dataset: str, asked: Asked) -> Reply:
        with self._span("search"):
            return await super()._search(dataset, asked)

    async def _read(self, answer: Callable[[Answering], Answered]) -> Answered:
        with self._span("register read"):
            return await super()._read(answer)

    async def _beside_the_loop(self, answer: Callable[[], Reply]) -> Reply:
        with self._span("beside the loop"):
            return await super()._beside_the_loop(answer)

    async def _logged(
        self, log: Log, snapshot: Snapshot, dataset: str, noted: list[Noted], key: Key | None
    ) -> None:  # fmt: skip
        with self._span("screening log write", {"tizim.queries": len(noted)}):
            await super()._logged(log, snapshot, dataset, noted, key)


def _ended(span: Span, status: int) -> None:
    span.set_attribute("http.response.status_code", status)
    if status >= _FAULTS:
        span.set_status(Status(StatusCode.ERROR))


def _within(span: Span, headers: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of a request as if it came from the span: what is answered and logged then names its trace."""
    own = span.get_span_context()
    if not own.is_valid:
        return list(headers)
    told = f"00-{format_trace_id(own.trace_id)}-{format_span_id(own.span_id)}-{own.trace_flags:02x}"
    return [*(pair for pair in headers if pair[0] != _PARENT), (_PARENT, told.encode())]


def export(metrics: Metrics, current: Current, meter: Meter) -> None:
    """Have the figures of a service, which are those of all its workers, observed by a meter."""
    for name, (kind, words) in FIGURES.items():
        for suffix in ("_bucket", "_sum", "_count") if kind == "histogram" else ("",):
            make = meter.create_observable_gauge if kind == "gauge" else meter.create_observable_counter
            make(f"{name}{suffix}", [_observer(metrics, current, name, suffix)], description=words)


def _observer(
    metrics: Metrics, current: Current, name: str, suffix: str
) -> Callable[[CallbackOptions], Iterable[Observation]]:  # fmt: skip
    def observe(_: CallbackOptions) -> Iterable[Observation]:
        for family in metrics.families(current.snapshot, current.newest):
            if family.name == name:
                yield from (
                    Observation(float(one.value), dict(one.labels)) for one in family.samples if one.suffix == suffix
                )

    return observe
