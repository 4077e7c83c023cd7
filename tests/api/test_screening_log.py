"""What is kept of queries where somebody decided so, and asking again what was kept."""

import datetime as dt
import json
from pathlib import Path

import msgspec
import pytest
from tests.contracts.screening.conftest import DATA, FILES, MADE, Client, the_site

from tizim.api.wire import Door, Screening, Supply, Terms
from tizim.customers import Marks
from tizim.customers.log import (
    Keeping,
    Logged,
    LogWriter,
    delete_before,
    delete_customer,
    logged,
    one_of_log,
    read_log,
)
from tizim.customers.policies import Policies, approve, propose, read_policies
from tizim.customers.replay import Why, replay
from tizim.errors import BadInput, NotFound
from tizim.screen.current import Current
from tizim.screen.from_files import EntityFile, snapshot
from tizim.screen.policy import Policy, Threshold

NOW = dt.datetime(2026, 11, 27, 1, tzinfo=dt.UTC)
MARKS = Marks("a secret of more than thirty-two characters")
QUERY = {"id": "customer-77", "schema": "Person", "properties": {"name": ["Anvar Testov"], "birthDate": ["1971"]}}


@pytest.fixture
def service(held, store):
    """Makes clients of services that keep what they answer."""
    writers = []

    def made(keeping, policies=None):
        writer = LogWriter(store, lambda: NOW)
        writers.append(writer)

        def log(noted, answered_from, dataset, who):
            return writer.add([logged(one, answered_from, dataset, who, MARKS, keeping, NOW) for one in noted])

        async def update(waits):
            pass

        door = Door(log=log, policy=lambda name: policies.of(name) if name else None)
        return Client(Screening(Current(held), the_site, Terms(), Supply(update=update, of=lambda _: None), door))

    yield made
    for one in writers:
        one.end()


def test_an_answer_is_kept_before_it_goes_out_and_names_its_entry(service, store):
    """Query, data, algorithm, who was found, when: all that is needed to ask again."""
    client = service(Keeping.WHOLE)
    answer = client.match("eu_fsf", {"a": QUERY, "b": QUERY}, parameters="?limit=3").json()

    entry = one_of_log(store, answer["responses"]["a"]["screening"])
    assert entry.query == {**QUERY, "properties": answer["responses"]["a"]["query"]["properties"]}
    assert (entry.at, entry.dataset, entry.data_version) == (NOW, "eu_fsf", answer["data_version"])
    assert [(one.id, one.score) for one in entry.hits] == [
        (one["id"], one["score"]) for one in answer["responses"]["a"]["results"]
    ]
    assert entry.parameters["limit"] == 3
    assert {one.id for one in read_log(store, customer=MARKS.of_customer("customer-77"))} == {
        one["screening"] for one in answer["responses"].values()
    }


def test_marks_alone_hold_nothing_of_a_customer(service, store, tmp_path):
    """Neither the name nor the id stands anywhere in the file."""
    service(Keeping.MARKS).match("eu_fsf", {"a": QUERY})

    (entry,) = read_log(store)
    assert entry.query is None
    assert entry.customer == MARKS.of_customer("customer-77")
    told = b"".join(one.read_bytes() for one in Path(tmp_path).iterdir())
    assert b"customer-77" not in told
    assert b'"Anvar Testov"' not in told.replace(b'"name":"Anvar Testov"', b"").replace(b"Anwar Testov", b"")


def test_the_same_data_give_the_same_answer(service, store, held):
    """Whatever was asked, with a policy or without; from marks too, with the query at hand."""
    propose(store, "wide", Policy(thresholds=(Threshold(score=0.4),)), "A", "b", NOW)
    approve(store, "wide", 0, "B", "b", NOW)
    policies = Policies(read_policies(store))
    client = service(Keeping.WHOLE, policies)
    for parameters in (
        "",
        "?threshold=0.2&limit=2",
        "?policy=wide",
        "?exclude_entity_ids=tz-anvar",
        "?topics=role.pep",
    ):
        assert client.match("default", {"a": QUERY}, parameters=parameters).status_code == 200
    entries = read_log(store)

    assert len(entries) == 5
    for entry in entries:
        assert replay(entry, held, policies.of(entry.policy) if entry.policy else None, MARKS).is_same
        hidden = msgspec.structs.replace(entry, query=None)
        by = policies.of(entry.policy) if entry.policy else None
        assert replay(hidden, held, by, MARKS, QUERY).is_same
        for wrong in (None, {**QUERY, "schema": "Company"}, {"schema": "Person"}):
            with pytest.raises(BadInput):
                replay(hidden, held, by, MARKS, wrong)


