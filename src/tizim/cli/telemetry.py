"""Whether a service is followed, as the standard variables of OpenTelemetry (``OTEL_…``) say, and by what."""

import os
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import msgspec

from tizim import __version__
from tizim.errors import BadInput, NotSupported

if TYPE_CHECKING:
    from opentelemetry.metrics import Meter
    from opentelemetry.trace import Tracer

_EVERYTHING: Final = "OTEL_EXPORTER_OTLP_ENDPOINT"
_KINDS: Final = ("TRACES", "METRICS")


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is exported."""

    traces: bool
    metrics: bool

    def __bool__(self) -> bool:
        """Whether anything is."""
        return self.traces or self.metrics


class Following(msgspec.Struct, frozen=True, kw_only=True):
    """What follows a worker; none of what is not wanted of it."""

    tracer: "Tracer | None"
    meter: "Meter | None"
    end: Callable[[], None]
    """sends what is left, within the seconds that the exporters are given"""


def wanted(environ: Mapping[str, str] = os.environ) -> Wanted:
    """What the environment asks for: nothing, unless it names where to send it or an exporter.

    Raises `BadInput` for an exporter that there is none of, `NotSupported` where the extra is not installed.
    """
    if environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return Wanted(traces=False, metrics=False)
    traces, metrics = (_wants(kind, environ) for kind in _KINDS)
    found = Wanted(traces=traces, metrics=metrics)
    if found and (find_spec("opentelemetry") is None or find_spec("opentelemetry.sdk") is None):
        raise NotSupported(
            "OTEL_… variables ask for OpenTelemetry, which needs the extra 'otel': pip install 'tizim[otel]'"
        )
    return found


def _wants(kind: str, environ: Mapping[str, str]) -> bool:
    name = f"OTEL_{kind}_EXPORTER"
    exporter = environ.get(name, "").strip().lower()
    if exporter not in {"", "otlp", "none"}:
        raise BadInput(f"{name} is '{exporter}': write 'otlp' or 'none'")
    if exporter:
        return exporter == "otlp"
    own = f"OTEL_EXPORTER_OTLP_{kind}_ENDPOINT"
    return bool(environ.get(own, "").strip() or environ.get(_EVERYTHING, "").strip())


def follow(asked: Wanted, *, figures: bool) -> Following:
    """Begin to follow this worker. *figures*: of all workers it is the one that exports the figures of all.

    Everything else (addresses, headers, names, sampling, intervals) the SDK reads from the standard variables itself.
    Nothing is made known to the whole process: what others have their own spans for stays unseen.
    """
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    own = {"service.version": __version__}
    if not os.environ.get("OTEL_SERVICE_NAME") and SERVICE_NAME not in os.environ.get("OTEL_RESOURCE_ATTRIBUTES", ""):
        own[SERVICE_NAME] = "tizim"
    resource = Resource.create(own)
    ends: list[Callable[[], object]] = []
    tracer = meter = None
    if asked.traces:
        spans = TracerProvider(resource=resource, shutdown_on_exit=False)
        spans.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        tracer = spans.get_tracer("tizim", __version__)
        ends.append(spans.shutdown)
    if asked.metrics and figures:
        reader = PeriodicExportingMetricReader(OTLPMetricExporter())
        meters = MeterProvider([reader], resource=resource, shutdown_on_exit=False)
        meter = meters.get_meter("tizim", __version__)
        ends.append(meters.shutdown)

    def end() -> None:
        for one in ends:
            one()

    return Following(tracer=tracer, meter=meter, end=end)
