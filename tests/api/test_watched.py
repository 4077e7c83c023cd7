"""A service that is followed: spans and figures say what was done and how long it took, and never about whom."""

import contextlib
import gzip
import json
from concurrent.futures import Future

import pytest
from tests.contracts.screening.conftest import FILES, MADE, Client, the_site
from tests.serving import Server, answer

from tizim.api.wire import Answering, Door, Screening, Supply, Terms
from tizim.api.wire.metrics import Metrics
from tizim.app import App
from tizim.cli.telemetry import Wanted, follow, wanted
from tizim.errors import BadInput
from tizim.screen.current import Current
from tizim.screen.from_files import snapshot
from tizim.settings import Settings

pytest.importorskip("opentelemetry.sdk", reason="the extra 'otel' is not installed")

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tizim.api.wire.watched import Watched, export

SECRET = "Zxqvarnia"
TRACE = "0af7651916cd43dd8448eb211c80319c"


class Followed(Client):
    """A service over files and a register, and what was exported of it."""

    def __init__(self, folder, held):
        self.own = App(Settings(home=folder, register_url=f"sqlite:///{folder / 'register.sqlite'}"))
        self.own.made()
        self.spans = InMemorySpanExporter()
        provider = TracerProvider(shutdown_on_exit=False)
        provider.add_span_processor(SimpleSpanProcessor(self.spans))
        self.reader = InMemoryMetricReader()
        metrics = Metrics(1)
        current = Current(held)
        export(metrics, current, MeterProvider([self.reader], shutdown_on_exit=False).get_meter("test"))

        async def update(waits):
            pass

        supply = Supply(
            update=update, of=lambda _: None,
            answering=Answering(asking=self.own.asking, decisions=self.own.last_decisions),
        )  # fmt: skip
        door = Door(metrics=metrics, counter=metrics.of(0), log=_log)
        super().__init__(
            Watched(current, the_site, Terms(), supply, door, tracer=provider.get_tracer("test"))
        )  # fmt: skip

    def taken(self):
        """The spans so far, by name; they are told once."""
        found = self.spans.get_finished_spans()
        self.spans.clear()
        return {one.name: one for one in found}

    def figures(self):
        """What was counted, by name and labels."""
        told = json.loads(self.reader.get_metrics_data().to_json())
        return told, {
            (one["name"], tuple(sorted(point["attributes"].items()))): point["value"]
            for resource in told["resource_metrics"] for scope in resource["scope_metrics"]
            for one in scope["metrics"] for point in one["data"]["data_points"]
        }  # fmt: skip


def _log(*_):
    written = Future()
    written.set_result(None)
    return written


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """A service that is followed."""
    found = Followed(tmp_path_factory.mktemp("followed"), snapshot(FILES, MADE, []))
    yield found
    found.own.close()


def test_a_match_is_followed_from_the_request_to_the_index_and_the_log(followed):
    """Each step is a span within the one before; a trace that came in goes on, and the answer names it."""
    followed.taken()
    query = {"a": {"schema": "Person", "properties": {"name": [SECRET]}}}
    came = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}
    found = followed.post("/match/default", content=json.dumps({"queries": query}), headers=came)
    spans = followed.taken()

    assert set(spans) == {"POST /match", "match", "index lookup", "screening log write"}
    root = spans["POST /match"]
    assert spans["match"].parent.span_id == root.context.span_id
    assert spans["index lookup"].parent.span_id == spans["match"].context.span_id
    assert {f"{one.context.trace_id:032x}" for one in spans.values()} == {TRACE}
    assert found.headers["traceparent"].split("-")[1] == TRACE
    assert dict(root.attributes) == {
        "http.request.method": "POST", "http.route": "/match", "http.response.status_code": 200,
    }  # fmt: skip
    assert spans["index lookup"].attributes["tizim.queries"] == 1

    followed.get("/lists")
    assert set(followed.taken()) == {"GET /lists", "register read"}