def test_what_changed_is_told_with_its_reason(service, store, held, tmp_path):
    """The entity, the lists, the algorithm or the policy: a reviewer looks at the right place."""
    client = service(Keeping.WHOLE)
    client.match("default", {"a": QUERY}, parameters="?threshold=0.5")
    (entry,) = read_log(store)
    lines = (DATA / "sanctions.ftm.json").read_text(encoding="utf-8").splitlines()

    def now(*changed, dataset="eu_fsf"):
        path = tmp_path / "changed.json"
        path.write_text("\n".join(changed) + "\n", encoding="utf-8")
        return snapshot((EntityFile(path=path, dataset=dataset), FILES[1]), MADE, [])

    def why(*snapshot_and_more):
        found = replay(*snapshot_and_more, MARKS)
        return {one.entity: one.why for one in found.changes}

    assert why(entry, now(*lines[1:]), None) == {"tz-anvar": Why.LIST}
    assert why(entry, now(lines[0].replace("1971-05-06", "1950-01-01"), *lines[1:]), None) == {"tz-anvar": Why.ENTITY}
    older = msgspec.structs.replace(entry, algorithm="tizim-0")
    assert why(older, now(*lines[1:]), None) == {"tz-anvar": Why.ALGORITHM}
    unfound = msgspec.structs.replace(entry, hits=())
    assert why(unfound, held, None) == {"tz-anvar": Why.UNKNOWN}
    new = lines[0].replace('"first_seen": "2020-01-01', '"first_seen": "2026-12-01')
    assert why(unfound, now(new, *lines[1:]), None) == {"tz-anvar": Why.LIST}
    propose(store, "never", Policy(thresholds=(Threshold(score=1.0),)), "A", "b", NOW)
    approve(store, "never", 0, "B", "b", NOW)
    never = Policies(read_policies(store)).of("never")
    without = msgspec.structs.replace(entry, query={**entry.query, "properties": {"name": ["Anvar Tistof"]}},
                                      mark=MARKS.of_query("Person", {"name": ["Anvar Tistof"]}))  # fmt: skip
    assert why(without, held, never) == {"tz-anvar": Why.POLICY}


def test_what_is_kept_is_deleted_by_age_and_by_customer(service, store):
    """And nothing else is."""
    client = service(Keeping.WHOLE)
    client.match("default", {"a": QUERY, "b": {**QUERY, "id": "other"}, "c": {**QUERY, "id": None}})

    assert delete_before(store, NOW) == 0
    assert delete_customer(store, MARKS.of_customer("customer-77")) == (1, 0)
    assert sorted(one.query["id"] or "" for one in read_log(store)) == ["", "other"]
    assert delete_before(store, NOW + dt.timedelta(seconds=1)) == 2
    assert read_log(store) == []
    with pytest.raises(NotFound):
        one_of_log(store, "gone")


def test_what_cannot_be_kept_is_not_answered(service, store, tmp_path, monkeypatch):
    """An answer without a trace is none, where traces are wanted."""
    client = service(Keeping.WHOLE)

    def full(*_):
        raise BadInput("no room")

    monkeypatch.setattr("tizim.customers.log.write", full)
    answer = client.match("default", {"a": QUERY})

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")


def test_old_entries_are_deleted_by_the_service_itself(store, held):
    """As soon as it runs."""
    writer = LogWriter(store, lambda: NOW)
    entry = {"id": "1", "at": NOW - dt.timedelta(days=8), "who": "", "dataset": "x", "parameters": {}, "query": None,
             "mark": "", "customer": "", "policy": "", "algorithm": "", "data_version": "", "as_of": "",
             "known_at": "", "basis": "", "hits": (), "cleared": ()}  # fmt: skip
    old, new = Logged(**entry), Logged(**{**entry, "id": "2", "at": NOW})
    writer.add([old, new]).result(timeout=10)
    writer.end()
    writer = LogWriter(store, lambda: NOW, days=7)
    writer.end()

    assert [one.id for one in read_log(store)] == ["2"]


def test_reconciliation_is_kept_too_and_can_be_asked_again(service, store, held):
    """Each query names its entry, and asking again gives the same, with a policy or without."""
    propose(store, "wide", Policy(thresholds=(Threshold(score=0.4),)), "A", "b", NOW)
    approve(store, "wide", 0, "B", "b", NOW)
    policies = Policies(read_policies(store))
    client = service(Keeping.WHOLE, policies)
    properties = [{"pid": "Person:birthDate", "v": "1971"}, {"pid": "id", "v": "customer-77"}]
    query = {"query": "Anvar Testov", "type": "Person", "limit": 3, "properties": properties}
    form = {"queries": json.dumps({"a": query, "b": {"query": "Testov Trading"}})}
    for parameters in ("", "?policy=wide", "?changed_since=2020-01-01"):
        answer = client.post(f"/reconcile/default{parameters}", data=form).json()
        for told in answer.values():
            entry = one_of_log(store, told["screening"])
            assert [one.id for one in entry.hits] == [one["id"] for one in told["result"]]
            assert (entry.policy, entry.parameters["route"]) == (told.get("policy", ""), "reconcile")
            assert replay(entry, held, policies.of(entry.policy) if entry.policy else None, MARKS).is_same
        assert one_of_log(store, answer["a"]["screening"]).customer == MARKS.of_customer("customer-77")
    extended = client.post("/reconcile/default", data={"extend": '{"ids": ["tz-anvar"], "properties": []}'})
    assert extended.status_code == 200
    assert len(read_log(store)) == 6
