"""What those who run the service see: figures, a line for each request, what is old; and a fuzzer's attacks."""

import datetime as dt
import json
import os

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from tests.contracts.screening.conftest import FILES, MADE, Client, the_site
from tests.makers import some_documents

from tizim.api.wire import Answering, Door, Screening, Supply, Terms
from tizim.api.wire.clearing import Clearing
from tizim.api.wire.deciding import Deciding
from tizim.api.wire.guarding import Guard
from tizim.api.wire.journal import Journal
from tizim.api.wire.metrics import Metrics
from tizim.app import App, clock
from tizim.customers import Marks, Store
from tizim.customers.keys import Keys, KeyScope, new_key, read_keys
from tizim.customers.policies import Policies
from tizim.screen.current import Current
from tizim.screen.from_files import snapshot
from tizim.screen.snapshot import Snapshot
from tizim.settings import Settings

NOW = dt.datetime(2026, 11, 27, 1, tzinfo=dt.UTC)
HELD = snapshot(FILES, MADE, [])
SECRET = "a secret of more than thirty-two characters"


async def update(waits):
    """Nothing newer."""


def a_service(held, door, answering=None):
    """A service behind a door."""
    supply = Supply(update=update, of=lambda _: None, answering=answering)
    return Screening(Current(held), the_site, Terms(), supply, door)