def test_nothing_that_is_exported_names_anybody(followed):
    """Whatever a request holds and wherever it holds it, also where it fails; all that was exported is looked at."""
    followed.taken()
    told = {"queries": {SECRET: {"schema": "Person", "id": SECRET, "properties": {"name": [SECRET], SECRET: [SECRET]}}}}
    headers = {
        "tracestate": f"{SECRET.lower()}={SECRET}", "traceparent": f"00-{TRACE}-b7ad6b7169203331-01",
        "user-agent": SECRET, "baggage": f"name={SECRET}", "authorization": f"Bearer {SECRET}",
    }  # fmt: skip
    sent = {"headers": headers}
    followed.post("/match/default", content=json.dumps(told), **sent)
    followed.post(f"/match/{SECRET}", content=json.dumps(told), **sent)
    followed.post("/match/default", content=f"{{{SECRET}", **sent)
    with contextlib.suppress(ValueError):
        followed.ask(SECRET.upper(), "/match/default", **sent)
    for address in (
        f"/search/default?q={SECRET}", f"/search/default?q={SECRET}&limit={SECRET}", f"/entities/{SECRET}",
        f"/ask?subject={SECRET}&list={SECRET}", f"/history/{SECRET}", f"/{SECRET}", f"/en/search?q={SECRET}",
        f"/reconcile/default?queries={SECRET}", f"/decisions?list={SECRET}",
    ):  # fmt: skip
        followed.get(address, **sent)
    spans = followed.spans.get_finished_spans()
    exported, _ = followed.figures()

    assert len(spans) > 15
    everything = " ".join([json.dumps(exported), *(one.to_json() for one in spans)]).lower()
    everything += str([one.context.trace_state.to_header() for one in spans]).lower()
    assert SECRET.lower() not in everything
    assert "match" in everything


def test_figures_are_those_that_prometheus_is_told(followed):
    """Name by name and label by label, also those of time taken."""
    followed.get("/algorithms")
    text = followed.get("/metrics").text
    _, told = followed.figures()

    written = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
    assert {name for name, _ in told} == {line[0].partition("{")[0] for line in written}
    assert told[("tizim_requests_total", (("route", "algorithms"), ("status", "200")))] == 1
    assert told[("tizim_request_seconds_count", (("route", "algorithms"),))] == 1
    assert told[("tizim_ready", ())] == 1


def test_a_fault_of_ours_is_an_error_without_its_words(followed, monkeypatch):
    """What went wrong stands in the log; a span says that it did."""
    followed.taken()

    def fails(*_):
        raise RuntimeError(SECRET)

    monkeypatch.setattr("tizim.api.wire.matching.answers", fails)
    query = {"a": {"schema": "Person", "properties": {"name": ["x y"]}}}
    assert followed.match("default", query).status_code == 500
    root = followed.taken()["POST /match"]
    assert (root.status.status_code.name, root.status.description, root.events) == ("ERROR", None, ())


@pytest.mark.parametrize(
    ("environ", "traces", "metrics"),
    [
        ({}, False, False),
        ({"OTEL_SERVICE_NAME": "desk"}, False, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"}, True, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_METRICS_EXPORTER": "none"}, True, False),
        ({"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": "http://127.0.0.1:1"}, False, True),
        ({"OTEL_TRACES_EXPORTER": "otlp", "OTEL_SDK_DISABLED": "true"}, False, False),
    ],
)
def test_it_is_off_unless_the_standard_variables_say_where_to_send_it(environ, traces, metrics):
    """A name alone is no order to send anything."""
    assert wanted(environ) == Wanted(traces=traces, metrics=metrics)
    with pytest.raises(BadInput, match="write 'otlp' or 'none'"):
        wanted({**environ, "OTEL_SDK_DISABLED": "", "OTEL_TRACES_EXPORTER": "jaeger"})


def test_spans_and_figures_reach_a_collector(monkeypatch):
    """Sent for real when a worker ends; what is sent names nobody either."""
    collector = Server()
    try:
        for path in ("/v1/traces", "/v1/metrics"):
            collector.says[path] = [answer(b"", content_type="application/x-protobuf")]
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url(""))
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip")
        following = follow(wanted(), figures=True)
        metrics = Metrics(1)

        async def update(waits):
            pass

        supply = Supply(update=update, of=lambda _: None)
        client = Client(Watched(Current(), the_site, Terms(), supply, Door(metrics=metrics), tracer=following.tracer))
        export(metrics, Current(), following.meter)
        client.get(f"/entities/{SECRET}")
        following.end()
    finally:
        collector.close()

    sent = {one.path: gzip.decompress(one.body) for one in collector.asked}
    assert b"GET /entities" in sent["/v1/traces"]
    assert b"tizim_workers" in sent["/v1/metrics"]
    assert all(b"tizim" in body and SECRET.encode() not in body for body in sent.values())


def test_a_service_that_is_not_followed_is_the_plain_one(monkeypatch):
    """Nothing of it is loaded, and no request does anything for it."""
    from tizim.cli.serve import _screening  # noqa: PLC0415 - only here

    async def update(waits):
        pass

    made = _screening(Current(), the_site, Terms(), Supply(update=update, of=lambda _: None), Door(), None)
    assert type(made) is Screening