def figures(client):
    """The samples that are told, by name."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert len({line.rpartition(" ")[0] for line in lines}) == len(lines)
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


def test_figures_are_those_of_all_workers():
    """Whichever of them is asked; one that is begun anew goes on counting."""
    metrics = Metrics(3)
    clients = [Client(a_service(HELD, Door(metrics=metrics, counter=metrics.of(at)))) for at in range(2)]
    queries = {"a": {"schema": "Person", "properties": {"name": ["x y"]}}, "b": {"schema": "Person", "properties": {}}}
    for client in clients:
        client.match("default", queries)
        client.match("nothing", queries)
        client.get("/en/")
    child = os.fork()
    if not child:
        metrics.of(2).answered("match", 200, 0.004)
        os._exit(0)
    os.waitpid(child, 0)

    told = figures(clients[0])
    assert told['tizim_requests_total{route="match",status="200"}'] == 3
    assert told['tizim_requests_total{route="match",status="404"}'] == 2
    assert told['tizim_requests_total{route="site",status="200"}'] == 2
    assert told["tizim_queries_total"] == 4
    assert told['tizim_request_seconds_count{route="match"}'] == 5
    assert told['tizim_request_seconds_bucket{route="match",le="+Inf"}'] == 5
    assert told["tizim_ready"] == 1
    assert told["tizim_workers"] == 3
    assert figures(clients[1])['tizim_requests_total{route="metrics",status="200"}'] == 1


def test_buckets_grow_and_nothing_is_counted_twice():
    """A histogram is only read rightly if each bucket holds those before it."""
    metrics = Metrics(1)
    for seconds in (0.0, 0.001, 0.0011, 0.3, 100.0):
        metrics.of(0).answered("search", 299, seconds)
    told = figures(Client(a_service(None, Door(metrics=metrics))))

    buckets = [value for name, value in told.items() if name.startswith("tizim_request_seconds_bucket")]
    assert buckets == sorted(buckets)
    assert (buckets[0], buckets[-1]) == (2, 5)
    assert told['tizim_requests_total{route="search",status="other"}'] == 5
    assert told["tizim_ready"] == 0


def test_a_list_not_seen_for_long_is_told_to_those_who_watch():
    """It is answered from all the same: nobody is to be screened against nothing."""
    dated = [
        msgspec.structs.replace(one, list=one.name.replace("_", "-"), stale=one.name == "eu_fsf",
                                last_observed=dt.date(2024, 5, 1))
        for one in HELD.about.datasets
    ]  # fmt: skip
    about = msgspec.structs.replace(HELD.about, datasets=tuple(dated))
    metrics = Metrics(1)
    client = Client(a_service(Snapshot(about, HELD.screener, HELD.held, HELD.inverted), Door(metrics=metrics)))

    assert client.get("/readyz").json() == {"status": "ok", "stale": ["eu-fsf"]}
    told = figures(client)
    assert told['tizim_list_stale{list="eu-fsf"}'] == 1
    assert told['tizim_list_stale{list="parteispenden"}'] == 0
    assert told['tizim_list_last_observed_timestamp_seconds{list="eu-fsf"}'] == 1714521600
    assert Client(a_service(HELD, Door())).get("/metrics").status_code == 404


def test_a_line_tells_the_route_and_never_who_was_asked_about(tmp_path):
    """Logs go to many hands: no name, no id of an entity or customer, no key, no address."""
    store = Store(f"sqlite:///{tmp_path / 'customers.sqlite'}")
    key, text = new_key(store, "desk", [KeyScope.SCREEN, KeyScope.READ], None, NOW)
    keys = Keys(read_keys(store))
    store.close()
    lines = []
    door = Door(journal=Journal(lines.append, lambda: NOW), guard=Guard(lambda: keys, NOW.date, required=True))
    client = Client(a_service(HELD, door))
    bearing = {"authorization": f"Bearer {text}"}
    queries = {"Secret": {"id": "Secret", "schema": "Person", "properties": {"name": ["Secret Name"]}}}
    client.post("/match/default?secret=Secret", content=json.dumps({"queries": queries}), headers=bearing)
    client.get("/entities/Secret", headers=bearing)
    client.get(f"/reconcile/default?api_key={text}")
    client.ask("SECRET", "/search/default?q=Secret")

    told = [json.loads(line) for line in lines]
    assert [(one["route"], one["method"], one["status"], one["key"]) for one in told] == [
        ("match", "POST", 200, key.id), ("entities", "GET", 404, key.id), ("reconcile", "GET", 200, key.id),
        ("search", "other", 401, None),
    ]  # fmt: skip
    said = b"".join(lines).decode()
    assert "secret" not in said.lower()
    assert text not in said
    assert "127.0.0.1" not in said


# -- the fuzzer ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def behind(tmp_path_factory):
    """A service with everything that can be set, and a key that may do everything."""
    folder = tmp_path_factory.mktemp("fuzz")
    app = App(Settings(home=folder, register_url=f"sqlite:///{folder / 'register.sqlite'}"))
    app.made()
    for batch in some_documents({"2024-01-05": ["QDi.001", "QDe.002"], "2024-02-05": ["QDe.002"]}):
        app.register.append(batch, clock)
    store = app.customers
    _, text = new_key(store, "fuzzer", list(KeyScope), None, NOW)
    keys = Keys(read_keys(store))
    metrics = Metrics(1)
    policies = Policies()
    door = Door(
        guard=Guard(lambda: keys, NOW.date, required=True), metrics=metrics, counter=metrics.of(0),
        policy=lambda name: policies.of(name) if name else None,
        clearing=Clearing(store=store, marks=Marks(SECRET), now=lambda: NOW), deciding=Deciding(app, clock, 60.0),
    )  # fmt: skip
    answering = Answering(asking=app.asking, decisions=app.last_decisions)
    yield Client(a_service(HELD, door, answering)), {"authorization": f"Bearer {text}"}
    app.close()


OPERATIONS = schemathesis.openapi.from_dict(Client(a_service(HELD, Door())).get("/openapi.json").json())


@OPERATIONS.parametrize()
@settings(
    max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_a_fuzzer_finds_no_fault_and_no_status_that_is_not_described(case, behind):
    """Whatever the description allows, and what it does not: an answer of a status that clients were told of."""
    client, bearing = behind
    sent = case.as_transport_kwargs(base_url="http://desk.test")
    headers = {
        name: value for name, value in dict(sent.get("headers") or {}).items()
        if str(name).isascii() and str(value).isascii() and name.lower() != "authorization"
    }  # fmt: skip
    more = {"params": sent.get("params"), "headers": {**headers, **bearing}}
    if sent.get("json") is not None:
        more["content"] = json.dumps(sent["json"], ensure_ascii=True).encode()
    elif isinstance(sent.get("data"), dict):
        more["data"] = sent["data"]
    elif sent.get("data") is not None:
        data = sent["data"]
        more["content"] = data if isinstance(data, bytes) else str(data).encode("utf-8", "replace")
    answer = client.ask(sent["method"], sent["url"], **more)

    described = {int(one) for one in case.operation.definition.raw["responses"]}
    assert answer.status_code < 500 or answer.status_code == 503, answer.text
    assert answer.status_code in described, (answer.status_code, sent)
